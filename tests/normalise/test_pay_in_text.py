from __future__ import annotations

from decimal import Decimal

from rolecall.model import Salary, Unit
from rolecall.normalise.pay_in_text import is_said_to_be_other, salary_in

TABLE = "pay_in_text.txt"


def shown(salary: Salary | None) -> str:
    if salary is None:
        return "-"
    parts = (salary.currency, salary.per and salary.per.name, salary.min, salary.max)
    return " ".join("?" if part is None else str(part) for part in parts)


def test_pay_that_only_the_text_states(given: str, expected: str) -> None:
    assert shown(salary_in(given.replace(" | ", "\n"))) == expected


def test_of_several_currencies_that_of_the_job_s_country_counts() -> None:
    text = "Salary in the United States: USD 150,000 - 180,000\nSalary in Canada: CAD 140,000 - 170,000"
    assert shown(salary_in(text)) == "USD YEAR 150000 180000"
    assert shown(salary_in(text, home={"CAD"})) == "CAD YEAR 140000 170000"


def test_a_bare_dollar_is_what_the_caller_knows_it_to_be() -> None:
    assert shown(salary_in("Salary: $90,000 - $120,000")) == "? YEAR 90000 120000"
    assert shown(salary_in("Salary: $90,000 - $120,000", dollar="USD")) == "USD YEAR 90000 120000"


def test_pay_at_the_end_of_one_endless_line_is_found() -> None:
    line = "We look after boats and harbours all the year. " * 200
    assert shown(salary_in(f"{line}Salary Range: EUR 60,000 - 70,000 a year. Apply now.")) == "EUR YEAR 60000 70000"


def test_pay_for_several_places_far_apart_is_not_read_as_one_range() -> None:
    text = "Salary: EUR 20,000 - 30,000 a year\nSalary: EUR 150,000 - 190,000 a year"
    assert shown(salary_in(text)) == "EUR YEAR 20000 30000"


def test_a_field_s_figures_are_no_base_pay_when_the_text_calls_them_earnings_on_target() -> None:
    pay = Salary(min=Decimal(75_000), max=Decimal(90_000), currency="EUR", per=Unit.YEAR)
    assert is_said_to_be_other("Your OTE is EUR 75,000 to 90,000.", pay)
    assert not is_said_to_be_other("Salary range or on-target earnings: EUR 75,000 - 90,000.", pay)
    assert not is_said_to_be_other("Your base is EUR 75,000 to 90,000. We are on target.", pay)

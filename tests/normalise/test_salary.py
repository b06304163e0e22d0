from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from rolecall.model import PayText, Salary, Unit
from rolecall.normalise.salary import read_salary, read_salary_text

TABLE = "salary.txt"
Rows = Callable[[str], list[tuple[str, str]]]


def shown(salary: Salary | None) -> str:
    if salary is None:
        return "-"
    parts = (salary.currency, salary.per and salary.per.name, salary.min, salary.max)
    return " ".join("?" if part is None else str(part) for part in parts)


def test_pay_in_free_text(given: str, expected: str) -> None:
    assert shown(read_salary_text(given)) == expected


def test_pay_in_a_source_s_text_field(table_rows: Rows) -> None:
    for given, expected in table_rows("pay_fields.txt"):
        assert (given, shown(read_salary((PayText(text=given),)))) == (given, expected)


@pytest.mark.parametrize(
    ("pay", "expected"),
    [
        (PayText(min="0", max="0"), "-"),
        (PayText(min="1", max="1000000", currency="USD", per="YEAR"), "-"),
        (PayText(min="1.0", max="1000000.0", currency="USD", per="YEAR"), "-"),
        (PayText(min="5253", max="7000", currency="EUR", per="month"), "EUR MONTH 5253 7000"),
        (PayText(min="3000.00", currency="EUR", per="monthly"), "EUR MONTH 3000 ?"),
        (PayText(min="0", max="60000", currency="EUR", per="yearly"), "EUR YEAR ? 60000"),
        (PayText(min="22.0", max="40.0", currency="USD", per="HOUR"), "USD HOUR 22 40"),
        (PayText(min="$100,000", per="YEAR"), "? YEAR 100000 ?"),
        (PayText(min="90000", max="120000", currency="EUR", per="1 YEAR"), "EUR YEAR 90000 120000"),
        (PayText(min="34.62", max="34.62", currency="usd", per="per-hour-wage"), "USD HOUR 34.62 34.62"),
        (PayText(min="90000", max="95000", currency="USD", per="per-year-salary"), "USD YEAR 90000 95000"),
        (PayText(min="55000", max="60000", currency="USD", per="PA"), "USD YEAR 55000 60000"),
        (PayText(min="55000", max="60000", currency="€", per="annual"), "EUR YEAR 55000 60000"),
        (PayText(min="21", max="24"), "? ? 21 24"),
        (PayText(min="95000", max="90000", currency="EUR", per="year"), "EUR YEAR 90000 95000"),
        (PayText(min="1e400", currency="USD"), "-"),
        (PayText(min="-5", currency="USD"), "-"),
        (PayText(min="99999999999999", currency="USD"), "-"),
        (PayText(min="120000", max="150000", currency="USD", per="hour"), "-"),
        (PayText(min="60000", max="90000", currency="EUR", per="year", text="OTE"), "-"),
        (PayText(min="60000", currency="Doubloons", per="year"), "? YEAR 60000 ?"),
    ],
)
def test_pay_in_fields(pay: PayText, expected: str) -> None:
    assert shown(read_salary((pay,))) == expected


def test_figures_are_cents_only_when_the_source_says_so() -> None:
    cents = PayText(min="6100000", max="7200000", currency="EUR cents", per="year")
    assert shown(read_salary((cents,))) == "EUR YEAR 61000 72000"


def test_figures_count_for_more_than_text() -> None:
    both = PayText(text="€1,000 - €2,000", min="50000", max="60000", currency="EUR", per="year")
    assert shown(read_salary((both,))) == "EUR YEAR 50000 60000"


def test_several_ranges_of_one_kind_are_read_as_their_span() -> None:
    pay = (
        PayText(min="100000", max="120000", currency="USD", per="year"),
        PayText(min="90000", max="110000", currency="USD", per="year"),
        PayText(min="50", max="60", currency="USD", per="hour"),
    )
    assert shown(read_salary(pay)) == "USD YEAR 90000 120000"


def test_a_bare_dollar_is_what_the_caller_knows_it_to_be() -> None:
    assert shown(read_salary((PayText(text="$14/hr"),), dollar="USD")) == "USD HOUR 14 14"
    assert shown(read_salary((PayText(text="€14/hr"),), dollar="USD")) == "EUR HOUR 14 14"


def test_an_hourly_wage_keeps_its_unit() -> None:
    twenty_five = Decimal(25)
    assert read_salary_text("USD 25 an hour") == Salary(currency="USD", per=Unit.HOUR, min=twenty_five, max=twenty_five)

"""The search of the browser, run by node without a page, over the files of a small board."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from rolecall.site.search.fold import fold, terms
from rolecall.site.search.stems import stem

HARNESS = Path(__file__).with_name("search_harness") / "engine.mjs"
SCRIPTS = ("find-text", "find-index", "find-words", "find-terms", "find-query", "find-address")
TEXTS = (
    "Senior Backend-Engineer (m/w/d), C++ & C#", "Node.js / .NET / ASP.NET...", "Zürich Straße ÆØÅ Łódź İzmir ıstanbul",
    "后端工程师（远程） Python 开发", "데이터 엔지니어", "エンジニア・がぎぐ", "مهندس برمجيات أول", "Старший разработчик ё",
    "Ὀδυσσεύς ΣΊΣΥΦΟΣ", "วิศวกร", "हिन्दी लेखक", "ﬁnance ℡ ½ x² Ⅷ", "it’s o'clock `x` ´y´", "a.b..c .d (.e) /.f -.g",
    "x" * 80, "𠮷野家 𝔘𝔫𝔦", "a\u0301\u0327bc", "__proto__ constructor", "", "\t\n .net\n.js", "A--B-C d-", "&&&  ++ #",
    "Engineer " * 30, "Operations Manager for a Quite Extraordinarilylongwordindeedyes", "1.5.2 v2.0",
)  # fmt: skip


def ask(*requests: tuple[str, Any], folder: Path | None = None) -> list[Any]:
    """What the engine answers to each (name, value)."""
    program = shutil.which("node")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("node is not there", pytrace=False)
        pytest.skip("needs node (on Debian: apt install nodejs)")
    scripts = Path(__file__).parents[2] / "templates" / "site" / "static"
    given = {"folder": str(folder) if folder else "", "scripts": str(scripts), "requests": requests}
    done = subprocess.run(
        [program, "--no-warnings", str(HARNESS)], input=json.dumps(given), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def asked(kitchen: Any, view: Callable[..., Any]) -> Callable[..., Any]:
    """`asked(q="cook", tag=["go"])`: what a search finds on a board of kitchens."""
    more = [
        {"title": "Python Developer", "tags": ("python",), "tag_names": ("Python",), "tag_slugs": ("python",)},
        {"title": "Developer, Python tools", "posted": "2026-11-22", "salary": ("80000", "95000", "EUR", "year"),
         "pay": "€80,000–95,000 a year"},
        {"title": "后端工程师", "workplace": "remote", "may_live": ("*",), "language": "zh"},
        {"title": "C++ Engineer", "level": "senior", "where": "Hybrid, Zürich, Switzerland", "salary": None, "pay": ""},
        {"title": "Baker", "description": "<p>Sourdough and kubernetes, in node.js.</p>", "company": "Python Bakery",
         "company_slug": "python-bakery"},
    ]  # fmt: skip
    kitchen.views += [view(20 + at, **changes) for at, changes in enumerate(more)]
    kitchen.build()

    def find(**filters: Any) -> Any:
        return ask(("find", filters), folder=kitchen.output)[0]

    find.kitchen = kitchen  # type: ignore[attr-defined]
    return find


def test_both_sides_fold_and_cut_alike() -> None:
    requests = [(name, text) for text in TEXTS for name in ("fold", "terms", "stem")]
    expected = [made for text in TEXTS for made in (fold(text), sorted(terms(text), key=_browser_order), stem(text))]
    assert ask(*requests) == expected


def _browser_order(term: str) -> bytes:
    return term.encode("utf-16-be")


def test_rows_of_results_say_what_the_pages_say(asked: Any) -> None:
    rows = ask(("rows", None), folder=asked.kitchen.output)[0]
    views = asked.kitchen.site().jobs
    shown = [(row["id"], row["page"], row["title"], row["company"], row["where"], row["pay"]) for row in rows]
    assert shown == [(view.id, view.page, view.title, view.company, view.where, view.pay) for view in views]
    assert [row["posted"] for row in rows] == [view.posted for view in views]
    assert [row["closes"] for row in rows] == [view.closes for view in views]
    assert [[tag["name"] for tag in row["tags"]] for row in rows] == [list(view.tag_names) for view in views]


@pytest.mark.parametrize(
    "pay",
    [("16", "19.50", "EUR", "hour"), ("1234567", "", "JPY", "year"), ("", "90", "", ""), ("7", "7", "CHF", "day")],
)
def test_pay_reads_as_on_the_pages(kitchen: Any, view: Callable[..., Any], pay: tuple[str, str, str, str]) -> None:
    from rolecall.site.words import pay_words

    kitchen.views = [view(1, salary=pay, pay=pay_words(pay))]
    kitchen.build()
    assert ask(("rows", None), folder=kitchen.output)[0][0]["pay"] == pay_words(pay)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("python", "Python Developer"),
        ("pytohn", "Developer, Python tools"),
        ("pyth dev", "Python Developer"),
        ("c++", "C++ Engineer"),
        ("zurich", "C++ Engineer"),
        ("工程", "后端工程师"),
        ("sourdough", "Baker"),
        ("sourdoguh", "Baker"),
        ("node.js", "Baker"),
        ("كاتب", "كاتب وصفات"),
        ("CHEF pastry", "Pastry Chef, nights"),
    ],
)
def test_what_people_type_finds_the_job(asked: Any, query: str, first: str) -> None:
    titles = asked(q=query)["titles"]
    assert titles
    assert first in titles[:2]


def test_every_word_must_be_found(asked: Any) -> None:
    assert asked(q="python sourdough")["titles"] == ["Baker"]
    assert asked(q="python zzzz")["titles"] == []


def test_a_title_comes_before_a_company_before_a_description(asked: Any) -> None:
    assert asked(q="python")["titles"] == ["Developer, Python tools", "Python Developer", "Baker"]
    assert asked(q="python developer")["titles"][0] == "Python Developer"


def test_newest_first_when_asked(asked: Any) -> None:
    assert asked(q="python developer", sort="new")["titles"][0] == "Developer, Python tools"


def test_a_far_error_is_answered_with_a_question(asked: Any) -> None:
    found = asked(q="devlper")
    assert (found["titles"], found["meant"]) == ([], ["developer"])


def counts(found: Any, group: str) -> dict[str, int]:
    return dict(map(tuple, found["counts"][group]))


def test_choices_of_one_filter_add_and_filters_combine(asked: Any) -> None:
    both = asked(tag=["python", "baking"])["titles"]
    assert len(both) > len(asked(tag=["python"])["titles"]) == 1
    assert asked(tag=["python", "baking"], work=["remote"])["titles"] == ["后端工程师"]


def test_a_filter_does_not_reduce_its_own_counts(asked: Any) -> None:
    everything, python = asked(), asked(tag=["python"])
    assert counts(python, "tag") == counts(everything, "tag")
    assert counts(python, "work") == {"on_site": 1, "remote": 0}


def test_counts_say_what_a_choice_would_leave(asked: Any) -> None:
    for group in ("tag", "work", "live", "type", "level", "company"):
        for value, count in counts(asked(q="e"), group).items():
            assert len(asked(q="e", **{group: [value]})["titles"]) == count, (group, value)


def test_whoever_may_work_from_anywhere_may_do_it_here(asked: Any) -> None:
    assert set(asked(live=["QA"])["titles"]) == {"后端工程师", "كاتب وصفات"}


def test_pay_is_compared_with_its_kind_only(asked: Any) -> None:
    def least(amount: int, per: str) -> Any:
        return asked(min={"amount": amount, "currency": "EUR", "per": per})["titles"]

    assert least(90000, "year") == ["Developer, Python tools"]
    assert least(96000, "year") == []
    assert "Developer, Python tools" not in least(1, "hour")
    assert least(1, "month") == []


def test_pay_that_is_stated(asked: Any) -> None:
    assert {"C++ Engineer", "كاتب وصفات"}.isdisjoint(asked(pay=True)["titles"])


def test_days_are_counted_from_the_readers_today(asked: Any) -> None:
    assert asked(days=1)["titles"] == ["Developer, Python tools"]
    assert asked(days=1, today="2026-11-23")["titles"] == []
    assert len(asked(days=7)["titles"]) == len(asked()["titles"])


def test_hidden_jobs_are_left_out_and_counted(asked: Any) -> None:
    jobs = asked()["titles"]
    marks = [4, 1, 2] + [0] * (len(jobs) - 3)
    found = asked(marks=marks)
    assert (found["titles"], found["hidden"]) == (jobs[1:], 1)
    assert asked(marks=marks, showHidden=True)["titles"] == jobs
    assert asked(marks=marks, mark=["saved"])["titles"] == [jobs[1]]
    assert asked(marks=marks, mark=["saved", "applied"])["titles"] == jobs[1:3]


@pytest.mark.parametrize(
    "query", ["__proto__", "constructor", "(((", "[a-z]+", "\\", "a" * 5000, "' OR 1=1 --", "\u202e", "<b>", "%"]
)
def test_hostile_queries_are_words_like_others(asked: Any, query: str) -> None:
    assert isinstance(asked(q=query)["titles"], list)


@pytest.mark.parametrize("value", ["__proto__", "toString", "<img src=x>", "-"])
def test_a_filter_that_nothing_has_finds_nothing(asked: Any, value: str) -> None:
    for group in ("tag", "work", "type", "level", "company"):
        assert asked(**{group: [value]})["titles"] == []
    assert asked(live=[value])["titles"] == ["后端工程师"]


def test_an_address_is_a_search() -> None:
    search = "?q=a+b&tag=go&tag=rust&work=remote&live=DE&type=full_time&level=senior&company=x&pay=1&min=80000.EUR.year&days=7&sort=new"
    [(filters, written)] = ask(("address", search))
    assert written == search
    assert filters["min"] == {"amount": 80000, "currency": "EUR", "per": "year"}


@pytest.mark.parametrize(
    "search",
    [
        "?min=x&days=2&sort=old&pay=2&tag=",
        "?min=1e9.EUR.year",
        f"?tag={'x' * 101}",
        "?__proto__=1&constructor=2",
        "?sort=new",
    ],
)
def test_what_is_no_filter_is_left_out_of_the_address(search: str) -> None:
    assert ask(("address", search))[0][1] == ""


@pytest.mark.parametrize(
    ("one", "other", "errors"),
    [
        ("python", "pyhton", 1),
        ("react", "raect", 1),
        ("java", "lava", 1),
        ("go", "go", 0),
        ("abcdef", "badcfe", 3),
        ("", "ab", 2),
    ],
)
def test_errors_are_letters_missing_added_wrong_or_swapped(one: str, other: str, errors: int) -> None:
    assert ask(("distance", [one, other, 3]), ("distance", [other, one, 3])) == [errors, errors]

"""The stats page: figures by hand, pictures that say what their tables say, and names that mean harm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from xml.etree import ElementTree

import html5lib
import pytest

from rolecall.site.charts import Drawing, bars, ceiling, columns, percent, ranges, simple
from rolecall.site.language import Language
from rolecall.site.stats import Spread, Tally, Week, stats_of
from rolecall.site.stats_charts import charts_of

HTML = "{http://www.w3.org/1999/xhtml}"
SVG = "{http://www.w3.org/2000/svg}"


def figures_of(page: str) -> Iterator[tuple[str, ElementTree.Element]]:
    """The pictures of a page by their ids, as a browser reads them."""
    for figure in html5lib.parse(page).iter(f"{HTML}figure"):
        yield figure.attrib["id"], figure


def words_of(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def table_of(figure: ElementTree.Element) -> list[list[str]]:
    return [[words_of(cell) for cell in row] for row in figure.find(f".//{HTML}tbody") or ()]


def of_class(figure: ElementTree.Element, name: str) -> list[dict[str, str]]:
    return [rect.attrib for rect in figure.iter(f"{SVG}rect") if rect.attrib.get("class") == name]


@pytest.fixture
def pay_views(view: Callable) -> list:
    """Five jobs with pay in euros a year, one in dollars, one an hour."""
    euros = [("60000", "80000"), ("50000", "70000"), ("90000", ""), ("", "100000"), ("70000", "70000")]
    views = [view(number, salary=(*amounts, "EUR", "year")) for number, amounts in enumerate(euros, 1)]
    return [
        *views,
        view(6, salary=("90000", "120000", "USD", "year")),
        view(7, salary=("16", "", "EUR", "hour")),
        view(8, salary=None, pay=""),
    ]


# --- Figures --------------------------------------------------------------------------------------------------------


def test_the_figures_are_those_that_a_person_counts(kitchen) -> None:
    found = stats_of(kitchen.site())
    assert (found.jobs, found.companies, found.remote, found.stated) == (4, 2, 1, 3)
    assert found.fresh == 6  # two of them closed since
    assert found.tags == (Tally("baking", "Baking", 3), Tally("c-plus-plus", "C++", 3))
    assert found.countries == (
        Tally("belgium", "Belgium", 3), Tally("kuwait", "Kuwait", 1), Tally("qatar", "Qatar", 1),
    )  # fmt: skip
    assert found.cities == (Tally("ghent-belgium", "Ghent, Belgium", 3),)
    assert found.workplaces == (Tally("remote", "remote", 1), Tally("on_site", "on_site", 3))
    assert found.living == (Tally("named", "named", 1),)
    assert found.employment == (Tally("full_time", "full_time", 4),)
    assert found.levels == ()
    assert found.paid == (("EUR", "hour", 3),)
    assert found.ages == (4, 0, 0, 0, 0, 0, 0)
    assert found.middle_age_days == 3
    assert found.closing == (1, 0, 0, 0, 3)


def test_weeks_end_today_and_have_seven_days(empty_board, view: Callable) -> None:
    empty_board.views = [
        view(1, posted="2026-11-22"),
        view(2, posted="2026-11-16"),
        view(3, posted="2026-11-15"),
        view(4, posted="2026-11-15", status_closed=True, closed_at="2026-11-20"),
        view(5, posted="2026-05-25"),
        view(6, posted="2026-05-24"),
    ]
    weeks = stats_of(empty_board.site()).weeks
    assert len(weeks) == 26
    assert weeks[-1] == Week("2026-11-16", "2026-11-22", posted=2, open=2)
    assert weeks[-2] == Week("2026-11-09", "2026-11-15", posted=2, open=1)
    assert weeks[0] == Week("2026-05-25", "2026-05-31", posted=1, open=1)
    assert sum(week.posted for week in weeks) == 5


def test_pay_is_of_one_currency_and_unit_and_nothing_is_converted(empty_board, pay_views: list) -> None:
    empty_board.views = pay_views
    found = stats_of(empty_board.site())
    assert found.paid == (("EUR", "year", 5), ("EUR", "hour", 1), ("USD", "year", 1))
    assert found.pay is not None
    assert (found.pay.currency, found.pay.per, found.pay.jobs) == ("EUR", "year", 5)
    # The middles are 60,000, 70,000, 70,000, 90,000 and 100,000.
    assert found.pay.spreads[0] == Spread(
        "baking", "Baking", 5, *map(Decimal, (50000, 70000, 70000, 90000, 100000))
    )  # fmt: skip


def test_a_tag_with_two_stated_pays_has_no_range(empty_board, pay_views: list) -> None:
    empty_board.views = pay_views[:2]
    found = stats_of(empty_board.site())
    assert found.pay is not None
    assert found.pay.spreads == ()


def test_where_remote_workers_may_live_is_only_what_is_said(empty_board, view: Callable) -> None:
    remote = {"workplace": "remote"}
    empty_board.views = [
        view(1, worldwide=True, may_live=("*",), **remote),
        view(2, remote_regions=("LATAM",), **remote),
        view(3, remote_countries=("DE",), **remote),
        view(4, **remote),
        view(5, workplace="hybrid", worldwide=True),
    ]
    assert stats_of(empty_board.site()).living == (
        Tally("worldwide", "worldwide", 1), Tally("named", "named", 2), Tally("", "", 1),
    )  # fmt: skip


def test_a_country_whose_city_has_its_name_is_a_country(empty_board, view: Callable) -> None:
    pages = (("singapore", "Singapore"), ("portugal", "Portugal"), ("lisbon-portugal", "Lisbon, Portugal"))
    empty_board.views = [view(number, place_pages=pages) for number in range(3)]
    found = stats_of(empty_board.site())
    assert [tally.name for tally in found.countries] == ["Portugal", "Singapore"]
    assert [tally.name for tally in found.cities] == ["Lisbon, Portugal"]


def test_a_board_without_jobs_has_figures_and_no_pictures(empty_board) -> None:
    found = stats_of(empty_board.site())
    assert (found.jobs, found.pay, found.closing, found.middle_age_days) == (0, None, (), 0)
    assert list(charts_of(found, Language(), 30)) == []


# --- Geometry -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (3, 15, (3, 15, True)),
        (0, 900, (0, 900, True)),
        (900, 900, (900, 900, True)),
        (250, 1000, (1, 4, True)),
        (251, 1000, (1, 4, False)),
        (669, 1000, (2, 3, False)),
        (380, 1000, None),
        (20, 860, (1, 43, True)),
        (21, 860, (1, 41, False)),
    ],
)
def test_a_share_is_said_in_small_numbers_that_are_true(part: int, whole: int, said: object) -> None:
    assert simple(part, whole) == said


@pytest.mark.parametrize(
    ("number", "top"), [(0, 1), (1, 1), (3, 4), (10, 10), (11, 20), (61, 80), (173, 200), (10_000, 10_000)]
)
def test_a_scale_ends_at_a_round_number(number: int, top: int) -> None:
    assert ceiling(number) == top


def test_columns_are_as_high_as_their_figures() -> None:
    weeks = tuple(Week("2026-11-16", "2026-11-22", posted, 1) for posted in (1, 4))
    made, lines = columns(weeks)
    assert [(column.height, column.open_height) for column in made] == [(40, 40), (160, 40)]
    assert lines == ((4, 160), (2, 80))


def test_ranges_share_one_scale() -> None:
    amounts = [(0, 10, 25, 50, 100), (50, 50, 50, 50, 50)]
    spreads = tuple(Spread("a", "A", 3, *map(Decimal, row)) for row in amounts)
    rows, marks = ranges(spreads, ["a", "b"])
    assert [(row.low, row.lower, row.middle, row.upper, row.high) for row in rows] == [(0, 10, 25, 50, 100), (50,) * 5]
    assert [place for _, place in marks] == [0, 50, 100]
    same = ranges(spreads[1:], ["b"])
    assert (same[0][0].low, same[0][0].high, same[1]) == (0, 0, ((Decimal(50), 0),))


def test_a_bar_is_a_share_of_all_or_of_the_longest() -> None:
    rows = [("a", "", 1), ("b", "", 2)]
    assert [(bar.share, bar.width) for bar in bars(rows, 4)] == [(25, 25), (50, 50)]
    assert [(bar.share, bar.width) for bar in bars(rows, 4, longest=True)] == [(25, 50), (50, 100)]
    assert bars([("a", "", 0)], 0)[0].width == 0


def test_a_picture_is_turned_over_where_text_runs_from_right_to_left() -> None:
    assert (Drawing(backward=False).x(10, 30), Drawing(backward=True).x(10, 30)) == ("10%", "60%")
    assert (percent(100 / 3), percent(50.0), percent(100.0)) == ("33.33%", "50%", "100%")


# --- The page -------------------------------------------------------------------------------------------------------


def test_each_picture_has_a_name_a_finding_and_a_table(empty_board, pay_views: list) -> None:
    empty_board.views = pay_views
    empty_board.build()
    figures = dict(figures_of(empty_board.page("stats.html")))
    assert list(figures) == [
        "openings", "tags", "pay", "countries", "cities", "workplaces", "employment", "stated", "ages",
    ]  # fmt: skip
    for name, figure in figures.items():
        picture = next(svg for svg in figure.iter(f"{SVG}svg") if svg.attrib.get("role") == "img")
        named = picture.attrib["aria-labelledby"].split()
        texts = {element.attrib["id"]: words_of(element) for element in picture if "id" in element.attrib}
        assert all(texts[part] for part in named), name
        assert texts[named[1]] in words_of(figure.find(f"{HTML}figcaption"))
        assert words_of(figure.find(f".//{HTML}caption"))
        assert {head.attrib["scope"] for head in figure.iter(f"{HTML}th")} == {"col", "row"}
        assert table_of(figure), name


def test_the_ids_of_the_page_are_unique(kitchen, dom: Callable) -> None:
    kitchen.build()
    ids = [attributes["id"] for _, attributes in dom(kitchen.page("stats.html")).elements if "id" in attributes]
    assert len(ids) == len(set(ids)) > 20


def test_bars_say_what_their_table_says(kitchen) -> None:
    kitchen.build()
    figure = dict(figures_of(kitchen.page("stats.html")))["workplaces"]
    assert table_of(figure) == [["Remote", "1", "25%"], ["On site", "3", "75%"]]
    assert [bar["width"] for bar in of_class(figure, "bar-fill")] == ["25%", "75%"]
    assert "On site is the most common: 3 of 4 jobs." in words_of(figure)


def test_columns_say_what_their_table_says(kitchen) -> None:
    kitchen.build()
    figure = dict(figures_of(kitchen.page("stats.html")))["openings"]
    assert table_of(figure)[0] == ["16 Nov to 22 Nov 2026", "6", "4"]
    assert all(row[1:] == ["0", "0"] for row in table_of(figure)[1:])
    heights = [[float(rect["height"]) for rect in of_class(figure, name)] for name in ("column-open", "column-closed")]
    assert [height[-1] for height in heights] == [106.7, 53.3]  # after the legend's
    assert len(table_of(figure)) == 26


def test_ranges_say_what_their_table_says(empty_board, pay_views: list) -> None:
    empty_board.views = pay_views
    empty_board.build()
    figure = dict(figures_of(empty_board.page("stats.html")))["pay"]
    assert table_of(figure)[0] == ["Baking", "5", "€50,000–100,000", "€70,000–90,000", "€70,000"]
    line, box = of_class(figure, "range-line")[0], of_class(figure, "bar-fill")[0]
    assert (line["x"], line["width"], box["x"], box["width"]) == ("0%", "100%", "40%", "40%")
    assert "the median is €70,000 a year" in words_of(figure)
    assert "Only the 5 jobs that state their pay in EUR a year" in words_of(figure)


def test_names_cannot_break_out_of_a_picture(empty_board, view: Callable, dom: Callable) -> None:
    hostile = '</title></svg><script>alert(1)</script>"><img src=x onerror=alert(1)>{{ 7 * 7 }}{n}'
    views = [
        view(
            number,
            tag_names=(hostile, "%(x)s {0}"),
            tag_slugs=("a", "b"),
            place_pages=(("c", hostile), ("d", f"D, {hostile}")),
        )
        for number in range(3)
    ]
    empty_board.views = views
    empty_board.build()
    parsed = dom(empty_board.page("stats.html"))
    assert [script.get("src") for script in parsed.each("script")] == ["static/board.js"]
    assert not list(parsed.each("img"))
    tree = html5lib.parse(empty_board.page("stats.html"))
    assert sum(1 for link in tree.iter(f"{HTML}a") if hostile in "".join(link.itertext())) >= 2
    assert not [
        name
        for element in tree.iter()
        for name in element.attrib
        if name == "style" or (isinstance(name, str) and name.startswith("on"))
    ]


def test_pictures_are_well_formed_xml(kitchen) -> None:
    kitchen.build()
    pictures = re.findall(r"<svg .*?</svg>\s*(?=<ol>|</div>|\w)", kitchen.page("stats.html"), re.DOTALL)
    assert len(pictures) > 8
    for picture in pictures:
        ElementTree.fromstring(picture)


def test_an_empty_board_says_so(empty_board) -> None:
    empty_board.build()
    page = empty_board.page("stats.html")
    assert "There are no open jobs, so there is nothing to draw." in page
    assert "<figure" not in page


def test_the_page_is_made_anew_only_when_something_changed(kitchen) -> None:
    kitchen.build()
    assert kitchen.build().skipped == len(kitchen.files()) - 1
    kitchen.today = kitchen.today.replace(day=23)
    before = kitchen.page("stats.html")
    kitchen.build()
    assert kitchen.page("stats.html") != before
    assert "23 Nov 2026" in kitchen.page("stats.html")


def test_a_page_from_right_to_left_starts_its_bars_at_the_right(kitchen) -> None:
    kitchen.config = kitchen.config.model_copy(update={"language": "ar"})
    kitchen.build()
    figure = dict(figures_of(kitchen.page("stats.html")))["workplaces"]
    assert [(bar["x"], bar["width"]) for bar in of_class(figure, "bar-fill")] == [("75%", "25%"), ("25%", "75%")]

"""The pictures of the stats page: figures, what they say in a sentence, and where each bar begins and ends.

Lengths are percent of the picture's width, heights are pixels, so that a picture is as wide as the page and its text
keeps its size on a phone. Where the language runs from right to left, `Drawing` turns the picture over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from rolecall.site.language import Language
from rolecall.site.stats import Pay, Spread, Week

PLOT_PX = 160
_PLACES = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: `share` is in percent of all jobs, `width` in percent of the picture. `path` is its page, or ""."""

    name: str
    path: str
    jobs: int
    share: int
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What all pictures have: a title, the finding in a sentence, notes, and the heading of what is counted."""

    id: str
    title: str
    finding: str
    notes: tuple[str, ...] = ()
    head: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars(Chart):
    """Rows of bars. `whole`: the length of the picture stands for all jobs, not for the longest bar."""

    rows: tuple[Bar, ...]
    whole: bool = True
    template: str = field(default="site/charts/bars.svg.html", init=False)


@dataclass(frozen=True, slots=True)
class Column:
    """One week: where its column stands, how high the whole is, and the part of it that is still open."""

    week: Week
    x: float
    width: float
    height: float
    open_height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns(Chart):
    """Columns over time, with the figures at the scale's lines (from the top down) and the days below."""

    columns: tuple[Column, ...]
    lines: tuple[tuple[int, float], ...]
    template: str = field(default="site/charts/columns.svg.html", init=False)


@dataclass(frozen=True, slots=True)
class Range:
    """One row of a range plot: places on the scale in percent."""

    spread: Spread
    path: str
    low: float
    lower: float
    middle: float
    upper: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranges(Chart):
    """Rows of ranges on one scale; `marks` are amounts with their places on it."""

    pay: Pay
    rows: tuple[Range, ...]
    marks: tuple[tuple[Decimal, float], ...]
    template: str = field(default="site/charts/ranges.svg.html", init=False)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Turns places of a picture over, where the language asks for it."""

    backward: bool

    def x(self, start: float, width: float = 0) -> str:
        """The left edge, in percent, of what begins at `start` and is `width` long."""
        return percent(100 - start - width if self.backward else start)


def percent(value: float) -> str:
    """`33.333` as `33.33%`, `50.0` as `50%`."""
    return f"{value:.{_PLACES}f}".rstrip("0").rstrip(".") + "%"


def bars(rows: Iterable[tuple[str, str, int]], whole: int, *, longest: bool = False) -> tuple[Bar, ...]:
    """Bars for (name, path, jobs); shares are of `whole` jobs, and so are the lengths, or of the `longest` bar."""
    known = list(rows)
    most = (max((jobs for _, _, jobs in known), default=0) if longest else whole) or 1
    return tuple(
        Bar(name, path, jobs, round(100 * Fraction(jobs, whole or 1)), 100 * jobs / most) for name, path, jobs in known
    )


def columns(weeks: tuple[Week, ...]) -> tuple[tuple[Column, ...], tuple[tuple[int, float], ...]]:
    """The columns of the weeks, and the lines of their scale: (figure, height)."""
    top = ceiling(max(week.posted for week in weeks))
    step = 100 / len(weeks)
    made = [
        Column(week, step * at + step * 0.14, step * 0.72, PLOT_PX * week.posted / top, PLOT_PX * week.open / top)
        for at, week in enumerate(weeks)
    ]
    figures = (top, top // 2) if top % 2 == 0 else (top,)
    return tuple(made), tuple((figure, PLOT_PX * figure / top) for figure in figures)


def ceiling(number: int) -> int:
    """The next of 1, 2, 4, 6, 8, 10, 20, 40, 60, 80, 100, ... that is not below `number`."""
    scale = 1
    while number > 10 * scale:
        scale *= 10
    return next(step * scale for step in (1, 2, 4, 6, 8, 10) if step * scale >= number)


def ranges(
    spreads: tuple[Spread, ...], paths: Iterable[str]
) -> tuple[tuple[Range, ...], tuple[tuple[Decimal, float], ...]]:
    """Rows on a scale that begins at the least and ends at the greatest amount, and the marks of that scale."""
    least, most = min(spread.low for spread in spreads), max(spread.high for spread in spreads)
    room = most - least or Decimal(1)

    def at(amount: Decimal) -> float:
        return float(100 * (amount - least) / room)

    rows = [
        Range(spread, path, *map(at, (spread.low, spread.lower, spread.middle, spread.upper, spread.high)))
        for spread, path in zip(spreads, paths, strict=True)
    ]
    middle = rounded((least + most) / 2)
    marks = ((least, 0.0), (middle, at(middle)), (most, 100.0)) if most > least else ((least, 0.0),)
    return tuple(rows), marks


def rounded(amount: Decimal) -> Decimal:
    """An amount that was computed: whole from a thousand on, else in cents."""
    return amount.quantize(Decimal(1) if amount >= 1000 else Decimal("0.01"))


def simple(part: int, whole: int) -> tuple[int, int, bool] | None:
    """A fraction in small numbers, and whether it is exact; None when there is none that comes near.

    251 of 1,000 is about 1 of 4; 3 of 15 stays as it is; of 38 of 100 only the percentage says enough.
    """
    if whole <= 20 or part in (0, whole):
        return part, whole, True
    share = Fraction(part, whole)
    for below in (2, 3, 4, 5, 10):
        above = round(share * below)
        if 0 < above < below and abs(Fraction(above, below) - share) <= Fraction(1, 100):
            return above, below, Fraction(above, below) == share
    return (1, round(1 / share), share.numerator == 1) if share < Fraction(1, 10) else None


def money(language: Language, low: Decimal, high: Decimal | None, currency: str) -> str:
    """An amount, or a range of them."""
    return language.money(f"{rounded(low):f}", f"{rounded(high):f}" if high is not None else "", currency)

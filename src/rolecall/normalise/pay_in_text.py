"""Base pay that only the text of an ad states. An amount counts when the words beside it say that it is pay.

Budgets, bonuses, funding and what the customers save stand in ads far more often than pay does, so without such words
an amount is nothing: better no pay than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from itertools import islice

from rolecall.model import Salary, Unit
from rolecall.normalise.amount import currency_codes, is_large_unit, read_currency
from rolecall.normalise.lookup import listed, table
from rolecall.normalise.ranges import Range, as_salary, ranges, unit_behind, unit_in

_MAX_AMOUNTS = 80
_MAX_TOLD = 12
_BEFORE, _BEHIND = 140, 60
_SHORT = 90
_SIGNS = 12  # characters that a currency beside an amount may take
_FEW = 30
_ENDS = re.compile(r"[.!?] |\n")
_SENTENCE_END = re.compile(r"[.!?;•](?=\s+[A-Z•-])|\s[•|]\s")
_FROM = re.compile(
    r"\b(?:from|ab|min\.?|minimum|at least|starting at|starts at|desde|à partir de|a partir de)\s*$", re.IGNORECASE
)
_UP_TO = re.compile(r"\b(?:up to|bis(?: zu)?|max\.?|maximum|jusqu'à|hasta|até)\s*$", re.IGNORECASE)
_GAP = re.compile(r"[\s,:(/\[]*(?:(?:in )?(?:USD|EUR|GBP|CAD|AUD|CHF|PLN|SEK|us)\b\)?)?[\s,)(/]*", re.IGNORECASE)
_LEVEL = re.compile(r"(?:\blevel|\bgrade|\bzone|\btier|\bl)\s?(?:\d|[ivx]{1,3}\b)[^:]{0,40}:?\s*$|:\s*$", re.IGNORECASE)
_BASE = re.compile(r"\b(?:base|salary)\b", re.IGNORECASE)
# What stands between the name of pay and an amount that follows it: the name is that amount's.
_NEXT = re.compile(r"(?: (?:range|of|is|from))*:? ?(?:[$€£¥₹]|[a-z]{2,3}[$ ]{1,2}\d|\d)")
_ON_TARGET = re.compile(r"\bOTE\b|\bon[- ]target\b")
_NUMBER = re.compile(r"\d[\d.,’']*[kK]?")
# What stands beside money; `amount` then reads which currency it is.
_SIGN = re.compile(
    r"[$€£¥₹₽₺₪₩฿₫₱₦₴]|(?<![A-Za-z])(?:[Kk]r|zł|zl|Ft|Kč|Rs|[Ee]uros?|[Dd]ollars|[Ll]akhs?|LPA|pounds)\b"
)
_CODE = re.compile(r"(?<![A-Za-z])[A-Z]{3}(?![a-z])")
# What pay can be, by its time, in the currencies in which 15,000 is a year's pay.
_BOUNDS: dict[Unit | None, tuple[int, int]] = {
    Unit.HOUR: (3, 1_000),
    Unit.DAY: (30, 10_000),
    Unit.WEEK: (100, 25_000),
    Unit.MONTH: (300, 80_000),
    Unit.YEAR: (7_000, 3_000_000),
    None: (15_000, 3_000_000),
}
_MAX_SPAN = 3
_HOURLY = 300


@dataclass(frozen=True, slots=True)
class _Piece:
    """A line, or of a long one what stands around amounts of money."""

    text: str
    is_announced: bool  # a line above says that pay follows
    start: int  # where the first amount and its sign may start,
    end: int  # and where the last ones end


def salary_in(text: str, *, dollar: str | None = None, home: Collection[str] = ()) -> Salary | None:
    """The base pay that `text`, a line for each block, states; None when it states none.

    Ranges for several levels or places in one currency and unit are read as their span; single amounts only in a list
    of them. Of several currencies, one of `home` (the currencies of where the job is) counts first. `dollar`: what a
    bare `$` means here, if that is known.
    """
    stated = ((made, piece.is_announced) for piece in _pieces(text) for made in _stated(piece, dollar))
    told = list(islice(stated, _MAX_TOLD))
    if not told:
        return None
    units = {one.currency: one.per for one, _ in told if one.per}
    told = [(one if one.per else one.model_copy(update={"per": units.get(one.currency)}), last) for one, last in told]
    first, is_listed = next(((one, listed) for one, listed in told if one.currency in home), told[0])
    if first.min == first.max and not is_listed:
        return first
    alike = [one for one, _ in told if (one.currency, one.per) == (first.currency, first.per)]
    lows, highs = [one.min for one in alike if one.min], [one.max for one in alike if one.max]
    if len(lows) == len(highs) == len(alike) and max(highs) <= _MAX_SPAN * min(lows):
        return first.model_copy(update={"min": min(lows), "max": max(highs)})
    return first


def is_said_to_be_other(text: str, salary: Salary) -> bool:
    """Whether `text` says of a salary's own figures that they are earnings on target, so no base pay."""
    figures = {f"{figure:,}" for figure in (salary.min, salary.max) if figure is not None}
    figures |= {f"{figure // 1000}k" for figure in (salary.min, salary.max) if figure is not None and figure >= 1_000}
    figures |= {figure.replace(",", ".") for figure in figures}
    around = (_sentence(text, found) for found in _ON_TARGET.finditer(text))
    # `Salary range or on-target earnings` leaves open which of them it is.
    said = [words for words in around if not _BASE.search(words)]
    return any(figure in words for words in said for figure in figures)


def _sentence(text: str, found: re.Match[str]) -> str:
    before, behind = text[max(0, found.start() - 80) : found.start()], text[found.end() : found.end() + 80]
    return f"{re.split(_ENDS, before)[-1]} {re.split(_ENDS, behind)[0]}"


def _pieces(text: str) -> Iterator[_Piece]:
    """What stands around the amounts of money in `text`, in order; looked for by their digits, which are few."""
    spots = [found.span() for found in _NUMBER.finditer(text) if _is_money(text, found)][:_MAX_AMOUNTS]
    at = 0
    while at < len(spots):
        start, end = text.rfind("\n", 0, spots[at][0]) + 1, text.find("\n", spots[at][1])
        line_end = len(text) if end < 0 else end
        last = at
        while last + 1 < len(spots) and spots[last + 1][0] < min(line_end, spots[last][1] + _BEHIND + _BEFORE):
            last += 1
        begin = max(start, spots[at][0] - _BEFORE)
        piece = text[begin : min(line_end, spots[last][1] + _BEHIND)]
        first, end_of_last = max(0, spots[at][0] - begin - _SIGNS), spots[last][1] - begin + _SIGNS
        yield _Piece(piece, _is_announced(text, start), first, end_of_last)
        at = last + 1


def _is_money(text: str, found: re.Match[str]) -> bool:
    before, behind = text[max(0, found.start() - 6) : found.start()], text[found.end() : found.end() + 9]
    beside = f"{before} {behind}"
    return _SIGN.search(beside) is not None or any(code in currency_codes() for code in _CODE.findall(beside))


def _is_announced(text: str, start: int) -> bool:
    """Whether one of the six lines above says that pay follows."""
    above = text[max(0, start - 500) : max(0, start - 1)].split("\n")[-6:]
    return any(len(line) < _SHORT and _announces(line) for line in above)


def _announces(line: str) -> bool:
    lower = line.lower()
    return _pay().search(lower) is not None and _other().search(lower) is None


def _stated(piece: _Piece, dollar: str | None) -> Iterator[Salary]:
    for found in ranges(piece.text, piece.start, piece.end):
        if found.sign is None:
            continue
        before = piece.text[max(0, found.start - _BEFORE) : found.start]
        if ends := list(_SENTENCE_END.finditer(before)):
            before = before[ends[-1].end() :]
        unit, end = unit_behind(piece.text[found.end : found.end + _BEHIND].lstrip(" "))
        rest = piece.text[found.end : found.end + _BEHIND].lstrip(" ")[end:]
        if not _is_pay(piece, found, before, rest, unit is not None):
            continue
        code = read_currency(found.sign) or (dollar if found.sign == "$" else None)
        unit = unit or unit_in(rest[:25]) or unit_in(before[-60:])
        low, high = _ends(found, before, rest)
        made = as_salary(low, high, code, unit, sign=found.sign)
        if made is not None and _is_plausible(made, piece.is_announced):
            yield made


def _is_pay(piece: _Piece, found: Range, before: str, rest: str, has_unit: bool) -> bool:
    """Whether what stands around an amount says that it is base pay; the nearest word counts."""
    gap = _GAP.match(rest)
    behind = rest[gap.end() if gap else 0 :].lower()
    if _behind_other().match(behind):
        return False
    if (named := _behind().match(behind)) and not _NEXT.match(behind, named.end()):
        return True
    folded = before.lower()
    pay = max((one.end() for one in _pay().finditer(folded)), default=-1)
    other = max((one.end() for one in _other().finditer(folded)), default=-1)
    if pay > other:
        return True
    if other >= 0:
        return False
    is_range = found.low != found.high
    others = len(piece.text) - (found.end - found.start)
    if piece.is_announced and (others <= _FEW or _LEVEL.search(before)):
        return True
    is_alone = others <= _FEW and (found.start < 4 or before.rstrip().endswith(":"))
    return (is_range and has_unit) or (is_alone and (has_unit or is_range) and not _other().search(piece.text.lower()))


def _ends(found: Range, before: str, rest: str) -> tuple[Decimal | None, Decimal | None]:
    if found.low != found.high:
        return found.low, found.high
    if _UP_TO.search(before):
        return None, found.high
    if _FROM.search(before) or rest.lstrip().startswith("+"):
        return found.low, None
    return found.low, found.high


def _is_plausible(salary: Salary, is_announced: bool) -> bool:
    figures = [figure for figure in (salary.min, salary.max) if figure is not None]
    if salary.currency is not None and not is_large_unit(salary.currency):
        return min(figures) >= 10
    if salary.per is None and is_announced and max(figures) <= _HOURLY:
        return True  # a list in which another line names the hour
    least, most = _BOUNDS[salary.per]
    return least <= min(figures) and max(figures) <= most


def _any_of(section: str, end: str = r"(?![\w])") -> re.Pattern[str]:
    phrases = sorted(listed(table("pay_words")[section]), key=len, reverse=True)
    either = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases)
    return re.compile(rf"(?<![\w])(?:{either}){end}")


@cache
def _pay() -> re.Pattern[str]:
    return _any_of("pay")


@cache
def _other() -> re.Pattern[str]:
    return _any_of("other")


@cache
def _behind() -> re.Pattern[str]:
    return _any_of("behind")


@cache
def _behind_other() -> re.Pattern[str]:
    return _any_of("behind_other")

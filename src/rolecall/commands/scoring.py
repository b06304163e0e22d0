"""How well facts of postings agree with hand-made labels: the arithmetic, without files.

Both sides are mappings with the fields of a label: tags, salary, places, workplace, remote_from, employment, level,
posted. Words are compared after `tables/labels.yaml`, because a label may say Golang and a job Go.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rolecall.normalise.lookup import listed, table

Facts = Mapping[str, Any]
Ident = tuple[str, str]
"""File and key of a posting."""


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is not as the label says."""

    field: str
    file: str
    key: str
    expected: Any
    got: Any

    def as_dict(self) -> dict[str, Any]:
        return {"field": self.field, "file": self.file, "key": self.key, "expected": self.expected, "got": self.got}


def score(
    labels: Mapping[Ident, Facts], found: Mapping[Ident, Facts], *, strict: bool = False
) -> tuple[dict[str, Any], list[Miss]]:
    """The figures by field, and every miss. A posting that was not found is wrong in every field.

    Without `strict`, what a label names under `uncertain` is left out. Its `tags_optional` never count.
    """
    counted = {name: Counter[str]() for name in ("tags", *EXACT, "places")}
    misses: list[Miss] = []
    for ident, label in labels.items():
        got = found.get(ident)
        skipped = () if strict else label.get("uncertain") or ()
        misses += _tags(ident, label, got or {}, counted["tags"])
        if "places" not in skipped:
            misses += _places(ident, label, got, counted["places"])
        for name in EXACT:
            if name in skipped:
                counted[name]["skipped"] += 1
            else:
                misses += _exact(name, ident, label, got, counted[name])
    missing = sum(ident not in found for ident in labels)
    figures: dict[str, Any] = {"items": len(labels), "missing_predictions": missing, "strict": strict}
    figures["tags"] = rates(counted["tags"])
    figures |= {name: _accuracy(counted[name]) for name in EXACT}
    places = counted["places"]
    figures["places"] = rates(places) | {"exact": _share(places["exact"], places["items"]), "n": places["items"]}
    return figures, misses


def rates(count: Counter[str]) -> dict[str, float | int]:
    """Precision, recall and F1 of the counts `tp`, `fp` and `fn`."""
    right, extra, lacking = count["tp"], count["fp"], count["fn"]
    precision = right / (right + extra) if right + extra else 1.0
    recall = right / (right + lacking) if right + lacking else 1.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    rounded = {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}
    return {**rounded, "tp": right, "fp": extra, "fn": lacking}


def _tags(ident: Ident, label: Facts, got: Facts, count: Counter[str]) -> Iterable[Miss]:
    wanted = {_tag(tag) for tag in label.get("tags") or []}
    free = {_tag(tag) for tag in label.get("tags_optional") or []} - wanted
    have = {_tag(tag) for tag in got.get("tags") or []}
    count.update(tp=len(wanted & have), fp=len(have - wanted - free), fn=len(wanted - have))
    yield from (Miss("tags", *ident, tag, None) for tag in sorted(wanted - have))
    yield from (Miss("tags", *ident, None, tag) for tag in sorted(have - wanted - free))


def _places(ident: Ident, label: Facts, got: Facts | None, count: Counter[str]) -> Iterable[Miss]:
    wanted, have = _spots(label.get("places")), _spots((got or {}).get("places"))
    same = got is not None and wanted == have
    count.update(tp=len(wanted & have), fp=len(have - wanted), fn=len(wanted - have), items=1, exact=same)
    if not same:
        yield Miss("places", *ident, *(sorted(", ".join(map(str, spot)) for spot in spots) for spots in (wanted, have)))


def _exact(name: str, ident: Ident, label: Facts, got: Facts | None, count: Counter[str]) -> Iterable[Miss]:
    wanted = EXACT[name](label.get(name))
    have = EXACT[name](got.get(name)) if got is not None else "missing"
    kind = "null" if wanted is None else "stated"
    count.update({kind: 1, f"{kind}_right": int(wanted == have)})
    if wanted != have:
        yield Miss(name, *ident, wanted, have)


def _accuracy(count: Counter[str]) -> dict[str, float | int | None]:
    total = count["stated"] + count["null"]
    return {
        "accuracy": _share(count["stated_right"] + count["null_right"], total),
        "n": total,
        "accuracy_stated": _share(count["stated_right"], count["stated"]),
        "n_stated": count["stated"],
        "accuracy_null": _share(count["null_right"], count["null"]),
        "n_null": count["null"],
        "skipped": count["skipped"],
    }


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


# --- what counts as the same ---


@cache
def _aliases(section: str) -> dict[str, str]:
    return {other: name for name, cell in table("labels")[section].items() for other in listed(cell)}


def _fold(text: Any) -> str:
    plain = unicodedata.normalize("NFKD", str(text)).encode("ascii", "ignore").decode()
    return " ".join(plain.split()).casefold()


def _tag(text: Any) -> str:
    """`Machine-Learning` and `machine learning` are one tag; a name that is written with a hyphen keeps it."""
    alias = _aliases("tags")
    given = " ".join(str(text).split()).casefold()
    spaced = re.sub(r"[-_]+", " ", given)
    if found := alias.get(given) or alias.get(spaced):
        return found
    return given if given in alias.values() else spaced


def _word(section: str) -> Callable[[Any], str | None]:
    def read(value: Any) -> str | None:
        if value in (None, "", []):
            return None
        given = _fold(value).replace("-", "_").replace(" ", "_")
        return _aliases(section).get(given, given)

    return read


def _number(value: Any) -> float | str | None:
    try:
        return None if value in (None, "") else round(float(value), 2)
    except (TypeError, ValueError):
        return repr(value)


def _salary(value: Any) -> tuple[Any, ...] | None:
    if not isinstance(value, Mapping):
        return None
    low, high, currency = _number(value.get("min")), _number(value.get("max")), value.get("currency")
    if low is None and high is None:
        return None
    return low, high, str(currency).upper() if currency else None, _word("per")(value.get("per"))


def _remote_from(value: Any) -> tuple[Any, ...] | None:
    if not isinstance(value, Mapping):
        return None
    if value.get("worldwide"):
        return ("worldwide",)
    said: list[tuple[Any, ...]] = []
    if countries := value.get("countries"):
        said.append(("countries", *sorted(str(country).upper() for country in countries)))
    if regions := value.get("regions"):
        names = _aliases("regions")
        said.append(("regions", *sorted({names.get(str(name).upper(), str(name).upper()) for name in regions})))
    if isinstance(zones := value.get("timezones"), Mapping):
        said.append(("timezones", _number(zones.get("min")), _number(zones.get("max"))))
    return tuple(said) or None


def _employment(value: Any) -> tuple[str | None, ...] | None:
    forms = [value] if isinstance(value, str) else value or []
    return tuple(sorted({_word("employment")(form) for form in forms}, key=str)) or None


def _spots(value: Any) -> set[tuple[str, str | None]]:
    found: set[tuple[str, str | None]] = set()
    for place in value or []:
        if isinstance(place, Mapping):
            city, country = _fold(place.get("city") or ""), str(place.get("country") or "").upper() or None
            if city or country:
                found.add((_aliases("cities").get(city.replace(",", ""), city), country))
    return found


EXACT: Mapping[str, Callable[[Any], Any]] = {
    "salary": _salary,
    "workplace": _word("workplace"),
    "remote_from": _remote_from,
    "employment": _employment,
    "level": _word("level"),
    "posted": lambda value: str(value)[:10] if value else None,
}
"""The fields that must be wholly right, each with what makes two ways of writing it equal."""

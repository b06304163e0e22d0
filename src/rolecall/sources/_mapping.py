"""From fields that the board's owner names to a posting: for sources whose form only config.yaml knows.

A field's value in config.yaml is a dotted path (`company.name`; a list on the way gives a value for each of its items),
a text that starts with `=`, in which `{path}` stands for a value (`=https://acme.example/jobs/{slug}`), or a list of
these, of which the first that gives something counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urljoin

from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources._descriptions import described
from rolecall.sources.base import Batch, Record, read_each

ONE = frozenset(
    "key title url apply_url company company_url logo description workplace remote salary salary_min salary_max "
    "currency per posted closes department requisition_id level language".split()
)
MANY = frozenset("place city region country remote_from timezones employment tags".split())
FIELDS = ONE | MANY
Texts = Callable[[str], tuple[str | None, ...]]
"""The texts of a field, in order; None where an item of a list has none, so that city and country stay together."""

_OWN_NAMES: dict[str, Any] = {name: name for name in FIELDS} | {"key": ["key", "id"]}
_MAX_DEPTH = 20
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")
_BETWEEN_WORDS = re.compile(r"\s*[,;|]\s*")
_FLAGS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


def fields_of(board: Board) -> Mapping[str, Any]:
    """The option `fields`; without it every field is looked for under its own name. Raises `SourceError`."""
    fields = board.options.get("fields")
    if fields is None:
        return _OWN_NAMES
    if not isinstance(fields, dict):
        raise SourceError(board.name, "fields is not a mapping.", "Write it as in: fields: {key: id, title: name}")
    if unknown := sorted(fields.keys() - FIELDS):
        raise SourceError(
            board.name, f"fields.{unknown[0][:60]} is no field.", f"Allowed: {', '.join(sorted(FIELDS))}."
        )
    if bad := [name for name, value in fields.items() if not _is_path(value)]:
        raise SourceError(board.name, f"fields.{bad[0]} is no path.", "Write it as in: company: employer.name")
    if "title" not in fields or not {"key", "url"} & fields.keys():
        raise SourceError(board.name, "fields lacks title, or both key and url.", "Name where they stand.")
    return fields


def check_options(board: Board) -> None:
    """Raise `SourceError` for options that are of another form than their descriptions."""
    fields_of(board)
    if not isinstance(board.options.get("only", {}), dict):
        raise SourceError(board.name, "only is not a mapping.", "Write it as in: only: {active: true}")
    if board.options.get("only") and board.options.get("total"):
        raise SourceError(board.name, "total counts the jobs that only leaves out.", "Remove one of the two.")
    for name in {"items", "next", "total"} & board.options.keys():
        if not isinstance(board.options[name], str):
            raise SourceError(board.name, f"{name} is no path.", f"Write it as in: {name}: data.{name}")


def read_items(items: list[Record], board: Board, base: str = "") -> Batch:
    """Each of `items` that `only` lets through, as a posting."""
    fields, only = fields_of(board), board.options.get("only") or {}
    public = [item for item in items if wanted(item, only)]

    def posting(item: Record) -> object:
        return posting_of(lambda name: look_up(item, fields[name]) if name in fields else (), item.path, base)

    postings, skipped = read_each(public, posting)
    return Batch(postings=postings, skipped=skipped)


def _is_path(value: Any) -> bool:
    values = value if isinstance(value, list) else [value]
    return bool(values) and all(isinstance(item, str) and item.strip(" =") for item in values)


def look_up(item: Record, path: Any) -> tuple[str | None, ...]:
    """What a path, a text with `=`, or the first useful of a list of these gives for `item`."""
    if isinstance(path, list):
        return next((found for one in path if any(found := look_up(item, one))), ())
    if not path.startswith("="):
        return tuple(map(_text, _walk(item.value, path)))
    filled = [(name, next(filter(None, look_up(item, name)), None)) for name in _PLACEHOLDER.findall(path)]
    if any(value is None for _, value in filled):
        return ()
    values = dict(filled)
    return (_PLACEHOLDER.sub(lambda found: values[found[1]] or "", path[1:]),)


def wanted(item: Record, only: Mapping[str, Any]) -> bool:
    """Whether every path of the option `only` gives one of its values: `{active: true, status: [open, new]}`."""
    for path, values in only.items():
        allowed = {str(value).lower() for value in (values if isinstance(values, list) else [values])}
        if not any((text or "").lower() in allowed for text in look_up(item, path) or ("",)):
            return False
    return True


def posting_of(texts: Texts, where: str, base: str = "") -> Posting:
    """The posting that the texts of its fields make; addresses are relative to `base`. Raises `PayloadError`."""

    def one(name: str) -> str | None:
        return next((text for text in texts(name) if text), None)

    def many(name: str) -> tuple[str, ...]:
        return tuple(filter(None, texts(name)))

    url, apply_url, logo = (_join(base, one(name)) for name in ("url", "apply_url", "logo"))
    key, title = one("key") or url, one("title")
    if not key or not title:
        raise PayloadError(where, f"has no {'title' if key else 'key, nor a url'}.", "Compare fields with the answer.")
    description, is_text = described(one("description"))
    return Posting(
        key=key,
        title=title,
        url=url,
        apply_url=apply_url,
        company=one("company"),
        company_url=one("company_url"),
        logo=logo,
        description=description,
        description_is_text=is_text,
        places=_places(texts),
        workplace=one("workplace"),
        remote=_FLAGS.get((one("remote") or "").strip().lower()),
        remote_from=many("remote_from"),
        timezones=many("timezones"),
        employment=many("employment"),
        salary=_salary(one),
        posted=one("posted"),
        closes=one("closes"),
        department=one("department"),
        requisition_id=one("requisition_id"),
        tags=tuple(word for text in many("tags") for word in _BETWEEN_WORDS.split(text) if word),
        level=one("level"),
        language=one("language"),
    )


def _places(texts: Texts) -> tuple[PlaceText, ...]:
    """Places as text, and those in parts; parts stand together when each is stated once for each place."""
    parts = [texts(name) for name in ("city", "region", "country")]
    count = max(map(len, parts))
    if all(len(part) in (0, count) for part in parts):
        columns = [part or (None,) * count for part in parts]
        stated = [
            PlaceText(city=city, region=region, country=country) for city, region, country in zip(*columns, strict=True)
        ]
    else:
        stated = [PlaceText(text=text) for part in parts for text in part]
    named = [PlaceText(text=text) for text in texts("place") if text]
    return tuple(dict.fromkeys(place for place in (*named, *stated) if place != PlaceText()))


def _salary(one: Callable[[str], str | None]) -> tuple[PayText, ...]:
    low, high, text = one("salary_min"), one("salary_max"), one("salary")
    currency, per = one("currency"), one("per")
    # Figures without a currency say less than a text that may name one.
    if (low or high) and (currency or not text):
        return (PayText(min=low, max=high, currency=currency, per=per),)
    return (PayText(text=text, currency=currency, per=per),) if text else ()


def _walk(value: Any, path: str, depth: int = 0) -> list[Any]:
    """The values at a dotted path; each list on the way, and at its end, gives one for each of its items."""
    if depth > _MAX_DEPTH:
        return []
    if isinstance(value, list):
        head, _, rest = path.partition(".")
        if head.isdecimal():
            return _walk(value[int(head)], rest, depth + 1) if int(head) < len(value) else []
        return [found for item in value for found in _walk(item, path, depth + 1) or [None]]
    if not path:
        return [value]
    if not isinstance(value, dict):
        return []
    if path in value:  # a column called "Job title" or "salary.min"
        return _walk(value[path], "", depth + 1)
    head, _, rest = path.partition(".")
    return _walk(value.get(head), rest, depth + 1) if head in value else []


def _text(value: Any) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return Record({"value": value}, "").may("value")


def _join(base: str, address: str | None) -> str | None:
    try:
        return urljoin(base, address.strip()) if address else None
    except ValueError:
        return None

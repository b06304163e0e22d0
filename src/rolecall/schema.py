"""From a parsed file to a value: every problem of the file at once, with line, field and mend.

The pydantic models are the one truth about what a file may hold; this module turns their findings into the three
parts of a message (where, what, what now), and unknown keys and words into "did you mean".
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from rolecall.issues import Issue, Spot
from rolecall.yaml_io import Document, dotted

Model = TypeVar("Model", bound=BaseModel)


# A file with more is no slip of the pen; to look for a near word for each would take long.
MAX_PROBLEMS = 200


def did_you_mean(word: str, allowed: Iterable[str]) -> str:
    """`Did you mean "x"?`, or an empty text when nothing is near."""
    near = difflib.get_close_matches(word.lower(), list(allowed), n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else ""


def validate(model: type[Model], document: Document) -> tuple[Model | None, list[Issue]]:
    """`document` as a `model`, or None and every problem found."""
    value = {key: item for key, item in document.value.items() if item is not None}
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        problems = error.errors(include_url=False)
        found = [_problem(model, document, dict(one)) for one in problems[:MAX_PROBLEMS]]
        issues = [issue for _, issue in sorted(found, key=lambda one: one[0])]
        if more := len(problems) - len(found):
            what = f"holds {more:,} more problems of form."
            issues.append(Issue.at("schema", Spot(document.where), what, "Mend those above first."))
        return None, issues


def _problem(model: type[BaseModel], document: Document, found: Mapping[str, Any]) -> tuple[int, Issue]:
    """One finding of pydantic with its line."""
    path = tuple(found["loc"])
    what, hint = _words(model, path, found)
    # What concerns several fields begins with the name of the one to look at.
    spot = document.spot(path or (what.partition(" ")[0],), dotted(path), of_key=found["type"] == "extra_forbidden")
    return spot.line or 0, Issue.at("schema", spot, what, hint)


def _words(model: type[BaseModel], path: tuple[str | int, ...], found: Mapping[str, Any]) -> tuple[str, str]:
    kind, given, context = found["type"], found.get("input"), found.get("ctx") or {}
    shown = repr(given)[:80]
    if kind == "extra_forbidden":
        allowed = sorted(_model_at(model, path[:-1]).model_fields)
        return f"no field is called {str(path[-1])[:60]!r}.", did_you_mean(
            str(path[-1]), allowed
        ) or f"Allowed: {', '.join(allowed)}."
    if kind == "missing":
        return "is missing.", f"Add the line `{path[-1]}: ...`."
    if kind in ("enum", "literal_error"):
        allowed = [word.strip(" '") for word in str(context.get("expected", "")).replace(" or ", ", ").split(",")]
        guess = did_you_mean(str(given).replace("-", "_").replace(" ", "_"), allowed)
        return f"{shown} is not allowed.", f"{guess} Allowed: {', '.join(allowed)}.".strip()
    if kind == "value_error":
        what, _, hint = str(context.get("error", found["msg"])).partition(". ")
        return f"{what.removesuffix('.')}.", f"{hint.removesuffix('.')}." if hint else ""
    if kind in ("string_too_long", "too_long"):
        size = len(given) if isinstance(given, str | list | tuple) else "more"
        return f"is too long: {size}, the limit is {context.get('max_length')}.", "Shorten it."
    if kind == "string_too_short":
        return "is empty.", "Write a value, or remove the line."
    if kind == "string_pattern_mismatch":
        name = next((step for step in reversed(path) if isinstance(step, str)), "")
        return f"{shown} is not in the expected form.", _PATTERNS.get(name, "See the reference of this field.")
    if kind in _BOUNDS:
        word, limit = _BOUNDS[kind]
        return f"{shown} is {word}.", f"{limit} {next(iter(context.values()))}."
    if kind.startswith(("int_", "float_", "decimal_", "finite_")):
        return f"{shown} is not a {'whole ' if kind.startswith('int_') else ''}number.", "Write a plain number."
    if kind.startswith("date"):
        return f"{shown} is not a date.", "Write it as 2026-11-22."
    if kind.startswith("bool"):
        return f"{shown} is neither true nor false.", "Write true or false."
    if kind in ("tuple_type", "list_type"):
        return f"{shown} is not a list.", _as_list(model, path, given)
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return f"{shown} is not a group of keys.", "Write it as {key: value}."
    if kind == "string_type":
        return f"{shown} is not text.", "Write one value, in quotes if it holds : or #."
    return f"{found['msg']} (given: {shown}).", ""


def _as_list(model: type[BaseModel], path: tuple[str | int, ...], given: Any) -> str:
    """How to write a list of what the field holds, with the word that was given in its first field."""
    word = given if isinstance(given, str) else "..."
    inner = _model_at(model, path)
    if inner is _model_at(model, path[:-1]):
        return f"Write it as [{word}]."
    return f"Write it as [{{{next(iter(inner.model_fields))}: {word}}}]."


_BOUNDS = {
    "greater_than_equal": ("too small", "The least is"),
    "less_than_equal": ("too large", "The most is"),
}
_PATTERNS = {
    "tags": "Write plain words of at most 40 characters, without < and >.",
    "repository": "Write owner and name alone, such as you/jobs.",
    "file": "Write the name of a file that ends with .md.",
    "currency": "Write the ISO 4217 code in capitals, such as EUR or USD.",
    "language": "Write a BCP 47 code, such as en, de or pt-BR.",
    "id": "Write 12 characters out of 0-9 and a-f, or remove the line.",
    "github": "Write the name of the organisation alone, such as python.",
    "digest": "Leave this line to fetch.",
}


def _model_at(model: type[BaseModel], path: tuple[str | int, ...]) -> type[BaseModel]:
    for step in path:
        if isinstance(step, str) and step in model.model_fields:
            model = next(models_in(model.model_fields[step].annotation), model)
    return model


def models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The models that a field of this type may hold, also inside lists and alternatives."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from models_in(part)


def plain(value: Any) -> Any:
    """A model's value as what a file holds: dicts, lists, text, bool; what is unknown or empty is left out."""
    if isinstance(value, BaseModel):
        fields = {name: plain(getattr(value, name)) for name in type(value).model_fields}
        return {name: item for name, item in fields.items() if item is not None and item != []}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else float(value)
    return value


def json_ready(value: Any) -> Any:
    """`plain` values with dates as text, for JSON."""
    if isinstance(value, dict):
        return {key: json_ready(item) for key, item in value.items()}
    if isinstance(value, list):
        return [json_ready(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value

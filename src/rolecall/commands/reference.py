"""`rolecall schema`: what the files may hold, made from the models, so that it never differs from what is checked."""

from __future__ import annotations

import json
import types
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from rolecall.config import Config
from rolecall.model import Company, Job
from rolecall.schema import models_in

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

MODELS: dict[str, tuple[type[BaseModel], str]] = {
    "job": (Job, "The job file"),
    "company": (Company, "company.yaml"),
    "config": (Config, "config.yaml"),
}


def json_schema(what: str) -> str:
    """The JSON Schema of a file, for editors that read the `yaml-language-server` line; stable text."""
    model, title = MODELS[what]
    schema = model.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = title
    return json.dumps(_for_people(schema), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _for_people(value: Any) -> Any:
    """Without `null` (in a file a field is there or is not) and without the titles that pydantic invents."""
    if isinstance(value, list):
        return [_for_people(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: _for_people(item) for key, item in value.items() if not (key == "default" and item is None)}
    choices = kept.get("anyOf")
    if isinstance(choices, list) and {"type": "null"} in choices:
        others = [choice for choice in choices if choice != {"type": "null"}]
        if len(others) == 1:
            del kept["anyOf"]
            kept = {**others[0], **kept}
        else:
            kept["anyOf"] = others
    return kept


def reference_page(what: str) -> str:
    """A Markdown page with a table of the fields, and one more for each group of keys."""
    model, title = MODELS[what]
    lines = [f"# {title}: every field", "", "Made by `rolecall schema --markdown`; do not edit.", ""]
    if what == "config":
        lines[2] = "Made by `rolecall schema --of config --markdown`; do not edit."
    for part in _parts(model):
        if part is not model:
            lines += [f"## {part.__name__}", "", *_first_line(part), ""]
        lines += ["| field | form | default | meaning |", "|---|---|---|---|"]
        lines += [_row(name, field) for name, field in part.model_fields.items()]
        lines.append("")
    return "\n".join(lines)


def _parts(model: type[BaseModel]) -> list[type[BaseModel]]:
    found = [model]
    for part in found:  # grows while it is walked: breadth first
        for field in part.model_fields.values():
            found += [inner for inner in dict.fromkeys(models_in(field.annotation)) if inner not in found]
    return found


def _first_line(model: type[BaseModel]) -> list[str]:
    return [(model.__doc__ or "").strip().split("\n")[0]]


def _row(name: str, field: FieldInfo) -> str:
    default = "required" if field.is_required() else _default(field)
    meaning = (field.description or "").replace("|", "\\|").replace("<", "&lt;")
    return f"| `{name}` | {_form(field.annotation)} | {default} | {meaning} |"


def _default(field: FieldInfo) -> str:
    value = field.get_default(call_default_factory=True)
    if value is None or value == () or value == {} or isinstance(value, BaseModel):
        return ""
    return f"`{value}`"


_WORDS = {
    str: "text",
    int: "whole number",
    float: "number",
    Decimal: "number",
    bool: "true or false",
    date: "date",
    type(None): "",
}


def _form(annotation: Any) -> str:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _form(inner[0])
    if origin in (Union, types.UnionType):
        return " or ".join(word for word in map(_form, inner) if word)
    if origin is tuple:
        return f"list of {_form(inner[0])}"
    if origin is dict:
        return f"group of names, each a {_form(inner[1])}"
    if inner:  # Literal
        return ", ".join(f"`{word}`" for word in inner)
    if isinstance(annotation, type) and issubclass(annotation, Enum):
        return ", ".join(f"`{member.value}`" for member in annotation)
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    return _WORDS[annotation]

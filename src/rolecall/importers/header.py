"""Front matter: YAML where it is YAML, else line by line; never an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from rolecall import yaml_io
from rolecall.errors import StoreError
from rolecall.importers.base import Losses
from rolecall.importers.parsing import as_text, without_tags

_MAX_LINES = 400
_KEY = re.compile(r"([A-Za-z_][\w -]{0,59}):(?:[ \t]+(.*)|[ \t]*)$")
_TEMPLATE = re.compile(r"\{%[^%{}]*%\}")


def _keys(words: str) -> dict[str, None]:
    return dict.fromkeys(words.split())


# Field -> keys, those that count for more first. A dict as an ordered set.
CARRIED = {
    "title": _keys("title role position job_title job name").keys(),
    "company": _keys("company organization organisation employer org company_name hiring_organization").keys(),
    "link": _keys("apply_url apply application_url apply_link application link job_url url external_url").keys(),
    "website": _keys("org_url company_url website company_website homepage").keys(),
    "place": _keys("location locations place places city office").keys(),
    "employment": _keys("contract employment employment_type job_type type commitment").keys(),
    "posted": _keys("date_posted posted created posted_at published published_at created_at date").keys(),
    "closes": _keys("expires closes deadline valid_through closing_date close_date expiry expiration_date").keys(),
    "status": _keys("status state active").keys(),
    "pay": _keys("salary compensation pay salary_range wage").keys(),
    "tags": _keys("tags skills technologies keywords").keys(),
    "notes": _keys("description summary excerpt").keys(),
    "remote": _keys("remote").keys(),
    "level": _keys("level seniority experience").keys(),
    "department": _keys("department team").keys(),
    "language": _keys("language lang").keys(),
    "logo": _keys("logo company_logo").keys(),
    "sponsorship": _keys("sponsorship visa visa_sponsorship").keys(),
    "contact": _keys("how_to_apply contact contact.email email contact.web contributing_md github").keys(),
}


def split(text: str) -> tuple[str, str] | None:
    """(front matter, body) of a file, or None when it does not begin with one."""
    if not text.startswith("---"):
        return None
    lines = text.split("\n")
    if lines[0].strip() != "---":
        return None
    for at, line in enumerate(lines[1 : _MAX_LINES + 1], 1):
        if line.rstrip() in ("---", "..."):
            return "\n".join(lines[1:at]), "\n".join(lines[at + 1 :])
    return None


def header_of(text: str, name: str) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """The keys (`contact.email` for nested ones) with their text, and what is odd: (key, why, value).

    A value that is a comment to YAML (`title: #-ludus redesign`) is taken as it is written.
    """
    by_line, odd = _by_line(text)
    try:
        value = yaml_io.load(without_tags(text).encode(), name).value
    except StoreError:
        return by_line, odd
    said = _flat(value)
    for key in ("title", "company", "organization", "role"):
        if not said.get(key) and by_line.get(key, "").startswith("#"):
            said[key] = by_line[key]
    return said, odd


def body_of(text: str, losses: Losses) -> str:
    """The text without tags of a template (`{% block %}`)."""
    for found in _TEMPLATE.finditer(text):
        losses.add("text", "tags of a template", found[0])
    return _TEMPLATE.sub("", text).strip("\n")


def _flat(value: Mapping[str, Any], before: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, item in value.items():
        name = f"{before}{key.strip().lower().replace('-', '_').replace(' ', '_')}"
        if isinstance(item, Mapping):
            found |= _flat(item, f"{name}.")
        else:
            found[name] = as_text(item).replace("\r", "")
    return found


def _by_line(text: str) -> tuple[dict[str, str], list[tuple[str, str, str]]]:
    """Each line by itself: `key: value`, `- item` and further keys below one, and what hangs on from the line above."""
    found: dict[str, str] = {}
    odd: list[tuple[str, str, str]] = []
    current, parent = "", ""
    for line in without_tags(text).split("\n"):
        bare = line.strip()
        if not bare or bare.startswith("#"):
            continue
        indented = line[0] in " \t"
        key = _KEY.match(bare) if not bare.startswith("- ") else None
        if key and (not indented or (parent and not found.get(parent))):
            name = key[1].strip().lower().replace("-", "_").replace(" ", "_")
            parent = parent if indented else name
            current = f"{parent}.{name}" if indented else name
            value = _unquoted(key[2] or "")
            if found.get(current) and value:
                odd.append((current, "the key stands twice; the first counts", value))
                current = ""
                continue
            found[current] = value
        elif bare.startswith("- ") and current:
            found[current] = "\n".join(filter(None, (found[current], _unquoted(bare[2:]))))
        elif indented and current:
            found[current] = " ".join(filter(None, (found[current].strip("|>"), _unquoted(bare))))
        else:
            odd.append(("front matter", "a line without a key", bare))
    return found, odd


def _unquoted(text: str) -> str:
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    if text.startswith("[") and text.endswith("]"):
        return "\n".join(_unquoted(part) for part in text[1:-1].split(","))
    return text if text.startswith("#") else text.partition(" #")[0].rstrip()

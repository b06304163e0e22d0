"""Names for files, pages and jobs that never change and never collide with anything of the file system or the site."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from rolecall.normalise.lookup import table
from rolecall.normalise.text import clean_line

# Windows devices, and what has a meaning in jobs/, logos/ or on the site.
_RESERVED = frozenset(
    "con prn aux nul clock company index page tag tags job jobs feed feeds sitemap robots static assets api search "
    "about 404 cname logos readme config".split()
)
_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DEVICE = re.compile(r"(com|lpt)\d")
_SIGNS = ((re.compile(r"\+\+"), " plus plus "), (re.compile(r"(?<=[a-z])#"), " sharp "), (re.compile(r"&"), " and "))
_DOT = re.compile(r"(?<![^\s/(,-])\.(?=[a-z])")
_LEGAL_FORM = re.compile(
    r"(?<=\w)[\s,.]{1,4}(inc|llc|ltd|limited|gmbh|corp|corporation|plc|b\.?v|s\.?a\.?s|pte)\.?$", re.IGNORECASE
)
_MAX_INPUT = 400
_MAX_KEY = 500


def slug(text: str, max_chars: int = 60) -> str:
    """`text` as a name of `[a-z0-9-]`: never empty, never reserved, at most `max_chars` (8 or more).

    Greek and Cyrillic are written in Latin letters. Of what cannot be written so, a hash keeps two texts apart.
    """
    if len(text) <= max_chars and _PLAIN.fullmatch(text) and not _is_reserved(text):
        return text
    return _slug(text, max_chars)


def _slug(text: str, max_chars: int) -> str:
    """What `slug` gives, whatever form the text has."""
    folded = _latin(text[:_MAX_INPUT])
    for sign, name in _SIGNS:
        folded = sign.sub(name, folded)
    folded = _DOT.sub(" dot ", folded).replace("'", "").replace("’", "")
    name = re.sub(r"[^a-z0-9]+", "-", folded).strip("-")
    lost = sum(1 for char in folded if char.isalpha() and not char.isascii())
    if lost > len(name) / 2 or not name:
        name = f"{name[: max_chars - 9]}-{_hash(text)[:8]}".strip("-")
        name = f"x-{name}" if len(name) == 8 else name
    if len(name) > max_chars:
        name = _cut_at_word(name, max_chars)
    return f"{name}-{_hash(name)[:4]}" if _is_reserved(name) else name


def _is_reserved(name: str) -> bool:
    return name in _RESERVED or _DEVICE.fullmatch(name) is not None


def _cut_at_word(name: str, max_chars: int) -> str:
    head, _, tail = name[: max_chars + 1].rpartition("-")
    return head if head and len(tail) < max_chars / 2 else name[:max_chars].strip("-")


def _latin(text: str) -> str:
    if text.isascii():
        return text.lower()
    folded = text.casefold().translate(_letters())
    parts = unicodedata.normalize("NFKD", folded)
    return "".join(part for part in parts if not unicodedata.combining(part)).translate(_letters())


@cache
def _letters() -> dict[int, str]:
    return {ord(letter): latin or "" for letter, latin in table("letters").items()}


def company_slug(name: str) -> str:
    """The folder of a company in jobs/: its name without the legal form, so that `Acme` and `Acme, Inc.` are one."""
    bare = _LEGAL_FORM.sub("", name[:_MAX_INPUT].strip())
    return slug(bare if bare.strip() else name, max_chars=50)


def stored_key(key: str) -> str:
    """A vendor's key as a file can hold it, on one line; "" when nothing is left.

    An endless one (some are whole addresses) is cut, and told apart by a hash.
    """
    clean = clean_line(key)
    return clean if len(clean) <= _MAX_KEY else f"{clean[:_MAX_KEY]}-{_hash(clean)[:12]}"


def job_id(source: str, board: str, key: str) -> str:
    """The identity of a fetched job: 12 hex digits made of source, board and the vendor's `stored_key`."""
    return _hash(f"{source}\0{board}\0{key}")[:12]


def path_id(path: str) -> str:
    """The identity of a job that a person wrote: 12 hex digits made of its path below jobs/, with `/`."""
    return _hash(f"path\0{path}")[:12]


def job_file(company: str, title: str, id: str) -> str:
    """Where the job's file stands, relative to jobs/: `acme/senior-cook-7f3a1c22.yaml`."""
    return f"{company_slug(company)}/{slug(title)}-{id[:8]}.yaml"


def digest(values: Mapping[str, Any]) -> str:
    """8 hex digits that change when one of `values` does; the order of keys does not count."""
    return _hash(json.dumps(values, sort_keys=True, separators=(",", ":"), default=str))[:8]


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", errors="surrogatepass")).hexdigest()

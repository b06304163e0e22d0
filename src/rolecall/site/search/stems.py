"""What the page of a job is called, where a simple rule gives it, so that the index need not hold every path.

The rule is not `slug()`: it is what `static/find-index.js` does too. Whether it gives a job's path is looked up at
build.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rolecall.site.search.fold import fold

_MAX_CHARS = 60
_SHARP = re.compile(r"(?<=[a-z])#")
_DOT = re.compile(r"(?<![^ /(,-])\.(?=[a-z])")
_OTHER = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=65_536)
def stem(text: str) -> str:
    """`text` as a name of a page, as the rule has it: "C++ & Go" is "c-plus-plus-and-go"."""
    plain = fold(text).replace("++", " plus plus ")
    plain = _DOT.sub(" dot ", _SHARP.sub(" sharp ", plain).replace("&", " and "))
    name = _OTHER.sub("-", plain).strip("-")
    if len(name) <= _MAX_CHARS:
        return name
    head, _, tail = name[: _MAX_CHARS + 1].rpartition("-")
    return head if head and len(tail) < _MAX_CHARS / 2 else name[:_MAX_CHARS].strip("-")


def short_page(page: str, company_slug: str, title: str, job_id: str) -> str:
    """What the index says of a job's page: "" where the rule gives it, "~" and its end, or the whole path."""
    start = f"jobs/{company_slug}/{stem(title)}-"
    if not page.startswith(start) or not page.endswith(".html"):
        return page
    end = page[len(start) : -len(".html")]
    return "" if end == job_id[:8] else f"~{end}"

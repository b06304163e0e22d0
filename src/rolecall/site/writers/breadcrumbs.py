"""schema.org BreadcrumbList: the way from the front page to a page, for search engines.

https://developers.google.com/search/docs/appearance/structured-data/breadcrumb
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from rolecall.site import urls
from rolecall.site.compact import Ready


def breadcrumb_list(base: str, trail: Sequence[tuple[str, str]]) -> dict[str, Any] | None:
    """The names and paths in `trail`, the page itself last; None when the site's address is not known."""
    if not base:
        return None
    *above, (name, path) = trail
    steps = [_kept_step(position, name, urls.absolute(base, path)) for position, (name, path) in enumerate(above, 1)]
    steps.append(_step(len(trail), name, urls.absolute(base, path)))
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps}


def _step(position: int, name: str, address: str) -> dict[str, Any]:
    return {"@type": "ListItem", "position": position, "name": name, "item": address}


@lru_cache(maxsize=4096)
def _kept_step(position: int, name: str, address: str) -> dict[str, Any]:
    """A step above many pages."""
    return Ready(_step(position, name, address))

"""schema.org BreadcrumbList: the way from the front page to a page, for search engines.

https://developers.google.com/search/docs/appearance/structured-data/breadcrumb
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rolecall.site import urls


def breadcrumb_list(base: str, trail: Sequence[tuple[str, str]]) -> dict[str, Any] | None:
    """The names and paths in `trail`, the page itself last; None when the site's address is not known."""
    if not base:
        return None
    steps = [
        {"@type": "ListItem", "position": position, "name": name, "item": urls.absolute(base, path)}
        for position, (name, path) in enumerate(trail, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": steps}

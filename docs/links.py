"""For the documentation as a site: links that lead out of docs/ go to the repository, where these files are."""

from __future__ import annotations

import re
from typing import Any

_OUT = re.compile(r"\]\(\.\./([^)\s]+)\)")


def on_page_markdown(markdown: str, *, config: dict[str, Any], **_: Any) -> str:
    """Called for each page before it is rendered."""
    return _OUT.sub(rf"]({config['repo_url'].rstrip('/')}/blob/main/\1)", markdown)

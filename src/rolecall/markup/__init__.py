"""Everything that reads or writes markup: the allow-list sanitiser, plain text, what GitHub shows, what pages say.

The two libraries stand behind one module each: nh3 in `clean`, selectolax in `page`.
"""

from __future__ import annotations

from rolecall.markup.blocks import sanitise
from rolecall.markup.github import github_html, github_text
from rolecall.markup.page import canonical_url, ld_json_blocks, links, page_language, page_title
from rolecall.markup.text import excerpt, looks_like_html, text_of

__all__ = [
    "canonical_url",
    "excerpt",
    "github_html",
    "github_text",
    "ld_json_blocks",
    "links",
    "looks_like_html",
    "page_language",
    "page_title",
    "sanitise",
    "text_of",
]

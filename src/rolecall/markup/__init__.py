"""Everything that reads or writes markup: the allow-list sanitiser, plain text, what GitHub shows.

The two libraries stand behind one module each: nh3 in `clean`, selectolax in `page`. What pages say about themselves is
asked of `page` directly, so that a build never loads the second.
"""

from __future__ import annotations

from rolecall.markup.blocks import sanitise
from rolecall.markup.github import github_html, github_text
from rolecall.markup.text import beginning, excerpt, looks_like_html, text_of, text_of_clean, words_of_clean

__all__ = [
    "beginning",
    "excerpt",
    "github_html",
    "github_text",
    "looks_like_html",
    "sanitise",
    "text_of",
    "text_of_clean",
    "words_of_clean",
]

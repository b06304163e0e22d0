"""The only markdown-it: descriptions that people write, as safe HTML.

Raw HTML in the Markdown is shown as text, and what comes out goes through the sanitiser like everything else, so a
person's description can hold no more than a fetched one.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from rolecall.markup import sanitise

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # not loaded by a build without Markdown: fetched jobs have HTML

    return MarkdownIt("commonmark", {"html": False})


def to_html(text: str) -> str:
    """`text`, CommonMark, as HTML within the allow-list of `markup.sanitise`."""
    return sanitise(_parser().render(text))

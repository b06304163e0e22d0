"""The only nh3: hostile HTML in, well-formed tokens of known tags out. Everything that reads markup starts here.

What comes out is a serialised tree, so it is balanced, `<` and `>` stand only around tags, and the one attribute left
is an `href` that `address.web_address` (or a plain mailto:) let through.
"""

from __future__ import annotations

import re

import nh3

from rolecall.address import web_address
from rolecall.markup import guard
from rolecall.unseen import without_unseen

MAX_CHARS = 200_000
_MAX_DEPTH = 200

INLINE = frozenset({"a", "b", "strong", "i", "em", "code"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Kept only for what they say about where a paragraph ends; no reader of the tokens lets one of them out.
PARAGRAPHS = frozenset(
    "p div section article header footer main aside nav address figure figcaption center form fieldset legend details "
    "summary hgroup search dl dt dd table caption thead tbody tfoot tr hr menu dir".split()
)
CELLS = frozenset({"td", "th"})
LISTS = frozenset({"ul", "ol"})
BLOCKS = PARAGRAPHS | HEADINGS | CELLS | LISTS | {"li", "blockquote", "pre", "br"}
_WITHOUT_CONTENT = frozenset(
    "script style template iframe object embed svg math audio video canvas select datalist noscript noembed noframes "
    "head map dialog".split()
)

# The unseen characters that Python calls printable: fillers and variation selectors.
_FILLERS = "\u115f\u1160\u3164\uffa0"
_SELECTORS = re.compile("[\U000e0100-\U000e01ef]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAILTO = re.compile(r"mailto:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+", re.IGNORECASE)
_TAG = re.compile(r"(<[^>]*>)")


def tokens(html: str) -> list[str]:
    """`html` as text, tag, text, ..., text: texts at the even places, escaped; `<a href="...">` alone has attributes.

    Only the first `MAX_CHARS` characters are read, in linear time.
    """
    html = html[:MAX_CHARS]
    if not html.isascii():
        html = _SURROGATE.sub("\ufffd", html)
    if not guard.has_few_tags(html):
        html = guard.without_formatting_attributes(html)
        # A text that nests deeper than any real one loses its tags.
        html = guard.as_paragraphs(html) if guard.nests_deeper(html, _MAX_DEPTH) else html
    html = _CLEANER.clean(html).replace("&nbsp;", " ")
    return split(without_unseen(html) if may_hold_unseen(html) else html)


def may_hold_unseen(html: str) -> bool:
    """A look that is much quicker than `without_unseen`: nearly all texts are printable."""
    if not html.replace("\n", "").isprintable():
        return True
    return not html.isascii() and (any(filler in html for filler in _FILLERS) or _SELECTORS.search(html) is not None)


def split(html: str) -> list[str]:
    """Markup that went through `tokens` before, as tokens again."""
    return _TAG.split(html)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """The `href` of a link as a safe address, or None, which drops the attribute."""
    if (tag, name) != ("a", "href"):
        return None
    address = web_address(value)
    if address is None and _MAILTO.fullmatch(mailto := value.strip().partition("?")[0]):
        return mailto
    return address


_CLEANER = nh3.Cleaner(
    tags=set(INLINE | BLOCKS),
    clean_content_tags=set(_WITHOUT_CONTENT),
    attributes={"a": {"href"}},
    attribute_filter=_attribute,
    url_schemes={"http", "https", "mailto"},
    strip_comments=True,
    # `blocks` and `github` write the link's tag themselves, each with the rel that its readers need.
    link_rel=None,
    generic_attribute_prefixes=set(),
)

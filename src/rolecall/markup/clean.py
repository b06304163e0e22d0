"""The only nh3: hostile HTML in, well-formed tokens of known tags out. Everything that reads markup starts here.

What comes out is a serialised tree, so it is balanced, `<` and `>` stand only around tags, and the one attribute left
is an `href` that `address.web_address` (or a plain mailto:) let through.
"""

from __future__ import annotations

import re

import nh3

from rolecall.address import web_address

MAX_CHARS = 200_000
_MAX_DEPTH = 200
# Below this many tags the parser's worst case stays under a tenth of a second, and the guard is not worth its time.
_MANY_TAGS = 1_000

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

# Characters that XML 1.0 forbids, invisible ones that reorder or hide text, and non-characters. ZWJ and ZWNJ stay.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufdd0-\ufdef\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MAILTO = re.compile(r"mailto:[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@[A-Za-z0-9.-]+", re.IGNORECASE)
_TAG = re.compile(r"(<[^>]*>)")
_ANY_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)[^>]*>", re.IGNORECASE)
_FORMATTING = re.compile(r"<(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/][^>]*>", re.IGNORECASE)
# A start tag of these closes its forerunner (or is empty), in foreign content too, so that they never nest by omission.
_SELF_CLOSING = frozenset({"p", "li", "dd", "dt", "br", "hr", "img"})


def tokens(html: str) -> list[str]:
    """`html` as text, tag, text, ..., text: texts at the even places, escaped; `<a href="...">` alone has attributes.

    Only the first `MAX_CHARS` characters are read, in linear time.
    """
    html = html[:MAX_CHARS]
    if not html.isascii():
        html = _SURROGATE.sub("\ufffd", html)
    if html.count("<") > _MANY_TAGS:
        html = _tamed(html)
    html = _CLEANER.clean(html).replace("&nbsp;", " ")
    # Whatever `_UNSEEN` matches is unprintable, and this look is forty times quicker than the pattern.
    if not html.replace("\n", "").isprintable():
        html = _UNSEEN.sub("", html)
    return split(html)


def split(html: str) -> list[str]:
    """Markup that went through `tokens` before, as tokens again."""
    return _TAG.split(html)


def _tamed(html: str) -> str:
    """`html` without what costs an HTML parser quadratic time: depth, and formatting tags that all differ.

    A text that nests deeper than any real one loses its tags and becomes paragraphs.
    """
    html = _FORMATTING.sub(lambda found: found[0] if found[1] in "aA" else f"<{found[1]}>", html)
    open_tags: dict[str, int] = {}
    depth = 0
    for end, name in _ANY_TAG.findall(html):
        name = name.lower()
        if name in _SELF_CLOSING:
            continue
        count = open_tags.get(name, 0)
        step = 1 if not end else -1 if count else 0
        open_tags[name] = count + step
        depth += step
        if depth > _MAX_DEPTH:
            return _ANY_TAG.sub("<p>", html)
    return html


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

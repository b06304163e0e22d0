"""The only selectolax: what a web page says about itself, where its links lead, and its elements by CSS selector."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from rolecall.address import web_address
from rolecall.markup import guard
from rolecall.markup.clean import BLOCKS, HEADINGS

_MAX_CHARS = 10_000_000
_MAX_DEPTH = 2_000
_NOT_READ = frozenset(
    "script style template noscript svg iframe object head nav aside footer select option dialog".split()
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading or cell as a reader sees it, on one line."""

    text: str
    is_heading: bool


class Piece:
    """One element of a page. A selector looks at the element itself and all below it."""

    def __init__(self, node: LexborNode, base: str) -> None:
        self._node, self._base = node, base

    @property
    def name(self) -> str:
        """The name of the element, in lower case."""
        return (self._node.tag or "").lower()

    @property
    def text(self) -> str:
        """All its text on one line; "" when there is none."""
        return " ".join(self._node.text(deep=True, separator=" ").split())

    @property
    def html(self) -> str:
        """What stands in it, as HTML (hostile, like the page)."""
        return self._node.inner_html or ""

    @property
    def children(self) -> list[Piece]:
        """The elements directly in it, in the order of the page."""
        return [Piece(node, self._base) for node in self._node.iter(include_text=False)]

    def attribute(self, name: str) -> str | None:
        """The attribute as written, "" for one without a value; None when it is absent."""
        attributes = self._node.attributes
        return (attributes[name] or "") if name in attributes else None

    def address(self, name: str) -> str | None:
        """The attribute as a safe absolute address; None when it is absent or none."""
        return _absolute(self._base, self.attribute(name))

    def select(self, css: str) -> list[Piece]:
        """The elements that `css` selects, in the order of the page. Raises ValueError when it is not a selector."""
        return [Piece(node, self._base) for node in _selected(self._node, css)]


def root_of(html: str, base: str) -> Piece | None:
    """The page as its root element; addresses are relative to `base`, or to where the page says. None without one."""
    page = _parsed(html)
    return Piece(page.root, _base_of(page, base)) if page.root is not None else None


def check_selector(css: str) -> None:
    """Raise ValueError when `css` is not a selector."""
    _selected(LexborHTMLParser(""), css)


def ld_json_blocks(html: str) -> list[str]:
    """The raw text of every <script type="application/ld+json">, in the order of the page."""
    blocks: list[str] = []
    for script in _parsed(html).css("script[type]"):
        mime = (script.attributes.get("type") or "").partition(";")[0].strip().lower()
        if mime == "application/ld+json":
            blocks.append(script.text(deep=True))
    return blocks


def links(html: str, base: str, css: str = "a[href]") -> list[str]:
    """The safe absolute addresses of the links that `css` selects, each once, without fragment; `base` is the page.

    Raises ValueError when `css` is not a selector.
    """
    page = _parsed(html)
    base = _base_of(page, base)
    found: dict[str, None] = {}
    for node in _selected(page, css):
        address = _absolute(base, node.attributes.get("href"))
        if address is not None:
            found[address.partition("#")[0]] = None
    return list(found)


def canonical_url(html: str, base: str = "") -> str | None:
    """The page's own address as it states it (rel=canonical, else og:url), absolute; None when it states none."""
    page = _parsed(html)
    for css, attribute in (("link[rel~=canonical]", "href"), ('meta[property="og:url"]', "content")):
        node = page.css_first(css)
        address = _absolute(base, node.attributes.get(attribute)) if node is not None else None
        if address is not None:
            return address
    return None


def page_language(html: str) -> str | None:
    """The lang of the <html> element, as written; None when it is absent or blank."""
    node = _parsed(html).css_first("html[lang]")
    language = (node.attributes.get("lang") or "").strip() if node is not None else ""
    return language or None


def page_title(html: str) -> str | None:
    """The text of <title>, on one line; None when it is absent or blank."""
    node = _parsed(html).css_first("title")
    return " ".join(node.text().split()) or None if node is not None else None


def shown_blocks(html: str) -> list[Block]:
    """What a reader sees of a page, in its order; what is hidden, navigation and asides are left out."""
    body = _parsed(html).body
    found: list[Block] = []
    words: list[str] = []
    open_headings = 0

    def end() -> None:
        if text := " ".join("".join(words).split()):
            found.append(Block(text, open_headings > 0))
        words.clear()

    # A way through the tree without recursion; the name of an element stands for its end.
    ahead: list[LexborNode | str] = [body] if body is not None else []
    while ahead:
        node = ahead.pop()
        name = node if isinstance(node, str) else node.tag or ""
        if name in BLOCKS:
            end()
        if isinstance(node, str):
            open_headings -= node in HEADINGS
        elif name == "-text":
            words.append(node.text_content or "")
        elif name not in _NOT_READ and not name.startswith(("-", "_")) and not _is_hidden(node):
            open_headings += name in HEADINGS
            ahead.append(name)
            ahead += reversed(list(node.iter(include_text=True)))
    end()
    return found


def _is_hidden(node: LexborNode) -> bool:
    said = node.attributes
    if "hidden" in said or said.get("aria-hidden") == "true":
        return True
    return bool(_HIDDEN.search(said.get("style") or ""))


def _parsed(html: str) -> LexborHTMLParser:
    """The page; one that nests deeper than any real one is read as empty."""
    html = html[:_MAX_CHARS]
    if not guard.has_few_tags(html):
        html = guard.without_formatting_attributes(html)
        html = "" if guard.nests_deeper(html, _MAX_DEPTH) else html
    return LexborHTMLParser(html)


def _selected(part: LexborHTMLParser | LexborNode, css: str) -> list[LexborNode]:
    try:
        return part.css(css)
    except SelectolaxError as error:
        raise ValueError(f"{css[:80]!r} is not a CSS selector") from error


def _base_of(page: LexborHTMLParser, base: str) -> str:
    node = page.css_first("base[href]")
    return _absolute(base, node.attributes.get("href")) or base if node is not None else base


def _absolute(base: str, href: str | None) -> str | None:
    if not href:
        return None
    try:
        return web_address(urljoin(base, href.strip()))
    except ValueError:
        return None

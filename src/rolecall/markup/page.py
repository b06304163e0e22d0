"""The only selectolax: what a web page says about itself and where its links lead."""

from __future__ import annotations

from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser

from rolecall.address import web_address
from rolecall.markup import guard

_MAX_CHARS = 10_000_000
_MAX_DEPTH = 2_000


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
    root = page.css_first("base[href]")
    if root is not None:
        base = urljoin(base, root.attributes.get("href") or "")
    found: dict[str, None] = {}
    for node in page.css(css):
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


def _parsed(html: str) -> LexborHTMLParser:
    """The page; one that nests deeper than any real one is read as empty."""
    html = html[:_MAX_CHARS]
    if not guard.has_few_tags(html):
        html = guard.without_formatting_attributes(html)
        html = "" if guard.nests_deeper(html, _MAX_DEPTH) else html
    return LexborHTMLParser(html)


def _absolute(base: str, href: str | None) -> str | None:
    if not href:
        return None
    try:
        return web_address(urljoin(base, href.strip()))
    except ValueError:
        return None

"""RSS and Atom as items, for every source whose vendor publishes a feed. The only feedparser.

A document that a strict parser can read, or can after mending what hides nothing (`_xml`), is read as it stands.
feedparser reads only what is broken beyond that: it finds the items in truncated and mis-nested feeds, but it keeps one
value of each foreign element, so such a feed never counts as complete.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, SubElement

from rolecall.errors import PayloadError
from rolecall.issues import Issue
from rolecall.model import Board, Posting
from rolecall.sources._xml import guard_broken, parse_xml, xml_text
from rolecall.sources.base import Batch, Request, Response, Source

_MEDIA = "search.yahoo.com/mrss"
_ROOTS = frozenset({"rss", "feed", "rdf"})
_BROKEN = "the XML is broken; only what could be recovered was read"


def local(tag: str) -> str:
    """The name of an element or attribute without its namespace, folded: `{x}job_type` and `jobType` are `jobtype`."""
    space, _, name = tag.rpartition("}")
    folded = name.lower().replace("_", "").replace("-", "")
    # The one foreign vocabulary whose names mean something else in Atom.
    return f"media:{folded}" if _MEDIA in space else folded


class Item:
    """One <item> or <entry>. Names are given as `local` makes them; the feed's own elements come before others."""

    def __init__(self, element: Element, where: str, base: str) -> None:
        self.where = where
        self._base = base
        own = element.tag.rpartition("}")[0]
        self._children: dict[str, list[Element]] = {}
        for child in sorted(element, key=lambda child: child.tag.rpartition("}")[0] != own):
            self._children.setdefault(local(child.tag), []).append(child)

    def all(self, *names: str) -> list[Element]:
        """The child elements of these names, in the order of `names`."""
        return [child for name in names for child in self._children.get(name, ())]

    def texts(self, *names: str) -> tuple[str, ...]:
        """The texts of those elements that have one."""
        return tuple(text for child in self.all(*names) if (text := "".join(child.itertext()).strip()))

    def text(self, *names: str) -> str | None:
        """The first of `texts`."""
        return next(iter(self.texts(*names)), None)

    def within(self, parent: str, name: str) -> tuple[str, ...]:
        """The texts of the elements `name` inside the elements `parent`."""
        return tuple(text for element in self.all(parent) for text in Item(element, self.where, self._base).texts(name))

    def html(self, *names: str) -> str | None:
        """The first content that is not blank, as HTML; elements inside (Atom's xhtml) become tags again."""
        found = (_inner_html(child) if len(child) else child.text or "" for child in self.all(*names))
        return next((html for html in found if html.strip()), None)

    def attribute(self, element: str, attribute: str) -> str | None:
        """An attribute of the first element of that name that has it."""
        found = (value.strip() for child in self.all(element) if (value := child.get(attribute)))
        return next(filter(None, found), None)

    @property
    def link(self) -> str | None:
        """The address of the job's page, absolute: <link>, Atom's alternate link, or a <guid> that is an address."""
        for child in self.all("link"):
            href = child.get("href") if child.get("rel", "alternate") == "alternate" else None
            if address := (href or child.text or "").strip():
                return _absolute(self._base, address)
        guid = self.text("guid", "id") or ""
        return guid if guid.lower().startswith(("http://", "https://")) else None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's items. `partial` says why they may not be all; `link` is the address of the site that it belongs to."""

    items: tuple[Item, ...]
    partial: str | None
    link: str | None


def read_feed(response: Response) -> Feed:
    """The feed in an answer. Raises `PayloadError` when it is none, or so broken that not one item can be read."""
    root = parse_xml(response)
    partial = None
    if root is None:
        root, partial = _recovered(response), _BROKEN
    name = local(root.tag)
    if name not in _ROOTS:
        raise PayloadError(
            response.url, f"expected RSS or Atom, found <{name[:40]}>.", "Check the address of the feed."
        )
    found = [element for element in root.iter() if local(element.tag) in ("item", "entry")]
    if partial and not found:
        raise PayloadError(
            response.url, "the XML is broken, and not one item can be read.", "Open the address in a browser."
        )
    items = tuple(Item(element, f"item {number}", response.url) for number, element in enumerate(found, 1))
    channel = next((element for element in root if local(element.tag) == "channel"), root)
    return Feed(items, partial, Item(channel, "channel", response.url).link)


def read_items(items: tuple[Item, ...], posting: Any) -> tuple[tuple[Posting, ...], tuple[Issue, ...]]:
    """`posting(item)` for each item; one that raises `PayloadError` is skipped with a finding."""
    found: list[Posting] = []
    skipped: list[Issue] = []
    for item in items:
        try:
            found.append(posting(item))
        except PayloadError as error:
            skipped.append(Issue("unreadable-item", error.where, error.what, error.hint))
    return tuple(found), tuple(skipped)


class FeedSource(Source):
    """A vendor that publishes one feed: set `url` (with `{board}`), or let the board name it; write `posting`."""

    url: str = ""

    def first(self, board: Board) -> Request:
        return Request(url=board.url or self.url.format(board=board.board), expect="xml")

    def read(self, response: Response, board: Board) -> Batch:
        feed = read_feed(response)
        postings, skipped = read_items(feed.items, lambda item: self.posting(item, feed, board))
        return Batch(postings=postings, skipped=skipped, partial=feed.partial)

    def posting(self, item: Item, feed: Feed, board: Board) -> Posting:
        """One item as a posting. Raises `PayloadError` when it names no job."""
        raise NotImplementedError


def _absolute(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _inner_html(element: Element) -> str:
    parts = [escape(element.text or "", quote=False)]
    for child in element:
        name = child.tag.rpartition("}")[2]
        href = child.get("href")
        start = f'<{name} href="{escape(href)}">' if href else f"<{name}>"
        parts += [start, _inner_html(child), f"</{name}>", escape(child.tail or "", quote=False)]
    return "".join(parts)


def _recovered(response: Response) -> Element:
    """What feedparser finds in broken XML, as the elements that a strict parser would have given."""
    import feedparser

    text = xml_text(response)
    guard_broken(text, response.url)
    # Never text: feedparser would open it as a file or an address.
    body = io.BytesIO(text.encode("utf-8", "replace"))
    headers = {"content-type": "application/xml; charset=utf-8"}
    found = feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    root = Element("rss")
    channel = SubElement(root, "channel")
    _add(channel, "link", found.feed.get("link"))
    prefixes = tuple(f"{prefix}_" for prefix in found.get("namespaces", {}) if prefix)
    for entry in found.entries:
        _add_entry(SubElement(channel, "item"), entry, prefixes)
    return root


_RENAMED = {"id": "guid", "summary": "description", "published": "pubDate"}


def _add_entry(item: Element, entry: Any, prefixes: tuple[str, ...]) -> None:
    for name in sorted(entry):
        value = entry[name]
        if isinstance(value, str) and name != "link":
            prefix = next((prefix for prefix in prefixes if name.startswith(prefix)), "")
            _add(item, _RENAMED.get(name, name.removeprefix(prefix)), value)
    _add(item, "link", entry.get("link"))
    for tag in entry.get("tags", ()):
        _add(item, "category", tag.get("term"))
    for content in entry.get("content", ()):
        _add(item, "encoded", content.get("value"))
    for media in entry.get("media_content", ()):
        SubElement(item, "{http://search.yahoo.com/mrss/}content", {"url": media.get("url", "")})


def _add(parent: Element, name: str, text: str | None) -> None:
    if text:
        SubElement(parent, name).text = text

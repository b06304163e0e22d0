"""A cell of a table: GitHub's Markdown with HTML in it, as lines of text and links.

Only what cells hold is known of Markdown: links, images, emphasis, `code`, line-through. Hostile like every text.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from rolecall import markup
from rolecall.address import web_address
from rolecall.markup.page import Piece, root_of
from rolecall.normalise.text import unescape

_MAX_CHARS = 60_000
_ADDRESS = r"<?((?:[^()\s<>]|\([^()\s<>]*\))*)>?(?:\s[^()]*)?"
_IMAGE = re.compile(rf"!\[([^\[\]]*)\]\({_ADDRESS}\)")
_LINK = re.compile(rf"\[([^\[\]]*)\]\({_ADDRESS}\)")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
_STRUCK = re.compile(r"~~([^~]+)~~")
_EMPHASIS = re.compile(r"\*\*|(?<!\w)__|__(?!\w)|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|~<>-])")
_BARE = re.compile(r"https?://[^\s<>\"'`]{3,2000}|mailto:[^\s<>\"'`]{3,200}")
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,6}")


@dataclass(frozen=True, slots=True)
class Link:
    """A link and what stands on it: text, or the alternative text of its picture."""

    text: str
    address: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's lines of text (`<br>` parts them) and links. `struck`: all of it is struck through.

    `refused` is the first address in it that cannot be linked, `logo` its first picture.
    """

    lines: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    struck: bool = False
    logo: str | None = None
    refused: str | None = None

    @property
    def text(self) -> str:
        return " ".join(self.lines)

    @property
    def says_something(self) -> bool:
        return bool(self.lines or self.links)


def cell_of_text(text: object) -> Cell:
    """A cell of a file without markup (CSV, JSON): line ends part its lines."""
    given = "" if text is None else str(text)[:_MAX_CHARS]
    lines = tuple(line.strip() for line in given.split("\n") if line.strip())
    return Cell(lines, links_in(given))


def cell_of_markdown(text: str) -> Cell:
    """A cell of a pipe table, or of an HTML table that holds Markdown."""
    return cell_of_html(as_html(text[:_MAX_CHARS]))


def cell_of_html(text: str) -> Cell:
    """A cell of an HTML table. The title of a `<details>` says only how many there are, and is left out."""
    text = text[:_MAX_CHARS]
    if "<" not in text and "&" not in text:
        return Cell(_lines(text), links_in(text))
    text = _without_summaries(text)
    lines = _lines(markup.text_of(text))
    page = root_of(text, "")
    if page is None:
        return Cell(lines, links_in(text))
    anchors = page.select("a[href]")
    links = tuple(Link(_on(piece), address) for piece in anchors if (address := _address(piece)))
    refused = next((href for piece in anchors if not _address(piece) and (href := piece.attribute("href"))), None)
    struck = "".join(piece.text for piece in page.select("del, s, strike"))
    pictures = [address for piece in page.select("img[src]") if (address := piece.address("src"))]
    is_struck = bool(struck) and len("".join(struck.split())) * 2 > len("".join(lines).replace(" ", ""))
    return Cell(lines, links or links_in(" ".join(lines)), is_struck, next(iter(pictures), None), refused)


def links_in(text: str) -> tuple[Link, ...]:
    """The addresses that stand bare in a text; a mailbox counts as one when nothing else does."""
    found = [Link("", found[0].rstrip(".,;:!?)*_]>")) for found in _BARE.finditer(text)]
    if not found and (mailbox := _MAILBOX.search(text)):
        found = [Link("", f"mailto:{mailbox[0]}")]
    return tuple(found)


def as_html(text: str) -> str:
    """The Markdown of one cell as HTML (hostile, like the text)."""
    text = _AUTOLINK.sub(lambda found: f'<a href="{html.escape(found[1])}">{html.escape(found[1])}</a>', text)
    text = _IMAGE.sub(
        lambda found: f'<img alt="{html.escape(found[1])}" src="{html.escape(unescape(found[2]))}">', text
    )
    text = _LINK.sub(lambda found: f'<a href="{html.escape(unescape(found[2]))}">{found[1]}</a>', text)
    text = _STRUCK.sub(r"<del>\1</del>", text)
    # Emphasis outside of tags alone: addresses hold underscores.
    parts = re.split(r"(<[^<>]*>)", text)
    return "".join(part if at % 2 else _ESCAPE.sub(r"\1", _EMPHASIS.sub("", part)) for at, part in enumerate(parts))


def _without_summaries(text: str) -> str:
    parts, at, lower = [], 0, text.lower()
    while (start := lower.find("<summary", at)) >= 0 and (end := lower.find("</summary>", start)) >= 0:
        parts.append(text[at:start])
        at = end + len("</summary>")
    return "".join([*parts, text[at:]])


def _lines(text: str) -> tuple[str, ...]:
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return tuple(line for line in lines if line)


def _on(piece: Piece) -> str:
    pictures = [(one.attribute("alt") or "").strip() for one in piece.select("img")]
    return piece.text or next(filter(None, pictures), "")


def _address(piece: Piece) -> str | None:
    given = (piece.attribute("href") or "").strip()
    if given.lower().startswith("mailto:"):
        return given.partition("?")[0]
    return web_address(given)

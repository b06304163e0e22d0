"""The ad's text as safe HTML: the right entity depth, mended characters, a bounded length."""

from __future__ import annotations

import html
import re

from rolecall import markup
from rolecall.model import Posting
from rolecall.normalise.text import repair
from rolecall.normalise.tidy import with_structure, without_boilerplate

MAX_CHARS = 30_000
MAX_BYTES = 45_000  # a job file may have 65,536 in all
_MAX_INPUT = 200_000
_DEPTH = 2
_TAG = re.compile(
    r"<!--|</?(?:p|br|div|span|ul|ol|li|h[1-6]|strong|b|em|i|u|a|table|tr|td|th|tbody|section|article|blockquote|pre|code|hr|img|"
    r"font|dl|dt|dd|main|header|footer|iframe|figure|script|style|html|body|head)(?=[\s/>])[^<>]{0,2000}>",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"&(?:amp;){0,2}(?:lt|#60|#x3c);/?[a-z!]", re.IGNORECASE)
_ESCAPED_MARKUP = re.compile(r"&lt;/?(?:p|br|div|span|ul|ol|li|h[1-6]|strong|b|em|a)(?=[\s/&])", re.IGNORECASE)
_HALF = re.compile(r"(?:<[^<>]{0,2100}|&[^;&\s]{0,32})$")
_ITEM = re.compile(r"[ \t]{0,8}(?:[-*•·●▪‣◦–]|(\d{1,2})[.)])[ \t]+(\S.*)")


def read_description(posting: Posting) -> str | None:
    """The text of `posting` as sanitised HTML for readers, or None when there is none.

    At most 30,000 characters and 45,000 bytes; what is cut off is shown as `…` in a paragraph of its own.
    """
    return for_readers(whole_description(posting))


def for_readers(whole: str | None) -> str | None:
    """What `whole_description` gave, without boilerplate, and not too long for a file."""
    return _cut(without_boilerplate(whole)).strip() or None if whole else None


def whole_description(posting: Posting) -> str | None:
    """All text of `posting` as sanitised HTML with its headings and lists as such: what facts are read from."""
    if not posting.description:
        return None
    text = repair(posting.description[:_MAX_INPUT])
    if not posting.description_is_text:
        text = _with_line_ends(_unescaped(text))
    is_text = posting.description_is_text or not _TAG.search(text)
    clean = markup.sanitise(_paragraphs(_with_line_ends(text)) if is_text else text)
    return with_structure(clean) or None


def _unescaped(text: str) -> str:
    """`text` with its markup decoded: some sources escape it once, some twice, some not, row by row.

    A line of the board's own in markup, below a text that is escaped, does not make the text markup.
    """
    for _ in range(_DEPTH):
        if not _ESCAPED.search(text) or len(_TAG.findall(text)) >= max(1, len(_ESCAPED_MARKUP.findall(text))):
            break
        text = html.unescape(text)
    return text if _TAG.search(text) else html.unescape(text)


def _with_line_ends(text: str) -> str:
    """Undoes `\\n` written as two characters, in a text that has no real line end."""
    if "\n" in text or "\\n" not in text:
        return text
    return text.replace("\\r", "").replace("\\n", "\n").replace("\\t", "\t")


def _paragraphs(text: str) -> str:
    """Plain text as HTML: blank lines part paragraphs, `- ` and `1. ` begin items of a list."""
    made: list[str] = []
    for block in re.split(r"\n[ \t]*\n", text):
        lines: list[str] = []
        items: list[str] = []
        tag = "ul"
        for line in [*block.split("\n"), ""]:
            found = _ITEM.fullmatch(line.strip())
            if found and lines:
                made.append(_paragraph(lines))
                lines = []
            if not found and items:
                made.append(f"<{tag}>{''.join(items)}</{tag}>")
                items = []
            if found:
                tag = ("ol" if found[1] else "ul") if not items else tag
                items.append(f"<li>{html.escape(found[2], quote=False)}</li>")
            elif line.strip():
                lines.append(line.strip())
        if lines:
            made.append(_paragraph(lines))
    return "\n".join(made)


def _paragraph(lines: list[str]) -> str:
    return "<p>" + "<br>".join(html.escape(line, quote=False) for line in lines) + "</p>"


def _cut(clean: str) -> str:
    if len(clean) <= MAX_CHARS and len(clean.encode()) <= MAX_BYTES:
        return clean
    # The ellipsis, and tags that the sanitiser closes after the cut, need some room.
    room = clean[: MAX_CHARS - 500].encode()[: MAX_BYTES - 1_000].decode(errors="ignore")
    end = room.rfind("\n")
    if end < len(room) // 2:  # one huge block: between two words
        end = max(room.rfind(" "), len(room) // 2)
    return markup.sanitise(_HALF.sub("", room[:end])).rstrip() + "\n<p>…</p>"

"""Plain text out of markup."""

from __future__ import annotations

import re

from rolecall.markup import clean

_PRE = re.compile(r"<pre>.*?</pre>", re.DOTALL)
_BREAK = re.compile(r"</?(?:" + "|".join(sorted(clean.BLOCKS - clean.CELLS)) + ")>")
_CELL = re.compile(r"</?t[dh]>")
_INLINE = re.compile(r"</?+(?:" + "|".join(sorted(clean.INLINE)) + r")(?: [^>]*+)?+>")
_TAG = re.compile(r"<[^>]*+>")
_REAL_TAG = re.compile(
    r"</?(?:"
    + "|".join(sorted(clean.BLOCKS | clean.INLINE))
    + r"|span|font|img|u|s|sub|sup|small|big|strike|html|body)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def text_of(html: str) -> str:
    """The text of `html`: one line a block, entities decoded, single spaces, no blank line."""
    return _text_of_tokens("".join(clean.tokens(html)))


def text_of_clean(markup: str) -> str:
    """Like `text_of`, of what `sanitise` made, which has no cells and no white space too much."""
    parts = clean.split(markup)
    tags = parts[1::2]
    if "<pre>" in tags:
        return _text_of_tokens(markup)
    parts[1::2] = [_LINE_ENDS.get(tag, "") for tag in tags]
    text = "".join(parts)
    return "\n".join(filter(None, unescape(text).split("\n")))


_LINE_ENDS = {f"{start}{name}>": "\n" for name in clean.BLOCKS - clean.CELLS for start in ("<", "</")}


def _text_of_tokens(markup: str) -> str:
    if "<pre>" in markup:
        markup = _PRE.sub(lambda found: found[0].replace("\n", "<br>"), markup)
    markup = _BREAK.sub("\n", markup.replace("\n", " "))
    text = unescape(_TAG.sub("", _CELL.sub(" ", markup)))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def beginning(markup: str, max_chars: int) -> str:
    """The excerpt of what `sanitise` made; most of a long one need not be looked at to find that."""
    size = 2 * max_chars + 200
    while size < len(markup):
        text = text_of_clean(_whole(markup[:size]))
        if len(text) > max_chars:
            return _cut(text, max_chars)
        size *= 2
    return _cut(text_of_clean(markup), max_chars)


def _whole(markup: str) -> str:
    """`markup` without the tag or entity in the middle of which it was cut."""
    tag = markup.rfind("<")
    if tag > markup.rfind(">"):
        return markup[:tag]
    entity = markup.rfind("&")
    return markup[:entity] if entity > markup.rfind(";") else markup


def words_of_clean(markup: str) -> str:
    """The same words as in `text_of_clean`, for whoever does not look at lines: five times as fast."""
    return unescape(" ".join(_TAG.split(_INLINE.sub("", markup))))


def excerpt(html_or_text: str, max_chars: int) -> str:
    """The first `max_chars` characters at most, on one line, cut after a whole word and then ended by "…"."""
    text = text_of(html_or_text) if looks_like_html(html_or_text) else html_or_text
    return _cut(" ".join(text.split()), max_chars)


def _cut(text: str, max_chars: int) -> str:
    """The same of `text` that has single spaces and line ends."""
    line = text.replace("\n", " ")
    if len(line) <= max_chars:
        return line
    cut = line[:max_chars]
    # A text without spaces (Chinese, or one endless word) is cut where it stands.
    words = cut.rpartition(" ")[0] if " " in cut[max_chars // 2 :] else cut[:-1]
    return words.rstrip(" ,;:.–—-(/&") + "…"


def looks_like_html(text: str) -> bool:
    """Whether `text` holds at least one real tag; `a < b` and `List<T>` do not count."""
    return "<" in text and _REAL_TAG.search(text) is not None


def unescape(text: str) -> str:
    """Text of a token as characters; tokens know no entities but these."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") if "&" in text else text

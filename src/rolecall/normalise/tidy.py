"""An ad's text as its writer meant it: headings that are headings, lists that are lists, and no boilerplate at the end.

Works on the blocks that `markup.sanitise` makes. What the job is stays, word for word; only what is said twice, what
boards add, and the legal text with which ads end are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rolecall.normalise.body import heading_kind, is_heading, is_legal
from rolecall.normalise.lookup import table

_MAX_HEADING = 80
_MAX_WORDS = 12
_IN_A_ROW = 3  # bold paragraphs in a row are emphasis, not headings
_MAX_TAIL = 0.4  # of the text; a longer end is no tail
_DOUBLED = 60
_MAX_VALUE = 50
_ROUND = " :|*–—-"
_LEAST_ITEM = 3
_OPEN, _CLOSE = re.compile(r"<(?:ul|ol|blockquote)>"), re.compile(r"</(?:ul|ol|blockquote)>")
_TAG = re.compile(r"<[^>]*>")
# Bold that starts or ends inside a word: Re<strong>quirements</strong>.
_IN_WORD = re.compile(r"<(?<=[^\W\d_]<)(?:strong|b|em|i)>(?=[^\W\d_])|</(?:strong|b|em|i)>(?=[^\W\d_])")
_LATE = re.compile(r"(?<![^\W\d_])([^\W\d_]+)<(strong|b|em|i)>(?=[^\W\d_])")
_EARLY = re.compile(r"(?<=[^\W\d_])</(strong|b|em|i)>([^\W\d_]+)(?![^\W\d_])")
_BOLD = re.compile(r"<p><(?:strong|b)>([^<]{2,80})</(?:strong|b)>\s?:?</p>\n?")
_BOLD_FIRST = re.compile(r"<p><(?:strong|b)>([^<]{2,80})</(?:strong|b)>\s?:?<br>(.*)</p>\n?", re.DOTALL)
_PLAIN = re.compile(r"<p>([^<]{2,80})</p>\n?")
_BULLET = re.compile(r"[•·▪●○◦‣] ?(?=\S)|[–*-](?: (?=\S)|(?=[^\s\d]))")  # -20 °C is cold, not an item
_TOUCHING = re.compile(r"</(strong|b|em|i)>(\s*)<\1>")
_MAX_LAST_HEADINGS = 2
_LINK = re.compile(r"<a |[\w.+-]+@[\w-]+\.\w")


def with_structure(html: str) -> str:
    """`html` with its headings and lists as such, and no bold that starts or ends inside a word."""
    if _IN_WORD.search(html):
        html = _TOUCHING.sub(r"\2", _EARLY.sub(r"\2</\1>", _LATE.sub(r"<\2>\1", html)))
    parts = [part for block in blocks(html) for part in _split(block)]
    heading = "h4" if any(part.startswith("<h3>") for part in parts) else "h3"
    runs = _bold_runs(parts)
    made: list[str] = []
    for at, part in enumerate(parts):
        following = parts[at + 1] if at + 1 < len(parts) else ""
        words = _heading_of(part, following, alone=runs[at] < _IN_A_ROW) if following else None
        made.append(f"<{heading}>{words}</{heading}>\n" if words else part)
    return "".join(_with_lists(made))


def without_boilerplate(html: str) -> str:
    """`html` without what is said twice, what boards add, and the legal text at its end."""
    kept: list[str] = []
    seen: set[str] = set()
    for block in blocks(html):
        text = plain(block)
        if (block.startswith("<p>") and _idle().fullmatch(text.lower())) or (len(text) >= _DOUBLED and text in seen):
            continue
        seen.add(text)
        kept.append(block)
    end = _tail(kept)
    total = sum(map(len, kept))
    if sum(map(len, kept[end:])) <= _MAX_TAIL * total:
        kept = [*kept[:end], *(block for block in kept[end:] if _LINK.search(block) and is_legal(plain(block)))]
    for _ in range(_MAX_LAST_HEADINGS):  # that have lost what stood below them; an ad all of headings stays
        if len(kept) > 1 and kept[-1].startswith("<h") and not _LINK.search(kept[-1]):
            kept.pop()
    made = "".join(kept)
    if "<h4>" in made and "<h3>" not in made:  # the one heading of the top level was of the tail
        made = made.replace("<h4>", "<h3>").replace("</h4>", "</h3>")
    return made


def blocks(html: str) -> Iterator[str]:
    """The top-level blocks of sanitised HTML, each with its line end."""
    depth = 0
    block: list[str] = []
    for line in html.split("\n"):
        if not line:
            continue
        line += "\n"
        if depth == 0 and line.startswith(("<p>", "<h")):
            yield line
            continue
        block.append(line)
        depth += len(_OPEN.findall(line)) - len(_CLOSE.findall(line))
        depth += line.count("<pre>") - line.count("</pre>")
        if depth <= 0:
            yield "".join(block)
            block, depth = [], 0
    if block:
        yield "".join(block)


def plain(block: str) -> str:
    return " ".join(_TAG.sub(" ", block).split())


def _split(block: str) -> Iterator[str]:
    """A paragraph that begins with a bold line as a heading to be, and the rest."""
    found = _BOLD_FIRST.fullmatch(block)
    if found and _looks_like_heading(found[1]) and found[2].strip() and not _is_label(found[1], f"<p>{found[2]}"):
        yield f"<p><strong>{found[1]}</strong></p>\n"
        yield f"<p>{found[2]}</p>\n"
    else:
        yield block


def _bold_runs(parts: list[str]) -> list[int]:
    """For each part, how many paragraphs of bold alone stand in a row there."""
    runs = [0] * len(parts)
    start = 0
    for at in range(len(parts) + 1):
        if at == len(parts) or not _BOLD.fullmatch(parts[at]):
            runs[start:at] = [at - start] * (at - start)
            start = at + 1
    return runs


def _heading_of(part: str, following: str, *, alone: bool) -> str | None:
    """The words of a paragraph that is a heading in all but name, or None."""
    bold = _BOLD.fullmatch(part)
    if bold and alone and _looks_like_heading(bold[1]) and not _is_label(part, following):
        return bold[1].strip(_ROUND) or None
    found = _PLAIN.fullmatch(part)
    if found is None or following.startswith("<h"):
        return None
    words = found[1].strip()
    shouts = words.isupper() and heading_kind(words) is not None and _looks_like_heading(words)
    leads = following.startswith(("<ul>", "<ol>")) and words.endswith(":") and heading_kind(words) is not None
    return words.strip(_ROUND) if shouts or leads or is_heading(words) else None


def _is_label(part: str, following: str) -> bool:
    """Whether bold words and what follows are a line of a form: `Travel required:`, `Less than 10 %`."""
    words = plain(part)
    is_short = following.startswith("<p>") and len(plain(following)) < _MAX_VALUE
    return words.endswith(":") and is_short and not is_heading(words)


def _looks_like_heading(words: str) -> bool:
    words = words.strip()
    return (
        len(words) <= _MAX_HEADING
        and not words.endswith((".", ",", ";"))
        and len(words.split()) <= _MAX_WORDS
        and any(map(str.isalpha, words))
    )


def _with_lists(parts: list[str]) -> Iterator[str]:
    """Lines that begin with a bullet, two or more of them, as a list."""
    items: list[str] = []
    waiting: list[str] = []
    for part in [*parts, ""]:
        found = _items(part)
        if found:
            items += found
            waiting.append(part)
            continue
        if len(items) > 1:
            yield "<ul>" + "".join(f"<li>{item}</li>\n" for item in items) + "</ul>\n"
        else:
            yield from waiting
        items, waiting = [], []
        yield part


def _items(part: str) -> list[str]:
    """The items of a paragraph of which every line begins with a bullet."""
    if not part.startswith("<p>"):
        return []
    lines = part.strip().removeprefix("<p>").removesuffix("</p>").split("<br>")
    if not all(_BULLET.match(line) and len(line) > _LEAST_ITEM for line in lines):
        return []
    return [line[found.end() :].strip() for line in lines if (found := _BULLET.match(line))]


def _tail(kept: list[str]) -> int:
    """Where the legal text begins with which the blocks end."""
    end = len(kept)
    while end > 1:
        text = plain(kept[end - 1])
        is_title = kept[end - 1].startswith("<h") and heading_kind(text) == "legal"
        if not (is_title or (kept[end - 1].startswith("<p>") and is_legal(text))):
            break
        end -= 1
    return end


@cache
def _idle() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{line})" for line in table("tails")["lines"].splitlines() if line.strip()))

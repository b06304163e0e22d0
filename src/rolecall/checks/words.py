"""Words of single lines: broken characters, markup, titles that shout or repeat what other fields say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from rolecall.checks.ground import Finding, Ground, JobFile, Mend
from rolecall.normalise.lookup import words as words_of
from rolecall.normalise.text import repair
from rolecall.unseen import without_unseen
from rolecall.yaml_events import Path

TITLE = ("title",)
_MARKUP = re.compile(r"</?[a-zA-Z][^<>]*>|<!--|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_LEAST_LETTERS = 9  # a shorter title is an abbreviation: `SRE`, `QA / SDET`
_MOST_SHOWN = 80


def lines_of(file: JobFile) -> Iterator[tuple[Path, str]]:
    """The fields of one line in which people write words."""
    job = file.job
    yield TITLE, job.title
    yield ("company",), job.company
    if job.department:
        yield ("department",), job.department
    for index, place in enumerate(job.places):
        for name in ("city", "region", "text"):
            if value := getattr(place, name):
                yield ("places", index, name), value
    for index, tag in enumerate(job.tags):
        yield ("tags", index), tag


def broken(file: JobFile, _: Ground, *, new: bool) -> Iterator[Finding]:
    """Characters that a wrong encoding broke, and characters that nobody sees."""
    for at, line in lines_of(file):
        whole = " ".join(repair(line).split()) if repair(line) != line else line
        if whole != line:
            what = f"holds broken characters: {line[:_MOST_SHOWN]!r}."
            hint = f'Write "{whole[:_MOST_SHOWN]}".'
            yield file.says("mojibake", at, what, hint, new=new, mend=Mend(at, whole))
    path, text = ("description",), file.document.value.get("description")
    if not isinstance(text, str):
        return
    mended = repair(text)
    seen = without_unseen(text)
    if seen != text:
        what = f"holds {len(text) - len(seen)} characters that nobody sees."
        yield file.says("unseen", path, what, new=new, mend=Mend(path, mended))
    elif mended != text:
        before, after = _first_difference(text, mended)
        what, hint = f"holds broken characters: {before!r}.", f'Write "{after}".'
        yield file.says("mojibake", path, what, hint, new=new, mend=Mend(path, mended))


def _first_difference(text: str, mended: str) -> tuple[str, str]:
    pairs = zip(text.split("\n"), mended.split("\n"), strict=False)
    before, after = next(((one, other) for one, other in pairs if one != other), (text, mended))
    at = next((at for at, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), 0)
    start = max(0, at - 20)
    return before[start : start + _MOST_SHOWN], after[start : start + _MOST_SHOWN]


def markup(file: JobFile, _: Ground, *, new: bool) -> Iterator[Finding]:
    """HTML and entities, which would be shown as they stand."""
    for path, text in lines_of(file):
        if found := _MARKUP.search(text):
            what = f"holds {found[0][:40]!r}, which is shown as it stands."
            hint = "Leave the tag out." if found[0].startswith("<") else "Write the character itself."
            yield file.says("markup", path, what, hint, new=new)


def title(file: JobFile, _: Ground, *, new: bool) -> Iterator[Finding]:
    """A title that wants to be louder than the others."""
    text = file.job.title
    plain = _without_picture(text)
    if plain != text:
        mend = Mend(TITLE, plain) if plain else None
        yield file.says("emoji", TITLE, "begins with a picture.", f'Write "{plain}".' if plain else "", mend=mend)
    letters = [character for character in text if character.isalpha()]
    cased = [letter for letter in letters if letter.lower() != letter.upper()]
    if len(cased) >= _LEAST_LETTERS and len(words_of(text)) > 1 and all(letter.isupper() for letter in cased):
        yield file.says("shouting", TITLE, "is in capitals.", "Write it as in a sentence.", new=new)


def _without_picture(text: str) -> str:
    """`text` from its first letter, figure or bracket on, when pictures stand in front of it."""
    at = 0
    while at < len(text) and (_is_picture(text[at]) or (at and text[at] in " \u200d\ufe0f|-–—:")):
        at += 1
    return text[at:].strip()


def _is_picture(character: str) -> bool:
    return unicodedata.category(character) in ("So", "Sk") and not character.isascii()


def repeats(file: JobFile, _: Ground, *, new: bool) -> Iterator[Finding]:
    """A title that says what `company` or `places` say."""
    said = words_of(file.job.title)
    if _stands_in(words_of(file.job.company), said):
        yield file.says("company-in-title", TITLE, f'repeats "{file.job.company}".', new=new)
    for place in file.job.places:
        if place.city and _stands_in(words_of(place.city), said):
            yield file.says("place-in-title", TITLE, f'repeats "{place.city}".', new=new)
            return


def _stands_in(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    size = len(few)
    return 0 < size < len(many) and any(many[at : at + size] == few for at in range(len(many) - size + 1))

"""The text of the job: there, of a readable length, and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall.checks.ground import Finding, Ground, JobFile
from rolecall.markup import text_of

MIN_CHARS = 80
MAX_CHARS = 15_000
FIELD = ("description",)
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RUN = re.compile("`+")
_TAG = re.compile(
    r"</?(?:a|abbr|article|b|big|blockquote|body|br|button|center|code|dd|details|div|dl|dt|em|embed|font|footer|form|"
    r"h[1-6]|head|header|hr|html|i|iframe|img|input|kbd|li|link|main|mark|math|meta|nav|object|ol|p|picture|pre|s|script|"
    r"section|select|small|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|template|textarea|th|thead|tr|u|"
    r"ul|video)(?:\s[^<>]*)?/?>|<!--",
    re.IGNORECASE,
)


def description(file: JobFile, ground: Ground, *, new: bool) -> Iterator[Finding]:
    """A text that says something, and no more than is read."""
    job = file.job
    text = job.description or (text_of(job.description_html) if job.description_html else "")
    size = len(text.strip())
    if size == 0:
        if job.is_open(ground.today):
            yield file.says("no-description", FIELD, "is missing.", "Say what the work is.", new=new)
        return
    path = FIELD if job.description else ("description_html",)
    if size < MIN_CHARS:
        what = f"is {size} characters; under {MIN_CHARS} it says little."
        yield file.says("short-description", path, what, "Say what the work is.", new=new)
    elif size > MAX_CHARS:
        what = f"is {size:,} characters; over {MAX_CHARS:,} nobody reads to the end."
        yield file.says("long-description", path, what, "Shorten it, and link the rest.", new=new)
    if job.description and (found := _TAG.search(without_code(job.description))):
        what = f"holds {found[0][:40]!r}, which is shown as text, not obeyed."
        yield file.says("raw-html", FIELD, what, "Write Markdown, or put it in backquotes.", new=new)


def without_code(text: str) -> str:
    """Markdown without its blocks and spans of code, in linear time."""
    kept: list[str] = []
    fence = ""
    for line in text.split("\n"):
        found = _FENCE.match(line)
        if fence:
            if found and found[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif found:
            fence = found[1]
        else:
            kept.append(line)
    return _without_spans("\n".join(kept))


def _without_spans(text: str) -> str:
    """A span ends at the next run of as many backquotes; a run without such an end is text."""
    runs = [found.span() for found in _RUN.finditer(text)]
    later: dict[int, list[int]] = {}  # by length, the runs still to come, the next one last
    for at in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[at][1] - runs[at][0], []).append(at)
    kept, end, at = [], 0, 0
    while at < len(runs):
        start, stop = runs[at]
        same = later[stop - start]
        while same and same[-1] <= at:
            same.pop()
        if same:
            kept.append(text[end:start])
            at = same[-1]
            end = runs[at][1]
        at += 1
    return "".join((*kept, text[end:]))

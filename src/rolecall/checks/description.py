"""The text of the job: there, of a readable length, and Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rolecall.checks.ground import Finding, Ground, JobFile
from rolecall.markup import text_of

MIN_CHARS = 80
MAX_CHARS = 15_000
FIELD = ("description",)
_CODE = re.compile(r"^(`{3,}|~{3,}).*?(?:^\1|\Z)|(`+)(?!`).*?(?<!`)\2(?!`)", re.MULTILINE | re.DOTALL)
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
    if job.description and (found := _TAG.search(_CODE.sub("", job.description))):
        what = f"holds {found[0][:40]!r}, which is shown as text, not obeyed."
        yield file.says("raw-html", FIELD, what, "Write Markdown, or put it in backquotes.", new=new)

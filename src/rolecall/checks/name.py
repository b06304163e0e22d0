"""Where a job file stands, and how it is called."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator

from rolecall.checks.codes import CODES
from rolecall.checks.ground import Finding, Ground, JobFile, Mend
from rolecall.errors import StoreError
from rolecall.issues import Issue, Spot
from rolecall.normalise.text import repair
from rolecall.yaml_io import MAX_BYTES, Document, load

_NAME = re.compile(r"[a-z0-9-]+\.yaml")


def folder(file: JobFile, ground: Ground, *, new: bool) -> Iterator[Finding]:
    """A file stands in the folder of the company that it names."""
    steps = file.file.split("/")
    wanted = ground.folder(file.job)
    if len(steps) != 3 or steps[1] != wanted:
        what = f"the file stands in {'/'.join(steps[:-1])}/, and the company's folder is jobs/{wanted}/."
        hint = f"Move it to jobs/{wanted}/{steps[-1]}, or write the company as it is called there."
        yield file.says("wrong-folder", ("company",), what, hint, new=new)


def name(file: str, *, new: bool) -> Iterator[Finding]:
    """The file's own name; asked of the name alone, so that a broken file is told, too."""
    last = file.rpartition("/")[2]
    if not _NAME.fullmatch(last):
        code = CODES["wrong-name"]
        what = "has a name with more than small letters, digits and hyphens."
        wanted = re.sub(r"[^a-z0-9]+", "-", last.lower().removesuffix(".yaml")).strip("-") or "job"
        yield Finding(Issue.at("wrong-name", Spot(file), what, f"Call it {wanted}.yaml.", code.level_of(new=new)))


def executable(file: str, mode: int) -> Iterator[Finding]:
    """A job file is no program."""
    if mode & 0o111:
        code = CODES["executable"]
        yield Finding(
            Issue.at("executable", Spot(file), "is marked as a program.", f"Run: chmod -x {file}", code.level)
        )


def encoding(data: bytes, document: Document) -> Iterator[Finding]:
    """Bytes that editors on Windows leave; rolecall reads them, other programs stumble."""
    for code, found in (("byte-order-mark", data.startswith(BOM_UTF8)), ("line-ends", b"\r" in data)):
        if found:
            rule = CODES[code]
            what = "begins with an invisible mark." if code == "byte-order-mark" else "has line ends of Windows."
            yield Finding(Issue.at(code, Spot(document.where, 1), what, rule.mend, rule.level), Mend((), _plain(data)))


def unreadable(issue: Issue, data: bytes) -> Finding:
    """A file that is not YAML; when only broken characters stand in the way, with the text as it was meant."""
    try:
        text = data[:MAX_BYTES].decode("utf-8-sig")
    except UnicodeDecodeError:
        return Finding(issue)
    mended = repair(text)
    if mended == text or len(data) > MAX_BYTES:
        return Finding(issue)
    try:
        load(mended.encode(), "")
    except StoreError:
        return Finding(issue)
    lines = mended.split("\n")
    at = (issue.spot.line or 0) - 1 if issue.spot else -1
    hint = f'Write "{lines[at].strip()[:80]}".' if 0 <= at < len(lines) else issue.hint
    return Finding(Issue.at(issue.code, issue.spot or Spot(""), issue.what, hint, issue.level), Mend((), mended))


def _plain(data: bytes) -> str:
    return data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")

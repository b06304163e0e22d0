"""Where a job file stands, and how it is called."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterator

from rolecall.checks.codes import CODES
from rolecall.checks.ground import Finding, Ground, JobFile, Mend
from rolecall.issues import Issue, Spot
from rolecall.normalise.identity import company_slug
from rolecall.yaml_io import Document

_NAME = re.compile(r"[a-z0-9-]+\.yaml")


def folder(file: JobFile, ground: Ground, *, new: bool) -> Iterator[Finding]:
    """A file stands in the folder of the company that it names."""
    steps = file.file.split("/")
    wanted = company_slug(file.job.company)
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


def encoding(data: bytes, document: Document) -> Iterator[Finding]:
    """Bytes that editors on Windows leave; rolecall reads them, other programs stumble."""
    for code, found in (("byte-order-mark", data.startswith(BOM_UTF8)), ("line-ends", b"\r" in data)):
        if found:
            rule = CODES[code]
            what = rule.meaning[0].lower() + rule.meaning[1:]
            issue = Issue.at(code, Spot(document.where, 1), what, rule.mend, rule.level)
            yield Finding(issue, Mend((), None))

"""What is said about a pull request: Markdown for the step summary, and the one comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from rolecall.errors import RolecallError
from rolecall.github.quiet import inline, job_block, words_block
from rolecall.github.reviewed import Review, Reviewed, Suggested
from rolecall.issues import Issue, Level, one_line

MARKER = "<!-- rolecall:review -->"
MAX_COMMENT_CHARS = 60_000
MAX_SUMMARY_BYTES = 900_000  # GitHub takes 1,048,576 of each step
MAX_FINDINGS = 200
_OUTSIDE = (
    "This pull request also changes files outside `jobs/`. One that adds jobs should touch nothing else: "
    "it gets no automation, and a maintainer has to look at these files."
)
_SUGGESTED = "Jobs came in a form that this board does not read. Each should be a file of its own, as below."


_ROWS = """The rows of the README are made of the files in `jobs/`: what is written there by hand is lost with the next
build. Leave the README as it is, and send a file `jobs/<company>/<title>.yaml` such as this one:

```yaml
title: Cook
company: Acme
apply_url: https://acme.example/jobs/cook
posted: 2026-11-20
places:
  - {city: Ghent, country: BE}
description: |
  What the work is, in Markdown.
```"""


def write_summary(path: Path, review: Review) -> None:
    """Append the step summary to the file at `path`. Raises `RolecallError` when it cannot be written."""
    try:
        with path.open("a", encoding="utf-8") as file:
            file.write(summary(review))
    except OSError as error:
        raise RolecallError(str(path), f"cannot be written: {error.strerror}.", "Check the folder.") from error


def summary(review: Review) -> str:
    """What is wrong and what to write instead, and each job as it will look; GitHub-flavoured Markdown."""
    if not review.concerns_jobs:
        return "\nThis pull request changes no job file.\n"
    blocks = [f"## {headline(review)}", *_whole(review.issues)]
    blocks += [block for file in review.files for block in _file(file)]
    if review.suggested:
        blocks.append(f"### What should have been sent\n\n{_SUGGESTED}")
        blocks += [block for one in review.suggested for block in _suggestion(one)]
    if review.rows:
        blocks.append(f"### Rows of the README\n\n{_ROWS}")
    if review.outside:
        items = "".join(f"<li><code>{inline(path)}</code></li>" for path in review.outside)
        blocks.append(f"### Files outside `jobs/`\n\n{_OUTSIDE}\n\n<ul>{items}</ul>")
    return "\n" + _fitting(blocks, MAX_SUMMARY_BYTES, "More did not fit; `rolecall review` shows all.") + "\n"


def headline(review: Review) -> str:
    """How many files, and how many of them are good."""
    files, bad = len(review.files), len(review.files) - review.good
    if not files:
        return "No job file as this board reads it"
    count = "1 job file" if files == 1 else f"{files} job files"
    if not bad:
        return f"{count}: nothing that must be mended"
    return f"{count}: {bad} to mend" if files > 1 else f"{count}, to be mended"


def _whole(issues: Iterable[Issue]) -> Iterator[str]:
    found = list(issues)
    if found:
        yield _listed(found)


def _file(file: Reviewed) -> Iterator[str]:
    """A file's name, its findings, and how its job will look."""
    yield f"<h3><code>{inline(file.path)}</code></h3>"
    if file.status == "deleted":
        yield "This file is removed, and the job leaves the board."
    elif file.issues:
        yield _listed(file.issues)
    else:
        yield "Nothing is wrong with it."
    if file.preview is not None:
        yield f"The row in the README:\n\n{file.preview.row}"
        yield f"<details><summary>The page</summary>{file.preview.page}</details>"


def _listed(issues: Iterable[Issue]) -> str:
    items = [f"<li><b>{issue.level.value}</b> {_words(issue)}</li>" for issue in issues]
    more = f"<li>… and {len(items) - MAX_FINDINGS} more.</li>" if len(items) > MAX_FINDINGS else ""
    return f"<ul>{''.join(items[:MAX_FINDINGS])}{more}</ul>"


def _words(issue: Issue) -> str:
    """A finding whose place is told without the file's name, which stands above it."""
    spot = issue.spot
    place = f"line {spot.line}" if spot is not None and spot.line else ""
    field = f"<code>{inline(spot.field)}</code>" if spot is not None and spot.field else ""
    where = ", ".join(part for part in (place, field) if part) or inline(issue.where)
    return f"{where}: {inline(issue.what)} {inline(issue.hint)}".rstrip()


def _suggestion(one: Suggested) -> Iterator[str]:
    yield f"Save this as <code>{inline(one.path)}</code> (made of <code>{inline(one.origin)}</code>):"
    yield job_block(one.text)
    if one.issues:
        yield _listed(one.issues)


def comment(review: Review, run_url: str = "") -> str:
    """The one comment below the pull request, or "" when there is nothing to say.

    Text from outside stands in fences only, and no one and nothing is named by it.
    """
    if not review.concerns_jobs:
        return ""
    blocks = [f"{MARKER}\n**{headline(review)}.**"]
    findings = [issue for issue in review.findings() if issue.level is not Level.INFO]
    if findings:
        blocks.append(
            "Each line says where, what is wrong, and what to write instead. "
            "Change the file on your branch, and this comment follows."
        )
        blocks.append(words_block("\n".join(_lines(findings))))
    shown = [file.preview.line for file in review.files if file.preview is not None and file.is_good]
    if shown:
        blocks.append("What readers will see:\n\n" + words_block("\n".join(map(one_line, shown))))
    if review.suggested:
        blocks.append(_SUGGESTED)
        for one in review.suggested:
            head = words_block(f"{one_line(one.origin)} should be {one_line(one.path)}")
            problems = [words_block("\n".join(_lines(one.issues)))] if one.issues else []
            blocks.append("\n\n".join([head, job_block(one.text), *problems]))
    if review.rows:
        blocks.append(_ROWS)
    if review.outside:
        blocks.append(f"{_OUTSIDE}\n\n" + words_block("\n".join(map(one_line, review.outside))))
    foot = f"Rows and pages as they will look: [the run]({run_url}#summary)." if run_url else ""
    room = MAX_COMMENT_CHARS - len(foot) - 2
    made = _fitting(blocks, room, "More did not fit here; the run's page has all of it.")
    return f"{made}\n\n{foot}\n" if foot else f"{made}\n"


def _lines(issues: Iterable[Issue]) -> list[str]:
    lines = [f"{issue.level.value}: {issue}" for issue in issues]
    more = [f"... and {len(lines) - MAX_FINDINGS} more"] if len(lines) > MAX_FINDINGS else []
    return lines[:MAX_FINDINGS] + more


def _fitting(blocks: Iterable[str], room: int, more: str) -> str:
    """As many of the blocks, in order, as `room` bytes hold; whole ones, so that no fence and no table stays open."""
    kept: list[str] = []
    left = room - len(more) - 2
    for block in blocks:
        left -= len(block.encode("utf-8", "replace")) + 2
        if left < 0:
            kept.append(more)
            break
        kept.append(block)
    return "\n\n".join(kept)

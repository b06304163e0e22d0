"""The one comment below an issue that was made with a form: what is wrong, or what it becomes.

Whatever comes from the issue stands in a code fence and nowhere else: there nobody is mentioned, no issue is linked or
closed, and no heading, picture or link can be made.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence

from rolecall.issues import Issue, one_line
from rolecall.normalise.text import cut
from rolecall.unseen import without_unseen

MARKER = "<!-- rolecall: this comment is written anew when the issue is edited -->"
_MAX_FENCED = 30_000
_MAX_FINDINGS = 50
_MAX_FINDING = 400
_WIDTH = 96
_LINE_ENDS = re.compile("[\u2028\u2029\x85]")
_EDIT = "Edit the issue (the three dots at its top, then *Edit*), and it is checked again."

# What approval makes of each form.
_BECOMES = {
    "new-job": "This becomes a new job",
    "edit-job": "The job's file becomes this",
    "close-job": "This job is marked as closed",
    "close-jobs": "These jobs are marked as closed",
    "add-board": "This line goes into `config.yaml`",
}


def refused(problems: Iterable[Issue], notes: Sequence[Issue]) -> str:
    """What to mend, all at once, by the labels of the form."""
    return _joined(
        "**This cannot be taken as it is.**",
        fenced(_findings(problems)),
        _EDIT,
        *_second_look(notes),
    )


def ready(form: str, shown: str, row: str, notes: Sequence[Issue], *, approved: bool) -> str:
    """What the issue becomes: `shown` is the file or the lines that change, `row` the job as the README has it."""
    head = (
        "**Approved.** A pull request has it; it is on the board when that is merged."
        if approved
        else "**Thank you, this can be taken.** A maintainer looks at it: the label `approved` makes it a pull request."
    )
    lines = [head, f"{_BECOMES[form]}:", fenced(shown, "yaml" if form in ("new-job", "edit-job") else "text")]
    lines += ["In the README it will read:", fenced(row)] if row else []
    lines += _second_look(notes)
    return _joined(*lines, *(() if approved else ("Whoever edits the issue now has it checked, and approved, again.",)))


def edited() -> str:
    """For a text that changed after it was approved."""
    return _joined("**The issue was edited after it was approved, so nothing was done.** Look at it again, please.")


def fenced(text: str, language: str = "text") -> str:
    """`text` as code from which nothing gets out: the fence is longer than any in it, and `@` mentions nobody."""
    clean = without_unseen(_LINE_ENDS.sub(" ", text)).strip("\n").replace("@", "@\u200b")
    kept = clean
    if len(clean) > _MAX_FENCED:
        kept = clean[:_MAX_FENCED].rpartition("\n")[0] or clean[:_MAX_FENCED]
    longest = max((len(run) for run in re.findall("`+", kept)), default=0)
    fence = "`" * max(3, longest + 1)
    more = ["", f"The rest, {len(clean) - len(kept):,} characters, is left out here."] if kept != clean else []
    return "\n".join([f"{fence}{language}", kept, fence, *more])


def _second_look(notes: Sequence[Issue]) -> list[str]:
    return ["Worth a second look:", fenced(_findings(notes))] if notes else []


def _findings(issues: Iterable[Issue]) -> str:
    """One finding after the other, in lines that need no scrolling."""
    all_of_them = list(issues)
    texts = [_finding(issue) for issue in all_of_them[:_MAX_FINDINGS]]
    if len(all_of_them) > _MAX_FINDINGS:
        texts.append(f"And {len(all_of_them) - _MAX_FINDINGS} more.")
    return "\n".join(textwrap.fill(text, _WIDTH, subsequent_indent="  ", break_on_hyphens=False) for text in texts)


def _finding(issue: Issue) -> str:
    label = f"{issue.spot.field}: " if issue.spot is not None and issue.spot.field else ""
    return cut(one_line(f"{label}{issue.what} {issue.hint}"), _MAX_FINDING)


def _joined(*parts: str) -> str:
    return "\n\n".join([MARKER, *parts]) + "\n"

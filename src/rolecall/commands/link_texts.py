"""What a person reads of a link check: on a terminal, and in the step summary of a workflow."""

from __future__ import annotations

from rolecall.commands.link_pages import Standing
from rolecall.commands.links import Link, LinksReport
from rolecall.issues import one_line

_STEPS = {
    "marked": "noted as gone since {today}",
    "waiting": "still waiting since {since}",
    "closed": "closed",
    "relisted": "open again",
}
MAX_LINES = 200


def problem_lines(report: LinksReport) -> list[str]:
    """What is gone, what is held back, and the broken files that were not asked."""
    lines = [f"{issue.level.value}: {issue}" for issue in report.issues.errors]
    lines += [f"held: {one_line(text)}" for text in report.held]
    return lines + [_line(report, link) for link in _of(report, Standing.GONE)]


def summary_lines(report: LinksReport, *, unsure: bool = True) -> list[str]:
    """What is open again, what is unsure, and the counts."""
    lines = [_line(report, link) for link in _of(report, Standing.OPEN) if link.step]
    if unsure:
        lines += [_line(report, link) for link in _of(report, Standing.UNSURE)]
    counts = report.counts()
    pages = f"{report.addresses:,} {'page' if report.addresses == 1 else 'pages'} of {len(report.links):,} jobs asked"
    said = ", ".join(f"{counts[name]} {name}" for name in ("open", "gone", "unsure"))
    lines.append(f"{pages}: {said}.")
    did = ", ".join(f"{counts[name]} {name}" for name in ("marked", "waiting", "closed", "relisted"))
    lines.append(f"Files: {did}." if report.written else f"Files: {did}; nothing written, add --write.")
    if report.skipped:
        lines.append("Not asked: " + ", ".join(f"{count} {why}" for why, count in sorted(report.skipped.items())) + ".")
    return lines


def step_summary(report: LinksReport) -> str:
    """Markdown for GITHUB_STEP_SUMMARY: the lines as a code block, in which no text of a page can act."""
    lines = [*problem_lines(report), *summary_lines(report)]
    shown = [line.replace("`", "'").replace("@", "@\u200b") for line in lines]
    left = [f"... and {len(shown) - MAX_LINES} more in the log."] if len(shown) > MAX_LINES else []
    return "\n".join(["", "```text", *shown[-MAX_LINES:], *left, "```", "", ""])


def _of(report: LinksReport, standing: Standing) -> list[Link]:
    return [link for link in report.links if link.verdict.standing is standing]


def _line(report: LinksReport, link: Link) -> str:
    step = _STEPS.get(link.step, "")
    told = step.format(today=report.today, since=link.stored.job.missing_since)
    if link.verdict.standing is Standing.GONE and not told:
        told = "held back" if link.held else "a person's word, or a board's list, decides" if not link.decides else ""
    end = f" ({told})" if told else ""
    return one_line(f"{link.verdict.standing.value}: {link.spot}: {link.url} {link.verdict.evidence}{end}")

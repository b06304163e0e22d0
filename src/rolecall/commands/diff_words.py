"""A diff for people: lines for a terminal, and Markdown that is safe in a comment on GitHub."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rolecall import markup
from rolecall.commands.diff import KINDS, Change, DiffReport, Fact
from rolecall.issues import one_line

MAX_CHARS = 65_536  # of a comment on GitHub
_LIST_CHARS = 9_000  # seven lists at most
_LINE_CHARS = 240
_HEADINGS = {
    "new": "New",
    "reopened": "Open again",
    "changed": "Changed",
    "closed": "Closed",
    "gone": "Gone",
}


def text(report: DiffReport) -> Iterator[str]:
    """The report as lines."""
    yield _summary(report)
    for kind in KINDS:
        changes = report.of(kind)
        if changes:
            yield f"\n{_HEADINGS[kind]}"
        for change in changes:
            yield f"  {one_line(_job(change))}"
            for fact in change.facts:
                yield f"    {one_line(f'{fact.name}: {_said(fact.before)} -> {_said(fact.after)}')}"
    if report.renamed:
        yield "\nCompanies with another name"
        yield from (f"  {one_line(f'{before} -> {after}')}" for before, after in report.renamed)
    if (size := _size(report)) is not None:
        yield f"\n{size}"


def markdown(report: DiffReport) -> str:
    """The report as a comment: text of others stands in HTML, escaped, where no Markdown and no mention acts.

    What would make it longer than GitHub takes is counted.
    """
    parts = [f"<p>{_safe(_summary(report))}</p>"]
    for kind in KINDS:
        parts += _list(_HEADINGS[kind], map(_item, report.of(kind)), len(report.of(kind)))
    names = (f"<li>{_code(before)} is now {_code(after)}</li>" for before, after in report.renamed)
    parts += _list("Companies with another name", names, len(report.renamed))
    parts += _list("Not compared", (f"<li>{_safe(str(issue))}</li>" for issue in report.issues), len(report.issues))
    if (size := _size(report)) is not None:
        parts.append(f"<p>{_safe(size)}</p>")
    return "\n".join(parts) + "\n"


def _list(heading: str, items: Iterable[str], count: int) -> list[str]:
    """A list under its heading, as long as it may be; nothing when it is empty."""
    if not count:
        return []
    shown, chars = [], 0
    for item in items:
        chars += len(item)
        if chars > _LIST_CHARS:
            break
        shown.append(item)
    more = [f"<li>and {count - len(shown):,} more</li>"] if len(shown) < count else []
    return [f"<b>{heading}</b>", "<ul>", *shown, *more, "</ul>"]


def _summary(report: DiffReport) -> str:
    between = f"From {one_line(report.before)} to {one_line(report.after)}"
    if report.is_empty:
        return f"{between}: nothing that a reader sees changed."
    counts = [f"{len(report.of(kind))} {_HEADINGS[kind].lower()}" for kind in KINDS if report.of(kind)]
    if report.renamed:
        counts.append(f"{len(report.renamed)} {'company' if len(report.renamed) == 1 else 'companies'} renamed")
    return f"{between}: {', '.join(counts)}."


def _job(change: Change) -> str:
    view = change.view
    details = "; ".join(part for part in (view.where, view.pay) if part)
    return f"{view.title}, {view.company}" + (f" ({details})" if details else "")


def _said(value: str) -> str:
    return value or "(not said)"


def _item(change: Change) -> str:
    facts = "".join(f"<li>{fact.name}: {_both(fact)}</li>" for fact in change.facts)
    return f"<li>{_safe(_job(change))}{f'<ul>{facts}</ul>' if facts else ''}</li>"


def _both(fact: Fact) -> str:
    return f"{_code(fact.before)} → {_code(fact.after)}"


def _code(value: str) -> str:
    # An address in code is no link: a comment by a bot is no place for a stranger's.
    return f"<code>{_safe(value)}</code>" if value else "not said"


def _safe(value: str) -> str:
    line = one_line(value)
    cut = line if len(line) <= _LINE_CHARS else f"{line[:_LINE_CHARS]}…"
    for acts, harmless in (("://", ":\u2060//"), ("www.", "www\u2060."), ("@", "@\u2060")):
        cut = cut.replace(acts, harmless)
    return markup.github_text(cut)


def _size(report: DiffReport) -> str | None:
    before, after = report.readme_bytes
    if before == after or before is None or after is None:
        return None
    return f"README: {before:,} bytes before, {after:,} after."

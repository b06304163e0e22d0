"""`rolecall import`: another list's entries become files of people's own below jobs/.

Nothing that stands there is written over: an entry whose file exists is counted, and one that says something else by
now is reported. Every entry is written, there already, changed or left out, and each that is left out has its reason.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path

from rolecall import importers
from rolecall.checks import Ground, examine
from rolecall.commands import CACHE, CONFIG, JOBS
from rolecall.commands.check import ground_of
from rolecall.commands.import_files import Foreign, files_of
from rolecall.commands.import_known import Known, differences
from rolecall.commands.import_report import Entry, FileRead, ImportOptions, ImportReport
from rolecall.commands.normalising import PART, WORTH_FORKING
from rolecall.config import Config, load_config
from rolecall.errors import RolecallError
from rolecall.files import inside, only_one, write_atomic
from rolecall.importers import Draft, Importer, Loss, Made, make
from rolecall.importers.base import merged
from rolecall.issues import Issue, Level
from rolecall.model import Company, Job
from rolecall.site.workers import spread, worker_count
from rolecall.store import JobStore
from rolecall.store.read import COMPANY_FILE


def bring_in(folder: Path, source: str | Sequence[str], now: datetime, options: ImportOptions) -> ImportReport:
    """Bring the list (or the lists) at `source` into the board in `folder`.

    Raises `RolecallError` when a source cannot be read, or is of no known shape; then nothing is written.
    """
    config = load_config(folder / CONFIG)
    sources = [source] if isinstance(source, str) else list(source)
    foreign = [file for one in sources for file in files_of(one, config, now, options.replay, options.form)]
    report = ImportReport(dry_run=options.dry_run)
    entries = _read(foreign, options.dated or now.date(), options, report)
    options.tell(f"{report.entries:,} entries read.")
    with only_one(folder / CACHE / "lock"):
        intake = _Intake(folder, config, now.date(), options, report)
        intake.take(entries)
    return report


Drawn = tuple[str, Draft]


def _read(foreign: Sequence[Foreign], today: date, options: ImportOptions, report: ImportReport) -> list[Drawn]:
    """Every draft with the file that it is of. Raises `RolecallError` with what is wrong with all files."""
    problems: list[Issue] = []
    losses: list[Loss] = []
    files: list[FileRead] = []
    entries: list[Drawn] = []
    for file in foreign:
        try:
            importer = _importer(file, options.form)
            found = importers.read(importer, file.name, file.data, today)
        except RolecallError as error:
            problems += [_at(file, problem) for problem in error.problems]
            continue
        files.append(FileRead(file.shown, importer.name, found.entries))
        losses += found.lost
        entries += [(file.shown, draft) for draft in found.drafts]
        for one in found.left_out:
            report.left_out.append(Entry(f"{file.shown}:{one.line}", one.title, one.reason, one.why))
    if problems:
        raise RolecallError.of(problems)
    report.files, report.lost = tuple(files), merged(losses)
    return entries


def _importer(file: Foreign, form: str | None) -> Importer:
    if form is not None:
        return importers.find(form)
    known = importers.recognise(file.name, file.data)
    if known is None:
        shapes = "; ".join(f"{one.name}: {one.what}" for one in importers.IMPORTERS)
        raise RolecallError(
            file.name, "is no list of jobs that rolecall knows.", f"Name its shape with --as. {shapes}."
        )
    return known


def _at(file: Foreign, problem: Issue) -> Issue:
    """A problem by the name that people gave: the importer knows the last part alone."""
    where = problem.where.replace(file.name, file.shown, 1) if problem.where.startswith(file.name) else problem.where
    return Issue(problem.code, where, problem.what, problem.hint, problem.level)


@dataclass(slots=True)
class _Intake:
    """One run's entries on their way into jobs/."""

    folder: Path
    config: Config
    today: date
    options: ImportOptions
    report: ImportReport

    def take(self, entries: Sequence[Drawn]) -> None:
        wanted = [one for one in entries if self.options.closed or not self._is_closed(one)]
        made = self._made(wanted, ground_of(self.folder, self.config, self.today))
        store = JobStore.load(self.folder / JOBS)
        lost = (Loss(name, why, 1, (example,)) for one in made if one.job for name, why, example in one.lost)
        self.report.lost = merged((*self.report.lost, *lost))
        new = self._new(wanted, made, {stored.file: stored.job for stored in store.jobs.values()})
        known = set(store.companies)
        for _, draft, one in new:
            if draft.facts and one.job is not None:
                facts = {name: value for name, value in asdict(draft.facts).items() if value}
                store.learn_company(Company(name=one.job.company, **facts))
        learnt = sorted(store.companies.keys() - known)
        self.report.companies = [f"{JOBS}/{name}/{COMPANY_FILE}" for name in learnt]
        if self.options.dry_run:
            return
        for file, _, one in sorted(new, key=lambda row: row[0]):
            write_atomic(inside(self.folder / JOBS, file), one.text.encode())
        store.save()

    def _is_closed(self, entry: Drawn) -> bool:
        file, draft = entry
        if draft.closed:
            self._leave_out(file, draft, "closed", "It is closed. --all brings closed jobs in, too.")
        return draft.closed

    def _leave_out(self, file: str, draft: Draft, reason: str, why: str) -> None:
        self.report.left_out.append(Entry(f"{file}:{draft.line}", _shown(draft), reason, why))

    def _made(self, entries: Sequence[Drawn], ground: Ground) -> list[Made]:
        """The job of each entry, judged, on all cores."""
        vocabulary = self.config.vocabulary()

        def work(part: int) -> bytes:
            rows = entries[part * PART : (part + 1) * PART]
            return pickle.dumps([_judged(make(draft, file, self.today, vocabulary), ground) for file, draft in rows])

        count = -(-len(entries) // PART)
        workers = worker_count(None) if len(entries) >= WORTH_FORKING else 1
        # Made by our own child a moment ago; nothing from outside is ever unpickled.
        return [one for part in spread(work, count, workers) for one in pickle.loads(part)]  # noqa: S301

    def _new(
        self, entries: Sequence[Drawn], made: Sequence[Made], standing: Mapping[str, Job]
    ) -> list[tuple[str, Draft, Made]]:
        """The entries whose files are to be written, after all others found their place in the report."""
        kept: list[tuple[str, Draft, Made]] = []
        for (file, draft), one in zip(entries, made, strict=True):
            if one.job is None:
                reason, why = _refusal(one.issues)
                self._leave_out(file, draft, reason, why)
            elif not self.options.closed and not one.job.is_open(self.today):
                self._leave_out(file, draft, "expired", f"Its last day was {one.job.closes}.")
            else:
                kept.append((file, draft, one))
        known = Known(standing, [one for _, _, one in kept if one.job is not None])
        new: dict[str, tuple[str, Draft, Made]] = {}
        seen: dict[str, str] = {}
        for file, draft, one in kept:
            assert one.job is not None
            path = f"{JOBS}/{one.file}"
            first = seen.setdefault(one.file, f"{file}:{draft.line}")
            if first != f"{file}:{draft.line}":
                self._leave_out(file, draft, "duplicate", f"It is the same as {first}.")
            elif old := known.of(one):
                self._stands(file, draft, one.job, old, standing[old])
            elif os.path.lexists(self.folder / path):
                self._leave_out(file, draft, "file-in-the-way", f"{path} stands there, and cannot be read.")
            else:
                new[one.file] = (file, draft, one)
        self.report.written = sorted(f"{JOBS}/{name}" for name in new)
        return [(name, draft, one) for name, (_, draft, one) in new.items()]

    def _stands(self, file: str, draft: Draft, job: Job, old: str, standing: Job) -> None:
        fields = differences(job, standing)
        if not fields:
            self.report.there.append(f"{JOBS}/{old}")
            return
        why = f"{JOBS}/{old} says otherwise, and stays as it is: {', '.join(fields)}."
        self.report.changed.append(Entry(f"{file}:{draft.line}", _shown(draft), "changed", why))


def _judged(made: Made, ground: Ground) -> Made:
    """`made`, without its job when `rolecall check` would call its file an error."""
    if made.job is None:
        return made
    _, found = examine(made.text.encode(), f"{JOBS}/{made.file}", ground, new=False)
    errors = tuple(issue for issue in found if issue.level is Level.ERROR)
    return Made(None, made.file, "", errors) if errors else made


def _refusal(issues: Iterable[Issue]) -> tuple[str, str]:
    """(reason, sentence) of what made a draft no job."""
    found = list(issues)
    worst = next((issue for issue in found if issue.code == "unusable-address"), None)
    issue = worst or next((one for one in found if one.level is Level.ERROR), None) or next(iter(found), None)
    if issue is None:
        return "refused", "It cannot become a job."
    field_ = f"{issue.spot.field}: " if issue.spot and issue.spot.field else ""
    return ("refused-address" if worst else issue.code), f"{field_}{issue.what}"


def _shown(draft: Draft) -> str:
    return f"{draft.posting.company}: {draft.posting.title}"[:120]

"""`rolecall review`: what a pull request changes, judged by this board's code and config; nothing of it is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rolecall import yaml_io
from rolecall.checks import Ground, examine
from rolecall.checks.ground import address_key
from rolecall.commands import CONFIG, TEMPLATES
from rolecall.commands.catalogue import attribution_of
from rolecall.commands.check import ground_of
from rolecall.commands.review_changes import changes_between
from rolecall.config import Config, load_config
from rolecall.errors import RolecallError, StoreError
from rolecall.files import inside, write_atomic
from rolecall.github.changes import MAX_FILES, Change, Changes, part_of_board
from rolecall.github.reviewed import Preview, Review, Reviewed, Suggested
from rolecall.importers import convert
from rolecall.issues import Issue, Level, Spot
from rolecall.model import Company, Job
from rolecall.normalise.identity import company_slug
from rolecall.schema import Model, validate
from rolecall.site.preview import preview
from rolecall.site.render import Renderer
from rolecall.site.views import view_of

MAX_PREVIEWS = 20


def read_pull_request(folder: Path, base: str, head: str, number: int, today: date) -> Changes:
    """What `head` changes since it left `base`, as data; foreign forms converted as on `today`."""
    config = load_config(folder / CONFIG)
    vocabulary = config.vocabulary()

    def converted(name: str, data: bytes) -> list[tuple[str, str]]:
        try:
            return convert(name, data, today, vocabulary)
        except RolecallError:
            return []  # a broken file of another form is no job, and is pointed out as a file outside jobs/

    return changes_between(folder, base, head, number, converted, config.readme.file)


def review(folder: Path, changes: Changes, today: date) -> Review:
    """Every changed file below jobs/ judged against the board in `folder`, with a preview of each sound job."""
    config = load_config(folder / CONFIG)
    board = ground_of(folder, config, today)
    renderer = Renderer.of_board(folder / TEMPLATES, config.language)
    desk = _Desk(config, _ground_with(board, changes), frozenset(board.jobs), renderer)
    files: list[Reviewed] = []
    for change in changes.files:
        job, issues = desk.judged(change)
        shown = desk.preview(change.path, job) if job is not None and len(files) < MAX_PREVIEWS else None
        files.append(Reviewed(change.path, change.status, tuple(issues), shown))
    return Review(
        changes.number,
        changes.head,
        tuple(files),
        _suggested(changes, desk),
        tuple(changes.outside),
        changes.rows,
        _too_many(changes),
    )


def take(folder: Path, changes: Changes, review: Review) -> list[str]:
    """Put the files without errors into `folder`, so that a build shows them; the paths that were written."""
    sound = {file.path for file in review.files if file.is_good}
    taken = []
    for change in changes.files:
        if change.path in sound and change.text is not None and part_of_board(change.path) in ("job", "company"):
            write_atomic(inside(folder, change.path), change.text.encode())
            taken.append(change.path)
    return taken


def _ground_with(ground: Ground, changes: Changes) -> Ground:
    """The board as it will be: two new files may be the same job, and a moved one is not its own double.

    Of companies only those count that the board does not know yet: nobody may say for another whose hosts are good.
    """
    jobs, companies = dict(ground.jobs), dict(ground.companies)
    for change in changes.files:
        jobs.pop(change.path, None)
        part = part_of_board(change.path)
        if part == "job" and (job := _value(Job, change)) is not None:
            jobs[change.path] = job
        elif part == "company" and (company := _value(Company, change)) is not None:
            companies.setdefault(company_slug(company.name), company)
    return Ground.of(ground.config, companies, jobs, ground.today, ground.folders)


def _value(model: type[Model], change: Change) -> Model | None:
    """What the file holds, when it is sound."""
    if change.text is None:
        return None
    try:
        return validate(model, yaml_io.load(change.text.encode(), change.path))[0]
    except StoreError:
        return None


def _too_many(changes: Changes) -> tuple[Issue, ...]:
    if not changes.more:
        return ()
    what = f"{changes.more} more files below jobs/ are changed, and were not looked at."
    return (Issue("too-many-files", "jobs/", what, f"Send at most {MAX_FILES} in one pull request.", Level.ERROR),)


@dataclass(frozen=True)
class _Desk:
    """The board that judges: its config, what it holds with and without the changes, and its templates."""

    config: Config
    ground: Ground
    known: frozenset[str]
    renderer: Renderer

    def judged(self, change: Change) -> tuple[Job | None, list[Issue]]:
        """The job that a changed file holds, and everything that is wrong or doubtful with it."""
        if change.status == "deleted":
            return None, []
        part, spot = part_of_board(change.path), Spot(change.path)
        if problem := _form(change, part):
            return None, [Issue.at(problem[0], spot, *problem[1:])]
        data = (change.text or "").encode()
        if part == "company":
            return None, _company(data, change.path)
        job, issues = examine(data, change.path, self.ground, new=change.path not in self.known)
        if change.kind == "executable":
            hint = f"Run `git update-index --chmod=-x {change.path}`."
            issues = [Issue.at("executable", spot, "is marked as a program.", hint, Level.WARNING), *issues]
        return job, issues

    def preview(self, path: str, job: Job) -> Preview:
        """How the job will look on this board."""
        view = view_of(path, job, attribution_of(job), self.ground.vocabulary, self.renderer.language)
        return Preview(*preview(view, self.config, self.renderer, self.ground.today), view.page)


def _suggested(changes: Changes, desk: _Desk) -> tuple[Suggested, ...]:
    """The converted files with what is still wrong with them, without jobs that are here already."""
    found = []
    for one in changes.converted:
        job, issues = examine(one.text.encode(), one.path, desk.ground, new=True)
        address = address_key(job) if job is not None else ""
        if one.path in desk.ground.jobs or (address and address in desk.ground.by_address):
            continue
        found.append(Suggested(one.origin, one.path, one.text, tuple(issues)))
    return tuple(found)


_FORMS: Mapping[str, tuple[str, str, str]] = {
    "link": ("link", "is a symbolic link.", "Send the file itself."),
    "submodule": ("not-a-job", "is another repository (a submodule).", "Send a file."),
}


def _form(change: Change, part: str) -> tuple[str, str, str] | None:
    """(code, what, hint) of a path that holds nothing to be read."""
    if change.kind in _FORMS:
        return _FORMS[change.kind]
    if "\ufffd" in change.path:
        return "file-name", "has a name that is not UTF-8, too long, or not to be seen.", "Rename it."
    if part == "stray" and change.path.lower().endswith((".yml", ".yaml")) and "/." not in change.path:
        name = change.path.rpartition(".")[0]
        return (
            "extension",
            f"ends with .{change.path.rpartition('.')[2]}, and is not read.",
            f"Rename it to {name}.yaml.",
        )
    if part == "stray":
        return "not-a-job", "is not a job file, and is not read.", "Write one file jobs/<company>/<title>.yaml."
    if change.text is None and change.size > yaml_io.MAX_BYTES:
        limit = f"is {change.size:,} bytes, over the limit of {yaml_io.MAX_BYTES:,}."
        return "store", limit, "Shorten it."
    if change.text is None:
        return "store", "is not UTF-8.", "Save the file as UTF-8."
    return None


def _company(data: bytes, path: str) -> list[Issue]:
    """What is wrong with a company.yaml; a sound one is pointed out, because checks trust the hosts that it names."""
    try:
        document = yaml_io.load(data, path)
    except StoreError as error:
        return [
            issue if issue.spot else Issue.at(issue.code, Spot(path), issue.what, issue.hint)
            for issue in error.problems
        ]
    company, issues = validate(Company, document)
    if company is None:
        return issues
    what = "says which hosts are this employer's."
    return [
        Issue.at(
            "employer-changed", Spot(path), what, "A maintainer compares them with the employer's site.", Level.WARNING
        )
    ]

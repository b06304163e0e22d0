"""The files of the site: claimed first, rendered where their inputs changed, put in place together, swept.

    claim     every path, before anything is rendered; two claims on one path are a `PathConflict`
    skip      what has the inputs of last time and still is the file that was written then
    stage     the rest is rendered into a folder beside the manifest; an error there leaves output/ as it was
    swap      what has other bytes than before is moved into place, in the order of the claims: file by file, but
              folders that were not there as a whole
    sweep     files that rolecall wrote before and nobody claims now

A reader sees the old or the new bytes of each file, and the lists, claimed after the pages that they link, come last.
Nothing is forced to the platter (see `rolecall.files`). Two builds into one folder at once are the caller's to prevent.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from rolecall.errors import BuildError, PathConflict
from rolecall.files import Stamp, stamp
from rolecall.site.lasting import lasting
from rolecall.site.manifest import MARK, Entry, Manifest, sweepable
from rolecall.site.staging import Stage, Staged, is_untouched, stage_one
from rolecall.site.workers import by_parts, worker_count

if TYPE_CHECKING:
    from rolecall.site.view import JobView

# Lower-case ASCII only, so that no two paths can differ in case or normal form alone.
_PATH = re.compile(r"(?:[a-z0-9_-][a-z0-9._-]*/)*[a-z0-9_-][a-z0-9._-]*")
_AT_A_TIME = 4_000  # files after which the processes beside this one are new ones, and hold little of their own
_PAYS_FROM = 40  # files to render below which forking costs more than it saves
_MANY = 200


class Artifact(NamedTuple):
    """One file of the site. `inputs` is a fingerprint of all that `render` reads; `path` is relative to output/.

    `render` gives the whole file, or, when that is large, piece by piece. `renew` does the same from the file that
    stands there: it is given its path and the inputs of which it was made, and asked when nobody has touched it since.
    `rows` are the jobs whose rows the file holds; `is_long` is true of what tells of all jobs, and takes its time.
    """

    path: str
    inputs: str
    render: Callable[[], str | bytes | Iterator[bytes]]
    renew: Callable[[str, str], Iterator[bytes]] | None = None
    rows: Sequence[JobView] = ()
    is_long: bool = False


@dataclass(frozen=True, slots=True)
class Published:
    """How many files were written, rendered but equal, not even rendered, and swept; and how long it took.

    `files` is what stands there now, as far as `publish` knows: what it made, and what it was told of.
    """

    written: int
    unchanged: int
    skipped: int
    swept: int
    seconds: float
    files: Mapping[str, Stamp]


def fingerprint(*parts: str) -> str:
    """One short text that differs when any part differs."""
    return sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def publish(
    artifacts: Iterable[Artifact],
    output: Path,
    manifest: Path,
    workers: int | None = None,
    *,
    before_many: Callable[[Sequence[Artifact]], None] = lambda _: None,
    standing: Mapping[str, Stamp] | None = None,
    ready: Callable[[], object] = lambda: None,
) -> Published:
    """Make `output` hold exactly the `artifacts`. Raises `BuildError`; an error of a render leaves `output` as it was.

    `manifest` is the file that remembers what stands there; without it everything is rendered and compared again.
    `before_many` is given what is to be rendered, if that is much, for what is better made once, before it is spread;
    `standing` is what stands in `output`, for a caller who has looked. `ready` is called when all is rendered and
    nothing is written yet, and may raise an error.
    """
    started = perf_counter()
    with lasting():
        claimed = _claim(artifacts)
    _refuse_links(output, claimed)
    known = Manifest.load(manifest)
    leftovers = sweepable(output, known, claimed)
    stale = _stale(output, claimed, known, standing)
    if len(stale) >= _MANY:
        before_many(stale)
    with _naming(output):
        with _staged(stale, output, known, workers, standing) as (stage, stamps):
            ready()
            changed = _swap(stale, output, known, stage, stamps) if stale else 0
        for path in leftovers:
            _remove(output, path)
        if leftovers:
            known.keep_only(claimed)
        known.save()
    return Published(
        written=changed,
        unchanged=len(stale) - changed,
        skipped=len(claimed) - len(stale),
        swept=len(leftovers),
        seconds=perf_counter() - started,
        files=_files(output, standing or {}, known, leftovers),
    )


def _files(
    output: Path, standing: Mapping[str, Stamp], known: Manifest, leftovers: Iterable[str]
) -> Mapping[str, Stamp]:
    found = dict(standing)
    for path in leftovers:
        found.pop(path, None)
    for path, (_, mtime_ns, size) in known.files.items():
        found[path] = mtime_ns, size
    if any(mark := stamp(output / MARK)):
        found[MARK] = mark
    return found


def _claim(artifacts: Iterable[Artifact]) -> dict[str, Artifact]:
    claimed: dict[str, Artifact] = {}
    is_path = _PATH.fullmatch
    for artifact in artifacts:
        path = artifact.path
        if not is_path(path):
            hint = "Use lower-case letters, digits, dots, hyphens and underscores; no name starts with a dot."
            raise PathConflict(path[:200], "is not a path for a file of the site.", hint)
        if path in claimed:
            raise PathConflict(path, "is claimed twice.", "Rename one of the two files that lead to it.")
        claimed[path] = artifact
    for folder in sorted(_folders(claimed) & claimed.keys()):
        path = next(path for path in claimed if path.startswith(f"{folder}/"))
        raise PathConflict(folder, f"is claimed as a file, and as the folder of {path}.", "Rename one of them.")
    return claimed


def _folders(paths: Iterable[str]) -> set[str]:
    """Every folder on the way to one of the files; "" is the one that holds all."""
    found = {""}
    new = {path.rpartition("/")[0] for path in paths}
    while new:
        found |= new
        new = {folder.rpartition("/")[0] for folder in new} - found
    return found


def _refuse_links(output: Path, claimed: Iterable[str]) -> None:
    """No folder on the way to a file may lead elsewhere; the file itself is replaced, never followed."""
    for folder in sorted(_folders(claimed)):
        if os.path.islink(output / folder):
            raise BuildError(
                str(output / folder), "is a symbolic link, and is not written through.", "Remove the link."
            )


def _stale(
    output: Path, claimed: Mapping[str, Artifact], known: Manifest, standing: Mapping[str, Stamp] | None
) -> list[Artifact]:
    """What was made of other inputs, or does not stand as it was left."""
    found = []
    for path, artifact in claimed.items():
        entry = known.files.get(path)
        if entry is None or entry[0] != artifact.inputs or not _stands(output, path, entry, standing):
            found.append(artifact)
    return found


def _stands(output: Path, path: str, entry: Entry, standing: Mapping[str, Stamp] | None) -> bool:
    return is_untouched(f"{output}/{path}", entry) if standing is None else entry[1:] == standing.get(path)


@contextmanager
def _naming(output: Path) -> Iterator[None]:
    """Turns an error of the disk into one that names the file."""
    try:
        yield
    except OSError as error:
        where = str(error.filename2 or error.filename or output)
        raise BuildError(
            where, f"cannot be read or written: {error.strerror}.", "Check the disk and its permissions."
        ) from error


@contextmanager
def _staged(
    stale: list[Artifact], output: Path, known: Manifest, workers: int | None, standing: Mapping[str, Stamp] | None
) -> Iterator[tuple[Stage, list[Staged]]]:
    """Render `stale` into a folder of its own, which is removed in the end: that folder, and what became of each."""
    beside = known.path.parent
    for abandoned in beside.glob("stage-*"):
        shutil.rmtree(abandoned, ignore_errors=True)
    # The number of the process: children of a killed run may still be writing into theirs.
    folder = beside / f"stage-{os.getpid()}"
    folder.mkdir(parents=True)
    try:
        stage = Stage(str(folder), str(output), [artifact.path for artifact in stale])
        # What takes long comes first, so that all processes end at the same time.
        order = sorted(range(len(stale)), key=lambda index: not stale[index].is_long)
        count = worker_count(workers) if len(stale) >= _PAYS_FROM else 1
        one = partial(stage_one, stale, known.files, standing, stage)
        made = by_parts(lambda at: one(order[at]), len(stale), count, _AT_A_TIME)
        yield stage, [staged for _, staged in sorted(zip(order, made, strict=True))]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _swap(stale: list[Artifact], output: Path, known: Manifest, stage: Stage, stamps: list[Staged]) -> int:
    """Move what changed into place, note it in `known`; how many files changed."""
    changed = sum(is_new for is_new, *_ in stamps)
    if changed:
        # Before the first file is there: whatever happens now, the next run knows that they are ours.
        known.expect(artifact.path for artifact in stale)
        known.save()
        output.mkdir(parents=True, exist_ok=True)
        (output / MARK).touch()
    for index, (artifact, (is_new, mtime_ns, size)) in enumerate(zip(stale, stamps, strict=True)):
        if is_new and stage.move(index, artifact.path):
            mtime_ns, size = stamp(output / artifact.path)
        known.files[artifact.path] = (artifact.inputs, mtime_ns, size)
    return changed


def _remove(output: Path, path: str) -> None:
    (output / path).unlink(missing_ok=True)
    folder = (output / path).parent
    while folder != output and not (folder.is_dir() and any(folder.iterdir())):
        if folder.is_dir():
            folder.rmdir()
        folder = folder.parent

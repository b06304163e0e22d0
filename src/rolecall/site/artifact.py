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
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from rolecall.errors import BuildError
from rolecall.files import Stamp, stamp
from rolecall.site.lasting import lasting
from rolecall.site.manifest import MARK, Basis, Entry, Manifest, sweepable
from rolecall.site.paths import claimed_once, refuse_links
from rolecall.site.staging import Stage, Staged, is_untouched, stage_one
from rolecall.site.workers import by_parts, worker_count

if TYPE_CHECKING:
    from rolecall.site.view import JobView

_PAYS_FROM = 40  # files to render below which forking costs more than it saves; and one of so many, for what is
_PAYS_ONE_IN = 100  # held for the others is made each process's own, bit by bit
_MANY = 200  # files to render from which it pays to make beforehand what most of them ask for


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
    known: Manifest,
    workers: int | None = None,
    *,
    basis: Basis | None = None,
    rest_stands: bool = False,
    before_many: Callable[[Sequence[Artifact]], None] = lambda _: None,
    standing: Mapping[str, Stamp] | None = None,
    ready: Callable[[], object] = lambda: None,
) -> Published:
    """Make `output` hold exactly the `artifacts`. Raises `BuildError`; an error of a render leaves `output` as it was.

    `known` is what the last build left there; without it everything is rendered and compared again. It keeps the
    `basis` of what is claimed for the next build. With `rest_stands`, whatever it names beside the `artifacts` is
    claimed as before, and stands as it was left.
    `before_many` is given what is to be rendered, if that is much, for what is better made once, before it is spread;
    `standing` is what stands in `output`, for a caller who has looked. `ready` is called when all is rendered and
    nothing is written yet, and may raise an error.
    """
    started = perf_counter()
    with lasting():
        claimed = claimed_once(artifacts)
    refuse_links(output, claimed)
    leftovers = [] if rest_stands else sweepable(output, known, claimed)
    total = len(known.files) if rest_stands else len(claimed)
    stale = _stale(output, claimed, known, standing)
    if len(stale) >= _MANY:
        before_many(stale)
    with _naming(output):
        pays = len(stale) >= max(_PAYS_FROM, total // _PAYS_ONE_IN)
        with _staged(stale, output, known, workers if pays else 1, standing) as (stage, stamps):
            ready()
            changed = _swap(stale, output, known, stage, stamps) if stale else 0
        for path in leftovers:
            _remove(output, path)
        if leftovers:
            known.keep_only(claimed)
        known.basis = basis
        known.save()
    return Published(
        written=changed,
        unchanged=len(stale) - changed,
        skipped=total - len(stale),
        swept=len(leftovers),
        seconds=perf_counter() - started,
        files=_files(output, standing, known, stale, leftovers),
    )


def _files(
    output: Path,
    standing: Mapping[str, Stamp] | None,
    known: Manifest,
    stale: Iterable[Artifact],
    leftovers: Iterable[str],
) -> Mapping[str, Stamp]:
    found = dict(standing or {})
    for path in leftovers:
        found.pop(path, None)
    made = known.files if standing is None else [artifact.path for artifact in stale]
    for path in made:  # what is not stale stands as it was seen
        found[path] = known.files[path][1:]
    if any(mark := stamp(output / MARK)):
        found[MARK] = mark
    return found


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
        one = partial(stage_one, stale, known.files, standing, stage)
        made = by_parts(lambda at: one(order[at]), len(stale), worker_count(workers))
        yield stage, [staged for _, staged in sorted(zip(order, made, strict=True))]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _swap(stale: list[Artifact], output: Path, known: Manifest, stage: Stage, stamps: list[Staged]) -> int:
    """Move what changed into place, note it in `known`; how many files changed."""
    changed = sum(is_new for is_new, *_ in stamps)
    if changed:
        # Before the first file is there: whatever happens now, the next run knows that they are ours.
        known.expect(artifact.path for artifact in stale)
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

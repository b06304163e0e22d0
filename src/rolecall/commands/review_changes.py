"""What a pull request changes, read from git: texts of files below jobs/, and job files made of other forms."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from rolecall.github import repository
from rolecall.github.changes import (
    MAX_FILES,
    MAX_OUTSIDE,
    Change,
    Changes,
    Converted,
    Kind,
    kind_of,
    part_of_board,
    shown_path,
)
from rolecall.github.repository import Entry
from rolecall.site.readme_markers import END, START
from rolecall.yaml_io import MAX_BYTES

MAX_FOREIGN_FILES = 20
MAX_FOREIGN_BYTES = 20_000_000
_FOREIGN = (".md", ".markdown", ".json", ".yml", ".yaml", ".csv", ".html", ".htm")

# The job files that a foreign file holds: (name, bytes) -> (path, text) of each.
Convert = Callable[[str, bytes], list[tuple[str, str]]]


def changes_between(
    folder: Path, base: str, head: str, number: int, convert: Convert, readme: str = "README.md"
) -> Changes:
    """What `head` changes since it left `base`. Blobs are read as data; nothing is checked out.

    `convert` is asked about each file that is not a job file, as it is and as it was: what is new in it is suggested.
    """
    start, end = repository.commit_of(folder, base), repository.commit_of(folder, head)
    entries = repository.differences(folder, repository.merge_base(folder, start, end), end)
    ours = [entry for entry in entries if part_of_board(entry.path) != "outside"]
    outside = [entry for entry in entries if part_of_board(entry.path) == "outside"]
    foreign = [entry for entry in entries if part_of_board(entry.path) in ("outside", "stray")]
    return Changes(
        number=number,
        head=end,
        files=_texts(folder, ours[:MAX_FILES]),
        more=max(0, len(ours) - MAX_FILES),
        outside=[shown_path(entry.path) for entry in outside[:MAX_OUTSIDE]],
        rows=any(_rows_differ(folder, entry) for entry in outside if entry.path == readme),
        converted=_converted(folder, foreign, convert)[:MAX_FILES],
    )


def _texts(folder: Path, entries: list[Entry]) -> list[Change]:
    """Each entry with its text, where it is a file that has one."""
    sizes = repository.sizes(folder, [entry.new for entry in entries if entry.new])
    small = [entry.new for entry in entries if _is_file(entry) and sizes.get(entry.new, MAX_BYTES + 1) <= MAX_BYTES]
    blobs = repository.blobs(folder, small)
    return [_change(entry, sizes.get(entry.new, 0), blobs.get(entry.new)) for entry in entries]


def _change(entry: Entry, size: int, data: bytes | None) -> Change:
    path = shown_path(entry.path)
    if not entry.new:
        return Change(path=path, status="deleted")
    kind = kind_of(entry.new_mode)
    try:
        text = data.decode("utf-8") if data is not None and _is_file(entry) else None
    except UnicodeDecodeError:
        text = None
    return Change(path=path, status="changed" if entry.old else "added", kind=kind.value, size=size, text=text)


def _is_file(entry: Entry) -> bool:
    return bool(entry.new) and kind_of(entry.new_mode) in (Kind.FILE, Kind.EXECUTABLE)


def _rows_differ(folder: Path, entry: Entry) -> bool:
    """Whether what `rolecall build` writes between the markers of the README is another."""
    hashes = [name for name in (entry.old, entry.new) if name]
    if len(hashes) < 2 or max(repository.sizes(folder, hashes).values(), default=0) > MAX_FOREIGN_BYTES:
        return False
    made = [
        blob.partition(START.encode())[2].partition(END.encode())[0]
        for blob in repository.blobs(folder, hashes).values()
    ]
    return len(set(made)) > 1


def _converted(folder: Path, entries: Iterable[Entry], convert: Convert) -> list[Converted]:
    """The job files that are in a foreign file now and were not in it before."""
    tried = [entry for entry in entries if _is_file(entry) and entry.path.lower().endswith(_FOREIGN)][
        :MAX_FOREIGN_FILES
    ]
    hashes = [name for entry in tried for name in (entry.old, entry.new) if name]
    sizes = repository.sizes(folder, hashes)
    found: dict[str, Converted] = {}
    for entry in tried:
        if any(sizes.get(name, 0) > MAX_FOREIGN_BYTES for name in (entry.old, entry.new) if name):
            continue
        blobs = repository.blobs(folder, [name for name in (entry.old, entry.new) if name])
        before = set(convert(entry.path, blobs[entry.old])) if entry.old in blobs else set()
        for path, text in convert(entry.path, blobs[entry.new]):
            if (path, text) not in before and len(text) <= MAX_BYTES:
                found.setdefault(path, Converted(origin=shown_path(entry.path), path=shown_path(path), text=text))
    return [found[path] for path in sorted(found)]

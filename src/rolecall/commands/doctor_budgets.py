"""What `rolecall doctor` says of sizes: README, site, job files, each against its limit."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from rolecall.commands import JOBS, OUTPUT
from rolecall.commands.doctor_patient import Patient, doubtful, some, wrong
from rolecall.commands.sizes import NEAR, README_BYTES, SITE_BYTES, SITE_FILES
from rolecall.errors import RolecallError
from rolecall.files import read_regular
from rolecall.issues import Issue
from rolecall.site.readme import frame_of
from rolecall.yaml_io import MAX_BYTES as MOST_OF_A_JOB

JOB_LARGE = MOST_OF_A_JOB * 3 // 4
_MAX_README = 10_000_000


def readme(patient: Patient) -> Iterator[Issue]:
    """The file of the list: is it there, has it its markers, is it whole, and is it what GitHub shows."""
    file, path = patient.readme, patient.folder / patient.readme
    if not path.exists():
        yield doubtful("no-readme", file, "is not there, so the board has no table.", "Run `rolecall init`.")
        return
    try:
        data = read_regular(path, max_bytes=_MAX_README)
        frame_of(data.decode("utf-8", "replace"), file)
    except RolecallError as error:
        yield from error.problems
        return
    limit = patient.config.readme.max_bytes if patient.config else README_BYTES
    if len(data) > README_BYTES:
        what = f"has {len(data):,} bytes; GitHub shows the first {README_BYTES:,} and says nothing."
        yield wrong("readme-cut", file, what, "Run `rolecall build`; shorten what you wrote yourself.")
    elif len(data) > limit:
        what = f"has {len(data):,} bytes, over the limit of {limit:,} (readme.max_bytes)."
        yield doubtful("readme-large", file, what, "Run `rolecall build`; shorten what you wrote yourself.")
    hiding = patient.folder / ".github" / "README.md"
    if file == "README.md" and hiding.exists():
        yield doubtful("hidden-readme", ".github/README.md", "hides README.md: GitHub shows it first.", "Remove it.")


def site_size(patient: Patient) -> Iterator[Issue]:
    """The built site against what GitHub Pages takes."""
    files, size = _measured(patient)
    if size > SITE_BYTES * NEAR:
        what = f"has {size / 1e6:,.0f} MB; GitHub Pages takes {SITE_BYTES / 1e6:,.0f}."
        hint = "Lower site.cards or keep_closed_days in config.yaml, or read fewer boards."
        yield (wrong if size > SITE_BYTES else doubtful)("site-large", OUTPUT, what, hint)
    if files > SITE_FILES:
        what = f"has {files:,} files, which may not be published within the ten minutes that GitHub gives."
        yield doubtful("site-files", OUTPUT, what, "Lower site.cards or keep_closed_days in config.yaml.")


def job_sizes(patient: Patient) -> Iterator[Issue]:
    """Job files that are near the limit."""
    sizes = {f"{JOBS}/{stored.file}": len(stored.text.encode()) for stored in patient.store.jobs.values()}
    large = sorted((file for file, size in sizes.items() if size > JOB_LARGE), key=lambda file: (-sizes[file], file))
    if large:
        what = f"{len(large):,} near the limit of {MOST_OF_A_JOB:,} bytes: {some(large)}."
        yield doubtful("large-jobs", JOBS, what, "Shorten their descriptions.")


def facts_of_size(patient: Patient) -> dict[str, Any]:
    """Bytes of README and site, and the site's files; the site counts as it was last built here."""
    path = patient.folder / patient.readme
    files, size = _measured(patient)
    return {
        "readme_bytes": path.stat().st_size if path.is_file() else None,
        "readme_limit": patient.config.readme.max_bytes if patient.config else None,
        "site_files": files,
        "site_bytes": size,
    }


def _measured(patient: Patient) -> tuple[int, int]:
    files = size = 0
    for folder, _, names in os.walk(patient.folder / OUTPUT):
        for name in names:
            files += 1
            size += os.lstat(os.path.join(folder, name)).st_size  # noqa: PTH118 -- a large site has 100,000 of them
    return files, size

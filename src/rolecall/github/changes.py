"""The files that a pull request changes, as data: read from git by one workflow, handed to the next as `changes.json`.

What the second workflow gets was written by a run of a stranger's pull request, so it is hostile: one known name, a
size cap, a closed schema, and texts that are judged anew.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from rolecall.errors import StoreError
from rolecall.files import read_regular
from rolecall.yaml_io import MAX_BYTES

NAME = "changes.json"
MAX_FILES = 50
MAX_OUTSIDE = 100
MAX_PATH = 400
MAX_ARTIFACT_BYTES = 8_000_000

_MODES = {"100644": "file", "100755": "executable", "120000": "link", "160000": "submodule"}


class Kind(StrEnum):
    """What stands at a path. Only the first two have a text of their own; a link's would lead out of the repository."""

    FILE = "file"
    EXECUTABLE = "executable"
    LINK = "link"
    SUBMODULE = "submodule"


def kind_of(mode: str) -> Kind:
    """The kind that git's mode means."""
    return Kind(_MODES.get(mode, "submodule"))


def shown_path(path: str) -> str:
    """A path for people and JSON: what is not printable, or not UTF-8, is a replacement character."""
    clean = path if path.isprintable() else "".join(char if char.isprintable() else "\ufffd" for char in path)
    return clean if len(clean) <= MAX_PATH else f"{clean[: MAX_PATH - 1]}\ufffd"


def _printable(path: str) -> str:
    if not path.isprintable():
        raise ValueError("holds a character that cannot be seen")
    return path


ShownPath = Annotated[str, Field(min_length=1, max_length=MAX_PATH), AfterValidator(_printable)]
FileText = Annotated[str, Field(max_length=MAX_BYTES)]


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Change(_Data):
    """One path below jobs/ as the pull request leaves it.

    `text` is None when the file is gone, no plain file, not UTF-8 or over the cap; `size` is in bytes.
    """

    path: ShownPath
    status: Literal["added", "changed", "deleted"]
    kind: Literal["file", "executable", "link", "submodule"] = "file"
    size: Annotated[int, Field(ge=0, le=2**40)] = 0
    text: FileText | None = None


class Converted(_Data):
    """A job file made of a file of another form: `path` is where to save it, `origin` the file that held the job."""

    origin: ShownPath
    path: ShownPath
    text: FileText


class Changes(_Data):
    """All that is known of a pull request. `more` is how many further files below jobs/ are not in `files`.

    `rows`: the part of the README that is made of jobs/ is changed by hand.
    """

    version: Literal[1] = 1
    number: Annotated[int, Field(ge=0, lt=10**10)] = 0
    head: Annotated[str, Field(pattern=r"^[0-9a-f]{40}([0-9a-f]{24})?$")]
    files: Annotated[list[Change], Field(max_length=MAX_FILES)] = []
    more: Annotated[int, Field(ge=0, lt=10**6)] = 0
    outside: Annotated[list[ShownPath], Field(max_length=MAX_OUTSIDE)] = []
    rows: bool = False
    converted: Annotated[list[Converted], Field(max_length=MAX_FILES)] = []

    def to_json(self) -> str:
        """The text of `changes.json`."""
        return self.model_dump_json(indent=1) + "\n"


def read_changes(path: Path) -> Changes:
    """What a `changes.json`, or the zip of an artefact with one, says. Raises `StoreError` when it is not sound."""
    data = read_regular(path, max_bytes=MAX_ARTIFACT_BYTES)
    if data.startswith(b"PK"):
        data = _unpacked(data)
    if len(data) > MAX_ARTIFACT_BYTES:
        raise StoreError(NAME, f"is over the limit of {MAX_ARTIFACT_BYTES:,} bytes.", "It is not read.")
    try:
        return Changes.model_validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        field = re.sub(r"[^\w.]", "", ".".join(map(str, first["loc"])))[:80]
        what = f"{field or 'the whole'}: {first['msg']}."
        raise StoreError(NAME, what, "It was not written by `rolecall review --changes`, and is not read.") from error


def _unpacked(data: bytes) -> bytes:
    """The one file that is expected in the zip; nothing else is looked at, and nothing is written."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(NAME) as file:
            return file.read(MAX_ARTIFACT_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, RuntimeError, ValueError, EOFError) as error:
        raise StoreError(NAME, "is not in the artefact, or the zip is broken.", "It is not read.") from error


def part_of_board(path: str) -> Literal["job", "company", "stray", "outside"]:
    """What a path means to the board: a job's file, a company's, what has no place below jobs/, or not its business."""
    if not path.startswith("jobs/"):
        return "outside"
    steps = path.split("/")
    if any(step.startswith(".") for step in steps) or not path.endswith(".yaml"):
        return "stray"
    if steps[-1] == "company.yaml":
        return "company" if len(steps) == 3 else "stray"
    return "job"

"""A file that holds something of every job, one after another: jobs.xml, jobs.json, jobs.csv.

After a change, what has not changed is copied from the file that stands there, for which a list of the pieces and
their lengths is kept below .cache. It is believed only together with the very file that was written with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO

from rolecall.site import cache_file
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition
from rolecall.site.view import JobView

_FOLDER = "build/pieces"
_CHUNK = 1 << 20
Span = tuple[int, int]  # the first byte of a piece, and the first one after it


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheaf:
    """A file before it is made: `head`, the `piece` of each job with `joint` between them, and `tail`.

    `digest` is a fingerprint of all that a job's piece shows of it, `scope` one of what all pieces show alike.
    """

    path: str
    scope: str
    jobs: Sequence[JobView]
    digest: Callable[[JobView], str]
    piece: Callable[[JobView], str]
    head: str
    joint: str = ""
    tail: str = ""

    def artifact(self, edition: Edition) -> Artifact:
        """The file; its pieces come one by one, so that it need not stand in memory."""
        inputs = fingerprint(self.path, self.scope, self.head, *map(self.digest, self.jobs))
        index = edition.cache / _FOLDER / self.path if edition.cache is not None else None
        anew, renewed = partial(self._anew, index, inputs), partial(self._renewed, index, inputs)
        return Artifact(self.path, inputs, anew, renewed, is_long=True)

    def _anew(self, index: Path | None, inputs: str) -> Iterator[bytes]:
        return self._made(index, inputs, {}, None)

    def _renewed(self, index: Path | None, inputs: str, standing: str, then: str) -> Iterator[bytes]:
        """From the file at `standing`, which was made of the inputs `then`."""
        known = cache_file.load(index, _key(then)) if index is not None else None
        if known is None or known[0] != self.scope:
            yield from self._anew(index, inputs)
            return
        with Path(standing).open("rb", buffering=0) as file:
            yield from self._made(index, inputs, self._spans(*known[1:]), file)

    def _spans(self, start: int, digests: Sequence[str], lengths: Sequence[int]) -> Mapping[str, Span]:
        found = {}
        joint = len(self.joint.encode())
        for digest, length in zip(digests, lengths, strict=True):
            found[digest] = start, start + length
            start += length + joint
        return found

    def _made(
        self, index: Path | None, inputs: str, spans: Mapping[str, Span], standing: BinaryIO | None
    ) -> Iterator[bytes]:
        head, joint = _encoded(self.head), _encoded(self.joint)
        digests, lengths = [self.digest(view) for view in self.jobs], []
        yield head
        before = b""
        start = end = 0  # of what can be copied at once
        for view, digest in zip(self.jobs, digests, strict=True):
            span = spans.get(digest)
            if end and (span is None or span[0] != end + len(joint)):
                yield before
                yield from _copied(standing, start, end)
                before, end = joint, 0
            if span is None:
                piece = _encoded(self.piece(view))
                yield before
                yield piece
                before = joint
                lengths.append(len(piece))
            else:
                start, end = start if end else span[0], span[1]
                lengths.append(span[1] - span[0])
        if end:
            yield before
            yield from _copied(standing, start, end)
        yield _encoded(self.tail)
        if index is not None:
            cache_file.save(index, _key(inputs), (self.scope, len(head), digests, lengths))


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _key(inputs: str) -> str:
    return f"{cache_file.tool_key()} {inputs}"


def _copied(file: BinaryIO | None, start: int, end: int) -> Iterator[bytes]:
    if file is not None:
        file.seek(start)
        while start < end and (chunk := file.read(min(_CHUNK, end - start))):
            start += len(chunk)
            yield chunk

"""What a person sees while boards are read. Nothing of it is stored, and nothing is shown but on a terminal."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self, TextIO

from rolecall.model import Board, FetchResult

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID


class Progress(Protocol):
    """Hears of a run as it goes: `begin` once, `answered` for every answer, `finish` once for every board."""

    def begin(self, boards: int) -> None: ...

    def answered(self, board: Board, size_bytes: int) -> None: ...

    def finish(self, result: FetchResult) -> None: ...


class Silent:
    """Shows nothing."""

    def begin(self, boards: int) -> None:
        """Boards will be read."""

    def answered(self, board: Board, size_bytes: int) -> None:
        """An answer came in."""

    def finish(self, result: FetchResult) -> None:
        """A board is done."""


class TerminalProgress:
    """A bar over all boards, with counts of answers and failures, for the length of a `with` block.

    On anything but a terminal the block shows nothing.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bar: Bar | None = None
        self._task: TaskID | None = None
        self._answers = self._bytes = self._failed = 0

    def __enter__(self) -> Self:
        if self._stream.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
            from rich.progress import Progress as Bar

            columns = (BarColumn(), MofNCompleteColumn(), TextColumn("boards  {task.description}"), TimeElapsedColumn())
            self._bar = Bar(*columns, console=Console(file=self._stream), transient=True)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def begin(self, boards: int) -> None:
        if self._bar is not None:
            self._task = self._bar.add_task("", total=boards)

    def answered(self, board: Board, size_bytes: int) -> None:
        self._answers += 1
        self._bytes += size_bytes
        self._show(board.name)

    def finish(self, result: FetchResult) -> None:
        self._failed += result.error is not None
        if self._bar is not None and self._task is not None:
            self._bar.advance(self._task)
        self._show(result.board.name)

    def _show(self, name: str) -> None:
        if self._bar is None or self._task is None:
            return
        from rich.markup import escape

        failed = f", {self._failed} failed" if self._failed else ""
        words = f"{self._answers:,} answers, {self._bytes / 1_000_000:.1f} MB{failed}  {escape(name[:40])}"
        self._bar.update(self._task, description=words)

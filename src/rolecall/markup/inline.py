"""Inline tags: opened only before a word, closed as soon as a word does without them, none inside itself."""

from __future__ import annotations

REL = "noopener nofollow ugc"
_BOLD = frozenset({"b", "strong"})
_ADDED_BOLD = ("b", "<b>")


class Inline:
    """The inline tags that the markup has open (`wanted`) and those that are open in `out`, as (name, start tag)."""

    def __init__(self, out: list[str]) -> None:
        self._out = out
        self._wanted: list[tuple[str, str]] = []
        self._depths: dict[str, int] = {}
        self._open: list[tuple[str, str]] = []

    def start(self, name: str, tag: str | None) -> None:
        """The markup opens `name`; a `tag` of None (a link without an address) is never written."""
        depth = self._depths[name] = self._depths.get(name, 0) + 1
        if depth == 1 and tag:
            self._wanted.append((name, tag))

    def end(self, name: str) -> None:
        depth = self._depths[name] = self._depths[name] - 1
        if depth == 0:
            self._wanted = [item for item in self._wanted if item[0] != name]

    def place(self, between: str, *, in_heading: bool, is_bold: bool) -> None:
        """Make the open tags those that the next word wants, with `between` outside of what closes and opens.

        A heading is bold already; `is_bold` asks for bold where a heading cannot stand.
        """
        wanted = self._wanted
        if in_heading:
            wanted = [item for item in wanted if item[0] not in _BOLD]
        elif is_bold and not any(name in _BOLD for name, _ in wanted):
            wanted = [*wanted, _ADDED_BOLD]
        same = 0
        if wanted != self._open:
            while same < min(len(wanted), len(self._open)) and wanted[same] == self._open[same]:
                same += 1
            self.close(same)
        else:
            same = len(wanted)
        if between:
            self._out.append(between)
        for item in wanted[same:]:
            self._open.append(item)
            self._out.append(item[1])

    def close(self, keep: int = 0) -> None:
        """Close all open tags but the first `keep`."""
        if len(self._open) > keep:
            self._out.extend(f"</{name}>" for name, _ in reversed(self._open[keep:]))
            del self._open[keep:]

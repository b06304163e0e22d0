"""From the parser's events to plain values, and to the places where they stand; `yaml_io` says it in messages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain, islice, repeat, starmap
from typing import Any

import yaml

MAX_DEPTH = 8
PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = ("", "~", "null", "Null", "NULL")

Path = tuple[str | int, ...]
Mark = tuple[int, int, int]


class Refused(Exception):
    """What no job file needs stands at `mark`."""

    def __init__(self, mark: Any, what: str, hint: str) -> None:
        self.mark, self.what, self.hint = mark, what, hint


TOO_DEEP = ("is nested too deep.", "Flatten it.")


def _too_many(event: Any) -> None:
    """Raise `Refused` for what follows the last event that a file may have."""
    raise Refused(event.start_mark, "holds too many values.", "Shorten the lists.")


def _refuse(event: Any) -> None:
    """Raise `Refused` for an alias, an anchor or a tag."""
    if type(event) is yaml.AliasEvent or event.anchor:
        what = "an alias or anchor (& or *) is not allowed."
        raise Refused(event.start_mark, what, "Write the value out, or quote it.")
    if event.tag:
        what = f"the tag {str(event.tag)[:60]!r} is not allowed."
        raise Refused(event.start_mark, what, "Remove it, or quote the value.")


class Builder:
    """Builds plain values from the events of a loader of `text`, and refuses what no job file needs."""

    def __init__(self, text: str, loader: Any, max_events: int) -> None:
        self.text = text
        events = starmap(loader.get_event, repeat(()))  # without a line of Python for each
        self.events = chain(islice(events, max_events), map(_too_many, events))

    def document(self) -> dict[str, Any]:
        next(self.events)  # start of the stream
        start = next(self.events)
        if isinstance(start, yaml.StreamEndEvent):
            raise Refused(None, "is empty.", "Write at least one line such as `title: ...`.")
        first = next(self.events)
        _refuse(first)
        if not isinstance(first, yaml.MappingStartEvent):
            raise Refused(
                first.start_mark,
                "is not a list of `key: value` lines.",
                "Start with a line such as `title: Cook`.",
            )
        value = self.mapping(())
        next(self.events)  # end of the document
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            raise Refused(
                after.start_mark,
                "a second document starts here.",
                "Remove the line `---`; one file holds one thing.",
            )
        return value

    def mapping(self, path: Path) -> dict[str, Any]:
        found: dict[str, Any] = {}
        events, scalar = self.events, yaml.ScalarEvent
        for key in events:
            if type(key) is not scalar:
                if type(key) is yaml.MappingEndEvent:
                    break
                _refuse(key)
                raise Refused(key.start_mark, "a key must be one word.", "Quote the value if it starts with { or [.")
            name = key.value
            if name == "<<" or name in found or key.anchor is not None or key.tag is not None:
                self.refuse_key(path, key, found)
            event = next(events)
            found[name] = _scalar(event) if type(event) is scalar else self.container((*path, name), event)
        return found

    def refuse_key(self, path: Path, key: Any, found: dict[str, Any]) -> None:
        """Raise `Refused` for a key that may not stand behind those of `found`."""
        _refuse(key)
        name = key.value
        if name == "<<":
            raise Refused(key.start_mark, "the merge key << is not allowed.", "Write the values out.")
        if name in found:
            first = next(line for at, (line, *_) in places(self.text) if at == (*path, name))
            what = f"the key {name[:60]!r} stands here a second time; the first is on line {first}."
            raise Refused(key.start_mark, what, "Remove one.")

    def sequence(self, path: Path) -> list[Any]:
        found: list[Any] = []
        for item in self.events:
            if type(item) is yaml.SequenceEndEvent:
                break
            is_scalar = type(item) is yaml.ScalarEvent
            found.append(_scalar(item) if is_scalar else self.container((*path, len(found)), item))
        return found

    def container(self, path: Path, event: Any) -> Any:
        _refuse(event)
        if len(path) > MAX_DEPTH:
            raise Refused(event.start_mark, *TOO_DEEP)
        return self.mapping(path) if type(event) is yaml.MappingStartEvent else self.sequence(path)


def _scalar(event: Any) -> str | None:
    if event.anchor is not None or event.tag is not None:
        _refuse(event)
    text: str = event.value
    return None if len(text) < 5 and text in _NULL and event.implicit[0] and not event.style else text


def places(text: str) -> Iterator[tuple[Path, Mark]]:
    """The paths of a file that `Builder` can read, or of its beginning up to what it refuses, in their order."""
    loader = PARSER(text)
    try:
        for _ in range(3):  # start of the stream, of the document, of its mapping
            first = loader.get_event()
        yield (), _mark_of(first, first)
        yield from _places_inside(loader.get_event, (), first)
    finally:
        loader.dispose()


def _places_inside(get_event: Callable[[], Any], path: Path, start: Any) -> Iterator[tuple[Path, Mark]]:
    """The same, of what `start` begins; `start` itself is not among them."""
    is_mapping, count = type(start) is yaml.MappingStartEvent, 0
    while type(key := get_event()) not in _ENDS:
        event = get_event() if is_mapping else key
        at = (*path, key.value if is_mapping else count)
        yield at, _mark_of(key, event)
        if type(event) is not yaml.ScalarEvent:
            yield from _places_inside(get_event, at, event)
        count += 1


_ENDS = (yaml.MappingEndEvent, yaml.SequenceEndEvent)


def _mark_of(key: Any, value: Any) -> Mark:
    line, column, stands = key.start_mark.line, key.start_mark.column, value.start_mark
    return line + 1, (stands.column if stands.line == line else column) + 1, column + 1

"""YAML: a guarded load that knows its lines, and a stable dump. The only pyyaml, with `yaml_events`.

Job files come from strangers, so the text is judged before anything is built from it: its size before parsing, then
each event: one document, a mapping at the root, no alias, anchor, tag, merge key or doubled key, bounded depth and
count. Every scalar stays text (`country: NO` is Norway, `1:30` is not 90); the schema converts. An empty plain
scalar, `~` and `null` are None.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import yaml

from rolecall.errors import StoreError
from rolecall.issues import Spot
from rolecall.yaml_events import PARSER, TOO_DEEP, Builder, Mark, Path, Refused, places
from rolecall.yaml_words import plain_words

MAX_BYTES = 65_536
MAX_EVENTS = 5_000


@dataclass(frozen=True)
class Document:
    """A parsed file: `value` holds dicts, lists, text and None."""

    where: str
    value: dict[str, Any]
    text: str = field(repr=False)

    @cached_property
    def marks(self) -> dict[Path, Mark]:
        """Where each path stands: found by parsing once more, because few files are ever asked.

        A mark is (line of the key, column of the value when it begins on that line, column of the key), all from 1.
        """
        return dict(places(self.text))

    def line(self, path: Iterable[str | int]) -> int:
        """The line of `path`, or of the nearest parent that stands in the file."""
        return self._mark(tuple(path))[0]

    def spot(self, path: Iterable[str | int], field: str | None = None, *, of_key: bool = False) -> Spot:
        """Where the value of `path`, or its key, or its nearest parent stands; `field`: a name that is not its path."""
        steps = tuple(path)
        line, column, key_column = self._mark(steps)
        return Spot(self.where, line, key_column if of_key else column, dotted(steps) if field is None else field)

    def _mark(self, steps: Path) -> Mark:
        while steps and steps not in self.marks:
            steps = steps[:-1]
        return self.marks.get(steps, (1, 1, 1))


def dotted(path: Iterable[str | int]) -> str:
    """`places[0].country`: how people name the field at `path`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}" if text else str(step)
    return text


def load(data: bytes, where: str, *, max_bytes: int = MAX_BYTES, max_events: int = MAX_EVENTS) -> Document:
    """The document in `data`. Raises `StoreError` whose problem names `where`, the line and the mend."""
    if len(data) > max_bytes:
        raise StoreError(where, f"is {len(data):,} bytes, over the limit of {max_bytes:,}.", "Shorten it.")
    try:
        text = data.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        at = Spot(where, data.count(b"\n", 0, error.start) + 1)
        raise StoreError(at, f"byte {error.start} is not UTF-8.", "Save the file as UTF-8.") from error
    loader = PARSER(text)
    try:
        value = Builder(text, loader, max_events).document()
    except Refused as error:
        raise StoreError(_spot(where, error.mark), error.what, error.hint) from error
    except yaml.MarkedYAMLError as error:
        said, mark = str(error.problem or error.context), error.problem_mark or error.context_mark
        what, hint, begins = plain_words(said, text[mark.index :] if mark else "")
        if "nesting depth" in said:  # libyaml from 0.2.6 on gives up before we do
            what, hint = TOO_DEEP
        raise StoreError(_spot(where, (begins and error.context_mark) or mark), what, hint) from error
    except yaml.reader.ReaderError as error:
        at = Spot(where, text.count("\n", 0, error.position) + 1)
        what = (
            f"holds the forbidden character U+{error.character:04X}."
            if isinstance(error.character, int)
            else "holds a forbidden character."
        )
        raise StoreError(at, what, "Remove it.") from error
    finally:
        loader.dispose()
    return Document(where, value, text)


def _spot(where: str, mark: Any) -> Spot:
    return Spot(where, mark.line + 1, mark.column + 1) if mark else Spot(where, 1)


# What a literal block cannot hold as it is: line ends other than \n, and what YAML calls not printable.
_NOT_LITERAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")


class _Dumper(yaml.SafeDumper):
    """PyYAML's own emitter: libyaml's would write every emoji as an escape."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    """Text on one line: other line ends and invisible characters only survive as escapes."""
    style = '"' if "\n" in value or _NOT_LITERAL.search(value) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


_Dumper.add_representer(str, _text)


def dump(values: Mapping[str, Any]) -> str:
    """`values` (text, bool, int, None, dicts, lists) as YAML text: keys in the order given, `load` of it is equal.

    Text of several lines becomes a literal block; leaves of lists and dicts stand on one line.
    """
    return "".join(dump_key(key, value) for key, value in values.items())


def dump_key(key: str, value: Any) -> str:
    """One top-level `key: value` with its line end."""
    if not _KEY.fullmatch(key):
        key = _flow(key)
    if isinstance(value, str) and "\n" in value and not _NOT_LITERAL.search(value):
        return f"{key}: {_literal(value)}"
    if isinstance(value, list | tuple) and any(isinstance(item, dict) for item in value):
        return f"{key}:\n" + "".join(f"  - {_flow(item)}\n" for item in value)
    return f"{key}: {_flow(value)}\n"


# What the emitter surely writes as it is, at the top and inside brackets, and what it surely quotes there. Asking it
# costs a tenth of a millisecond, most of what a new job costs, so it is asked about the rest only; a test compares.
_PLAIN = re.compile(r"[A-Za-z](?:[\w.()+,;/?=&-]|:(?=[/\w])| (?=[\w(]))*", re.ASCII)
_PLAIN_INSIDE = re.compile(r"[A-Za-z](?:[\w.()+;/=&-]| (?=[\w(]))*|(?!0b)(?=[0-9]*[a-f])[0-9a-f]+", re.ASCII)
_QUOTED_INSIDE = re.compile(r"[A-Za-z](?=[^:,]*[:,])[\w.()+,:;/?=&-]*|[1-9][0-9]*", re.ASCII)
_KEY = re.compile(r"(?!yes$|off$|true$|false$|null$)[a-z_]{3,60}")
_NOT_PLAIN = frozenset(("yes", "no", "on", "off", "true", "false", "null", "y", "n"))


def _flow(value: Any) -> str:
    """A value on one line, as PyYAML writes it."""
    text = _quick(value)
    return _emitted(value) if text is None else text


def _quick(value: Any, *, inside: bool = False) -> str | None:
    """What the emitter would write, where that is certain; None where it has to be asked."""
    if isinstance(value, str):
        if value.lower() in _NOT_PLAIN:
            return None
        if (_PLAIN_INSIDE if inside else _PLAIN).fullmatch(value):
            return value
        return f"'{value}'" if inside and _QUOTED_INSIDE.fullmatch(value) else None
    if isinstance(value, bool | int):
        return str(value).lower()
    if isinstance(value, list | tuple):
        items = [_quick(item, inside=True) for item in value]
        return None if None in items else f"[{', '.join(map(str, items))}]"
    if isinstance(value, dict) and all(isinstance(key, str) and _KEY.fullmatch(key) for key in value):
        pairs = [(key, _quick(item, inside=True)) for key, item in value.items()]
        return None if any(text is None for _, text in pairs) else f"{{{', '.join(f'{k}: {t}' for k, t in pairs)}}}"
    return None


def _emitted(value: Any) -> str:
    text: str = yaml.dump(
        value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, default_flow_style=True, width=2**31
    )
    return text.removesuffix("\n").removesuffix("\n...")


def _literal(text: str) -> str:
    body = text.rstrip("\n")
    tail = len(text) - len(body)
    indent = "2" if body.startswith((" ", "\t", "\n")) or not body else ""
    chomp = "-" if tail == 0 else "" if tail == 1 and body else "+"
    lines = [f"  {line}" if line else "" for line in body.split("\n")] if body else []
    return "\n".join([f"|{indent}{chomp}", *lines]) + "\n" + "\n" * (tail - 1 if body else tail)


def replace_keys(text: str, changes: Mapping[str, Any], order: Iterable[str], where: str = "") -> str:
    """`text` with top-level keys set (a value) or removed (None); all else, comments too, stays byte for byte.

    A new key goes to its place in `order`. Raises `StoreError` when `text` does not load.
    """
    data = text.encode()
    document = load(data, where, max_bytes=max(MAX_BYTES, len(data)), max_events=10**9)
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]  # not splitlines: it knows more line ends
    starts = {str(path[0]): line - 1 for path, (line, *_) in document.marks.items() if len(path) == 1}
    keys = sorted(starts, key=starts.__getitem__)
    blocks: list[tuple[str | None, list[str]]] = [(None, lines[: starts[keys[0]]] if keys else lines)]
    for position, key in enumerate(keys):
        end = starts[keys[position + 1]] if position + 1 < len(keys) else len(lines)
        blocks.append((key, lines[starts[key] : end]))
    ranks = {name: rank for rank, name in enumerate(order)}
    for name, value in changes.items():
        at = next((index for index, (key, _) in enumerate(blocks) if key == name), None)
        if at is not None:
            blocks[at] = (
                name,
                ([dump_key(name, value)] if value is not None else []) + _trailing_comments(blocks[at][1]),
            )
        elif value is not None:
            rank = ranks.get(name, len(ranks))
            before = [index for index, (key, _) in enumerate(blocks) if key is None or ranks.get(key, -1) < rank]
            blocks.insert(before[-1] + 1, (name, [dump_key(name, value)]))
    changed = "".join(line for _, block in blocks for line in block)
    wanted = {**document.value, **changes}
    wanted = {name: value for name, value in wanted.items() if value is not None or name not in changes}
    # A root in braces or an indented one has no lines of its own to change: then the whole is written anew.
    return (
        changed
        if _holds(changed, wanted)
        else dump({name: wanted[name] for name in sorted(wanted, key=lambda name: ranks.get(name, len(ranks)))})
    )


def _holds(text: str, wanted: Mapping[str, Any]) -> bool:
    try:
        found = load(text.encode(), "", max_bytes=10**9, max_events=10**9).value
    except StoreError:
        return False
    return found == load(dump(wanted).encode(), "", max_bytes=10**9, max_events=10**9).value


def _trailing_comments(block: list[str]) -> list[str]:
    """The comment and blank lines at column 0 that close a block: they belong to what follows."""
    kept: list[str] = []
    for line in reversed(block[1:]):
        if line.strip() and not line.startswith("#"):
            break
        kept.insert(0, line)
    return kept if any(line.startswith("#") for line in kept) else []

"""docs/cli.md: every command with its options and examples, made from the commands themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_HEAD = """# The command line

Made by `rolecall commands`; do not edit. `rolecall COMMAND --help` says the same in a terminal.

Each command works on the board in the folder where it is started, or in that of `-C`. What went wrong is told on
stderr, with the place, the problem and the mend; results are on stdout. `--now` is the day for which a command works:
with the same files and the same day it gives the same result. The variable SOURCE\\_DATE\\_EPOCH sets it, too.

## Exit codes

| Code | Meaning |
|---|---|
| 0 | good; boards that failed are named on stderr |
| 1 | a file has a problem, the run failed, or every board failed |
| 2 | wrong usage of the command line |
| 3 | some boards failed and the rest was saved; only with `--strict` |
| 130, 143 | it was stopped by Ctrl-C, or by `kill`; every file is as it was or as it shall be |
"""


@dataclass(frozen=True, slots=True)
class CommandHelp:
    """What the command line knows of a command: `options` are pairs of how it is written and what it does."""

    name: str
    usage: str
    help: str
    options: tuple[tuple[str, str], ...]


def cli_page(groups: Iterable[tuple[str, Iterable[CommandHelp]]]) -> str:
    """The page as Markdown."""
    lines = [_HEAD]
    for title, commands in groups:
        lines += [f"## {title}", ""]
        for command in commands:
            lines += _part(command)
    return "\n".join(lines)


def _part(command: CommandHelp) -> Iterator[str]:
    yield f"### rolecall {command.name}"
    yield ""
    yield f"`rolecall {command.name} {command.usage}`"
    yield ""
    for paragraph in command.help.split("\n\n"):
        if paragraph.startswith("\b"):  # click keeps the lines of such a paragraph as they are: examples
            shown = [line.strip() for line in paragraph.split("\n")[1:] if line.startswith("  ")]
            yield "\n".join(("```sh", *shown, "```", ""))
        else:
            yield f"{_plain(' '.join(paragraph.split()))}\n"
    if command.options:
        yield "| Option | What it does |"
        yield "|---|---|"
        for written, meaning in command.options:
            yield f"| `{_cell(written)}` | {_cell(_plain(' '.join(meaning.split())))} |"
        yield ""


def _plain(text: str) -> str:
    return text.replace("<", "&lt;").replace("*", "\\*").replace("[", "\\[").replace("_", "\\_")


def _cell(text: str) -> str:
    return text.replace("|", "\\|")

"""A company's board from an issue form: the line for config.yaml, by the address alone. Nothing is fetched."""

from __future__ import annotations

from pathlib import Path

from rolecall.address import web_address
from rolecall.commands.config_line import with_board
from rolecall.commands.recognise import already_named, recognise
from rolecall.config import Config, read_config
from rolecall.errors import ConfigError, RolecallError
from rolecall.normalise.text import clean_line

_MAX_COMPANY = 120


def board_line(path: Path, config: Config, address: str, company: str) -> tuple[str, str]:
    """The text of config.yaml with one board more, and its line.

    Raises `RolecallError` whose words are for the person who sent the form.
    """
    given = address.strip().removeprefix("<").removesuffix(">")
    safe = web_address(given if "://" in given else f"https://{given}")
    if safe is None or "." not in safe.split("/")[2]:
        what = f"{clean_line(address)[:120]!r} is not a web address."
        raise RolecallError("board", what, "Write it as in a browser: https://acme.example/jobs.")
    found = recognise(safe)
    if found is None:
        what = f"{safe[:200]!r} is the address of no vendor that is known here, and is not opened to look."
        hint = "Write where at the vendor the company's list stands, or wait: a maintainer can try `rolecall add`."
        raise RolecallError("board", what, hint)
    if (name := already_named(found, config)) is not None:
        raise RolecallError("board", f"is read already: {name}.", "Nothing needs to be added.")
    found = found.but(company=clean_line(company)[:_MAX_COMPANY] or None)
    try:
        return with_board(read_config(path), dict(found.entry), found.line, path.name).decode(), found.line
    except ConfigError as error:
        raise RolecallError("board", f"cannot be added: {error.what}", error.hint) from error

"""Files of the board's own folder as answers: what the source `file` asks is told from the disk, never the network.

The rules of the network hold: a cap on bytes, regular files only, no link and no way out of the folder.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from rolecall.errors import ForbiddenAddress, Gone, StoreError, TooLarge
from rolecall.fetch.answers import Answer, Exchange
from rolecall.files import inside, read_regular
from rolecall.sources.base import Request

SCHEME = "file:"
_HINT = "Name a file inside the board's folder, such as path: data/jobs.json."


def read_local(folder: Path, request: Request, *, max_bytes: int) -> Answer:
    """The file that `request` names (`file:data/jobs.csv`, relative to `folder`) as an answer of 200.

    Raises `ForbiddenAddress` for a path that leads out of the folder, a link or a device, `Gone` for no file, and
    `TooLarge`.
    """
    name = unquote(request.url.removeprefix(SCHEME))
    steps = name.split("/")
    if not request.url.startswith(SCHEME) or request.method != "GET":
        raise ForbiddenAddress(request.url[:80], "is no file of the board's folder.", _HINT)
    if any(not step.strip(". ") or set(step) & set("\\:\0") for step in steps):
        raise ForbiddenAddress(name[:80], "leads out of the board's folder.", _HINT)
    try:
        path = inside(folder, name)
        if not path.exists():
            raise Gone(name, "is not in the board's folder.", "Write the file there, or correct path in config.yaml.")
        body = read_regular(path, max_bytes=max_bytes)
    except StoreError as error:
        raise ForbiddenAddress(name, error.what, error.hint) from error
    if len(body) > max_bytes:
        raise TooLarge(name, f"is over {max_bytes:,} bytes.", "Cut the file into several boards.")
    return Answer(url=name, status=200, headers={}, body=body)


def with_files(exchange: Exchange, folder: Path, *, max_bytes: int) -> Exchange:
    """`exchange`, but what asks for a file is told from `folder`. For boards of the source `file` alone: no answer of
    a host may name a file."""

    async def ask(request: Request) -> Answer:
        if request.url.startswith(SCHEME):
            return read_local(folder, request, max_bytes=max_bytes)
        return await exchange(request)

    return ask

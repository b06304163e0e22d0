"""The code of templates, kept from one build to the next. Loaded by `render` alone, with jinja2."""

from __future__ import annotations

import marshal
import os
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import BytecodeCache

from rolecall.site import cache_file

if TYPE_CHECKING:
    from jinja2.bccache import Bucket


class Compiled(BytecodeCache):
    """The code of templates below `folder`, kept in a file from one build to the next.

    `key` stands for all that the code depends on beside the template's own text. Code is only read under that key, in
    bytes of its own: another Python's need not be readable at all.
    """

    def __init__(self, path: Path, key: str, folder: Path) -> None:
        self._path, self._key, self._folder = path, key, os.fspath(folder) + os.sep
        self._codes: dict[str, tuple[str, bytes]] = cache_file.load(path, key) or {}
        self._is_new = False

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """The name of a template that is kept; "" of any other."""
        return name if filename is not None and filename.startswith(self._folder) else ""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Called by jinja2 before it compiles."""
        checksum, code = self._codes.get(bucket.key, ("", b""))
        bucket.code = marshal.loads(code) if checksum == bucket.checksum else None  # noqa: S302 -- the user's own

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Called by jinja2 after it compiled."""
        if bucket.key and bucket.code is not None:
            self._codes[bucket.key] = bucket.checksum, marshal.dumps(bucket.code)
            self._is_new = True

    def save(self) -> None:
        """Write the file, if something was compiled that is not in it."""
        if self._is_new:
            cache_file.save(self._path, self._key, self._codes)
            self._is_new = False

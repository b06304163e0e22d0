"""The body of an answer under a cap that counts decoded bytes: 64 KB of gzip can hold 64 MB."""

from __future__ import annotations

import zlib

from rolecall.errors import PayloadError, TooLarge, Unreachable

ACCEPTED = "gzip"
_GZIP = 16 + zlib.MAX_WBITS
_PLAIN = ("", "identity")


class Body:
    """Takes the raw pieces of a body and gives the decoded whole. `encoding` is the header Content-Encoding.

    httpx decodes too, but a whole piece at a time and without a cap.
    """

    def __init__(self, where: str, encoding: str, max_bytes: int) -> None:
        self._where, self._max_bytes = where, max_bytes
        self._decoded, self._is_begun = bytearray(), False
        encoding = encoding.strip().lower()
        if encoding not in (*_PLAIN, "gzip", "x-gzip"):
            what = f"answers with the content-encoding {encoding[:40]!r}, and we asked for gzip."
            raise PayloadError(where, what, "Report it; the host may be at fault.")
        self._gzip = None if encoding in _PLAIN else zlib.decompressobj(_GZIP)

    def feed(self, piece: bytes) -> None:
        """Add a raw piece. Raises `TooLarge` as soon as the decoded bytes are over the cap."""
        if self._gzip is None:
            self._add(piece)
            return
        while piece:
            self._is_begun = True
            if self._gzip.eof:  # gzip files may stand one after the other
                self._gzip = zlib.decompressobj(_GZIP)
            room = self._max_bytes + 1 - len(self._decoded)
            try:
                self._add(self._gzip.decompress(piece, room))
            except zlib.error as error:
                raise Unreachable(self._where, "the compressed answer is broken.", "Try again later.") from error
            piece = self._gzip.unconsumed_tail or self._gzip.unused_data

    def whole(self) -> bytes:
        """The decoded body. Raises `Unreachable` when its end is missing."""
        if self._gzip is not None and self._is_begun and not self._gzip.eof:
            raise Unreachable(self._where, "the compressed answer ends too early.", "Try again later.")
        return bytes(self._decoded)

    def _add(self, piece: bytes) -> None:
        self._decoded += piece
        if len(self._decoded) > self._max_bytes:
            raise TooLarge(
                self._where, f"the answer is over {self._max_bytes:,} bytes.", "Check the address of the board."
            )

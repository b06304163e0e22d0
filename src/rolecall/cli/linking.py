"""Commands that ask whether jobs still stand: links."""

from __future__ import annotations

"""Commands that judge files: check."""

from __future__ import annotations

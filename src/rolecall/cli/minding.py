"""Commands that look after a board: doctor."""

from __future__ import annotations

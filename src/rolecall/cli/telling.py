"""Commands that say what changed: diff, announce."""

from __future__ import annotations

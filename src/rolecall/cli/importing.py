"""Commands that bring in another list: import."""

from __future__ import annotations

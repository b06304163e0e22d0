"""Commands for pull requests: review."""

from __future__ import annotations

"""Commands for what people send: from-issue."""

from __future__ import annotations

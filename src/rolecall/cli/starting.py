"""Commands that make something new: init, new."""

from __future__ import annotations

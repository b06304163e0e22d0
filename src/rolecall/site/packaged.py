"""Where the templates that come with rolecall lie."""

from __future__ import annotations

from pathlib import Path


def packaged_templates() -> Path:
    """The templates that come with rolecall: inside the installed package, or at the top of a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent.parent / "templates"

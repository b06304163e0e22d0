"""The theme's colours, for what no stylesheet reaches: pictures for social media, the browser's frame, the manifest."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rolecall.site.render import Renderer

# Where the variables stand, the first that sets one wins: a board's own sheet stands in for all or has the last word.
# In each, light comes before dark.
_SHEETS = (("site/static", "site.css"), ("site/style", "own.css"), ("site/style", "theme.css"))
_VARIABLE = re.compile(r"--(ground|text|muted|accent):\s*(#[0-9a-fA-F]{6})\s*;")


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours as `#rrggbb`: those of the light look, and the ground of the dark one."""

    ground: str = "#ffffff"
    text: str = "#17191c"
    muted: str = "#585e66"
    accent: str = "#0b57c2"
    ground_dark: str = "#121315"

    @classmethod
    def of(cls, renderer: Renderer) -> Colours:
        """What the stylesheet says in its variables; what it does not say in this form is as above."""
        found: dict[str, str] = {}
        for folder, name in _SHEETS:
            path = renderer.files(folder).get(name)
            text = path.read_text(encoding="utf-8", errors="replace") if path else ""
            said: dict[str, list[str]] = {}
            for variable, colour in _VARIABLE.findall(text):
                said.setdefault(variable, []).append(colour.lower())
            for variable, colours in said.items():
                found.setdefault(variable, colours[0])
                if variable == "ground" and len(colours) > 1:
                    found.setdefault("ground_dark", colours[1])
        return cls(**found)

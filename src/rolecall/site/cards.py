"""The pictures that a shared address is shown with: which there are, what they say, and where they are kept.

A picture costs a thousand times what a page's line of text does, so each is kept by what it says in `.cache/cards`: a
build into an empty folder draws none that an earlier one drew. Only `card` draws, and only when something is missing.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from rolecall.errors import BuildError, RolecallError
from rolecall.files import write_atomic
from rolecall.site import urls
from rolecall.site.artifact import fingerprint
from rolecall.site.colours import Colours

if TYPE_CHECKING:
    from rolecall.site.render import Renderer
    from rolecall.site.site import Site
    from rolecall.site.view import JobView

WIDTH_PX, HEIGHT_PX = 1200, 630
FOLDER = "cards"
FONTS = "site/card"
_KEPT = re.compile(r"[0-9a-f]{20}\.png")
_HEAD, _END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


@dataclass(frozen=True, slots=True)
class Card:
    """What one picture says. An empty text is left out."""

    title: str
    board: str
    company: str = ""
    where: str = ""
    pay: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """What all pictures of a board are drawn with. `bold`, `regular` and `other` are font files; `other` may be ""."""

    colours: Colours
    bold: str
    regular: str
    other: str = ""


class Cards:
    """The pictures of a site. None at all when its address is not known: a picture must be named in full."""

    def __init__(self, site: Site, renderer: Renderer, base: str, kept: Path | None, font: Path | None = None) -> None:
        """`kept` is a folder for pictures of earlier builds; `font` is the board's own, for letters that ours lack."""
        fonts = renderer.files(FONTS)
        self._site, self._base, self._kept, self._font = site, base, kept, font
        self.look = Look(
            Colours.of(renderer), str(fonts["bold.ttf"]), str(fonts["regular.ttf"]), str(font) if font else ""
        )

    @cached_property
    def of_jobs(self) -> Mapping[str, Card]:
        """By a job's id its picture: the first jobs of the board, as many as config.yaml asks for."""
        config = self._site.config
        shown = self._site.jobs[: config.site.cards] if self._base else ()
        return {view.id: Card(view.title, config.title, view.company, view.where, view.pay) for view in shown}

    @cached_property
    def of_board(self) -> Card | None:
        """The picture of all other pages."""
        config = self._site.config
        if not (self._base and config.site.cards):
            return None
        return Card(
            title=config.title, board=self._base.partition("://")[2].rstrip("/"), where=config.description or ""
        )

    def address(self, view: JobView | None = None) -> str:
        """The full address of the picture of a job's page, or of any other page; "" when there is none."""
        if view is not None and view.id in self.of_jobs:
            return urls.absolute(self._base, urls.card(view))
        return urls.absolute(self._base, urls.CARD) if self.of_board else ""

    def key(self, card: Card) -> str:
        """The name under which a picture is kept: it differs when anything differs that the drawing depends on."""
        return fingerprint(self._common, card.title, card.board, card.company, card.where, card.pay)

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of all pictures of the site."""
        cards = [*self.of_jobs.values(), *((self.of_board,) if self.of_board else ())]
        return frozenset(map(self.key, cards))

    @cached_property
    def _common(self) -> str:
        fonts = (self.look.bold, self.look.regular, self.look.other)
        digests = [_digest(Path(font)) for font in fonts if font]
        return fingerprint(repr(self.look.colours), *digests, _drawing())

    def draw(self, card: Card) -> bytes:
        """The picture: as an earlier build kept it, else drawn and kept."""
        path = self._kept / f"{self.key(card)}.png" if self._kept else None
        if path is not None:
            with suppress(OSError):
                data = path.read_bytes()
                if data.startswith(_HEAD) and data.endswith(_END):
                    return data
        data = self._drawn(card)
        if path is not None:
            with suppress(RolecallError):  # a full disk costs time at the next build, not this one
                write_atomic(path, data)
        return data

    def _drawn(self, card: Card) -> bytes:
        from rolecall.site.card import draw_card, readable

        for font in (self.look.bold, self.look.regular, self.look.other):
            if font and not readable(font):
                hint = "Name a font file (.ttf, .otf) below the board's folder in site.card_font."
                raise BuildError(font, "is not a font that can be read.", hint)
        return draw_card(card, self.look)

    def sweep(self) -> None:
        """Remove the kept pictures that this site does not show."""
        if self._kept is not None:
            _sweep(self._kept, {f"{key}.png" for key in self.keys})


def _sweep(folder: Path, used: Container[str]) -> None:
    with suppress(OSError):
        for path in folder.iterdir():
            if _KEPT.fullmatch(path.name) and path.name not in used:
                path.unlink(missing_ok=True)


def _digest(path: Path) -> str:
    try:
        return sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        hint = "Put the font there, or take site.card_font out of config.yaml."
        raise BuildError(str(path), f"cannot be read: {error.strerror}.", hint) from error


def _drawing() -> str:
    """What stands for the drawing itself: our program, and the version of the library (looked up, not imported)."""
    state = sha256((Path(__file__).parent / "card.py").read_bytes())
    found = find_spec("PIL")
    version = Path(found.origin).with_name("_version.py") if found is not None and found.origin else None
    if version is not None and version.is_file():
        state.update(version.read_bytes())
    return state.hexdigest()

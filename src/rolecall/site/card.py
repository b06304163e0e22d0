"""The only Pillow of the site: a job as a picture of 1200x630, for those who share its address.

Text is written with the fonts in `templates/site/card/` (Latin, Greek, Cyrillic), then with the board's own font. What
neither has the letters for is left out: a box says nothing. Without a shaper, Arabic would come out as loose letters in
the wrong order, so scripts that need one are written only where Pillow has it.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from PIL import Image, ImageChops, ImageDraw, ImageFont, features

from rolecall.site.cards import HEIGHT_PX, WIDTH_PX, Card, Look
from rolecall.site.wrapping import cut, holds, wrapped

_MARGIN_PX = 80
_WIDTH_PX = WIDTH_PX - 2 * _MARGIN_PX
_TOP_PX, _FOOT_PX = 40, 506  # between them the words stand in the middle
_TITLE_PX = ((84, 2), (72, 3), (60, 3))  # sizes with the number of lines that they may take, the first that holds all
_STEPS = 5  # of an ink, from the ground to itself; three inks and the ground are the 16 colours of half a byte
_SHAPED = frozenset(("AL", "R", "NSM"))  # classes of bidirectional text, and of marks that lean on a letter
Ink = Literal["text", "muted", "accent"]
_INKS: tuple[Ink, ...] = ("text", "muted", "accent")


@dataclass(frozen=True, slots=True)
class Face:
    """One font file. `shaped`: it is written with a shaper, right to left where the letters ask for it."""

    path: str
    shaped: bool = False

    def at(self, size_px: int) -> ImageFont.FreeTypeFont:
        """The font at a size."""
        return _font(self.path, size_px, self.shaped)

    def has(self, letter: str) -> bool:
        """Whether the font has a shape for this letter."""
        return _has(self.path, letter)

    def words(self, text: str) -> str:
        """`text` without the signs that the font lacks, or "" when it lacks a letter or a digit of it."""
        kept = []
        for letter in unicodedata.normalize("NFC", text):
            if self.has(letter):
                kept.append(letter)
            elif unicodedata.category(letter)[0] in "LN" or unicodedata.category(letter) in ("Mn", "Mc"):
                if not "\ufe00" <= letter <= "\ufe0f":  # of an emoji: whether it is coloured
                    return ""
            else:
                kept.append(" ")
        if not self.shaped and any(unicodedata.bidirectional(letter) in _SHAPED for letter in kept):
            return ""
        return " ".join("".join(kept).split())


@cache
def _font(path: str, size_px: int, shaped: bool) -> ImageFont.FreeTypeFont:
    engine = ImageFont.Layout.RAQM if shaped else ImageFont.Layout.BASIC
    return ImageFont.truetype(path, size_px, layout_engine=engine)


@cache
def _has(path: str, letter: str) -> bool:
    if letter == " ":
        return True
    font = _font(path, 24, False)
    return bytes(font.getmask(letter)) != _missing(path) and unicodedata.category(letter)[0] != "C"


@cache
def _missing(path: str) -> bytes:
    return bytes(_font(path, 24, False).getmask("\U0010fffd"))


def draw_card(card: Card, look: Look) -> bytes:
    """The picture as a PNG of 16 colours; the same card, look and Pillow give the same bytes."""
    sheet = _Sheet(look)
    title, company = sheet.fitting(card.title, bold=True), sheet.fitting(card.company)
    if title is None:
        # Whose job it is, large, is more than an empty place; and so is the board.
        title, company = sheet.fitting(card.company, bold=True) or sheet.fitting(card.board, bold=True), None
    blocks = [
        *_block(company, 38, 1, "accent", 10),
        *_block(title, *sheet.title_size(title), "text", 24),
        *_block(sheet.fitting(card.where), 36, 1, "muted", 8),
        *_block(sheet.fitting(card.pay, bold=True), 38, 1, "text", 8),
    ]
    rows = [(block, block.rows()) for block in blocks]
    y = (_TOP_PX + _FOOT_PX - sum(block.step_px * len(lines) + block.gap_px for block, lines in rows)) // 2
    for block, lines in rows:
        y = sheet.write(block, lines, y) + block.gap_px
    sheet.foot(card.board)
    return sheet.png()


Line = tuple[Face, str]


@dataclass(frozen=True, slots=True)
class _Block:
    """Text of one size and ink, on up to `most` lines, with a gap below."""

    face: Face
    words: str
    size_px: int
    most: int
    ink: Ink
    gap_px: int

    @property
    def step_px(self) -> int:
        return round(self.size_px * 1.22)

    def rows(self) -> list[str]:
        return wrapped(self.words, self.face.at(self.size_px).getlength, _WIDTH_PX, self.most)


def _block(line: Line | None, size_px: int, most: int, ink: Ink, gap_px: int) -> Iterator[_Block]:
    if line is not None:
        yield _Block(*line, size_px, most, ink, gap_px)


class _Sheet:
    """A sheet of three inks, each a layer of its own, so that 16 colours are enough for smooth letters."""

    def __init__(self, look: Look) -> None:
        shaper = bool(features.check("raqm"))
        others = (Face(look.other, shaped=shaper),) if look.other else ()
        self._look = look
        self._bold: tuple[Face, ...] = (Face(look.bold), *others)
        self._regular: tuple[Face, ...] = (Face(look.regular), *others)
        self._layers = {ink: Image.new("L", (WIDTH_PX, HEIGHT_PX)) for ink in _INKS}
        self._pens = {ink: ImageDraw.Draw(layer) for ink, layer in self._layers.items()}

    def fitting(self, text: str, *, bold: bool = False) -> Line | None:
        """The first font that can write `text`, and what it writes; None when there is none, or nothing to write."""
        for face in self._bold if bold else self._regular:
            if words := face.words(text):
                return face, words
        return None

    def title_size(self, line: Line | None) -> tuple[int, int]:
        """The largest size that takes the whole text, and on how many lines; the smallest when none does."""
        if line is not None:
            face, words = line
            for size_px, most in _TITLE_PX:
                if holds(words, face.at(size_px).getlength, _WIDTH_PX, most):
                    return size_px, most
        return _TITLE_PX[-1]

    def write(self, block: _Block, rows: Sequence[str], y: int) -> int:
        """Write rows of a block from `y` down; the `y` below them."""
        backward = block.face.shaped and _is_backward(block.words)
        x, anchor = (WIDTH_PX - _MARGIN_PX, "rs") if backward else (_MARGIN_PX, "ls")
        font = block.face.at(block.size_px)
        for row in rows:
            self._pens[block.ink].text((x, y + block.size_px), row, fill=255, font=font, anchor=anchor)
            y += block.step_px
        return y

    def foot(self, board: str) -> None:
        """A stripe at the upper edge; the board's mark and its title at the lower one."""
        mark = _mark()
        self._pens["accent"].rectangle((0, 0, WIDTH_PX, 15), fill=255)
        self._layers["accent"].paste(mark, (_MARGIN_PX, _FOOT_PX + 16))
        line = self.fitting(board)
        if line is not None:
            face, words = line
            font, start = face.at(30), _MARGIN_PX + mark.width + 20
            row = cut(words, font.getlength, WIDTH_PX - _MARGIN_PX - start)
            self._pens["muted"].text((start, _FOOT_PX + 53), row, fill=255, font=font, anchor="ls")

    def png(self) -> bytes:
        """All layers as one picture."""
        whole = Image.new("L", (WIDTH_PX, HEIGHT_PX))
        for number, ink in enumerate(_INKS):
            steps = [round(level * _STEPS / 255) for level in range(256)]
            layer = self._layers[ink].point([step and step + number * _STEPS for step in steps])
            whole = ImageChops.lighter(whole, layer)
        picture = Image.frombytes("P", whole.size, whole.tobytes())
        picture.putpalette(self._palette())
        target = io.BytesIO()
        picture.save(target, format="PNG", bits=4, compress_level=6)
        return target.getvalue()

    def _palette(self) -> list[int]:
        ground = _rgb(self._look.colours.ground)
        palette = list(ground)
        for ink in _INKS:
            full = _rgb(getattr(self._look.colours, ink))
            for step in range(1, _STEPS + 1):
                palette += (g + (f - g) * step // _STEPS for g, f in zip(ground, full, strict=True))
        return palette


@cache
def _mark() -> Image.Image:
    """The board's icon, drawn large and made small: smooth edges."""
    large = Image.new("L", (256, 256))
    pen = ImageDraw.Draw(large)
    pen.rounded_rectangle((0, 0, 255, 255), radius=56, fill=255)
    for y, end in ((72, 164), (116, 204), (160, 140)):
        pen.rounded_rectangle((52, y, end, y + 24), radius=12, fill=0)
    return large.resize((52, 52), Image.Resampling.BOX)


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


def _is_backward(words: str) -> bool:
    """Whether the text runs from right to left: its first letter with a direction says so."""
    kinds = (unicodedata.bidirectional(letter) for letter in words)
    return next((kind for kind in kinds if kind in ("L", "R", "AL")), "L") != "L"


def readable(path: str) -> bool:
    """Whether the file is a font that Pillow can use."""
    try:
        ImageFont.truetype(path, 24, layout_engine=ImageFont.Layout.BASIC)
    except (OSError, ValueError):
        return False
    return True

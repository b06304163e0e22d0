"""Any markup as a few simple blocks: the form in which descriptions are stored, compared and shown.

A document is a row of p, h3, h4, pre, ul, ol and blockquote; paragraphs hold inline tags only, list items hold inline
tags and blocks, but no p. All tags are opened only when their first word arrives, so nothing empty is ever written,
and writing the form again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rolecall.markup import clean
from rolecall.markup.containers import Containers
from rolecall.markup.inline import REL, Inline
from rolecall.markup.known import is_clean


def sanitise(html: str) -> str:
    """`html` as the blocks above: safe to show, balanced, one block end per line; "" when there is no text.

    The top level of heading in use becomes h3, all lower ones h4. Tables become one paragraph a row. A link keeps its
    address only when it is http(s) or a plain mailto:. `sanitise(sanitise(x)) == sanitise(x)`.
    """
    return html if is_clean(html) else written(html)


def written(html: str) -> str:
    """What `sanitise` gives, made anew whatever `html` is."""
    writer = _Writer()
    parts = clean.tokens(html)
    for text, tag in zip(parts[::2], parts[1::2], strict=False):
        if text:
            writer.text(text)
        writer.tag(tag)
    writer.text(parts[-1])
    return writer.done()


class _Writer:
    """Collects the blocks: what the markup says comes in, what stands between tags and words is decided late."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.containers = Containers(self.out)
        self.inline = Inline(self.out)
        self.leaf = ""  # the open block of text: p, h, pre, li; "" when none is open
        self.headings: list[tuple[int, int, str]] = []  # (index in out, level, "<" or "</"), named in done()
        self.levels: list[int] = []  # levels of the heading tags that are open in the markup
        self.pre = 0
        # What stands between the last word and the next one, if they share a block.
        self.space = ""
        self.breaks = 0

    # --- what the markup says ---

    def text(self, text: str) -> None:
        if self.pre:
            self._preformatted(text)
            return
        words = text.split()
        if not words:
            self.space = self.space or (" " if text else "")
            return
        if text[0].isspace():
            self.space = self.space or " "
        self._place()
        self.out.append(" ".join(words))
        self.space = " " if text[-1].isspace() else ""

    def tag(self, tag: str) -> None:
        action = _ACTIONS.get(tag)
        if action is None:  # only links have attributes
            self.inline.start("a", f'{tag[:-1]} rel="{REL}">')
        else:
            action(self)

    def done(self) -> str:
        self._end_leaf()
        self.containers.close()
        top = min((level for _, level, _ in self.headings), default=0)
        for index, level, bracket in self.headings:
            end = "\n" if bracket == "</" else ""
            self.out[index] = f"{bracket}{'h3' if level == top else 'h4'}>{end}"
        return "".join(self.out)

    # --- blocks of text ---

    def _place(self) -> None:
        """Open what the next word needs: containers, a block, inline tags; and what separates it from the last word."""
        if self.breaks > 1 and self.leaf == "p":
            self._end_leaf()
        if self.leaf:
            self._place_inline("<br>" if self.breaks else self.space)
        else:
            self._open_leaf()
            self._place_inline("")
        self.breaks = 0
        self.space = ""

    def _place_inline(self, between: str) -> None:
        self.inline.place(between, in_heading=self.leaf == "h", is_bold=self.leaf == "li" and bool(self.levels))

    def _line_break(self) -> None:
        if self.pre:
            self.space += "\n" if self.leaf else ""
        elif self.leaf == "h":
            self.space = self.space or " "
        elif self.leaf:
            self.breaks += 1

    def _open_leaf(self) -> None:
        in_item = self.containers.open()
        if self.pre:
            self.leaf = "pre"
            self.out.append("<pre>")
        elif in_item:
            self.leaf = "li"
            # Between the last words and these stood a block that turned out to be empty.
            if not self.out[-1].endswith(("<li>", "\n")):
                self.out.append("<br>")
        elif self.levels:
            self.leaf = "h"
            self._heading("<")
        else:
            self.leaf = "p"
            self.out.append("<p>")

    def _heading(self, bracket: str) -> None:
        level = self.levels[-1] if bracket == "<" else self.headings[-1][1]
        self.headings.append((len(self.out), level, bracket))
        self.out.append("")

    def _end_leaf(self) -> None:
        self.inline.close()
        if self.leaf == "h":
            self._heading("</")
        elif self.leaf in ("p", "pre"):
            self.out.append(f"</{self.leaf}>\n")
        self.leaf = ""
        self.space = ""
        self.breaks = 0

    def _paragraph(self) -> None:
        """A paragraph ends here, or starts: in a list item that is a line break."""
        if self.leaf == "li":
            self.breaks = max(self.breaks, 1)
        elif self.leaf == "pre":
            self.space = self.space if "\n" in self.space else "\n"
        else:
            self._end_leaf()

    def _preformatted(self, text: str) -> None:
        if not self.leaf:
            # The parser drops a line end that follows <pre>, so one must never be written there.
            text = text.lstrip("\n")
        body = text.rstrip()
        if not body:
            self.space += text if self.leaf else ""
            return
        space = self.space
        if self.leaf == "pre":
            self._place_inline(space)
        else:
            self._end_leaf()
            self._open_leaf()
            self._place_inline("")
        self.out.append(body)
        self.space = text[len(body) :]

    def _start_heading(self, level: int) -> None:
        self._paragraph()
        self.levels.append(level)

    def _end_heading(self) -> None:
        self._paragraph()
        self.levels.pop()

    def _start_cell(self) -> None:
        if self.leaf:
            self.space = " · "

    def _end_cell(self) -> None:
        pass

    def _switch_pre(self, step: int) -> None:
        self._end_leaf()
        self.pre += step

    def _enter(self, name: str) -> None:
        self._paragraph() if self.containers.is_full else self._end_leaf()
        self.containers.enter(name)

    def _leave(self) -> None:
        self._paragraph() if self.containers.too_deep else self._end_leaf()
        self.containers.leave()


def _start_inline(writer: _Writer, name: str, tag: str | None) -> None:
    writer.inline.start(name, tag)


def _end_inline(writer: _Writer, name: str) -> None:
    writer.inline.end(name)


def _actions() -> dict[str, Callable[[_Writer], None]]:
    """What each tag without attributes does."""
    found: dict[str, Callable[[_Writer], None]] = {
        "<br>": _Writer._line_break,
        "<pre>": partial(_Writer._switch_pre, step=1),
        "</pre>": partial(_Writer._switch_pre, step=-1),
    }
    for name in clean.PARAGRAPHS:
        found[f"<{name}>"] = found[f"</{name}>"] = _Writer._paragraph
    for name in clean.CELLS:
        found[f"<{name}>"], found[f"</{name}>"] = _Writer._start_cell, _Writer._end_cell
    for name in clean.INLINE:
        # A link that lost its address is no link.
        found[f"<{name}>"] = partial(_start_inline, name=name, tag=None if name == "a" else f"<{name}>")
        found[f"</{name}>"] = partial(_end_inline, name=name)
    for name in clean.HEADINGS:
        found[f"<{name}>"] = partial(_Writer._start_heading, level=int(name[1]))
        found[f"</{name}>"] = _Writer._end_heading
    for name in clean.LISTS | {"li", "blockquote"}:
        found[f"<{name}>"], found[f"</{name}>"] = partial(_Writer._enter, name=name), _Writer._leave
    return found


_ACTIONS = _actions()

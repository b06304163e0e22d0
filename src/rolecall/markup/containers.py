"""Lists, their items and quotations: where the next text belongs, mended to what HTML allows, opened only for text."""

from __future__ import annotations

_MAX_NESTING = 12

# A plus sign marks a container that the markup left out (round a stray li, round text in a ul); "=" is a list that
# stands directly in a list and adds nothing to it.
_LISTS = frozenset({"ul", "ol", "ul+", "="})
_IMPLIED = frozenset({"ul+", "li+"})
_ITEMS = frozenset({"li", "li+"})
_ITEM_END = "</li>\n"


class Containers:
    """The containers on the way to the next text, outermost first; the first `_opened` of them are written to `out`.

    Whoever calls ends the open paragraph first.
    """

    def __init__(self, out: list[str]) -> None:
        self._out = out
        self._path: list[str] = []
        self._opened = 0
        self.too_deep = 0  # containers that are open in the markup and left out here

    @property
    def is_full(self) -> bool:
        """Whether a further container is left out, with no more than a new paragraph in its place."""
        return self.too_deep > 0 or len(self._path) >= _MAX_NESTING

    def enter(self, name: str) -> None:
        """The markup opens ul, ol, li or blockquote."""
        if self.is_full:
            self.too_deep += 1
            return
        top = self._path[-1] if self._path else ""
        if name == "li":
            if top == "li+":
                self._pop()
            elif top not in _LISTS:
                self._path.append("ul+")
        elif name == "blockquote":
            if top == "ul+":
                self._pop()
            elif top in _LISTS:
                self._path.append("li+")
        elif top in _LISTS:
            name = self._list_in_list(name)
        self._path.append(name)

    def leave(self) -> None:
        """The markup closes what it opened last."""
        if self.too_deep:
            self.too_deep -= 1
            return
        while self._path[-1] in _IMPLIED:
            self._pop()
        self._pop()

    def open(self) -> bool:
        """Write the start tags that text needs here; whether it stands in a list item."""
        while self._path and self._path[-1] == "ul+":
            self._pop()
        if self._path and self._path[-1] in _LISTS:
            self._path.append("li+")
        self._out.extend(f"<{name.rstrip('+')}>" for name in self._path[self._opened :] if name != "=")
        self._opened = len(self._path)
        return bool(self._path) and self._path[-1] in _ITEMS

    def close(self) -> None:
        """Write the end tags of all that is open."""
        while self._path:
            self._pop()

    def _pop(self) -> None:
        name = self._path.pop()
        if self._opened > len(self._path):
            self._opened -= 1
            if name != "=":
                self._out.append(_ITEM_END if name in _ITEMS else f"</{name.rstrip('+')}>\n")

    def _list_in_list(self, name: str) -> str:
        """Google Docs and Word put a nested list beside the item that it belongs to: take it back into that item."""
        if self._opened < len(self._path) or self._out[-1] != _ITEM_END:
            return "="
        self._out.pop()
        self._path.append("li+")
        self._opened += 1
        return name

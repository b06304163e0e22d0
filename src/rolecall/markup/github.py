"""A description as it may stand in a cell of a table in a README on GitHub.

GitHub reads the table as a block of raw HTML that ends at the first blank line, drops every attribute that it does not
know, and puts each heading into its outline; its later filters replace emoji codes in any text.
"""

from __future__ import annotations

import re

from rolecall.markup import clean
from rolecall.markup.blocks import sanitise
from rolecall.markup.text import unescape

_MAX_WORD = 30
_PIECE = 15
_WORD_JOINER = "\u2060"
_HREF = re.compile(r'href="([^"]*)"')
# Chinese, Japanese and Korean break anywhere, all words break at hyphens: neither needs our help.
_LONG_WORD = re.compile(rf"[^\s\u2010-\u2015\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef-]{{{_MAX_WORD + 1},}}")
_JOINED = "\u0300-\u036f\u200c\u200d\ufe00-\ufe0f\U0001f3fb-\U0001f3ff"
_BETWEEN_PIECES = re.compile(rf"(.{{{_PIECE}}})(?=[^{_JOINED}])(?<!\u200d)")
_EMOJI_CODE = re.compile(r":(?=[A-Za-z0-9_+-]+:)")
_MENTION = re.compile(r"(?<![\w@.])@(?=\w)")
_MARKDOWN = {character: f"&#{ord(character)};" for character in "\\`*_{}[]|~$#"}
_ESCAPES = str.maketrans(_MARKDOWN | {"<": "&lt;", ">": "&gt;", "&": "&amp;"})
_ESCAPED = re.compile(f"[{re.escape(''.join(map(chr, _ESCAPES)))}]")
_REPLACED = {
    "<h3>": "<p><b>",
    "</h3>": "</b></p>",
    "<h4>": "<p><b>",
    "</h4>": "</b></p>",
    "<pre>": "<p><code>",
    "</pre>": "</code></p>",
}


def github_html(html: str) -> str:
    """`html` on one line, in tags and attributes that GitHub keeps, with text that no markdown or filter acts upon.

    Headings become bold paragraphs, preformatted text lines of code; words over 30 characters get soft hyphens.
    """
    out: list[str] = []
    in_pre = False
    parts = clean.split(sanitise(html))
    for text, tag in zip(parts[::2], [*parts[1::2], ""], strict=True):
        if in_pre:
            out.append(_lines(text))
        elif text:
            # Line ends stand only between blocks there, where they say nothing.
            out.append(github_text(unescape(text.lstrip("\n"))))
        if tag in ("<pre>", "</pre>"):
            in_pre = tag == "<pre>"
        if not (in_pre and tag in ("<code>", "</code>")):
            out.append(_tag(tag))
    return "".join(out)


def github_text(text: str, *, soften: bool = True) -> str:
    """Plain text (not HTML) escaped for a README's HTML: on one line, long words softened, nothing in it acts.

    Without `soften` a word stays as it is, so that people can copy it.
    """
    words = text.split()
    if not words:
        return " " if text else ""
    line = " ".join(words)
    # What most texts do not hold is looked for first: a search is cheap, a replacement is not.
    if soften and len(line) > _MAX_WORD and max(map(len, words)) > _MAX_WORD:
        line = _LONG_WORD.sub(lambda found: _BETWEEN_PIECES.sub("\\1\u00ad", found[0]), line)
    # Entities are decoded before the filters look, so only a character that breaks the pattern keeps them off.
    if line.count(":") > 1:
        line = _EMOJI_CODE.sub(f":{_WORD_JOINER}", line)
    if "@" in line:
        line = _MENTION.sub(f"@{_WORD_JOINER}", line)
    if _ESCAPED.search(line):
        line = line.translate(_ESCAPES)
    return f"{' ' if text[0].isspace() else ''}{line}{' ' if text[-1].isspace() else ''}"


def _lines(text: str) -> str:
    """Preformatted text: line ends as <br>, indentation as no-break spaces."""
    lines = unescape(text).expandtabs(4).split("\n")
    return "<br>".join("&nbsp;" * (len(line) - len(line.lstrip())) + github_text(line.lstrip()) for line in lines)


def _tag(tag: str) -> str:
    if not tag.startswith("<a"):
        return _REPLACED.get(tag, tag)
    address = _HREF.search(tag)
    return f'<a href="{address[1]}">' if address else tag

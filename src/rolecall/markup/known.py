"""Markup that is surely what `sanitise` writes, known at a look: then cleaning it again would change no byte.

Told by what it is made of, never by who wrote it: paragraphs, headings and flat lists in the very form of `blocks`,
with no tag but bold, italics, code and links, and no attribute but a link's. Whatever is not of this form goes the long
way, which costs time and nothing else; that nothing is let in wrongly, `tests/markup/test_known.py` holds.
"""

from __future__ import annotations

import re

from rolecall.address import web_address
from rolecall.markup.clean import MAX_CHARS, may_hold_unseen
from rolecall.markup.inline import REL

_TEXT = "(?:[^<>&\n]++|&(?:amp|lt|gt);)++"
_WORDS = f"(?! ){_TEXT}(?<! )"  # no space where a tag begins or ends
_TAG = "|".join(
    (
        *(f"<{name}>{_WORDS}</{name}>" for name in ("strong", "b", "em", "i", "code")),
        f'<a href="[^"<>&\\s]++" rel="{REL}">{_WORDS}</a>',
    )
)
# Two inline tags always have words between them: without, they would be written as one, or with the space elsewhere.
_INLINE = f"(?!</| )(?:{_TEXT})?+(?:(?:{_TAG})(?:(?! <){_TEXT}|(?=</(?:p|li)>)))*+(?<! )"
_BLOCKS = re.compile(
    f"(?:<p>{_INLINE}</p>\n|<h([34])>{_WORDS}</h\\1>\n"
    f"|<ul>(?:<li>{_INLINE}</li>\n)++</ul>\n|<ol>(?:<li>{_INLINE}</li>\n)++</ol>\n)*+"
)
_HREF = re.compile('<a href="([^"]*)"')


def is_clean(html: str) -> bool:
    """Whether `html` is of a form that `sanitise` gives back as it is. False says nothing."""
    # All white space but spaces and line ends is among what is not printable.
    if len(html) > MAX_CHARS or "  " in html or may_hold_unseen(html) or not _BLOCKS.fullmatch(html):
        return False
    if "<h4>" in html and "<h3>" not in html:
        return False
    return "<a " not in html or all(web_address(address) == address for address in _HREF.findall(html))

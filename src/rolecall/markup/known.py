"""Markup that is surely what `sanitise` writes, known at a look: then cleaning it again would change no byte.

Told by what it is made of, never by who wrote it: paragraphs, headings and flat lists in the very form of `blocks`,
with no tag but bold, italics, code and links, and no attribute but a link's. Whatever is not of this form goes the long
way, which costs time and nothing else; that nothing is let in wrongly, `tests/markup/test_known.py` holds.
"""

from __future__ import annotations

import re
from functools import cache

from rolecall.address import web_address
from rolecall.markup.clean import MAX_CHARS, may_hold_unseen
from rolecall.markup.inline import REL


@cache
def _blocks(character: str) -> re.Pattern[str]:
    """The form, when `character` is what a text may hold besides entities; its group is there when there is an h4.

    Made when it is needed, which takes a millisecond or two.
    """
    text = f"(?:{character}++|&(?:amp|lt|gt);)++"
    words = f"(?! ){text}(?<! )"  # no space where a tag begins or ends
    tag = "|".join(
        (
            *(f"<{name}>{words}</{name}>" for name in ("strong", "b", "em", "i", "code")),
            f'<a href="[^"<>&\\s]++" rel="{REL}">{words}</a>',
        )
    )
    # Two inline tags always have words between them: else they would be written as one, or with the space elsewhere.
    inline = f"(?!</| )(?:{text})?+(?:(?:{tag})(?:(?! <){text}|(?=</(?:p|li)>)))*+(?<! )"
    return re.compile(
        f"(?:<p>{inline}</p>\n|<h3>{words}</h3>\n|<h(4)>{words}</h4>\n"
        f"|<ul>(?:<li>{inline}</li>\n)++</ul>\n|<ol>(?:<li>{inline}</li>\n)++</ol>\n)*+"
    )


_ANY = "[^<>&\n]"
_ASCII = "[ -%'-;=?-~]"  # of the same what is printable, in half the time
_HREF = re.compile('<a href="([^"]*)"')


def is_clean(html: str) -> bool:
    """Whether `html` is of a form that `sanitise` gives back as it is. False says nothing."""
    # All white space but spaces and line ends is among what is not printable.
    if len(html) > MAX_CHARS or "  " in html or (not html.isascii() and may_hold_unseen(html)):
        return False
    found = _blocks(_ASCII if html.isascii() else _ANY).fullmatch(html)
    if found is None or (found[1] and "<h3>" not in html):
        return False
    return all(web_address(address) == address for address in _HREF.findall(html))

"""Tables are put into a text that was made without them."""

from __future__ import annotations

import pytest

from rolecall.site.readme_press import Tables, squeezed

ONE, TWO = "<table>\n<tr>rolecall-tables-1-stand-here</tr>\n</table>\n", "<table>\n</table>\n\n<table>\n</table>\n"


@pytest.mark.parametrize(
    "text", ["{0}", "\n\n{0}\n\n\n\nand\n\n\n{1}\n", "{0}{1}", "none", "a\n\n\n\nb\n", "{1}\n{0}x"]
)
def test_the_text_is_as_if_the_tables_had_been_in_it(text: str) -> None:
    tables = Tables()
    made = text.format(tables.line(ONE), tables.line(TWO))
    assert tables.put_into(made) == squeezed(text.format(ONE, TWO))


def test_no_table_leaves_nothing_behind() -> None:
    tables = Tables()
    assert tables.put_into(f"a\n\n{tables.line('')}\nb") == "a\n\nb"

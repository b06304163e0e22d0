"""Text for XML: what no parser reads is left out, and nothing else."""

from __future__ import annotations

import pytest

from rolecall.site.xml import element, xml_only

FORBIDDEN = {
    *range(0x09),
    0x0B,
    0x0C,
    *range(0x0E, 0x20),
    *range(0xD800, 0xE000),
    *range(0xFDD0, 0xFDF0),
    0xFFFE,
    0xFFFF,
}


@pytest.mark.parametrize("around", ["", "one\ntwo ", "eins\n–\U0001f600 ", "한국어\n，"])
def test_exactly_what_xml_forbids_is_left_out(around: str) -> None:
    for code in range(0x11000):
        expected = around * 2 if code in FORBIDDEN else around + chr(code) + around
        assert xml_only(around + chr(code) + around) == expected


def test_text_that_is_only_forbidden_is_none() -> None:
    assert element("title", "\x00\ufffe") == ""
    assert element("title", "R&D\x00 <b>") == "<title>R&amp;D &lt;b&gt;</title>"

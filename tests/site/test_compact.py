"""Compact JSON is what json makes of it, long texts too."""

from __future__ import annotations

import json

import pytest

from rolecall.site.compact import compact_json

LONG = "<p>Cooks & bakers wanted.</p>\n" * 40
TEXTS = (LONG, f'{LONG}"\\', f"{LONG}\x00\x1f\t\r\b", f"{LONG}ä€𝄞\u2028\x7f", f"\ud800{LONG}")


@pytest.mark.parametrize(
    "value",
    [
        *({"text": text} for text in TEXTS),
        {"a": 1, "text": LONG, "b": {"c": [LONG, None]}, "d": 'x"\n', "e": LONG, 'f"': LONG, 7: LONG, "g": True},
        {"text": LONG, "short": ""},
        {"short": "", "text": LONG},
        {},
        [],
        [LONG],
        LONG,
        None,
    ],
)
def test_it_says_the_same(value: object) -> None:
    assert compact_json(value) == json.dumps(value, ensure_ascii=False, separators=(",", ":"))

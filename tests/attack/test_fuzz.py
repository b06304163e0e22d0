"""The targets of bench/fuzz, fed by hypothesis: pieces of what each reads, and any bytes; and what was found before."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

FILE = Path(__file__).resolve().parents[2] / "bench" / "fuzz" / "targets.py"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz_targets", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


FUZZ = load()
# By target, what a fuzzer found: each of these broke something once.
FOUND: dict[str, tuple[bytes, ...]] = {
    "lists": (
        b"\x00| Company | Role | Apply |\n|---|---|---|\n| a | b | [Apply](https://[::1) |\n",
        b"\x00# \n| Company | Role | Apply |\n|---|---|---|\n| a | b | [c](https://d.example) |\n",
        b"g\r\x00",
        b"g\x00\x00",
    ),
    "yaml": (b"? \n", b"'a: b': 1\n", b"'# x': 1\n", b'"- a": [1]\n', b"? 'a\n\n  b'\n: |\n  x\n"),
}


def pieces(name: str) -> st.SearchStrategy[bytes]:
    """Texts made of the words and signs of the seeds, with some strange ones between."""
    words = {word for seed in FUZZ.SEEDS[name] for word in re.findall(r"\w+|\s+|[^\w\s]+", seed)}
    odd = ("\ufeff", "\u2028", "\x00", "\r", "\U0001f512", "&#1;", "\u202e", "9" * 50, "-", "%", "{{", "]")
    text = st.lists(st.sampled_from(sorted(words | set(odd))), max_size=40).map("".join)
    whole = st.sampled_from(FUZZ.SEEDS[name])
    cut = st.tuples(whole, text, st.integers(0, 200)).map(
        lambda made: made[0][: made[2]] + made[1] + made[0][made[2] :]
    )
    return (text | cut).map(str.encode) | st.binary(max_size=200)


@pytest.mark.parametrize("name", FUZZ.TARGETS)
@settings(max_examples=40)
@given(data=st.data())
def test_no_input_breaks_what_holds(name: str, data: st.DataObject) -> None:
    FUZZ.TARGETS[name](data.draw(pieces(name)))


@pytest.mark.parametrize(("name", "given_bytes"), [(name, one) for name, found in FOUND.items() for one in found])
def test_what_was_found_before_stays_mended(name: str, given_bytes: bytes) -> None:
    FUZZ.TARGETS[name](given_bytes)


@pytest.mark.parametrize("name", FUZZ.TARGETS)
def test_the_seeds_hold(name: str) -> None:
    for seed in FUZZ.SEEDS[name]:
        FUZZ.TARGETS[name](seed.encode())

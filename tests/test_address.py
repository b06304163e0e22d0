"""Which addresses may be linked, and how they are written."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rolecall import address
from rolecall.address import canonical, host_of, web_address

# given => linked as; "-" is refused
CASES = """
https://acme.example                      => https://acme.example/
HTTPS://ACME.example/Jobs?id=1&x=a b      => https://acme.example/Jobs?id=1&x=a%20b
https://bücher.example/stelle             => https://xn--bcher-kva.example/stelle
https://acme.example/(cook)               => https://acme.example/(cook)
https://acme.example/<b>                  => https://acme.example/%3Cb%3E
https://acme.example:8443/x               => https://acme.example:8443/x
http://[2001:db8::1]/x                    => http://[2001:db8::1]/x
https://acme.example/%7Eana               => https://acme.example/%7Eana
javascript:alert(1)                       => -
java\\tscript:alert(1)                    => -
data:text/html,x                          => -
//acme.example/x                          => -
https:acme.example                        => -
https:///acme.example                     => -
\\\\\\\\acme.example                          => -
https://acme.example\\\\@evil.example/      => -
https://user:secret@acme.example/         => -
https://acme.example/\\x00                 => -
https://acme.example/\\u202egnp.exe        => -
https://acme .example/                    => -
https://-acme.example/                    => -
ftp://acme.example/                       => -
acme.example/jobs                         => -
"""
ROWS = [tuple(part.strip() for part in line.split("=>")) for line in CASES.strip().splitlines()]


@pytest.mark.parametrize(("given", "expected"), ROWS)
def test_only_plain_web_addresses_are_linked(given: str, expected: str) -> None:
    text = given.encode("latin-1", "backslashreplace").decode("unicode_escape") if "\\" in given else given
    assert (web_address(text) or "-") == expected


def test_an_address_that_is_written_stays_as_it_is() -> None:
    for _, expected in ROWS:
        if expected != "-":
            assert web_address(expected) == expected


def test_no_address_and_an_endless_one_are_refused() -> None:
    assert web_address(None) is None
    assert web_address("https://acme.example/" + "x" * 3_000) is None


def test_tracking_does_not_make_two_addresses_differ() -> None:
    assert canonical("https://www.acme.example/jobs/1/?utm_source=x&id=2") == canonical(
        "http://acme.example/jobs/1?id=2&gh_src=y"
    )
    assert canonical("https://acme.example/jobs?id=1") != canonical("https://acme.example/jobs?id=2")


def test_the_host_is_shown_without_www() -> None:
    assert host_of("https://www.acme.example/x") == "acme.example"


@pytest.mark.parametrize("address", ["https://[::1", "https://[x]/", "https://\u2100.example]/", "", "x"])
def test_what_is_no_address_has_no_host(address: str) -> None:
    """Other lists hold such links, and one of them must not end an import."""
    assert host_of(address) == ""


_SIGNS = st.sampled_from("aZ0-._~:/?#@%[]!$&'()*+,;= \\\t\n<|ü") | st.sampled_from(
    [
        "https://",
        "http://",
        "HTTP://",
        "acme.example",
        "www.",
        "x" * 63,
        "/..",
        "//",
        ":443",
        "%zz",
        "\u202e",
        "a" * 64,
        "x." * 127,
    ]
)


@given(
    st.lists(_SIGNS, max_size=8).map("".join)
    | st.lists(_SIGNS, max_size=6).map(lambda signs: f"https://a{''.join(signs)}")
)
@settings(max_examples=2_000)
def test_an_address_known_at_a_look_is_what_the_long_way_gives(text: str) -> None:
    assert web_address(text) == (address._rewritten(text) if text else None)


@given(
    st.lists(_SIGNS, max_size=8).map("".join)
    | st.lists(_SIGNS, max_size=6).map(lambda signs: f"https://a{''.join(signs)}")
)
@settings(max_examples=2_000)
def test_a_host_known_at_a_look_is_that_of_the_address(text: str) -> None:
    try:
        host = urlsplit(text).hostname or ""
    except ValueError:
        host = ""
    assert host_of(text) == host.removeprefix("www.")


def test_most_addresses_are_known_at_a_look() -> None:
    assert address._PLAIN.fullmatch("https://jobs.acme.example/openings/810?lang=en&for=acme#apply")

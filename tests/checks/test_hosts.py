"""Whose a host is."""

from __future__ import annotations

import pytest

from rolecall.checks import hosts
from rolecall.checks.link import looks_like, without_tracking

OWNED = {
    "acme.example": "acme.example",
    "jobs.eu.acme.example": "acme.example",
    "jobs.acme.co.uk": "acme.co.uk",
    "careers.acme.com.au": "acme.com.au",
    "acme.de": "acme.de",
    "co.de": "co.de",
    "acme.github.io": "acme.github.io",
    "www.acme.pages.dev": "acme.pages.dev",
    "localhost": "localhost",
}


@pytest.mark.parametrize("host", OWNED)
def test_the_part_that_one_owner_registers(host: str) -> None:
    assert hosts.registrable(host) == OWNED[host]


@pytest.mark.parametrize("host", ["harbour.example", "ace.example", "macme-lager.example", "brine.github.io"])
def test_a_host_that_is_merely_another_is_no_twin(host: str) -> None:
    assert not looks_like(host, "acmeworks.example")


@pytest.mark.parametrize(
    "host", ["acmeworks-jobs.example", "acme-works.example", "acmew0rks.example", "acmeworks.example.evil.test"]
)
def test_a_twin_is_seen(host: str) -> None:
    assert looks_like(host, "acmeworks.example")


@pytest.mark.parametrize("host", ["10.0.0.1", "2130706433", "0x7f000001", "127.1", "::1", "[::1]"])
def test_numbers_are_numbers(host: str) -> None:
    assert hosts.is_number(host)


TRACKED = {
    "https://a.example/j?utm_source=x&utm_medium=y": "https://a.example/j",
    "https://a.example/j?id=1&gclid=2#/apply": "https://a.example/j?id=1#/apply",
    "https://a.example/j?source=7&ref=9&src=1": "https://a.example/j?source=7&ref=9&src=1",
    "https://a.example/j?gh_jid=7&gh_src=8": "https://a.example/j?gh_jid=7",
    "https://a.example/j?q=a%20b&e=": "https://a.example/j?q=a%20b&e=",
}


@pytest.mark.parametrize("address", TRACKED)
def test_only_what_no_vendor_needs_is_left_out(address: str) -> None:
    assert without_tracking(address) == TRACKED[address]

from __future__ import annotations

import pytest

from rolecall.fetch.redact import is_secret, public_json, public_text, public_url, secrets_of
from rolecall.sources.base import Request

NAMES = """
key => yes
api_key => yes
apikey => yes
API-Key => yes
X-Api-Key => yes
X-Auth-Token => yes
accessToken => yes
Authorization => yes
Authorization-Key => yes
client_secret => yes
sig => yes
Cookie => yes
keyword => no
keywords => no
tokenise => no
page_token => no
nextPageToken => no
jobKey => no
gh_jid => no
monkey => no
author => no
design => no
"""
CASES = [tuple(line.split(" => ")) for line in NAMES.strip().split("\n")]


@pytest.mark.parametrize(("name", "secret"), CASES)
def test_a_name_tells_whether_its_value_is_a_secret(name: str, secret: str) -> None:
    assert is_secret(name) == (secret == "yes")


def test_an_address_is_shown_without_its_secrets() -> None:
    assert public_url("https://me:pw@a.example/x?q=1&api_key=hunter2&r=%20#f") == "https://a.example/x?q=1&r=%20"


def test_a_link_header_keeps_its_addresses_and_loses_their_secrets() -> None:
    link = '<https://a.example/x?token=hunter2&page=2>; rel="next"'
    assert public_text(link) == '<https://a.example/x?token=&page=2>; rel="next"'


def test_json_loses_its_secrets_at_any_depth() -> None:
    assert public_json({"a": [{"apiKey": "x", "b": 1}], "token": "y"}) == {"a": [{"b": 1}]}


def test_the_secret_values_of_a_request_are_known_longest_first() -> None:
    request = Request(
        url="https://a.example/?key=hunter2hunter2&q=python",
        method="POST",
        headers={"Authorization": "Bearer abcdef"},
        json={"deep": [{"password": "pass-word"}], "key": "no"},
    )
    assert secrets_of(request) == ("hunter2hunter2", "Bearer abcdef", "pass-word")

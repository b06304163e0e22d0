from __future__ import annotations

import json

import pytest

from rolecall.fetch.matching import Pattern
from rolecall.sources.base import Request

CASES = """
# recorded                                  json            asked                                         json                     => fits
GET https://a.example/x                     -               GET https://a.example/x                       -                        => yes
GET https://a.example/x                     -               GET https://a.example/x?page=2                -                        => yes
GET https://a.example/x?page=2              -               GET https://a.example/x                       -                        => no
GET https://a.example/x?page=2              -               GET https://a.example/x?b=1&page=2            -                        => yes
GET https://a.example/x?page=2              -               GET https://a.example/x?page=3                -                        => no
GET https://a.example/x?a=1&a=2             -               GET https://a.example/x?a=2                   -                        => no
GET https://a.example/x?a=                  -               GET https://a.example/x?a=                    -                        => yes
GET https://a.example/x?a=b%20c             -               GET https://a.example/x?a=b+c                 -                        => yes
GET https://A.example:443/x                 -               GET https://a.example/x                       -                        => yes
GET https://a.example/                      -               GET https://a.example                         -                        => yes
GET https://a.example/%7Ex                  -               GET https://a.example/~x                      -                        => yes
GET https://a.example/a%2Fb                 -               GET https://a.example/a/b                     -                        => no
GET https://a.example/x                     -               GET https://a.example/x/                      -                        => no
GET http://a.example/x                      -               GET https://a.example/x                       -                        => no
GET https://a.example/x                     -               GET https://b.example/x                       -                        => no
GET https://a.example/x                     -               POST https://a.example/x                      {}                       => no
POST https://a.example/x                    -               POST https://a.example/x                      {"offset":20}            => yes
POST https://a.example/x                    {}              POST https://a.example/x                      {"offset":20}            => yes
POST https://a.example/x                    {}              POST https://a.example/x                      -                        => no
POST https://a.example/x                    {"offset":20}   POST https://a.example/x                      {"offset":20,"limit":5}  => yes
POST https://a.example/x                    {"offset":20}   POST https://a.example/x                      {"offset":40}            => no
POST https://a.example/x                    {"f":{}}        POST https://a.example/x                      {"f":{"city":["B"]}}     => yes
POST https://a.example/x                    {"f":{"a":1}}   POST https://a.example/x                      {"f":{"a":1,"b":2}}      => yes
POST https://a.example/x                    {"f":[1]}       POST https://a.example/x                      {"f":[1,2]}              => no
POST https://a.example/x                    {"f":[{}]}      POST https://a.example/x                      {"f":[{"a":1}]}          => yes
POST https://a.example/x                    {"f":true}      POST https://a.example/x                      {"f":1}                  => no
POST https://a.example/x                    {"f":null}      POST https://a.example/x                      {}                       => no
"""


def rows() -> list[list[str]]:
    lines = [line for line in CASES.strip().split("\n") if not line.startswith("#")]
    return [line.replace("=>", " ").split() for line in lines]


@pytest.mark.parametrize(("method", "url", "part", "asked", "at", "sent", "fits"), rows())
def test_a_recorded_request_fits(method: str, url: str, part: str, asked: str, at: str, sent: str, fits: str) -> None:
    pattern = Pattern.of(method, url, None if part == "-" else json.loads(part))
    request = Request(method=asked, url=at, json=None if sent == "-" else json.loads(sent))
    assert pattern.fits(request) == (fits == "yes")


def test_the_more_a_recorded_request_says_the_more_specific_it_is() -> None:
    patterns = [
        Pattern.of("POST", "https://a.example/", None),
        Pattern.of("POST", "https://a.example/?a=1", None),
        Pattern.of("POST", "https://a.example/?a=1", {"x": 1}),
        Pattern.of("POST", "https://a.example/?a=1", {"x": {"y": [{"z": 1}]}}),
    ]
    assert [pattern.specificity for pattern in patterns] == [0, 1, 2, 4]

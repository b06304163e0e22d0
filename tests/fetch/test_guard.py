from __future__ import annotations

import asyncio
import json
import socket

import pytest

from rolecall.errors import ForbiddenAddress, Unreachable
from rolecall.fetch.guard import is_public, judged_addresses, look_up, safe_url

PRIVATE = """
127.0.0.1
0.0.0.0
10.0.0.1
172.16.0.1
192.168.0.1
100.64.0.1
169.254.169.254
168.63.129.16
198.18.0.1
192.0.0.1
224.0.0.1
255.255.255.255
::
::1
::7f00:1
::ffff:127.0.0.1
::ffff:a9fe:a9fe
64:ff9b::7f00:1
64:ff9b:1::a00:1
2002:7f00:1::
2001:0:53aa:64c:0:fbff:80ff:fffe
fe80::1%eth0
fc00::1
fd00:ec2::254
fec0::1
ff02::1
not an address
""".split("\n")[1:-1]

PUBLIC = ["1.1.1.1", "185.199.108.153", "2606:4700::1111", "::ffff:8.8.8.8", "2002:808:808::"]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_outside_the_public_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_on_the_public_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "gopher://a.example/",
        "file:///etc/passwd",
        "http://user:word@a.example/",
        "http://a.example:22/",
        "http://a.example:80\\@b.example/",
        "https:a.example",
        "//a.example/",
        "http://[::1",
        "",
    ],
)
def test_only_web_addresses_on_web_ports_may_be_asked(url: str) -> None:
    with pytest.raises(ForbiddenAddress):
        safe_url(url)


def test_a_fragment_and_a_password_never_reach_a_message_or_the_host() -> None:
    assert safe_url("https://a.example/x?y=1#z") == "https://a.example/x?y=1"
    with pytest.raises(ForbiddenAddress) as caught:
        safe_url("https://me:hunter2@a.example/?api_key=abcdef")
    assert "hunter2" not in str(caught.value)
    assert "abcdef" not in str(caught.value)


def judge(*found: str, allow_private: bool = False) -> list[str]:
    async def names(host: str, port: int) -> list[str]:
        return list(found)

    return asyncio.run(judged_addresses("a.example", 443, names, allow_private=allow_private))


def test_one_private_address_among_public_ones_forbids_the_host() -> None:
    assert judge("1.1.1.1", "2606:4700::1111") == ["1.1.1.1", "2606:4700::1111"]
    with pytest.raises(ForbiddenAddress, match=r"leads to 10\.0\.0\.1"):
        judge("1.1.1.1", "10.0.0.1")
    assert judge("127.0.0.1", allow_private=True) == ["127.0.0.1"]


def test_a_name_that_nobody_knows_is_unreachable() -> None:
    async def unknown(host: str, port: int) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    with pytest.raises(Unreachable, match="name is not known"):
        asyncio.run(judged_addresses("a.invalid", 443, unknown, allow_private=False))


def test_odd_spellings_of_this_machine_are_seen_through() -> None:
    assert asyncio.run(look_up("127.0.0.1", 80)) == ["127.0.0.1"]
    assert asyncio.run(look_up("[::1]", 80)) == ["::1"]


def test_every_address_of_the_attack_corpus_is_forbidden(shared) -> None:
    stand_in = {"metadata.google.internal": "169.254.169.254"}

    async def names(host: str, port: int) -> list[str]:
        host = host.strip("[]")
        if host.rstrip(".").endswith(("localhost", "nip.io")):
            return ["127.0.0.1"]
        try:
            return [socket.inet_ntoa(socket.inet_aton(host))]
        except OSError:
            return [stand_in.get(host, host)]

    def ask(url: str) -> None:
        asyncio.run(judged_addresses(safe_url(url).split("/")[2], 80, names, allow_private=False))

    for url in json.loads((shared / "corpora/attacks/ssrf_targets.json").read_text()):
        with pytest.raises(ForbiddenAddress):
            ask(url)

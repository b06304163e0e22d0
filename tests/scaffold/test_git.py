"""Which repository a board is, from what git calls its remote."""

from __future__ import annotations

import pytest

from rolecall.scaffold.git import pages_address, repository_of


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/ada/harbour.jobs.git",
        "https://github.com/ada/harbour.jobs",
        "https://github.com/ada/harbour.jobs/",
        "https://www.github.com/ada/harbour.jobs",
        "https://ada:secret@github.com/ada/harbour.jobs.git",
        "git@github.com:ada/harbour.jobs.git",
        "github.com:ada/harbour.jobs",
        "ssh://git@github.com/ada/harbour.jobs.git",
        "ssh://git@github.com:22/ada/harbour.jobs",
        "ssh://git@ssh.github.com:443/ada/harbour.jobs.git",
        "git://github.com/ada/harbour.jobs.git",
        "https://GitHub.com/ada/harbour.jobs",
    ],
)
def test_every_form_of_address_on_github_names_the_repository(address: str) -> None:
    assert repository_of(address) == "ada/harbour.jobs"


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://gitlab.com/ada/jobs.git",
        "https://github.com.evil.example/ada/jobs",
        "https://evil.example/github.com/ada/jobs",
        "https://github.com/ada",
        "https://github.com/ada/jobs/tree/main",
        "/home/ada/github.com/ada/jobs",
        "git@gist.github.com:abc.git",
        "https://github.com/ada/jobs\nhttps://github.com/eve/jobs",
    ],
)
def test_other_addresses_name_none(address: str) -> None:
    assert repository_of(address) is None


def test_a_users_own_page_stands_at_the_top_of_its_host() -> None:
    assert pages_address("Ada/jobs") == "https://ada.github.io/jobs/"
    assert pages_address("Ada/ada.github.io") == "https://ada.github.io/"

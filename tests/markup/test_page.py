"""What a page says about itself."""

from __future__ import annotations

import pytest

from rolecall.markup.page import canonical_url, ld_json_blocks, links, page_language, page_title

BASE = "https://acme.example/careers/"


@pytest.mark.parametrize(
    "kind",
    ["application/ld+json", "APPLICATION/LD+JSON", "application/ld+json; charset=UTF-8", " application/ld+json "],
)
def test_json_ld_is_found_whatever_its_type_is_written_like(kind: str) -> None:
    assert ld_json_blocks(f'<body><script type="{kind}">{{"a": "<b>&amp;</b>"}}</script>') == ['{"a": "<b>&amp;</b>"}']


def test_other_scripts_are_left_alone() -> None:
    assert (
        ld_json_blocks(
            '<script>{}</script><script type="application/json">{}</script><!-- <script type="application/ld+json">{}</script> -->'
        )
        == []
    )


def test_links_are_absolute_safe_and_listed_once() -> None:
    page = '<a href="1#top">1</a><a href="/careers/1">1</a><a href="//other.example/x">o</a><a href="mailto:a@b.example">m</a><a href="javascript:x">j</a><a>none</a>'
    assert links(page, BASE) == ["https://acme.example/careers/1", "https://other.example/x"]


def test_a_base_element_moves_the_links() -> None:
    assert links('<base href="/jobs/"><a href="1">1</a>', BASE) == ["https://acme.example/jobs/1"]


def test_only_the_links_that_a_selector_picks_are_listed() -> None:
    page = '<a href="/a">a</a><li class=job><a href="/b">b</a></li>'
    assert links(page, BASE, ".job a") == ["https://acme.example/b"]


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ('<link rel="canonical" href="/jobs/1">', "https://acme.example/jobs/1"),
        ('<meta property="og:url" content="https://acme.example/jobs/2">', "https://acme.example/jobs/2"),
        (
            '<link rel="canonical" href="javascript:x"><meta property="og:url" content="/jobs/3">',
            "https://acme.example/jobs/3",
        ),
        ('<link rel="stylesheet" href="/x.css">', None),
        ('<link rel="canonical" href="http://[">', None),
    ],
)
def test_a_page_may_state_its_own_address(head: str, address: str | None) -> None:
    assert canonical_url(f"<head>{head}</head>", BASE) == address


@pytest.mark.parametrize(
    ("page", "language"),
    [('<html lang="pt-BR">', "pt-BR"), ("<html lang=' '>", None), ("<html><p lang=en>", None), ("", None)],
)
def test_a_page_may_state_its_language(page: str, language: str | None) -> None:
    assert page_language(page) == language


@pytest.mark.parametrize(
    ("page", "title"), [("<title> Two\n words </title>", "Two words"), ("<title></title>", None), ("", None)]
)
def test_a_page_may_have_a_title(page: str, title: str | None) -> None:
    assert page_title(page) == title


@pytest.mark.parametrize(
    "page", ["<div>" * 300_000, "".join(f"<p><font a={number}>" for number in range(20_000)), "<b>" * 100_000]
)
def test_a_page_that_nests_without_end_is_read_as_empty(page: str) -> None:
    assert links(f'{page}<a href="/x">x</a>', BASE) == []


@pytest.mark.parametrize("tag", ["meta", "link", "input", "embed", "source", "area"])
def test_a_page_is_read_however_many_elements_it_has_that_hold_nothing(tag: str) -> None:
    assert page_title(f"<title>Careers</title>{f'<{tag} content=1>' * 3000}") == "Careers"


@pytest.mark.parametrize("page", ["<div>" * 3000, f"<svg>{'<link>' * 3000}", f"<MATH>{'<input>' * 3000}"])
def test_a_drawing_that_nests_without_end_is_read_as_empty(page: str) -> None:
    assert not page_title(f"<title>Careers</title>{page}")

"""Feeds: what is refused, what is mended, and whose terms hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rolecall.errors import PayloadError
from rolecall.model import Board
from rolecall.sources import find
from rolecall.sources.base import Response, Terms

Answer = Callable[..., Response]
BOARD = Board(source="feed", board="x", url="https://saved.example/")
FEED = find("feed")


def rss(items: str, head: str = "") -> str:
    return f'{head}<rss version="2.0"><channel><title>x</title>{items}</channel></rss>'


def outcome(response: Response) -> str:
    """Why a feed was refused, or why it does not count as whole."""
    try:
        batch = FEED.read(response, BOARD)
    except PayloadError as error:
        return error.what
    return " ".join([batch.partial or "", *map(str, batch.skipped)]).strip()


ITEM = "<item><title>Cook at Acme</title><guid>1</guid>{}</item>"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("", "not XML"),
        ("{}", "not XML"),
        ("<!DOCTYPE html><html><body>Not found</body></html>", "HTML page"),
        ("<html><head>", "HTML page"),
        ('<!DOCTYPE rss SYSTEM "https://x.example/rss.dtd">' + rss(""), "DOCTYPE"),
        (
            '<?xml version="1.0"?><!-- x --><!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
            + rss("<item><title>&b;</title></item>"),
            "DOCTYPE",
        ),
        ("<sitemapindex/>", "found <sitemapindex>"),
        ("<rss><channel>" + "<a>" * 100 + "</a>" * 100 + "</channel></rss>", "nested deeper"),
        ("<rss><channel>" + "<a>" * 100_000, "nested deeper"),
        ("<rss><channel><item", "not one item"),
        ("<rss><channel><item><title>", "has neither"),
        ("<rss " + "a='b' " * 20_000, "does not end"),
        ("<rss><channel><item><title><!ENTITY x 'y'>", "entities"),
    ],
)
def test_what_is_no_feed_is_refused_in_words(answer: Answer, body: str, says: str) -> None:
    assert says in outcome(answer(body))


def test_an_empty_channel_is_an_empty_board(answer: Answer) -> None:
    batch = FEED.read(answer(rss("")), BOARD)
    assert (batch.postings, batch.partial) == ((), None)


@pytest.mark.parametrize(
    "description",
    [
        "caf&eacute; &amp; bar",
        "caf\u00e9 & bar",
        "<![CDATA[caf&eacute; & bar]]>",
        "caf&#233;\x0b & bar",
        "caf&#xe9;&#0; &#x26; bar",
    ],
)
def test_small_faults_of_xml_hide_nothing(answer: Answer, description: str) -> None:
    batch = FEED.read(answer(rss(ITEM.format(f"<description>{description}</description>"))), BOARD)
    assert [posting.description for posting in batch.postings] == ["café & bar"]
    assert batch.partial is None


def test_an_entity_never_becomes_markup(answer: Answer) -> None:
    batch = FEED.read(answer(rss(ITEM.format("<description>&LT;b&GT; &bogus;</description>"))), BOARD)
    assert batch.postings[0].description == "<b> &bogus;"


@pytest.mark.parametrize(
    "body",
    [
        rss(ITEM.format("<description>one <br> two</description>")),
        rss(ITEM.format("<x:place>Rome</x:place>")),
        rss(ITEM.format("")).removesuffix("</channel></rss>"),
        rss(ITEM.format("") + "<item><title>Half"),
    ],
)
def test_a_broken_feed_gives_its_items_and_never_counts_as_whole(answer: Answer, body: str) -> None:
    batch = FEED.read(answer(body), BOARD)
    assert [(posting.key, posting.title, posting.company) for posting in batch.postings] == [("1", "Cook", "Acme")]
    assert batch.partial


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (rss(ITEM.format("")).replace("Cook", "Köchin").encode(), ""),
        (rss(ITEM.format("")).replace("Cook", "Köchin").encode("utf-8-sig"), "text/xml"),
        (rss(ITEM.format("")).replace("Cook", "Köchin").encode("utf-16"), "text/xml"),
        (
            rss(ITEM.format(""), '<?xml version="1.0" encoding="iso-8859-1"?>')
            .replace("Cook", "Köchin")
            .encode("latin-1"),
            "application/rss+xml",
        ),
        (
            rss(ITEM.format(""), '<?xml version="1.0" encoding="utf-8"?>').replace("Cook", "Köchin").encode("latin-1"),
            "text/xml; charset=ISO-8859-1",
        ),
        (rss(ITEM.format(""), '<?xml version="1.0" encoding="no-such-set"?>').replace("Cook", "Köchin").encode(), ""),
        (rss(ITEM.format(""), '<?xml version="1.0" encoding="punycode"?>').replace("Cook", "Köchin").encode(), ""),
    ],
)
def test_a_feed_is_decoded_as_it_says(answer: Answer, body: bytes, content_type: str) -> None:
    batch = FEED.read(answer(body, content_type=content_type), BOARD)
    assert [posting.title for posting in batch.postings] == ["Köchin"]


@pytest.mark.parametrize(
    "link", ["http://[", "http://x.example:port/", "//", "javascript:x", "\u202e", "https://user@x.example/"]
)
def test_a_hostile_link_stays_a_word(answer: Answer, link: str) -> None:
    batch = FEED.read(answer(rss(f"<link>{link}</link>" + ITEM.format(f"<link>{link}</link>"))), BOARD)
    assert [posting.key for posting in batch.postings] == ["1"]


def test_rss_1_and_atom_links_in_rss_are_read(answer: Answer) -> None:
    body = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<channel rdf:about="x"><title>x</title></channel><item rdf:about="y"><title>Cook</title><link>https://x.example/1</link><dc:date>2026-01-02</dc:date></item></rdf:RDF>'
    )
    (posting,) = FEED.read(answer(body), BOARD).postings
    assert (posting.key, posting.url, posting.posted) == ("https://x.example/1", "https://x.example/1", "2026-01-02")


def test_terms_are_those_of_whose_feed_it_is() -> None:
    def terms(url: str | None) -> Terms:
        return FEED.terms_of(Board(source="feed", board="x", url=url))

    assert terms("https://weworkremotely.com/categories/remote-design-jobs.rss").attribution == "We Work Remotely"
    assert terms("https://www.realworkfromanywhere.com/rss.xml").attribution == "Real Work From Anywhere"
    assert terms("https://notweworkremotely.com/x") == terms(None) == Terms()


def test_a_page_without_the_job_leaves_the_feeds_item(answer: Answer) -> None:
    with pytest.raises(PayloadError, match="holds no JobPosting"):
        FEED.read(answer("<title>Gone</title>", step="page"), BOARD)


@pytest.mark.parametrize("unit", ["<item>", "<a>", "&", "<![CDATA[", "<!--", "<", "<item><title>x", "]]>", "<?x "])
def test_endless_repetition_ends(answer: Answer, unit: str) -> None:
    assert outcome(answer(f"<rss><channel>{unit * 50_000}"))
    assert outcome(answer(unit * 50_000))


def test_no_collected_feed_breaks_the_reader(shared: Path, answer: Answer) -> None:
    folders = (shared / "corpora" / "feeds", shared / "corpora" / "attacks" / "xml")
    files = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    read = 0
    for path in files:
        try:
            FEED.read(answer(path.read_bytes()), BOARD)
        except PayloadError:
            continue
        read += 1
    assert read > 0.9 * len(files)

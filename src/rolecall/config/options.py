"""What config.yaml may hold: every option with its meaning, its limits and its default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, ConfigDict, Field

from rolecall.filters import Filters, Sieve, Words
from rolecall.model import Board, Country, Frozen, Language, Text, WebAddress, Workplace
from rolecall.normalise.identity import digest

if TYPE_CHECKING:
    from rolecall.normalise.tags import Vocabulary


def _with_slash(address: str) -> str:
    if "?" in address or "#" in address:
        raise ValueError(f"{address[:80]!r} holds a ? or a #. Write the address of the folder alone")
    return address if address.endswith("/") else f"{address}/"


def _below(name: str) -> str:
    if ".." in name.split("/") or name.startswith("/"):
        raise ValueError(f"{name!r} leads out of the board's folder. Name a file inside it")
    return name


def _each_once(names: tuple[str, ...]) -> tuple[str, ...]:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise ValueError(f"{twice!r} stands twice. Name each once")
    return names


class BoardConfig(Frozen):
    """One list of jobs to read. Which further keys it may have depends on its source: `rolecall sources` lists them."""

    model_config = ConfigDict(extra="allow")

    source: Text = Field(description="The kind of board, such as greenhouse, workday, feed or jsonld.")
    board: Text | None = Field(default=None, description="The company's name at the vendor, as in the board's address.")
    url: WebAddress | None = Field(default=None, description="The address, for sources that are given one.")
    company: Text | None = Field(default=None, description="Who hires, where the source does not say it.")
    filters: Filters = Field(default=Filters(), description="Which of its jobs are taken, besides the rules for all.")


class Section(Frozen):
    """One part of the README. A job goes to the first section that fits; the one without a rule takes the rest."""

    title: Text = Field(description="The heading.")
    tags: Words = Field(default=(), description="A job fits that has one of these tags.")
    title_matches: Words = Field(default=(), description="A job fits whose title has one of these words.")
    workplace: Workplace | None = Field(default=None, description="A job fits that is remote, hybrid or on_site.")


Fact = Literal["where", "employment", "pay", "sponsorship", "posted", "closes", "level"]
Column = Literal["tags", "posted", "pay", "where", "closes", "apply"]


class ReadmeConfig(Frozen):
    """How the README shows the jobs."""

    file: Annotated[str, Field(pattern=r"^[\w./-]+\.md$"), AfterValidator(_below)] = Field(
        default="README.md", description="The file with the two markers."
    )
    layout: Literal["cards", "classic"] = Field(
        default="cards", description="cards (fits a phone) or classic (columns)."
    )
    facts: Annotated[tuple[Fact, ...], AfterValidator(_each_once)] = Field(
        default=("where", "employment", "pay", "sponsorship", "posted", "closes"),
        description="What a row says of a job, in this order; what is unknown is left out.",
    )
    columns: Annotated[tuple[Column, ...], AfterValidator(_each_once)] = Field(
        default=("tags", "posted", "apply"), description="The columns of classic, besides the job itself."
    )
    age: Literal["age", "date", "both"] = Field(
        default="date", description="The date, `3d`, or both. Only a date leaves the rows as they are from day to day."
    )
    max_bytes: Annotated[int, Field(ge=10_000, le=512_000)] = Field(
        default=480_000, description="The limit of every file; GitHub cuts a README after 512,000 bytes."
    )
    lists: Literal["auto", "always", "never"] = Field(
        default="auto",
        description="Whether the jobs are listed in files in lists/ beside it, and only the newest in it; "
        "auto: when it cannot hold them all with excerpts.",
    )
    newest_bytes: Annotated[int, Field(ge=10_000, le=512_000)] = Field(
        default=250_000, description="The whole file's limit when there are lists."
    )
    descriptions: Literal["full", "excerpt", "none"] = Field(
        default="full", description="The most that a row may hold."
    )
    excerpt_chars: Annotated[int, Field(ge=50, le=2_000)] = Field(default=300, description="Length of an excerpt.")
    max_tags: Annotated[int, Field(ge=0, le=40)] = Field(default=8, description="Tags shown before `+3`.")


Lists = Literal["sections", "workplaces", "places", "tags", "companies"]


class SiteConfig(Frozen):
    """How the site is cut into pages, and which feeds it has."""

    per_page: Annotated[int, Field(ge=10, le=1_000)] = Field(default=100, description="Jobs on one page of a list.")
    feeds: tuple[Lists, ...] = Field(
        default=("sections", "workplaces", "places", "tags", "companies"),
        description="The lists that have feeds of their own, besides the two of all jobs.",
    )
    feed_entries: Annotated[int, Field(ge=1, le=500)] = Field(
        default=50, description="Jobs in the feeds of all jobs, with their whole text."
    )
    list_feed_entries: Annotated[int, Field(ge=1, le=500)] = Field(
        default=20, description="Jobs in the feeds of single lists, with an excerpt."
    )
    jobs_xml: bool = Field(
        default=True, description="Whether there is a jobs.xml with the whole text of all jobs, for other job boards."
    )
    cards: Annotated[int, Field(ge=0, le=100_000)] = Field(
        default=2_000, description="Jobs, from the top of the list, that get a picture for social media; 0: none."
    )
    card_font: Annotated[str, Field(min_length=1), AfterValidator(_below)] | None = Field(
        default=None, description="A font file of the board, for letters that the theme's fonts lack: fonts/kanji.ttf."
    )
    indexnow_key: Annotated[str, Field(pattern=r"^[a-z0-9-]{8,128}$")] | None = Field(
        default=None, description="A key of IndexNow, in lower case; the site then has `<key>.txt`."
    )


class FetchConfig(Frozen):
    """How politely, and how long, remote boards are read."""

    per_host: Annotated[int, Field(ge=1, le=8)] = Field(default=2, description="Requests to one host at a time.")
    pause_s: Annotated[float, Field(ge=0, le=60)] = Field(
        default=0.5, description="Seconds between two requests to one host."
    )
    timeout_s: Annotated[float, Field(ge=1, le=120)] = Field(
        default=20, description="Seconds to wait for a part of an answer."
    )
    board_s: Annotated[float, Field(ge=10, le=3_600)] = Field(default=300, description="Seconds for one board in all.")
    run_s: Annotated[float, Field(ge=10, le=7_200)] = Field(default=900, description="Seconds for the whole run.")
    max_postings: Annotated[int, Field(ge=1, le=100_000)] = Field(
        default=10_000, description="Jobs taken from one board."
    )


class TagsConfig(Frozen):
    """Changes to the vocabulary of tags."""

    add: dict[Text, Words] = Field(default_factory=dict, description="A tag and its other spellings: {zig: [ziglang]}.")
    ban: Words = Field(default=(), description="Tags that are never set.")


class Config(Frozen):
    """config.yaml. Only `title` is needed."""

    title: Text = Field(description="The board's name.")
    description: Text | None = Field(default=None, description="One sentence under the name.")
    base_url: Annotated[WebAddress, AfterValidator(_with_slash)] | None = Field(
        default=None, description="Where the site will stand, such as https://you.github.io/jobs/."
    )
    repository: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$")] | None = Field(
        default=None, description="owner/name on GitHub, for the links `Edit this job` and `Report as closed`."
    )
    language: Language = Field(default="en", description="The language of the pages, BCP 47.")
    country: Country | None = Field(default=None, description="Where most of the board's readers live, ISO 3166-1.")
    boards: tuple[BoardConfig, ...] = Field(default=(), description="The boards that `rolecall fetch` reads.")
    filters: Filters = Field(default=Filters(), description="Which jobs are taken, whatever board they come from.")
    sections: tuple[Section, ...] = Field(default=(), description="The README's parts, in order.")
    readme: ReadmeConfig = Field(default=ReadmeConfig(), description="The README.")
    site: SiteConfig = Field(default=SiteConfig(), description="The site.")
    logos: Literal["local", "remote", "none"] = Field(
        default="local",
        description="local: fetch keeps small copies in logos/; remote: the README links the originals; none.",
    )
    tags: TagsConfig = Field(default=TagsConfig(), description="The vocabulary.")
    close_after_days: Annotated[int, Field(ge=1, le=90)] = Field(
        default=3, description="Days that a job must stay missing from complete reads before it closes."
    )
    keep_closed_days: Annotated[int, Field(ge=0, le=3_650)] = Field(
        default=30, description="Days that a closed job keeps its page."
    )
    fetch: FetchConfig = Field(default=FetchConfig(), description="The network.")
    workers: Annotated[int, Field(ge=1, le=64)] | None = Field(
        default=None, description="Processes of a build; left out: one per core where it pays."
    )

    def to_boards(self) -> tuple[Board, ...]:
        """The boards to read, each under the stable name that its jobs carry."""
        return tuple(to_board(entry) for entry in self.boards)

    def sieves(self) -> dict[str, tuple[Sieve, ...]]:
        """For each board, by its name, the rules for all jobs and its own."""
        canonical = self.vocabulary().canonical
        whole = Sieve(self.filters, canonical)
        return {
            to_board(entry).name: (whole, Sieve(entry.filters, canonical, f"boards[{index}].filters"))
            for index, entry in enumerate(self.boards)
        }

    def vocabulary(self) -> Vocabulary:
        """The vocabulary of tags with the owner's additions and bans."""
        from rolecall.normalise.tags import Vocabulary

        vocabulary = Vocabulary.default()
        return vocabulary.with_terms(self.tags.add, self.tags.ban) if self.tags.add or self.tags.ban else vocabulary


def to_board(entry: BoardConfig) -> Board:
    """The board of one entry of `boards`."""
    options = {key: _option(value) for key, value in (entry.model_extra or {}).items()}
    return Board(
        source=entry.source,
        board=entry.board or name_of(entry.url or ""),
        url=entry.url,
        company=entry.company,
        options=options,
    )


def name_of(address: str) -> str:
    """A board's stable name made of its address: host and path; a query, which may hold a key, as a hash."""
    bare, mark, query = address.partition("://")[2].removeprefix("www.").partition("?")
    return f"{bare.rstrip('/')}-{digest({'query': query})}" if mark else bare.rstrip("/")


def _option(value: Any) -> Any:
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value

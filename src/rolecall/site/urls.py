"""Every path and address of the site. No template and no writer glues one.

Paths are relative to the site's root and made of `[a-z0-9./_-]`, so they need no escaping. Pages link each other
relatively (`Links`), so that the site works at any depth of a host and straight from the disk; feeds, the sitemap and
JSON-LD need `absolute` addresses, which only a site with a known base has.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from rolecall.config import Config
    from rolecall.site.view import JobView

INDEX = "index.html"
FEED = "feed.xml"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
API = "jobs.json"
SHEET = "jobs.csv"
NOT_FOUND = "404.html"
COMPANIES = "companies/index.html"
TAGS = "tags/index.html"
PLACES = "places/index.html"
STATS = "stats.html"
SAVED = "saved.html"
SEARCH = "search/head.json"
FEEDS = "feeds.html"
STYLE = "static/site.css"
SCRIPT = "static/board.js"
WORDS = "static/words.js"
CLOSE_FORM = "close-job.yml"
READ_DAYS = "boards.json"
ICON = "static/favicon.svg"
TOUCH_ICON = "static/apple-touch-icon.png"
MANIFEST = "site.webmanifest"
CARD = "card.png"
_OFTEN = " /:(),&"
_CODES = tuple((char, f"%{ord(char):02X}") for char in _OFTEN)


def index(page: int = 1) -> str:
    return INDEX if page == 1 else f"page/{page}.html"


def job(view: JobView) -> str:
    return view.page


def company(slug: str, page: int = 1) -> str:
    return _numbered(f"companies/{slug}", page)


def tag(slug: str, page: int = 1) -> str:
    return _numbered(f"tags/{slug}", page)


def place(slug: str, page: int = 1) -> str:
    return _numbered(f"places/{slug}", page)


def workplace(slug: str, page: int = 1) -> str:
    return _numbered(f"work/{slug}", page)


def section(slug: str, page: int = 1) -> str:
    return _numbered(f"sections/{slug}", page)


def feed_of(page: str, form: str) -> str:
    """The feed of a list, beside its first page: `tags/go.html` has `tags/go.xml` (Atom) and `tags/go.json`."""
    return FEED.replace("xml", form) if page == INDEX else f"{page.removesuffix('.html')}.{form}"


def _numbered(path: str, page: int) -> str:
    # A dot, which no slug holds: "go.2" is never another tag's page.
    return f"{path}.html" if page == 1 else f"{path}.{page}.html"


def logo(slug: str, suffix: str) -> str:
    return f"logos/{slug}{suffix}"


def card(view: JobView) -> str:
    """The picture of a job for social media."""
    return f"cards/{view.page.removeprefix('jobs/').removesuffix('.html')}.png"


def static(name: str) -> str:
    return f"static/{name}"


def exchange(part: int = 1) -> str:
    """The file for other job boards, in parts when it is long."""
    return "jobs.xml" if part == 1 else f"jobs-{part}.xml"


def key_file(key: str) -> str:
    """Where IndexNow looks for a site's key."""
    return f"{key}.txt"


def search(facet: str, slug: str) -> str:
    """The front page with one filter of the search set: `index.html?tag=go`. Values are the slugs of pages."""
    return f"{index()}?{facet}={slug.replace('-', '_') if facet == 'work' else slug}"


def search_words(part: int) -> str:
    """One of the files with the words of descriptions, by its number from 0."""
    return f"search/words-{part}.json"


def sitemap(part: int) -> str:
    return f"sitemap-{part}.xml"


def base_of(config: Config) -> str:
    """Where the site stands, with a slash at its end: `base_url`, else the repository's GitHub Pages, else ""."""
    if config.base_url:
        return config.base_url
    if not config.repository:
        return ""
    owner, _, name = config.repository.lower().partition("/")
    return f"https://{owner}.github.io/" if name == f"{owner}.github.io" else f"https://{owner}.github.io/{name}/"


def absolute(base: str, path: str) -> str:
    """The full address of a path; the front page is the base itself."""
    return base if path == INDEX else f"{base}{path}"


def entry_id(base: str, view: JobView) -> str:
    """A feed entry's name for ever: it stays when the job's file is renamed."""
    return f"{base}#job-{view.id}"


def edit(repository: str, view: JobView) -> str:
    return f"https://github.com/{repository}/edit/HEAD/{quote(view.file)}"


def report_closed(repository: str, view: JobView) -> str:
    """The issue form `close-job.yml`, prefilled: GitHub fills in the fields whose ids stand in the address."""
    title = _quoted(f"Closed: {view.title} at {view.company}"[:200])
    return f"https://github.com/{repository}/issues/new?template={CLOSE_FORM}&title={title}&job={_quoted(view.file)}"


def _quoted(text: str) -> str:
    # `quote` looks at each character, unless all may stay; most often these are all that may not.
    text = quote(text, safe=_OFTEN)
    for char, code in _CODES:
        if char in text:
            text = text.replace(char, code)
    return text


def add_job(repository: str) -> str:
    return f"https://github.com/{repository}/issues/new/choose"


@dataclass(frozen=True, slots=True)
class Links:
    """Links from one page: `root` is the way from there to the site's root, such as "../"."""

    root: str

    @classmethod
    def of(cls, path: str) -> Links:
        return _links(path.count("/"))

    @classmethod
    def from_anywhere(cls, base: str) -> Links:
        """For a page that is served at any depth: links from the host's root."""
        return cls(urlsplit(base).path or "/")

    def to(self, path: str) -> str:
        return self.root + path

    def index(self, page: int = 1) -> str:
        return self.root + (INDEX if page == 1 else index(page))

    def job(self, view: JobView) -> str:
        return self.root + view.page

    def company(self, slug: str, page: int = 1) -> str:
        return self.root + company(slug, page)

    def tag(self, slug: str, page: int = 1) -> str:
        return self.root + tag(slug, page)

    def place(self, slug: str, page: int = 1) -> str:
        return self.root + place(slug, page)

    def workplace(self, slug: str, page: int = 1) -> str:
        return self.root + workplace(slug, page)

    def section(self, slug: str, page: int = 1) -> str:
        return self.root + section(slug, page)

    def places(self) -> str:
        return self.root + PLACES

    def feeds(self) -> str:
        return self.root + FEEDS

    def stats(self) -> str:
        return self.root + STATS

    def saved(self) -> str:
        return self.root + SAVED

    def companies(self) -> str:
        return self.root + COMPANIES

    def tags(self) -> str:
        return self.root + TAGS

    def feed(self, form: str = "xml") -> str:
        return self.root + (FEED if form == "xml" else feed_of(INDEX, form))

    def script(self) -> str:
        return self.root + SCRIPT

    def words(self) -> str:
        return self.root + WORDS

    def static(self, name: str) -> str:
        return self.root + static(name)

    def style(self) -> str:
        return self.root + STYLE

    def icon(self) -> str:
        return self.root + ICON

    def touch_icon(self) -> str:
        return self.root + TOUCH_ICON

    def manifest(self) -> str:
        return self.root + MANIFEST


@cache
def _links(depth: int) -> Links:
    return Links("../" * depth)

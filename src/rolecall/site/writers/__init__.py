"""The writers: each makes artifacts of an edition, none writes a file.

Their order is the order in which files are put in place: pages before the lists that link them, the front page last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rolecall.site.artifact import Artifact
from rolecall.site.edition import Edition
from rolecall.site.writers.api import api
from rolecall.site.writers.boards import boards
from rolecall.site.writers.cards import cards
from rolecall.site.writers.exchange import exchange
from rolecall.site.writers.feeds import feeds
from rolecall.site.writers.guide import guide
from rolecall.site.writers.lists import lists
from rolecall.site.writers.pages import pages
from rolecall.site.writers.search import search
from rolecall.site.writers.sheet import sheet
from rolecall.site.writers.sitemap import sitemap
from rolecall.site.writers.static import static
from rolecall.site.writers.stats import stats

Writer = Callable[[Edition], Iterator[Artifact]]

WRITERS: tuple[Writer, ...] = (
    static, pages, cards, feeds, sitemap, api, sheet, exchange, boards, search, guide, stats, lists,
)  # fmt: skip

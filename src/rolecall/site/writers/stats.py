"""stats.html: the board in pictures, each with its finding above and its figures as a table below."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition, Head

if TYPE_CHECKING:
    from rolecall.site.stats import Stats


def stats(edition: Edition) -> Iterator[Artifact]:
    """The page. It changes with any job, and with the day."""
    site = edition.site
    digests = " ".join(view.facts for view in (*site.jobs, *site.closed))
    facts = f"{site.today} {site.config.keep_closed_days} {len(site.jobs)}"
    yield Artifact(urls.STATS, fingerprint(edition.key, facts, digests), partial(_page, edition), is_long=True)


def _page(edition: Edition) -> bytes:
    from rolecall.site.charts import Drawing, money, percent, rounded  # not loaded by a build that has nothing to do
    from rolecall.site.stats import stats_of
    from rolecall.site.stats_charts import charts_of

    site, language = edition.site, edition.site.language
    found = stats_of(site)
    head = Head(
        title=language.text("The board in figures"),
        description=language.text("New jobs each week, tags, places and pay of all open jobs, in pictures."),
        path=urls.STATS,
        canonical=edition.canonical(urls.STATS),
    )
    return edition.page(
        "site/stats.html",
        head,
        figures=list(_figures(edition, found)),
        charts=list(charts_of(found, language, site.config.keep_closed_days)),
        today=site.today.isoformat(),
        drawing=Drawing(backward=language.direction == "rtl"),
        percent=percent,
        money=partial(money, language),
        rounded=rounded,
    )


def _figures(edition: Edition, found: Stats) -> Iterator[tuple[str, str]]:
    """The row at the top: a word and its figure."""
    language = edition.site.language
    yield language.text("Open jobs"), language.number(found.jobs)
    if not found.jobs:
        return
    yield language.text("Companies"), language.number(found.companies)
    yield language.text("New in seven days"), language.number(found.fresh)
    for name, part in ((language.text("State the pay"), found.stated), (language.text("Remote"), found.remote)):
        share = language.number(round(100 * part / found.jobs))
        yield name, language.text("{share}%", share=share)

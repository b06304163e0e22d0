"""`rolecall links`: asks the pages of open jobs whether they still stand, and closes what has been gone for long.

A board's list decides of its own jobs, so only those are asked that no list decides: people's, and those of boards
that config.yaml no longer names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from rolecall import yaml_io
from rolecall.commands import CACHE, CONFIG, JOBS
from rolecall.commands.fetch import settings_of
from rolecall.commands.link_pages import Standing, Verdict, judge
from rolecall.config import Config, load_config
from rolecall.errors import RolecallError
from rolecall.fetch.answers import Answer
from rolecall.fetch.links import ask_pages
from rolecall.files import only_one
from rolecall.issues import Issues, Spot
from rolecall.model import Job
from rolecall.normalise.identity import digest
from rolecall.store import JobStore, StoredJob
from rolecall.store.pages import Step, closed_by_page, may_decide, page_gone, page_open

MOST_AT_ONCE = 10
MOST_OF_HOST = 3
_RETRIES = 2


@dataclass(frozen=True, slots=True)
class LinksOptions:
    """What the command line says. `everything` also asks pages of jobs that a board's list decides, and only reports.

    `most` addresses are asked at the most; `accept` names hosts whose pages may be gone all at once.
    """

    write: bool = False
    everything: bool = False
    most: int | None = None
    accept: frozenset[str] = frozenset()
    record: Path | None = None
    replay: Path | None = None


@dataclass(slots=True)
class Link:
    """One job's page: where it is named, how it stands, and the `step` that its file takes (or would, without --write).

    `decides`: whether the page may change the file. `held`: gone, but so many are that nothing is believed.
    """

    stored: StoredJob
    spot: Spot
    url: str
    decides: bool
    verdict: Verdict = field(default_factory=lambda: Verdict(Standing.UNSURE, "was not asked."))
    step: Step = ""
    held: bool = False

    @property
    def host(self) -> str:
        return urlsplit(self.url).netloc.lower()

    def as_dict(self) -> dict[str, Any]:
        """The link as JSON-ready values."""
        return {
            "file": self.spot.file,
            "line": self.spot.line,
            "column": self.spot.column,
            "url": self.url,
            "standing": self.verdict.standing.value,
            "evidence": self.verdict.evidence,
            "decides": self.decides,
            "held": self.held,
            "step": self.step,
        }


@dataclass(frozen=True, slots=True)
class LinksReport:
    """What the pages answered. `skipped` counts jobs that were not asked, by the reason; `held` says why in words."""

    today: date
    links: tuple[Link, ...]
    skipped: Counter[str]
    held: tuple[str, ...]
    addresses: int
    written: bool
    issues: Issues

    def counts(self) -> dict[str, int]:
        """Jobs by the standing of their page, and by what became of their file."""
        standings = Counter(link.verdict.standing.value for link in self.links)
        steps = Counter(link.step for link in self.links)
        names = [standing.value for standing in Standing]
        return {name: standings[name] for name in names} | {
            name: steps[name] for name in ("marked", "waiting", "closed", "relisted")
        }

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON-ready values."""
        return {
            "today": self.today.isoformat(),
            "addresses": self.addresses,
            "counts": self.counts(),
            "skipped": dict(sorted(self.skipped.items())),
            "held": list(self.held),
            "written": self.written,
            "links": [link.as_dict() for link in self.links],
            "issues": [issue.as_dict() for issue in self.issues],
        }


def check_links(
    folder: Path, now: datetime, options: LinksOptions, asked: Callable[[int, int], None] = lambda *_: None
) -> LinksReport:
    """Ask, judge, and with `options.write` note it in the job files. `asked` hears how many of how many are done."""
    config, today = load_config(folder / CONFIG), now.date()
    with only_one(folder / CACHE / "lock"):
        store = JobStore.load(folder / JOBS)
        links, skipped = _links_of(store, config, today, options)
        jobs = _by_address(links, today, options.most)
        skipped["over --max"] = len(links) - sum(map(len, jobs.values()))

        def read(url: str, answer: Answer | RolecallError) -> list[Verdict]:
            return [judge(link.stored.job.title, url, answer, today) for link in jobs[url]]

        settings = replace(settings_of(config, now), retries=_RETRIES)
        found = ask_pages(
            list(jobs),
            settings,
            read,
            record=options.record,
            replay=options.replay,
            asked=lambda done: asked(done, len(jobs)),
        )
        for url, verdicts in found.items():
            for link, verdict in zip(jobs[url], verdicts, strict=True):
                link.verdict = verdict
        asked_links = [link for link in links if link.url in jobs]
        held = _hold(asked_links, options.accept)
        _take_steps(store, asked_links, today, config.close_after_days)
        if options.write:
            store.save()
    written = options.write
    return LinksReport(today, tuple(asked_links), +skipped, held, len(jobs), written, store.issues)


def _links_of(store: JobStore, config: Config, today: date, options: LinksOptions) -> tuple[list[Link], Counter[str]]:
    """The jobs to ask, by their files, and how many are not asked."""
    boards = {board.name for board in config.to_boards()}
    links: list[Link] = []
    skipped: Counter[str] = Counter()
    for stored in sorted(store.jobs.values(), key=lambda stored: stored.file):
        job = stored.job
        if not (job.is_open(today) or _closed_lately(job, today, config.keep_closed_days)):
            continue
        listed = job.source is not None and f"{job.source.name}/{job.source.board}" in boards
        if job.apply_url.startswith("mailto:"):
            skipped["mailto"] += 1
        elif listed and not options.everything:
            skipped["decided by a board's list"] += 1
        else:
            spot = yaml_io.load(stored.text.encode(), f"{JOBS}/{stored.file}").spot(("apply_url",))
            links.append(Link(stored, spot, job.apply_url.partition("#")[0], decides=not listed and may_decide(job)))
    return links, skipped


def _closed_lately(job: Job, today: date, keep_closed_days: int) -> bool:
    """Whether a link check closed the job not long ago: pages come back."""
    return closed_by_page(job) and job.closed_at is not None and (today - job.closed_at).days <= keep_closed_days


def _by_address(links: Iterable[Link], today: date, most: int | None) -> dict[str, list[Link]]:
    """The jobs of each address to ask. With `most`, those that were gone the last time go first; of the others each
    week asks the next part, so that all have their turn."""
    found: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        found[link.url].append(link)
    if most is None or most >= len(found):
        return dict(found)
    missing = {url for url, jobs in found.items() if any(link.stored.job.missing_since for link in jobs)}
    first = sorted(missing)[:most]
    others = sorted(found.keys() - missing, key=lambda url: digest({"url": url}))
    room = most - len(first)
    start = today.toordinal() // 7 * room % len(others) if others else 0
    return {url: found[url] for url in (*first, *(others[start:] + others[:start])[:room])}


def _hold(links: list[Link], accept: frozenset[str]) -> tuple[str, ...]:
    """Mark what is not believed, because so much is gone at once that the host, or we, may be at fault; and say so."""
    asked: defaultdict[str, dict[str, bool]] = defaultdict(dict)
    for link in links:
        if link.host not in accept:
            gone = link.verdict.standing is Standing.GONE
            asked[link.host][link.url] = asked[link.host].get(link.url, False) or gone
    told = [gone for pages in asked.values() for gone in pages.values()]
    said: list[str] = []
    if sum(told) >= MOST_AT_ONCE and sum(told) * 2 > len(told):
        said.append(f"{sum(told):,} of {len(told):,} pages are gone at once; nothing is noted for any of them.")
        hosts = set(asked)
    else:
        hosts = {host for host, pages in asked.items() if len(pages) >= MOST_OF_HOST and all(pages.values())}
        said += [
            f"{host}: all {len(asked[host])} pages are gone at once; nothing is noted for them. Look at one; if it is "
            f"true: --accept-gone {host}"
            for host in sorted(hosts)
        ]
    for link in links:
        link.held = link.host in hosts and link.verdict.standing is Standing.GONE
    return tuple(said)


def _take_steps(store: JobStore, links: Iterable[Link], today: date, close_after_days: int) -> None:
    for link in links:
        if link.decides and link.verdict.standing is Standing.OPEN:
            link.step = page_open(store, link.stored)
        elif link.decides and link.verdict.standing is Standing.GONE and not link.held:
            link.step = page_gone(store, link.stored, link.verdict.reason, today, close_after_days)

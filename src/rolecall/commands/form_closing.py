"""Which jobs an issue form means, and what closing does to their files. Nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from rolecall import yaml_io
from rolecall.address import canonical, web_address
from rolecall.commands import JOBS
from rolecall.config import Config
from rolecall.github.issue_form import Answers, problem
from rolecall.issues import Issue, Level
from rolecall.model import Status
from rolecall.normalise.text import clean_line
from rolecall.site import urls
from rolecall.site.views import page_of
from rolecall.store import ORDER, JobStore, StoredJob

MAX_CLOSED = 200
_WHAT_TO_WRITE = "Copy the address of the job's page on the board, or write its file: jobs/acme/cook-7f3a1c22.yaml."
_LIST_SIGN = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Finder:
    """The board's jobs by all the names that people have for them."""

    files: Mapping[str, StoredJob]
    pages: Mapping[str, StoredJob]
    addresses: Mapping[str, tuple[StoredJob, ...]]
    broken: frozenset[str]
    repository: str

    @classmethod
    def of(cls, store: JobStore, config: Config) -> Finder:
        base = urls.base_of(config)
        files = {stored.file: stored for stored in store.jobs.values()}
        pages = {
            canonical(urls.absolute(base, page_of(f"{JOBS}/{stored.file}", stored.id))): stored
            for stored in (store.jobs.values() if base else ())
        }
        addresses: dict[str, tuple[StoredJob, ...]] = {}
        for stored in store.jobs.values():
            for address in dict.fromkeys(map(_compared, _addresses(stored))):
                addresses[address] = (*addresses.get(address, ()), stored)
        return cls(files, pages, addresses, frozenset(store.broken), (config.repository or "").lower())

    def find(self, words: str) -> tuple[StoredJob | None, str]:
        """The one job that `words` names, or None and why there is none."""
        given = _name(words)
        file = self._file(given)
        if file in self.files:
            return self.files[file], ""
        if file in self.broken:
            return None, "is a file that cannot be read; mend it first."
        compared = _compared(given)
        if compared in self.pages:
            return self.pages[compared], ""
        found = self.addresses.get(compared, ())
        if len(found) > 1:
            return None, f"is the address of {len(found)} jobs."
        return (found[0], "") if found else (None, "is no job of this board.")

    def _file(self, given: str) -> str:
        """`acme/cook.yaml` of a path in the board's folder, or of a page of the file on GitHub."""
        head = f"https://github.com/{self.repository}/"
        if self.repository and given.lower().startswith(head):
            given = unquote(
                re.sub(r"^(?:blob|edit|raw)/[^/]+/", "", given[len(head) :].partition("?")[0].partition("#")[0])
            )
        return given.removeprefix("./").removeprefix(f"{JOBS}/")


def _name(words: str) -> str:
    """A line without what makes it an item of a list, or an address in Markdown."""
    return _LIST_SIGN.sub("", words.strip(), count=1).strip().strip("<>`").strip()


def _addresses(stored: StoredJob) -> list[str]:
    job = stored.job
    source = [job.source.url] if job.source and job.source.url else []
    return [job.apply_url, *source, *(alternate.url for alternate in job.alternates)]


def _compared(address: str) -> str:
    safe = web_address(address)
    return canonical(safe) if safe else address.lower()


@dataclass(frozen=True, slots=True)
class Closed:
    """New texts by file, what to show of them, and what stands in the way."""

    texts: Mapping[str, str]
    lines: tuple[str, ...]
    problems: tuple[Issue, ...]
    notes: tuple[Issue, ...]


def close_jobs(answers: Answers, id: str, finder: Finder, today: date) -> Closed:
    """The files of the jobs that the answer `id` names, one a line, as closed on `today`.

    What is no job, or is closed already, is said; it stands in the way only when no other job is named.
    """
    label = next(question.label for question in answers.form.questions if question.id == id)
    asked = answers.lines(id)
    if len(asked) > MAX_CLOSED:
        hint = "Send several issues."
        return Closed({}, (), (problem(label, f"names {len(asked):,} jobs, at most {MAX_CLOSED}.", hint),), ())
    texts: dict[str, str] = {}
    lines: list[str] = []
    left: list[Issue] = []
    for words in dict.fromkeys(asked):
        stored, why = finder.find(words)
        if stored is None:
            left.append(problem(label, f"{clean_line(_name(words))[:120]!r} {why}", _WHAT_TO_WRITE))
        elif stored.job.status is Status.CLOSED:
            left.append(problem(label, f"{JOBS}/{stored.file} is closed already.", "Nothing needs to be done."))
        elif stored.file not in texts:
            changes = {
                "status": Status.CLOSED.value,
                "closed_at": today,
                "closed_reason": answers.chosen.get("reason", ("reported as closed",))[0],
            }
            texts[stored.file] = yaml_io.replace_keys(stored.text, changes, ORDER, f"{JOBS}/{stored.file}")
            lines.append(f"{JOBS}/{stored.file}  ({stored.job.title}, {stored.job.company})")
    if not texts:
        return Closed({}, (), tuple(left), ())
    notes = (Issue(one.code, one.where, one.what, one.hint, Level.WARNING, one.spot) for one in left)
    return Closed(texts, tuple(lines), (), tuple(notes))

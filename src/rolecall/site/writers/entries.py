"""The entries of feeds. Each is rendered once, whatever number of feeds hold it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, TypeVar

from rolecall.site import urls
from rolecall.site.edition import Edition
from rolecall.site.html import Html
from rolecall.site.view import JobView
from rolecall.site.writers.values import json_text, known, salary_values

_EXCERPT_CHARS = 240
Text = TypeVar("Text", bound=str)


class Entries:
    """What feeds hold of each job, as Atom and as JSON Feed; `whole` with the description, else with an excerpt.

    `used` are the jobs of all feeds, one after another: what only one of them holds is not kept.
    """

    def __init__(self, edition: Edition, used: Sequence[JobView]) -> None:
        self._edition = edition
        self._used = used
        self._atom: dict[str, Html] = {}
        self._json: dict[str, str] = {}
        self._summaries: dict[str, str] = {}  # those that one of a feed's two forms has asked for, and not the other

    def atom(self, view: JobView, *, whole: bool) -> Html:
        """An `<entry>`. Its day of change is the day it was posted: we know no other that readers care for."""
        return self._once(self._atom, self._entry, view, whole)

    def json(self, view: JobView, *, whole: bool) -> str:
        """An item, with `_rolecall` for what JSON Feed has no name for."""
        return self._once(self._json, self._line, view, whole)

    def _once(self, kept: dict[str, Text], make: Callable[[JobView, bool], Text], view: JobView, whole: bool) -> Text:
        if whole or view.id not in self._shared:
            return make(view, whole)
        if view.id not in kept:
            kept[view.id] = make(view, whole)
        return kept[view.id]

    @cached_property
    def _shared(self) -> frozenset[str]:
        """By their ids, the jobs that more than one feed holds."""
        return frozenset(job for job, feeds in Counter(view.id for view in self._used).items() if feeds > 1)

    def _entry(self, view: JobView, whole: bool) -> Html:
        return self._edition.renderer.fragment(
            "site/feed_entry.xml",
            job=view,
            id=urls.entry_id(self._edition.base, view),
            url=urls.absolute(self._edition.base, urls.job(view)),
            content=self._content(view) if whole else "",
            summary="" if whole else self._summary(view),
        )

    def _line(self, view: JobView, whole: bool) -> str:
        text = {"content_html": self._content(view)} if whole else {"content_text": self._summary(view)}
        return json_text(known(self._item(view) | text))

    def _item(self, view: JobView) -> dict[str, Any]:
        extension = {
            "company": view.company,
            "where": view.where,
            "workplace": view.workplace,
            "pay": view.pay,
            "salary": salary_values(view),
            "employment": view.employment,
            "closes": view.closes,
            "apply_url": view.apply_url,
        }
        return {
            "id": urls.entry_id(self._edition.base, view),
            "url": urls.absolute(self._edition.base, urls.job(view)),
            "title": f"{view.title} · {view.company}",
            "date_published": f"{view.posted}T00:00:00Z",
            "authors": [{"name": view.company}],
            "language": view.language,
            "tags": view.tag_names,
            "_rolecall": known(extension),
        }

    def _content(self, view: JobView) -> str:
        return self._edition.renderer.render("site/feed_entry.html", job=view)

    def _summary(self, view: JobView) -> str:
        """Who, where and for what pay, then the beginning of the text. It is plain text."""
        found = self._summaries.pop(view.id, None)
        if found is None:
            found = self._summaries[view.id] = self._summed_up(view)
        return found

    def _summed_up(self, view: JobView) -> str:
        line = " · ".join(part for part in (view.company, view.where, view.pay) if part)
        return "\n".join(part for part in (line, view.beginning(_EXCERPT_CHARS)) if part)

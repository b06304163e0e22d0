"""The entries of feeds. Each is rendered once, whatever number of feeds hold it."""

from __future__ import annotations

from typing import Any

from rolecall.site import urls
from rolecall.site.edition import Edition
from rolecall.site.html import Html
from rolecall.site.view import JobView
from rolecall.site.writers.values import json_text, known, salary_values

_EXCERPT_CHARS = 240


class Entries:
    """What feeds hold of each job, as Atom and as JSON Feed; `whole` with the description, else with an excerpt."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._atom: dict[tuple[str, bool], Html] = {}
        self._json: dict[tuple[str, bool], str] = {}

    def atom(self, view: JobView, *, whole: bool) -> Html:
        """An `<entry>`. Its day of change is the day it was posted: we know no other that readers care for."""
        key = (view.id, whole)
        if key not in self._atom:
            self._atom[key] = self._edition.renderer.fragment(
                "site/feed_entry.xml",
                job=view,
                id=urls.entry_id(self._edition.base, view),
                url=urls.absolute(self._edition.base, urls.job(view)),
                content=self._content(view) if whole else "",
                summary="" if whole else self._summary(view),
            )
        return self._atom[key]

    def json(self, view: JobView, *, whole: bool) -> str:
        """An item, with `_rolecall` for what JSON Feed has no name for."""
        key = (view.id, whole)
        if key not in self._json:
            text = {"content_html": self._content(view)} if whole else {"content_text": self._summary(view)}
            self._json[key] = json_text(known(self._item(view) | text))
        return self._json[key]

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
        line = " · ".join(part for part in (view.company, view.where, view.pay) if part)
        return "\n".join(part for part in (line, view.beginning(_EXCERPT_CHARS)) if part)

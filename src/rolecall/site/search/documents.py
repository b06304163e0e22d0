"""The different terms of each job's text: made once for each job, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rolecall.site import cache_file
from rolecall.site.search.fold import joined_terms
from rolecall.site.view import JobView


class Documents:
    """The terms of jobs, joined by spaces. `cache` is the file that keeps them between builds, or None."""

    def __init__(self, cache: Path | None) -> None:
        self._cache = cache
        self._known: dict[str, str] = (cache_file.load(cache, cache_file.tool_key()) if cache else None) or {}
        self._is_changed = False

    def of(self, view: JobView) -> str:
        """The terms of a job."""
        found = self._known.get(view.digest)
        if found is None:
            found = self._known[view.digest] = terms_of(view, view.description)
            self._is_changed = True
        return found

    def key(self, view: JobView) -> str:
        """What finds the terms of a job again in the next build, when the job has changed."""
        return view.digest

    def earlier(self, key: str) -> str | None:
        """The terms that a job had in the last build; None when they are not known any more."""
        return self._known.get(key)

    def save(self, views: Sequence[JobView]) -> None:
        """Keep the terms of `views`, and no others."""
        if self._cache is not None and (self._is_changed or len(self._known) != len(views)):
            cache_file.save(self._cache, cache_file.tool_key(), {view.digest: self.of(view) for view in views})


def terms_of(view: JobView, description: str) -> str:
    """What finds a job beside its title, company and tags: its description, and facts that a row does not show.

    The terms are joined by spaces, each once, in an order that the text alone decides.
    """
    from rolecall import markup  # not loaded by a build in which no job changed

    facts = (view.department, view.requisition_id, *view.places, *view.remote_names)
    # A letter alone says nothing in a long text; of Chinese, one character does.
    return joined_terms("\n".join((markup.words_of_clean(description), *facts)), least=2)

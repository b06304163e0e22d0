"""The different terms of each job's text: made once, when its file is read, and kept beside the text."""

from __future__ import annotations

from collections.abc import Sequence

from rolecall.errors import DamagedCache
from rolecall.site.search.fold import joined_terms
from rolecall.site.texts import Place
from rolecall.site.view import JobView


def document_of(view: JobView) -> str:
    """The terms of a job, joined by spaces."""
    return terms_of(view, view.body) if isinstance(view.body, str) else view.body.terms()


def place_of(view: JobView) -> Place | None:
    """Where the terms of a job are kept; None of one that has its text at hand."""
    return None if isinstance(view.body, str) else view.body.place


def document_at(place: Place | None, jobs: Sequence[JobView]) -> str | None:
    """The terms that were kept at `place`, in the store of `jobs`, before a job changed; None: not there any more."""
    text = next((view.body for view in jobs if not isinstance(view.body, str)), None)
    if place is None or text is None:
        return None
    try:
        return text.beside(place).terms()
    except DamagedCache:
        return None


def terms_of(view: JobView, description: str) -> str:
    """What finds a job beside its title, company and tags: its description, and facts that a row does not show.

    The terms are joined by spaces, each once, in an order that the text alone decides.
    """
    from rolecall import markup  # not loaded by a build in which no job changed

    facts = (view.department, view.requisition_id, *view.places, *view.remote_names)
    # A letter alone says nothing in a long text; of Chinese, one character does.
    return joined_terms("\n".join((markup.words_of_clean(description), *facts)), least=2)

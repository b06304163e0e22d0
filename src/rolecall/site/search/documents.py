"""The different pieces of each job's text, of which its terms are made: found once, when its file is read, and kept."""

from __future__ import annotations

from collections.abc import Sequence

from rolecall.errors import DamagedCache
from rolecall.site.search.fold import pieces
from rolecall.site.texts import Place
from rolecall.site.view import JobView


def document_of(view: JobView) -> bytes:
    """The pieces of a job, joined by spaces."""
    return pieces_of(view, view.body) if isinstance(view.body, str) else view.body.pieces()


def place_of(view: JobView) -> Place | None:
    """Where the pieces of a job are kept; None of one that has its text at hand."""
    return None if isinstance(view.body, str) else view.body.place


def document_at(place: Place | None, jobs: Sequence[JobView]) -> bytes | None:
    """The pieces that were kept at `place`, in the store of `jobs`, before a job changed; None: not there any more."""
    text = next((view.body for view in jobs if not isinstance(view.body, str)), None)
    if place is None or text is None:
        return None
    try:
        return text.beside(place).pieces()
    except DamagedCache:
        return None


def pieces_of(view: JobView, description: str) -> bytes:
    """What finds a job beside its title, company and tags: its description, and facts that a row does not show.

    The pieces are joined by spaces, each once, in the order of the text.
    """
    from rolecall import markup  # not loaded by a build in which no job changed

    facts = (view.department, view.requisition_id, *view.places, *view.remote_names)
    return pieces("\n".join((markup.words_of_clean(description), *facts)))

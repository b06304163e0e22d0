"""The different terms of each job's text: made once, when its file is read, and kept beside the text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rolecall.site.search.fold import terms
from rolecall.site.view import JobView


def documents_of(views: Iterable[JobView]) -> Iterator[str]:
    """The terms of each of `views`, joined by spaces."""
    for view in views:
        yield terms_of(view, view.body) if isinstance(view.body, str) else view.body.terms()


def terms_of(view: JobView, description: str) -> str:
    """What finds a job beside its title, company and tags: its description, and facts that a row does not show.

    The terms are joined by spaces, in any order that the text alone decides.
    """
    from rolecall import markup  # not loaded by a build in which no job changed

    text = markup.text_of_clean(description)
    facts = (view.department, view.requisition_id, *view.places, *view.remote_names)
    found = terms("\n".join((text, *facts)))
    # A letter alone says nothing in a long text; of Chinese, one character does.
    return " ".join(sorted(term for term in found if len(term) > 1 or not term.isascii()))

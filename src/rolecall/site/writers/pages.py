"""One page per job, and the page for addresses that lead nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition, Head
from rolecall.site.view import JobView
from rolecall.site.writers.breadcrumbs import breadcrumb_list
from rolecall.site.writers.jsonld import job_posting

_DESCRIPTION_CHARS = 160


def pages(edition: Edition) -> Iterator[Artifact]:
    """The pages of the open jobs, of those that closed lately, the reader's own, and 404.html.

    They depend on `facts_key` and the texts of the jobs that they show alone, as `edition.stands` wants it.
    """
    of_employer = {slug: _employer_key(edition, slug) for slug in edition.employers}
    row_keys, key, card = edition.row_keys, edition.key, edition.cards.address
    for view, near in edition.similar():
        # The own row tells whether the job closes soon.
        own = (view.digest, row_keys[view.id], of_employer[view.company_slug], card(view))
        inputs = fingerprint(key, *own, *[row_keys[other.id] for other in near])
        yield Artifact(view.page, inputs, partial(_job, edition, view, near), rows=near)
    for view in edition.site.closed:
        if edition.stands((view,)):
            continue
        closed = f"closed {edition.site.closed_on(view)} {sorted(edition.tag_slugs & set(view.tag_slugs))}"
        inputs = fingerprint(edition.key, view.digest, closed, of_employer[view.company_slug])
        yield Artifact(urls.job(view), inputs, partial(_job, edition, view, ()))
    yield Artifact(urls.SAVED, fingerprint(edition.key), partial(_saved, edition))
    yield Artifact(urls.NOT_FOUND, fingerprint(edition.key), partial(_not_found, edition))


def _employer_key(edition: Edition, slug: str) -> str:
    employer = edition.employers[slug]
    return f"{len(employer.jobs)} {employer.website} {edition.logo(slug)}"


def _job(edition: Edition, view: JobView, similar: Sequence[JobView]) -> bytes:
    """The page of a job. `similar` are none for a closed one, whose page shall not change."""
    path = urls.job(view)
    links = urls.Links.of(path)
    closed = not edition.site.is_open(view)
    employer = edition.employers[view.company_slug]
    logo = edition.logo(view.company_slug)
    repository = edition.imprint.repository
    posting = None if closed else job_posting(view, website=employer.website, logo=_absolute_logo(edition, logo))
    return edition.page(
        "site/job.html",
        Head(
            title=f"{view.title} · {view.company}",
            description=view.beginning(_DESCRIPTION_CHARS)
            or edition.site.language.text("{title} at {company}", title=view.title, company=view.company),
            path=path,
            noindex=closed,
            canonical=edition.canonical(path),
            card=edition.cards.address(view),
        ),
        job=view,
        openings=len(employer.jobs),
        website=employer.website,
        logo=links.to(logo) if logo else "",
        soon=edition.site.closes_soon(view),
        closed=closed,
        closed_on=edition.site.closed_on(view),
        tag_pages=edition.tag_slugs,
        edit_url=urls.edit(repository, view) if repository else "",
        report_url=urls.report_closed(repository, view) if repository else "",
        posting=posting,
        similar=similar,
        crumbs=None if closed else breadcrumb_list(edition.base, _trail(edition, view)),
    )


def _trail(edition: Edition, view: JobView) -> list[tuple[str, str]]:
    """All jobs, the company, the job: names and paths."""
    return [
        (edition.site.language.text("All jobs"), urls.index()),
        (view.company, urls.company(view.company_slug)),
        (view.title, urls.job(view)),
    ]


def _absolute_logo(edition: Edition, logo: str) -> str:
    return urls.absolute(edition.base, logo) if logo and edition.base else ""


def _saved(edition: Edition) -> bytes:
    language = edition.site.language
    said = language.text("The jobs that you saved, applied for or hid, kept in this browser only.")
    head = Head(language.text("My jobs"), said, urls.SAVED, noindex=True)
    return edition.page("site/saved.html", head)


def _not_found(edition: Edition) -> bytes:
    language = edition.site.language
    said = language.text("This page is not here")
    head = Head(language.text("Not found"), said, urls.NOT_FOUND, noindex=True)
    return edition.page("site/404.html", head, urls.Links.from_anywhere(edition.base))

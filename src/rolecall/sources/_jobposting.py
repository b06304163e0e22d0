"""schema.org JobPosting: from the JSON-LD of a page to postings, with every shape that its fields are seen in.

Documentation: https://schema.org/JobPosting and https://developers.google.com/search/docs/appearance/structured-data/job-posting
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from rolecall.errors import PayloadError
from rolecall.issues import Issue
from rolecall.markup.page import canonical_url, ld_json_blocks, page_language, page_title
from rolecall.model import Posting
from rolecall.sources import _shapes as shapes
from rolecall.sources._descriptions import with_sections
from rolecall.sources._ldjson import Node, nodes, read_block, types
from rolecall.sources.base import Response

# Where a company has a profile is not its own site.
_PROFILE = re.compile(
    r"//(?:[\w-]+\.)*(?:linkedin|twitter|x|facebook|instagram|youtube|indeed|glassdoor|tiktok|crunchbase)\.com(?:/|$)",
    re.IGNORECASE,
)
_SECTIONS = (
    ("Responsibilities", "responsibilities"),
    ("Qualifications", "qualifications"),
    ("Benefits", "jobBenefits"),
)


def postings_of(response: Response) -> tuple[tuple[Posting, ...], tuple[Issue, ...]]:
    """The job ads in a page, each with a key of its own, and what could not be read.

    Raises `PayloadError`, which says what the page holds instead, when there is none.
    """
    html = response.text()
    where = response.url
    found: list[Node] = []
    others: list[str] = []
    skipped: list[Issue] = []
    for number, block in enumerate(ld_json_blocks(html), 1):
        try:
            values = read_block(block)
        except ValueError as error:
            if "JobPosting" not in block:
                continue
            what = f"cannot be read as JSON ({str(error)[:80]})."
            skipped.append(_unreadable(f"{where}: ld+json block {number}", what, "Check it with a JSON-LD validator."))
            continue
        jobs = [node for value in values for node in nodes(value, "JobPosting")]
        found += jobs
        others += () if jobs else [name for value in values for name in _types_in(value)]
    if not found:
        raise _no_job(html, where, others, skipped)
    postings, unnamed = postings_from(found, html, where)
    return postings, (*skipped, *unnamed)


def postings_from(found: list[Node], html: str, where: str) -> tuple[tuple[Posting, ...], tuple[Issue, ...]]:
    """The job ads that were found in the page `html`, each with a key of its own, and those without a title."""
    skipped: list[Issue] = []
    page = canonical_url(html, where) or where
    language = page_language(html)
    made: list[Posting] = []
    for number, node in enumerate(found, 1):
        if shapes.text(node.get("title")) or shapes.text(node.get("name")):
            made.append(_posting(node, page, language))
        else:
            skipped.append(_unreadable(f"{where}: JobPosting {number}", "has no title.", "Tell whoever runs the page."))
    return _with_own_keys(made), tuple(skipped)


def merged(response: Response, known: Posting | None) -> Posting:
    """The job of a page that a feed led to, under the key and address that are `known`; what the page lacks is kept.

    Raises `PayloadError` when the page holds no job.
    """
    postings, skipped = postings_of(response)
    if not postings:
        raise PayloadError(skipped[0].where, skipped[0].what, skipped[0].hint)
    if known is None:
        return postings[0]
    page = next((posting for posting in postings if posting.url == known.url), postings[0])
    filled = {name: getattr(page, name) or getattr(known, name) for name in Posting.__slots__}
    filled |= {"key": known.key, "url": known.url or page.url, "tags": tuple(dict.fromkeys((*known.tags, *page.tags)))}
    if len(known.description or "") > len(page.description or ""):
        filled |= {"description": known.description, "description_is_text": known.description_is_text}
    elif page.description:
        filled["description_is_text"] = page.description_is_text
    return Posting(**filled)


def _posting(node: Node, page: str, language: str | None) -> Posting:
    employer = shapes.first_of(node.get("hiringOrganization"))
    address = shapes.text(node.get("url"))
    url = _join(page, address) if address else page
    sections = ((heading, shapes.joined(node.get(name))) for heading, name in _SECTIONS)
    description, is_text = with_sections(shapes.text(node.get("description")), sections)
    kind = " ".join(shapes.texts(node.get("jobLocationType")))
    logo = shapes.text(shapes.get(employer, "logo"), "url", "contentUrl")
    return Posting(
        key=shapes.text(shapes.first_of(node.get("identifier")), "value", "@value") or url,
        title=shapes.text(node.get("title")) or shapes.text(node.get("name")) or "",
        url=url,
        company=shapes.text(employer),
        company_url=_own_site(employer),
        logo=_join(page, logo) if logo else None,
        description=description,
        description_is_text=is_text,
        places=tuple(dict.fromkeys(shapes.places(node.get("jobLocation")))),
        workplace=kind or None,
        remote=True if "TELECOMMUTE" in kind.upper() else None,
        remote_from=tuple(dict.fromkeys(shapes.place_names(node.get("applicantLocationRequirements")))),
        employment=shapes.texts(node.get("employmentType")),
        salary=tuple(shapes.pay(node.get("baseSalary"), shapes.text(node.get("salaryCurrency")))),
        posted=shapes.text(node.get("datePosted")),
        closes=shapes.text(node.get("validThrough")),
        department=shapes.text(shapes.get(employer, "department")),
        tags=_skills(node.get("skills")),
        language=shapes.text(node.get("inLanguage"), "alternateName", "name") or language,
    )


def _own_site(employer: Any) -> str | None:
    stated = (*shapes.texts(shapes.get(employer, "sameAs")), *shapes.texts(shapes.get(employer, "url")))
    return next((address for address in stated if not _PROFILE.search(address)), None)


def _join(base: str, address: str) -> str:
    try:
        return urljoin(base, address.strip())
    except ValueError:
        return base


def _skills(value: Any) -> tuple[str, ...]:
    words = (word.strip() for text in shapes.texts(value) for word in text.split(","))
    # Some pages put whole sentences there.
    return tuple(word for word in words if 0 < len(word) <= 40)


def _with_own_keys(postings: list[Posting]) -> tuple[Posting, ...]:
    """Postings whose key another of the page shares (the employer's number, the page's address) get a longer one."""
    for more in (lambda posting: posting.title, lambda posting: " / ".join(map(str, posting.places))):
        counts = Counter(posting.key for posting in postings)
        postings = [
            posting.but(key=f"{posting.key} {more(posting)}") if counts[posting.key] > 1 else posting
            for posting in postings
        ]
    # The same ad twice on one page.
    return tuple({posting.key: posting for posting in postings}.values())


# --- Pages without a job ---


def _unreadable(where: str, what: str, hint: str) -> Issue:
    return Issue("unreadable-item", where, what, hint)


def _types_in(value: Any) -> Iterator[str]:
    """The types of a block's objects, and of those in its @graph."""
    for item in shapes.as_list(value):
        yield from types(item)
        for inner in shapes.as_list(shapes.get(item, "@graph")):
            yield from types(inner)


def _no_job(html: str, where: str, others: list[str], skipped: list[Issue]) -> PayloadError:
    """What the page holds instead of a JobPosting, and what to do about it."""
    title = page_title(html)
    found = [f"the page {title[:80]!r} holds no JobPosting in JSON-LD" if title else "no JobPosting in JSON-LD"]
    if others:
        found.append(f"but {', '.join(dict.fromkeys(others))}"[:160])
    if skipped:
        found.append(f"{len(skipped)} of its blocks cannot be read; the first {skipped[0].what.rstrip('.')}")
    if "schema.org/JobPosting" in html and "itemtype" in html:
        found.append("and a JobPosting in microdata")
        return PayloadError(where, "; ".join(found) + ".", "Write `source: microdata` for this board.")
    hint = "Open the page and check that it is one job's own page, or name a list with the option links."
    return PayloadError(where, "; ".join(found) + ".", hint)

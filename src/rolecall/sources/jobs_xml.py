"""A list of jobs as XML (`<source><job>`), as Indeed, Jobrapido, Talent.com, Careerjet and LinkedIn take it: one GET.

Documentation: https://docs.indeed.com/indeed-apply/xml-feed, https://brands.recruitrapido.com/ServiceJR/feed_guide/,
https://talent.com/integrations, https://www.careerjet.com/docs/feeds/xml and
https://learn.microsoft.com/linkedin/talent/job-postings/xml-feeds-development-guide

Quirks: names of elements differ by one letter or case (`referencenumber`, `reference_id`, `partnerJobId`). A job in
several towns is listed once for each; under one number that is one job. `location` is a town, a line, or an element of
parts. Jobrapido writes dates day first. Indeed's `remotetype` COVID-19 says nothing of today. What is for the
employer's account (e-mail, sponsored, bids) is not read. Not confirmed on real feeds: `salaries` (LinkedIn) and the
parts of `salary` (Talent.com); without them a job has no pay. A document without <job> is a failure, unless it is an
empty list whose root is known.
"""

from __future__ import annotations

from rolecall.errors import PayloadError, SourceError
from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources._descriptions import described
from rolecall.sources._feeds import Item, local, read_items
from rolecall.sources._xml import parse_xml
from rolecall.sources.base import Batch, Request, Response, Source

_ROOTS = frozenset({"source", "jobs", "jobfeed", "joblist", "positions"})
_ITEMS = frozenset({"job", "position", "vacancy"})
_KEY = ("referencenumber", "referenceid", "partnerjobid", "jobreference", "jobid", "id", "guid")
_POSTED = ("dateposted", "publishdate", "listdate", "publicationdate", "date")
_CLOSES = ("expirationdate", "expirydate", "expiredate", "expires", "validthrough")
_MIN, _MAX = ("min", "salarymin", "minsalary", "lowend"), ("max", "salarymax", "maxsalary", "highend")
_CURRENCY, _PER = ("currency", "salarycurrency", "currencycode"), ("period", "salaryperiod", "salarytype")


class JobsXml(Source):
    takes = "url"
    example = "- {source: jobs_xml, url: https://acme.example/feeds/indeed.xml}"

    def first(self, board: Board) -> Request:
        if not board.url:
            raise SourceError(board.name, "url is missing.", f"Write it as in: {self.example}")
        return Request(url=board.url, expect="xml")

    def read(self, response: Response, board: Board) -> Batch:
        root = parse_xml(response)
        if root is None:
            hint = "Open the address in a browser: the XML ends early, or its tags do not match."
            raise PayloadError(response.url, "the XML is broken, and no job of it is taken.", hint)
        jobs = [element for element in root.iter() if local(element.tag) in _ITEMS and len(element)]
        if not jobs and local(root.tag) not in _ROOTS:
            what = f"expected <source> with a <job> for each job, found <{local(root.tag)[:40]}>."
            raise PayloadError(response.url, what, "For RSS and Atom use the source feed.")
        items = tuple(Item(job, f"job {number}", response.url) for number, job in enumerate(jobs, 1))
        postings, skipped = read_items(items, _posting)
        return Batch(postings=_merged(postings), skipped=skipped)


def _posting(job: Item) -> Posting:
    title, url = job.text("title", "jobtitle", "name"), job.text("url", "link", "joburl", "applyurl")
    key = job.text(*_KEY) or url
    if not key or not title:
        what = "has no title." if key else "has neither a number nor an address."
        raise PayloadError(job.where, what, "Nothing can be made of it; tell whoever makes the feed.")
    description, is_text = described(job.html("description", "jobdescription", "body"))
    workplace = job.text("remotetype", "workplacetypes", "workplacetype", "remote", "isremote") or ""
    flag = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(workplace.lower())
    return Posting(
        key=key,
        title=title,
        url=url,
        apply_url=job.text("applyurl"),
        company=job.text("company", "companyname", "sourcename"),
        company_url=job.text("companyurl", "website"),
        logo=job.text("logo", "companylogo", "logourl"),
        description=description,
        description_is_text=is_text,
        places=_places(job),
        workplace=None if flag is not None or "covid" in workplace.lower() else workplace or None,
        remote=flag,
        employment=(*job.texts("jobtype", "employmenttype", "contracttype"), *job.texts("workinghours")),
        salary=_salary(job),
        posted=job.text(*_POSTED),
        closes=job.text(*_CLOSES),
        department=job.text("department"),
        requisition_id=job.text("requisitionid", "jobrequisitionid"),
        tags=_tags(job),
        level=job.text("experiencelevel", "seniority"),
        language=job.text("language"),
    )


def _parts(job: Item, *names: str) -> list[Item]:
    """The elements of these names that have elements of their own."""
    return [Item(element, job.where, "") for element in job.all(*names) if len(element)]


def _lines(job: Item, *names: str) -> list[str]:
    """The texts of the elements of these names that have no elements of their own."""
    return [text for element in job.all(*names) if not len(element) and (text := (element.text or "").strip())]


def _places(job: Item) -> tuple[PlaceText, ...]:
    """The job's own place, then further ones; a town in `location` stands with the job's own state and country."""
    own, lines = _place(job), _lines(job, "location")
    if lines and not own.city:
        own, lines = PlaceText(text=lines[0], region=own.region, country=own.country), lines[1:]
    groups = _parts(job, "locations", "alternatelocations")
    inner = [part for group in groups for part in _parts(group, "location", "alternatelocation")]
    lines += [line for group in groups for line in _lines(group, "location", "alternatelocation")]
    stated = (own, *map(_place, _parts(job, "location")), *map(_place, inner), *map(PlaceText, lines))
    return tuple(dict.fromkeys(place for place in stated if place != PlaceText()))


def _place(part: Item) -> PlaceText:
    return PlaceText(city=part.text("city"), region=part.text("state", "region"), country=part.text("country"))


def _salary(job: Item) -> tuple[PayText, ...]:
    """Pay in parts (in LinkedIn's `salaries`, in `salary`, or beside it), else the text of `salary`."""
    listed = [pay for holder in _parts(job, "salaries") for pay in _parts(holder, "salary")]
    for part in (*listed, *_parts(job, "salary"), job):
        low, high = _amount(part, *_MIN), _amount(part, *_MAX)
        if low or high:
            named = (part, *_parts(part, *_MIN, *_MAX))
            currency = next((text for end in named if (text := end.text(*_CURRENCY))), None)
            return (PayText(min=low, max=high, currency=currency, per=part.text(*_PER)),)
    return tuple(PayText(text=line) for line in _lines(job, "salary", "compensation")[:1])


def _amount(part: Item, *names: str) -> str | None:
    """The text of the first element of these names, or of the `amount` in it."""
    return next((end.text("amount") for end in _parts(part, *names)), None) or part.text(*names)


def _tags(job: Item) -> tuple[str, ...]:
    texts = (*job.within("skills", "skill"), *_lines(job, "skills", "category"))
    return tuple(dict.fromkeys(word.strip() for text in texts for word in text.split(",") if word.strip()))


def _merged(postings: tuple[Posting, ...]) -> tuple[Posting, ...]:
    """One posting for each key: a job that is listed once for each of its towns has all of them."""
    found: dict[str, Posting] = {}
    for posting in postings:
        known = found.get(posting.key)
        if known is not None and known.title != posting.title:
            posting = posting.but(key=f"{posting.key} {posting.title}")
            known = found.get(posting.key)
        places = dict.fromkeys((*known.places, *posting.places)) if known else posting.places
        found[posting.key] = (known or posting).but(places=tuple(places))
    return tuple(found.values())


SOURCE = JobsXml()

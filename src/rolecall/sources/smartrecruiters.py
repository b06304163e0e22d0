"""SmartRecruiters: `GET https://api.smartrecruiters.com/v1/companies/{company}/postings`, 100 a page, one GET per job.

Documentation: https://developers.smartrecruiters.com/docs/posting-api

The vendor's policy limits this API to a customer's own career site, and the host's robots.txt turns crawlers away: use
it for your own company, or ask.

Quirks: an unknown company is an empty list. Labels are in the tenant's language, so ids are read where there are any;
`permanent` is called "Full-time" and stands even with an internship, which `experienceLevel` tells. `department` is
often `{}`; the `function` stands in. `remote` and `hybrid` are both false where nothing was chosen, so that is not
read as on site. A region may be a number of the country's register, which is no name. The ad is in four sections with
titles in the ad's language. `creator` and contacts are people, and are not read.

Not confirmed: `compensation {min, max, currency, period}` of a job page; other tenants simply have none.
"""

from __future__ import annotations

from urllib.parse import parse_qs, quote, urlencode, urlsplit

from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources._details import joined, with_list
from rolecall.sources.base import Batch, Record, Request, Response, Source, read_each

_LIMIT = 100
# More than anybody lists: an absurd total asks for no millions of pages.
_MOST = 50_000
_COMPANY = r"(?P<board>[^/?#\s]+)"
_SECTIONS = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")


class SmartRecruiters(Source):
    example = "- {source: smartrecruiters, board: BoschGroup}"
    options = frozenset({"country"})
    steps = ("list", "job")
    addresses = (
        rf"(?:jobs|careers)\.smartrecruiters\.com/(?:oneclick-ui/company/)?{_COMPANY}",
        rf"api\.smartrecruiters\.com/v1/companies/{_COMPANY}",
    )

    def first(self, board: Board) -> Request:
        return _page(board, 0)

    def read(self, response: Response, board: Board) -> Batch:
        answer, asked = response.json(), response.request
        if asked.step == "job":
            posting = _posting(answer, board, asked.carry)
            return Batch(postings=(with_list(posting, asked.carry),) if posting else ())
        items = answer.each("content")
        found, skipped = read_each(items, lambda item: _posting(item, board, None))
        jobs = tuple(
            Request(url=f"{_list_url(board)}/{quote(posting.key, safe='')}", step="job", carry=posting)
            for posting in found
        )
        if parse_qs(urlsplit(asked.url).query).get("offset", ["0"]) != ["0"]:
            return Batch(more=jobs, skipped=skipped)
        stated = answer.need("totalFound")
        total = int(stated) if stated.isdecimal() else 0
        pages = (_page(board, offset) for offset in range(_LIMIT, min(total, _MOST), _LIMIT))
        hidden = len(items) - len(found) - len(skipped)
        return Batch(more=(*jobs, *pages), skipped=skipped, total=max(total - hidden, 0))


def _list_url(board: Board) -> str:
    return f"https://api.smartrecruiters.com/v1/companies/{quote(board.board, safe='')}/postings"


def _page(board: Board, offset: int) -> Request:
    country = board.options.get("country")
    query = {"limit": _LIMIT, "offset": offset, **({"country": country} if country else {})}
    return Request(url=f"{_list_url(board)}?{urlencode(query)}")


def _posting(job: Record, board: Board, listed: Posting | None) -> Posting | None:
    if job.flag("active") is False or job.may("visibility") not in (None, "PUBLIC"):
        return None
    key = listed.key if listed else job.need("id")
    company = job.may("company.identifier") or board.board
    address = f"https://jobs.smartrecruiters.com/{quote(company, safe='')}/{quote(key, safe='')}"
    sections = (job.at(f"jobAd.sections.{name}") for name in _SECTIONS)
    remote, hybrid = job.flag("location.remote"), job.flag("location.hybrid")
    pay = job.at("compensation")
    return Posting(
        key=key,
        title=job.need("name"),
        url=job.may("postingUrl") or address,
        apply_url=job.may("applyUrl"),
        company=job.may("company.name"),
        description=joined((section.may("title"), section.may("text")) for section in sections),
        places=_places(job.at("location")),
        workplace="hybrid" if hybrid else None,
        remote=remote,
        employment=_employment(job),
        salary=(PayText(min=pay.may("min"), max=pay.may("max"), currency=pay.may("currency"), per=pay.may("period")),)
        if pay.may("min") or pay.may("max")
        else (),
        posted=job.may("releasedDate"),
        department=job.may("department.label") or job.may("function.label"),
        requisition_id=job.may("refNumber"),
        level=job.may("experienceLevel.id") or job.may("experienceLevel.label"),
        language=job.may("language.code"),
    )


def _places(location: Record) -> tuple[PlaceText, ...]:
    region = location.may("region")
    place = PlaceText(
        city=location.may("city"),
        region=None if region and region.isdecimal() else region,
        country=location.may("country"),
    )
    if place == PlaceText():
        place = PlaceText(text=location.may("fullLocation"))
    return (place,) if place != PlaceText() else ()


def _employment(job: Record) -> tuple[str, ...]:
    form = job.may("typeOfEmployment.id") or job.may("typeOfEmployment.label")
    intern = job.may("experienceLevel.id") == "internship"
    return (*((form,) if form else ()), *(("internship",) if intern else ()))


SOURCE = SmartRecruiters()

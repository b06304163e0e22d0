"""Ashby: `GET https://api.ashbyhq.com/posting-api/job-board/{board}?includeCompensation=true`, all jobs in one answer.

Documentation: https://developers.ashbyhq.com/docs/public-job-posting-api

Quirks: the board is the path of jobs.ashbyhq.com, case and spaces included. `isRemote` is also true for hybrid jobs;
`workplaceType` (Remote, Hybrid, OnSite or null) wins. `location` is a label that may name several towns. `publishedAt`
is the last publication: it moves when a job is published again; no other date is given. Pay stands in tiers, one per
area or level, whose `components` mix base pay with equity and commission, and whose salary may be on-target earnings
(its `summary` says so). It is the employer's secret when `shouldDisplayCompensationOnJobPostings` is false. Jobs with
`isListed: false` are not public. The company's name is not in the answer. An unknown board is said to be a 404 by some
and an empty list by others.

Not confirmed: intervals other than "1 YEAR", "1 MONTH" and "1 HOUR"; pay for several units ("2 WEEK") is left out.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources.base import JsonSource, Record, Request

_BOARD = r"(?P<board>[^/?#\s]+)"


class Ashby(JsonSource):
    url = "https://api.ashbyhq.com/posting-api/job-board/{board}?includeCompensation=true"
    items = "jobs"
    example = "- {source: ashby, board: linear}"
    addresses = (rf"jobs\.ashbyhq\.com/{_BOARD}", rf"api\.ashbyhq\.com/posting-api/job-board/{_BOARD}")

    def first(self, board: Board) -> Request:
        # A name taken from an address may be quoted already.
        return Request(url=self.url.format(board=quote(unquote(board.board), safe="")))

    def posting(self, item: Record) -> Posting | None:
        if item.flag("isListed") is False:
            return None
        html, text = item.may("descriptionHtml"), item.may("descriptionPlain")
        places = (item, *item.each_or_none("secondaryLocations"))
        return Posting(
            key=item.need("id"),
            title=item.need("title"),
            url=item.may("jobUrl"),
            apply_url=item.may("applyUrl"),
            description=html or text,
            description_is_text=bool(text and not html),
            places=tuple(place for place in map(_place, places) if place != PlaceText()),
            workplace=item.may("workplaceType"),
            remote=item.flag("isRemote"),
            employment=item.words("employmentType"),
            salary=_pay(item),
            posted=item.may("publishedAt"),
            department=item.may("department") or item.may("team"),
        )


def _place(place: Record) -> PlaceText:
    label, address = place.may("location"), place.at("address.postalAddress")
    # "SF / NY" names more towns than its address does.
    if label and "/" in label:
        return PlaceText(text=label, country=address.may("addressCountry"))
    return PlaceText(
        text=label,
        city=address.may("addressLocality"),
        region=address.may("addressRegion"),
        country=address.may("addressCountry"),
    )


def _pay(item: Record) -> tuple[PayText, ...]:
    """The salaries of all tiers, without equity, commission and bonus; the summary's where there are no tiers."""
    if item.flag("shouldDisplayCompensationOnJobPostings") is False:
        return ()
    pay = item.at("compensation")
    parts = [part for tier in pay.each_or_none("compensationTiers") for part in tier.each_or_none("components")]
    stated = [
        part for part in parts or pay.each_or_none("summaryComponents") if part.may("compensationType") == "Salary"
    ]
    if not stated:
        text = pay.may("scrapeableCompensationSalarySummary")
        return (PayText(text=text),) if text else ()
    return tuple(
        PayText(
            text=part.may("summary"),
            min=part.may("minValue"),
            max=part.may("maxValue"),
            currency=part.may("currencyCode"),
            per=part.may("interval"),
        )
        for part in stated
        if (part.may("interval") or "").startswith("1 ")
    )


SOURCE = Ashby()

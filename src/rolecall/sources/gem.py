"""Gem: `GET https://api.gem.com/job_board/v0/{board}/job_posts/`, all jobs in one bare array.

Documentation: https://api.gem.com/job_board/v0/reference

Quirks: the end slash is part of the address, and the board's name keeps its case. The fields are named as
Greenhouse's; `location_type` is remote, hybrid or in_office. Not confirmed, for want of a recorded answer: every field.
So a job without title, address, description or `first_published_at` is reported as unreadable, not taken half, and an
answer that is no array is an error. Whether `content` is HTML or escaped HTML is left open; both are read. An unknown
board may answer with an empty list, too.
"""

from __future__ import annotations

from rolecall.model import PlaceText, Posting
from rolecall.sources._descriptions import described
from rolecall.sources.base import JsonSource, Record


class Gem(JsonSource):
    example = "- {source: gem, board: retool}"
    url = "https://api.gem.com/job_board/v0/{board}/job_posts/"
    addresses = (
        r"jobs\.gem\.com/(?P<board>[\w.-]+)",
        r"api\.gem\.com/job_board/v0/(?P<board>[\w.-]+)/job_posts",
    )

    def posting(self, item: Record) -> Posting:
        description, is_text = described(item.need("content"))
        return Posting(
            key=item.need("id"),
            title=item.need("title"),
            url=item.need("absolute_url"),
            description=description,
            description_is_text=is_text,
            places=_places(item),
            workplace=item.may("location_type"),
            employment=item.words("employment_type"),
            posted=item.need("first_published_at"),
            department=next((name for part in item.each("departments") if (name := part.may("name"))), None),
            requisition_id=item.may("requisition_id"),
        )


def _places(item: Record) -> tuple[PlaceText, ...]:
    """The job's own place; where it has none, those of its offices."""
    if name := item.may("location.name"):
        return (PlaceText(text=name),)
    offices = (office.may("location.name") or office.may("name") for office in item.each("offices"))
    return tuple(PlaceText(text=office) for office in offices if office)


SOURCE = Gem()

"""Working Nomads: `GET https://www.workingnomads.com/api/exposed_jobs/`, all jobs that it shows as one bare list.

Documentation: none public. The endpoint takes no parameters, so `board` is always `all`.

Quirks: a job has no id of its own; the address that leads to the employer (`/job/go/{id}/`) has one. One opening is
listed once for each country, under ids of their own. `tags` is a comma list in one text. `location` says where the
worker may live ("Japan - Remote", "Anywhere"). No pay, form of contract or logo is given. No terms are known.
"""

from __future__ import annotations

import re

from rolecall.errors import PayloadError
from rolecall.model import Board, Posting
from rolecall.sources._boards import require_all
from rolecall.sources._descriptions import described
from rolecall.sources.base import JsonSource, Record, Request

_ID = re.compile(r"/job/go/(\d+)(?:[/?#]|$)")


class WorkingNomads(JsonSource):
    url = "https://www.workingnomads.com/api/exposed_jobs/"
    kind = "board"
    example = "- {source: workingnomads, board: all}"
    addresses = (r"workingnomads\.com(?:[/?#]|$)",)

    def first(self, board: Board) -> Request:
        require_all(board, "Working Nomads")
        return super().first(board)

    def posting(self, item: Record) -> Posting:
        url = item.need("url")
        named = _ID.search(url)
        if named is None:
            what = f"holds no id: {url[:80]!r}."
            raise PayloadError(f"{item.path}.url", what, "Its form was /job/go/{id}/.")
        text, is_text = described(item.may("description"))
        return Posting(
            key=named[1],
            title=item.need("title"),
            url=url,
            company=item.need("company_name"),
            description=text,
            description_is_text=is_text,
            remote=True,
            remote_from=item.words("location"),
            posted=item.may("pub_date"),
            tags=(*filter(None, (item.may("tags") or "").split(",")), *item.words("category_name")),
        )


SOURCE = WorkingNomads()

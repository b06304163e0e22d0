# ruff: noqa: S311 -- made-up jobs need no secret dice
"""Employers and their lists over a year, made up, and what their hosts answer: for bench/year.py."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from html import escape
from pathlib import Path
from random import Random
from typing import Any

import yaml
from corpus import job_file

LIST = "https://boards-api.greenhouse.io/v1/boards/{}/jobs?content=true"
# A tenth of a list may be unreadable before a read no longer counts; here four tenths are.
BROKEN_SHARE = 0.4


@dataclass
class World:
    """What is listed where. `fault` of a board: `down`, `empty` or `broken`; `pages` are those of people's jobs."""

    boards: int
    jobs_per_board: int
    today: date
    names: dict[str, str] = field(default_factory=dict)
    listed: dict[str, dict[int, date]] = field(default_factory=dict)
    pinned: set[int] = field(default_factory=set)
    revised: dict[int, str] = field(default_factory=dict)
    fault: dict[str, str] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    _next: int = 0
    _dice: Random = field(default_factory=lambda: Random("a year"))

    def __post_init__(self) -> None:
        for number in range(self.boards):
            board = f"b{number}"
            self.names[board] = f"{('Kelp', 'Fjord', 'Alder', 'Quarry', 'Tern')[number % 5]} {number} Works"
            self.listed[board] = {}
            for _ in range(self.jobs_per_board):
                self.add(board, self.today - timedelta(days=self._dice.randrange(60)))
            # The first jobs of a list never close by themselves: people edit and close those.
            self.pinned |= set(list(self.listed[board])[:3])

    def add(self, board: str, posted: date) -> int:
        """A new opening; its number."""
        self._next += 1
        self.listed[board][self._next] = posted
        return self._next

    def remove(self, board: str, count: int, *, posted_before: date | None = None) -> dict[int, date]:
        """Take some openings off a list; what they were."""
        before = posted_before or date.max
        may = [number for number, posted in self.listed[board].items() if number not in self.pinned and posted < before]
        return {number: self.listed[board].pop(number) for number in self._dice.sample(may, min(count, len(may)))}

    def live(self, days: int, share_a_day: float) -> None:
        """Let some days pass, on each of which that share of the openings is filled, and as many are new."""
        for _ in range(days):
            self.today += timedelta(days=1)
            for board in self.listed:
                count = sum(self._dice.random() < share_a_day for _ in range(self.jobs_per_board))
                self.remove(board, count)
                for _ in range(count):
                    self.add(board, self.today)

    def record(self, folder: Path) -> Path:
        """The answers of this day, as `rolecall fetch --replay` and `rolecall links --replay` read them."""
        folder.mkdir(parents=True, exist_ok=True)
        lines = [self._answer(folder, LIST.format(board), *self._list(board), f"{board}.json") for board in self.listed]
        for number, (url, page) in enumerate(sorted(self.pages.items())):
            lines.append(self._answer(folder, url, 200 if page else 404, page, f"page-{number}.html"))
        (folder / "index.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return folder

    def _answer(self, folder: Path, url: str, status: int, body: str, name: str) -> str:
        (folder / name).write_text(body, encoding="utf-8")
        kind = "text/html" if name.endswith("html") else "application/json"
        told = {"status": status, "headers": {"content-type": kind}, "body": name}
        return json.dumps({"request": {"method": "GET", "url": url}, "response": told})

    def _list(self, board: str) -> tuple[int, str]:
        fault = self.fault.get(board)
        if fault == "down":
            return 503, ""
        listed = {} if fault == "empty" else self.listed[board]
        items = [self._item(board, number, posted) for number, posted in listed.items()]
        if fault == "broken":
            for item in items[: int(len(items) * BROKEN_SHARE)]:
                del item["title"]
        return 200, json.dumps({"jobs": items, "meta": {"total": len(items)}})

    def _item(self, board: str, number: int, posted: date) -> dict[str, Any]:
        made = ad(number)
        text = made["content"] + (f"<p>{self.revised[number]}</p>" if number in self.revised else "")
        return {
            "id": number,
            "title": made["title"],
            "absolute_url": f"https://jobs.{board}.example/openings/{number}",
            "location": {"name": made["location"]},
            "first_published": f"{posted}T09:00:00-04:00",
            "content": escape(text),
            "company_name": self.names[board],
        }


@cache
def ad(number: int) -> dict[str, str]:
    """Title, place and text of an opening: those of the corpus, which are like real ones in size and words."""
    values = yaml.safe_load(job_file(number, date(2026, 1, 1), languages=False)[1])
    place = next(iter(values.get("places") or ()), {})
    where = ", ".join(str(place[name]) for name in ("city", "country") if place.get(name)) or "Remote"
    text = str(values.get("description_html") or f"<p>{values.get('description', '')}</p>")
    return {"title": str(values["title"]), "location": where, "content": text}

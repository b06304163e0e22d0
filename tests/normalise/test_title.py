from __future__ import annotations

from rolecall.model import Place, Region, RemoteFrom, Workplace
from rolecall.normalise.title import Known, read_title

TABLE = "titles.txt"
KELPLINE = Known(
    company="Kelpline",
    places=(Place(city="Berlin", country="DE"), Place(city="Lisbon", country="PT")),
    remote_from=RemoteFrom(countries=("DE",), regions=(Region.EMEA,)),
    workplace=Workplace.REMOTE,
)


def test_the_name_of_the_job_alone(given: str, expected: str) -> None:
    assert read_title(given, KELPLINE) == expected


def test_what_the_job_does_not_say_elsewhere_stays_in_the_title() -> None:
    nothing_known = Known(company="Kelpline")
    for title in ("Backend Engineer - Berlin", "Backend Engineer (Remote)", "Backend Engineer, Germany"):
        assert read_title(title, nothing_known) == title


def test_the_name_of_the_job_has_nothing_more_to_lose() -> None:
    name = read_title("[Remote] SENIOR COOK (m/w/d) - Berlin | 50-60k", KELPLINE)
    assert read_title(name, KELPLINE) == name == "Senior Cook"

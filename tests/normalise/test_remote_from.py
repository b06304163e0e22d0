from __future__ import annotations

from rolecall.model import PlaceText, Posting, RemoteFrom, Timezones, Workplace
from rolecall.normalise.place import read_remote_from

TABLE = "remote_from.txt"
COOK = Posting(key="1", title="Cook")


def shown(found: RemoteFrom | None) -> str:
    if found is None:
        return "-"
    zones = [f"{found.timezones.min}..{found.timezones.max}"] if found.timezones else []
    return " ".join([*["worldwide"] * bool(found.worldwide), *found.countries, *found.regions, *zones])


def test_where_a_remote_worker_may_live(given: str, expected: str) -> None:
    assert shown(read_remote_from(COOK.but(remote_from=(given,)), Workplace.REMOTE)) == expected


def test_nothing_said_is_not_worldwide() -> None:
    assert read_remote_from(COOK, Workplace.REMOTE) is None


def test_a_list_of_offsets_is_read_as_its_span() -> None:
    found = read_remote_from(COOK.but(timezones=("-3.5", "5.5", "0")), Workplace.REMOTE)
    assert found is not None
    assert found.timezones == Timezones.model_validate({"min": "-3.5", "max": "5.5"})


def test_all_offsets_are_no_restriction() -> None:
    assert read_remote_from(COOK.but(timezones=("-12", "14")), Workplace.REMOTE) is None


def test_a_remote_job_with_one_country_is_restricted_to_it() -> None:
    lisbon = COOK.but(places=(PlaceText(text="Lisbon, Portugal"),))
    assert shown(read_remote_from(lisbon, Workplace.REMOTE)) == "PT"
    assert read_remote_from(lisbon, Workplace.HYBRID) is None


def test_offices_in_two_countries_restrict_nothing() -> None:
    two = COOK.but(places=(PlaceText(text="Lisbon, Portugal; London, UK"),))
    assert read_remote_from(two, Workplace.REMOTE) is None


def test_work_on_site_has_no_remote_worker() -> None:
    assert read_remote_from(COOK.but(remote_from=("Worldwide",)), Workplace.ON_SITE) is None


def test_a_place_may_name_a_span_of_hours() -> None:
    posting = Posting(key="1", title="Cook", places=(PlaceText("Remote (CET ±3)"),))
    found = read_remote_from(posting, Workplace.REMOTE)
    assert found is not None
    assert found.timezones == Timezones(min=-2, max=4)


def test_a_country_alone_beside_a_remote_one_is_meant_too() -> None:
    posting = Posting(key="1", title="Cook", places=(PlaceText("Remote - Germany, Austria or Switzerland"),))
    assert read_remote_from(posting, Workplace.REMOTE) == RemoteFrom(countries=("AT", "CH", "DE"))

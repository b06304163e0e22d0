"""What the rules say: one case a line, the code and what is said or written instead."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rolecall.checks import CODES, Finding, Ground, JobFile, examine, judge, parse
from rolecall.checks.description import without_code
from rolecall.issues import Level
from rolecall.model import COUNTRY_CODES, CURRENCY_CODES
from rolecall.normalise.lookup import listed, table

FILE = "jobs/acme/cook.yaml"
Find = Callable[..., list[Finding]]

# (fields of the file, code, a part of what is said); each is the only finding that is no remark
CASES: dict[str, tuple[dict[str, str | None], str, str]] = {
    "a day in the future": ({"posted": "2026-12-24"}, "date-ahead", "is in the future"),
    "a last day years ahead": ({"closes": "2028-12-31"}, "closes-far", "more than 400 days"),
    "a last day that is over": ({"closes": "2026-11-20"}, "over-already", "is over"),
    "a job of last year": ({"posted": "2025-01-01"}, "posted-long-ago", "over a year ago"),
    "pay without currency": ({"salary": "{min: 20, per: hour}"}, "no-currency", "currency: EUR"),
    "pay without time": ({"salary": "{min: 20, currency: EUR}"}, "no-unit", "per: year"),
    "pay from little to much": ({"salary": "{min: 9, max: 90, currency: EUR, per: hour}"}, "pay-spread", "5 times"),
    "a year's pay an hour": ({"salary": "{min: 90000, currency: EUR, per: hour}"}, "pay-figure", "90000 EUR a hour"),
    "thousands left out": ({"salary": "{min: 90, currency: USD, per: year}"}, "pay-figure", "90 USD a year"),
    "a shortener": ({"apply_url": "https://bit.ly/3xyz"}, "short-link", "bit.ly hides"),
    "a bare address": ({"apply_url": "https://93.184.216.34/job"}, "bare-ip", "93.184.216.34"),
    "an address in one number": ({"apply_url": "https://2130706433/job"}, "bare-ip", "2130706433"),
    "a host of some network": ({"apply_url": "https://intranet/job"}, "local-host", "only some network"),
    "no encryption": ({"apply_url": "http://acme.example/job"}, "plain-http", "not encrypted"),
    "tracking": ({"apply_url": "https://acme.example/job?utm_source=x&id=3"}, "tracking", "https://acme.example/job?id=3"),
    "another host": ({"apply_url": "https://harbour.example/job"}, "foreign-host", "acme-group.example, acme.example"),
    "a twin with a word more": ({"apply_url": "https://acme-careers.example/x"}, "lookalike-host", "looks like acme.example"),
    "a twin above": ({"apply_url": "https://acme.example.harbour.test/x"}, "lookalike-host", "looks like acme.example"),
    "a twin in letters that look alike": ({"apply_url": "https://acrne.example/x"}, "lookalike-host", "looks like acme"),
    "a free mailbox": ({"apply_url": "mailto:acme.jobs@gmail.com"}, "free-mail", "gmail.com"),
    "a foreign mailbox": ({"apply_url": "mailto:jobs@harbour.example"}, "foreign-host", "harbour.example"),
    "an employer nobody knows": ({"company": "Brine", "apply_url": "https://brine.example/x"}, "employer-unknown", "jobs/brine/company.yaml"),
    "the same opening": ({"title": "Head Baker", "apply_url": "https://jobs.acme.example/baker/?id=7&utm_source=x"}, "duplicate", "Change jobs/acme/head-baker.yaml instead"),
    "a closed one again": ({"title": "Waiter", "apply_url": "https://acme.example/waiter"}, "duplicate", "remove `status`"),
    "one address for two": ({"apply_url": "https://jobs.acme.example/baker?id=7"}, "same-address", "head-baker.yaml, too"),
    "the same title": ({"title": "Head Baker"}, "same-opening", "head-baker.yaml"),
    "an unknown tag": ({"tags": "[pithon]"}, "tag-unknown", 'Did you mean "python"?'),
    "HTML": ({"title": "Cook <b>now</b>"}, "markup", "'<b>'"),
    "an entity": ({"places": "[{city: Bergen &amp; Oslo}]"}, "markup", "'&amp;'"),
    "a rocket": ({"title": "🚀 Cook"}, "emoji", 'Write "Cook".'),
    "capitals": ({"title": "SENIOR COOK WANTED"}, "shouting", "capitals"),
    "broken characters": ({"title": "Cook in a cafÃ©"}, "mojibake", 'Write "Cook in a café".'),
    "no text": ({"description": None}, "no-description", "is missing"),
    "little text": ({"description": "Come and cook."}, "short-description", "14 characters"),
    "a book": ({"description": "Cook well. " * 1500}, "long-description", "over 15,000"),
    "HTML in Markdown": ({"description": f"|\n  {'Cook. ' * 20}\n  <script>x</script>"}, "raw-html", "'<script>'"),
    "a source": ({"source": "{name: greenhouse, board: acme, key: '7'}"}, "written-by-fetch", "source"),
    "keep": ({"keep": "[tags]"}, "written-by-fetch", "keep"),
    "featured": ({"featured": "true"}, "owners-word", "owner"),
}  # fmt: skip


def said(found: list[Finding]) -> list[str]:
    return [finding.issue.code for finding in found if finding.issue.level is not Level.INFO]


def test_a_good_file_has_no_finding(find: Find) -> None:
    assert find() == []


@pytest.mark.parametrize("case", CASES)
def test_a_rule_speaks_once_and_says_what_to_write(find: Find, case: str) -> None:
    fields, code, words = CASES[case]
    company = fields.get("company") or "Acme"
    found = find(f"jobs/{company.lower()}/cook.yaml", **fields)
    if code in ("duplicate", "same-address") and "tracking" in said(found):
        found = [finding for finding in found if finding.issue.code != "tracking"]
    assert said(found) == [code]
    issue = next(finding.issue for finding in found if finding.issue.code == code)
    assert words in str(issue)
    assert issue.spot is not None
    assert issue.spot.line
    assert issue.level is CODES[code].level_of(new=True)
    assert all(CODES[finding.issue.code].repaired for finding in found if finding.mend)


@pytest.mark.parametrize(
    "address",
    [
        "https://acme.example/job",
        "https://careers.eu.acme.example/job?source=7&ref=x",
        "https://www.acme-group.example/",
        "https://boards.greenhouse.io/acme/jobs/12345",
        "https://acme.wd3.myworkdayjobs.com/en-US/careers/job/x_R1",
        "https://jobs.lever.co/acme/7a1b",
        "mailto:people@jobs.acme.example",
    ],
)
def test_the_employers_own_hosts_and_vendors_are_fine(find: Find, address: str) -> None:
    assert find(apply_url=address) == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"tags": "[Golang]"}, "tag-alias"),
        ({"title": "Cook at Acme"}, "company-in-title"),
        ({"title": "Cook in Oslo", "places": "[{city: Oslo}]"}, "place-in-title"),
    ],
)
def test_what_is_merely_untidy_is_a_remark(find: Find, fields: dict[str, str], code: str) -> None:
    assert [(one.issue.code, one.issue.level) for one in find(**fields)] == [(code, Level.INFO)]


@pytest.mark.parametrize("name", ["Cook.yaml", "cook_2.yaml", "köchin.yaml", "a b.yaml"])
def test_a_name_has_small_letters_digits_and_hyphens(find: Find, name: str) -> None:
    assert said(find(f"jobs/acme/{name}")) == ["wrong-name"]


@pytest.mark.parametrize("file", ["jobs/brine/cook.yaml", "jobs/cook.yaml", "jobs/acme/kitchen/cook.yaml"])
def test_a_file_stands_in_its_companys_folder(find: Find, file: str) -> None:
    issue = find(file)[0].issue
    assert (issue.code, issue.level) == ("wrong-folder", Level.ERROR)
    assert "Move it to jobs/acme/cook.yaml" in issue.hint
    assert find(file, new=False)[0].issue.level is Level.WARNING


def test_what_concerns_new_files_only_is_not_said_of_old_ones(find: Find) -> None:
    old = {"posted": "2025-01-01", "featured": "true", "keep": "[tags]"}
    assert find(new=False, **old) == []
    assert said(find(**old)) == ["posted-long-ago", "owners-word", "written-by-fetch"]


def test_of_a_fetched_file_only_what_can_harm_is_said(find: Find) -> None:
    fetched = {"source": "{name: greenhouse, board: acme, key: '7'}", "title": "🚀 COOK", "description": None}
    assert find(new=False, **fetched) == []
    assert said(find(new=False, posted="2027-01-01", **fetched)) == ["date-ahead"]
    assert len(said(find(**fetched))) > 1


def test_a_broken_field_does_not_hide_the_others(find: Find) -> None:
    found = find(posted="19 Nov", apply_url="https://bit.ly/1", tags="[pithon]", company=None)
    assert said(found) == ["schema", "short-link", "schema", "tag-unknown"]


def test_the_findings_of_a_file_come_in_the_order_of_its_lines(find: Find) -> None:
    lines = [one.issue.spot.line for one in find(title="🚀 Cook", posted="2027-01-01", tags="[x1]") if one.issue.spot]
    assert lines == sorted(lines)


# field and what people write there => what is said
SPELLINGS = {
    ("workplace", "onsite"): "on_site",
    ("workplace", "Work from home"): "remote",
    ("employment", "Full-time"): "full_time",
    ("employment", "[fulltime, FullTime]"): "full_time",
    ("employment", "Contract"): "contractor",
    ("places", "[{country: Germany}]"): "DE",
    ("places", "[{country: UK}]"): "GB",
    ("places", "[{country: Österreich}]"): "AT",
    ("remote_from", "{countries: [USA]}"): "US",
    ("remote_from", "{regions: [Europe]}"): "EUROPE",
    ("salary", "{min: 9, currency: €, per: hour}"): "EUR",
    ("salary", "{min: 9, currency: £, per: hour}"): "GBP",
    ("salary", "{min: 9, currency: eur, per: hour}"): "EUR",
    ("salary", "{min: 90k, currency: EUR, per: year}"): "90000",
    ("salary", '{min: "90,000", currency: EUR, per: year}'): "90000",
    ("salary", "{min: 9, currency: EUR, per: hourly}"): "hour",
    ("posted", "22 Nov 2026"): "2026-11-22",
    ("posted", "2026/11/22"): "2026-11-22",
    ("posted", "Nov 22, 2026"): "2026-11-22",
    ("posted", "22.11.2026"): "2026-11-22",
    ("posted", "22/11/2026"): "2026-11-22",
    ("posted", "2026-11-22T10:00:00Z"): "2026-11-22",
    ("level", "Sr."): "senior",
    ("language", "EN"): "en",
    ("sponsorship", "Yes"): "yes",
    ("apply_url", "jobs@acme.example"): "mailto:jobs@acme.example",
}
# what stands for several things, or for nothing => what is said
DOUBTS = {
    ("salary", "{min: 9, currency: $, per: hour}"): "Several currencies share that sign",
    ("salary", "{min: 9, currency: XQZ, per: hour}"): "not an ISO 4217 code",
    ("posted", "3/4/2026"): "Day or month first?",
    ("posted", "yesterday"): "Write it as 2026-11-22.",
    ("employment", "Permanent"): "Allowed: full_time",
    ("places", "[{country: Narnia}]"): "ISO 3166-1",
    ("apply_url", "acme.example/cook"): "Write https://acme.example/cook",
    ("salary", "{min: 90-100k, currency: EUR, per: year}"): "Write 90000 or 25.50",
}


@pytest.mark.parametrize("field", SPELLINGS)
def test_another_spelling_is_told_what_to_write_and_can_be_repaired(find: Find, field: tuple[str, str]) -> None:
    found = [one for one in find(**{field[0]: field[1]}) if one.issue.code == "schema"]
    assert {one.issue.hint for one in found} == {f"Write {SPELLINGS[field]}."}
    assert {one.mend.value for one in found if one.mend} == {SPELLINGS[field]}


@pytest.mark.parametrize("field", DOUBTS)
def test_what_may_mean_several_things_is_not_repaired(find: Find, field: tuple[str, str]) -> None:
    (found,) = [one for one in find(**{field[0]: field[1]}) if one.issue.code == "schema"]
    assert DOUBTS[field] in str(found.issue)
    assert found.mend is None


def test_examine_gives_the_job_and_judge_says_the_same_of_it(ground: Ground, text_of: Callable[..., str]) -> None:
    data = text_of(title="🚀 Cook").encode()
    job, issues = examine(data, FILE, ground, new=True)
    parsed = parse(data, FILE)
    assert job is not None
    assert parsed.document is not None
    assert judge(JobFile(FILE, parsed.document, job, parsed.text), ground, new=True) == issues != []
    assert examine(b"\xff", FILE, ground, new=True)[0] is None


def test_the_normalisers_currencies_are_currencies() -> None:
    named = {*listed(table("currencies")["codes"]), *table("currencies")["signs"]}
    assert named <= CURRENCY_CODES
    assert len(COUNTRY_CODES) == 250


@pytest.mark.parametrize(
    "text",
    [
        "Cook. " * 20 + "Write `<b>` or ``a ` <i>``.",
        "Cook. " * 20 + "\n\n```html\n<script>\n```\nMore.",
        "Cook. " * 20 + "~~~\n" + "\n~~~\n<div>\n",
        "Cook. " * 20 + "See <https://acme.example> and a < b > c, List<T>.",
    ],
)
def test_code_and_angle_brackets_are_no_html(find: Find, text: str) -> None:
    assert find(description="|\n" + "".join(f"  {line}\n" for line in text.split("\n")).rstrip("\n")) == []


@pytest.mark.parametrize("text", ["` <b>", "`a``` <b> `` x", "```\nx\n```\n<b>", "~~~\nx\n~~~\n<b>"])
def test_html_behind_code_is_seen(text: str) -> None:
    assert "<b>" in without_code(text)

"""Hostile text, the ways by which it comes in, and what is asked of everything that comes out.

A way writes a board in which every payload stands in every field that a stranger can fill, one job for each payload.
The answers of boards are recordings; an issue is sent through the form. Then the whole board is built.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import html5lib
import pytest

from rolecall import yaml_io

if TYPE_CHECKING:
    from click.testing import Result

DAY = "2026-11-22"
WORDS = "Two hundred people a day eat what you cook, in a kitchen that has windows on three sides."
Run = Callable[..., "Result"]
CONFIG = """\
title: Jobs
description: All of them.
base_url: https://o.github.io/r/
repository: o/r
"""
README = "# Jobs\n\n<!-- rolecall:start -->\n<!-- rolecall:end -->\n\nafter\n"

# Made up here, in the shapes of the public collections; `make attack` throws those, too.
OWN = json.loads((Path(__file__).parent / "own.json").read_text(encoding="utf-8"))
LONG = ("[" * 200, "(" * 200 + ")" * 200, "a" * 5000, "<b>" * 500, "&" * 500, "x " * 2000)


@dataclass
class Corpus:
    """What is thrown in: texts for every field, addresses for those that hold one."""

    texts: list[str]
    urls: list[str]


@pytest.fixture(scope="session", params=["own", pytest.param("shared", marks=pytest.mark.thorough)])
def corpus(request: pytest.FixtureRequest) -> Corpus:
    if request.param == "own":
        return Corpus([*OWN["texts"], *LONG], [*OWN["urls"], "x" * 3000])
    folder = request.getfixturevalue("shared") / "corpora"
    lines = (folder / "xss" / "payloads.jsonl").read_text(encoding="utf-8").split("\n")
    texts = [json.loads(line)["payload"] for line in lines if line] + json.loads((folder / "blns.json").read_text())
    for name in ("markdown_injection", "log_and_commit_injection", "ids_and_slugs"):
        texts += json.loads((folder / "attacks" / f"{name}.json").read_text())
    return Corpus(texts, json.loads((folder / "attacks" / "urls_hostile.json").read_text()))


@dataclass
class Attacked:
    """A board after the attack: how many texts and addresses were tried in how many fields, and all that was said."""

    folder: Path
    way: str
    tried: int
    fields: int
    said: list[str] = field(default_factory=list)
    open_jobs: int = 0
    shown: dict[str, str] = field(default_factory=dict)  # Markdown for GitHub: comments and summaries by name

    @property
    def output(self) -> Path:
        return self.folder / "output"


def pairs(corpus: Corpus) -> Iterator[tuple[int, str, str]]:
    """A number, a text for every field, an address: a good one beside a hostile text, and the other way round."""
    for number, text in enumerate(corpus.texts):
        yield number, text, f"https://good.example/{number}"
    for number, url in enumerate(corpus.urls, len(corpus.texts)):
        yield number, f"Cook {number}", url


def job_of(number: int, text: str, url: str) -> dict[str, Any]:
    """A job as a person writes it, with `text` wherever a text may stand."""
    place = {"city": text[:90], "region": text[:90], "text": text[:90], "country": "DE"}
    job = {"title": text[:190], "company": text[:110], "apply_url": url, "posted": "2026-11-01", "places": [place]}
    job |= {"tags": [text[:40]], "department": text[:90], "requisition_id": text[:90]}
    return job | {"description" if number % 2 else "description_html": f"{text}\n\n<p>{text}</p>"}


def company_of(text: str, url: str) -> dict[str, Any]:
    return {"name": text[:110], "website": url, "domains": [text[:90]]}


def yaml_bytes(values: dict[str, Any]) -> bytes:
    return yaml_io.dump(values).encode("utf-8", "surrogatepass")


def by_file(folder: Path, corpus: Corpus, run: Run) -> tuple[int, list[str]]:
    """Files that nobody has judged, in which even what only a fetch writes is hostile."""
    for number, text, url in pairs(corpus):
        job = job_of(number, text, url)
        source = {"name": text[:90], "board": text[:90], "key": f"{number}{text[:80]}", "url": url, "title": text[:190]}
        if number % 3 == 0:
            job |= {"source": source, "alternates": [{"url": url, "source": text[:90], "reason": text[:90]}]}
        path = folder / "jobs" / f"c{number}" / "job.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(yaml_bytes(job))
        if number % 5 == 0:
            path.with_name("company.yaml").write_bytes(yaml_bytes(company_of(text, url)))
    return 17, []


def by_pull_request(folder: Path, corpus: Corpus, run: Run) -> tuple[int, list[str]]:
    """Requests of up to 50 files; those that the review finds sound are merged: of half of them all but the text is."""
    said = []
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "config.yaml")
    git(folder, "commit", "--quiet", "--message", "The board")
    offered = list(pairs(corpus))
    for first in range(0, len(offered), 40):
        files = {}
        for number, text, url in offered[first : first + 40]:
            free = {"title": f"Cook {number}", "company": "Crumb", "places": [{"city": "Oslo", "country": "NO"}]}
            free |= {
                "description": f"{text} {WORDS}",
                "apply_url": url,
                "posted": "2026-11-01",
                "department": text[:90],
            }
            if number % 2:
                files[f"jobs/crumb/job-{number}.yaml"] = yaml_bytes(free)
            else:
                files[f"jobs/c{number}/job.yaml"] = yaml_bytes(job_of(number, text, url))
            if number % 5 == 0:
                files[f"jobs/c{number}/company.yaml"] = yaml_bytes(company_of(text, url))
        offer(folder, f"offer-{first}", files)
        summary, comment = folder.parent / f"summary-{first}.md", folder.parent / f"comment-{first}.md"
        words = ("--summary", summary, "--comment", comment, "--number", 1, "--now", DAY, "--format", "github")
        result = run("review", "-C", folder, "--base", "main", "--head", f"offer-{first}", "--take", *words)
        assert result.exit_code in (0, 1), result.output[-2000:]
        said.append(result.output)
    return 13, said


def git(folder: Path, *words: str, given: bytes = b"") -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    env = kept | {"HOME": str(folder.parent), "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *who, *words], cwd=folder, env=env, input=given, check=True, capture_output=True)


def offer(folder: Path, branch: str, files: dict[str, bytes]) -> None:
    """A commit on `branch` that adds `files`; the working tree is not touched."""
    head = f"commit refs/heads/{branch}\ncommitter Ada <ada@example.org> 1795305600 +0000\ndata 5\nOffer\nfrom refs/heads/main^0\n"
    added = (f"M 100644 inline {name}\ndata {len(data)}\n".encode() + data + b"\n" for name, data in files.items())
    git(folder, "fast-import", "--quiet", given=head.encode() + b"".join(added))


def fetched(folder: Path, run: Run, *boards: str, **pages: tuple[str, str]) -> list[str]:
    """Fetch `boards` where the addresses of `pages` have these bodies of that kind."""
    config = folder / "config.yaml"
    config.write_text(f"{CONFIG}boards:\n" + "".join(f"  - {board}\n" for board in boards))
    place, lines = folder.parent / "answers", []
    place.mkdir()
    for name, (kind, body) in pages.items():
        (place / name).write_bytes(body.encode("utf-8", "surrogatepass"))
        told = {"status": 200, "headers": {"content-type": kind}, "body": name}
        lines.append(
            json.dumps({"request": {"method": "GET", "url": f"https://{name}.example/jobs"}, "response": told})
        )
    (place / "index.jsonl").write_text("\n".join(lines) + "\n")
    result = run("fetch", "-C", folder, "--replay", place, "--now", DAY)
    assert result.exit_code == 0, result.output[-2000:]
    return [result.output]


def by_json(folder: Path, corpus: Corpus, run: Run) -> tuple[int, list[str]]:
    items = []
    for number, text, url in pairs(corpus):
        item = {
            "name": text,
            "link": url,
            "firm": text,
            "where": text,
            "skills": [text, "python"],
            "pay": text,
            "when": text,
        }
        items.append(
            item | {"text": f"<p>{text}</p>{text}", "team": text, "kind": text, "number": f"{number}{text[:40]}"}
        )
    fields = "{title: name, url: link, company: firm, place: where, tags: skills, salary: pay, closes: when, description: text, department: team, employment: kind, key: number}"
    board = f"{{source: mapped, board: json, url: 'https://json.example/jobs', items: jobs, fields: {fields}}}"
    return 10, fetched(folder, run, board, json=("application/json", json.dumps({"jobs": items})))


def by_feed(folder: Path, corpus: Corpus, run: Run) -> tuple[int, list[str]]:
    def said(text: str) -> str:
        return escape("".join(one for one in text if one.isprintable() or one in "\t\n"))

    items = [
        f"<item><guid>{number}</guid><title>{said(text)}</title><link>{said(url)}</link><author>{said(text)}</author>"
        f"<category>{said(text)}</category><description>{said(f'<p>{text}</p>{text}')}</description></item>"
        for number, text, url in pairs(corpus)
    ]
    body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Jobs</title>{"".join(items)}</channel></rss>'
    board = "{source: feed, board: feed, url: 'https://feed.example/jobs', company: Crumb}"
    return 4, fetched(folder, run, board, feed=("application/rss+xml", body))


def by_page(folder: Path, corpus: Corpus, run: Run) -> tuple[int, list[str]]:
    items = []
    for number, text, url in pairs(corpus):
        address = {"addressLocality": text, "addressRegion": text, "addressCountry": text}
        items.append(
            {
                "@type": "JobPosting", "title": text, "url": url, "identifier": f"{number}", "employmentType": text, "validThrough": text,
                "hiringOrganization": {"name": text, "sameAs": url, "logo": url}, "jobLocation": {"address": address}, "industry": text,
                "description": f"<p>{text}</p>{text}", "baseSalary": {"currency": text, "value": {"value": text, "unitText": text}}, "skills": text,
            }
        )  # fmt: skip
    blocks = (items[first : first + 50] for first in range(0, len(items), 50))  # one block alone would be too large
    said = (json.dumps({"@context": "https://schema.org", "@graph": block}).replace("<", "\\u003c") for block in blocks)
    scripts = "".join(f'<script type="application/ld+json">{text}</script>' for text in said)
    body = f"<!doctype html><title>Jobs</title>{scripts}"
    board = "{source: jsonld, board: page, url: 'https://page.example/jobs'}"
    return 13, fetched(folder, run, board, page=("text/html", body))


def by_microdata(folder: Path, corpus: Corpus, run: Run) -> tuple[int, list[str]]:
    """The same kinds of facts as attributes of a page, and each text as the markup that a browser makes of it."""
    named = ("title", "employmentType", "validThrough", "industry", "skills")
    said = []
    for number, text, url in pairs(corpus):
        words = escape(text)
        metas = "".join(f'<meta itemprop="{name}" content="{words}">' for name in named)
        links = f'<meta itemprop="url" content="{escape(url)}"><meta itemprop="identifier" content="{number}">'
        who = f'<p itemprop="hiringOrganization" itemscope><b itemprop="name">{words}</b><a itemprop="sameAs" href="{escape(url)}">x</a></p>'
        where = "".join(f'<i itemprop="address{name}">{words}</i>' for name in ("Locality", "Region", "Country"))
        there = f'<p itemprop="jobLocation" itemscope><span itemprop="address" itemscope>{where}</span></p>'
        pay = (
            f'<p itemprop="baseSalary" itemscope><i itemprop="currency">{words}</i><i itemprop="value">{words}</i></p>'
        )
        markup = "" if "<plaintext" in text.lower() else as_markup(text)
        body = f'<div itemprop="description">{words}{markup}</div>'
        said.append(
            f'<li itemscope itemtype="https://schema.org/JobPosting">{metas}{links}{who}{there}{pay}{body}</li>'
        )
    page = f"<!doctype html><title>Jobs</title><ul>{''.join(said)}</ul>"
    board = "{source: microdata, board: micro, url: 'https://micro.example/jobs'}"
    return 13, fetched(folder, run, board, micro=("text/html; charset=utf-8", page))


def by_html(folder: Path, corpus: Corpus, run: Run) -> tuple[int, list[str]]:
    """A page that shows each text as words, and as the markup that a browser makes of it."""
    said = []
    for number, text, url in pairs(corpus):
        words = escape(text)
        cells = "".join(
            f'<i class="{name}">{words}</i>' for name in ("who", "where", "skill", "pay", "until", "team", "kind")
        )
        markup = "" if "<plaintext" in text.lower() else as_markup(text)
        said.append(
            f'<li class="job" data-id="{number}{words[:40]}"><h3>{words}</h3><a href="{escape(url)}">x</a>{cells}<div class="text">{markup}</div></li>'
        )
    fields = "title: h3, url: a, company: .who, place: .where, tags: .skill, salary: .pay, closes: .until, department: .team, employment: .kind, description: .text, key: '@data-id'"
    board = f"{{source: html, url: 'https://html.example/jobs', items: .job, fields: {{{fields}}}}}"
    return 11, fetched(
        folder,
        run,
        board,
        html=("text/html; charset=utf-8", f"<!doctype html><title>Jobs</title><ul>{''.join(said)}</ul>"),
    )


def as_markup(text: str) -> str:
    """What a browser makes of `text`, closed, so that it does not swallow what follows."""
    piece = html5lib.parseFragment(text.replace("\0", ""), treebuilder="etree", namespaceHTMLElements=False)
    return html5lib.serialize(
        piece, tree="etree", omit_optional_tags=False, quote_attr_values="always", escape_lt_in_attrs=True
    )


def by_issue(folder: Path, corpus: Corpus, run: Run) -> tuple[int, list[str]]:
    from rolecall.github.forms import FORMS

    form = next(form for form in FORMS if form.name == "new-job")
    said, chosen = [], list(pairs(corpus))
    for number, text, url in chosen[:: max(1, len(chosen) // 400)]:
        # Every fourth fills all; in the others stands what only free words are asked for, so that some come through.
        free = ("title", "company", "description", "places")
        asked = [one.id for one in form.questions if number % 4 == 0 or one.id in free]
        answers = dict.fromkeys(asked, text) | {"apply_url": url, "posted": DAY}
        body = "\n\n".join(f"### {one.label}\n\n{answers.get(one.id, '_No response_')}" for one in form.questions)
        issue = {
            "number": number + 1,
            "title": text,
            "body": body,
            "user": {"login": "ada", "id": 1},
            "labels": [{"name": text}],
        }
        event = {
            "action": "labeled",
            "issue": {**issue, "created_at": f"{DAY}T09:00:00Z"},
            "sender": {"login": "ada", "id": 1},
        }
        (folder.parent / "event.json").write_text(json.dumps(event))
        comment, outputs = folder.parent / f"comment-{number}.md", folder.parent / "outputs"
        more = ("--comment", comment, "--outputs", outputs, "--write", "--now", DAY)
        result = run("from-issue", folder.parent / "event.json", "-C", folder, *more)
        assert result.exit_code in (0, 1), result.output
        said.append(result.output)
        lines = outputs.read_text().splitlines()
        assert all(re.fullmatch(r"[a-z_]+=[ \w#-]*", line) for line in lines), lines
    return len(form.questions) + 1, said


def by_import(folder: Path, corpus: Corpus, run: Run) -> tuple[int, list[str]]:
    file = io.StringIO()
    rows = csv.writer(file)
    rows.writerow(["Company", "Job title", "City", "Country", "Date posted", "Link", "Type", "Skills", "Description"])
    for _, text, url in pairs(corpus):
        rows.writerow([text, text, text, text, "10/24/2026", url, text, text, text])
    (folder.parent / "jobs.csv").write_bytes(file.getvalue().encode("utf-8", "replace"))
    table = ["# A list", "", "| Company | Role | Location | Application | Date |", "|---|---|---|---|---|"]
    for number, text, url in pairs(corpus):
        cell = " ".join(text.replace("|", "&#124;").split())
        table.append(f"| T{number} {cell} | {cell} | {cell} | [Apply]({quote(url, safe=':/')}) | Nov 01 |")
    (folder.parent / "list.md").write_bytes("\n".join(table).encode("utf-8", "replace"))
    said = []
    for name in ("jobs.csv", "list.md"):
        result = run("import", folder.parent / name, "-C", folder, "--now", DAY)
        assert result.exit_code in (0, 1), result.output[-2000:]
        said.append(result.output)
    return 8, said


WAYS: dict[str, Callable[[Path, Corpus, Run], tuple[int, list[str]]]] = {
    "file": by_file,
    "pull-request": by_pull_request,
    "json": by_json,
    "feed": by_feed,
    "html": by_html,
    "json-ld": by_page,
    "microdata": by_microdata,
    "issue": by_issue,
    "import": by_import,
}


@pytest.fixture(scope="session", params=WAYS)
def way(request: pytest.FixtureRequest) -> str:
    return request.param


def runner() -> Run:
    """The command line in this process; bugs are raised."""
    from click.testing import CliRunner

    from rolecall.cli import main

    def call(*arguments: object) -> Any:
        return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)

    return call


def build(folder: Path, run: Run) -> tuple[int, list[str]]:
    """How many open jobs the built board has, and what was said about it."""
    checked = run("check", "-C", folder, "--now", DAY, "--format", "github")
    result = run("build", "-C", folder, "--now", DAY, "--keep-going", "--json")
    assert result.exit_code in (0, 1), result.output[-2000:]
    report = json.loads(result.stdout)
    return report["jobs"], [checked.output, result.stderr]


@pytest.fixture(scope="session")
def attacked(corpus: Corpus, way: str, tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """The board that everything was thrown at by one way, and built."""
    folder = tmp_path_factory.mktemp(f"attack-{way}") / "board"
    (folder / "jobs").mkdir(parents=True)
    (folder / "config.yaml").write_text(CONFIG)
    (folder / "README.md").write_text(README)
    run = runner()
    half = list(WAYS).index(way) % 2
    # Enough for `make test`: each text by five ways or six.
    if len(corpus.texts) < 1000 and way not in ("file", "json"):
        corpus = Corpus(corpus.texts[half::2], corpus.urls[half::2])
    fields, said = WAYS[way](folder, corpus, run)
    jobs, more = build(folder, run)
    tried = len(corpus.texts) + len(corpus.urls)
    if way == "issue":
        tried = len(range(0, tried, max(1, tried // 400)))
    shown = {
        path.name: path.read_text(encoding="utf-8") for path in folder.parent.glob("*.md") if path.name != "list.md"
    }
    return Attacked(folder, way, tried, fields, [*said, *more], jobs, shown)


@pytest.fixture(scope="session")
def tame(tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """The same shapes with harmless words: what elements and attributes the theme itself writes."""
    folder = tmp_path_factory.mktemp("tame") / "board"
    (folder / "jobs").mkdir(parents=True)
    (folder / "config.yaml").write_text(CONFIG)
    (folder / "README.md").write_text(README)
    run = runner()
    by_file(
        folder,
        Corpus(
            ["Cook", "Köchin", "طباخ", "Baker", "", "a" * 900, "<p>b</p>"] * 6,
            ["https://a.example/1", "mailto:a@b.example"],
        ),
        run,
    )
    jobs, said = build(folder, run)
    return Attacked(folder, "tame", 0, 0, said, jobs)

"""New jobs as others take them: text, Markdown, Slack, Discord, Mastodon; printed, or sent."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import cmarkgfm
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.commands import announcing, webhook
from rolecall.commands.announce import News, Wanted, announce
from rolecall.commands.announcing import FORMATS, discord, fitted, markdown, mastodon, slack, text, units
from rolecall.errors import ForbiddenAddress, RolecallError, Unreachable
from rolecall.fetch.answers import Answer
from rolecall.issues import Issues
from rolecall.site.view import JobView
from rolecall.sources.base import Request

TODAY = date(2026, 11, 22)
Run = Callable[..., Any]


def titles(news: News) -> list[str]:
    return [view.title for view in news.jobs]


# Which jobs are new


def test_since_a_day_those_are_new_that_were_published_on_it_or_later(git_board: Any) -> None:
    git_board.job("larkspur/old.yaml", title="Old", posted="2026-11-18")
    git_board.job("larkspur/that.yaml", title="That day", posted="2026-11-19")
    git_board.job("larkspur/new.yaml", title="New", posted="2026-11-21")
    git_board.job("larkspur/closed.yaml", title="Closed", posted="2026-11-21", status="closed")
    git_board.job("larkspur/over.yaml", title="Over", posted="2026-11-20", closes="2026-11-21")
    git_board.job("larkspur/first.yaml", title="First", posted="2026-11-20", featured="true")
    assert titles(announce(git_board.folder, TODAY, Wanted("2026-11-19"))) == ["First", "New", "That day"]


def test_it_leaves_the_cache_to_builds(git_board: Any) -> None:
    git_board.job("larkspur/new.yaml", title="New", posted="2026-11-21")
    announce(git_board.folder, TODAY, Wanted("2026-11-19"))
    assert not (git_board.folder / ".cache" / "build").exists()


def test_since_a_commit_those_are_new_that_were_not_there(git_board: Any) -> None:
    git_board.job("larkspur/known.yaml", title="Known")
    git_board.job("larkspur/broken.yaml", title="Broken", posted="then")
    git_board.commit()
    git_board.job("larkspur/known.yaml", title="Known by another name")
    git_board.job("larkspur/broken.yaml", title="Mended")
    git_board.job("larkspur/late.yaml", title="Published long ago", posted="2026-01-01")
    git_board.job("larkspur/closed.yaml", title="Closed", status="closed")
    news = announce(git_board.folder, TODAY, Wanted("HEAD"))
    assert titles(news) == ["Published long ago"]
    assert news.base == "https://harbour.example/jobs/"


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_new_prints_nothing_and_sends_nothing(git_board: Any, run: Run, form: str) -> None:
    git_board.job("larkspur/cook.yaml")
    git_board.commit()
    options = ["--send"] if form in announcing.SENT else []
    result = run("announce", "--since", "HEAD", "--format", form, "-C", git_board.folder, *options)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_sections_and_tags_choose(git_board: Any, run: Run) -> None:
    git_board.write(
        "config.yaml",
        "title: Jobs\nsections:\n- {title: Back end, title_matches: [backend]}\n- {title: Kitchen & hall, title_matches: [cook]}\n",
    )
    git_board.job("a/1.yaml", title="Backend Engineer", tags="[python]", company="A")
    git_board.job("a/2.yaml", title="Cook", company="A")
    git_board.job("a/3.yaml", title="Cook for Go", tags="[go]", company="A")
    git_board.job("a/4.yaml", title="Porter", company="A")

    def found(*sections: str, tags: tuple[str, ...] = ()) -> list[str]:
        return sorted(titles(announce(git_board.folder, TODAY, Wanted("2026-11-01", sections, tags))))

    assert found("back end") == ["Backend Engineer"]
    assert found("kitchen & hall", "Back end") == ["Backend Engineer", "Cook", "Cook for Go"]
    assert found("Kitchen & hall", tags=("golang",)) == ["Cook for Go"]
    assert found(tags=("Python", "go")) == ["Backend Engineer", "Cook for Go"]
    result = run("announce", "--since", "2026-11-01", "--section", "back-en", "-C", git_board.folder)
    assert (result.exit_code, result.stderr) == (
        1,
        "--section: 'back-en' is no section of config.yaml. Did you mean \"back-end\"?\n",
    )


@pytest.mark.parametrize(("since", "what"), [("2026-02-30", "is not in the calendar"), ("nope", "names no commit")])
def test_a_day_or_commit_that_there_is_not_is_named(git_board: Any, run: Run, since: str, what: str) -> None:
    git_board.commit()
    result = run("announce", "--since", since, "-C", git_board.folder)
    assert result.exit_code == 1
    assert what in result.stderr


def test_a_broken_file_is_named_and_the_others_are_announced(git_board: Any, run: Run) -> None:
    git_board.commit()
    git_board.job("larkspur/cook.yaml")
    git_board.job("larkspur/bad.yaml", posted="then")
    for since in ("HEAD", "2026-11-01"):
        result = run("announce", "--since", since, "-C", git_board.folder, "--now", "2026-11-22")
        assert result.exit_code == 0
        assert result.stderr.startswith("left out: jobs/larkspur/bad.yaml:4")
        assert "Cook" in result.stdout


# How they are told


def view_of(number: int = 0, **changes: Any) -> JobView:
    values = {
        "id": f"{number:012x}",
        "file": "jobs/a/b.yaml",
        "page": f"jobs/larkspur/cook-{number}.html",
        "title": "Cook",
        "company": "Larkspur",
        "company_slug": "larkspur",
        "apply_url": "https://larkspur.example/apply?a=1&b=2",
        "apply_host": "larkspur.example",
        "posted": "2026-11-19",
        "where": "On site, Ghent, Belgium",
        "pay": "€16 an hour",
    }
    return JobView(**(values | changes))


def news_of(*views: JobView, base: str = "https://harbour.example/jobs/", board: str = "Harbour jobs") -> News:
    return News(board, base, "en", views, Issues())


def test_the_text_names_where_each_job_leads() -> None:
    assert text(news_of(view_of(), view_of(1)), 1) == (
        "2 new jobs on Harbour jobs\n\n"
        "Cook\nLarkspur · On site, Ghent, Belgium · €16 an hour\nhttps://harbour.example/jobs/jobs/larkspur/cook-0.html\n\n"
        "and 1 more on https://harbour.example/jobs/\n"
    )


def test_no_line_of_a_text_is_obeyed_by_the_runner_that_prints_it() -> None:
    hostile = view_of(title="::add-mask::e", company=" ::stop-commands::x ##[error]y")
    lines = text(news_of(hostile), 10).splitlines()
    assert [line for line in lines if line.lstrip().startswith("::") or "##[" in line] == []


def test_markdown_is_a_list_of_links() -> None:
    assert markdown(news_of(view_of()), 20) == (
        "**1 new job on Harbour jobs**\n\n"
        "- [Cook](<https://harbour.example/jobs/jobs/larkspur/cook-0.html>) · "
        "Larkspur · On site, Ghent, Belgium · €16 an hour\n"
    )


def test_a_board_without_pages_leads_to_where_one_applies() -> None:
    news = news_of(view_of(), view_of(1, apply_url="mailto:jobs@larkspur.example"), base="")
    assert "(<https://larkspur.example/apply?a=1&b=2>)" in markdown(news, 20)
    assert "jobs@\u200blarkspur.example" in markdown(news, 20)
    assert "jobs@larkspur.example" in text(news, 20)
    first, second = discord(news, 20)["embeds"]
    assert first["url"] == "https://larkspur.example/apply?a=1&b=2"
    assert "url" not in second
    assert "<https://larkspur.example/apply?a=1&amp;b=2|Cook>" in slack(news, 20)["blocks"][1]["text"]["text"]
    assert text(news, 1).endswith("and 1 more\n")


def test_a_form_holds_as_many_jobs_as_its_taker_takes() -> None:
    news = news_of(*map(view_of, range(120)))
    assert len(slack(news, 500)["blocks"]) == 50
    assert slack(news, 500)["blocks"][-1]["text"]["text"] == "and 72 more on <https://harbour.example/jobs/>"
    assert len(discord(news, 500)["embeds"]) == 10
    assert discord(news, 500)["content"].endswith("\nand 110 more on <https://harbour.example/jobs/>")
    status = mastodon(news, 500)["status"]
    shown = status.count("Cook")
    assert shown >= 2
    assert status.endswith(f"and {120 - shown} more on https://harbour.example/jobs/")


def test_what_is_cut_is_never_cut_inside_an_escape() -> None:
    escape = {ord("&"): "&amp;"}
    assert fitted("&&&", 15, escape) == "&amp;&amp;&amp;"
    assert fitted("&&&", 14, escape) == "&amp;&amp;…"
    assert fitted("ab \U0001f600c", 5, {}) == "ab…"
    assert units("\U0001f600") == 2


TEXTS = st.text(
    st.characters(exclude_categories=("Cs",)) | st.sampled_from("<>&@*_`~|[]()#:/\\!$\n\u202e\u200b"), max_size=40
) | st.sampled_from(
    [
        "<!channel> <@U012> <https://evil.example|click>",
        "@everyone @here <@&1> <#1> :smile: <:x:1>",
        "[x](https://evil.example) ![y](https://evil.example/z.png)",
        "<img src=x onerror=alert(1)> https://evil.example www.evil.example a@evil.example",
        "**a** _b_ ~~c~~ ||d|| `e`\n# f\n- g\n> h",
        "&lt;script&gt; &#60; \\",
        "*&" * 100,
        "\U0001f600" * 200,
    ]
)
NEWS = st.builds(
    lambda titles, company, where, board, url: news_of(
        *(
            view_of(number, title=title, company=company, where=where, apply_url=url)
            for number, title in enumerate(titles)
        ),
        board=board,
        base="",
    ),
    st.lists(TEXTS, min_size=1, max_size=12),
    TEXTS,
    TEXTS,
    TEXTS,
    st.sampled_from(
        ["https://larkspur.example/1", f"https://larkspur.example/?{'&' * 1900}", "mailto:a@larkspur.example"]
    ),
)


@given(NEWS)
def test_no_text_acts_in_markdown(news: News) -> None:
    made = markdown(news, 500)
    html = cmarkgfm.github_flavored_markdown_to_html(made, cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    assert set(re.findall(r"<(/?[a-z0-9]+)", html)) <= {
        f"{slash}{tag}" for slash in ("", "/") for tag in ("p", "strong", "ul", "li", "a")
    }
    assert {address.partition("?")[0] for address in re.findall(r'href="([^"]*)"', html)} <= {
        "https://larkspur.example/1",
        "https://larkspur.example/",
    }
    assert html.count("<li>") == len(news.jobs)
    assert "@everyone" not in made


@given(NEWS)
def test_no_text_acts_in_slack_and_its_limits_are_kept(news: News) -> None:
    made = slack(news, 500)
    assert len(made["blocks"]) <= 50
    assert units(made["blocks"][0]["text"]["text"]) <= 150
    for block in made["blocks"][1:]:
        words = block["text"]["text"]
        assert block["text"]["verbatim"]
        assert units(words) <= 3_000
        assert re.sub(r"^<https://larkspur\.example/[^<>|]*\|", "", words).count("<") == 0
        assert not re.search(r"&(?!amp;|lt;|gt;)", words)
        assert not re.search(r"[*_~`@](?!\u200b)", words.partition("|")[2] if words.startswith("<") else words)
    assert "<" not in made["text"]


@given(NEWS)
def test_no_text_acts_in_discord_and_its_limits_are_kept(news: News) -> None:
    made = discord(news, 500)
    assert made["allowed_mentions"] == {"parse": []}
    assert units(made["content"]) <= 2_000
    assert len(made["embeds"]) <= 10
    assert sum(units(embed["title"]) + units(embed["description"]) for embed in made["embeds"]) <= 6_000
    for embed in made["embeds"]:
        assert units(embed["title"]) <= 256
        for words in (embed["title"], embed["description"]):
            assert not re.search(r"@(?!\u200b)", words)
            bare = re.sub(r"\\.", "", words)
            assert not set(bare) & set("\\*_~`|[]()<>#:")


@given(NEWS)
def test_no_text_acts_in_mastodon_and_a_status_has_500_characters(news: News) -> None:
    status = mastodon(news, 500)["status"]
    assert len(re.sub(r"https://larkspur\.example/\S+", "x" * 23, status)) <= 500
    assert len(status) <= 500
    assert not re.search(r"[@#](?!\u200b)", status)
    assert not re.search(r"(?<!https)://", status)


@given(NEWS)
def test_the_text_has_no_character_that_nobody_sees(news: News) -> None:
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text(news, 500))


@pytest.mark.parametrize("form", FORMATS)
def test_a_long_address_of_the_board_does_not_break_the_limits(form: str) -> None:
    news = news_of(*map(view_of, range(60)), base=f"https://harbour.example/{'&' * 1900}/")
    made = json.dumps(FORMATS[form](news, 20))
    if form == "mastodon":
        assert len(FORMATS[form](news, 20)["status"]) <= 500
    if form == "discord":
        assert units(FORMATS[form](news, 20)["content"]) <= 2_000
    assert "more" in made


# Sending

SECRET = "https://hooks.example/services/T0000/B0000/verysecretpath?key=alsosecret"
TOKEN = "tokenverysecret"


class Network:
    """Notes what is asked and answers with `status`, or raises it."""

    def __init__(self, status: int | Exception = 200) -> None:
        self.status, self.asked = status, list[Request]()

    async def __call__(self, request: Request) -> Answer:
        self.asked.append(request)
        if isinstance(self.status, Exception):
            raise self.status
        return Answer(url=request.url, status=self.status, headers={}, body=b"ok")


@pytest.mark.parametrize("form", announcing.SENT)
def test_an_announcement_is_posted_as_it_would_be_printed(form: str) -> None:
    network, payload = Network(204), FORMATS[form](news_of(view_of()), 20)
    webhook.send(payload, form, {webhook.WEBHOOK: SECRET, webhook.TOKEN: TOKEN}, network)
    (request,) = network.asked
    assert (request.method, request.url, request.json) == ("POST", SECRET, payload)
    has_token = request.headers.get("Authorization") == f"Bearer {TOKEN}"
    assert has_token == (form == "mastodon")


@pytest.mark.parametrize(
    "answer",
    [
        301,
        400,
        403,
        404,
        410,
        500,
        Unreachable(SECRET, f"no answer from {SECRET} {TOKEN}"),
        ForbiddenAddress(SECRET, f"{SECRET} is private"),
        ValueError(SECRET),
    ],
)
def test_no_error_holds_a_part_of_the_address_or_the_token(answer: int | Exception) -> None:
    with pytest.raises(RolecallError) as caught:
        webhook.send({"status": "x"}, "mastodon", {webhook.WEBHOOK: SECRET, webhook.TOKEN: TOKEN}, Network(answer))
    said = f"{caught.value} {caught.value.problems} {caught.value.__cause__!r}"
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    for part in ("hooks.example", "T0000", "verysecretpath", "alsosecret", TOKEN):
        assert part not in said
    assert said.startswith("ROLECALL_WEBHOOK: ")


@pytest.mark.parametrize(
    ("environment", "what"),
    [
        ({}, "ROLECALL_WEBHOOK: is not set"),
        ({"ROLECALL_WEBHOOK": " "}, "ROLECALL_WEBHOOK: is not set"),
        ({"ROLECALL_WEBHOOK": "http://hooks.example/verysecretpath"}, "ROLECALL_WEBHOOK: is not an https:// address"),
        ({"ROLECALL_WEBHOOK": "file:///verysecretpath"}, "ROLECALL_WEBHOOK: is not an https:// address"),
        ({"ROLECALL_WEBHOOK": SECRET}, "ROLECALL_TOKEN: is not set"),
        (
            {"ROLECALL_WEBHOOK": SECRET, "ROLECALL_TOKEN": "a\nb: verysecretpath"},
            "ROLECALL_TOKEN: is not set, or no token",
        ),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_sent(environment: Mapping[str, str], what: str) -> None:
    network = Network()
    with pytest.raises(RolecallError) as caught:
        webhook.send({"status": "x"}, "mastodon", environment, network)
    assert str(caught.value).startswith(what)
    assert "verysecretpath" not in str(caught.value)
    assert network.asked == []


@pytest.mark.parametrize("host", ["127.0.0.1", "user:pass@hooks.example", "127.0.0.1:8443", "[::1]"])
def test_the_guard_of_fetch_holds_for_webhooks_too(git_board: Any, run: Run, host: str) -> None:
    git_board.job("larkspur/cook.yaml")
    env = {"ROLECALL_WEBHOOK": f"https://{host}/verysecretpath"}
    options = ("--since", "2026-11-01", "--format", "slack", "--send", "--now", "2026-11-22")
    result = run("announce", *options, "-C", git_board.folder, env=env)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("ROLECALL_WEBHOOK: does not lead to a host on the public internet.")
    assert "verysecretpath" not in result.stderr


def test_only_what_a_webhook_takes_is_sent(git_board: Any, run: Run) -> None:
    result = run("announce", "--since", "2026-11-01", "--send", "-C", git_board.folder)
    assert result.exit_code == 2
    assert "--send needs --format slack, discord or mastodon." in result.stderr


def test_without_send_nothing_is_sent_whatever_the_environment_says(git_board: Any, run: Run) -> None:
    git_board.job("larkspur/cook.yaml")
    options = ("--since", "2026-11-01", "--format", "discord", "--now", "2026-11-22")
    result = run("announce", *options, "-C", git_board.folder, env={"ROLECALL_WEBHOOK": SECRET})
    assert json.loads(result.stdout)["embeds"][0]["title"] == "Cook"
    assert "secret" not in result.stdout + result.stderr

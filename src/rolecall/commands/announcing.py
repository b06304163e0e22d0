"""An announcement in the forms of those who take it: text, Markdown, and what Slack, Discord and Mastodon ask for.

Titles and names are strangers' text: each form escapes what it would act upon (mentions, links, marks) and keeps the
limits of whoever takes it; what does not fit is counted, with a link to the board.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from rolecall.commands.announce import News
from rolecall.site import urls
from rolecall.site.view import JobView
from rolecall.unseen import without_unseen

_APART = "\u200b"  # keeps two characters apart that would mean something together; nobody sees it
_URL_SAFE = "%:/?#[]@!$&'()*+,;=~-._"
_FACT_CHARS = 200
_BASE_CHARS = 250

SLACK_BLOCKS, SLACK_CHARS, SLACK_HEADER_CHARS = 50, 3_000, 150  # api.slack.com/reference/block-kit/blocks
DISCORD_CHARS, DISCORD_EMBEDS = 2_000, 10  # discord.com/developers/docs/resources/message
_DISCORD_TITLE_CHARS, _DISCORD_TEXT_CHARS = 250, 320  # ten of both are within the 6,000 of all embeds
MASTODON_CHARS, MASTODON_URL_CHARS = 500, 23  # docs.joinmastodon.org/user/posting

Escape = Mapping[int, str]
_NONE: Escape = {}
_MARKDOWN: Escape = {ord(mark): f"\\{mark}" for mark in "\\`*_[]<>|~$#!&"} | {ord("@"): f"@{_APART}"}
_SLACK: Escape = {
    **{ord(mark): f"{mark}{_APART}" for mark in "*_~`@:"},
    ord("&"): "&amp;",
    ord("<"): "&lt;",
    ord(">"): "&gt;",
}
_DISCORD: Escape = {ord(mark): f"\\{mark}" for mark in "\\*_~`|[]()<>#:"} | {ord("@"): f"@{_APART}"}
_MASTODON: Escape = {ord(mark): f"{mark}{_APART}" for mark in "@#:"}


@dataclass(frozen=True, slots=True)
class Line:
    """One job: its title, what else is said of it, and where it leads; plain text that is not escaped yet."""

    title: str
    facts: str
    url: str  # "" when it is applied for by mail, and the board has no pages
    mail: str


def _lines(news: News, most: int) -> list[Line]:
    return [_line(view, news.base) for view in news.jobs[:most]]


def _line(view: JobView, base: str) -> Line:
    facts = " · ".join(part for part in (view.company, view.where, view.pay) if part)
    url = urls.absolute(base, urls.job(view)) if base else view.apply_url
    if url.lower().startswith("mailto:"):
        return Line(plain(view.title), plain(facts), "", plain(url.partition(":")[2]))
    return Line(plain(view.title), plain(facts), quote(url, safe=_URL_SAFE), "")


def plain(text: str) -> str:
    """One line of what can be seen; an address in it is no link any more."""
    line = " ".join(without_unseen(text).split())
    return line.replace("://", f":{_APART}//").replace("www.", f"www{_APART}.")


def units(text: str) -> int:
    """The length as JavaScript counts it, which is never less than the number of characters."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fitted(text: str, limit: int, escape: Escape) -> str:
    """`text` escaped; cut with an ellipsis between two characters when it would be longer than `limit` units."""
    whole = text.translate(escape)
    if units(whole) <= limit:
        return whole
    cut, left = [], limit - 1
    for character in text:
        escaped = character.translate(escape)
        left -= units(escaped)
        if left < 0:
            break
        cut.append(escaped)
    return f"{''.join(cut).rstrip()}…"


def _heading(news: News) -> str:
    count = len(news.jobs)
    return f"{count:,} new {'job' if count == 1 else 'jobs'} on {plain(news.board)}"


def _more(news: News, shown: int, link: str) -> str:
    """What is said of the jobs that are not shown; `link` is the board's address in the form of whoever takes it."""
    count = len(news.jobs) - shown
    if count <= 0:
        return ""
    return f"and {count:,} more on {link}" if 0 < len(news.base) <= _BASE_CHARS else f"and {count:,} more"


def text(news: News, most: int) -> str:
    """Plain text, for a mail or a terminal."""
    parts = [_heading(news), *(f"{line.title}\n{line.facts}\n{line.url or line.mail}" for line in _lines(news, most))]
    if more := _more(news, most, news.base):
        parts.append(more)
    return "\n\n".join(parts) + "\n"


def markdown(news: News, most: int) -> str:
    """A list in Markdown."""
    parts = [f"**{_heading(news).translate(_MARKDOWN)}**", ""]
    for line in _lines(news, most):
        title = line.title.translate(_MARKDOWN)
        name = f"[{title}](<{line.url}>)" if line.url else title
        mail = f" · {line.mail.translate(_MARKDOWN)}" if line.mail else ""
        parts.append(f"- {name} · {line.facts.translate(_MARKDOWN)}{mail}")
    if more := _more(news, most, f"<{news.base}>"):
        parts += ["", more]
    return "\n".join(parts) + "\n"


def slack(news: News, most: int) -> dict[str, Any]:
    """Blocks for an incoming webhook of Slack; `verbatim` keeps it from making links and mentions of plain words."""
    shown = min(most, SLACK_BLOCKS - 2, len(news.jobs))
    heading = {"type": "plain_text", "text": fitted(_heading(news), SLACK_HEADER_CHARS, _NONE), "emoji": False}
    blocks: list[dict[str, Any]] = [{"type": "header", "text": heading}]
    blocks += [_section(_slack_line(line)) for line in _lines(news, shown)]
    if more := _more(news, shown, f"<{_slack_url(news.base)}>"):
        blocks.append(_section(more))
    return {"text": fitted(_heading(news), SLACK_CHARS, _SLACK), "blocks": blocks, "unfurl_links": False}


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _slack_line(line: Line) -> str:
    title, facts = fitted(line.title, _FACT_CHARS * 2, _SLACK), fitted(line.facts, _FACT_CHARS * 2, _SLACK)
    rest = f"\n{facts}" + (f"\n{fitted(line.mail, _FACT_CHARS, _SLACK)}" if line.mail else "")
    linked = f"<{_slack_url(line.url)}|{title}>{rest}"
    return linked if line.url and units(linked) <= SLACK_CHARS else f"{title}{rest}"


def _slack_url(url: str) -> str:
    return url.replace("&", "&amp;")


def discord(news: News, most: int) -> dict[str, Any]:
    """A message for a webhook of Discord that mentions nobody."""
    shown = min(most, DISCORD_EMBEDS, len(news.jobs))
    heading = fitted(_heading(news), DISCORD_CHARS // 4, _DISCORD)
    more = _more(news, shown, f"<{news.base}>")
    content = f"{heading}\n{more}" if more else heading
    embeds = [_embed(line) for line in _lines(news, shown)]
    return {
        "content": content if units(content) <= DISCORD_CHARS else heading,
        "embeds": embeds,
        "allowed_mentions": {"parse": []},
    }


def _embed(line: Line) -> dict[str, str]:
    facts = " · ".join(part for part in (line.facts, line.mail) if part)
    embed = {
        "title": fitted(line.title, _DISCORD_TITLE_CHARS, _DISCORD),
        "description": fitted(facts, _DISCORD_TEXT_CHARS, _DISCORD),
    }
    return embed | ({"url": line.url} if line.url and len(line.url) <= DISCORD_CHARS else {})


def mastodon(news: News, most: int) -> dict[str, Any]:
    """A status of at most 500 characters as Mastodon counts them: an address is 23."""
    parts = [fitted(_heading(news), MASTODON_CHARS // 4, _MASTODON)]
    for shown, part in enumerate(_mastodon_parts(news, most)):
        if _length([*parts, part, _more(news, shown + 1, news.base)], news.base) > MASTODON_CHARS:
            break
        parts.append(part)
    if more := _more(news, len(parts) - 1, news.base):
        parts.append(more)
    return {"status": "\n\n".join(parts), "language": news.language.partition("-")[0]}


def _mastodon_parts(news: News, most: int) -> Iterator[str]:
    for line in _lines(news, most):
        title = fitted(line.title, 100, _MASTODON)
        facts = fitted(line.facts, 80, _MASTODON)
        address = line.url or line.mail.translate(_MASTODON)
        yield f"{title}\n{facts}" + (f"\n{address}" if address else "")


def _length(parts: list[str], base: str) -> int:
    """Never less than what Mastodon counts: it takes any address for 23 characters, we take the longer of both."""
    short = MASTODON_URL_CHARS if 0 < len(base) < MASTODON_URL_CHARS else 0
    return len("\n\n".join(parts)) + short * sum("://" in part for part in parts)


FORMATS: Mapping[str, Callable[[News, int], str | dict[str, Any]]] = {
    "markdown": markdown,
    "text": text,
    "slack": slack,
    "discord": discord,
    "mastodon": mastodon,
}
SENT = ("slack", "discord", "mastodon")

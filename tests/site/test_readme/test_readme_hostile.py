"""Hostile text in every field: the rows stay whole, and nothing in them acts."""

from __future__ import annotations

import json
import re

import pytest

from rolecall import markup
from rolecall.site.readme import frame_of, splice

LAYOUTS = pytest.mark.parametrize("layout", ["cards", "classic"])
FRAME = "# Board\n\n<!-- rolecall:start -->\n<!-- rolecall:end -->\n\nafter\n"
ALLOWED = {
    "table", "tr", "th", "td", "a", "b", "br", "img", "span", "code", "details", "summary", "p", "ul", "ol", "li",
    "strong", "i", "em", "blockquote",
}  # fmt: skip
NASTY = (
    "a\n\nb", "    code", "\tcode", "# h", "x\n===", "```\n", "~~~", "> q", "- l", "[a](javascript:alert(1))", "![x](https://b.invalid/p.png)",
    "[x]: https://evil.invalid", "<!-- rolecall:end -->", "\n<!-- rolecall:end -->\n", "<!--", "-->", "<![CDATA[", "<?x", "</td></tr></table>",
    "</details>", "<details open>", "<table>", "<script>alert(1)</script>", "<textarea>", "<plaintext>", "<img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)', "' autofocus onfocus='alert(1)", "&lt;script&gt;", "&#10;&#10;", "&NewLine;", "@octocat", "#1", ":tada:", "$x$",
    "{{ 7 * 7 }}", "{% raw %}", "\u2028\u2028", "\u0085", "\x0b\x0c", "\ud800", "\u202etxt", "|", "\\", "*" * 80, "x" * 300, "", " ",
)  # fmt: skip


def hostile(view, number, text):
    """A job with `text` in every field that a stranger can fill."""
    return view(
        number,
        title=text,
        company=text,
        apply_url=f"mailto:{text}" if number % 2 else text,
        apply_host=text,
        where=text,
        pay=text,
        tags=(text,),
        tag_names=(text,),
        tag_slugs=("x",),
        attribution=text,
        source_url=text,
        description=markup.sanitise(f"<p>{text}</p>{text}"),
    )


def check(seen, report, jobs):
    assert seen.rows == jobs
    assert seen.tags <= ALLOWED
    assert all(re.match(r"(https?://|mailto:)", link) for link in seen.links)
    if report is not None:
        # The emulator cannot tell an escaped "<script>" from a disarmed one, nor broken text that was given as such.
        known = ("shown as literal text", "mojibake")
        errors = [error for error in report["errors"] if not any(words in error for words in known)]
        assert errors == []
        assert report["warnings"] == []
        assert "<p>after</p>" in report["html"]


def written(block, jobs, layout, descriptions):
    """The whole file without its two markers: the emulator counts the text of any comment as lost."""
    frame = frame_of(FRAME, "README.md")
    made = block(jobs, layout=layout, descriptions=descriptions)
    assert made.jobs_shown == len(jobs)
    text = splice(FRAME, made.text, "README.md")
    assert frame_of(text, "README.md") == frame
    return re.sub(r"^<!-- rolecall:\w+ -->$", "", text, flags=re.MULTILINE)


@LAYOUTS
@pytest.mark.parametrize("descriptions", ["full", "excerpt"])
@pytest.mark.parametrize("text", NASTY)
def test_no_text_breaks_a_row(block, view, read, layout, descriptions, text):
    jobs = [hostile(view, 2, text), view(3), hostile(view, 5, text)]
    check(read(written(block, jobs, layout, descriptions)), None, 3)


@LAYOUTS
@pytest.mark.parametrize("descriptions", ["full", "excerpt"])
def test_no_text_breaks_a_row_on_github(block, view, read, github, layout, descriptions):
    # What cannot be written is shown as U+FFFD, which the emulator takes for mojibake.
    texts = [text for text in NASTY if text != "\ud800"]
    jobs = [hostile(view, number, text) for number, text in enumerate(texts)]
    text = written(block, jobs, layout, descriptions)
    check(read(text), github(text), len(texts))


def corpus(shared, name):
    folder = shared / "corpora"
    if name == "xss":
        return [
            json.loads(line)["payload"] for line in (folder / "xss" / "payloads.jsonl").read_text().split("\n") if line
        ]
    if name == "blns":
        return json.loads((folder / "blns.json").read_text())
    return json.loads((folder / "attacks" / f"{name}.json").read_text())


@LAYOUTS
@pytest.mark.parametrize("name", ["xss", "blns", "markdown_injection", "log_and_commit_injection", "urls_hostile"])
def test_no_known_attack_breaks_a_row_on_github(block, view, read, github, shared, layout, name):
    texts = corpus(shared, name)
    for first in range(0, len(texts), 200):
        jobs = [hostile(view, number, text) for number, text in enumerate(texts[first : first + 200])]
        text = written(block, jobs, layout, "excerpt" if name == "xss" else "full")
        check(read(text), github(text), len(jobs))


@LAYOUTS
def test_no_text_breaks_a_list_or_the_contents(block, view, read, layout):
    made = block(
        [hostile(view, number, text) for number, text in enumerate(NASTY)],
        layout=layout,
        lists="always",
        sections=[{"title": "a b](x) <b> | `c`", "title_matches": ["a"]}, {"title": "<!-- rolecall:end -->"}],
    )
    rows = {file.name: read(file.text).rows for file in made.lists}
    assert sum(rows.values()) == 2 * len(NASTY)
    assert rows["2026-11.md"] == len(NASTY)
    for text in (made.text, *(file.text for file in made.lists)):
        assert read(text).tags <= ALLOWED
        assert "<!--" not in text
        assert "<b> |" not in text


@LAYOUTS
def test_no_text_breaks_a_list_on_github(block, view, read, github, layout):
    texts = [text for text in NASTY if text != "\ud800"]
    made = block([hostile(view, at, text) for at, text in enumerate(texts)], layout=layout, lists="always")
    for file in made.lists:
        report = github(f"{file.text}\nafter\n")
        check(read(file.text), report, len(texts))

"""Templates into text: escaping, overriding, and errors that name their line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rolecall.errors import TemplateError
from rolecall.site.render import Renderer, packaged_templates, script_json


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    (tmp_path / "site").mkdir()
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", ["site/a.html", "site/a.xml", "site/a.md", "site/a.txt", "site/a"])
def test_every_value_is_escaped_whatever_the_file_is_called(theme: Path, name: str) -> None:
    write(theme, name, "<p>{{ value }}</p>")
    assert Renderer(theme).render(name, value="<b>&\"'") == "<p>&lt;b&gt;&amp;&#34;&#39;</p>"


def test_data_is_never_a_template(theme: Path) -> None:
    write(theme, "a.html", "{{ value }}")
    assert Renderer(theme).render("a.html", value="{{ 7 * 7 }}{% raw %}") == "{{ 7 * 7 }}{% raw %}"


def test_a_fragment_is_not_escaped_again(theme: Path) -> None:
    write(theme, "row.html", "<li>{{ name }}</li>")
    write(theme, "list.html", "<ol>{{ row }}</ol>")
    renderer = Renderer(theme)
    assert renderer.render("list.html", row=renderer.fragment("row.html", name="<")) == "<ol><li>&lt;</li></ol>"


@pytest.mark.parametrize(
    ("text", "where", "what"),
    [
        ("one\n{{ missing }}", "a.html:2", "'missing' is undefined."),
        ("{{ job.titel }}", "a.html:1", "has no attribute 'titel'."),
        ("\n\n{% if %}", "a.html:3", "Expected an expression"),
        ("{% for %}", "a.html:1", ""),
        ("{{ value|nofilter }}", "a.html:1", "No filter named 'nofilter'."),
        ("\n{{ 1 / 0 }}", "a.html:2", "division by zero."),
        ("{{ 'a' + 1 }}", "a.html:1", "can only concatenate str"),
        ("{% include 'part.html' %}", "part.html:2", "'gone' is undefined."),
        ("{% include 'nowhere.html' %}", "a.html:1", "there is no template 'nowhere.html'."),
        ("{% include 'a.html' %}", "a.html:1", "recursion"),
        ("{% include '../../secret.html' %}", "a.html:1", "there is no template"),
    ],
)
def test_a_broken_template_is_named_with_its_line(theme: Path, text: str, where: str, what: str) -> None:
    write(theme, "a.html", text)
    write(theme, "part.html", "first\n{{ gone }}")
    write(theme.parent, "secret.html", "secret")
    with pytest.raises(TemplateError) as caught:
        Renderer(theme).render("a.html", job=object(), value=1)
    assert caught.value.where == where
    assert what in caught.value.what


def test_a_missing_template_is_an_error_that_names_it(theme: Path) -> None:
    with pytest.raises(TemplateError, match=r"there is no template 'site/nothing\.html'"):
        Renderer(theme).render("site/nothing.html")


def test_a_board_overrides_file_by_file(theme: Path, tmp_path: Path) -> None:
    packaged = tmp_path / "packaged"
    write(packaged, "site/a.html", "packaged a, {% include 'site/b.html' %}")
    write(packaged, "site/b.html", "packaged b")
    write(theme, "site/b.html", "own b")
    write(packaged, "site/static/site.css", "packaged")
    write(packaged, "site/static/icon.svg", "packaged")
    write(theme, "site/static/site.css", "own")
    renderer = Renderer(theme, packaged)
    assert renderer.render("site/a.html") == "packaged a, own b"
    assert {name: path.read_text() for name, path in renderer.files("site/static").items()} == {
        "icon.svg": "packaged",
        "site.css": "own",
    }


def test_the_digest_changes_with_a_template_but_not_with_a_static_file(theme: Path) -> None:
    write(theme, "site/a.html", "one")
    write(theme, "site/static/site.css", "one")
    first = Renderer(theme).digest
    write(theme, "site/static/site.css", "two")
    assert Renderer(theme).digest == first
    write(theme, "parts/that/site/a/includes.html", "two")
    assert Renderer(theme).digest != first


@pytest.mark.parametrize(
    "value",
    [
        "</script><script>alert(1)</script>",
        "<!-- x -->",
        "]]>",
        "\u2028\u2029",
        "\\u003c",
        'quote " and \\',
        "😀",
        ["<", {"&": ">"}],
    ],
)
def test_json_in_a_script_cannot_end_it_and_reads_back_equal(value: object) -> None:
    text = script_json(value)
    assert not set("<>&\u2028\u2029") & set(text)
    assert json.loads(text) == value


def test_json_in_a_script_has_no_nan() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        script_json(float("nan"))


def test_the_packaged_templates_are_there() -> None:
    assert (packaged_templates() / "site" / "base.html").is_file()

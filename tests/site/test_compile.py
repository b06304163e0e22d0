"""Templates are compiled to do less, and write the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from markupsafe import Markup, escape

from rolecall.site.compile import written
from rolecall.site.html import Html
from rolecall.site.render import Renderer


@pytest.mark.parametrize("value", ["a <b> & \"c\" 'd'", "", Markup("<b>&amp;</b>"), Html("<i>x</i>"), 7, None, ("<",)])
def test_what_is_written_is_what_escape_gives(value: object) -> None:
    assert written(value) == escape(value)


def test_texts_of_the_catalogue_are_escaped_wherever_they_stand(tmp_path: Path) -> None:
    (tmp_path / "one.html").write_text(
        '{{ _("a & b") }}|{{ names|join(_(" & ")) }}|{{ _("c & d") if names else "" }}|{{ _("{x} & y", x=names[0]) }}'
    )
    made = Renderer(tmp_path).render("one.html", names=["<1>", "2"])
    assert made == "a &amp; b|&lt;1&gt; &amp; 2|c &amp; d|&lt;1&gt; &amp; y"


def test_values_that_an_attacker_chose_are_escaped_in_blocks_macros_and_includes(tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text("{% block main %}{% endblock %}")
    (tmp_path / "part.html").write_text("{{ name }}")
    (tmp_path / "page.html").write_text(
        '{% extends "base.html" %}{% macro say(text) %}[{{ text }}]{% endmacro %}'
        '{% block main %}{% set kept %}{{ name }}{% endset %}{{ kept }}{{ say(name) }}{% include "part.html" %}{% endblock %}'
    )
    evil = "<script>alert('1')</script>"
    made = Renderer(tmp_path).render("page.html", name=evil)
    assert made == f"{escape(evil)}[{escape(evil)}]{escape(evil)}"

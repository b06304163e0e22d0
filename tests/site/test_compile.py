"""Templates are compiled to do less, and write the same."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from markupsafe import Markup, escape

from rolecall.errors import TemplateError
from rolecall.site.html import Encoded, Html
from rolecall.site.messages import written
from rolecall.site.render import Renderer
from rolecall.site.urls import Links

if TYPE_CHECKING:
    from jinja2.runtime import Context


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


@pass_context
def _asking(context: Context, what: str, *, loud: bool = False) -> str:
    """A function that wants the context, as jinja2 allows."""
    found = str(context[what])
    return found.upper() if loud else found


class _Thing(dict[str, str]):
    """Something with attributes and items."""

    title = "an attribute"

    @pass_context
    def asking(self, context: Context) -> str:
        return f"asked {context['name']}"

    def company(self, slug: str, **more: str) -> str:
        return f"<{slug}> {sorted(more.items())}"


def _text(message: str, /, **values: Any) -> Html:
    ready = {name: Markup(value) if isinstance(value, Html) else value for name, value in values.items()}
    return Html(escape(message).format(**ready) if values else escape(message))


def _count(one: str, many: str, number: int, /, **values: Any) -> Html:
    return _text(one if number == 1 else many, n=f"{number:,}", **values)


CONTEXT: dict[str, Any] = {
    "name": "A & <b>",
    "html": Html("<i>safe</i>"),
    "marked": Markup("<i>&amp;</i>"),
    "encoded": Encoded("<i>ä · €</i>".encode()),
    "names": ["x", "<y>", "z"],
    "thing": _Thing(title="an item", key="<value>", items="not the method"),
    "tree": [{"name": "1", "below": [{"name": "1.1", "below": []}]}, {"name": "2", "below": []}],
    "asking": _asking,
    "to": Links("../"),
}
# What an owner may write. Files of a case are divided by lines such as `--- part.html`.
OWNERS = {
    "attributes and items": """
{{ thing.title }} {{ thing["title"] }} {{ thing.key }} {{ thing.items()|length }} {{ thing["items"] }} {{ name.upper() }}
{{ thing.none is defined }} {{ thing.none|default("-") }} {{ none_at_all|default("-") }} {{ names.0 }} {{ thing.title.upper() }}""",
    "links": """
{{ to.index() }} {{ to.index(2) }} {{ to.company("a", page=3) }} {{ to.company(slug="a") }} {{ to.to(to.index()) }} {{ to.root }}
{{ to.company(*["b"], **{"page": 2}) }}{% set made = to.tag %}{{ made("go") }}
{% with to=thing %}{{ to.company("c", page="4") }} {{ to.company("d", **{"class": "e"}) }} {{ to.asking() }}{% endwith %}
{% macro links(to) %}{{ to.company("f") }}{% endmacro %}{{ links(to) }} {{ links(thing) }}
{% for to in [thing] %}{{ to.company("g") }}{% endfor %}""",
    "functions that want the context": """
{{ asking("name") }} {{ asking("name", loud=true) }} {% set count = asking %}{{ count("name") }} {{ thing.asking() }}
{% for name in names %}{{ asking("name") }}{% endfor %}{% with zip=asking %}{{ zip("name", loud=true) }}{% endwith %}""",
    "macros, callers and a macro with one of our names": """
{% macro box(title, kind="plain") %}[{{ kind }} {{ title }} {{ caller() }}]{% endmacro %}
{% macro each(them) %}{% for one in them %}{{ caller(one, last=loop.last) }}{% endfor %}{% endmacro %}
{% macro monogram(text) %}{{ varargs|join }}({{ text }}){{ kwargs.size }}{% endmacro %}
{% call box(name, kind="x") %}<in> {{ name }}{% endcall %}{% call(one, last) each(names) %}{{ one }}{{ last }} {% endcall %}
{{ monogram(name, 1, 2, size="big") }}""",
    "texts with values": """
{{ _("a & b") }} {{ _("a & {x}", x=name) }} {{ _("{x} {x}", x=name) }} {{ _("a & {x}", x=html) }} {{ _("{x}", x=marked) }}
{{ _("<{x!r} {y:6}>", x=name, y=7) }} {{ _("{x.real}", x=7) }} {{ _("{{}} {x}", x=none) }} {{ _("{x}", x=1, y=2) }} {{ _("{") }}
{% set text = "& {x}" %}{{ _(text, x=marked) }} {{ _(text, x=name)|upper }} {{ [_("{x}", x=name), _("&")]|join("<") }}
{{ _("{x} & {y}", y=_("<{z}>", z=name), x=count("{n} & {of}", "{n} < {of}", 1204, of=marked)) }} {{ _(*["{x}"], **{"x": name}) }}
{% autoescape false %}{{ _("a & {x}", x=name) }} {{ _("a & b") }} {{ name }}{% endautoescape %}""",
    "blocks, also in loops, of parents and of themselves": """
{% extends "base.html" %}{% set top = name %}{% macro say(x) %}<{{ x }}>{% endmacro %}
{% block main %}({{ super() }}|{{ say(top) }}{% block inner %}inner {{ name }}{% endblock %}){{ self.title() }}{% endblock %}
--- base.html
<{% block title %}t {{ name }}{% endblock %}>{% for one in names %}{% block item scoped %}{{ one }}{{ loop.index }}{% endblock %},{% endfor %}
{% block main %}base {{ name }}{% endblock %}{% set kept %}[{% block kept %}k{% endblock %}]{% endset %}{{ kept }}
{% if name %}{% block if %}if{% endblock %}{% endif %}{% filter upper %}f{% block filter %}b{% endblock %}{% endfilter %}""",
    "a parent that is chosen": """
before {% if name %}{% extends "base.html" %}{% endif %}{% block main %}mine{% endblock %} after
--- base.html
<base {% block main %}theirs{% endblock %}>""",
    "includes and imports": """
1 {% include "part.html" %} 2 {% include "part.html" without context %} 3 {% include "none.html" ignore missing %}
{% for one in names %}{% include "part.html" %}{% endfor %}{% set kept %}<{% include "part.html" %}>{% endset %}{{ kept }}
{% import "macros.html" as macros with context %}{% from "macros.html" import hello %}{{ macros.hello("x") }} {{ hello(name) }}
{% block end %}4 {% include ["none.html", "part.html"] without context %} 5{% endblock %}
--- part.html
part {{ name|default("none") }} {{ one|default("-") }}
--- macros.html
{% macro hello(x) %}hello {{ x }}{% endmacro %}""",
    "what is safe already, wherever it is shown": """
{% extends "base.html" %}{% import "part.html" as part with context %}{% macro say(x) %}<{{ x|safe }}>{% endmacro %}
{% block main %}{{ encoded|safe }}{{ encoded }}{{ name|safe }}{{ super() }}{{ say(encoded) }}{{ encoded|safe|upper }}
{% if name %}{{ encoded|safe }}{% endif %}{% for one in names %}{{ one|safe }}{{ encoded|safe }}{% endfor %}{{ part }}
{% set kept %}{{ encoded|safe }}{% include "part.html" %}{% endset %}{{ kept }}{% filter upper %}{% include "part.html" %}{% endfilter %}
{% include "part.html" %}{{ "<&>"|safe }}{{ [encoded|safe, name]|join("&") }}{{ self.other() }}{{ encoded|replace("i", "<") }}{% endblock %}
{% block other %}{{ encoded|safe }}{% endblock %}
--- base.html
<{% block main %}base {{ encoded|safe }} &{% endblock %}>{% block other %}{% endblock %}{% set x = encoded|safe %}{{ x }}
--- part.html
part {{ encoded|safe }} {{ encoded }}""",
    "loops": """
{% for node in tree recursive %}{{ node.name }}({{ loop(node.below) if node.below }}){% endfor %}
{% for one in names if one != "x" %}{{ loop.index }}{{ one }}{{ loop.cycle("a", "b") }}{% else %}none{% endfor %}
{% for a, b in zip(names, names) %}{{ a }}{{ b }}{% endfor %}{% set ns = namespace(n=0) %}{% for _ in names %}{% set ns.n = ns.n + 1 %}{% endfor %}{{ ns.n }}
{% set walk = cycler("odd", "even") %}{{ walk.next() }}{{ walk.next() }} {{ dict(a=1).a }} {{ range(3)|list }} {{ names|map("upper")|join }}""",
}  # fmt: skip


@pytest.mark.parametrize("case", OWNERS)
def test_whatever_an_owner_writes_says_what_jinja2_alone_makes_of_it(tmp_path: Path, case: str) -> None:
    first, *others = OWNERS[case].strip().split("\n--- ")
    files = {"page.html": first} | {name: text for name, _, text in (other.partition("\n") for other in others)}
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    plain = Environment(
        loader=FileSystemLoader(tmp_path),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    plain.globals.update(_=_text, count=_count, zip=zip, monogram=str)
    expected = plain.get_template("page.html").render(CONTEXT)
    renderer = Renderer(tmp_path)
    assert renderer.render("page.html", **CONTEXT) == expected
    assert renderer.page("page.html", **CONTEXT) == expected.encode()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("<p>\n{{ name }}\n{{ thing.title }}\n{{ thing.nothing }}\n{{ name }}", 4),
        ("<p>\n{{ name }}\n{{ nothing.title }}", 3),
        ("<p>\n{{ name }}\n{{ nothing.index() }}", 3),
        ("{% block a %}\n\n{{ to.nothing() }}{% endblock %}", 3),
        ("\n{{ to.company() }}", 2),
        ("{% macro a(x) %}\n{{ x.nothing }}{% endmacro %}\n{{ a(thing) }}", 2),
        ('\n{{ _("a {x}",\n x=nothing) }}', 3),
        ('\n\n{{ _("a {x}", y=name) }}', 3),
        ('{{ name }}\n{{ count("{n}", "{n} {x}", 2) }}', 2),
        ("{% for one in names %}\n{{ one }}\n{{ one.nothing }}{% endfor %}", 3),
        ("{{ name }}\n{% include 'none.html' %}", 2),
    ],
)
def test_an_error_names_its_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "page.html").write_text(text)
    with pytest.raises(TemplateError) as caught:
        Renderer(tmp_path).page("page.html", **CONTEXT)
    assert str(caught.value).startswith((f"page.html:{line}:", f"{tmp_path}/page.html:{line}:"))


def test_what_is_encoded_stands_in_a_page_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("<{{ rows|safe }}>")
    assert Renderer(tmp_path).page("page.html", rows=Encoded(b"\xff")) == b"<\xff>"  # bytes that no text could give


def test_half_a_surrogate_pair_becomes_a_question_mark(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text("ä {% block a %}{{ name }}{% endblock %}")
    assert Renderer(tmp_path).page("page.html", name="<\ud800>") == "ä &lt;?&gt;".encode()

"""The language of the pages: catalogues of the theme's strings, and what Unicode's data says of dates and numbers."""

from __future__ import annotations

import ast
import io
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from rolecall.errors import TemplateError
from rolecall.site.language import _SIGNS, Language
from rolecall.site.packaged import packaged_templates
from rolecall.site.render import Renderer
from rolecall.site.words import fixed_words, pay_words, where_words

SHIPPED = ("ar", "de", "es", "fr", "pt")
# Where a text is marked: `_("...")` and `t("...")` take one form, `count("...", "...")` two.
KEYWORDS = {"_": None, "t": None, "text": None, "count": (1, 2)}


@pytest.fixture
def german(tmp_path: Path) -> Path:
    folder = tmp_path / "templates"
    (folder / "locales").mkdir(parents=True)
    (folder / "locales" / "de.po").write_text(
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "Remote"\nmsgstr "Von zu Hause"\n\n'
        'msgid "{n} open job"\nmsgid_plural "{n} open jobs"\nmsgstr[0] "{n} Stelle"\nmsgstr[1] "{n} Stellen"\n',
        encoding="utf-8",
    )
    return folder


def test_a_board_adds_a_language_with_one_file_and_changes_words_of_a_shipped_one(german: Path) -> None:
    language = Language.of("de-AT", [german, packaged_templates()])
    assert fixed_words("remote", language) == "Von zu Hause"
    assert language.count("{n} open job", "{n} open jobs", 1204) == "1.204 Stellen"
    assert language.text("Companies") == "Unternehmen"


def test_what_no_catalogue_has_stays_english(german: Path) -> None:
    assert Language.of("de", [german]).text("Companies") == "Companies"
    assert Language.of("xx", [german]).count("{n} job", "{n} jobs", 2) == "2 jobs"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('msgid "Closes {when}"\nmsgstr "Endet {wann}"\n', "locales/de.po:1"),
        ('msgid "Closes {when}"\nmsgstr "Endet {when"\n', "locales/de.po:1"),
        ('msgid "Closes {when}"\nmsgstr "Endet {when.__class__}"\n', "locales/de.po:1"),
        ('msgid "Closes\n', "locales/de.po"),
        ('msgid ""\nmsgstr "Content-Type: text/plain; charset=CHARSET\\n"\n', "locales/de.po"),
    ],
)
def test_a_broken_translation_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "locales").mkdir()
    (tmp_path / "locales" / "de.po").write_text(text, encoding="utf-8")
    with pytest.raises(TemplateError) as refused:
        Language.of("de", [tmp_path]).text("Closes {when}", when="x")
    assert str(refused.value).startswith(said)


def test_values_are_escaped_and_html_is_kept(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '{% set b %}<b>x</b>{% endset %}{{ _("{name} at {place} & co", name="<i>", place=b) }}'
    )
    assert Renderer(tmp_path).render("page.html") == "&lt;i&gt; at <b>x</b> &amp; co"


@pytest.mark.parametrize(
    ("tag", "day", "pay", "where"),
    [
        ("en", "22 Nov 2026", "€90,000–120,000 a year", "Remote: Germany"),
        ("de", "22. Nov. 2026", "90.000–120.000\u00a0€ im Jahr", "Remote: Deutschland"),
        ("fr", "22 nov. 2026", "90\u202f000–120\u202f000\u00a0€ par an", "Télétravail\u00a0: Allemagne"),
        ("es", "22 nov 2026", "90.000–120.000\u00a0€ al año", "Remoto: Alemania"),
        ("pt", "22 de nov. de 2026", "€\u00a090.000–120.000 por ano", "Remoto: Alemanha"),
    ],
)
def test_a_job_reads_in_the_language_of_the_board(tag: str, day: str, pay: str, where: str) -> None:
    language = Language.of(tag, [packaged_templates()])
    assert language.date("2026-11-22") == day
    assert pay_words(("90000", "120000", "EUR", "year"), language) == pay
    assert where_words("remote", (), remote_from=[language.country("DE", "Germany")], language=language) == where


def test_what_is_known_of_english_is_what_unicode_says_of_it() -> None:
    known, asked = Language("en"), Language("en-US")  # which are written alike; of the second, babel is asked
    for month in range(1, 13):
        day = f"2026-{month:02}-0{month % 9 + 1}"
        assert known.date(day) == asked.date(day)
        assert known.short_date(day) == asked.short_date(day)
        assert known.month(day) == asked.month(day)
    for number in (0, 7, 999, 1000, 1204, 1_234_567, -4321, Decimal(90000), Decimal("1E+3"), Decimal("12.50")):
        assert known.number(number) == asked.number(number)
    for currency in (*_SIGNS, "CNY", ""):
        assert known.money("45000", "60000.5", currency) == asked.money("45000", "60000.5", currency)


def test_arabic_is_written_from_right_to_left() -> None:
    language = Language.of("ar", [packaged_templates()])
    assert language.direction == "rtl"
    assert len({language.count("{n} open job", "{n} open jobs", number) for number in (0, 1, 2, 3, 11, 100)}) == 6


def messages() -> set[str | tuple[str, str]]:
    """Every text that is marked in the templates and the code."""
    return set(_marked())


def _marked() -> Iterator[str | tuple[str, str]]:
    templates = packaged_templates()
    kinds = [(f"**.{ending}", "jinja2") for ending in ("html", "md", "js", "txt", "xml")]
    options = {pattern: {"trimmed": "true"} for pattern, _ in kinds}
    for _, _, found, _, _ in extract_from_dir(templates / "site", kinds, options, KEYWORDS):
        yield found
    for _, _, found, _, _ in extract_from_dir(templates / "readme", kinds, options, KEYWORDS):
        yield found
    for path in (Path(__file__).parents[2] / "src" / "rolecall" / "site").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (text := _text(node)) is not None:
                yield text


def _text(call: ast.Call) -> str | tuple[str, str] | None:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    given = [part.value for part in call.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    if name == "count" and len(given) >= 2:
        return given[0], given[1]
    # Two forms of a text are marked together, or no catalogue finds the second.
    assert name != "count" or not any(isinstance(part, ast.Call) and _text(part) for part in call.args), ast.dump(call)
    return given[0] if name in ("_", "t", "text") and len(given) == 1 else None


def _alphabetical(message: str | tuple[str, str]) -> tuple[str, str]:
    first = message if isinstance(message, str) else message[0]
    return first.casefold(), first


def test_translators_find_every_text_in_one_file(golden: Callable[[Path, str], None]) -> None:
    catalogue = Catalog(project="rolecall", fuzzy=False)
    for message in sorted(messages(), key=_alphabetical):
        catalogue.add(message)
    entries = io.BytesIO()
    write_po(entries, catalogue, omit_header=True, width=100)
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
    golden(packaged_templates() / "locales" / "rolecall.pot", head + entries.getvalue().decode().lstrip("\n"))


@pytest.mark.parametrize("tag", SHIPPED)
def test_a_shipped_language_says_everything(tag: str) -> None:
    with (packaged_templates() / "locales" / f"{tag}.po").open("rb") as file:
        catalogue = read_po(file, abort_invalid=True)
    known = {message.id: message.string for message in catalogue if message.id}
    assert known.keys() == messages()
    empty = [key for key, value in known.items() if not all([value] if isinstance(value, str) else value)]
    assert empty == []

"""The pictures for social media, the head tags that name them, the icons and the manifest."""

from __future__ import annotations

import io
import json
import struct
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from rolecall.errors import BuildError
from rolecall.site import card as drawing
from rolecall.site.card import Face, draw_card
from rolecall.site.cards import FONTS, HEIGHT_PX, WIDTH_PX, Card, Look
from rolecall.site.colours import Colours
from rolecall.site.render import Renderer
from rolecall.site.wrapping import cut, holds, wrapped

COOK = Card(title="Cook", board="Kitchen jobs", company="Larkspur", where="On site, Ghent", pay="€16 an hour")


@pytest.fixture(scope="module")
def look() -> Look:
    fonts = Renderer().files(FONTS)
    return Look(Colours(), str(fonts["bold.ttf"]), str(fonts["regular.ttf"]))


def pixels(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def kept(board) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (board.cache / "cards").iterdir()}


# --- Drawing --------------------------------------------------------------------------------------------------------


def test_a_card_is_a_png_of_sixteen_colours(look: Look) -> None:
    data = draw_card(COOK, look)
    assert (WIDTH_PX, HEIGHT_PX) == pixels(data).size == (1200, 630)
    assert data[24] == 4  # bits of a pixel
    assert len(data) < 12_000


def test_the_same_card_has_the_same_bytes_and_each_word_shows(look: Look) -> None:
    assert draw_card(COOK, look) == draw_card(COOK, look)
    others = [Card("Cook", "Kitchen jobs", **{name: "other"}) for name in ("company", "where", "pay")]
    others += [Card("Baker", "Kitchen jobs"), Card("Cook", "Other")]
    assert len({draw_card(card, look) for card in [COOK, *others]}) == 6


def test_a_card_has_the_colours_of_the_theme(look: Look) -> None:
    red = Look(Colours(ground="#101010", accent="#ff0000"), look.bold, look.regular)
    picture = pixels(draw_card(COOK, red)).convert("RGB")
    assert (picture.getpixel((600, 4)), picture.getpixel((1190, 300))) == ((255, 0, 0), (16, 16, 16))


# text => what is written with the fonts of the theme; nothing when a letter of it is missing
WRITTEN = """
Müller & Søhne          => Müller & Søhne
Łódź, Ελλάδα, Київ      => Łódź, Ελλάδα, Київ
€90,000–120,000 …       => €90,000–120,000 …
🚀 Cook ❤️ here          => Cook here
👩‍🍳 Cook                => Cook
Cook\u202e\u0000 \t x   => Cook x
高级工程师 (Go)          =>
كاتب وصفات              =>
מהנדס                   =>
अभियंता                  =>
🚀                      =>
"""


@pytest.mark.parametrize("line", WRITTEN.strip().splitlines())
def test_what_a_font_cannot_write_is_left_out_and_never_a_box(line: str, look: Look) -> None:
    given, _, written = line.partition("=>")
    assert Face(look.bold).words(given.strip()) == written.strip()


def test_a_title_that_cannot_be_written_makes_room_for_the_company(look: Look) -> None:
    unwritable = draw_card(Card("كاتب وصفات", "Kitchen jobs", "Larkspur", "Remote"), look)
    assert unwritable == draw_card(Card("Larkspur", "Kitchen jobs", "", "Remote"), look)
    assert draw_card(Card("高级", "Kitchen jobs", "未来"), look) == draw_card(
        Card("Kitchen jobs", "Kitchen jobs"), look
    )
    assert draw_card(Card("高级", "未来", "未来"), look) == draw_card(Card("", ""), look)


def test_the_board_s_own_font_writes_what_the_theme_s_lacks(look: Look, tmp_path: Path) -> None:
    plain = tmp_path / "plain.ttf"
    plain.write_bytes(ImageFont.load_default(24).path.getvalue())  # Pillow's own, which has ASCII alone
    card = Card("Łódź", "Board", "Quay")
    alone, helped = Look(look.colours, str(plain), str(plain)), Look(look.colours, str(plain), str(plain), look.bold)
    assert draw_card(card, alone) == draw_card(Card("Quay", "Board"), alone)
    assert draw_card(card, helped) not in (draw_card(card, alone), draw_card(card, look))
    assert draw_card(Card("Cook", "Board"), helped) == draw_card(Card("Cook", "Board"), alone)


def test_letters_that_need_a_shaper_are_not_written_without_one(look: Look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_has", lambda path, letter: True)
    assert Face(look.bold).words("כותב") == ""
    assert Face(look.bold, shaped=True).words("כותב") == "כותב"


@pytest.mark.parametrize("title", ["a" * 200, "Engineer " * 22, "A", "x" * 60 + " " + "y" * 139, "\u200b"])
def test_long_and_empty_titles_stay_on_the_card(title: str, look: Look) -> None:
    picture = pixels(draw_card(Card(title, title, title, title, title), look)).convert("L")
    assert picture.crop((1130, 20, 1200, 630)).getextrema() == (255, 255)
    assert picture.crop((0, 600, 1200, 630)).getextrema() == (255, 255)


# --- Lines ----------------------------------------------------------------------------------------------------------


def test_lines_break_at_spaces_and_the_last_is_cut_after_a_word() -> None:
    assert wrapped("one two three four", len, 9, 3) == ["one two", "three", "four"]
    assert wrapped("one two three elephants", len, 7, 2) == ["one two", "three…"]
    assert wrapped("", len, 9, 2) == []
    assert wrapped("高级后端工程师", len, 3, 3) == ["高级后", "端工程", "师"]
    assert wrapped("abcdefghij", len, 4, 2) == ["abcd", "efg…"]


def test_a_text_holds_when_no_letter_is_lost() -> None:
    assert holds("one two three", len, 7, 2)
    assert not holds("one two three four", len, 7, 2)
    assert not holds("a" * 100, len, 7, 2)
    assert cut("one, two", len, 5) == "one…"


# --- The build ------------------------------------------------------------------------------------------------------


def test_each_open_job_has_a_card_and_its_page_names_it(kitchen, dom: Callable) -> None:
    kitchen.build()
    files = kitchen.files()
    for view in kitchen.views[:4]:
        path = f"cards/{view.page.removeprefix('jobs/').removesuffix('.html')}.png"
        assert pixels(files[path]).size == (1200, 630)
        head = {tag.get("property"): tag.get("content") for tag in dom(kitchen.page(view.page)).each("meta")}
        assert head["og:image"] == f"https://kitchens.example/jobs/{path}"
        assert head["og:title"] == head["og:image:alt"] == f"{view.title} · {view.company}"
        assert head["og:url"] == f"https://kitchens.example/jobs/{view.page}"
        assert (head["og:image:width"], head["og:image:height"]) == ("1200", "630")
    assert sum(path.startswith("cards/") for path in files) == 4
    for page in ("index.html", "stats.html", kitchen.views[4].page):
        tags = {tag.get("property"): tag.get("content") for tag in dom(kitchen.page(page)).each("meta")}
        assert tags["og:image"] == "https://kitchens.example/jobs/card.png"


def test_cards_are_counted_from_the_top_of_the_list(kitchen) -> None:
    kitchen.config = kitchen.config.model_copy(update={"site": kitchen.config.site.model_copy(update={"cards": 1})})
    kitchen.build()
    assert [path for path in kitchen.files() if path.startswith("cards/")] == ["cards/larkspur/cook-00000004.png"]
    assert "https://kitchens.example/jobs/card.png" in kitchen.page(kitchen.views[0].page)


@pytest.mark.parametrize("change", ["no address", "none wanted"])
def test_without_cards_no_page_names_one(change: str, kitchen, config: Callable) -> None:
    kitchen.config = (
        config(base_url=None, repository=None) if change == "no address" else config(site={"cards": 0})
    )  # fmt: skip
    kitchen.build()
    assert not [path for path in kitchen.files() if path.startswith("card")]
    assert not (kitchen.cache / "cards").exists()
    assert "og:image" not in kitchen.page("index.html") + kitchen.page(kitchen.views[0].page)
    assert '<meta name="twitter:card" content="summary">' in kitchen.page("index.html")


def test_a_build_into_an_empty_folder_draws_nothing_anew(kitchen, monkeypatch: pytest.MonkeyPatch) -> None:
    kitchen.build()
    before = kitchen.files()
    for path in before:
        (kitchen.output / path).unlink()
    (kitchen.cache / "build" / "manifest").unlink()

    def refuse(*given: object) -> bytes:
        raise AssertionError(given)

    monkeypatch.setattr(drawing, "draw_card", refuse)
    kitchen.build()
    assert kitchen.files() == before


def test_a_changed_job_is_drawn_anew_and_the_old_picture_swept(kitchen, view: Callable) -> None:
    kitchen.build()
    before = kept(kitchen)
    (kitchen.cache / "cards" / "note.txt").write_text("mine")
    kitchen.views[0] = view(1, title="Head Cook", description="<p>Other words.</p>\n")
    kitchen.build()
    after = kept(kitchen)
    assert after.pop("note.txt") == b"mine"
    assert len(before) == len(after) == 5
    assert len(before.keys() & after.keys()) == 4


def test_a_damaged_picture_is_drawn_anew(kitchen) -> None:
    kitchen.build()
    whole = kept(kitchen)
    for name in whole:
        (kitchen.cache / "cards" / name).write_bytes(whole[name][:-20])
    (kitchen.cache / "build" / "manifest").unlink()
    kitchen.build()
    assert kept(kitchen) == whole


@pytest.mark.parametrize("content", [None, b"no font"])
def test_a_font_that_is_not_one_is_named(content: bytes | None, kitchen, tmp_path: Path) -> None:
    from rolecall.site.build import build_site

    font = tmp_path / "own.ttf"
    if content is not None:
        font.write_bytes(content)
    with pytest.raises(BuildError, match=r"own\.ttf"):
        build_site(kitchen.site(), Renderer(), kitchen.output, kitchen.cache, workers=1, font=font)


# --- Icons and manifest ---------------------------------------------------------------------------------------------


def test_the_manifest_is_json_whatever_the_board_is_called(kitchen, config: Callable) -> None:
    hostile = 'Jobs "</script>" \\ & <b> {{ 1 }}'
    kitchen.config = config(title=hostile, description=hostile, language="ar")
    kitchen.build()
    found = json.loads(kitchen.page("site.webmanifest"))
    assert (found["name"], found["description"], found["dir"], found["lang"]) == (hostile, hostile, "rtl", "ar")
    assert (found["start_url"], found["scope"]) == ("./", "./")
    assert found["theme_color"] == "#ffffff"


def test_every_icon_of_the_manifest_is_there_in_its_size(kitchen) -> None:
    kitchen.build()
    files = kitchen.files()
    icons = json.loads(kitchen.page("site.webmanifest"))["icons"]
    sizes = {icon["src"]: icon["sizes"] for icon in icons if icon["type"] == "image/png"}
    sizes["static/apple-touch-icon.png"] = "180x180"
    assert len(sizes) == 3
    for path, size in sizes.items():
        width, height = struct.unpack(">II", files[path][16:24])
        assert f"{width}x{height}" == size
        assert len(files[path]) < 4_000


def test_the_frame_of_the_browser_has_the_colours_of_the_page(kitchen, dom: Callable) -> None:
    kitchen.theme("site/style/own.css", ":root { --ground: #FAFAF0; }\n")
    kitchen.build()
    colours = [tag["content"] for tag in dom(kitchen.page("index.html")).each("meta", name="theme-color")]
    assert colours == ["#fafaf0", "#121315"]
    assert json.loads(kitchen.page("site.webmanifest"))["background_color"] == "#fafaf0"


def test_head_tags_escape_what_strangers_wrote(kitchen, view: Callable, dom: Callable) -> None:
    hostile = '"><script>alert(1)</script>'
    kitchen.views = [view(1, title=hostile)]
    kitchen.build()
    parsed = dom(kitchen.page(kitchen.views[0].page))
    assert {tag["content"] for tag in parsed.each("meta", property="og:title")} == {f"{hostile} · Larkspur Kitchens"}
    assert not any("alert" in script for script in parsed.scripts if "schema.org" not in script)

"""The files of the search: what goes in comes out again, the same jobs give the same bytes, and hostile text is text."""

from __future__ import annotations

import json
import sys
from base64 import b64decode
from collections.abc import Callable
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolecall.site.search.columns import MAX_NUMBER, decode, encode, encode_lists, encode_number
from rolecall.site.search.documents import pieces_of
from rolecall.site.search.facets import facets_of
from rolecall.site.search.fold import fold, pieces, terms
from rolecall.site.search.head import columns_of, phrases
from rolecall.site.search.stems import short_page, stem
from rolecall.site.search.words import edited, shard_text, shards_of, version_of, words_of
from rolecall.site.texts import TextStore
from rolecall.site.views import stamped


def decode_lists(text: str) -> list[list[int]]:
    """The lists of a column of lists."""
    numbers = iter(decode(text))
    return [[next(numbers) for _ in range(length)] for length in numbers]


NUMBERS = st.lists(st.integers(0, MAX_NUMBER) | st.integers(0, 3000))


@given(NUMBERS)
def test_a_column_holds_its_numbers(numbers: list[int]) -> None:
    assert decode(encode(numbers)) == numbers


@given(st.lists(st.lists(st.integers(0, 5000), max_size=5)))
def test_a_column_of_lists_holds_its_lists(lists: list[list[int]]) -> None:
    assert decode_lists(encode_lists(lists)) == lists


@given(NUMBERS)
def test_a_column_is_printable_and_needs_no_escape_in_json(numbers: list[int]) -> None:
    text = encode(numbers)
    assert json.dumps(text) == f'"{text}"'


@pytest.mark.parametrize("number", [-1, MAX_NUMBER + 1])
def test_what_does_not_fit_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        encode_number(number)


@given(st.lists(st.text(min_size=1), min_size=1))
def test_phrases_are_their_texts_again(texts: list[str]) -> None:
    made = phrases(texts)
    words = made["words"].split(" ")
    assert [" ".join(words[number] for number in numbers) for numbers in decode_lists(made["at"])] == texts


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Zürich", "zurich"),
        ("Straße", "strasse"),
        ("ŁÓDŹ", "lodz"),
        ("Søren’s", "sorens"),
        ("İzmir", "izmir"),
        ("한국", "한국"),
    ],
)
def test_accents_and_case_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C++ and C#", {"c++", "and", "c#"}),
        ("a .NET job", {"a", ".net", "net", "job"}),
        ("Node.js.", {"node.js", "node", "js"}),
        ("full-stack", {"full", "stack", "fullstack"}),
        ("后端工程师", {"后端", "端工", "工程", "程师"}),
        ("Мир труда", {"мир", "труда"}),
        ("كاتب وصفات", {"كاتب", "وصفات"}),
        ("<script>alert(1)</script>", {"script", "alert", "1"}),
        ("", set()),
    ],
)
def test_a_text_is_cut_into_what_people_search_for(text: str, found: set[str]) -> None:
    assert terms(text) == found


@given(st.text())
def test_a_term_never_holds_what_parts_terms(text: str) -> None:
    assert all(term and not set(' \n"\\') & set(term) and len(term) <= 32 for term in terms(text))


@pytest.mark.parametrize(
    ("page", "short"),
    [
        ("jobs/acme/c-plus-plus-and-go-7f3a1c22.html", ""),
        ("jobs/acme/c-plus-plus-and-go-00042.html", "~00042"),
        ("jobs/acme/other.html", "jobs/acme/other.html"),
    ],
)
def test_a_page_is_written_out_only_where_the_rule_does_not_give_it(page: str, short: str) -> None:
    assert short_page(page, "acme", "C++ & Go", "7f3a1c22dddd") == short


def test_a_stem_is_cut_at_a_word() -> None:
    assert stem("Engineer " * 20) == "-".join(["engineer"] * 6)


# Words of descriptions


def test_each_word_knows_its_jobs() -> None:
    made = words_of([b"bread oven", b"oven", b"bread"], 3)
    [shard] = shards_of(made)
    text = json.loads(shard_text(made, shard))
    assert (text["version"], text["words"]) == (version_of(shard.digest), "bread oven")
    assert decode(text["jobs"]) == [2, 0, 2, 2, 0, 1]


def test_a_word_of_most_jobs_is_left_out_of_a_large_board() -> None:
    made = words_of((b"the only%d" % number for number in range(400)), 400)
    assert made.common == {"the": 400}
    assert words_of([b"the"] * 399, 399).common == {}


def test_jobs_beyond_those_held_at_once_are_counted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    documents = many_documents(1200)
    whole = words_of(documents, len(documents))
    monkeypatch.setattr("rolecall.site.search.words._BATCH", 7)
    assert words_of(documents, len(documents)) == whole


def many_documents(count: int) -> list[bytes]:
    """Each with a word of its own, some that a few share, and one that all have."""
    return [
        pieces(f"the own{at} {' '.join(f'w{at * 7 % 1009 + more:04}' for more in range(30))}") for at in range(count)
    ]


def test_files_of_words_are_small_and_in_order() -> None:
    made = words_of(many_documents(4000), 4000)
    texts = [shard_text(made, shard) for shard in shards_of(made)]
    words = [word for text in texts for word in json.loads(text)["words"].split(" ")]
    assert len(texts) > 2
    assert max(map(len, texts)) < 24_200
    assert words == sorted(words)


def test_words_that_begin_alike_stand_in_one_file_and_the_head_says_in_which() -> None:
    starts = (b"abc", b"abd", b"bcd", b"xyy", b"xyz")
    documents = [b" ".join(b"%s%d" % (start, at) for start in starts) for at in range(1000)]
    made = words_of(documents, len(documents))
    shards = shards_of(made)
    begins = [{word[:3] for word in made.words[shard.start : shard.end]} for shard in shards]
    assert len(shards) > 2
    assert sum(map(len, begins)) == len(set.union(*begins))
    for shard, before in zip(shards[1:], shards, strict=False):
        assert made.words[before.end - 1] < shard.first <= made.words[shard.start]


DOCUMENT = (
    st.sets(st.sampled_from("the oven Bread bread. salt-salt saltsalt yeast a 后端 𠮷野 ｆ c++".split()))
    .map(" ".join)
    .map(pieces)
)


@given(st.lists(st.tuples(DOCUMENT, DOCUMENT), min_size=1, max_size=12), st.integers(0, 3))
def test_words_after_a_change_are_those_made_anew(texts: list[tuple[bytes, bytes]], others: int) -> None:
    before = [old for old, _ in texts] + [b"the oven%d" % at for at in range(others * 200)]
    after = [new for _, new in texts] + before[len(texts) :]
    made = edited(words_of(before, len(before)), [(at, *change) for at, change in enumerate(texts)])
    assert made in (None, words_of(after, len(after)))
    assert made is not None or len(before) >= 400


@given(st.lists(st.text(alphabet="a b.c-d+é后　ｆ'\n", max_size=12), max_size=5))
def test_jobs_are_found_by_the_terms_of_their_texts_but_for_single_letters(texts: list[str]) -> None:
    made = words_of(map(pieces, texts), len(texts))
    found: dict[str, list[int]] = {}
    for at, text in enumerate(texts):
        for term in terms(text):
            if len(term) > 1 or not term.isascii():
                found.setdefault(term, []).append(at)
    columns = map(decode, made.columns)
    assert {word: list(accumulate(column[1:])) for word, column in zip(made.words, columns, strict=True)} == found


def test_a_word_that_is_common_no_more_is_looked_for_in_all_jobs() -> None:
    made = words_of([b"the"] * 101 + [b"an"] * 299, 400)
    assert edited(made, [(0, b"the", b"")]) is None
    more = edited(made, [(400 - 1, b"an", b"the")])
    assert more is not None
    assert more.common == {"an": 298, "the": 102}


def test_a_change_in_one_text_changes_few_files() -> None:
    documents = many_documents(4000)
    made = words_of(documents, 4000)
    changed = edited(made, [(2000, documents[2000], documents[2000] + b" sourdough")])
    assert changed is not None
    before, after = shards_of(made), shards_of(changed)
    assert len({shard.digest for shard in after} - {shard.digest for shard in before}) == 1


# The whole


@pytest.fixture
def head(kitchen: Any) -> dict[str, Any]:
    kitchen.build()
    return json.loads(kitchen.page("search/head.json"))


def test_the_head_has_the_open_jobs_in_the_order_of_the_site(kitchen: Any, head: dict[str, Any]) -> None:
    ids = b64decode(head["ids"]).hex()
    assert [ids[at : at + 12] for at in range(0, len(ids), 12)] == [view.id for view in kitchen.site().jobs]


def test_hostile_titles_stay_text(kitchen: Any, view: Callable[..., Any]) -> None:
    title = '</script>"\\\u2028<img src=x>  x'
    kitchen.views.append(view(9, title=title, company="__proto__\n", company_slug="proto"))
    kitchen.build()
    head = json.loads(kitchen.page("search/head.json"))
    words = head["titles"]["words"].split(" ")
    shown = [" ".join(words[word] for word in title) for title in decode_lists(head["titles"]["at"])]
    assert title in shown
    assert "__proto__\n" in head["companies"]


def test_the_same_jobs_give_the_same_bytes_whatever_is_cached(kitchen: Any, tmp_path: Path) -> None:
    kitchen.build()
    before = {name: data for name, data in kitchen.files().items() if name.startswith("search/")}
    kitchen.views.reverse()
    for folder in (kitchen.cache, kitchen.output):
        folder.rename(tmp_path / f"old{folder.name}")
    kitchen.build()
    assert before
    assert {name: data for name, data in kitchen.files().items() if name.startswith("search/")} == before


def test_a_build_without_a_change_reads_no_description(kitchen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    kitchen.build()
    monkeypatch.setattr(sys.modules["rolecall.site.writers.search"], "current_words", None)
    assert kitchen.build().written == 0


def test_a_word_of_a_changed_job_is_found(kitchen: Any) -> None:
    kitchen.build()
    kitchen.views[0] = kitchen.views[0]._replace(body="<p>Sourdough.</p>", digest="f" * 16)
    kitchen.build()
    assert any(b"sourdough" in data for name, data in kitchen.files().items() if name.startswith("search/words"))


def test_a_changed_text_is_the_only_one_that_is_looked_at(
    kitchen: Any, view: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from rolecall.site.search import kept

    store = TextStore(tmp_path / "texts")

    def stored(view: Any) -> Any:
        return view._replace(body=store.keep(view.description, pieces_of(view, view.description)))

    more = [view(100 + at, description=f"<p>Bread and oven{at}.</p>") for at in range(40)]
    kitchen.views = [stored(view) for view in (*kitchen.views, *more)]
    kitchen.build()
    kitchen.views[20] = stored(kitchen.views[20]._replace(body="<p>Sourdough.</p>", digest="f" * 16))
    with monkeypatch.context() as patched:
        patched.setattr(kept, "words_of", None)
        kitchen.build()
    changed = {name: data for name, data in kitchen.files().items() if name.startswith("search/")}
    for folder in (kitchen.cache, kitchen.output):
        folder.rename(tmp_path / f"old{folder.name}")
    kitchen.build()
    assert {name: data for name, data in kitchen.files().items() if name.startswith("search/")} == changed
    assert any(b"sourdough" in data for name, data in changed.items() if name.startswith("search/words"))


def test_the_columns_are_made_anew_when_a_row_changes_and_only_then(
    kitchen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kitchen.build()
    writer = sys.modules["rolecall.site.writers.search"]
    made: list[Any] = []
    monkeypatch.setattr(writer, "columns_of", lambda site: made.append(site) or columns_of(site))
    kitchen.views[0] = stamped(kitchen.views[0]._replace(body="<p>Sourdough.</p>"))
    kitchen.build()
    assert made == []
    kitchen.views[0] = stamped(kitchen.views[0]._replace(title="Sourdough Baker"))
    kitchen.build()
    assert len(made) == 1
    assert "Sourdough" in json.loads(kitchen.page("search/head.json"))["titles"]["words"]


def test_a_lost_file_comes_back(kitchen: Any) -> None:
    kitchen.build()
    before = kitchen.page("search/words-0.json")
    (kitchen.output / "search" / "words-0.json").unlink()
    kitchen.build()
    assert kitchen.page("search/words-0.json") == before


def test_a_board_without_jobs_has_a_head(empty_board: Any) -> None:
    empty_board.build()
    head = json.loads(empty_board.page("search/head.json"))
    assert (head["count"], head["shards"]) == (0, "")


def test_choices_count_jobs_and_anywhere_is_everywhere(kitchen: Any, view: Callable[..., Any]) -> None:
    kitchen.views.append(view(9, may_live=("*",), workplace="remote"))
    facets = facets_of(kitchen.site())
    assert {code: count for code, _, count in facets.countries} == {"BE": 4, "KW": 2, "QA": 2}
    assert [(value, count) for value, _, count in facets.workplaces] == [("remote", 2), ("on_site", 3)]
    assert facets.pay_kinds == (("EUR", "hour"),)


def test_a_page_holds_a_blank_row_with_every_part(kitchen: Any) -> None:
    kitchen.build()
    template = kitchen.page("index.html").split('<template id="row-template">')[1].split("</template>")[0]
    parts = ("logo", "title", "featured", "pay", "company", "where", "tags", "when")
    assert all(f'data-field="{part}"' in template for part in parts)

from __future__ import annotations

import pytest

from rolecall.normalise.body import read_body
from rolecall.normalise.lookup import table
from rolecall.normalise.tags import MAX_TAGS, Vocabulary

TABLE = "tags.txt"
ALL = Vocabulary.default()
LONG = "We cook good food for many people every day of the year. " * 5


def test_tags_in_a_sentence(given: str, expected: str) -> None:
    assert " ".join(tag.replace(" ", "_") for tag in ALL.read("", given)) == expected.removesuffix("=>").replace(
        "machine learning", "machine_learning"
    )


def test_the_vocabulary_is_large_and_every_term_has_its_own_address() -> None:
    ids = [name.casefold() for name in table("tags")["terms"]]
    assert len(ids) >= 600
    assert len({ALL.slug(one) for one in ids}) == len(ids)
    assert all(len(name) <= 40 for name in table("tags")["terms"])


def test_every_term_is_known_by_its_own_name() -> None:
    assert [name for name in table("tags")["terms"] if ALL.canonical(name) != name.casefold()] == []


def test_terms_of_the_title_come_first() -> None:
    assert ALL.read("Kafka and Python", "Java, Python and SQL") == ("kafka", "python", "java", "sql")


def test_a_list_of_everything_is_cut() -> None:
    every = ", ".join(ALL.name(tag) for tag in list(table("tags")["terms"])[:200])
    assert len(ALL.read("", f"We use {every}.")) == MAX_TAGS


def test_a_source_s_own_tag_alone_proves_nothing() -> None:
    assert ALL.read("Content Reviewer", LONG, ("go", "python")) == ()


def test_a_source_s_own_tag_decides_a_doubtful_word() -> None:
    assert ALL.read("", f"{LONG} We like Go very much.") == ()
    assert ALL.read("", f"{LONG} We like Go very much.", ("golang",)) == ("go",)


def test_a_source_s_own_tags_stand_for_a_text_that_is_missing() -> None:
    assert ALL.read("Engineer", "", ("Typescript ", "k8s", "digital nomad")) == ("typescript", "kubernetes")


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Golang", "go"),
        ("K8S", "kubernetes"),
        ("c sharp", "c#"),
        (".net core", ".net"),
        ("GO", "go"),
        ("zorbing", None),
    ],
)
def test_a_word_taken_alone(word: str, expected: str | None) -> None:
    assert ALL.canonical(word) == expected


@pytest.mark.parametrize(
    ("tag", "name", "slug"),
    [
        ("go", "Go", "go"),
        ("c", "C", "c"),
        ("c++", "C++", "c-plus-plus"),
        ("c#", "C#", "c-sharp"),
        (".net", ".NET", "dot-net"),
        ("node.js", "Node.js", "node-js"),
        ("ci/cd", "CI/CD", "ci-cd"),
        ("Underwater basket", "Underwater basket", "underwater-basket"),
    ],
)
def test_how_a_tag_is_written(tag: str, name: str, slug: str) -> None:
    assert (ALL.name(tag), ALL.slug(tag)) == (name, slug)


def test_a_board_adds_terms_and_bans_others() -> None:
    ours = ALL.with_terms({"Underwater Basket": ["uw basket"], "Go": {"needs": "after"}}, ban=["k8s"])
    assert ours.read("", "Python, Go and uw basket on Kubernetes") == ("python", "underwater basket")
    assert ALL.read("", "Python, Go and uw basket on Kubernetes") == ("python", "go", "kubernetes")


def read(html: str, title: str = "Engineer", employer: str = "") -> tuple[str, ...]:
    return ALL.read(title, read_body(html, employer), employer=employer)


NEEDS = "<h3>What you bring</h3><ul><li>Python and SQL</li></ul>"


def test_what_only_the_employer_s_own_text_names_is_no_tag() -> None:
    about = "<h3>About us</h3><p>We moved the harbours of the world to Kubernetes and Kafka.</p>"
    assert read(f"{about}{NEEDS}") == ("python", "sql")


def test_without_a_part_on_what_the_job_needs_all_text_counts() -> None:
    assert read("<h3>About us</h3><p>We moved the harbours of the world to Kubernetes.</p>") == ("kubernetes",)


def test_what_the_job_needs_stands_before_what_would_be_nice() -> None:
    html = f"<h3>Nice to have</h3><ul><li>Terraform</li></ul>{NEEDS}<h3>Your tasks</h3><p>You look after Kafka.</p>"
    assert read(html) == ("python", "sql", "kafka", "terraform")


def test_the_employer_s_own_name_is_no_tag() -> None:
    assert read("<p>At Figma you write Rust, and Figma pays for the books.</p>", employer="Figma") == ("rust",)


def test_a_product_on_which_everybody_of_an_employer_works_is_no_tag() -> None:
    assert read("<p>Ubuntu is made with Python.</p>", employer="Canonical") == ("python",)
    assert read("<p>Ubuntu is made with Python.</p>", employer="Kelpline") == ("ubuntu", "python")


def test_a_field_of_work_counts_when_the_title_names_it_or_the_text_often() -> None:
    once = "<p>You work beside the DevOps team.</p>"
    assert read(once) == ()
    assert read(once, title="DevOps Engineer") == ("devops",)
    assert read("<p>DevOps is how we work.</p><p>You bring years of DevOps, and teach DevOps.</p>") == ("devops",)

"""config.yaml: every problem at once, and the sample that documents every option."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import BaseModel

from rolecall import yaml_io
from rolecall.config import Config, load_config
from rolecall.errors import ConfigError


def write(folder: Path, text: str) -> Path:
    path = folder / "config.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(folder: Path, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load_config(write(folder, text))
    return [str(problem) for problem in caught.value.problems]


def test_a_title_is_enough(tmp_path: Path) -> None:
    config = load_config(write(tmp_path, "title: Jobs\n"))
    assert (config.title, config.boards, config.readme.layout, config.close_after_days) == ("Jobs", (), "cards", 3)


def test_all_problems_come_at_once_with_line_key_and_mend(tmp_path: Path) -> None:
    text = (
        "titel: Jobs\nbase_url: example.org\nreadme: {layout: card, max_bytes: 9}\nboards:\n"
        "  - {source: greenhose, board: acme}\n  - {source: greenhouse}\n  - {source: feed, url: 'https://a.example/rss', compny: X}\n"
        "  - {source: greenhouse, board: acme}\n  - {source: greenhouse, board: acme}\n"
    )
    said = problems(tmp_path, text)
    assert "config.yaml:1:1: title: is missing. Add the line `title: ...`." in said
    assert "config.yaml:1:1: titel: no field is called 'titel'. Did you mean \"title\"?" in said
    assert (
        "config.yaml:3:18: readme.layout: 'card' is not allowed. Did you mean \"cards\"? Allowed: cards, classic."
        in said
    )
    assert 'config.yaml:5:14: boards[0].source: no source is called "greenhose". Did you mean "greenhouse"?' in said
    assert any(line.startswith("config.yaml:6:5: boards[1]: board is missing. Write it as in: ") for line in said)
    assert any(
        line.startswith(
            "config.yaml:7:58: boards[2].compny: feed has no option called 'compny'. Did you mean \"company\"?"
        )
        for line in said
    )
    assert "config.yaml:9:5: boards[4]: is the same board as boards[3]. Remove one." in said
    assert any(line.startswith("config.yaml:2:11: base_url: 'example.org' is not a plain") for line in said)
    assert any(line.startswith("config.yaml:3:35: readme.max_bytes: ") for line in said)
    assert len(said) == 9


def test_a_broken_file_says_where(tmp_path: Path) -> None:
    assert problems(tmp_path, "title: Jobs\nboards: [\n")[0].startswith(
        "config.yaml:3:1: is not YAML: a bracket is not closed"
    )


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="`rolecall init` makes a new one"):
        load_config(tmp_path / "config.yaml")


def test_boards_get_stable_names_and_plain_options(tmp_path: Path) -> None:
    text = "title: J\nboards:\n  - {source: greenhouse, board: acme, company: Acme}\n  - {source: feed, url: 'https://a.example/x/rss.xml', follow: true}\n"
    first, second = load_config(write(tmp_path, text)).to_boards()
    assert (first.name, first.company) == ("greenhouse/acme", "Acme")
    assert (second.board, second.url, second.options) == (
        "a.example/x/rss.xml",
        "https://a.example/x/rss.xml",
        {"follow": True},
    )


def _option_names(model: type[BaseModel], found: set[str]) -> set[str]:
    for name, field in model.model_fields.items():
        found.add(name)
        inner = field.get_default(call_default_factory=True) if not field.is_required() else None
        if isinstance(inner, BaseModel):
            _option_names(type(inner), found)
    return found


def test_the_sample_documents_every_option_where_it_stands(repo: Path) -> None:
    lines = (repo / "config.yaml").read_text(encoding="utf-8").splitlines()
    for name in _option_names(Config, set()):
        standing = [line for line in lines if line.lstrip("# ").startswith(f"{name}:")]
        assert standing, f"config.yaml does not show {name}"


def test_the_sample_shows_the_defaults(repo: Path) -> None:
    given = yaml_io.load((repo / "config.yaml").read_bytes(), "config.yaml").value
    config, plain = load_config(repo / "config.yaml"), Config(title="x")
    for name in ("site", "logos", "tags", "close_after_days", "keep_closed_days", "fetch", "readme"):
        assert name in given
        assert getattr(config, name) == getattr(plain, name), name

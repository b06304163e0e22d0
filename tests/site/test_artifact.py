"""Claimed, skipped, staged, swapped, swept: what publish() promises."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest

from rolecall.errors import BuildError, PathConflict, RolecallError, TemplateError
from rolecall.site import artifact, staging
from rolecall.site.artifact import Artifact, Published, publish
from rolecall.site.manifest import MARK, Manifest


class Shop:
    """An output folder, and how often each file was rendered for it."""

    def __init__(self, folder: Path) -> None:
        self.output = folder / "output"
        self.manifest = folder / ".cache" / "build" / "manifest"
        self.rendered: list[str] = []

    def publish(self, files: Mapping[str, str], workers: int = 1, inputs: str = "") -> Published:
        """Each file's text is its content and, unless given, its inputs."""

        def render(path: str, text: str) -> str:
            self.rendered.append(path)
            return text

        made = [Artifact(path, inputs or text, partial(render, path, text)) for path, text in files.items()]
        return publish(made, self.output, Manifest.load(self.manifest), workers)

    def files(self) -> dict[str, str]:
        found = sorted(path for path in self.output.rglob("*") if path.is_file() and path.name != MARK)
        return {path.relative_to(self.output).as_posix(): path.read_text() for path in found}


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


FILES = {"jobs/acme/cook.html": "cook", "index.html": "all"}


def counts(published: Published) -> tuple[int, int, int, int]:
    return published.written, published.unchanged, published.skipped, published.swept


def test_unchanged_inputs_are_not_rendered(shop: Shop) -> None:
    assert counts(shop.publish(FILES)) == (2, 0, 0, 0)
    assert counts(shop.publish(FILES)) == (0, 0, 2, 0)
    assert sorted(shop.rendered) == ["index.html", "jobs/acme/cook.html"]


def test_equal_bytes_are_not_written(shop: Shop) -> None:
    shop.publish(FILES)
    before = {path: (shop.output / path).stat().st_mtime_ns for path in FILES}
    assert counts(shop.publish(FILES, inputs="other templates, same text")) == (0, 2, 0, 0)
    assert before == {path: (shop.output / path).stat().st_mtime_ns for path in FILES}


def test_a_file_that_somebody_changed_is_mended(shop: Shop) -> None:
    shop.publish(FILES)
    (shop.output / "index.html").write_text("broken")
    (shop.output / "jobs/acme/cook.html").unlink()
    assert counts(shop.publish(FILES)) == (2, 0, 0, 0)
    assert shop.files() == FILES


def test_what_nobody_claims_is_swept_with_its_empty_folder(shop: Shop) -> None:
    shop.publish(FILES)
    assert counts(shop.publish({"index.html": "all"})) == (0, 0, 1, 1)
    assert shop.files() == {"index.html": "all"}
    assert not (shop.output / "jobs").exists()


def test_files_that_others_put_there_stay(shop: Shop) -> None:
    shop.publish(FILES)
    for name in (".gitignore", ".nojekyll", "CNAME", "google123.html"):
        (shop.output / name).write_text("mine")
    shop.publish({"index.html": "all"})
    assert set(shop.files()) == {"index.html", ".gitignore", ".nojekyll", "CNAME", "google123.html"}


def test_without_a_manifest_a_page_that_nobody_claims_cannot_survive(shop: Shop) -> None:
    shop.publish(FILES)
    (shop.output / "CNAME").write_text("jobs.example")
    (shop.output / ".gitignore").write_text("*")
    shop.manifest.unlink()
    assert counts(shop.publish({"index.html": "all"})) == (0, 1, 0, 1)
    assert set(shop.files()) == {"index.html", "CNAME", ".gitignore"}


@pytest.mark.parametrize("damage", [b"", b"\x00" * 50, b"rolecall cache 1\n....{", None])
def test_a_damaged_manifest_counts_as_none(shop: Shop, damage: bytes | None) -> None:
    shop.publish(FILES)
    whole = shop.manifest.read_bytes()
    shop.manifest.write_bytes(whole[:-3] if damage is None else damage)
    assert counts(shop.publish(FILES)) == (0, 2, 0, 0)
    assert shop.manifest.read_bytes() == whole


def test_a_folder_with_somebodys_files_is_refused_and_left_alone(shop: Shop) -> None:
    (shop.output / "docs").mkdir(parents=True)
    (shop.output / "docs" / "thesis.txt").write_text("years of work")
    with pytest.raises(BuildError, match=r"docs/thesis\.txt: was not made by rolecall"):
        shop.publish(FILES)
    assert shop.files() == {"docs/thesis.txt": "years of work"}


def test_another_rolecall_renders_anew_but_still_sweeps_what_the_last_one_wrote(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.publish(FILES)
    monkeypatch.setattr("rolecall.site.cache_file.tool_key", lambda: "another")
    assert counts(shop.publish({"index.html": "all"})) == (0, 1, 0, 1)
    assert shop.rendered[-1] == "index.html"


@pytest.mark.parametrize(
    "path",
    [
        "../x.html",
        "/x.html",
        "a/../x",
        "a//b",
        "",
        ".htaccess",
        "a/.git",
        "Jobs.html",
        "caf\u00e9.html",
        "cafe\u0301.html",
        "a b",
        "a\\b",
        "x\n",
        "x/",
    ],
)
def test_a_path_is_plain_or_refused(shop: Shop, path: str) -> None:
    with pytest.raises(PathConflict):
        shop.publish({path: "x"})
    assert not shop.output.exists()


def test_two_claims_on_one_path_render_nothing(shop: Shop) -> None:
    def never() -> str:
        raise AssertionError

    twice = [Artifact("a.html", "1", never), Artifact("a.html", "2", never)]
    with pytest.raises(PathConflict, match=r"a\.html: is claimed twice"):
        publish(twice, shop.output, Manifest.load(shop.manifest))
    with pytest.raises(PathConflict, match="as the folder of"):
        shop.publish({"a": "file", "a/b": "in a folder"})


def test_a_failed_render_leaves_output_as_it_was(shop: Shop) -> None:
    shop.publish(FILES)

    def broken() -> str:
        raise TemplateError("site/job.html:3", "'x' is undefined.", "Mend the template.")

    made = [
        Artifact("new.html", "new", lambda: "new"),
        Artifact("index.html", "changed", lambda: "changed"),
        Artifact("jobs/acme/cook.html", "broken", broken),
    ]
    with pytest.raises(TemplateError):
        publish(made, shop.output, Manifest.load(shop.manifest))
    assert shop.files() == FILES
    assert sorted(path.name for path in shop.manifest.parent.iterdir()) == ["manifest"]
    assert counts(shop.publish(FILES)) == (0, 0, 2, 0)


def many(count: int) -> dict[str, str]:
    return {f"jobs/{number}.html": f"job {number}\n" * (number % 7) for number in range(count)}


def test_one_worker_and_many_write_the_same_bytes(tmp_path: Path) -> None:
    shops = [Shop(tmp_path / str(workers)) for workers in (1, 2, 5)]
    for shop, workers in zip(shops, (1, 2, 5), strict=True):
        assert counts(shop.publish(many(450), workers=workers)) == (450, 0, 0, 0)
        assert counts(shop.publish(many(450), workers=workers)) == (0, 0, 450, 0)
    assert shops[0].files() == shops[1].files() == shops[2].files()


def test_an_error_in_a_worker_is_raised_here(shop: Shop) -> None:
    def broken() -> str:
        raise TemplateError("site/job.html:3", "'x' is undefined.", "Mend the template.")

    made = [Artifact(path, text, partial(str, text)) for path, text in many(400).items()]
    made[301] = Artifact("jobs/301.html", "broken", broken)
    with pytest.raises(TemplateError, match=r"site/job\.html:3"):
        publish(made, shop.output, Manifest.load(shop.manifest), 3)
    assert not shop.output.exists()


@pytest.mark.parametrize("link", ["output", "output/jobs", "output/jobs/acme"])
def test_a_linked_folder_is_never_written_through(shop: Shop, tmp_path: Path, link: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / link).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / link).symlink_to(elsewhere)
    with pytest.raises(BuildError, match="symbolic link"):
        shop.publish(FILES)
    assert list(elsewhere.iterdir()) == []


def test_a_linked_file_is_replaced_not_followed(shop: Shop, tmp_path: Path) -> None:
    shop.publish(FILES)
    target = tmp_path / "precious"
    target.write_text("all")
    (shop.output / "index.html").unlink()
    (shop.output / "index.html").symlink_to(target)
    shop.publish({**FILES, "index.html": "new"})
    assert target.read_text() == "all"
    assert shop.files()["index.html"] == "new"
    assert not (shop.output / "index.html").is_symlink()


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


def test_a_build_killed_at_any_replacement_is_repaired_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = {"a.html": "old a", "b.html": "old b", "gone.html": "old"}
    new = {"a.html": "new a", "b.html": "new b", "c.html": "new c", "new/d.html": "new d", "new/e.html": "new e"}
    replace = os.replace
    for last in range(1, 20):
        shop = Shop(tmp_path / str(last))
        shop.publish(old)
        calls = iter(range(1, 100))

        def dying(source: str, target: str, calls=calls, last=last) -> None:
            if next(calls) >= last:
                raise Killed
            replace(source, target)

        monkeypatch.setattr(os, "replace", dying)
        try:
            shop.publish(new)
            finished = True
        except Killed:
            finished = False
        monkeypatch.setattr(os, "replace", replace)
        assert all(text in (old.get(path), new.get(path)) for path, text in shop.files().items())
        shop.publish({"a.html": "later"})
        assert shop.files() == {"a.html": "later"}
        if finished:
            return
    pytest.fail("the build never finished")


def test_a_full_disk_is_named_and_the_last_site_stays(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.publish(FILES)

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "stage/0")

    monkeypatch.setattr(artifact.os, "replace", full)
    with pytest.raises(RolecallError, match="No space left"):
        shop.publish({**FILES, "index.html": "new"})
    assert shop.files() == FILES


def test_the_cache_may_stand_on_another_disk(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    replace = os.replace

    def across(source: str, target: str) -> None:
        if "stage-" in str(source) and "stage-" not in str(target):
            raise OSError(errno.EXDEV, "Invalid cross-device link", str(source))
        replace(source, target)

    monkeypatch.setattr(artifact.os, "replace", across)
    shop.publish(FILES)
    assert shop.files() == FILES


def test_a_folder_that_was_not_there_is_moved_as_a_whole(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda source, target: (moved.append(str(target)), replace(source, target)))
    shop.publish({"jobs/acme/cook.html": "cook", "jobs/acme/chef.html": "chef", "tags/a.html": "a"})
    assert [path for path in moved if path.startswith(str(shop.output))] == [
        f"{shop.output}/{t}" for t in ("jobs", "tags")
    ]
    assert shop.files() == {"jobs/acme/cook.html": "cook", "jobs/acme/chef.html": "chef", "tags/a.html": "a"}


def test_a_folder_that_somebody_makes_while_a_build_runs_is_kept(shop: Shop) -> None:
    def render() -> str:
        (shop.output / "jobs").mkdir(parents=True)
        (shop.output / "jobs" / "theirs.txt").write_text("theirs")
        return "cook"

    publish([Artifact("jobs/acme/cook.html", "1", render)], shop.output, Manifest.load(shop.manifest), 1)
    assert shop.files() == {"jobs/acme/cook.html": "cook", "jobs/theirs.txt": "theirs"}


def test_what_a_killed_build_staged_is_cleared_away(shop: Shop) -> None:
    left = shop.manifest.parent / "stage-99999"
    left.mkdir(parents=True)
    (left / "0").write_text("half")
    shop.publish(FILES)
    assert not left.exists()


def test_the_same_bytes_come_out_of_nothing(shop: Shop) -> None:
    shop.publish({**FILES, "old.html": "old"})
    shop.publish(FILES)
    before = shop.files()
    shutil.rmtree(shop.output)
    shutil.rmtree(shop.manifest.parent)
    shop.publish(FILES)
    assert shop.files() == before


def test_text_that_is_not_unicode_does_not_stop_the_site(shop: Shop) -> None:
    shop.publish({"a.html": "lone \ud800 surrogate"}, inputs="x")
    assert shop.files() == {"a.html": "lone ? surrogate"}


def test_a_fingerprint_keeps_its_parts_apart() -> None:
    render: Callable[..., str] = artifact.fingerprint
    assert render("ab", "c") != render("a", "bc")
    assert render("ab", "c") == render("ab", "c")


def test_a_disk_that_takes_a_page_piece_by_piece_gets_all_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: write(handle, bytes(data[:3])))
    page = Artifact("a.html", "1", lambda: "a whole page")
    stage = staging.Stage(str(tmp_path), str(tmp_path), ["a.html"])
    assert staging.stage_one([page], {}, None, stage, 0)
    assert (tmp_path / "0").read_text() == "a whole page"

"""After an edit of texts, only files that show them are claimed anew; whatever else is in doubt, all are."""

from __future__ import annotations

import shutil
from datetime import timedelta
from typing import Any

import pytest

from rolecall.commands.standing import look
from rolecall.site.build import build_site
from rolecall.site.claims import Claims, claims_of
from rolecall.site.edition import Edition
from rolecall.site.manifest import Manifest
from rolecall.site.render import Renderer
from rolecall.site.views import stamped

EDITED = "<p>You bake the bread of the house, and the cakes.</p>\n"
PORTER = 5  # of the views: at a company of its own, and closed


@pytest.fixture
def built(kitchen: Any) -> Any:
    build(kitchen)
    return kitchen


def renderer_of(board: Any) -> Renderer:
    return Renderer.of_board(board.folder / "templates", board.config.language)


def build(board: Any) -> None:
    """A build that has looked at what stands there."""
    standing = look(board.folder, board.today).site
    build_site(board.site(), renderer_of(board), board.output, board.cache, 1, standing=standing)


def claims(board: Any) -> Claims:
    edition = Edition(board.site(), renderer_of(board), board.cache, 1)
    known = Manifest.load(board.cache / "build" / "manifest")
    return claims_of(edition, known, look(board.folder, board.today).site)


def reword(board: Any, at: int) -> None:
    board.views[at] = stamped(board.views[at]._replace(body=EDITED))


def test_an_edited_text_claims_only_files_that_show_it(built: Any) -> None:
    reword(built, PORTER)
    found = claims(built)
    assert found.rest_stands
    paths = {artifact.path for artifact in found.artifacts}
    assert built.views[PORTER].page in paths
    assert not paths & {view.page for view in built.views[:PORTER]}
    assert not any(path.startswith(("tags/", "companies/")) for path in paths)


@pytest.mark.parametrize("at", range(6))
def test_an_edited_text_gives_the_bytes_of_a_build_from_nothing(built: Any, at: int) -> None:
    reword(built, at)
    build(built)
    found = built.files()
    shutil.rmtree(built.cache)
    shutil.rmtree(built.output)
    build(built)
    assert found == built.files()


def test_another_fact_of_a_job_claims_all(built: Any) -> None:
    built.views[0] = stamped(built.views[0]._replace(title="Head Cook"))
    assert not claims(built).rest_stands


def test_another_day_claims_all(built: Any) -> None:
    built.today += timedelta(days=1)
    assert not claims(built).rest_stands


def test_another_template_claims_all(built: Any) -> None:
    built.theme("site/404.html", "gone")
    assert not claims(built).rest_stands


def test_a_file_that_somebody_changed_claims_all_and_is_made_again(built: Any) -> None:
    page = built.output / built.views[PORTER].page
    as_built = page.read_bytes()
    page.write_bytes(b"mine")
    reword(built, 0)
    assert not claims(built).rest_stands
    build(built)
    assert page.read_bytes() == as_built


def test_other_files_of_the_other_writers_claim_all(built: Any) -> None:
    known = Manifest.load(built.cache / "build" / "manifest")
    facts, _, digests = known.basis or ("", "", "")
    known.basis = (facts, "other paths", digests)
    known.save()
    reword(built, 0)
    found = claims(built)
    assert not found.rest_stands
    assert {view.page for view in built.views if view.page} <= {artifact.path for artifact in found.artifacts}


def test_after_a_build_that_was_stopped_all_is_claimed(built: Any) -> None:
    known = Manifest.load(built.cache / "build" / "manifest")
    known.expect(["new.html"])
    reword(built, 0)
    assert not claims(built).rest_stands

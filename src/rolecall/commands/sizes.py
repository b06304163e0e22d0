"""How near a board is to what GitHub takes: a warning comes at four fifths of it, while there is time to act."""

from __future__ import annotations

from rolecall.commands import OUTPUT
from rolecall.commands.built import ReadmeFacts
from rolecall.commands.standing import Standing
from rolecall.issues import Issues

README_BYTES = 512_000  # GitHub shows no more of it, and does not say so
SITE_BYTES = 1_000_000_000  # of GitHub Pages
SITE_FILES = 100_000  # more do not deploy within GitHub's ten minutes
NEAR = 0.8


def warn_of_sizes(site: Standing, readme: ReadmeFacts | None, issues: Issues) -> None:
    """Say which of README, bytes and files of the site has come to four fifths of its limit."""
    hint = "Lower site.cards or keep_closed_days in config.yaml, or read fewer boards."
    if site.bytes > SITE_BYTES * NEAR:
        what = f"has {site.bytes / 1e6:,.0f} MB; GitHub Pages takes {SITE_BYTES / 1e6:,.0f}."
        issues.warn("site-large", OUTPUT, what, hint)
    if site.files > SITE_FILES * NEAR:
        what = f"has {site.files:,} files; more than {SITE_FILES:,} may not be published in GitHub's ten minutes."
        issues.warn("site-files", OUTPUT, what, hint)
    if readme is not None and readme.bytes > README_BYTES * NEAR:
        what = f"has {readme.bytes:,} of the {README_BYTES:,} bytes that GitHub shows."
        hint = "Nothing is lost: with more jobs it shows less of each. Choose what: readme.descriptions, readme.lists."
        issues.warn("readme-near-limit", readme.file, what, hint)

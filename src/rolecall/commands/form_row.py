"""A job as its row in the README reads, in plain words: for where text of strangers must not be more than text."""

from __future__ import annotations

import html
import re

from rolecall.commands import TEMPLATES
from rolecall.commands.form_judging import Around
from rolecall.model import Job
from rolecall.site.readme_rows import Step, row_of
from rolecall.site.render import Renderer
from rolecall.site.site import Site
from rolecall.site.views import view_of
from rolecall.unseen import without_unseen

_TAG = re.compile(r"<[^>]*>")


def row_words(around: Around, file: str, job: Job) -> str:
    """Title and company, facts, tags, the beginning of the text, where to apply: a line each."""
    config = around.config
    language = Renderer.of_board(around.folder / TEMPLATES, config.language).language
    view = view_of(file, job, vocabulary=config.vocabulary(), language=language)
    site = Site.of([view], {}, config, around.today, {}, language)
    row = row_of(view, site, config.readme, Step("excerpts", "excerpt", config.readme.max_tags), config.readme.file)
    facts = (row.values[name] for name in dict.fromkeys((*row.facts, *row.columns)) if name in row.values)
    lines = [
        f"{_words(row.title)} - {_words(row.company)}",
        " · ".join(_words(fact) for fact in facts if fact),
        ", ".join(map(_words, row.tags)) + (f" +{row.more_tags}" if row.more_tags > 0 else ""),
        _words(row.excerpt),
        f"Apply: {row.apply_url}",
    ]
    return "\n".join(line for line in lines if line.strip())


def _words(cell: str) -> str:
    """What a browser shows of a cell."""
    return without_unseen(html.unescape(_TAG.sub("", cell))).replace("\xa0", " ")

"""boards.json: the day on which each board was last read to its end, for "Last verified" on the pages of its jobs.

It changes with every fetch; the pages, which a script completes from it, do not.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from rolecall.site import urls
from rolecall.site.artifact import Artifact, fingerprint
from rolecall.site.edition import Edition


def boards(edition: Edition) -> Iterator[Artifact]:
    """boards.json, with the boards of open jobs whose day is known; it may be empty."""
    shown = {view.board for view in edition.site.jobs}
    days = {name: day for name, day in sorted(edition.site.read_days.items()) if name in shown}
    text = json.dumps(days, ensure_ascii=False, separators=(",", ":")) + "\n"
    yield Artifact(urls.READ_DAYS, fingerprint(text), partial(str, text))

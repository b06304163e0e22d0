"""The pictures for social media: one for each of the first jobs, and one for all other pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from rolecall.site import urls
from rolecall.site.artifact import Artifact
from rolecall.site.edition import Edition


def cards(edition: Edition) -> Iterator[Artifact]:
    """`cards/*.png` and `card.png`, when the site knows its address; most are there from the last build."""
    pictures = edition.cards
    for view in edition.site.jobs:
        card = pictures.of_jobs.get(view.id)
        if card is not None:
            yield Artifact(urls.card(view), pictures.key(card), partial(pictures.draw, card))
    if pictures.of_board is not None:
        yield Artifact(urls.CARD, pictures.key(pictures.of_board), partial(pictures.draw, pictures.of_board))

"""Where the work is done, as the sentences of an ad say it: `This role is hybrid`, `two days a week in the office`."""

from __future__ import annotations

from rolecall.model import Workplace
from rolecall.normalise.body import Body
from rolecall.normalise.said import is_said


def denies_remote(body: Body) -> bool:
    """Whether the text leaves no doubt that the work is not done at home."""
    return is_said(body, "not_remote")


def workplace_said(body: Body) -> Workplace | None:
    """Where the text says that the work is done. Hybrid beside remote is hybrid."""
    modes = (Workplace.HYBRID, Workplace.REMOTE, Workplace.ON_SITE)
    return next((mode for mode in modes if is_said(body, mode.value)), None)

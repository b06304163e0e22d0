"""What a fetch may change in a file, and how an edit by a person is noticed: by the digest of what fetch wrote."""

from __future__ import annotations

from typing import Any

from rolecall.model import Job, SourceRef
from rolecall.normalise.identity import digest
from rolecall.schema import plain

# What a source decides, as long as no person has. The rest of a file is ours (status) or theirs (keep, featured).
FETCHED = tuple(
    "title company apply_url posted posted_estimated places workplace remote_from employment salary tags level "
    "department requisition_id language sponsorship closes description_html".split()
)


def _fetched_fields(job: Job) -> dict[str, Any]:
    return {name: plain(getattr(job, name)) for name in FETCHED if name not in job.keep}


def with_digest(job: Job) -> Job:
    """The job with the digest of its fetched fields as they stand."""
    assert job.source is not None
    source = job.source.model_copy(update={"digest": digest(_fetched_fields(job))})
    return job.model_copy(update={"source": source})


def is_edited(job: Job) -> bool:
    """Whether the fetched fields are no longer what fetch wrote."""
    return job.source is not None and job.source.digest not in (None, digest(_fetched_fields(job)))


def differences(old: Job, new: Job, partial: bool) -> tuple[dict[str, Any], list[str]]:
    """What the file of `old` must change to say what `new` says, and the fields in which a person's edit wins."""
    assert old.source is not None
    assert new.source is not None
    edited = is_edited(old)
    changes: dict[str, Any] = {}
    kept: list[str] = []
    for name in FETCHED:
        before, now = getattr(old, name), getattr(new, name)
        if name in old.keep or before == now or (partial and now in (None, ())):
            continue
        if name in ("posted", "posted_estimated") and (partial or new.posted_estimated):
            continue  # a known day, or the day on which it was first seen, does not give way to a weaker one
        if edited or (name == "description_html" and old.description is not None):
            kept.append(name)
            continue
        changes[name] = now
    if kept:
        changes["keep"] = tuple(sorted({*old.keep, *kept}))
    known = {alternate.url for alternate in old.alternates}
    if added := [alternate for alternate in new.alternates if alternate.url not in known]:
        changes["alternates"] = (*old.alternates, *added)
    after = old.model_copy(update=changes)
    source = SourceRef(**{**dict(new.source), "url": new.source.url or old.source.url})
    source = source.model_copy(update={"digest": digest(_fetched_fields(after))})
    if source != old.source:
        changes["source"] = source
    return {name: value if value != () else None for name, value in changes.items()}, kept

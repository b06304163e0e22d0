"""What a fetch may change in a file, and how an edit by a person is noticed: by the digest of what fetch wrote.

The digest is the exclusive or of one hash per field. So, when it no longer fits, the fields that a person changed can
mostly be told from those that the source changed: they are those which, put back to what the source says, make it fit.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from rolecall.model import Job, SourceRef, more_alternates
from rolecall.schema import json_ready, plain

# What a source decides, as long as no person has. The rest of a file is ours (status) or theirs (keep, featured).
FETCHED = tuple(
    "title company apply_url posted posted_estimated places workplace remote_from employment salary tags level "
    "department requisition_id language sponsorship closes description_html".split()
)
# More differing fields than this are not tried in all combinations: they all count as edited.
_MOST_TRIED = 12


def with_digest(job: Job) -> Job:
    """The job with the digest of its fetched fields as they stand."""
    assert job.source is not None
    source = job.source.model_copy(update={"digest": f"{_digest(_fetched(job)):08x}"})
    return job.model_copy(update={"source": source})


def is_edited(job: Job) -> bool:
    """Whether the fetched fields are no longer what fetch wrote."""
    return job.source is not None and job.source.digest not in (None, f"{_digest(_fetched(job)):08x}")


def differences(old: Job, new: Job, partial: bool) -> tuple[dict[str, Any], list[str]]:
    """What the file of `old` must change to say what `new` says (None removes), and the fields a person edited.

    `partial`: the job's own page could not be read, so `new` only fills what `old` does not know.
    """
    assert old.source is not None
    assert new.source is not None
    differing = [name for name in FETCHED if getattr(old, name) != getattr(new, name)]
    edited = _edited_fields(old, new, differing)
    kept = [name for name in differing if name in edited and name not in old.keep]
    if old.description is not None and "description_html" in differing:
        kept = sorted({*kept, "description_html"} - set(old.keep))
    left = {*old.keep, *kept}
    changes = {
        name: getattr(new, name) for name in differing if name not in left and _gives_way(name, old, new, partial)
    }
    if kept:
        changes["keep"] = tuple(sorted(left))
    alternates = more_alternates(old.alternates, new.alternates)
    if alternates != old.alternates and "alternates" not in old.keep:
        changes["alternates"] = alternates
    url = new.source.url or old.source.url
    after = with_digest(old.model_copy(update={**changes, "source": SourceRef(**{**dict(new.source), "url": url})}))
    if after.source != old.source:
        changes["source"] = after.source
    return {name: value if value != () else None for name, value in changes.items()}, kept


def _gives_way(name: str, old: Job, new: Job, partial: bool) -> bool:
    """Whether the old value of a field that no person decided gives way to the new one."""
    if partial and name != "title":
        return getattr(old, name) in (None, ())
    # A known day, or the day on which the job was first seen, does not give way to a guess.
    return name not in ("posted", "posted_estimated") or not new.posted_estimated


def _edited_fields(old: Job, new: Job, differing: list[str]) -> set[str]:
    """Which of the `differing` fields a person changed since the last fetch; all of them when it cannot be told."""
    assert old.source is not None
    if old.source.digest is None:
        return set()
    file, said = _fetched(old), _fetched(new)
    wrong = int(old.source.digest, 16) ^ _digest(file)
    if not wrong or len(differing) > _MOST_TRIED:
        return set(differing) if wrong else set()
    back = {name: _hash(name, file[name]) ^ _hash(name, said[name]) for name in differing}
    for count in range(1, len(differing) + 1):
        for names in combinations(differing, count):
            if _xor(back[name] for name in names) == wrong:
                return set(names)
    return _edited_alone(file, new, wrong) or set(differing)


def _edited_alone(file: Mapping[str, Any], new: Job, wrong: int) -> set[str]:
    """The one field that a person changed of which a newer rolecall reads something else than the digest knows.

    What was said before can be known in two cases: nothing, or the title as the source writes it.
    """
    for name in FETCHED:
        given = new.source.title if name == "title" and new.source else None
        if wrong in (_hash(name, file[name]), _hash(name, file[name]) ^ _hash(name, given)):
            return {name}
    return set()


def _fetched(job: Job) -> dict[str, Any]:
    return {name: plain(getattr(job, name)) for name in FETCHED}


def _digest(values: Mapping[str, Any]) -> int:
    return _xor(_hash(name, value) for name, value in values.items())


def _hash(name: str, value: Any) -> int:
    """32 bits of one field; nothing for an unknown one, so that a new field of the schema leaves old digests valid."""
    if value in (None, []):
        return 0
    text = json.dumps([name, json_ready(value)], ensure_ascii=False, sort_keys=True)
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:4], "big")


def _xor(hashes: Iterable[int]) -> int:
    found = 0
    for value in hashes:
        found ^= value
    return found

"""Tags: one word for one thing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rolecall.checks.ground import Finding, Ground, JobFile, Mend
from rolecall.schema import did_you_mean


def vocabulary(file: JobFile, ground: Ground, *, new: bool) -> Iterator[Finding]:
    """A tag in another writing than the vocabulary's, and one that it does not know."""
    given = list(file.job.tags)
    known = [ground.vocabulary.canonical(tag) for tag in given]
    tags: list[Any] = list(dict.fromkeys(name or tag for name, tag in zip(known, given, strict=True)))
    for index, (tag, name) in enumerate(zip(given, known, strict=True)):
        path = ("tags", index)
        if name is None:
            near = did_you_mean(tag.casefold(), ground.vocabulary.ids())
            hint = f"{near} A new word: the owner adds it below `tags.add` in config.yaml.".strip()
            yield file.says("tag-unknown", path, f"{tag!r} is not in the vocabulary.", hint, new=new)
        elif name != tag:
            # A list that names the term twice is written anew as a whole.
            mend = Mend(path, name) if name not in given and known.count(name) == 1 else Mend(("tags",), tags)
            yield file.says("tag-alias", path, f"{tag!r} is another writing of {name}.", f"Write {name}.", mend=mend)

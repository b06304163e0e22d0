"""The company.yaml files of jobs/: each is read again only when its time or size is another than in the last build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rolecall.files import Stamp, stamp
from rolecall.issues import Issues
from rolecall.model import Company
from rolecall.normalise.identity import company_slug
from rolecall.site import cache_file
from rolecall.store import read_company

# time and size, slug, what the file says
_Entry = tuple[Stamp, str, dict[str, Any]]


def load_companies(
    root: Path, files: Iterable[str], standing: Mapping[str, Stamp], kept: Path, issues: Issues, *, keep: bool
) -> dict[str, Company]:
    """The companies in `files` below `root`, by slug; what is wrong with them goes into `issues`.

    `standing` is what a caller who has looked saw there; `kept` is the file below .cache, which without `keep` stays as
    it is.
    """
    before: dict[str, _Entry] = cache_file.load(kept, cache_file.tool_key()) or {}
    now: dict[str, _Entry] = {}
    companies: dict[str, Company] = {}
    for file in files:
        known, entry = standing.get(file) or stamp(root / file), before.get(file)
        if entry is not None and entry[0] == known:
            companies[entry[1]] = Company.model_validate(entry[2])
            now[file] = entry
            continue
        company, problems = read_company(root, file)
        issues.extend(problems)
        if company is not None:
            slug = company_slug(company.name)
            companies[slug] = company
            if any(known) and not problems:
                now[file] = (known, slug, company.model_dump(exclude_none=True))
    if keep and now != before:
        cache_file.save(kept, cache_file.tool_key(), now)
    return companies

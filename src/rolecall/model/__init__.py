"""The things rolecall speaks of: Board, Posting, Job, Company, Place, Salary and their enums. All frozen.

`Posting` holds a source's own words, `Job` holds values. `Job` and `Company` are also the schema of the files
below jobs/: the validator, the editor's JSON Schema, the reference page and the issue form are made from them.
None always means "unknown", never a default.
"""

from __future__ import annotations

from rolecall.model.fields import Country, Day, Frozen, Language, OneOrMany, Text, WebAddress
from rolecall.model.job import (
    Alternate,
    Attribution,
    Company,
    Job,
    Place,
    RemoteFrom,
    Salary,
    SourceRef,
    Timezones,
    more_alternates,
)
from rolecall.model.posting import Board, FetchResult, PayText, PlaceText, Posting
from rolecall.model.words import (
    COUNTRY_CODES,
    CURRENCY_CODES,
    Employment,
    Region,
    Seniority,
    Sponsorship,
    Status,
    Unit,
    Workplace,
)

__all__ = [
    "COUNTRY_CODES",
    "CURRENCY_CODES",
    "Alternate",
    "Attribution",
    "Board",
    "Company",
    "Country",
    "Day",
    "Employment",
    "FetchResult",
    "Frozen",
    "Job",
    "Language",
    "OneOrMany",
    "PayText",
    "Place",
    "PlaceText",
    "Posting",
    "Region",
    "RemoteFrom",
    "Salary",
    "Seniority",
    "SourceRef",
    "Sponsorship",
    "Status",
    "Text",
    "Timezones",
    "Unit",
    "WebAddress",
    "Workplace",
    "more_alternates",
]

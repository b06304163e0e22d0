"""The forms of single fields: text without tricks, safe addresses, figures, days, countries.

Each says in its error what is wrong and what to write instead; `schema.validate` adds file, line and field.
"""

from __future__ import annotations

import os
import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from rolecall.address import web_address
from rolecall.model.words import COUNTRY_CODES, CURRENCY_CODES
from rolecall.unseen import is_one_line

# Nobody's plugins change what a job may hold; to look for some in all packages takes 4 ms.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
_FIGURE = re.compile(r"\d{1,10}(\.\d{1,2})?")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2100, 1, 1)
_MAILBOX = re.compile(r"[^\s@<>\"?]+@[^\s@<>\"?]+\.[^\s@<>\"?]+")


def _plain(value: str) -> str:
    if not is_one_line(value):
        raise ValueError("holds a line end or an invisible character. Write it on one line, without")
    return value


def _web_address(value: str) -> str:
    address = web_address(value)
    if address is None:
        hint = (
            f"Write mailto:{value}" if _MAILBOX.fullmatch(value) else "Write it in full, without spaces or a user name"
        )
        raise ValueError(f"{value[:80]!r} is not a plain https:// or http:// address. {hint}")
    return address


def _apply_address(value: str) -> str:
    scheme, _, mailbox = value.partition(":")
    if scheme.lower() == "mailto":
        if not _MAILBOX.fullmatch(mailbox):
            raise ValueError(f"{value[:80]!r} is not a plain mailbox. Write mailto:jobs@acme.example and no more")
        return value
    return _web_address(value)


def _one_or_many(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


# Before a list: one word alone is a list of one.
OneOrMany = BeforeValidator(_one_or_many)
Text = Annotated[str, Field(min_length=1), AfterValidator(_plain)]
Title = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_plain)]
Name = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_plain)]
WebAddress = Annotated[str, Field(max_length=2000), AfterValidator(_web_address)]
ApplyAddress = Annotated[str, Field(max_length=2000), AfterValidator(_apply_address)]
Tag = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\s<>][^<>\n]*$"), AfterValidator(_plain)]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]


def _currency(value: str) -> str:
    if value not in CURRENCY_CODES:
        raise ValueError(f"{value!r} is not an ISO 4217 code. Write a real one, such as EUR or USD")
    return value


Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$"), AfterValidator(_currency)]
JobId = Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]


def _figure(value: Any) -> Any:
    if isinstance(value, str) and not _FIGURE.fullmatch(value.strip()):
        raise ValueError(f"{value[:40]!r} is not a plain figure. Write 90000 or 25.50, without sign, comma or currency")
    return value


Money = Annotated[Decimal, BeforeValidator(_figure), Field(ge=0, le=1_000_000_000, decimal_places=2)]


def _block(value: str) -> str:
    """Text of several lines ends with one line end, so that it stands in a file as a block."""
    return f"{value.strip(chr(10))}\n"


Markdown = Annotated[str, Field(max_length=50_000), AfterValidator(_block)]
Html = Annotated[str, Field(max_length=60_000), AfterValidator(_block)]


def _country(value: str) -> str:
    code = value.upper()
    if code not in COUNTRY_CODES:
        raise ValueError(
            f"{value[:40]!r} is not an ISO 3166-1 code of two letters. Write DE for Germany, US for the United States"
        )
    return code


Country = Annotated[str, Field(min_length=2, max_length=60), AfterValidator(_country)]


def _day(value: date) -> date:
    if not _FIRST_DAY <= value <= _LAST_DAY:
        raise ValueError(f"{value} is not between 2000 and 2100. Check the year")
    return value


def _iso_day(value: Any) -> Any:
    if isinstance(value, str) and not _ISO_DAY.fullmatch(value.strip()):
        raise ValueError(f"{value[:40]!r} is not a date. Write it as 2026-11-22")
    return value


Day = Annotated[date, BeforeValidator(_iso_day), AfterValidator(_day)]


class Frozen(BaseModel):
    """A value that never changes; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

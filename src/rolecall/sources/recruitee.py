"""Recruitee: `GET https://{board}.recruitee.com/api/offers/`, all offers in one answer; custom domains serve it, too.

Documentation: https://docs.recruitee.com/reference/intro-to-careers-site-api

Quirks: dates are "2026-06-08 13:03:54 UTC". `remote`, `hybrid` and `on_site` are three boxes, of which several may be
ticked; beside remote, `location` then says "Remote job", and so do we. Figures of `salary` are texts or null.
`description` lacks what `requirements` holds. `created_at` is the day of the draft. `mailbox_email` is never read. The
state inside careers pages (camelCase, other numbers) is another surface: its items lack `careers_url` and are refused.
"""

from __future__ import annotations

from rolecall.model import Board, PayText, PlaceText, Posting
from rolecall.sources._descriptions import with_sections
from rolecall.sources._tenants import site_of
from rolecall.sources.base import NOT_PUBLIC, JsonSource, Record, Request

_WORKPLACES = ("remote", "hybrid", "on_site")


class Recruitee(JsonSource):
    items = "offers"
    example = "- {source: recruitee, board: channable}"
    options = frozenset({"url"})
    addresses = (r"(?P<board>(?!api\.|docs\.|support\.)[\w-]+)\.recruitee\.com",)

    def first(self, board: Board) -> Request:
        return Request(url=f"{site_of(board, 'recruitee.com')}/api/offers/")

    def posting(self, item: Record) -> Posting | None:
        if item.may("status") in NOT_PUBLIC:
            return None
        translated = _translations(item)
        first = next(iter(translated.values()), Record(None, item.path))
        description, is_text = with_sections(
            item.may("description") or first.may("description"),
            [("Requirements", item.may("requirements") or first.may("requirements"))],
        )
        return Posting(
            key=item.need("id"),
            title=item.may("title") or first.may("title") or item.need("title"),
            url=item.need("careers_url"),
            apply_url=item.may("careers_apply_url"),
            company=item.may("company_name"),
            description=description,
            description_is_text=is_text,
            places=_places(item),
            workplace=next((name for name in _WORKPLACES if item.flag(name)), None),
            employment=item.words("employment_type_code"),
            salary=_pay(item.at("salary")),
            posted=item.may("published_at"),
            closes=item.may("close_at"),
            department=item.may("department"),
            tags=item.words("tags"),
            level=item.may("experience_code"),
            language=_language(item, translated),
        )


def _translations(item: Record) -> dict[str, Record]:
    """The texts of the offer by language; the first one stands in for what the offer itself does not say."""
    found = item.at("translations")
    return (
        {name: Record(text, f"{found.path}.{name}") for name, text in found.value.items()}
        if isinstance(found.value, dict)
        else {}
    )


def _language(item: Record, translated: dict[str, Record]) -> str | None:
    """The one language whose texts are the offer's own."""
    alike = (
        name
        for name, text in translated.items()
        if all(item.may(field) in (None, text.may(field)) for field in ("title", "description"))
    )
    name, another = next(alike, None), next(alike, None)
    return name if another is None else None


def _places(item: Record) -> tuple[PlaceText, ...]:
    """All places of `locations`; an offer without them has one, spread over its own fields."""
    found = tuple(_place(place, "name", "state") for place in item.each_or_none("locations"))
    return tuple(place for place in found or (_place(item, "location", "state_name"),) if place != PlaceText())


def _place(place: Record, name: str, state: str) -> PlaceText:
    return PlaceText(
        text=place.may(name),
        city=place.may("city"),
        region=place.may(state),
        country=place.may("country_code") or place.may("country"),
    )


def _pay(salary: Record) -> tuple[PayText, ...]:
    pay = PayText(
        min=salary.may("min"), max=salary.may("max"), currency=salary.may("currency"), per=salary.may("period")
    )
    return (pay,) if pay.min or pay.max else ()


SOURCE = Recruitee()

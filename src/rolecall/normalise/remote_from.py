"""From where a remote worker may work. Unknown is None, which is not worldwide; worldwide only when it is said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation

from rolecall.model import PlaceText, Posting, Region, RemoteFrom, Timezones, Workplace
from rolecall.normalise.body import NO_TEXT, Body
from rolecall.normalise.lookup import table
from rolecall.normalise.remote_said import remote_in_text, remote_in_title
from rolecall.normalise.spot import spots, spots_of
from rolecall.normalise.spot_builder import Spot
from rolecall.normalise.text import clean_line

_MAX_TEXTS = 300
_WEST, _EAST = Decimal(-12), Decimal(14)
_OFFSET = r"[+\-−–] ?\d{1,2}(?:[:.]\d{1,2})?"
_AROUND = re.compile(r"\b([A-Z]{2,4})(?: time)?\s*(?:\+/-|\+-|±|\+ ?/ ?[-−–]) ?(\d{1,2})", re.IGNORECASE)
_ZONE = re.compile(rf"\b([A-Z]{{2,4}})\b(?: ?({_OFFSET})(?![\d/]))?")
_SPAN = re.compile(r"\b(?:UTC|GMT|CES?T) ?(?:±|[+−–-])")
_BARE = re.compile(r"[+\-−–]?\d{1,2}(?:\.\d{1,2})?")


def read_remote_from(posting: Posting, workplace: Workplace | None, body: Body = NO_TEXT) -> RemoteFrom | None:
    """Where `posting` says that a remote worker may live, or None when it does not say, or the job is not remote.

    The source's field counts first, then a title such as "EMEA Remote", the places, and the text. A remote job with one
    country reads as restricted to it. An office beside "Remote" says nothing of the kind. "Anywhere" in a field gives
    way to a text that names countries: boards write it for want of better.
    """
    if workplace is Workplace.ON_SITE:
        return None
    is_remote = workplace is Workplace.REMOTE or bool(posting.remote)
    said = [spot for text in posting.remote_from[:_MAX_TEXTS] for spot in spots(text)]
    placed = [spot for place in posting.places[:_MAX_TEXTS] for spot in _placed(place)]
    zones = _zones(posting, any(spot.country or spot.areas or spot.group for spot in said))
    if not said:
        in_title = remote_in_title(clean_line(posting.title)) if workplace is Workplace.REMOTE else []
        said = in_title or _from_places(placed, workplace)
    elif not is_remote:
        said = said if workplace is Workplace.HYBRID else []
    if workplace is Workplace.REMOTE and (not said or any(spot.worldwide for spot in said)):
        said = [spot for spot in remote_in_text(body) if not (said and spot.worldwide)] or said
    return _joined(said, zones)


def remote_from_conflict(posting: Posting, found: RemoteFrom | None) -> str | None:
    """What the source's field says and its text denies, in words: anywhere, but only from some countries."""
    if found is None or found.worldwide or not (found.countries or found.regions):
        return None
    said = [spot for text in posting.remote_from[:_MAX_TEXTS] for spot in spots(text)]
    if not any(spot.worldwide for spot in said):
        return None
    names = ", ".join((*found.countries, *found.regions))
    return f"the source says that one may live anywhere, its text only {names}."


def _placed(place: PlaceText) -> Sequence[Spot]:
    """The spots of a place; a region that stands beside its city (`EU`, Helsinki) is where one may live."""
    said = spots(place.text) if place.text else ()
    is_wide = any(spot.areas or spot.group or spot.worldwide for spot in said)
    return [spot for spot in said if not spot.city] if is_wide else spots_of(place)


def _from_places(placed: Sequence[Spot], workplace: Workplace | None) -> list[Spot]:
    remote = [spot for spot in placed if spot.mode is Workplace.REMOTE]
    if workplace is not Workplace.REMOTE:
        return [spot for spot in remote if not spot.city]
    wide = [spot for spot in placed if not spot.city and (spot.areas or spot.group or spot.worldwide)]
    # `Remote, US or Canada`: what stands alone beside "remote" is meant, too.
    alone = [spot for spot in placed if spot.country and not spot.city and spot.mode in (None, Workplace.REMOTE)]
    if wide or alone:
        return list(dict.fromkeys([*wide, *alone]))
    return list(placed) if len({spot.country for spot in placed if spot.country}) == 1 else []


def _joined(said: Iterable[Spot], zones: Timezones | None) -> RemoteFrom | None:
    countries: set[str] = set()
    regions: set[Region] = set()
    for spot in said:
        if spot.worldwide:
            return RemoteFrom(worldwide=True, timezones=zones)
        countries.update(spot.group, [spot.country] if spot.country else [])
        regions.update(spot.areas)
    if not (countries or regions or zones):
        return None
    listed = tuple(region for region in Region if region in regions)
    return RemoteFrom(countries=tuple(sorted(countries)), regions=listed, timezones=zones)


def _zones(posting: Posting, is_placed: bool) -> Timezones | None:
    """The span of all offsets that are named: `CET +/- 3 HOURS`, `UTC-3 to UTC+3`, `-3.5`. None: none, or all.

    A list of bare offsets beside countries is those of the countries (`is_placed`), and says nothing more.
    """
    listed = () if is_placed and all(map(_BARE.fullmatch, posting.timezones)) else posting.timezones
    offsets: list[Decimal] = []
    # Of a place only what cannot be read otherwise: EST is the code of Estonia, too.
    placed = [place.text for place in posting.places if place.text and _SPAN.search(place.text)]
    for text in (*listed, *posting.remote_from, *placed)[:_MAX_TEXTS]:
        offsets.extend(_offsets(clean_line(text)[:80]))
    offsets = [offset for offset in offsets if _WEST <= offset <= _EAST]
    if not offsets or max(offsets) - min(offsets) >= 24:
        return None
    return Timezones(min=min(offsets), max=max(offsets))


def _offsets(text: str) -> list[Decimal]:
    known = table("timezones")
    if found := _AROUND.search(text):
        if (base := known.get(found[1].upper())) is None:
            return []
        return [Decimal(base) - int(found[2]), Decimal(base) + int(found[2])]
    if _BARE.fullmatch(text):
        return [_hours(text)]
    named = [(name, shift) for name, shift in _ZONE.findall(text) if name in known]
    return [Decimal(known[name]) + (_hours(shift) if shift else 0) for name, shift in named]


def _hours(text: str) -> Decimal:
    """`+5:30` and `+5.5` are five hours and a half."""
    sign = -1 if text[0] in "-−–" else 1
    whole, colon, minutes = text.lstrip("+-−– ").partition(":")
    try:
        part = (Decimal(minutes) / 60).quantize(Decimal("0.01")) if colon else Decimal(0)
        return sign * (Decimal(whole) + part)
    except InvalidOperation:
        return Decimal(0)

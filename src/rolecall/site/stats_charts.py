"""Which pictures the stats page has, and what they say in words. A picture without figures is left out."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from rolecall.site import urls
from rolecall.site.charts import Bars, Chart, Columns, Ranges, bars, columns, money, ranges, simple
from rolecall.site.language import Language
from rolecall.site.language import mark as _
from rolecall.site.site import SOON_DAYS
from rolecall.site.stats import UNSAID, Stats, Tally
from rolecall.site.words import PER, fixed_words

AGE_NAMES = (
    _("Under a week"), _("1 to 2 weeks"), _("2 to 4 weeks"), _("1 to 2 months"), _("2 to 3 months"),
    _("3 to 6 months"), _("Over 6 months"),
)  # fmt: skip
CLOSING_NAMES = (
    _("Within 7 days"), _("In 8 to 14 days"), _("In 15 to 30 days"), _("Later"), _("No last day is known"),
)  # fmt: skip
_COMMON, _LEADS = _("{name} is the most common: {ratio}."), _("{name} leads: {ratio}.")
_UNITS = 8  # currencies and units of time that have a row of their own
LIVING_NAMES = {"worldwide": _("In any country"), "named": _("In named countries or regions"), UNSAID: _("Not said")}


def charts_of(stats: Stats, language: Language, keep_closed_days: int) -> Iterator[Chart]:
    """The pictures in the order of the page. `keep_closed_days` is how long closed jobs count."""
    if not stats.jobs:
        return
    words = _Words(stats, language)
    yield from words.openings(keep_closed_days)
    yield from words.tallied("tags", _("Tags"), _("Tag"), stats.tags, urls.tag, _("{name} is asked for in {ratio}."))
    yield from words.pay()
    yield from words.tallied(
        "countries", _("Countries"), _("Country"), stats.countries, urls.place, _("{name} leads: {ratio}.")
    )
    yield from words.tallied("cities", _("Cities"), _("City"), stats.cities, urls.place, _LEADS)
    yield from words.fixed("workplaces", _("Workplace"), stats.workplaces, _COMMON, _workplace)
    yield from words.living()
    yield from words.fixed("employment", _("Contract"), stats.employment, _COMMON)
    yield from words.fixed("levels", _("Level"), stats.levels, _COMMON)
    yield from words.stated()
    yield from words.ages()
    yield from words.closing()


def _workplace(word: str) -> str:
    return urls.workplace(word.replace("_", "-"))


class _Words:
    """The words of one page."""

    def __init__(self, stats: Stats, language: Language) -> None:
        self.stats = stats
        self.text = language.text
        self.language = language

    def ratio(self, part: int, whole: int) -> str:
        """`3 of 15 jobs`, `about 1 of 4 jobs`, `38% of jobs`."""
        found = simple(part, whole)
        if found is None:
            return self.text(_("{share}% of jobs"), share=self.language.number(round(100 * part / whole)))
        above, below, exact = found
        values = {"part": self.language.number(above), "whole": self.language.number(below)}
        if exact:
            return self.language.count("{part} of {whole} job", "{part} of {whole} jobs", below, **values)
        return self.language.count("about {part} of {whole} job", "about {part} of {whole} jobs", below, **values)

    def openings(self, keep_closed_days: int) -> Iterator[Chart]:
        """New jobs week by week."""
        weeks = self.stats.weeks
        if not any(week.posted for week in weeks):
            return
        made, lines = columns(weeks)
        finding = self.language.count(
            "{n} job was posted in the last seven days, {before} in the seven days before.",
            "{n} jobs were posted in the last seven days, {before} in the seven days before.",
            weeks[-1].posted,
            before=self.language.number(weeks[-2].posted),
        )
        note = self.language.count(
            "A closed job counts for one more day, so early weeks show fewer than there were.",
            "A closed job counts for {n} more days, so early weeks show fewer than there were.",
            keep_closed_days,
        )
        yield Columns(
            id="openings",
            title=self.text(_("New jobs each week")),
            finding=finding,
            notes=(note,),
            columns=made,
            lines=lines,
        )

    def tallied(
        self,
        id: str,
        title: str,
        head: str,
        tallies: tuple[Tally, ...],
        page: Callable[[str], str],
        finding: str,
    ) -> Iterator[Chart]:
        """Groups of jobs that have pages; a job may be in several."""
        if not tallies:
            return
        top = tallies[0]
        yield Bars(
            id=id,
            title=self.text(title),
            head=self.text(head),
            finding=self.text(finding, name=top.name, ratio=self.ratio(top.jobs, self.stats.jobs)),
            notes=(self.text(_("A job can be in several rows.")),),
            rows=bars(
                ((one.name, page(one.slug), one.jobs) for one in tallies),
                self.stats.jobs,
                longest=True,
            ),
            whole=False,
        )

    def fixed(
        self, id: str, title: str, tallies: tuple[Tally, ...], finding: str, page: Callable[[str], str] | None = None
    ) -> Iterator[Chart]:
        """Words of the model, in their own order, those that do not say it last."""
        if not tallies:
            return
        names = {one.slug: self._name(one.slug) for one in tallies}
        top = max((one for one in tallies if one.slug != UNSAID), key=lambda one: one.jobs)
        several = sum(one.jobs for one in tallies) > self.stats.jobs
        yield Bars(
            id=id,
            title=self.text(title),
            head=self.text(title),
            finding=self.text(finding, name=names[top.slug], ratio=self.ratio(top.jobs, self.stats.jobs)),
            notes=(self.text(_("A job can be in several rows.")),) if several else (),
            rows=bars(
                ((names[one.slug], page(one.slug) if page and one.slug else "", one.jobs) for one in tallies),
                self.stats.jobs,
            ),
        )

    def _name(self, word: str) -> str:
        return fixed_words(word, self.language) if word != UNSAID else self.text(_("Not said"))

    def living(self) -> Iterator[Chart]:
        """Where remote workers may live."""
        found = {one.slug: one.jobs for one in self.stats.living}
        if not found:
            return
        ratio = self.ratio(found.get("worldwide", 0), self.stats.remote)
        yield Bars(
            id="living",
            title=self.text(_("Where remote workers may live")),
            head=self.text(_("You may live")),
            finding=self.text(_("Any country will do for {ratio} that are remote."), ratio=ratio),
            rows=bars(((self.text(LIVING_NAMES[slug]), "", jobs) for slug, jobs in found.items()), self.stats.remote),
        )

    def pay(self) -> Iterator[Chart]:
        """Ranges of pay by tag, in the currency and unit that most jobs state."""
        pay = self.stats.pay
        if pay is None or not pay.spreads:
            return
        best = pay.spreads[0]
        amount = self._per(money(self.language, best.middle, None, pay.currency), pay.per)
        rows, marks = ranges(pay.spreads, [urls.tag(spread.slug) for spread in pay.spreads])
        unit = self.language.count(
            "Only the {n} job that states its pay in {unit} is here; nothing is converted.",
            "Only the {n} jobs that state their pay in {unit} are here; nothing is converted.",
            pay.jobs,
            unit=self._per(pay.currency, pay.per),
        )
        yield Ranges(
            id="pay",
            title=self.text(_("Pay by tag")),
            head=self.text(_("Tag")),
            finding=self.text(_("Jobs with {name} pay best: the median is {amount}."), name=best.name, amount=amount),
            notes=(
                self.text(_("The line reaches from the lowest to the highest amount, the box holds the middle half.")),
                unit,
            ),
            pay=pay,
            rows=rows,
            marks=marks,
        )

    def _per(self, amount: str, per: str) -> str:
        return self.text(PER[per], amount=amount) if per in PER else amount

    def stated(self) -> Iterator[Chart]:
        """How many state their pay, and in what."""
        stats = self.stats
        if not stats.stated:
            return
        shown, rest = stats.paid[:_UNITS], sum(number for __, __, number in stats.paid[_UNITS:])
        rows = [
            (self._per(currency or self.text(_("No currency")), per), "", number) for currency, per, number in shown
        ]
        if rest:
            rows.append((self.text(_("In other currencies or units")), "", rest))
        if stats.jobs > stats.stated:
            rows.append((self.text(_("Not stated")), "", stats.jobs - stats.stated))
        yield Bars(
            id="stated",
            title=self.text(_("Stated pay")),
            head=self.text(_("Pay")),
            finding=self.text(_("The pay is stated in {ratio}."), ratio=self.ratio(stats.stated, stats.jobs)),
            rows=bars(rows, stats.jobs),
        )

    def ages(self) -> Iterator[Chart]:
        """How long ago open jobs were posted."""
        yield Bars(
            id="ages",
            title=self.text(_("Age of open jobs")),
            head=self.text(_("Age")),
            finding=self.language.count(
                "Half of the open jobs were posted in the last day.",
                "Half of the open jobs were posted in the last {n} days.",
                self.stats.middle_age_days + 1,
            ),
            rows=bars(zip(map(self.text, AGE_NAMES), [""] * 7, self.stats.ages, strict=True), self.stats.jobs),
        )

    def closing(self) -> Iterator[Chart]:
        """When open jobs close."""
        if not self.stats.closing:
            return
        yield Bars(
            id="closing",
            title=self.text(_("Last day to apply")),
            head=self.text(_("Closes")),
            finding=self.language.count(
                "{n} job closes within {days} days.",
                "{n} jobs close within {days} days.",
                self.stats.closing[0],
                days=self.language.number(SOON_DAYS),
            ),
            rows=bars(zip(map(self.text, CLOSING_NAMES), [""] * 5, self.stats.closing, strict=True), self.stats.jobs),
        )

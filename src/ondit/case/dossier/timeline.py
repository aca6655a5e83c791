"""Timeline: what the reports date, by the days between which it lies; what they do not, apart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from ondit.case.dossier.article import Article
from ondit.case.dossier.people import Reference
from ondit.case.dossier.wording import inline, parse_day

BAND = 240
"""Width of the band on which intervals are drawn, in units of its own."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An interval on the band; an open side means that it goes on beyond the band."""

    x: float
    width: float
    point: bool
    """True for a single day."""
    open_left: bool
    open_right: bool


@dataclass(slots=True)
class Moment:
    """What lies between two days, claims and reports alike."""

    earliest: str | None
    latest: str | None
    published: list[Article] = field(default_factory=list)
    claims: list[Reference] = field(default_factory=list)
    bar: Bar | None = None


@dataclass(slots=True)
class Relative:
    """Words such as "last week" in a report whose day is not stated."""

    words: str
    symbolic: str
    claims: list[Reference] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        """What the words count from: ``publication``, ``speech`` or ``other``."""
        for head, anchor in (("DCT", "publication"), ("SPEECH", "speech")):
            if self.symbolic.startswith(head):
                return anchor
        return "other"


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dated moments in order, the days at both ends of the band, and what has no day."""

    moments: tuple[Moment, ...]
    first: date | None
    last: date | None
    relative: tuple[Relative, ...]


def timeline(articles: Iterable[Article]) -> Timeline:
    """Return what the articles date, earliest first."""
    moments: dict[tuple[str | None, str | None], Moment] = {}
    relative: dict[tuple[str, str], Relative] = {}
    for article in articles:
        published = article.filed.record.meta.published
        if published.earliest or published.latest:
            _moment(moments, published.earliest, published.latest).published.append(article)
        for note in article.notes:
            reference = Reference(article.filed.number, note)
            for timex in note.times:
                if timex.earliest or timex.latest:
                    claims = _moment(moments, timex.earliest, timex.latest).claims
                    if reference not in claims[-1:]:
                        claims.append(reference)
                elif timex.symbolic:
                    words = inline(timex.span.exact)
                    key = (words.casefold(), timex.symbolic)
                    relative.setdefault(key, Relative(words, timex.symbolic)).claims.append(
                        reference
                    )
    ordered = sorted(moments.values(), key=_order)
    first, last = _window(ordered)
    for moment in ordered:
        moment.bar = _bar(moment, first, last) if first and last else None
    return Timeline(tuple(ordered), first, last, tuple(relative.values()))


def _moment(
    moments: dict[tuple[str | None, str | None], Moment], earliest: str | None, latest: str | None
) -> Moment:
    key = ((earliest or "")[:10] or None, (latest or "")[:10] or None)
    return moments.setdefault(key, Moment(*key))


def _order(moment: Moment) -> tuple[str, str]:
    return moment.earliest or moment.latest or "", moment.latest or "9999"


def _window(moments: list[Moment]) -> tuple[date | None, date | None]:
    """Return the days that the band spans: those near the median day, as the spread allows.

    One claim about a distant century would otherwise press everything else into a single point.
    """
    days = sorted(_days(moments))
    if not days:
        return None, None
    middle = days[len(days) // 2]
    spread = sorted(abs(day - middle) for day in days)[len(days) // 2]
    reach = max(8 * spread, timedelta(days=30))
    near = [day for day in days if abs(day - middle) <= reach]
    margin = max((near[-1] - near[0]) / 20, timedelta(days=3))
    return near[0] - margin, near[-1] + margin


def _days(moments: list[Moment]) -> Iterator[date]:
    for moment in moments:
        for day in (parse_day(moment.earliest), parse_day(moment.latest)):
            if day:
                yield from [day] * (len(moment.claims) + len(moment.published))


def _bar(moment: Moment, first: date, last: date) -> Bar | None:
    start, end = parse_day(moment.earliest), parse_day(moment.latest)
    if start is None and end is None:
        return None
    left, right = start or first, (end or last) + timedelta(days=1)
    scale = BAND / ((last - first).days + 1)
    low = min(max((left - first).days * scale, 0), BAND)
    high = min(max((right - first).days * scale, 0), BAND)
    return Bar(
        x=round(low, 1),
        width=round(max(high - low, 0), 1),
        point=start is not None and start == end,
        open_left=start is None or left < first,
        open_right=end is None or right > last + timedelta(days=1),
    )

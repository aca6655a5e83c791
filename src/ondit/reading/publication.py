"""Bounds on an unknown day of publication: what the text tells of it, and what other reports do.

A page that states its day needs none of this. Where none is stated, the day stays unknown; the
evidence only narrows the interval in which it lies, and each piece of it is kept with its source.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from ondit.language.lexicon import Pack
from ondit.model import Candidate, Published, Record, Text
from ondit.reading import timex
from ondit.reading.dates import days

# A day that is named with its weekday but without its year lies in the half year before or after.
_HALF_YEAR = timedelta(days=183)


def bounded(text: Text, record: Record, pack: Pack) -> Published:
    """Return what is known of the day of publication, narrowed by what the text says.

    Args:
        text: the text that was read.
        record: its record; its `meta` holds what the capture offers.
        pack: of the text's language.

    Returns:
        The publication of `record`, unchanged when its day is stated. Otherwise its value stays
        None; a past day with its year bounds it from below, and a weekday with its day and month
        bounds it on both sides when only one year fits the bounds at hand. Evidence that would
        leave no day is kept and bounds nothing.
    """
    known = record.meta.published
    if known.value is not None:
        return known
    for candidate, first, last in _past_days(text, record, pack):
        known = _narrowed(known, candidate, first, last)
    for candidate, first, last in _weekdays(text, record, pack, known):
        known = _narrowed(known, candidate, first, last)
    return known


Bound = tuple[Candidate, date | None, date | None]


def _past_days(text: Text, record: Record, pack: Pack) -> Iterator[Bound]:
    """Yield the latest day that the text tells as past: it came out no earlier."""
    told = [t for t in timex.told(text, record, pack) if t.value and t.earliest]
    if not told:
        return
    best = max(told, key=lambda t: t.earliest or "")
    note = f"not before a day told as past: {best.span.exact}"
    candidate = Candidate(
        field="published", value=best.earliest or "", source="text:past-date", note=note
    )
    yield candidate, date.fromisoformat(best.earliest or ""), None


def _weekdays(text: Text, record: Record, pack: Pack, known: Published) -> Iterator[Bound]:
    """Yield the pairs of weekday and date that fit one year only."""
    if not (known.earliest and known.latest):
        return
    low, high = (date.fromisoformat(day) for day in (known.earliest, known.latest))
    years = range(low.year - 1, high.year + 2)
    for pair, exact in timex.weekday_dates(text, record, pack):
        found = [s[0] for y in years if pair.fits(v := str(pair.in_year(y))) and (s := days(v))]
        near = [d for d in found if low - _HALF_YEAR <= d <= high + _HALF_YEAR]
        if len(near) == 1:
            (day,) = near
            note = f"within half a year of the only such day: {exact}"
            yield (
                Candidate(
                    field="published", value=day.isoformat(), source="text:weekday-date", note=note
                ),
                day - _HALF_YEAR,
                day + _HALF_YEAR,
            )


def _narrowed(
    known: Published, candidate: Candidate, first: date | None, last: date | None
) -> Published:
    """Return `known` with the candidate as evidence, and its bounds where they leave a day."""
    lows = [day for day in (known.earliest, first and first.isoformat()) if day]
    highs = [day for day in (known.latest, last and last.isoformat()) if day]
    low, high = max(lows, default=None), min(highs, default=None)
    evidence = (*known.evidence, candidate)
    if low and high and low > high:
        return replace(known, evidence=evidence, conflict=True)
    return replace(known, earliest=low, latest=high, evidence=evidence)


def bounded_by_reports(
    published: Mapping[str, Published], order: Iterable[tuple[str, str]]
) -> dict[str, Published]:
    """Return the publication of each report of a case, narrowed by the dates of the others.

    Args:
        published: what is known of each report by itself, under its id.
        order: pairs of ids of which the first came out no later than the second, because the
            second copies, translates or cites it.

    Returns:
        The same reports; a stated day is left alone. An undated report came out no later than
        what draws on it and no earlier than what it draws on, through any number of undated
        reports between them. Pairs that contradict each other are marked as conflicts.
    """
    pairs = [(a, b) for a, b in order if a in published and b in published]
    found = dict(published)
    for _ in published:  # a bound goes one report further in each round
        before = dict(found)
        for earlier, later in pairs:
            found[later] = _after(found[later], earlier, _first(found[earlier]))
            found[earlier] = _before(found[earlier], later, _last(found[later]))
        if found == before:
            break
    return found


def _first(known: Published) -> str | None:
    return known.value[:10] if known.value else known.earliest


def _last(known: Published) -> str | None:
    return known.value[:10] if known.value else known.latest


def _after(known: Published, other: str, day: str | None) -> Published:
    if day is None or known.value or known.conflict or (known.earliest or "") >= day:
        return known
    candidate = _of_report(other, day, "not before a report that it draws on")
    return _narrowed(known, candidate, date.fromisoformat(day), None)


def _before(known: Published, other: str, day: str | None) -> Published:
    if day is None or known.value or known.conflict or (known.latest or "9999") <= day:
        return known
    candidate = _of_report(other, day, "not after a report that draws on it")
    return _narrowed(known, candidate, None, date.fromisoformat(day))


def _of_report(other: str, day: str, note: str) -> Candidate:
    return Candidate(field="published", value=day, source=f"report:{other}", note=note)

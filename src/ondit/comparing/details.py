"""Details: names, days and hours that two reports tell differently of one thing.

Where a sentence was handed on, another name or day in the place of one is an error of copying.
Between reports of their own, two days or hours in claims that say the same are a disagreement. A
name alone never is: two reports that name two people may both be right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

from rapidfuzz.fuzz import ratio

from ondit.comparing.account import Account
from ondit.comparing.clash import Clash
from ondit.comparing.derivation import Case
from ondit.comparing.facts import Fact, Match
from ondit.comparing.network import STRONG, Link
from ondit.comparing.spellings import spelling
from ondit.comparing.words import WORD
from ondit.model import Span, Timex
from ondit.model.comparison import ContradictionKind, Pairing

_ALIKE = 60.0
"""Least likeness, of 100, of a word of a name and what a slip makes of it, a letter wrong, dropped
or doubled or a syllable swapped."""

_WEEKDAY = "timex.weekday"
"""Rule of the days that the text names; "yesterday" names none, the page's own day does."""

Kind = Literal["person", "place", "organisation", "day", "hour"]

_TIMES: tuple[Kind, ...] = ("day", "hour")

_KINDS: tuple[Kind, ...] = ("person", "place", "organisation", *_TIMES)

_KEPT = 4096
"""Reports whose details are kept at hand; those that share matter lie near each other."""

_SURE = {"asserted", "unconfirmed", "hedged"}


@dataclass(frozen=True)
class Detail:
    """A name, a day or an hour in a sentence."""

    kind: Kind
    key: str
    """What is compared: a name's spelling, a day or an hour."""
    span: Span


@dataclass(frozen=True)
class Told:
    """The details of one report."""

    by_sentence: dict[int | None, tuple[Detail, ...]]
    known: frozenset[tuple[str, str]]
    """Kind and spelling of its names, and of each name's last word."""

    def of(self, sentence: int | None, kind: Kind) -> list[Detail]:
        """Return those of one kind in a sentence, each once."""
        row = self.by_sentence.get(sentence, ())
        return list({d.key: d for d in row if d.kind == kind}.values())


def details(
    case: Case, links: Sequence[Link], matches: Sequence[Match], facts: Sequence[tuple[Fact, ...]]
) -> Iterator[Clash]:
    """Yield the names, days and hours that differ where the rest agrees."""
    told = lru_cache(maxsize=_KEPT)(lambda report: told_by(case.accounts[report]))
    for link in links:
        if link.edge.kind in STRONG:
            yield from _altered(link, told, facts)
    for match in matches:
        if not match.handed_on:
            yield from _at_odds(match, told)


# -- where a sentence was handed on ----------------------------------------------------------------


def _altered(
    link: Link, told: Callable[[int], Told], facts: Sequence[tuple[Fact, ...]]
) -> Iterator[Clash]:
    ends = link.edge.one, link.edge.other
    one, other = map(told, ends)
    for pair in link.edge.pairs:
        held = _fact(facts[ends[0]], pair.first), _fact(facts[ends[1]], pair.other)
        if held[0] is None or held[1] is None:
            continue
        for kind in _KINDS:
            here, there = one.of(pair.first, kind), other.of(pair.other, kind)
            left, right = _left(here, there, other), _left(there, here, one)
            if len(left) == len(right) == 1 and _slip(link, left[0], right[0]):
                yield _clash(held[0], held[1], left[0], right[0], "copying-error")


def _fact(facts: Sequence[Fact], sentence: int) -> Fact | None:
    """Return the largest claim of a sentence."""
    return max((f for f in facts if f.sentence == sentence), key=lambda f: f.size, default=None)


def _left(here: Sequence[Detail], there: Sequence[Detail], whole: Told) -> list[Detail]:
    """Return the details that the other sentence lacks, and the names that its report lacks."""
    known = {detail.key for detail in there}
    return [
        d for d in here if d.key not in known and (d.kind in _TIMES or not _names(d) & whole.known)
    ]


def _names(detail: Detail) -> frozenset[tuple[str, str]]:
    """Return how a name is known to a report: whole, or by its last word."""
    return frozenset({(detail.kind, detail.key), (detail.kind, detail.key.split()[-1])})


def _slip(link: Link, one: Detail, other: Detail) -> bool:
    """Return whether one detail may be the other with a slip.

    In a translation places and organisations have other names, so that people alone count.
    """
    if one.kind in _TIMES:
        return one.key.partition(" ")[0] == other.key.partition(" ")[0]
    if link.edge.kind == "translation" and one.kind != "person":
        return False
    words = one.key.split(), other.key.split()
    changed = [pair for pair in zip(*words, strict=False) if pair[0] != pair[1]]
    if len(words[0]) != len(words[1]) or len(changed) != 1:
        return False
    here, there = changed[0]
    heard = spelling(here, loose=True) == spelling(there, loose=True)
    return not heard and ratio(here, there) >= _ALIKE


# -- between reports of their own ------------------------------------------------------------------


def _at_odds(match: Match, told: Callable[[int], Told]) -> Iterator[Clash]:
    """Yield the day or the hour of which either claim has one, and another."""
    one, other = match.one, match.other
    if any(fact.claim.status not in _SURE for fact in (one, other)):
        return
    if one.claim.polarity != other.claim.polarity:
        return
    for kind in _TIMES:
        found = [_inside(told(fact.report).of(fact.sentence, kind), fact) for fact in (one, other)]
        if [len(row) for row in found] == [1, 1] and found[0][0].key != found[1][0].key:
            yield _clash(one, other, found[0][0], found[1][0], "disagreement")


def _inside(found: Sequence[Detail], fact: Fact) -> list[Detail]:
    """Return the details that stand in a claim."""
    spans = fact.claim.spans
    return [d for d in found if any(s.start <= d.span.start < s.end for s in spans)]


# -- what a report tells ---------------------------------------------------------------------------


def told_by(account: Account) -> Told:
    """Return the details of a report."""
    by_sentence: dict[int | None, list[Detail]] = defaultdict(list)
    known = set[tuple[str, str]]()
    for detail in _details(account):
        by_sentence[account.sentence_at(detail.span.start)].append(detail)
        known |= _names(detail)
    return Told({number: tuple(row) for number, row in by_sentence.items()}, frozenset(known))


def _details(account: Account) -> Iterator[Detail]:
    """Yield the names, days and hours of a report, in text order."""
    for mention in account.record.mentions:
        if mention.form == "name" and mention.kind in {"person", "place", "organisation"}:
            words = [spelling(word) for word in WORD.findall(mention.span.exact)]
            if words and not any(word.isdigit() for word in words):
                yield Detail(mention.kind, " ".join(words), mention.span)
    for timex in account.record.timexes:
        if (day := _day(timex)) is not None:
            yield Detail("day", day, timex.span)
        if (hour := re.search(r"T(\d\d(:\d\d)?)", timex.value or "")) is not None:
            yield Detail("hour", hour[1], timex.span)


def _day(timex: Timex) -> str | None:
    """Return the weekday, or the day of the month, that the words themselves name."""
    full = re.match(r"\d{4}-\d\d-\d\d", timex.value or "")
    if timex.rule == _WEEKDAY:
        week = re.search(r"XXXX-WXX-([1-7])", f"{timex.symbolic} {timex.value}")
        day = int(week[1]) if week else date.fromisoformat(full[0]).isoweekday() if full else None
        return f"weekday {day}" if day else None
    if full is None or not any(letter.isdigit() for letter in timex.span.exact):
        return None
    return full[0][5:]


def _clash(one: Fact, other: Fact, here: Detail, there: Detail, kind: ContradictionKind) -> Clash:
    shown = f"{here.span.exact} against {there.span.exact}"
    evidence = Pairing(
        kind=here.kind if here.kind in _TIMES else "name",
        from_span=here.span,
        to_span=there.span,
        note=shown,
    )
    topic = " ".join(sorted((here.key, there.key)))
    return Clash(one, other, kind, f"{here.kind} {topic}", evidence)

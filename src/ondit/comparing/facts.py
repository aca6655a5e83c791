"""Facts: claims as they are compared, and which of two reports' claims say the same thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ondit.comparing.account import Account, stem
from ondit.comparing.alignment import Floats, Pair, mutual
from ondit.comparing.derivation import Case
from ondit.comparing.network import STRONG, Link
from ondit.comparing.origins import Class
from ondit.comparing.stories import in_common, small_stems
from ondit.comparing.words import WORD, folded, key
from ondit.model import Claim, Quantity, Span

_PREFIX = 5

SAME_WORDS = 0.55
"""Least Dice of two claims' word beginnings, in one language, for them to say the same."""

SAME_ANCHORS = 0.3
"""The same between two languages, where only names, numbers and kindred words are alike."""

LEAST_NAMES = 2
"""Names and numbers that two reports of one matter have in common at least."""

ONE_MATTER = 0.02
"""Least cosine of two reports' anchors where they also share names."""

_LEAST_COMMON = 2


@dataclass(frozen=True)
class Fact:
    """One claim beside what it is compared by."""

    report: int
    claim: Claim
    sentence: int | None
    words: frozenset[str]
    quantities: tuple[Quantity, ...]

    @property
    def span(self) -> Span:
        """Where it begins to stand."""
        return self.claim.spans[0]

    @property
    def size(self) -> int:
        """Number of characters of the claim."""
        return sum(span.end - span.start for span in self.claim.spans)

    @property
    def key(self) -> tuple[int, str]:
        """Report and claim."""
        return self.report, self.claim.id


def facts_of(report: int, account: Account) -> tuple[Fact, ...]:
    """Return the claims of a report as facts, in text order, without those of the page itself."""
    quantities = {quantity.id: quantity for quantity in account.record.quantities}
    grounded = _grounded(account)
    return tuple(
        Fact(
            report=report,
            claim=claim,
            sentence=account.sentence_at(claim.spans[0].start),
            words=frozenset(_words(claim)) | frozenset(grounded(claim)),
            quantities=tuple(quantities[q] for q in claim.quantities if q in quantities),
        )
        for claim in account.record.claims
        if account.sentence_at(claim.spans[0].start) not in account.furniture
    )


def _words(claim: Claim) -> Iterator[str]:
    for span in claim.spans:
        for word in WORD.findall(span.exact):
            plain = folded(word)
            if plain[0].isdigit() or len(plain) >= 4:
                yield plain[:_PREFIX] if plain[0].isalpha() else plain


def _grounded(account: Account) -> Callable[[Claim], Iterator[str]]:
    record = account.record
    days = {t.id: t.value[:10] for t in record.timexes if t.value and t.type == "DATE"}
    places = {p.id: f"geonames:{p.geonames}" for p in record.places if p.geonames}
    amounts = {q.id: f"{q.value:g}" for q in record.quantities if q.value is not None}

    def of(claim: Claim) -> Iterator[str]:
        found = ((days, claim.times), (places, claim.places), (amounts, claim.quantities))
        for table, names in found:
            yield from (table[name] for name in names if name in table)

    return of


@dataclass(frozen=True)
class Match:
    """Two claims that speak of the same thing, whether or not they say the same of it."""

    one: Fact
    other: Fact
    handed_on: bool
    """They stand in sentences that were handed on from one report to the other."""


def matches(
    case: Case,
    found: Sequence[Link],
    facts: Sequence[tuple[Fact, ...]],
    classes: Sequence[Class],
) -> Iterator[Match]:
    """Yield the claims of two reports that speak of the same thing.

    What was handed on is compared where it began, and nowhere else: a copy or a translation, near
    in words to a third report by chance, must not make one more that says the same.
    """
    linked = {link.ends for link in found if link.edge.kind in STRONG}
    for link in found:
        if link.edge.kind in STRONG:
            yield from _handed_on(link, facts)
    own = _own(case, found, facts, classes)
    for one, other in case.near:
        if frozenset((one, other)) not in linked and one_story(case, one, other):
            yield from _alike(case, own[one], own[other])


def _own(
    case: Case,
    found: Sequence[Link],
    facts: Sequence[tuple[Fact, ...]],
    classes: Sequence[Class],
) -> list[tuple[Fact, ...]]:
    """Return the facts of each report but its headline's and those that it only hands on."""
    first = {_eldest(case, one) for one in classes}
    taken: list[set[int]] = [set() for _ in facts]
    for link in found:
        if link.edge.kind in STRONG:
            taken[link.edge.one] |= {pair.first for pair in link.edge.pairs}
            taken[link.edge.other] |= {pair.other for pair in link.edge.pairs}
    return [
        tuple(
            fact
            for fact in row
            if fact.sentence is not None and (report in first or fact.sentence not in taken[report])
        )
        for report, row in enumerate(facts)
    ]


def _eldest(case: Case, found: Class) -> int:
    """Return the report that stands for an origin: where it began, else the first by its day."""
    if found.began is not None:
        return found.began
    stated = {n: case.accounts[n].record.meta.published.value for n in found.reports}
    eldest: int = min(found.reports, key=lambda n: (stated[n] is None, stated[n] or "", n))
    return eldest


def one_story(case: Case, one: int, other: int) -> bool:
    """Return whether two reports tell of one matter, by their anchors and names."""
    return one_matter(case, one, other, names=LEAST_NAMES)


def one_matter(case: Case, one: int, other: int, *, names: int = 1) -> bool:
    """Return whether two reports may tell of one matter: near enough, and `names` in common."""
    if case.closeness(one, other) < ONE_MATTER:
        return False
    return len(in_common(case.accounts[one], case.accounts[other])) >= names


def _handed_on(link: Link, facts: Sequence[tuple[Fact, ...]]) -> Iterator[Match]:
    edge = link.edge
    for pair in edge.pairs:
        here = [f for f in facts[edge.one] if f.sentence == pair.first]
        there = [f for f in facts[edge.other] if f.sentence == pair.other]
        liked = mutual(_dice(here, there), _LEAST_DICE)
        for found in liked:
            yield Match(here[found.first], there[found.other], handed_on=True)
        if edge.kind == "translation":
            yield from _in_their_order(here, there, liked)


def _in_their_order(
    here: Sequence[Fact], there: Sequence[Fact], liked: Sequence[Pair]
) -> Iterator[Match]:
    """Yield the claims of answering sentences that are left, where both have as many, in order."""
    one = [fact for n, fact in enumerate(here) if n not in {pair.first for pair in liked}]
    other = [fact for n, fact in enumerate(there) if n not in {pair.other for pair in liked}]
    if len(one) == len(other) <= _FEW:
        for pair in zip(one, other, strict=True):
            yield Match(*pair, handed_on=True)


_FEW = 2
"""Claims of a sentence that may be left over to answer by their order alone."""


_LEAST_DICE = 0.3


def _alike(case: Case, here: Sequence[Fact], there: Sequence[Fact]) -> Iterator[Match]:
    if not here or not there:
        return
    languages = {case.accounts[f.report].record.language for f in (here[0], there[0])}
    least = SAME_WORDS if len(languages) == 1 else SAME_ANCHORS
    scores = weighted(case, here, there)
    for found in mutual(scores, least):
        one, other = here[found.first], there[found.other]
        if len(one.words & other.words) >= _LEAST_COMMON:
            yield Match(one, other, handed_on=False)


def told_by_both(case: Case, one: Fact, other: Fact) -> set[str]:
    """Return the beginnings of words that two claims share and that are neither names nor small."""
    ends = [case.accounts[fact.report] for fact in (one, other)]
    names = {stem(name) for account in ends for name in account.proper}
    shared = one.words & other.words
    return {word for word in shared if word.isalpha()} - names - small_stems()


def _dice(here: Sequence[Fact], there: Sequence[Fact]) -> Floats:
    return np.array(
        [
            [2 * len(a.words & b.words) / max(len(a.words) + len(b.words), 1) for b in there]
            for a in here
        ]
    ).reshape(len(here), len(there))


def weighted(case: Case, here: Sequence[Fact], there: Sequence[Fact]) -> Floats:
    """Return the Dice of each two claims' word beginnings, rare ones weighing more."""
    names = sorted({w for f in here for w in f.words} | {w for f in there for w in f.words})
    place = {name: n for n, name in enumerate(names)}
    weight = case.rarity.of(np.fromiter(map(key, names), np.uint64, len(names)))
    tables = []
    for facts in (here, there):
        table = np.zeros((len(facts), len(names)))
        for row, fact in enumerate(facts):
            table[row, [place[w] for w in fact.words]] = 1.0
        tables.append(table)
    sizes = [table @ weight for table in tables]
    shared = (tables[0] * weight) @ tables[1].T
    found: Floats = 2 * shared / np.maximum(sizes[0][:, None] + sizes[1][None, :], 1e-9)
    return found

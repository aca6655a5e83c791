"""Denials: what one report's source says and another report's source denies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ondit.comparing.clash import Clash, prefer
from ondit.comparing.deeds import deeds
from ondit.comparing.derivation import Case
from ondit.comparing.facts import Fact, Match, one_matter, one_story, told_by_both, weighted
from ondit.comparing.vectors import Vectors
from ondit.model.comparison import ContradictionKind, Pairing

_SURE = {"asserted", "unconfirmed", "hedged"}

_SAID = {*_SURE, "planned", "predicted"}
"""What somebody may deny: also that something is to happen."""

_NEAR_WORDS = 0.2
"""Least weighted Dice of a denial and the claim it denies: who denies is brief."""

_LEAST_WORDS = 2

_TAKEN_UP = 0.5
"""Share of a denial's words, numbers and days aside, that the denied claim must have: to deny that
a report was received is not to deny what it found."""


def denials(
    case: Case,
    matches: Sequence[Match],
    facts: Sequence[tuple[Fact, ...]],
    home: dict[int, int],
) -> Iterator[Clash]:
    """Yield claims that one report's source makes and another report's source denies."""
    for match in matches:
        if not match.handed_on:
            yield from _denied(match.one, match.other)
            yield from _negated(case, match.one, match.other)
    for one, other in case.near:
        if home[one] != home[other] and one_matter(case, one, other):
            for here, there in ((one, other), (other, one)):
                yield from _denied_elsewhere(case, _told(facts[here]), _told(facts[there]))


def _told(facts: Sequence[Fact]) -> list[Fact]:
    """Return the facts but those of the headline."""
    return [fact for fact in facts if fact.sentence is not None]


def _denied_elsewhere(
    case: Case, denying: Sequence[Fact], saying: Sequence[Fact]
) -> Iterator[Clash]:
    """Yield each denial with the claim of another report that is nearest to it."""
    denied = [fact for fact in denying if fact.claim.status == "denied"]
    said = [fact for fact in saying if fact.claim.status in _SAID and fact.claim.polarity == "+"]
    if not denied or not said:
        return
    found = [*_by_words(case, denied, said)]
    if one_story(case, denied[0].report, said[0].report):
        if case.vectors is not None:
            found += _by_vectors(case.vectors, case, denied, said)
        found = found or [*_by_deeds(case, denied, said)] or [*_of_the_unnamed(case, denied, said)]
    yield from found


def _of_the_unnamed(case: Case, denied: Sequence[Fact], said: Sequence[Fact]) -> Iterator[Clash]:
    """Yield each denial with what nobody answers for by name, where they share a word or a deed.

    What papers and unnamed people are said to show is what others are asked about.
    """
    unnamed = [fact for fact in said if _unnamed(case, fact)]
    for fact in (fact for fact in denied if len(fact.words) <= _SHORT):
        shared = [
            len(told_by_both(case, fact, o)) + len(deeds_in(fact) & deeds_in(o)) for o in unnamed
        ]
        best = max(range(len(unnamed)), key=lambda n: (shared[n], -unnamed[n].size), default=None)
        if best is not None and shared[best]:
            yield _clash(fact, unnamed[best], "denial", "one side denies it")


def _unnamed(case: Case, fact: Fact) -> bool:
    record = case.accounts[fact.report].record
    named = {a.id: a.source_kind for a in record.attributions}
    return any(named.get(name) in _UNNAMED for name in fact.claim.attribution)


_UNNAMED = {"anonymous_person", "collective", "document", "outlet"}


def _by_words(case: Case, denied: Sequence[Fact], said: Sequence[Fact]) -> Iterator[Clash]:
    scores = weighted(case, denied, said)
    for number, best in enumerate(scores.argmax(axis=1)):
        near = said[int(best)]
        shared = denied[number].words & near.words
        told = [word for word in denied[number].words if word.isalpha()]
        taken_up = sum(word in shared for word in told) >= _TAKEN_UP * len(told)
        close = scores[number, best] >= _NEAR_WORDS and taken_up
        if close and _one_content(case, denied[number], near):
            yield from _denied(denied[number], near)


def _one_content(case: Case, one: Fact, other: Fact) -> bool:
    """Return whether two claims share words that tell something and are no names.

    Two claims on one person share the name; that does not make one the denial of the other.
    """
    least = _LEAST_WORDS + (not one_story(case, one.report, other.report))
    return len(told_by_both(case, one, other)) >= least


def _by_deeds(case: Case, denied: Sequence[Fact], said: Sequence[Fact]) -> Iterator[Clash]:
    """Yield each denial with the claim that tells of the same rare deed, in whatever language.

    A deed that half the story is about tells nothing; something else must be in common too, unless
    the denial is of the deed alone ("denies any leak").
    """
    told = [deeds_in(fact) for fact in said]
    often = Counter(deed for deeds in told for deed in deeds)
    for fact in denied:
        rare = {d for d in deeds_in(fact) if often[d] <= max(_OFTEN, len(said) // _SELDOM)}
        best = max(
            (n for n in range(len(said)) if rare & told[n]),
            key=lambda n: (len(rare & told[n]), len(fact.words & said[n].words), -said[n].size),
            default=None,
        )
        if best is not None and (len(fact.words) <= _BRIEF or _one_content(case, fact, said[best])):
            yield _clash(fact, said[best], "denial", "one side denies it")


def deeds_in(fact: Fact) -> frozenset[str]:
    """Return the deeds that a claim tells of."""
    return frozenset(deed for span in fact.claim.spans for deed in deeds(span.exact))


_OFTEN, _SELDOM = 3, 6
"""Claims that may tell of a deed for it to be rare: three, or a sixth of a report's."""

_SHORT = 6
"""Words of a denial that are few enough for one of them to tell what is denied."""

_BRIEF = 4
"""Words of a denial that names nothing but the deed."""


def _by_vectors(
    vectors: Vectors, case: Case, denied: Sequence[Fact], said: Sequence[Fact]
) -> Iterator[Clash]:
    for fact in denied:
        near = [other for other in said if prefer(vectors, case, fact, other)]
        for opposite in sorted(near, key=lambda f: -f.size)[:1]:
            yield from _denied(fact, opposite)


def _denied(one: Fact, other: Fact) -> Iterator[Clash]:
    denied = [fact.claim.status == "denied" for fact in (one, other)]
    if denied[0] != denied[1] and any(fact.claim.status in _SURE for fact in (one, other)):
        yield _clash(one, other, "denial", "one side denies it")


def _negated(case: Case, one: Fact, other: Fact) -> Iterator[Clash]:
    """Yield claims of one language of which one affirms what the other negates.

    Between languages claims are matched by names and numbers, which do not tell "had no other
    source" from "depended on this one".
    """
    languages = {case.accounts[fact.report].record.language for fact in (one, other)}
    sure = all(fact.claim.status in _SURE for fact in (one, other))
    alike = len(languages) == 1 and _one_content(case, one, other)
    if alike and sure and one.claim.polarity != other.claim.polarity:
        yield _clash(one, other, "disagreement", "one affirms what the other negates")


def _clash(one: Fact, other: Fact, kind: ContradictionKind, note: str) -> Clash:
    evidence = Pairing(kind=kind, from_span=one.span, to_span=other.span, note=note)
    return Clash(one, other, kind, f"{kind} {one.sentence} {other.sentence}", evidence)

"""Derivation: which report is made from which, of what kind, by what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from ondit.comparing.account import Account
from ondit.comparing.alignment import Pair, Run, in_order, mutual
from ondit.comparing.candidates import Pairs, sharing_anchors, sharing_words
from ondit.comparing.citing import Citation, citations, names_of
from ondit.comparing.comparison import Comparison
from ondit.comparing.stories import Rarity, likeness_of_anchors
from ondit.comparing.words import Keys
from ondit.model.comparison import DerivationKind, Pairing

LEAST_SAME = 0.10
"""Share of one report's narration that must lie in common runs of words. Of pairs of independent
reports on one event .3 % share as much outside quotations (BASIL, handbook)."""

LEAST_QUOTED = 6
"""Words of a quotation that two reports must share for it to be one utterance."""

WHOLE = 0.7
"""Share of both narrations in answering sentences above which the whole report was taken over."""

VERBATIM = 0.75
"""Mean likeness of answering sentences above which words were kept rather than rewritten."""

LEAST_ANSWERING = 3
"""Sentences in a row (others may stand between) that a translation must answer."""

TRANSLATED = 0.3
"""Share of the shorter report's sentences that must be answered, in order, by anchors alone. True
translations into French reach .39 in 98 of 100, halves of one article that say other things stay
below .39 in 98 of 100 (NTREX, 61 articles), and the order below tells those apart."""

IN_ORDER = 0.8
"""Share of the answering sentences that go forward in both: .92 and more in translations, .58 at
the median in other texts on the same matter (the same measurement)."""

_ANSWERS = 0.15
"""Least cosine of two sentences' anchors; lower ones are one common word."""

_SHOWN = 5
"""Pieces of evidence of one kind that are written down, the longest first."""


@dataclass(frozen=True)
class Edge:
    """A dependence between two reports, by their positions in the case."""

    one: int
    other: int
    kind: DerivationKind
    weight: float
    """How much of the two is shared: 0 to 2."""
    pairs: tuple[Pair, ...]
    """Sentences that answer each other."""
    evidence: tuple[Pairing, ...]
    """Why they depend; first the report `one`, then `other`."""


@dataclass
class Case:
    """The reports of a case as the steps of a comparison hand them on."""

    accounts: Sequence[Account]
    rarity: Rarity = field(init=False)
    citations: list[tuple[Citation, ...]] = field(init=False)
    near: Pairs = field(init=False)
    """Positions of reports that are near each other by anchors."""

    def __post_init__(self) -> None:
        """Weigh anchors, and read who names whom."""
        self.rarity = Rarity(self.accounts)
        names = names_of(self.accounts)
        self.citations = [tuple(citations(account, names)) for account in self.accounts]
        self.near = sharing_anchors(self.accounts)


def edges(case: Case) -> Iterator[Edge]:
    """Yield the dependences between two reports that the texts themselves show."""
    accounts, found = case.accounts, dict[tuple[int, int], Edge]()
    stock = np.zeros(0, np.uint64)
    for one, other in sharing_words(accounts):
        edge = same_language(case, one, other, stock)
        if edge is not None:
            found[one, other] = edge
    for one, other in case.near:
        if (one, other) not in found:
            edge = beyond_words(case, one, other, stock)
            if edge is not None:
                found[one, other] = edge
    yield from (found[pair] for pair in sorted(found))


def same_language(case: Case, one: int, other: int, stock: Keys) -> Edge | None:
    """Return the dependence of two reports that share words, or None when they share too few."""
    seen = Comparison(case.accounts[one], case.accounts[other], stock)
    if max(seen.same) < LEAST_SAME:
        return None
    pairs = seen.sentences
    share = seen.share(pairs)
    return Edge(
        one=one,
        other=other,
        kind=_kind(pairs, share),
        weight=sum(seen.same) / 2 + sum(share) / 2,
        pairs=tuple(pairs),
        evidence=tuple(_same_words(seen, seen.runs)),
    )


def _kind(pairs: list[Pair], share: tuple[float, float]) -> DerivationKind:
    kept = float(np.mean([pair.score for pair in pairs])) if pairs else 0.0
    if kept < VERBATIM:
        return "rewrite"
    return "copy" if min(share) >= WHOLE else "partial"


def _same_words(seen: Comparison, found: Iterable[Run]) -> Iterator[Pairing]:
    for run in sorted(found, key=lambda run: -run.length)[:_SHOWN]:
        yield Pairing(
            kind="same-words",
            from_span=seen.one.span(run.first, run.first + run.length - 1),
            to_span=seen.other.span(run.other, run.other + run.length - 1),
            note=f"{run.length} words",
        )


def beyond_words(case: Case, one: int, other: int, stock: Keys) -> Edge | None:
    """Return the dependence of two reports in words of their own: translation, quotation."""
    accounts = case.accounts[one], case.accounts[other]
    languages = {account.record.language for account in accounts}
    if len(languages) == 2:
        return translation(case, one, other)
    return shared_quotation(Comparison(*accounts, stock), one, other)


def shared_quotation(seen: Comparison, one: int, other: int) -> Edge | None:
    """Return the edge of two reports that quote the same words and share nothing else."""
    found = [run for run in seen.spoken if run.length >= LEAST_QUOTED]
    if not found:
        return None
    return Edge(
        one=one,
        other=other,
        kind="shared-quote",
        weight=0.0,
        pairs=(),
        evidence=tuple(
            Pairing(kind="same-quotation", from_span=p.from_span, to_span=p.to_span, note=p.note)
            for p in _same_words(seen, found)
        ),
    )


def translation(case: Case, one: int, other: int) -> Edge | None:
    """Return the edge of reports in two languages whose sentences answer each other in order."""
    a, b = case.accounts[one], case.accounts[other]
    scores = likeness_of_anchors(a, b, case.rarity)
    liked = mutual(scores, _ANSWERS)
    found = in_order(liked)
    shorter = min(len(a.sentences), len(b.sentences))
    if (
        len(found) < LEAST_ANSWERING
        or len(found) < TRANSLATED * shorter
        or len(found) < IN_ORDER * len(liked)
    ):
        return None
    seen = Comparison(a, b, np.zeros(0, np.uint64))
    return Edge(
        one=one,
        other=other,
        kind="translation",
        weight=sum(seen.share(found)) / 2,
        pairs=tuple(found),
        evidence=tuple(_answers(a, b, found)),
    )


def _answers(one: Account, other: Account, found: Sequence[Pair]) -> Iterator[Pairing]:
    for pair in sorted(found, key=lambda pair: -pair.score)[:_SHOWN]:
        shared = sorted(one.anchors[pair.first] & other.anchors[pair.other])
        yield Pairing(
            kind="answering-sentence",
            from_span=one.sentence_span(pair.first),
            to_span=other.sentence_span(pair.other),
            note="in common: " + ", ".join(shared[:8]),
        )

"""Derivation: which report is made from which, of what kind, by what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ondit.comparing.account import Account
from ondit.comparing.alignment import Pair, Run, in_order, mutual
from ondit.comparing.candidates import Pairs, sharing_anchors, sharing_speech, sharing_words
from ondit.comparing.citing import Citation, citations, names_of
from ondit.comparing.comparison import Comparison
from ondit.comparing.stock import without_repeated, without_unnamed
from ondit.comparing.stories import Rarity, closeness, likeness_of_anchors
from ondit.comparing.vectors import Vectors, preferring
from ondit.model.comparison import DerivationKind, Pairing

LEAST_SAME = 0.10
"""Share of one report's narration that must lie in common runs of words. Of pairs of independent
reports on one event .3 % share as much outside quotations (BASIL, handbook)."""

LEAST_WORDS = 20
"""Words that must be the same where only one sentence is; one stock sentence has fewer."""

LEAST_ALONE = 0.3
"""Share of a report that one sentence must be to show by itself that it was handed on."""

LEAST_UNNAMED = 30
"""Words that must be the same where the sentences name nothing."""

REWRITTEN = 0.4
"""Share of one report's narration in sentences alike that shows a rewriting without common runs."""

REWRITE_CLOSE = 0.25
"""Least cosine of two reports' anchors to look for a rewriting sentence by sentence."""

TRANSLATION_CLOSE = 0.02
"""Least cosine of two reports' anchors to look for a translation. True translations reach .18 into
French in 95 of 100, .05 into Russian in half (NTREX); this only saves time."""

LEAST_QUOTED = 6
"""Words of a quotation that two reports must share for it to be one utterance."""

WHOLE = 0.7
"""Share of both narrations in answering sentences above which the whole report was taken over."""

VERBATIM = 0.87
"""Share of the words of answering sentences in common runs above which they were kept rather than
rewritten: one word in twenty replaced leaves .8, one in four a third."""

LEAST_ALIKE = 3
"""Sentences alike that show a rewriting without common runs of words."""

LEAST_ANSWERING = 4
"""Sentences that a translated passage must answer, quotations included."""

LEAST_TELLING = 2
"""The same without those that frame a quotation: whoever was there quotes the same words."""

TRANSLATED = 0.5
"""Share of a passage's sentences that must be answered, in order, by anchors alone. All of 33
planted translations reach it and 3 of 137 independent reports on one event; of true translations
into French .45 and more are answered in 98 of 100 (NTREX), of other texts on one matter .40."""

IN_ORDER = 0.8
"""Share of the answering sentences that go forward in both: .93 and more in translations, .75 at
the median in other texts on the same matter (NTREX)."""

_ANSWERS = 0.1
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
    vectors: Vectors | None
    rarity: Rarity
    citations: list[tuple[Citation, ...]]
    sharing: Pairs
    """Positions of reports that share runs of words which name something."""
    near: Pairs
    """Positions of reports that are near each other by anchors."""
    speaking: Pairs
    """Positions of reports that quote the same words."""
    _close: dict[tuple[int, int], float] = field(default_factory=dict)

    @classmethod
    def of(cls, accounts: Sequence[Account], vectors: Vectors | None = None) -> Case:
        """Return a case: anchors weighed, stock set aside, candidates joined, citations read."""
        rarity = Rarity.among(accounts)
        accounts = without_repeated(accounts)
        sharing = [
            (one, other)
            for one, other in sharing_words(accounts)
            if names_something(Comparison(accounts[one], accounts[other]))
        ]
        accounts = without_unnamed(accounts, sharing)
        names = names_of(accounts)
        return cls(
            accounts=accounts,
            vectors=vectors,
            rarity=rarity,
            citations=[tuple(citations(account, names)) for account in accounts],
            sharing=sharing,
            near=sharing_anchors(accounts),
            speaking=sharing_speech(accounts),
        )

    def closeness(self, one: int, other: int) -> float:
        """Return how near the reports at two positions are by their anchors (0 to 1)."""
        pair = (one, other) if one < other else (other, one)
        if pair not in self._close:
            ends = self.accounts[one], self.accounts[other]
            self._close[pair] = closeness(*ends, self.rarity)
        return self._close[pair]


def names_something(seen: Comparison) -> bool:
    """Return whether what two reports share belongs to a story, and is not what any page says."""
    telling = seen.telling(seen.sentences)
    named, words = len(seen.named(telling)), sum(run.length for run in seen.runs)
    return (
        named > 1
        or (named == 1 and words >= LEAST_WORDS and max(seen.same) >= LEAST_ALONE)
        or (len(telling) >= LEAST_ALIKE and words >= LEAST_UNNAMED)
    )


def edges(case: Case) -> Iterator[Edge]:
    """Yield the dependences between two reports that the texts themselves show."""
    accounts, found = case.accounts, dict[tuple[int, int], Edge]()
    for one, other in case.sharing:
        edge = same_language(case, one, other)
        if edge is not None:
            found[one, other] = edge
    for one, other in case.near:
        if (one, other) not in found and (edge := beyond_words(case, one, other)):
            found[one, other] = edge
    for one, other in case.speaking:
        if (one, other) not in found:
            seen = Comparison(accounts[one], accounts[other])
            if edge := shared_quotation(seen, one, other):
                found[one, other] = edge
    yield from (found[pair] for pair in sorted(found))


def same_language(case: Case, one: int, other: int) -> Edge | None:
    """Return the dependence of two reports in one language, or None when they share too little."""
    seen = Comparison(case.accounts[one], case.accounts[other])
    if not _same_words(seen) and not _same_sentences(case, seen, one, other):
        return None
    telling = seen.telling(seen.sentences)
    share = seen.share(telling)
    return Edge(
        one=one,
        other=other,
        kind=_kind(seen, telling, share),
        weight=sum(seen.same) / 2 + sum(share) / 2,
        pairs=tuple(seen.sentences),
        evidence=tuple(_runs_shown(seen, seen.runs)),
    )


def _same_words(seen: Comparison) -> bool:
    """Return whether runs of words are shared, more than one stock sentence."""
    if max(seen.same) < LEAST_SAME:
        return False
    return names_something(seen)


def _same_sentences(case: Case, seen: Comparison, one: int, other: int) -> bool:
    """Return whether sentences are alike throughout although few runs of words are the same."""
    if case.closeness(one, other) < REWRITE_CLOSE:
        return False
    telling = seen.telling(seen.sentences)
    return len(telling) >= LEAST_ALIKE and max(seen.share(telling)) >= REWRITTEN


def _kind(seen: Comparison, pairs: list[Pair], share: tuple[float, float]) -> DerivationKind:
    if not seen.is_verbatim(pairs, VERBATIM):
        return "rewrite"
    return "copy" if min(share) >= WHOLE else "partial"


def _runs_shown(seen: Comparison, found: Iterable[Run]) -> Iterator[Pairing]:
    for run in sorted(found, key=lambda run: -run.length)[:_SHOWN]:
        yield Pairing(
            kind="same-words",
            from_span=seen.one.span(run.first, run.first + run.length - 1),
            to_span=seen.other.span(run.other, run.other + run.length - 1),
            note=f"{run.length} words",
        )


def beyond_words(case: Case, one: int, other: int) -> Edge | None:
    """Return the dependence of two reports that hold the same anchors in words of their own."""
    close = case.closeness(one, other)
    languages = {case.accounts[n].record.language for n in (one, other)}
    if len(languages) > 1:
        return translation(case, one, other) if close >= TRANSLATION_CLOSE else None
    return same_language(case, one, other) if close >= REWRITE_CLOSE else None


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
            for p in _runs_shown(seen, found)
        ),
    )


def translation(case: Case, one: int, other: int) -> Edge | None:
    """Return the edge of reports in two languages whose sentences answer each other in order."""
    a, b = case.accounts[one], case.accounts[other]
    seen = Comparison(a, b)
    if case.vectors is not None:
        return _diagonal(case.vectors, seen, one, other)
    liked = mutual(likeness_of_anchors(a, b, case.rarity), _ANSWERS)
    found = passage(in_order(liked))
    if len(found) < _least(a, b) or not _goes_forward(found, liked):
        return None
    told = seen.telling(liked)
    if len(seen.telling(found)) < LEAST_TELLING or not _goes_forward(in_order(told), told):
        return None
    return Edge(
        one=one,
        other=other,
        kind="translation",
        weight=sum(pair.score for pair in found) / min(len(a.sentences), len(b.sentences)),
        pairs=tuple(found),
        evidence=tuple(_answers(a, b, found)),
    )


def _diagonal(vectors: Vectors, seen: Comparison, one: int, other: int) -> Edge | None:
    """Return the edge of two reports with a run of sentences that prefer each other, in order."""
    a, b = seen.one, seen.other
    liked = preferring(vectors.of(a), vectors.of(b))
    found = passage(in_order(liked))
    told = seen.telling(found)
    if len(found) < _least(a, b) or len(told) < LEAST_TELLING or not _goes_forward(found, liked):
        return None
    return Edge(
        one=one,
        other=other,
        kind="translation",
        weight=len(found) / min(len(a.sentences), len(b.sentences)),
        pairs=tuple(found),
        evidence=tuple(_answers(a, b, found)),
    )


def passage(found: list[Pair]) -> list[Pair]:
    """Return the longest stretch of `found` in which enough sentences of both reports answer."""
    best: list[Pair] = []
    for first in range(len(found)):
        for last in range(len(found) - 1, first + len(best) - 1, -1):
            begin, end = found[first], found[last]
            size = max(end.first - begin.first, end.other - begin.other) + 1
            if last - first + 1 >= TRANSLATED * size:
                best = found[first : last + 1]
                break
    return best


def _least(one: Account, other: Account) -> int:
    """Return how many sentences must answer: one less where a report has no more than that."""
    short = min(len(one.sentences), len(other.sentences)) <= LEAST_ANSWERING
    return LEAST_ANSWERING - short


def _goes_forward(found: list[Pair], liked: list[Pair]) -> bool:
    """Return whether the sentences that answer each other inside a passage are in order."""
    if not found:
        return False
    begin, end = found[0], found[-1]
    near = [
        pair
        for pair in liked
        if begin.first <= pair.first <= end.first or begin.other <= pair.other <= end.other
    ]
    return len(found) >= IN_ORDER * len(near)


def _answers(one: Account, other: Account, found: Sequence[Pair]) -> Iterator[Pairing]:
    for pair in sorted(found, key=lambda pair: -pair.score)[:_SHOWN]:
        words, others = one.anchor_words(pair.first), other.anchor_words(pair.other)
        shared = sorted(words[anchor] for anchor in words.keys() & others.keys())
        yield Pairing(
            kind="answering-sentence",
            from_span=one.sentence_span(pair.first),
            to_span=other.sentence_span(pair.other),
            note="in common: " + ", ".join(shared[:8]),
        )

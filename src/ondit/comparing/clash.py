"""Clash: two claims that cannot both hold, before copies are collapsed."""

from __future__ import annotations

from dataclasses import dataclass

from ondit.comparing.derivation import Case
from ondit.comparing.facts import Fact
from ondit.comparing.figures import Figure
from ondit.comparing.vectors import Vectors
from ondit.model.comparison import ContradictionKind, Pairing

_RANK = 2
"""Sentences that may be closer by their vectors, of both reports together."""


@dataclass(frozen=True)
class Clash:
    """A contradiction before it is collapsed."""

    one: Fact
    other: Fact
    kind: ContradictionKind
    topic: str
    """What it is about, the same for all copies of both sides."""
    evidence: Pairing


def of_numbers(one: Figure, other: Figure, kind: ContradictionKind) -> Clash:
    """Return the clash of two numbers given for one thing."""
    evidence = Pairing(
        kind="number",
        from_span=one.span,
        to_span=other.span,
        note=f"{one.shown} against {other.shown}",
    )
    values = "/".join(sorted((one.shown, other.shown)))
    return Clash(one.fact, other.fact, kind, f"{one.kind} {values}", evidence)


def prefer(vectors: Vectors, case: Case, one: Fact, other: Fact) -> bool:
    """Return whether the sentences of two claims are among each other's nearest by vectors."""
    if one.sentence is None or other.sentence is None:
        return False
    rows = [vectors.of(case.accounts[fact.report]) for fact in (one, other)]
    scores = rows[0] @ rows[1].T
    here, there = scores[one.sentence], scores[:, other.sentence]
    rank = int((here > here[other.sentence]).sum() + (there > there[one.sentence]).sum())
    return rank <= _RANK

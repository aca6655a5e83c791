"""How single verbs are judged, through the claim that holds them."""

from __future__ import annotations

from collections.abc import Iterable

from ondit.model import Claim, Record


def at(record: Record, start: int, end: int) -> Claim | None:
    """Return the smallest claim that covers code points ``start:end``, or None."""
    around = [
        claim
        for claim in record.claims
        if any(span.start <= start and end <= span.end for span in claim.spans)
    ]
    return min(around, key=lambda c: sum(s.end - s.start for s in c.spans), default=None)


def f1(pairs: Iterable[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Return precision, recall and F1, in percent, of pairs of what is right and what was found."""
    listed = list(pairs)
    right = sum(wanted and found for wanted, found in listed)
    precision = 100 * right / max(1, sum(found for _, found in listed))
    recall = 100 * right / max(1, sum(wanted for wanted, _ in listed))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)

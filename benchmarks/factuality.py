"""How single verbs are judged: what was found against what is right."""

from __future__ import annotations

from collections.abc import Iterable


def f1(pairs: Iterable[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Return precision, recall and F1, in percent, of pairs of what is right and what was found."""
    listed = list(pairs)
    right = sum(wanted and found for wanted, found in listed)
    precision = 100 * right / max(1, sum(found for _, found in listed))
    recall = 100 * right / max(1, sum(wanted for wanted, _ in listed))
    return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)

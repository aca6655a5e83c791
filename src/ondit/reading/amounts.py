"""Amounts: numbers read in a text that are not yet quantities, and what is done to them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ondit.reading.numbers import whole
from ondit.reading.quantity_table import Bound, Number


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in the text, not yet a quantity."""

    start: int
    end: int
    value: Number | None = None
    low: Number | None = None
    high: Number | None = None
    rule: str = "exact"
    unit: str | None = None
    kind: str | None = None
    role: str | None = None
    alone: bool = False
    """Counts even when nothing counted follows: a round million, a bound, a sum of money."""
    echo: bool = False
    """Plays the part of the number before it."""


def exactly(start: int, end: int, number: Number, *, kind: str | None = None) -> Amount:
    """Return the amount that is `number`, no more and no less."""
    return Amount(start, end, number, number, number, kind=kind, alone=True)


def bounded(amount: Amount, bound: Bound) -> Amount:
    """Return `amount` as a bound or an estimate; its value stays open where it is a bound."""
    n, rule = amount.value, bound + "".join(amount.rule.partition(".")[1:])
    if bound == "about":
        return replace(amount, low=None, high=None, rule=rule)
    if bound in ("over", "least"):
        return replace(amount, value=None, low=n, high=None, rule=rule)
    return replace(amount, value=None, low=None, high=n, rule=rule)


def times(amount: Amount, factor: int) -> Amount:
    """Return `amount` with its numbers multiplied by `factor`."""

    def scaled(n: Number | None) -> Number | None:
        return None if n is None else whole(n * factor)

    return replace(
        amount, value=scaled(amount.value), low=scaled(amount.low), high=scaled(amount.high)
    )


def scaled_like(low: Number, high: Number, said: str) -> Number:
    """Return the lower number of a range with the scale said once: "3 to 5 million"."""
    digits = re.match(r"[^\d\s]?[\d.,]+\s*[^\W\d_]", said)
    if digits and low < 1000 <= high:
        for factor in (1_000_000_000_000, 1_000_000_000, 1_000_000, 1_000):
            if high >= factor:
                return whole(low * factor)
    return low

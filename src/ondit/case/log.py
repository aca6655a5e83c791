"""The log of a case: events in a chain, where each carries the hash of the one before.

Whoever alters, drops or reorders an event breaks every hash after it. Whoever can rewrite the whole
file can rewrite the whole chain: write the last hash (`ondit log` prints it) down somewhere else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import msgspec

FIRST = "0" * 64
"""What the first event carries in place of a hash before it."""


class Event(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that happened to a case."""

    number: int
    at: str
    """RFC 3339, UTC."""
    actor: str
    """What or who did it: ``ondit 0.1.0``, ``person:ana``."""
    event: str
    """``created``, ``captured``, ``met again``, ``read``, ``corrected``, ``passed over`` ..."""
    detail: str
    """JSON object; digests in it tie the event to what it speaks of."""
    before: str
    """Hash of the event before, or `FIRST`."""
    hash: str

    def details(self) -> dict[str, Any]:
        """Return the detail as a dictionary; empty when it is no JSON object."""
        try:
            return msgspec.json.decode(self.detail, type=dict[str, Any])
        except msgspec.DecodeError:
            return {}


def now() -> str:
    """Return this instant in UTC, to the millisecond, as RFC 3339."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def chain_hash(number: int, *, at: str, actor: str, event: str, detail: str, before: str) -> str:
    """Return the hash of an event: SHA-256 over its fields, each with its length before it.

    The lengths make the encoding one-to-one, so that no two different events share a hash input.

    >>> one = chain_hash(1, at="t", actor="ab", event="c", detail="{}", before=FIRST)
    >>> two = chain_hash(1, at="t", actor="a", event="bc", detail="{}", before=FIRST)
    >>> one == two
    False
    """
    state = sha256()
    for part in (str(number), at, actor, event, detail, before):
        encoded = part.encode("utf-8", "surrogatepass")
        state.update(len(encoded).to_bytes(8, "big"))
        state.update(encoded)
    return state.hexdigest()


def next_event(last: Event | None, *, actor: str, event: str, detail: dict[str, Any]) -> Event:
    """Return the event that follows `last`, stamped now and chained to it."""
    number = last.number + 1 if last else 1
    before = last.hash if last else FIRST
    at = now()
    text = msgspec.json.encode(detail, order="sorted").decode()
    hashed = chain_hash(number, at=at, actor=actor, event=event, detail=text, before=before)
    return Event(
        number=number, at=at, actor=actor, event=event, detail=text, before=before, hash=hashed
    )


def chain_faults(events: Iterable[Event]) -> Iterator[str]:
    """Yield, in words, every place where the chain does not hold."""
    before, number = FIRST, 0
    for event in events:
        number += 1
        if event.number != number:
            yield f"log: event {number} is missing, event {event.number} stands in its place"
            number = event.number
        if event.before != before:
            yield f"log: event {event.number} does not follow from the event before it"
        expected = chain_hash(
            event.number,
            at=event.at,
            actor=event.actor,
            event=event.event,
            detail=event.detail,
            before=event.before,
        )
        if event.hash != expected:
            yield f"log: event {event.number} ({event.event}) was altered after it was written"
        before = event.hash

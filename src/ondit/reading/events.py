"""Events: how sure a text is of what a single verb says, beside the claim that holds the verb.

A claim is a clause, and its status the clause's. An event is one verb in it: "can" and "sign" in
"he cannot sign" are two. Status and polarity come from rules; two small models add, where one is
shipped for the language, how likely the event is not told as real, and how sure it is on a scale
of -3 (did not happen) to 3 (did). Each model adds up one number a trait, found by a hash.
"""

from __future__ import annotations

import io
import tomllib
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from ondit.language.lexicon import Pack
from ondit.model import Claim, Record, Text
from ondit.model.annotations import Polarity, Status
from ondit.reading.event_traits import OWN_MOOD, negated, traits

FOLDER = Path(__file__).parent / "tagging" / "models"
"""Where the shipped models lie."""

BUCKETS = 1 << 18
"""Numbers a model holds: 13,000 traits of UDS-IH2 occur five times or more, and one in twenty of
those that do not is taken for one that does."""

LIMIT = 3.0
"""Of the scale of UDS-IH2, either way."""


@dataclass(frozen=True, slots=True)
class Event:
    """What the text lets a reader hold about one verb."""

    status: Status | None
    """Of the smallest claim around it; None where no claim is."""
    polarity: Polarity
    """Its own: "-" only where the verb itself is negated."""
    irrealis: float | None
    """Probability that it is not told as real: 0 to 1; None without a model for the language."""
    unreal: bool
    """Whether that is enough to call it so; without a model, whether the status is no fact."""
    factuality: float | None
    """-3 (did not happen) to 3 (did); None without a model for the language."""


@dataclass(frozen=True, slots=True)
class Weights:
    """One model: what each trait adds."""

    name: str
    kind: str
    """"irrealis" or "factuality"."""
    values: Any
    least: float
    """Probability from which an event counts as unreal; of irrealis alone."""

    def total(self, shown: frozenset[str]) -> float:
        """Return the sum over `shown`."""
        return float(sum(self.values[bucket(name)] for name in sorted(shown)))

    def share(self, shown: frozenset[str]) -> float:
        """Return the sum as a probability."""
        return 1 / (1 + exp(-max(-30.0, min(30.0, self.total(shown)))))

    def unreal(self, shown: frozenset[str]) -> bool:
        """Return whether what shows this is not told as real: by its own mood, or likely enough."""
        return bool(OWN_MOOD & shown) or self.share(shown) >= self.least


def bucket(name: str) -> int:
    """Return where the number of a trait lies; 0 is nobody's."""
    return crc32(name.encode()) % (BUCKETS - 1) + 1


@cache
def load(kind: str, language: str) -> Weights | None:
    """Return the model of `kind` for `language`, or None when none is shipped."""
    path = FOLDER / f"{kind}-{language}.npz"
    if not path.exists():
        return None
    settings = tomllib.loads(path.with_suffix(".toml").read_text("utf-8"))
    return unpacked(path.read_bytes(), kind=kind, name=path.stem, least=settings["least"])


def packed(values: Any) -> bytes:
    """Return the numbers of a model as the bytes of its file."""
    out = io.BytesIO()
    np.savez_compressed(out, values=values.astype(np.float16))
    return out.getvalue()


def unpacked(content: bytes, *, kind: str, name: str, least: float) -> Weights:
    """Return the model in the bytes of a file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as stored:
        values = stored["values"].astype(np.float32)
    return Weights(name=name, kind=kind, values=values, least=least)


def covering(record: Record, start: int, end: int) -> Claim | None:
    """Return the smallest claim of `record` that covers code points ``start:end``, or None."""
    around = (c for c in record.claims if any(s.start <= start and end <= s.end for s in c.spans))
    return min(around, key=lambda c: sum(s.end - s.start for s in c.spans), default=None)


def event_at(text: Text, record: Record, pack: Pack, start: int, end: int) -> Event | None:
    """Return how sure the text is of the verb at code points ``start:end``.

    Args:
        text: a text with a token table.
        record: its record, with claims.
        pack: the pack of its language.
        start: where the verb begins; of a group of words the last one counts.
        end: where it ends.

    Returns:
        None when no token stands there.
    """
    inside = text.tokens_in(start, end)
    if not inside:
        return None
    claim = covering(record, start, end)
    shown = traits(text, claim, inside[-1], pack)
    unreal, sure = load("irrealis", pack.tag), load("factuality", pack.tag)
    doubted = claim is not None and claim.status != "asserted"
    return Event(
        status=claim.status if claim else None,
        polarity="-" if negated(text, inside[-1], pack) else "+",
        irrealis=unreal.share(shown) if unreal else None,
        unreal=unreal.unreal(shown) if unreal else doubted,
        factuality=min(LIMIT, max(-LIMIT, sure.total(shown))) if sure else None,
    )

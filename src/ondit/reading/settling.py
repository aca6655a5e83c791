"""Settling: attributions that were sure enough to weigh a claim by, but not to be shown.

An attribution inside another is often one that readers would not count ("I think" in quoted
speech), and yet it makes the words behind it a belief. So claims are read with the less sure ones
too, and only then are those left out: no preset makes a claim surer than the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from ondit.language.lexicon import Pack
from ondit.model import Attribution, Claim, Record, Text
from ondit.reading.tagging.weights import load
from ondit.reading.weighing import preset_of, scale_of


def find(_text: Text, record: Record, pack: Pack) -> Iterator[Attribution | Claim]:
    """Yield the attributions that the preset keeps, and all claims, their chains less the rest."""
    model = load(pack.tag)
    least = scale_of(model.settings, preset_of(record)).least_nested if model else 0.0
    left_out = {
        one.id: one.parent
        for one in record.attributions
        if one.parent is not None and one.confidence is not None and one.confidence < least
    }
    for one in record.attributions:
        if one.id not in left_out:
            yield replace(one, parent=_kept(one.parent, left_out))
    for claim in record.claims:
        chain = tuple(identifier for identifier in claim.attribution if identifier not in left_out)
        yield replace(claim, attribution=chain)


def _kept(parent: str | None, left_out: Mapping[str, str | None]) -> str | None:
    """Return the nearest attribution around that is kept."""
    while parent is not None and parent in left_out:
        parent = left_out[parent]
    return parent

"""Settling: attributions that were sure enough to weigh a claim by, but not to be shown.

An attribution inside another is often one that readers would not count ("I think" in quoted
speech), and yet it makes the words behind it a belief. So claims are read with the less sure ones
too, and only then are those left out: no preset makes a claim surer than the page. A claim goes
with the outermost attribution over it, for without that it would be the report's own.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from msgspec.structs import replace

from ondit.language.lexicon import Pack
from ondit.model import Attribution, Claim, Preset, Record, Text
from ondit.reading.attribution import CUELESS
from ondit.reading.tagging.weights import load
from ondit.reading.weighing import Scale, preset_of, scale_of


def find(_text: Text, record: Record, pack: Pack) -> Iterator[Attribution | Claim]:
    """Yield the attributions that the preset keeps, and the claims, their chains less the rest."""
    model = load(pack.tag)
    if model is None:
        yield from record.attributions
        yield from record.claims
        return
    preset = preset_of(record)
    unsure = _unsure(record.attributions, preset, scale_of(model.settings, preset))
    parents = {one.id: one.parent for one in record.attributions}
    gone = {identifier for identifier in parents if _outermost(identifier, parents) in unsure}
    for one in record.attributions:
        if one.id not in unsure | gone:
            yield replace(one, parent=_kept(one.parent, unsure, parents))
    for claim in record.claims:
        if not gone & set(claim.attribution):
            yield replace(claim, attribution=tuple(a for a in claim.attribution if a not in unsure))


Parents = Mapping[str, str | None]
"""What each attribution stands in, by their identifiers."""


def _unsure(attributions: Sequence[Attribution], preset: Preset, scale: Scale) -> set[str]:
    """Return the attributions that `preset` does not show."""
    return {one.id for one in attributions if not _sure(one, preset, scale)}


def _sure(one: Attribution, preset: Preset, scale: Scale) -> bool:
    """Return whether an attribution is sure enough for where it stands.

    Among the surest there is no room for quotations whose speaker is a guess.
    """
    if preset == "precision" and one.rule.startswith(CUELESS):
        return False
    least = scale.least_outer if one.parent is None else scale.least_nested
    return one.confidence is None or one.confidence >= least


def _outermost(identifier: str, parents: Parents) -> str:
    """Return the outermost attribution that this one stands in: itself when it stands in none."""
    while (around := parents[identifier]) is not None:
        identifier = around
    return identifier


def _kept(parent: str | None, unsure: Set[str], parents: Parents) -> str | None:
    """Return the nearest attribution around that is kept."""
    while parent is not None and parent in unsure:
        parent = parents[parent]
    return parent

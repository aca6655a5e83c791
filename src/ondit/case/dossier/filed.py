"""Filed reports: a record under its number in the dossier, and what tells its sources apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from ondit.case.corrections import Correction, find
from ondit.case.dossier.wording import inline
from ondit.model import Attribution, Claim, Entity, Record
from ondit.model.voices import Ground, ground

GROUNDS: tuple[Ground, ...] = ("named", "organisation", "role", "anonymous", "unstated", "report")
"""What a claim can rest on, from the source one can go and ask to none but the report."""


@dataclass(frozen=True)
class Filed:
    """One record under its number in the dossier (from 1, in the order given)."""

    number: int
    record: Record
    decisions: dict[str, tuple[Correction, ...]]
    """Id of an annotation to what people decided on it."""

    @cached_property
    def attributions(self) -> dict[str, Attribution]:
        """The record's attributions by id."""
        return {attribution.id: attribution for attribution in self.record.attributions}

    @cached_property
    def entities(self) -> dict[str, Entity]:
        """The record's entities by id."""
        return {entity.id: entity for entity in self.record.entities}

    @cached_property
    def grounds(self) -> dict[str, Ground]:
        """Id of each claim to what it rests on."""
        return {claim.id: ground(self.record, claim) for claim in self.record.claims}

    @property
    def name(self) -> str:
        """Who published it, as far as the page says; else the last part of the input's name."""
        meta = self.record.meta
        return meta.outlet or meta.publisher or self._input

    @property
    def title(self) -> str:
        """The report's title as the page states it; else the last part of the input's name."""
        return self.record.meta.title or self._input

    @property
    def _input(self) -> str:
        whole = self.record.input
        return re.split(r"[/\\]", whole.rstrip("/\\"))[-1] or whole

    def chain(self, claim: Claim) -> tuple[Attribution, ...]:
        """Return who says the claim through whom, outermost first."""
        return tuple(self.attributions[link] for link in claim.attribution)

    def ultimate(self, claim: Claim) -> Attribution | None:
        """Return the innermost attribution, the last one the page lets a reader reach."""
        return self.attributions[claim.attribution[-1]] if claim.attribution else None

    def speaker(self, attribution: Attribution) -> str | None:
        """Return what tells this source apart in its report; None when the report names none."""
        return attribution.speaker or (self.called(attribution) or "").casefold() or None

    def called(self, attribution: Attribution) -> str | None:
        """Return what the report calls the source; None when it names none."""
        if attribution.speaker:
            return self.entities[attribution.speaker].name
        return inline(" ".join(span.exact for span in attribution.source)) or None


def file(records: Iterable[Record], decisions: Iterable[Correction] = ()) -> tuple[Filed, ...]:
    """Return the records numbered from 1 in the order given, each with its people's decisions."""
    by_capture: dict[str, list[Correction]] = {}
    for decision in decisions:
        by_capture.setdefault(decision.capture, []).append(decision)
    return tuple(
        Filed(number, record, _placed(record, by_capture.get(record.capture.sha256, [])))
        for number, record in enumerate(records, start=1)
    )


def _placed(record: Record, decisions: list[Correction]) -> dict[str, tuple[Correction, ...]]:
    placed: dict[str, tuple[Correction, ...]] = {}
    for decision in sorted(decisions, key=lambda d: d.number):
        target = find(record, decision) or ""
        placed[target] = (*placed.get(target, ()), decision)
    return placed

"""Drafts: attributions while their parts are still being collected."""

from __future__ import annotations

from dataclasses import dataclass, field

from ondit.reading.cues import Cue
from ondit.reading.scene import Range


@dataclass(slots=True)
class Draft:
    """An attribution while its parts are still being collected."""

    cue: Cue | None
    source: tuple[Range, ...]
    content: list[Range]
    rule: str
    quotations: set[str] = field(default_factory=set)
    confidence: float | None = None
    """Share of drafts like this one that annotators mark too; None where that was not measured."""

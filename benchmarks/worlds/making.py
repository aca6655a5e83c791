"""A world in the making: its reports, its edges, what is left to tell with."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from benchmarks.worlds.drafts import Draft
from benchmarks.worlds.gold import Edge
from benchmarks.worlds.operators import Derived
from benchmarks.worlds.telling import Telling


@dataclass
class Making:
    """A world in the making."""

    rng: random.Random
    world: Telling
    seed: int
    recipe: str
    drafts: list[Draft] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    swapped: set[str] = field(default_factory=set)

    def draft(self, id: str) -> Draft:
        """Return the report `id`."""
        return next(draft for draft in self.drafts if draft.id == id)

    def add(self, done: Derived, source: Draft, operator: str) -> Draft:
        """Take in a derived report and its edge."""
        self.drafts.append(done.draft)
        self.edges.append(
            Edge(source.id, done.draft.id, done.kind, also=done.also, operator=operator)
        )
        return done.draft

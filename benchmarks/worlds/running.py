"""The task ``worlds``: ondit and the simple ways of counting, on the same worlds."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.worlds.asking import ondit
from benchmarks.worlds.baselines import BASELINES
from benchmarks.worlds.generating import worlds
from benchmarks.worlds.gold import World
from benchmarks.worlds.scoring import Answer, Corroborate, scores

SEED = 7
"""Of the worlds that the floors were measured on; worlds of other seeds are for looking at."""

SIZES = {"quick": 40, "full": 240}
"""Worlds of a run; every second one holds independent accounts alone."""


def measured(mode: str) -> tuple[int, dict[str, float]]:
    """Return the number of reports, and the scores of ondit and of each baseline on them."""
    asked = list(worlds(SIZES[mode], seed=SEED))
    found = scores(answered(asked, ondit))
    for name, baseline in BASELINES.items():
        beside = scores(answered(asked, baseline))
        found |= {f"{name}.{score}": beside[score] for score in ("origins", "over", "edges")}
    return sum(len(world.reports) for world in asked), found


def answered(asked: list[World], corroborate: Corroborate) -> Iterator[tuple[World, Answer]]:
    """Yield each world with the answer about its reports."""
    for world in asked:
        yield world, corroborate(list(world.reports))

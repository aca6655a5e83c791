"""Floors: scores once reached, which no later version may fall short of without a stated reason."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import msgspec

from benchmarks.card import FOLDER, Card, Score

Mode = Literal["quick", "full"]
Standing = Literal["ok", "better", "short", "unpinned", "shown"]


class FloorError(Exception):
    """A floor would be lowered without a reason."""


class Lowered(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A floor that was given up, and why."""

    day: str
    mode: Mode
    score: str
    before: float
    after: float
    reason: str


class Floors(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The contents of a ``floors.json``."""

    quick: dict[str, float] = {}
    full: dict[str, float] = {}
    signatures: dict[str, str] = {}
    """Mode to the signature of the run that set its floors."""
    lowered: tuple[Lowered, ...] = ()

    def of(self, mode: Mode) -> dict[str, float]:
        """Return the floors that hold in `mode`."""
        return self.quick if mode == "quick" else self.full


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """One measured score beside its floor."""

    name: str
    value: float
    floor: float | None
    standing: Standing

    @property
    def holds(self) -> bool:
        """True unless the score fell short or has nothing to be held against."""
        return self.standing not in ("short", "unpinned")


def read_floors(task: str, folder: Path = FOLDER) -> Floors:
    """Return the floors of `task`; none are set while it has no ``floors.json``."""
    path = folder / task / "floors.json"
    return msgspec.json.decode(path.read_bytes(), type=Floors) if path.exists() else Floors()


def write_floors(task: str, floors: Floors, folder: Path = FOLDER) -> None:
    """Write the floors of `task`, one score a line, so that a change reads well in review."""
    content = msgspec.json.format(msgspec.json.encode(floors), indent=2)
    (folder / task / "floors.json").write_bytes(content + b"\n")


def judge(card: Card, scores: dict[str, float], floors: dict[str, float]) -> list[Verdict]:
    """Return every measured score beside its floor."""
    return [
        Verdict(
            name=name,
            value=scores[name],
            floor=floors.get(name),
            standing=_standing(score, scores[name], floors.get(name), card.margin),
        )
        for name, score in card.scores.items()
    ]


def _standing(score: Score, value: float, floor: float | None, margin: float) -> Standing:
    if not score.gated:
        return "shown"
    if floor is None:
        return "unpinned"
    allowed = margin if score.margin is None else score.margin
    gain = _gain(score, before=floor, after=value)
    if gain < -allowed:
        return "short"
    return "better" if gain > 0 else "ok"


def _gain(score: Score, *, before: float, after: float) -> float:
    gain = after - before if score.better == "higher" else before - after
    return round(gain, 6)


def pin(
    card: Card,
    floors: Floors,
    scores: dict[str, float],
    *,
    mode: Mode,
    signature: str,
    lower: str | None = None,
) -> Floors:
    """Return `floors` raised to `scores`.

    Args:
        card: of the task; its ungated scores get no floor.
        floors: as they stand.
        scores: what was measured.
        mode: which floors to set.
        signature: of the run.
        lower: the reason for giving up floors that `scores` do not reach; it is recorded. Without
            it, a score that fell short is refused.

    Raises:
        FloorError: naming the floors that would be lowered without a reason.
    """
    held, lowered, refused = dict(floors.of(mode)), list(floors.lowered), []
    for name, score in card.scores.items():
        if not score.gated:
            continue
        before, after = held.get(name), scores[name]
        if before is not None and _gain(score, before=before, after=after) < 0:
            if not lower:
                refused.append(f"{name} {before:g} -> {after:g}")
                continue
            day = datetime.now(UTC).date().isoformat()
            lowered.append(
                Lowered(day=day, mode=mode, score=name, before=before, after=after, reason=lower)
            )
        held[name] = after
    if refused:
        raise FloorError(
            f"would lower {', '.join(refused)}; give the reason with --lower, or --raise to set "
            "only the floors that rose"
        )
    return msgspec.structs.replace(
        floors,
        **{mode: held},
        signatures={**floors.signatures, mode: signature},
        lowered=tuple(lowered),
    )


def raised(card: Card, scores: dict[str, float], floors: dict[str, float]) -> dict[str, float]:
    """Return `scores` with those that fell short put back to their floors."""
    short = {
        name: floor
        for name, floor in floors.items()
        if _gain(card.scores[name], before=floor, after=scores[name]) < 0
    }
    return {**scores, **short}

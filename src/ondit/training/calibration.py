"""Calibration: how often a candidate with such features is what annotators marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ondit.language.lexicon import load_pack
from ondit.model import SpanIndex
from ondit.reading.attribution import by_rules
from ondit.reading.scene import Scene
from ondit.reading.tagging.columns import columns
from ondit.reading.tagging.passages import passages
from ondit.reading.tagging.proposals import propose
from ondit.reading.tagging.weights import Model
from ondit.reading.weighing import Candidate, candidates, overlap
from ondit.training.corpora import Document, Marked

_RIDGE = 1.0
"""Weight of the prior that a coefficient is zero: one observation's worth."""

_STEPS = 30


@dataclass(frozen=True)
class Judged:
    """A candidate, held against the annotation of its document."""

    features: tuple[float, ...]
    right: bool
    inside: bool
    """Whether its cue stands in the content of another marked attribution."""
    nested: bool
    """Whether attributions inside others are annotated in its document."""
    document: str


def scene_of(document: Document) -> Scene:
    """Return the scene of an annotated document."""
    quotations = SpanIndex((q.span.start, q.span.end, q) for q in document.quotations)
    return Scene(document.text, load_pack(document.text.language or ""), quotations)


def candidates_of(document: Document, model: Model | None) -> list[Candidate]:
    """Return what rules, and the network if there is one, find in `document`."""
    scene = scene_of(document)
    if model is None:
        return list(candidates(scene, by_rules(scene), ()))
    table = columns(document.text, document.quotations, scene.pack)
    proposals = list(propose(model, list(passages(document.text, table))))
    return list(candidates(scene, by_rules(scene), proposals))


def judged(document: Document, found: Sequence[Candidate]) -> list[Judged]:
    """Return `found` held against the annotation: content and source must overlap by half."""
    scene = scene_of(document)
    partner = _matched(document.marked, found)
    return [
        Judged(
            candidate.features,
            right=number in partner,
            inside=_stands_inside(scene, candidate, document.marked, partner.get(number)),
            nested=document.nested,
            document=document.name,
        )
        for number, candidate in enumerate(found)
    ]


def _matched(marked: Sequence[Marked], found: Sequence[Candidate]) -> dict[int, int]:
    """Return for each right candidate the number of the attribution it found, one to one."""
    pairs = sorted(
        (
            (-overlap(one.content, candidate.draft.content), number, other)
            for number, candidate in enumerate(found)
            for other, one in enumerate(marked)
            if overlap(one.content, candidate.draft.content) >= 0.5
            and overlap(one.source, candidate.draft.source) >= 0.5
        ),
    )
    partner: dict[int, int] = {}
    for _, number, other in pairs:
        if number not in partner and other not in partner.values():
            partner[number] = other
    return partner


def _stands_inside(
    scene: Scene, candidate: Candidate, marked: Sequence[Marked], partner: int | None
) -> bool:
    cue = candidate.draft.cue
    at = scene.tokens[cue.head].start if cue else candidate.draft.content[0][0]
    return any(
        number != partner and any(s <= at < e for s, e in one.content)
        for number, one in enumerate(marked)
    )


def outer_sample(found: Sequence[Judged]) -> list[Judged]:
    """Return what the regression for outermost attributions learns from.

    Where nested attributions are not annotated, finding one is an error; where they are, it says
    nothing about outermost ones.
    """
    return [one for one in found if not (one.nested and one.inside)]


def nested_sample(found: Sequence[Judged]) -> list[Judged]:
    """Return what the regression for nested attributions learns from."""
    return [one for one in found if one.nested and one.inside]


def regression(found: Sequence[Judged]) -> list[float]:
    """Return the coefficients of a ridge logistic regression, fitted by Newton's method."""
    given = np.array([one.features for one in found])
    wanted = np.array([one.right for one in found], float)
    fitted = np.zeros(given.shape[1])
    prior = np.full(given.shape[1], _RIDGE)
    for _ in range(_STEPS):
        likely = shares(given, fitted)
        slope = given.T @ (wanted - likely) - prior * fitted
        curve = (given * (likely * (1 - likely))[:, None]).T @ given + np.diag(prior)
        fitted = fitted + np.linalg.solve(curve, slope)
    return [round(float(c), 3) for c in fitted]


def shares(given: NDArray[np.float64], coefficients: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the probability of being right for rows of features."""
    found: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(given @ coefficients, -30, 30)))
    return found


def reliability(found: Sequence[Judged], *, bins: int = 10) -> list[tuple[float, float, int]]:
    """Return per tenth of confidence: mean confidence, share right, number of candidates.

    Every document is judged by coefficients fitted on the others' half.
    """
    names = sorted({one.document for one in found})
    half = {name: number % 2 for number, name in enumerate(names)}
    sure: list[tuple[float, bool]] = []
    for side in (0, 1):
        fitted = np.array(regression([one for one in found if half[one.document] != side]))
        there = [one for one in found if half[one.document] == side]
        likely = shares(np.array([one.features for one in there]), fitted)
        sure += zip(likely.tolist(), (one.right for one in there), strict=True)
    return [row for row in (_bin(sure, number, bins) for number in range(bins)) if row[2]]


def _bin(sure: Sequence[tuple[float, bool]], number: int, bins: int) -> tuple[float, float, int]:
    inside = [pair for pair in sure if number <= pair[0] * bins < number + 1]
    if not inside:
        return 0.0, 0.0, 0
    confident = sum(c for c, _ in inside) / len(inside)
    return confident, sum(right for _, right in inside) / len(inside), len(inside)

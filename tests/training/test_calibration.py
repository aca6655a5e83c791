"""Calibration: coefficients that say how often one is right."""

from __future__ import annotations

import numpy as np
import pytest

from ondit.training.calibration import (
    Judged,
    nested_sample,
    outer_sample,
    regression,
    reliability,
    shares,
)


def sample(size: int = 2000) -> list[Judged]:
    """Return candidates that are right as often as a known logistic says."""
    draw = np.random.default_rng(5)
    given = np.column_stack([np.ones(size), draw.normal(size=size)])
    likely = shares(given, np.array([-0.5, 1.5]))
    return [
        Judged(
            tuple(row), bool(draw.random() < p), inside=False, nested=False, document=str(n % 50)
        )
        for n, (row, p) in enumerate(zip(given.tolist(), likely, strict=True))
    ]


def test_the_coefficients_are_found_again() -> None:
    assert regression(sample()) == pytest.approx([-0.5, 1.5], abs=0.2)


def test_confidence_is_what_it_says() -> None:
    rows = reliability(sample(4000))
    assert sum(count for _, _, count in rows) == 4000
    for confident, right, count in rows:
        assert right == pytest.approx(confident, abs=3 * (0.25 / count) ** 0.5 + 0.02)


def test_nothing_to_learn_from_gives_no_opinion() -> None:
    judged = [Judged((1.0, 0.0), right, False, False, "a") for right in (True, False)]
    assert regression(judged) == [0, 0]


def test_nested_ones_count_only_where_they_are_annotated() -> None:
    kinds = [(inside, nested) for inside in (False, True) for nested in (False, True)]
    judged = [Judged((1.0,), True, inside, nested, "a") for inside, nested in kinds]
    assert [(j.inside, j.nested) for j in nested_sample(judged)] == [(True, True)]
    assert len(outer_sample(judged)) == 3

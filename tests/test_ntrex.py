"""The trials of translations: what is put beside what, and how finders and scores are counted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from benchmarks.ntrex import (
    Document,
    Pair,
    anchor_cosine,
    embedded,
    finding,
    halves,
    retrieval,
    whole,
)

ROWS = [
    {
        "id": f"sea.{number}",
        "sents": {
            "en": [f"The {ship} left with {number}{k} crates." for k in range(6)],
            "fr": [f"Le {ship} est parti avec {number}{k} caisses." for k in range(6)],
        },
    }
    for number, ship in enumerate(("Amarante", "Borealis", "Cormoran", "Dauphine"), start=1)
]


def test_whole_articles_stand_beside_their_translations() -> None:
    trial = whole(ROWS, "fr")
    assert frozenset(("en:sea.1", "xx:sea.1")) in trial.truth
    assert retrieval(trial, anchor_cosine) == {"top1": 100, "f1": 100}


def test_second_halves_are_no_translations_of_first_halves() -> None:
    trial = halves(ROWS, "fr")
    assert len(trial.right) == 2 * len(trial.left) == 2 * len(trial.truth)
    assert trial.right[0].sentences + trial.right[4].sentences == tuple(ROWS[0]["sents"]["fr"])


def test_part_of_an_article_is_set_into_one_that_is_not_asked_for() -> None:
    trial = embedded(ROWS, "fr")
    assert [document.id for document in trial.left] == ["en:sea.1", "en:sea.3"]
    (host, _) = trial.right
    assert host.id == "xx:sea.2+xx:sea.1"
    assert sum("Amarante" in sentence for sentence in host.sentences) == 2
    assert sum("Borealis" in sentence for sentence in host.sentences) == 6


def test_finders_are_counted_by_the_pairs_that_they_link() -> None:
    trial = whole(ROWS, "fr")

    def careless(documents: Sequence[Document]) -> set[Pair]:
        assert len(documents) == 8
        links = [("en:sea.1", "xx:sea.1"), ("en:sea.1", "xx:sea.2"), ("en:sea.3", "xx:sea.3")]
        return {frozenset(pair) for pair in (*links, ("en:sea.1", "en:sea.2"))}

    found = finding(trial, careless)
    assert found["precision"] == pytest.approx(200 / 3)
    assert found["recall"] == 50
    assert found["top1"] == 25


def test_a_score_that_knows_nothing_finds_nothing_surely() -> None:
    trial = whole(ROWS, "fr")
    found = retrieval(trial, lambda left, right: [[1.0] * len(right) for _ in left])
    assert found["top1"] == 25
    assert found["f1"] < 70

"""The models of events: reading corpora, fitting, folds by document."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ondit.reading.events import BUCKETS, bucket
from ondit.training import events
from ondit.training.eventfit import common, logistic, ridge, table
from ondit.training.events import Example, factuality, folded, irrealis, timebank, uds

DOCUMENT = "Le maire veut vendre le bac. Le bac n'a pas coulé."


def event(word: str, number: int, **more: str) -> dict[str, object]:
    start = DOCUMENT.index(word)
    return {"start": start, "end": start + len(word), "eiid": f"ei{number}", "pos": "VERB", **more}


ROW = {
    "id": "quay", "dct": "2026-05-01", "text": DOCUMENT,
    "events": [event("veut", 1), event("vendre", 2), event("coulé", 3, polarity="NEG")],
    "slinks": [{"relType": "MODAL", "subordinatedEventInstance": "ei2"}],
}  # fmt: skip


def test_verbs_of_timebank_come_with_what_annotators_said():
    wants, sells, sinks = timebank(ROW)
    assert [e.wanted for e in (wants, sells, sinks)] == [0.0, 1.0, 0.0]
    assert sinks.negated == (True, True)
    assert wants.negated == (False, False)


def test_a_noun_is_no_verb():
    noun = {**ROW, "events": [{**event("bac", 1), "pos": "NOUN"}]}
    assert list(timebank(noun)) == []


def test_words_of_uds_come_with_what_judges_said():
    row = {
        "id": "u",
        "text": "The ferry sank .",
        "targets": [{"start": 10, "end": 14, "factuality": 2.5}],
    }
    (found,) = uds(row)
    assert found.wanted == 2.5
    assert "lemma=sink" in found.shown


def test_rare_traits_are_left_out():
    shown = [frozenset({"a", "b"}), frozenset({"a"})]
    assert common(shown, least=2) == {"a"}
    assert table(shown, frozenset({"a"})).size == 2


def test_a_ridge_finds_what_each_trait_adds():
    shown = [frozenset({"a"}), frozenset({"b"}), frozenset({"a", "b"})] * 40
    wanted = np.array([1.0, -2.0, -1.0] * 40)
    values = ridge(table(shown, frozenset({"a", "b"})), wanted, penalty=0.01)
    assert values[bucket("a")] == pytest.approx(1.0, abs=0.01)
    assert values[bucket("b")] == pytest.approx(-2.0, abs=0.01)


def test_a_penalty_shrinks():
    shown, wanted = [frozenset({"a"})] * 10, np.ones(10)
    values = [ridge(table(shown, frozenset({"a"})), wanted, penalty=p) for p in (0.1, 10.0)]
    assert values[1][bucket("a")] == pytest.approx(0.5)
    assert values[1][bucket("a")] < values[0][bucket("a")] < 1


def test_a_logistic_gives_back_the_share():
    shown = [frozenset({"a"})] * 100
    right = np.array([1.0] * 80 + [0.0] * 20)
    values = logistic(table(shown, frozenset({"a"})), right, penalty=1e-3)
    assert 1 / (1 + np.exp(-values[bucket("a")])) == pytest.approx(0.8, abs=0.01)
    assert np.count_nonzero(values) == 1
    assert len(values) == BUCKETS


def verbs() -> list[Example]:
    """Return forty documents in which "wished" is not real and "told" is."""
    kinds = {"wished": 1.0, "told": 0.0}
    return [
        Example(f"d{n}", frozenset({"always", k}), v) for n in range(40) for k, v in kinds.items()
    ]


def test_each_fold_judges_documents_that_its_model_has_not_seen(monkeypatch):
    seen = []

    def spy(examples):
        seen.append({e.document for e in examples})
        return irrealis(examples)

    monkeypatch.setattr(events, "irrealis", spy)
    found = folded(verbs())
    assert len(found) == 80
    assert all(said == (e.wanted > 0) for e, said in found)
    assert all(len(documents) == 36 for documents in seen)


def test_own_moods_teach_nothing():
    taught = [Example("d", frozenset({"always", "mood=Fut"}), 1.0)] * 5
    model = irrealis([*verbs(), *taught])
    assert model.values[bucket("mood=Fut")] == 0


def test_factuality_starts_from_the_mean():
    model = factuality([Example("d", frozenset({"always"}), 2.0)] * 20)
    assert model.total(frozenset({"always"})) == pytest.approx(2.0 * events.FACTUALITY_STRETCH)


def test_training_writes_numbers_settings_and_cards(tmp_path: Path):
    words = [{"start": 10, "end": 14, "factuality": 2}, {"start": 4, "end": 9, "factuality": -1}]
    rows = [
        {"id": f"u{n}", "split": part, "text": "The ferry sank .", "targets": words}
        for n, part in enumerate(["train"] * 6 + ["dev"])
    ]
    documents = [{**ROW, "id": f"quay{n}"} for n in range(10)]
    lines = {events.UDS: rows, events.TIMEBANK: documents}
    for name, found in lines.items():
        (tmp_path / name).write_text("\n".join(map(json.dumps, found)), "utf-8")
    told: list[str] = []
    events.train(tmp_path, tmp_path / "out", tell=told.append)
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert names == sorted(
        f"{m}.{e}" for m in ("irrealis-fr", "factuality-en") for e in ("npz", "toml", "md")
    )
    assert "10 documents" in (tmp_path / "out" / "irrealis-fr.md").read_text("utf-8")
    assert told[-1] == "fitting factuality"

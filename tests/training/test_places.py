"""The recipe of the model of places: what counts as right, and that fitting finds it."""

import numpy as np
import pytest

from ondit.language.gazetteer import load_gazetteer
from ondit.training import places
from ondit.training.placecard import Answer, card, share

PARIS = load_gazetteer().find("Paris")
ROW = {
    "id": "1",
    "lang": "en",
    "text": "She has lived in Paris, Texas, since Monday.",
    "toponyms": [{"start": 17, "end": 22, "text": "Paris", "geonameid": "4717560"}],
}


def right(gold, candidates=PARIS):
    """Return the ids of those of `candidates` that `gold` means."""
    marks = places.right(gold, candidates)
    return [p.geonames for p, yes in zip(candidates, marks, strict=True) if yes]


def test_an_id_means_one_candidate():
    assert right({"geonameid": "4717560", "lat": 0, "lon": 0}) == [4717560]


def test_coordinates_mean_the_town_before_the_division_named_after_it():
    assert right({"lat": 48.86, "lon": 2.35}) == [2988507]


def test_coordinates_of_a_land_are_taken_loosely():
    assert right({"lat": 58.0, "lon": 92.0}, load_gazetteer().find("Russia")) == [2017370]


def test_coordinates_far_off_mean_nothing():
    assert right({"lat": -80.0, "lon": 0.0}) == []


@pytest.fixture(scope="module")
def document():
    """Return one annotated document."""
    return places.document(ROW, "lgl.jsonl")


def test_a_document_holds_what_annotators_said(document):
    (judged,) = document.judged
    candidate = document.asked[judged.index].candidates[int(judged.right.argmax())]
    assert (candidate.geonames, judged.times) == (4717560, 1)


def test_names_of_world_news_are_also_asked_alone(document):
    world = places.Document(places.WORLD, document.asked, document.judged)
    (alone,) = places.alone([document, world])
    assert [question.name for question in alone.asked] == ["paris"]


def test_fitting_makes_right_what_annotators_said(document, monkeypatch):
    monkeypatch.setattr(places, "STEPS", 40)
    (answer,) = places.answers([document], places.model([document]))
    assert (answer.right, answer.known) == (True, True)


def test_each_fold_judges_documents_that_its_model_has_not_seen(monkeypatch):
    seen = []
    monkeypatch.setattr(places, "FOLDS", 2)
    monkeypatch.setattr(places, "model", lambda docs: seen.append([d.corpus for d in docs]))
    monkeypatch.setattr(places, "answers", lambda docs, _: iter([d.corpus for d in docs]))
    documents = [places.Document(str(n), [], []) for n in range(4)]
    judged = places.folded(documents)
    assert sorted(judged) == ["0", "1", "2", "3"]
    halves = (judged[:2], judged[2:])
    assert all(not set(part) & set(half) for part, half in zip(seen, halves, strict=True))


def test_slopes_are_those_of_the_loss(document):
    table = places.describe(document.asked)
    examples = places.sheet([document], [table], [table.told])
    parts = places._first(examples, np.random.default_rng(1))
    slope = places._slopes(examples, parts)["none"]
    moved = {**parts, "none": parts["none"] - 1e-5 * slope}
    assert _loss(examples, moved) < _loss(examples, parts)


def _loss(examples, parts):
    hidden = np.tanh(examples.shown @ parts["first"] + parts["bias"])
    scores = np.exp(hidden @ parts["second"] + examples.shown @ parts["plain"])
    none = np.exp(examples.none @ parts["none"])
    total = np.bincount(examples.owner, scores) + none
    good = np.bincount(examples.owner, scores * examples.right) + none * examples.none_right
    return -np.log(good / total).sum()


def test_the_card_tells_how_far_to_trust_it():
    answers = [
        Answer("lgl.jsonl", 0.97, right=True, known=True),
        Answer("lgl.jsonl", 0.1, right=False, known=False),
        Answer("geovirus.jsonl", 0.6, right=True, known=True),
    ]
    written = card(digest="abc", folded=answers, crossed=answers, numbers=45)
    assert "| lgl.jsonl | 2 | 50.0 % | 100.0 % | 100.0 % |" in written
    assert "| 0.5 | 50.0 % | 100.0 % | 100.0 % | 100.0 % |" in written
    assert share([]) == 0

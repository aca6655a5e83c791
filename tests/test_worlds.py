"""Invented worlds: the same for the same seed, true to their gold; the scorer counts as it says."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Literal

import pytest

from benchmarks.worlds.baselines import BASELINES
from benchmarks.worlds.generating import world, worlds
from benchmarks.worlds.gold import Contradiction, Edge, Report, World
from benchmarks.worlds.growing import grown
from benchmarks.worlds.pages import page
from benchmarks.worlds.perfect import perfect
from benchmarks.worlds.scoring import scores
from benchmarks.worlds.tables import Schema, frames, furniture, outlets, schemas, topics

WORLDS = list(worlds(120))


def test_one_seed_gives_one_world_and_another_seed_another() -> None:
    assert world(11) == world(11)
    assert world(11) != world(12)


@pytest.mark.parametrize("kind", schemas())
def test_wordings_are_aligned_and_speak_of_the_same_slots(kind: str) -> None:
    schema: Schema = schemas()[kind]
    for fact in schema.fact:
        assert len(fact.fr) == len(fact.en) == 3
        assert {_slots(text) for text in (*fact.fr, *fact.en)} == {_slots(fact.fr[0])} or (
            fact.number is not None or fact.id == "lead"
        )
        assert all(f"{{{fact.number}}}" in text for text in fact.fr + fact.en if fact.number)
    assert len(schema.background["fr"]) == len(schema.background["en"])
    assert topics()[kind]


def _slots(text: str) -> frozenset[str]:
    return frozenset(part.split("}")[0] for part in text.split("{")[1:])


def test_frames_and_furniture_are_aligned() -> None:
    for name, aligned in {**frames(), **furniture()}.items():
        assert name in ("agencies", "unseen") or len(aligned["fr"]) == len(aligned["en"]), name
    assert len({outlet.host for outlet in outlets()}) == len(outlets())


@pytest.mark.parametrize("made", WORLDS, ids=lambda made: str(made.seed))
def test_gold_is_consistent(made: World) -> None:
    ids = {report.id for report in made.reports}
    assert 3 <= len(ids) == len(made.reports) <= 15
    assert {name for held in made.origins.values() for name in held} == ids
    for edge in made.edges:
        assert {edge.source, edge.target} <= ids
        assert edge.source != edge.target
        shared = any({edge.source, edge.target} <= set(held) for held in made.origins.values())
        assert shared == (edge.kind not in ("cites", "shared-quote"))
    for truth in made.contradictions:
        assert set(truth.a) | set(truth.b) <= ids
    for tellers in made.facts.values():
        for origin, reports in tellers.items():
            holders = {*made.origins.get(origin, ()), *made.cited.get(origin, ())}
            assert set(reports) <= holders


@pytest.mark.parametrize("made", WORLDS, ids=lambda made: str(made.seed))
def test_what_is_planted_stands_in_the_page(made: World) -> None:
    for report in made.reports:
        assert 40 <= len(report.text.split()) <= 450
        for said in report.said:
            assert said.text in report.text
            assert "{" not in said.text
        assert "</article>" in page(report).decode()


def test_sentences_end_and_begin_as_sentences_do() -> None:
    for made in WORLDS:
        for report in made.reports:
            for paragraph in report.paragraphs:
                assert paragraph[-1] in '.?!”»"', paragraph
                assert " ." not in paragraph.replace("\u00a0.", "")
                assert not re.search(r" de les? | à les? | que [aeiou]", paragraph)


def test_independent_worlds_are_as_frequent_as_copied_ones() -> None:
    recipes = Counter(made.recipe for made in WORLDS)
    assert recipes["independent"] == len(WORLDS) / 2
    derived = {"copy", "partial", "rewrite", "translation"}
    assert not any(
        edge.kind in derived
        for made in WORLDS
        if made.recipe == "independent"
        for edge in made.edges
    )


def test_independent_accounts_share_no_sentence() -> None:
    for made in WORLDS:
        tellers: dict[str, set[str]] = {}
        for report in made.reports:
            for said in report.said:
                if ":quote:" not in said.key:
                    tellers.setdefault(said.text, set()).add(said.origin)
        assert all(len(origins) == 1 for origins in tellers.values())


def test_every_operator_and_contradiction_occurs() -> None:
    many = list(worlds(400, seed=3))
    operators = Counter(edge.operator for made in many for edge in made.edges)
    assert set(operators) == {
        *("verbatim", "light", "cut", "embed", "partial", "rewrite", "translation", "update"),
        *("wire credited", "wire uncredited", "wire uncaptured", "copying error"),
        *("cites", "shared quote", "press release"),
    }
    kinds = {truth.kind for made in many for truth in made.contradictions if truth.required}
    assert kinds == {"update", "disagreement", "denial", "copying-error"}
    assert any(report.published is None for made in many for report in made.reports)


@pytest.mark.parametrize("step", ["copy", "translation"])
def test_a_copy_raises_no_count(step: Literal["copy", "translation"]) -> None:
    pairs = [pair for seed in range(30) if (pair := grown(seed, step))]
    assert len(pairs) > 10
    for pair in pairs:
        assert len(pair.after.reports) == len(pair.before.reports) + 1
        assert pair.after.origins.keys() == pair.before.origins.keys()
        assert _counts(pair.after) == _counts(pair.before)
        assert any(edge.target == pair.added for edge in pair.after.edges)


def test_an_independent_account_raises_the_count_of_what_it_tells_by_one() -> None:
    pairs = [pair for seed in range(30) if (pair := grown(seed, "independent"))]
    assert len(pairs) > 10
    for pair in pairs:
        told = {fact for fact, held in pair.after.facts.items() if (pair.added,) in held.values()}
        before, after = _counts(pair.before), _counts(pair.after)
        assert told & before.keys()
        assert after == before | {fact: before.get(fact, 0) + 1 for fact in told}


def test_noise_and_swapped_dates_leave_the_counts_alone() -> None:
    noisy = [pair for seed in range(8) if (pair := grown(seed, "noise"))]
    swapped = [pair for seed in range(30) if (pair := grown(seed, "swap"))]
    assert noisy
    assert swapped
    for pair in (*noisy, *swapped):
        before, after = _counts(pair.before), _counts(pair.after)
        assert {fact: after[fact] for fact in before} == before
    assert all(pair.before.origins == pair.after.origins for pair in swapped)


def _counts(made: World) -> dict[str, int]:
    return {fact: made.independent(fact) for fact in made.facts}


def test_the_perfect_answer_has_full_marks() -> None:
    found = scores((made, perfect(made)) for made in WORLDS)
    lower = {"over", "over.high", "under"}
    assert {name: value for name, value in found.items() if name not in lower} == {
        name: pytest.approx(100) for name in found if name not in lower
    }
    assert [found[name] for name in sorted(lower)] == [0, 0, 0]


def _report(id: str) -> Report:
    return Report(
        id=id,
        outlet=id,
        publisher=id,
        family=id,
        host=id,
        url=id,
        language="en",
        title="Rain",
        paragraphs=("It rained.",),
    )


FOUR = World(
    seed=0,
    recipe="by hand",
    reports=tuple(map(_report, "abcd")),
    edges=(Edge("a", "b", "copy"), Edge("a", "c", "translation")),
    related=(("a", "b"), ("a", "c"), ("b", "c")),
    origins={"o1": ("a", "b", "c"), "o2": ("d",)},
    contradictions=(
        Contradiction("v:toll", "update", ("a", "b"), ("d",)),
        Contradiction("v:toll", "copying-error", ("a",), ("c",)),
    ),
)


def _classes(*classes: str, low: int = 1, high: int = 1) -> dict[str, Any]:
    group = {"claims": [{"report": name} for name in "abcd"], "origins": {"low": low, "high": high}}
    return {
        "origins": [{"reports": list(ids)} for ids in classes],
        "groups": [{"id": "g", **group}],
    }


def test_all_merged_and_all_separate() -> None:
    merged = scores([(FOUR, _classes("abcd"))])
    assert merged["origins.recall"] == 100
    assert merged["origins.precision"] == pytest.approx(100 * (3 * 0.75 + 0.25) / 4)
    assert (merged["over"], merged["under"]) == (0, 100)
    apart = scores([(FOUR, _classes(*"abcd", low=4, high=4))])
    assert apart["origins.precision"] == 100
    assert apart["origins.recall"] == pytest.approx(100 * (3 / 3 + 1) / 4)
    assert (apart["over"], apart["under"]) == (100, 0)


def test_an_interval_around_the_truth_counts_neither_too_many_nor_too_few() -> None:
    found = scores([(FOUR, _classes("abc", "d", low=1, high=3))])
    assert (found["over"], found["over.high"], found["under"]) == (0, 100, 0)


def _edge(source: str, target: str, kind: str, direction: str = "unknown") -> dict[str, str]:
    return {"from": source, "to": target, "kind": kind, "direction": direction}


def test_edges_count_by_kind_and_pair() -> None:
    wrong_kind = scores(
        [(FOUR, {"derivations": [_edge("b", "a", "copy"), _edge("a", "c", "copy")]})]
    )
    assert wrong_kind["edges"] == pytest.approx(50)
    assert wrong_kind["edges.untyped"] == 100
    sibling = scores([(FOUR, {"derivations": [_edge("b", "c", "translation")]})])
    assert sibling["edges"] == 0, (
        "a pair of one family that nobody asked for is no error, nor a hit"
    )
    stranger = scores([(FOUR, {"derivations": [_edge("a", "d", "copy"), _edge("a", "b", "copy")]})])
    assert stranger["edges.untyped"] == pytest.approx(50)


def test_only_given_directions_are_judged() -> None:
    edges = [_edge("b", "a", "copy", "known"), _edge("a", "c", "translation")]
    found = scores([(FOUR, {"derivations": edges})])
    assert (found["direction"], found["direction.given"]) == (0, 50)
    right = [_edge("a", "b", "copy", "known")]
    assert scores([(FOUR, {"derivations": right})])["direction"] == 100


def _clash(one: str, other: str, kind: str) -> dict[str, Any]:
    return {"a": {"report": one}, "b": {"report": other}, "kind": kind}


def test_contradictions_count_once_for_each_side() -> None:
    twice = [_clash("d", "a", "update"), _clash("d", "b", "update")]
    found = scores([(FOUR, {"contradictions": twice})])
    assert found["contradictions"] == pytest.approx(2 / 3 * 100)
    assert found["contradictions.update"] == 100
    wrong = scores([(FOUR, {"contradictions": [_clash("a", "d", "denial")]})])
    assert wrong["contradictions"] == 0


def test_baselines_answer_in_the_same_shape_and_fall_short() -> None:
    for name, baseline in BASELINES.items():
        found = scores((made, baseline(list(made.reports))) for made in WORLDS)
        assert found["origins"] < 95, name
        assert found["over"] > 5 or found["under"] > 5, name

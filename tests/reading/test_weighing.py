"""Weighing: rules and network side by side, nested and outermost, with a confidence each."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.language.lexicon import load_pack
from ondit.model import SpanIndex
from ondit.reading.attribution import by_rules
from ondit.reading.scene import Scene
from ondit.reading.tagging.proposals import Proposal
from ondit.reading.weighing import FEATURES, Scale, candidates, chosen, overlap, scale_of
from tests.marked import parsed

STRING = "Ada Holm said that the mayor denied that the quay was closed."


def scene() -> Scene:
    return Scene(parsed(STRING, "en"), load_pack("en"), SpanIndex(()))


def proposal(stage: Scene, *, source: str, cue: str, content: str, sure: float = 0.9) -> Proposal:
    def tokens(words: str) -> tuple[int, ...]:
        at = STRING.index(words)
        return tuple(t.index for t in stage.text.tokens_in(at, at + len(words)))

    return Proposal(
        cue=tokens(cue), head=tokens(cue)[0], source=tokens(source), content=(tokens(content),),
        outer=sure, any=sure, whose=sure, what=sure,
    )  # fmt: skip


SAID = {
    "source": "Ada Holm",
    "cue": "said",
    "content": "that the mayor denied that the quay was closed",
}
DENIED = {"source": "the mayor", "cue": "denied", "content": "that the quay was closed"}


def scale(*, least_outer: float = 0.5, least_nested: float = 0.5, nested: float = 1.0) -> Scale:
    """Return a scale that goes by the network's probability alone."""
    outer = [float(name == "outer") for name in FEATURES]
    inner = [nested * (name == "outer") for name in FEATURES]
    return Scale(tuple(outer), tuple(inner), least_outer, least_nested)


def test_rule_and_network_that_mean_one_cue_make_one_candidate() -> None:
    stage = scene()
    found = list(candidates(stage, by_rules(stage), [proposal(stage, **SAID)]))
    cues = [stage.tokens[c.draft.cue.head].text for c in found if c.draft.cue]
    assert sorted(cues) == ["denied", "said"]
    said = next(c for c in found if c.draft.rule.startswith("network+"))
    named = dict(zip(FEATURES, said.features, strict=True))
    assert (named["proposed"], named["ruled"], named["same-source"]) == (1, 1, 1)
    assert named["same-content"] == pytest.approx(1, abs=0.05)


def test_what_the_pack_knows_of_a_cue_is_kept() -> None:
    stage = scene()
    (found,) = candidates(stage, [], [proposal(stage, **DENIED)])
    assert found.draft.cue is not None
    assert found.draft.cue.act == "denial"
    assert found.draft.rule == "network"


def test_what_is_not_sure_enough_is_left_out() -> None:
    stage = scene()
    found = list(candidates(stage, [], [proposal(stage, **SAID, sure=0.4)]))
    assert chosen(stage, found, scale()) == []
    (kept,) = chosen(stage, found, scale(least_outer=0.3))
    assert kept.confidence == pytest.approx(0.4, abs=0.001)


def test_within_another_the_nested_scale_counts() -> None:
    stage = scene()
    proposals = [proposal(stage, **SAID), proposal(stage, **DENIED, sure=0.8)]
    found = list(candidates(stage, [], proposals))
    both = chosen(stage, found, scale())
    assert [d.confidence for d in both] == pytest.approx([0.9, 0.8], abs=0.001)
    assert len(chosen(stage, found, scale(least_nested=0.95))) == 1
    doubted = chosen(stage, found, scale(nested=0.1, least_nested=0.51))
    assert [d.confidence for d in doubted] == pytest.approx([0.9, 0.535], abs=0.002)


def test_of_two_with_one_cue_the_surer_stays() -> None:
    stage = scene()
    rival = {**SAID, "content": "the quay was closed"}
    proposals = [proposal(stage, **SAID, sure=0.6), proposal(stage, **rival, sure=0.7)]
    (kept,) = chosen(stage, list(candidates(stage, [], proposals)), scale())
    assert kept.confidence == pytest.approx(0.7, abs=0.001)


def test_settings_for_other_features_are_refused() -> None:
    settings = {"regression": {"features": ["always"]}, "presets": {}}
    with pytest.raises(ValueError, match="train it anew"):
        scale_of(settings, "balanced")


SPANS = st.lists(
    st.tuples(st.integers(0, 50), st.integers(1, 9)).map(lambda p: (p[0], p[0] + p[1])), max_size=1
)


@given(one=SPANS, other=SPANS)
def test_overlap_is_even_and_between_nothing_and_all(
    one: list[tuple[int, int]], other: list[tuple[int, int]]
) -> None:
    assert 0 <= overlap(one, other) <= 1
    assert overlap(one, other) == overlap(other, one)
    assert overlap(one, one) == 1

"""Laws that hold for any world: what one report more, or a wrong date, does to the counts."""

import pytest

from benchmarks.worlds.asking import read
from benchmarks.worlds.growing import Grown, Step, grown
from ondit.comparing.corroboration import corroborate
from ondit.model.comparison import Corroboration

SEEDS = (2, 3, 4)


def changed(seed: int, step: Step) -> tuple[Grown, Corroboration, Corroboration]:
    world = grown(seed, step)
    if world is None:
        pytest.skip("the world has no room for it")
    before, after = (
        corroborate([(report.id, read(report)) for report in side.reports])
        for side in (world.before, world.after)
    )
    return world, before, after


def counts(found: Corroboration) -> dict[tuple[str, str], int]:
    return {(c.report, c.claim): g.origins.high for g in found.groups for c in g.claims}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("step", ["copy", "translation"])
def test_what_is_handed_on_raises_no_count(seed: int, step: Step) -> None:
    world, before, after = changed(seed, step)
    assert len(after.origins) <= len(before.origins)
    known = counts(before)
    for claim, origins in counts(after).items():
        if claim[0] != world.added:
            assert origins <= known.get(claim, 1)


@pytest.mark.parametrize("seed", SEEDS)
def test_an_independent_report_is_one_origin_more(seed: int) -> None:
    _, before, after = changed(seed, "independent")
    assert len(after.origins) == len(before.origins) + 1


@pytest.mark.parametrize("seed", SEEDS)
def test_an_unrelated_report_changes_nothing(seed: int) -> None:
    world, before, after = changed(seed, "noise")
    assert len(after.origins) == len(before.origins) + 1
    assert counts(before) == counts(after)
    assert not any(world.added in {d.from_, d.to} for d in after.derivations)


@pytest.mark.parametrize("seed", range(12))
def test_exchanged_dates_never_turn_a_direction_round(seed: int) -> None:
    world, _, after = changed(seed, "swap")
    true = {(edge.source, edge.target) for edge in world.after.edges}
    for derivation in after.derivations:
        if derivation.direction == "known":
            assert (derivation.to, derivation.from_) not in true


@pytest.mark.parametrize("seed", SEEDS)
def test_every_span_of_evidence_stands_in_its_report(seed: int) -> None:
    world, _, after = changed(seed, "translation")
    texts = {report.id: read(report).text for report in world.after.reports}
    for derivation in after.derivations:
        for one in derivation.evidence:
            assert one.from_span is None or one.from_span.holds(texts[derivation.from_])
            assert one.to_span is None or one.to_span.holds(texts[derivation.to])
    for found in after.contradictions:
        for one in found.evidence:
            assert one.from_span is None or one.from_span.holds(texts[found.a.report])
            assert one.to_span is None or one.to_span.holds(texts[found.b.report])

"""Synthetic reports: the same for the same seed, sound records, the shares that they claim."""

from __future__ import annotations

from collections import Counter

from benchmarks import scale


def test_reports_are_the_same_for_the_same_seed() -> None:
    assert list(scale.reports(60, seed=4)) == list(scale.reports(60, seed=4))
    assert list(scale.reports(60, seed=4)) != list(scale.reports(60, seed=5))


def test_half_are_told_for_themselves() -> None:
    kinds = Counter(report.kind for report in scale.reports(2000))
    assert set(kinds) == set(scale.SHARES)
    assert all(abs(kinds[kind] / 20 - share) < 4 for kind, share in scale.SHARES.items())


def test_records_hold_their_spans_and_the_stock_of_their_outlet() -> None:
    made = [(report, scale.record(report)) for report in scale.reports(200)]
    for _, record in made:
        record.verify()
    lines = Counter(line for _, record in made for line in record.text.split("\n")[-2:])
    assert max(lines.values()) > 5, "chains share a line"
    by_outlet = {report.outlet: record.text.split("\n")[-1] for report, record in made}
    assert all(record.text.endswith(by_outlet[report.outlet]) for report, record in made)


def test_copies_are_known_and_cost_is_measured() -> None:
    found = scale.measured(80)
    assert found["derivations"] > 10
    assert found["seconds"] > 0

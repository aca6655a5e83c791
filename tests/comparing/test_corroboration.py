"""Whole comparisons: the example case by eye, and laws that hold for any reports."""

import msgspec
import pytest
from msgspec.structs import replace

from ondit import read_many
from ondit.comparing.corroboration import corroborate
from ondit.examples import reports
from ondit.model import Record, digest
from ondit.model.comparison import Corroboration


@pytest.fixture(scope="module")
def records() -> list[Record]:
    return list(read_many(reports()))


@pytest.fixture(scope="module")
def found(records: list[Record]) -> Corroboration:
    return compared(records)


def compared(records: list[Record]) -> Corroboration:
    return corroborate((f"r{n}", record) for n, record in enumerate(records, start=1))


def edges(found: Corroboration) -> set[tuple[str, str, str, str]]:
    return {(d.from_, d.to, d.kind, d.direction) for d in found.derivations}


def test_the_reprint_the_translation_and_the_citations_of_the_example_are_found(found):
    assert edges(found) == {
        ("r1", "r2", "partial", "known"),  # "avec Agence Littoral"
        ("r3", "r4", "translation", "unknown"),  # nothing but the days orders them
        ("r2", "r5", "cites", "known"),
        ("r3", "r5", "cites", "known"),
    }


def test_six_reports_have_four_origins(found):
    assert [o.reports for o in found.origins] == [("r1", "r2"), ("r3", "r4"), ("r5",), ("r6",)]
    assert found.origins[0].began == "r1"


def test_every_span_of_the_evidence_stands_in_its_report(found, records):
    texts = {f"r{n}": record.text for n, record in enumerate(records, start=1)}
    for derivation in found.derivations:
        for one in derivation.evidence:
            assert one.from_span is None or one.from_span.holds(texts[derivation.from_])
            assert one.to_span is None or one.to_span.holds(texts[derivation.to])


def test_no_group_has_more_origins_than_publishers_or_reports(found):
    assert found.groups
    for group in found.groups:
        assert 1 <= group.origins.low <= group.origins.high <= group.reports
        assert group.publishers <= group.reports


def test_the_order_of_the_reports_changes_nothing(found, records):
    names = {f"r{n}": record for n, record in enumerate(records, start=1)}
    turned = corroborate(reversed(names.items()))
    assert {frozenset(o.reports) for o in turned.origins} == {
        frozenset(o.reports) for o in found.origins
    }
    assert {(frozenset((d.from_, d.to)), d.kind) for d in turned.derivations} == {
        (frozenset((d.from_, d.to)), d.kind) for d in found.derivations
    }
    assert {o.id for o in turned.origins} == {o.id for o in found.origins}


def test_two_runs_give_the_same_bytes(found, records):
    assert msgspec.json.encode(compared(records)) == msgspec.json.encode(found)


def test_a_copy_raises_no_count(found, records):
    for record in records:
        more = compared([*records, copied(record)])
        assert len(more.origins) == len(found.origins)
        assert highest(more) <= highest(found)


def copied(record: Record) -> Record:
    """Return the record as another outlet would carry it, word for word."""
    meta = replace(record.meta, outlet="Le Relais", publisher=None, canonical=None)
    capture = replace(record.capture, sha256=digest(record.text.encode() + b"copy"), url=None)
    return replace(record, input="copy.html", capture=capture, meta=meta)


def highest(found: Corroboration) -> int:
    return max(group.origins.high for group in found.groups)


def test_a_report_alone_is_its_own_origin(records):
    alone = compared(records[:1])
    assert [o.reports for o in alone.origins] == [("r1",)]
    assert alone.derivations == alone.groups == alone.contradictions == ()


def test_no_reports_share_nothing():
    assert compared([]) == Corroboration()

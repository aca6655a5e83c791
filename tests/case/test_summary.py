"""Summaries: who, when, how many, as values."""

from msgspec.structs import replace

from ondit.case.summary import claim_rows, count, sources, timeline
from ondit.model import Record, Timex
from tests.case.fakes import a_record, a_report


def two_reports() -> list[Record]:
    return [a_record(), a_record(a_report(name="copy.txt"))]


def test_a_claim_is_resolved_to_words() -> None:
    first, second, third, fourth = claim_rows(a_record(), number=3)
    assert (first.places, first.entities) == (("Port-Ormelle",), ("Reine Aldara",))
    assert [(when.words, when.type) for when in first.times] == [("lundi", "DATE")]
    assert (first.earliest, first.report) == ("2031-03-03", 3)
    assert second.quoted
    assert [voice.name for voice in second.voices] == ["un marin récemment retraité", "Ana Orme"]
    assert second.ground == "anonymous"
    assert third.quantities == ("quatorze passagers",)
    assert (fourth.ground, fourth.voices) == ("report", ())


def test_claims_come_in_text_order() -> None:
    record = a_record()
    shuffled = replace(record, claims=record.claims[::-1])
    assert [row.claim for row in claim_rows(shuffled)] == [c.id for c in record.claims]


def test_named_sources_are_one_throughout_a_case_and_others_are_not() -> None:
    rows = [row for n, r in enumerate(two_reports()) for row in claim_rows(r, number=n)]
    found = [(s.name, s.claims, s.relayed, len(s.reports), s.anonymous) for s in sources(rows)]
    assert found == [
        ("la capitainerie", 2, 0, 2, False),
        ("La mairie", 2, 0, 2, False),
        ("un marin récemment retraité", 1, 0, 1, True),
        ("un marin récemment retraité", 1, 0, 1, True),
        ("Ana Orme", 0, 2, 2, False),
    ]


def test_names_that_differ_in_accents_and_case_are_one_source() -> None:
    record = a_record()
    renamed = tuple(replace(e, name="LA MAIRIE") if e.id == "e-3" else e for e in record.entities)
    rows = [*claim_rows(record, number=1), *claim_rows(replace(record, entities=renamed), number=2)]
    assert [s.claims for s in sources(rows) if s.name == "La mairie"] == [2]


def test_the_timeline_orders_by_bounds_and_leaves_out_the_undated() -> None:
    record = a_record()
    span = record.timexes[0].span
    bounds = [
        ("2031-03-05", "2031-03-05"),
        (None, "2031-03-02"),
        ("2031-03-03", None),
        (None, None),
    ]
    timexes = tuple(
        Timex(id=f"t-{n}", span=span, type="DATE", earliest=e, latest=x, rule="test")
        for n, (e, x) in enumerate(bounds)
    )
    claims = tuple(replace(claim, times=(f"t-{n}",)) for n, claim in enumerate(record.claims))
    rows = claim_rows(replace(record, timexes=timexes, claims=claims))
    found = [(m.earliest, m.latest) for m in timeline(rows)]
    assert found == [(None, "2031-03-02"), ("2031-03-03", None), ("2031-03-05", "2031-03-05")]


def test_counts_add_up() -> None:
    counts = count(claim_rows(a_record()))
    assert counts.claims == sum(counts.status.values()) == sum(counts.grounds.values()) == 4
    assert counts.grounds == {"report": 1, "organisation": 2, "anonymous": 1}
    assert (counts.reports, counts.corrected) == (1, 0)
    assert count([]).claims == 0


def test_a_duration_sets_no_bounds_and_is_not_counted_twice() -> None:
    record = a_record()
    day, quantity = record.timexes[0], record.quantities[0]
    lasting = replace(
        day, id="t-1", span=quantity.span, type="DURATION", earliest="2031-01-01", latest=None
    )
    claim = replace(record.claims[2], times=(day.id, "t-1"), quantities=(quantity.id,))
    (row,) = claim_rows(replace(record, timexes=(day, lasting), claims=(claim,)))
    assert (row.earliest, row.latest) == ("2031-03-03", "2031-03-03")
    assert len(row.times) == 2
    assert row.quantities == ()

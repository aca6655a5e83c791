"""Provenance: from the words of a claim back to the bytes of its capture."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ondit.case.provenance import origin, provenance
from ondit.case.store import Case
from ondit.model import Record, Segment, cut
from tests.case.fakes import FERRY, a_record, a_report, read_lines


def mapped(text: str, selector: str | None = None) -> Record:
    segment = Segment(
        span=cut(text, 0, len(text)), byte_start=0, byte_end=len(text.encode()), selector=selector
    )
    return replace(read_lines(a_report(text)), segments=(segment,))


@given(st.text(min_size=1, max_size=40), st.data())
def test_plain_text_is_measured_to_the_byte(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span, content = cut(text, start, end), text.encode()
    found = origin(mapped(text), content, span)
    assert found is not None
    assert found.exact
    assert content[found.byte_start : found.byte_end].decode() == span.exact


def test_references_inside_an_element_are_counted_by_their_bytes() -> None:
    content = b"<p>Orme &amp; fils</p>"
    text = "Orme & fils"
    segment = Segment(span=cut(text, 0, 11), byte_start=3, byte_end=18, selector="p")
    record = replace(read_lines(a_report(text)), segments=(segment,))
    found = origin(record, content, cut(text, 3, 8))
    assert found is not None
    assert (found.byte_start, found.byte_end, found.exact) == (6, 15, True)
    assert found.selectors == ("p",)
    whole = origin(record, content, cut(text, 0, 11))
    assert whole is not None
    assert whole.exact
    last = origin(record, content, cut(text, 7, 11))
    assert last is not None
    assert (content[last.byte_start : last.byte_end], last.exact) == (b"fils", True)


def test_of_words_that_stand_twice_in_an_element_the_right_ones_are_found() -> None:
    content = b"<p>oui\n  et oui</p>"
    text = "oui et oui"
    segment = Segment(span=cut(text, 0, 10), byte_start=3, byte_end=15, selector="p")
    record = replace(read_lines(a_report(text)), segments=(segment,))
    found = origin(record, content, cut(text, 7, 9))
    assert found is not None
    assert (found.byte_start, found.byte_end, found.exact) == (12, 14, True)


def test_where_the_bytes_do_not_read_back_the_element_is_given_whole() -> None:
    content = b'<script>{"body": "Orme \\u0026 fils"}</script>'
    text = "Orme & fils"
    segment = Segment(span=cut(text, 0, 11), byte_start=8, byte_end=35, selector="script")
    record = replace(read_lines(a_report(text)), segments=(segment,))
    found = origin(record, content, cut(text, 3, 8))
    assert found is not None
    assert (found.byte_start, found.byte_end, found.exact) == (8, 35, False)


def test_a_span_over_two_elements_runs_from_one_to_the_other() -> None:
    content = b"<p>un</p><p>deux</p>"
    text = "un\ndeux"
    segments = (
        Segment(span=cut(text, 0, 2), byte_start=3, byte_end=5, selector="p:nth-of-type(1)"),
        Segment(span=cut(text, 3, 7), byte_start=12, byte_end=16, selector="p:nth-of-type(2)"),
    )
    record = replace(read_lines(a_report(text)), segments=segments)
    found = origin(record, content, cut(text, 1, 5))
    assert found is not None
    assert (found.byte_start, found.byte_end, found.exact) == (4, 14, True)
    assert len(found.selectors) == 2


def test_without_a_map_there_is_no_answer() -> None:
    assert origin(a_record(), FERRY.encode(), a_record().claims[0].spans[0]) is None


def test_a_claim_comes_with_all_that_stands_behind_it(case: Case) -> None:
    claim = [row.claim for row in case.claims()][1]
    case.decide(claim, "status", "denied", who="ana", why="she says so")
    held, id = case.find_claim(claim)  # noqa: A001  the field's name
    found = provenance(held, id, FERRY.encode())
    assert [a.source_kind for a in found.chain] == ["anonymous_person", "named_person"]
    assert [c.who for c in found.corrections] == ["ana"]
    assert found.row.words == found.spans[0].exact
    assert found.capture.sha256 == held.record.capture.sha256
    assert found.evidence[-1].rule == "person:ana"

"""Spans carry their characters, and an index finds them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.model import AnchorError, Span, SpanIndex, cut, trim, view


def test_a_span_whose_length_disagrees_is_refused():
    with pytest.raises(AnchorError, match="holds 2 characters, expected 3"):
        Span(0, 3, "ab")


def test_cut_refuses_a_range_outside():
    with pytest.raises(AnchorError, match="outside a text of 3"):
        cut("abc", 1, 9)


@given(st.text(max_size=40), st.data())
def test_a_cut_span_always_holds(string, data):
    start = data.draw(st.integers(0, len(string)))
    end = data.draw(st.integers(start, len(string)))
    span = cut(string, start, end)
    assert span.holds(string)
    assert span.exact == string[start:end]
    assert not span.exact or not Span(start, end, "§" * (end - start)).holds(
        string.replace("§", "")
    )


@given(st.text(alphabet=" \u00a0\u202fab\n", max_size=20))
def test_trim_leaves_no_space_at_the_edges(string):
    span = trim(string, 0, len(string))
    assert span.exact == string.strip(" \u00a0\u202f\n")


@given(st.text(max_size=60))
def test_the_view_keeps_every_offset(string):
    assert len(view(string)) == len(string)
    assert view(view(string)) == view(string)


ranges = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 8)), max_size=12)


@given(ranges, st.integers(0, 35), st.integers(1, 9))
def test_the_index_agrees_with_a_scan(rows, start, length):
    values = [(s, s + n, number) for number, (s, n) in enumerate(rows)]
    index, end = SpanIndex(values), start + length
    assert set(index.overlapping(start, end)) == {v for s, e, v in values if s < end and e > start}
    assert set(index.inside(start, end)) == {v for s, e, v in values if s >= start and e <= end}
    assert set(index.covering(start, end)) == {v for s, e, v in values if s <= start and e >= end}
    assert len(index) == len(rows)
    assert set(index) == {v for _, _, v in values}

"""Rows: bytes come back as they were, and never as more than they say."""

import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.case.rows import conditions, like, pack, to_json, unpack
from ondit.case.summary import Filter
from ondit.model import CaseError


@given(st.binary(max_size=300) | st.text("ab", max_size=600).map(str.encode))
def test_bytes_come_back_as_they_were(content: bytes) -> None:
    packed, encoding = pack(content)
    assert len(packed) <= len(content)
    assert unpack(packed, encoding, size=len(content)) == content


def test_a_row_that_unpacks_to_more_than_it_says_is_refused_early() -> None:
    bomb = zlib.compress(b"0" * 50_000_000)
    with pytest.raises(CaseError, match="they are not 1000 bytes"):
        unpack(bomb, "zlib", size=1000)
    with pytest.raises(CaseError, match="they are not 0 bytes"):
        unpack(bomb, "zlib", size=0)


@pytest.mark.parametrize("content", [b"", b"x", zlib.compress(b"word" * 99)[:-9]])
def test_damaged_bytes_are_told(content: bytes) -> None:
    with pytest.raises(CaseError, match="captured bytes are damaged"):
        unpack(content, "zlib", size=396)


def test_json_does_not_depend_on_the_order_of_keys() -> None:
    assert to_json({"b": 1, "a": 2}) == to_json({"a": 2, "b": 1})


def test_signs_of_patterns_are_just_signs() -> None:
    assert like("100%_!") == "100!%!_!!"


def test_no_word_of_a_person_becomes_a_part_of_a_statement() -> None:
    clauses, values = conditions(Filter(source="') OR 1 --", status=("denied",)))
    assert all("OR" not in clause for clause in clauses)
    assert values == ["') or 1 --", "denied"]

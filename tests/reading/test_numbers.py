"""Numbers: every example of the packs, separators, and what is no number."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.language.lexicon import available, load_pack
from ondit.reading.numbers import NumberTable, either, lowered, numbers, whole

EXAMPLES = [
    (tag, example.text, example.value)
    for tag in available()
    for table in [load_pack(tag).table("numbers", NumberTable)]
    for entries in (table.word, table.scale, table.fraction)
    for entry in entries
    for example in entry.examples
]


@pytest.mark.parametrize(("tag", "text", "value"), EXAMPLES)
def test_an_example_is_one_number_of_its_value(tag, text, value):
    grammar = numbers(load_pack(tag))
    assert re.fullmatch(grammar.pattern, lowered(text))
    assert grammar.value(lowered(text)) == value


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f", "\u2009"])
def test_every_space_may_part_groups(space):
    grammar = numbers(load_pack("fr"))
    assert grammar.value(lowered(f"80{space}000")) == 80_000


def test_words_that_do_not_add_up_are_no_number():
    grammar = numbers(load_pack("fr"))
    assert grammar.value("deux trois") is None
    assert grammar.value("vingt vingt") is None


@given(st.integers(min_value=1, max_value=999_999_999))
def test_groups_are_read_back(number):
    assert numbers(load_pack("en")).value(f"{number:,}") == number
    assert numbers(load_pack("fr")).value(f"{number:,}".replace(",", " ")) == number


@given(st.text())
def test_lowering_keeps_the_length(string):
    assert len(lowered(string)) == len(string)


def test_the_longest_word_is_tried_first():
    assert re.match(either(["dix", "dix sept"]), "dix  sept")[0] == "dix  sept"


def test_whole_numbers_lose_their_point():
    assert whole(3.0) == 3
    assert isinstance(whole(3.0), int)
    assert whole(1.2 * 3) == 3.6

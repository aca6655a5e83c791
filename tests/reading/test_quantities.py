"""Quantities: every example of the packs, the set of sentences, and what counts nothing."""

import pytest

from ondit.language.lexicon import available, load_pack
from ondit.model import Capture, Quantity, Record, Text
from ondit.reading import quantities, timex
from ondit.reading.quantities import QuantityTable
from tests.marked import blocks_of, marked

ENTRIES = ("bounds", "range", "vague", "unit", "ratio", "age", "role", "persons")
EXAMPLES = [
    (tag, example)
    for tag in available()
    for name in ENTRIES
    for entry in getattr(load_pack(tag).table("quantities", QuantityTable), name)
    for example in entry.examples
]


def surface(string: str, language: str) -> Text:
    """Return `string` as blocks of one sentence each, without a parse."""
    blocks = blocks_of(string)
    ranges = tuple((b.start, b.end) for b in blocks)
    return Text(string=string, language=language, blocks=blocks, sentences=ranges, key="test")


def read(text: Text) -> list[Quantity]:
    """Return the quantities of `text`, read behind its times."""
    pack = load_pack(text.language or "")
    record = Record(input="t", capture=Capture(sha256="0", bytes=0), text=text.string)
    times = tuple(timex.find(text, record, pack))
    record = Record(
        input="t", capture=Capture(sha256="0", bytes=0), text=text.string, timexes=times
    )
    return list(quantities.find(text, record, pack))


@pytest.mark.parametrize(("tag", "example"), EXAMPLES, ids=lambda v: getattr(v, "text", v))
def test_an_example_is_the_quantity_it_says(tag, example):
    expected = marked(example.text)
    found = [q for q in read(surface(expected.text, tag)) if q.span.exact in expected.of("x")]
    assert [(q.value, q.low, q.high, q.unit, q.kind, q.role) for q in found] == [
        (example.value, example.low, example.high, example.unit, example.kind, example.role)
    ], read(surface(expected.text, tag))

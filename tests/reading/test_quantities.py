"""Quantities: every example of the packs, the set of sentences, and what counts nothing."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.language.lexicon import available, load_pack
from ondit.model import Capture, Quantity, Record, Text
from ondit.reading import quantities, timex
from ondit.reading.quantity_table import QuantityTable
from tests.marked import blocks_of, marked, parsed

ENTRIES = (
    "bounds", "range", "vague", "unit", "ratio", "age", "role", "persons",
    "tally", "echo", "change", "article", "minus",
)  # fmt: skip
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


SET = Path(__file__).parent / "data" / "quantities.tsv"


def sentences() -> Iterator[tuple[str, str, tuple[object, ...]]]:
    """Yield language, marked sentence and (value, low, high, unit, kind) of the quantity set."""
    for line in SET.read_text("utf-8").splitlines():
        if not line.startswith("#"):
            language, sentence, *cells = line.split("\t")
            numbers = [None if c == "-" else float(c) for c in cells[:3]]
            unit = None if cells[3] == "-" else cells[3]
            yield language, sentence, (*numbers, unit, cells[4])


@pytest.mark.parametrize("language", available())
def test_the_set_of_sentences_is_read_exactly(language):
    rows = [(marked(s), wanted) for tag, s, wanted in sentences() if tag == language]
    found = read(parsed("\n".join(m.text for m, _ in rows), language))
    position, wrong = 0, []
    for row, wanted in rows:
        (_, start, end) = row.spans[0]
        hits = [
            (q.value, q.low, q.high, q.unit, q.kind)
            for q in found
            if (q.span.start, q.span.end) == (position + start, position + end)
        ]
        if hits != [wanted]:
            inside = [q for q in found if position <= q.span.start < position + len(row.text)]
            wrong.append((row.text, wanted, inside))
        position += len(row.text) + 1
    assert len(rows) >= 75
    assert len(wrong) <= 0.05 * len(rows), wrong


@pytest.mark.parametrize(
    ("sentence", "language"),
    [
        ("Il est né en 1998 et vit au port.", "fr"),
        ("Le 3 mars 2020, la digue a cédé à 18 h 30.", "fr"),
        ("Il habite rue 12 et lit l’article 49.", "fr"),
        ("Une femme a vu un marin.", "fr"),
        ("La deuxième lampe du 3e quai est éteinte.", "fr"),
        ("Le sommet du G20 a commencé.", "fr"),
        ("She was born in 1998.", "en"),
        ("He lives on Route 66 and read page 12.", "en"),
        ("The second lamp of the 3rd quay is out.", "en"),
        ("They won 3-2 against the G20.", "en"),
    ],
)
def test_dates_names_articles_and_ordinals_count_nothing(sentence, language):
    assert read(surface(sentence, language)) == []


def test_an_elliptical_number_takes_the_noun_before_it():
    *_, last = read(surface("Il a 80 lampes sur un objectif de 300 000.", "fr"))
    assert (last.span.exact, last.unit, last.role) == ("300 000", "lampe", "target")
    assert last.rule.endswith(".elliptical")


@given(st.text(alphabet="plus de 70 80 000 3,3 % € milliards ans, -\u202f\n", max_size=60))
def test_any_text_is_read_and_spans_do_not_overlap(string):
    found = read(surface(string, "fr"))
    assert all(q.span.holds(string) for q in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))

"""Quantities: every example of the packs, the set of sentences, and what counts nothing."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.language.lexicon import available, load_pack
from ondit.model import Quantity, Text
from ondit.reading.quantity_table import QuantityTable
from tests.marked import blocks_of, marked, parsed
from tests.reading import counted
from tests.reading.counted import read

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


FLOORS = {("en", "dev"): 97, ("en", "test"): 92, ("fr", "dev"): 98, ("fr", "test"): 95}
"""Per cent of the marked quantities that are exactly right; measured, then pinned."""


@pytest.mark.parametrize(("language", "part"), FLOORS)
def test_quantities_of_the_marked_texts_are_right_at_least_as_often_as_pinned(language, part):
    found = counted.shares(language, part)
    assert found["n"] >= 95
    assert found["exact"] >= FLOORS[language, part]


def test_a_quantity_that_nobody_marked_is_an_error():
    (verdict,) = counted.judged("He sold 12 boats.", "en")
    assert (verdict.wanted, verdict.exact) == (None, False)


def test_a_mark_is_right_only_with_its_bounds_unit_and_role():
    def exact(mark: str) -> bool:
        (verdict,) = counted.judged(f"The fire killed {mark}", "en")
        return verdict.exact

    assert exact('<x v="12.." u="person" r="killed">at least 12 people</x>.')
    assert not exact('<x v="12" u="person" r="killed">at least 12 people</x>.')
    assert not exact('<x v="12.." u="boat" r="killed">at least 12 people</x>.')
    assert not exact('<x v="12.." u="person">at least 12 people</x>.')


def surface(string: str, language: str) -> Text:
    """Return `string` as blocks of one sentence each, without a parse."""
    blocks = blocks_of(string)
    ranges = tuple((b.start, b.end) for b in blocks)
    return Text(string=string, language=language, blocks=blocks, sentences=ranges, key="test")


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
        ("They won the match (1-3) 2&1.", "en"),
        ("Call 555 0142 or 0800 123 4567.", "en"),
        ("Numéro vert : 0 800 12 34 56.", "fr"),
    ],
)
def test_dates_names_articles_and_ordinals_count_nothing(sentence, language):
    assert read(surface(sentence, language)) == []


def test_an_elliptical_number_takes_the_noun_before_it():
    *_, last = read(surface("Il a 80 lampes sur un objectif de 300 000.", "fr"))
    assert (last.span.exact, last.unit, last.role) == ("300 000", "lampe", "target")
    assert last.rule.endswith(".elliptical")


def only(sentence: str, language: str) -> Quantity:
    """Return the one quantity of `sentence`, parsed."""
    (found,) = read(parsed(sentence, language))
    return found


@pytest.mark.parametrize(
    ("sentence", "language", "role"),
    [
        ("Soldiers killed 12 villagers.", "en", "killed"),
        ("Twelve villagers were killed by soldiers.", "en", "killed"),
        ("Twelve soldiers killed the mayor.", "en", None),
        ("The boats were evacuated to 24 harbours.", "en", None),
        ("Douze soldats ont tué le maire.", "fr", None),
        ("Les soldats ont tué douze villageois.", "fr", "killed"),
        ("L’explosion a coûté la vie à douze villageois.", "fr", "killed"),
    ],
)
def test_who_acts_does_not_play_the_part_of_who_suffers(sentence, language, role):
    assert only(sentence, language).role == role


def test_a_change_is_two_numbers_and_a_range_is_one():
    change = read(parsed("The fare rose from 12 to 15 euros.", "en"))
    assert [(q.value, q.unit) for q in change] == [(12, "EUR"), (15, "EUR")]
    span = only("The fare is from 12 to 15 euros.", "en")
    assert (span.value, span.low, span.high) == (None, 12, 15)


def test_letters_of_scale_may_stand_before_a_noun():
    found = only("The ferry carried 2.5m passengers.", "en")
    assert (found.value, found.unit) == (2_500_000, "person")


def test_cldr_names_currencies_that_the_pack_does_not():
    assert only("La vanne a coûté 300 couronnes suédoises.", "fr").unit == "SEK"
    assert only("The gate cost 300 Swedish kronor.", "en").unit == "SEK"


def test_both_takes_up_the_noun_that_was_counted_by_that_number():
    *_, both = read(parsed("Deux marins et trois bacs sont partis. Tous deux ont coulé.", "fr"))
    assert (both.span.exact, both.unit) == ("Tous deux", "person")
    assert only("Tous deux ont coulé.", "fr").unit is None


@given(st.text(alphabet="plus de 70 80 000 3,3 % € milliards ans, -\u202f\n", max_size=60))
def test_any_text_is_read_and_spans_do_not_overlap(string):
    found = read(surface(string, "fr"))
    assert all(q.span.holds(string) for q in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))

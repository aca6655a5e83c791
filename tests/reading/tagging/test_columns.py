"""Columns, passages and relations: arrays that say what the parse says."""

from __future__ import annotations

import numpy as np
import pytest

from ondit.language.lexicon import load_pack
from ondit.language.syntax import annotate
from ondit.model import Block, Quotation, Text
from ondit.reading.tagging.columns import FIELDS, Columns, columns, hashed
from ondit.reading.tagging.passages import LONGEST, passages, row_of
from ondit.reading.tagging.relations import relations

HASHED = 7969
STRING = "“The quay is closed,” said Ada Holm. She left.\n\nThe mayor of Tarn denied it."


def text_of(string: str) -> Text:
    blocks, at = [], 0
    for paragraph in string.split("\n\n"):
        blocks.append(Block(start=at, end=at + len(paragraph)))
        at += len(paragraph) + 2
    return annotate(string, language="en", blocks=blocks)


def quoted(text: Text) -> tuple[Quotation, ...]:
    end = text.string.index("”") + 1
    return (Quotation(id="q1", span=text.span(0, end), closed=True, rule="test"),)


@pytest.fixture(scope="module")
def table() -> tuple[Text, Columns]:
    text = text_of(STRING)
    return text, columns(text, quoted(text), load_pack("en"))


def test_every_value_lies_in_its_table(table: tuple[Text, Columns]) -> None:
    _, found = table
    for number, (field, size) in enumerate(FIELDS.items()):
        assert found.fields[:, number].min() >= 0, field
        assert found.fields[:, number].max() < size, field


def test_the_quotation_is_marked_from_first_to_last(table: tuple[Text, Columns]) -> None:
    text, found = table
    inside = [t.text for t in text.tokens or () if found.quotations[t.index] == 0]
    assert (inside[0], inside[-1]) == ("“", "”")
    state = found.fields[:, list(FIELDS).index("quotation")]
    assert state[: len(inside)].tolist() == [1, *[2] * (len(inside) - 2), 3]
    assert not state[len(inside) :].any()


def test_cues_of_the_pack_have_a_class(table: tuple[Text, Columns]) -> None:
    text, found = table
    classes = found.fields[:, list(FIELDS).index("cue")]
    marked = {t.text for t in text.tokens or () if classes[t.index]}
    assert {"said", "denied"} <= marked
    assert "quay" not in marked


def test_words_are_hashed_the_same_everywhere() -> None:
    text = text_of("Ada said")
    row = columns(text, (), load_pack("en")).fields[1]
    # A change here makes every shipped model worthless.
    assert row[0] == hashed("word", "said", 1 << 14)
    assert row[1] == hashed("word-again", "said", 1 << 14)
    assert hashed("word", "said", 1 << 14) == HASHED


def test_passages_are_blocks_and_their_heads_stay_inside(table: tuple[Text, Columns]) -> None:
    text, found = table
    cut = list(passages(text, found))
    assert len(cut) == 2
    assert cut[0].end == cut[1].first
    assert cut[1].end == len(text.tokens or ())
    for passage in cut:
        assert passage.columns.heads.min() >= 0
        assert passage.columns.heads.max() < len(passage)


def test_a_long_block_is_cut_at_a_sentence() -> None:
    text = text_of(" ".join(["The ferry left the quay at nine again."] * 60))
    cut = list(passages(text, columns(text, (), load_pack("en"))))
    assert len(cut) > 1
    assert all(len(passage) <= LONGEST for passage in cut)
    tokens = text.tokens or ()
    assert all(tokens[passage.end - 1].text == "." for passage in cut)


def test_passages_stand_one_after_the_other_in_a_row(table: tuple[Text, Columns]) -> None:
    cut = list(passages(*table))
    made = row_of(cut)
    assert made.lengths.tolist() == [len(passage) for passage in cut]
    assert len(made.fields) == len(made.dependents) == len(made.heads) == sum(map(len, cut))
    first = len(cut[0])
    assert (made.heads[first:] - first).tolist() == cut[1].columns.heads.tolist()


def test_relations_tell_the_way_from_the_cue(table: tuple[Text, Columns]) -> None:
    text, _ = table
    passage = list(passages(*table))[1]
    words = [t.text for t in text.tokens or ()][passage.first :]
    head = words.index("denied")
    seen = relations(
        heads=passage.columns.heads, labels=passage.columns.relations,
        sentences=passage.columns.sentences, quotations=passage.columns.quotations,
        cue=[head], head=head,
    )  # fmt: skip
    kinds = dict(zip(words, seen.kind.tolist(), strict=True))
    assert kinds["denied"] == 21
    assert kinds["mayor"] == kinds["it"] == 1
    assert kinds["Tarn"] == 2
    assert seen.label[words.index("mayor")] == seen.label[words.index("Tarn")]
    assert seen.label[words.index("mayor")] != seen.label[words.index("it")]
    assert np.all(seen.distance[:head] != seen.distance[head])

"""Cutting a text at every border of what lies over it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ondit.case.dossier.segments import Layer, invisible, pieces


@st.composite
def texts_with_layers(draw: st.DrawFn) -> tuple[str, list[Layer]]:
    text = draw(st.text(max_size=40))
    ends = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(ends, ends), max_size=8))
    return text, [
        Layer(min(span), max(span), "claim", str(number)) for number, span in enumerate(spans)
    ]


@given(texts_with_layers())
def test_pieces_are_the_text_and_each_lies_wholly_under_its_layers(
    sample: tuple[str, list[Layer]],
) -> None:
    text, layers = sample
    found = list(pieces(text, layers))
    assert "".join(piece.text for piece in found) == text
    for piece in found:
        under = {layer.key for layer in piece.layers}
        expected = {
            layer.key
            for layer in layers
            if layer.start < layer.end and layer.start <= piece.start and piece.end <= layer.end
        }
        assert under == expected


def test_overlapping_claims_nest_outermost_first() -> None:
    layers = [Layer(4, 9, "claim", "inner"), Layer(0, 12, "claim", "outer")]
    found = {p.text: [layer.key for layer in p.layers] for p in pieces("one two, three", layers)}
    assert found == {
        "one ": ["outer"],
        "two, ": ["outer", "inner"],
        "thr": ["outer"],
        "ee": [],
    }


def test_a_cut_ends_a_piece_without_a_layer() -> None:
    assert [piece.text for piece in pieces("abcd", [], cuts=[2, 99])] == ["ab", "cd"]


def test_direction_overrides_are_found_and_emoji_joiners_left_alone() -> None:
    hidden = list(invisible("a\u202eb \U0001f469\u200d\U0001f467 c\u200bd"))
    assert [(layer.start, layer.key) for layer in hidden] == [(1, "U+202E"), (9, "U+200B")]

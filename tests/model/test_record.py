"""Records: what is written is what is read, and no anchor or reference dangles."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ondit.model import (
    AnchorError,
    Attribution,
    Capture,
    Claim,
    Entity,
    Failure,
    Mention,
    Record,
    Span,
    cut,
    decode,
    digest,
    encode,
    identify,
    schema,
)

TEXT = "Le maire a dit que « le pont tient »."


def record() -> Record:
    source, content = cut(TEXT, 0, 8), cut(TEXT, 15, 36)
    return Record(
        input="page.txt",
        capture=Capture(sha256=digest(b"page"), bytes=4),
        text=TEXT,
        entities=(Entity(id="e-1", name="Le maire", kind="person", rule="test"),),
        mentions=(Mention(id="m-1", span=source, kind="person", entity="e-1", rule="test"),),
        attributions=(
            Attribution(
                id="a-1", source=(source,), content=(content,), kind="mixed", speaker="e-1",
                rule="test",
            ),
        ),
        claims=(Claim(id="c-1", span=content, status="asserted", attribution=("a-1",)),),
    )  # fmt: skip


def test_a_sound_record_verifies_and_survives_the_line():
    made = record()
    made.verify()
    assert decode(encode(made)) == made
    assert b"\n" not in encode(made)
    assert not made.failed
    assert replace(made, failures=(Failure(step="decode", reason="x", fatal=True),)).failed


def test_an_altered_text_is_found():
    with pytest.raises(AnchorError, match="should read"):
        replace(record(), text=TEXT.replace("pont", "port")).verify()


@pytest.mark.parametrize(
    ("layer", "change", "message"),
    [
        ("attributions", {"speaker": "e-9"}, "speaker of attribution a-1 is 'e-9'"),
        ("attributions", {"parent": "a-9"}, "parent of attribution a-1 is 'a-9'"),
        ("mentions", {"entity": "e-9"}, "entity of mention m-1"),
        ("claims", {"attribution": ("a-9",)}, "attribution of claim c-1"),
        ("claims", {"times": ("t-9",)}, "grounding of claim c-1"),
    ],
)
def test_a_dangling_reference_is_found(layer, change, message):
    made = record()
    (value,) = getattr(made, layer)
    with pytest.raises(AnchorError, match=message):
        replace(made, **{layer: (replace(value, **change),)}).verify()


def test_unknown_fields_and_wrong_spans_are_refused_with_their_path():
    line = encode(record()).replace(b'"polarity"', b'"polaritee"')
    with pytest.raises(msgspec.ValidationError, match=r"claims\[0\]"):
        decode(line)
    with pytest.raises(msgspec.ValidationError, match="holds 1 characters"):
        msgspec.json.decode(b'{"start": 0, "end": 2, "exact": "x"}', type=Span)


def test_a_claim_has_spans_whether_one_or_many():
    (claim,) = record().claims
    assert claim.spans == (claim.span,)
    many = replace(claim, span=(cut(TEXT, 0, 2), cut(TEXT, 3, 8)))
    assert decode(encode(replace(record(), claims=(many,)))).claims[0].spans == many.span


def test_the_schema_names_every_layer():
    properties = schema()["$defs"]["Record"]["properties"]
    assert {"claims", "attributions", "quotations", "segments", "failures"} <= set(properties)


def test_the_notebook_view_escapes_what_it_shows():
    hostile = replace(record(), meta=replace(record().meta, title="<script>alert(1)</script>"))
    assert "<script>" not in hostile._repr_html_()


parts = st.lists(st.text(max_size=6), max_size=4)


@given(parts, parts)
def test_ids_differ_when_their_parts_do(left, right):
    same = left == right
    assert (identify("c", "k", [], *left) == identify("c", "k", [], *right)) is same

"""No bytes under any name raise; every report that comes of them holds together."""

from __future__ import annotations

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ondit.capture.decode import decode
from tests.fuzz.fuzzed import NAMES, SEEDS, check

RELAXED = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """Draw a seed with some stretches cut, doubled, or overwritten."""
    content = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.integers(0, 40)))
        content[start:end] = draw(
            st.one_of(st.binary(max_size=8), st.just(bytes(content[start:end]) * 2))
        )
    return bytes(content)


@RELAXED
@given(st.binary(max_size=400), st.sampled_from(NAMES), st.booleans())
@example(b"", "", False)
@example(b"\x1f\x8b", "a.gz", False)
@example(b"PK\x05\x06" + bytes(18), "a.wacz", False)
@example(b"From: \xff\nTo: =?x?q?=\n\n", "a.eml", False)
def test_any_bytes(content: bytes, name: str, plain: bool) -> None:
    check(content, name, plain=plain)


@RELAXED
@given(damaged(), st.sampled_from(NAMES), st.booleans())
def test_damaged_files(content: bytes, name: str, plain: bool) -> None:
    check(content, name, plain=plain)


@RELAXED
@given(st.text(max_size=300), st.sampled_from(["utf-8", "utf-16", "utf-16-le", "utf-32"]))
def test_any_text_in_any_unicode_encoding(text: str, encoding: str) -> None:
    content = text.encode(encoding, "replace")
    for report in check(content, "a.txt"):
        assert report.text or not text.strip() or report.failures


@RELAXED
@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "cp1252", "x-no-such", "utf-16"]))
def test_decoded_characters_map_to_growing_bytes(content: bytes, declared: str | None) -> None:
    decoded = decode(content, declared=declared)
    places = [decoded.byte_at(n) for n in range(len(decoded.string) + 1)]
    assert places == sorted(places)
    assert not places or places[-1] == len(content)

"""Decoding: the right characters, the decision recorded, the byte of every character."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.capture.decode import Decoded, decode

FRENCH = (
    "Le bac de Brane a repris la mer à l’aube, a annoncé l’autorité du port. "
    "« Tout a été vérifié », a-t-elle déclaré, là où ça s’était passé."
)
META = '<meta http-equiv="Content-Type" content="text/html; charset={}">'


def check_map(decoded: Decoded, content: bytes) -> None:
    """Assert that each character's bytes are its own, without gap or overlap."""
    edges = [decoded.byte_at(i) for i in range(len(decoded.string) + 1)]
    assert edges == sorted(edges)
    assert edges[-1] == len(content)
    charset = decoded.decision.charset
    for character, (start, end) in zip(decoded.string, pairwise(edges), strict=True):
        assert content[start:end].decode(charset, "replace") == character


@pytest.mark.parametrize(
    ("charset", "expected", "method"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8-sig", "utf-8", "bom"),
        ("utf-16", "utf-16-le", "bom"),
        ("utf-16-le", "utf-16-le", "detected"),
        ("utf-16-be", "utf-16-be", "detected"),
        ("utf-32", "utf-32-le", "bom"),
        ("cp1252", "windows-1252", "detected"),
    ],
)
def test_french_is_read_without_a_declaration(charset: str, expected: str, method: str) -> None:
    content = FRENCH.encode(charset)
    decoded = decode(content)
    assert decoded.string == FRENCH
    assert (decoded.decision.charset, decoded.decision.method) == (expected, method)
    check_map(decoded, content)


@pytest.mark.parametrize(
    "declared",
    ["utf-8", "UTF8", "us-ascii", "windows-1251", "koi8-r", "shift_jis", "latin2", "base64", ""],
)
def test_one_byte_french_is_read_whatever_the_server_says(declared: str) -> None:
    decoded = decode(FRENCH.encode("cp1252"), declared=declared)
    assert decoded.string == FRENCH
    assert decoded.decision.charset == "windows-1252"
    assert decoded.decision.declared == (declared or None)


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "ISO-8859-15"])
@pytest.mark.parametrize("in_page", [True, False])
def test_utf_8_goes_before_any_declaration(declared: str, in_page: bool) -> None:
    page = (META.format(declared) if in_page else "") + FRENCH
    decoded = decode(page.encode(), declared=None if in_page else declared, html=True)
    assert decoded.string == page
    assert (decoded.decision.method, decoded.decision.declared) == ("utf-8", declared)


def test_the_page_is_believed_when_the_server_is_wrong() -> None:
    page = META.format("windows-1251") + "Паром снова вышел в море, сообщила директор порта."
    decoded = decode(page.encode("cp1251"), declared="utf-8", html=True)
    assert decoded.string == page
    assert (decoded.decision.charset, decoded.decision.method) == ("windows-1251", "declared")


def test_a_declaration_is_looked_for_in_pages_alone() -> None:
    text = META.format("koi8-r") + FRENCH
    assert decode(text.encode("cp1252"), html=False).decision.declared is None


@pytest.mark.parametrize(
    ("charset", "text"),
    [
        ("shift_jis", "フェリーが再び出航した。"),
        ("gb18030", "渡轮再次启航 😀。"),
        ("euc-kr", "여객선이 다시 출항했다."),
        ("iso-2022-jp", "フェリーが再び出航した。"),
        ("koi8-r", "Паром снова вышел в море."),
        ("cp1250", "Prom znów wypłynął w morze, żółty."),
    ],
)
def test_declared_charsets_are_read_and_mapped(charset: str, text: str) -> None:
    content = text.encode(charset)
    decoded = decode(content, declared=charset)
    assert decoded.string == text
    assert decoded.decision.method == "declared"
    edges = [decoded.byte_at(i) for i in range(len(text) + 1)]
    assert edges == sorted(edges)
    assert edges[-1] <= len(content)


def test_damage_costs_the_damaged_characters_only() -> None:
    content = FRENCH[:40].encode() + b"\xe9" + FRENCH[40:80].encode() + b"\xe2\x80"
    content += FRENCH[80:].encode()
    decoded = decode(content)
    assert decoded.decision.method == "repaired"
    assert decoded.decision.replaced == decoded.string.count("\ufffd") == 2
    assert decoded.string.replace("\ufffd", "") == FRENCH
    check_map(decoded, content)


def test_nothing_and_zero_bytes() -> None:
    assert decode(b"").decision.method == "none"
    assert decode(b"").byte_at(0) == 0
    decoded = decode(b"a\x00b")
    assert decoded.string == "a\x00b"
    check_map(decoded, b"a\x00b")


@pytest.mark.parametrize("offset", [-1, 4])
def test_offsets_outside_are_refused(offset: int) -> None:
    with pytest.raises(IndexError, match="offset"):
        decode(b"abc").byte_at(offset)


@given(st.text(), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]))
def test_any_text_comes_back_from_unicode(text: str, charset: str) -> None:
    content = text.lstrip("\ufeff").encode(charset)
    if not (charset == "utf-8" and "\x00" in text):  # zero bytes may be a wider charset's
        assert decode(content).string == text.lstrip("\ufeff")


@given(st.text(st.characters(codec="cp1252", exclude_categories=["Cc"]), min_size=1))
def test_any_text_of_a_declared_one_byte_charset_is_mapped(text: str) -> None:
    content = text.encode("cp1252")
    decoded = decode(content, declared="windows-1252")
    assert decoded.byte_at(len(decoded.string)) == len(content)
    check_map(decoded, content)


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "cp1252", "shift_jis", "utf-16"]))
def test_any_bytes_are_read_and_mapped(content: bytes, declared: str | None) -> None:
    decoded = decode(content, declared=declared, html=True)
    edges = [decoded.byte_at(i) for i in range(len(decoded.string) + 1)]
    assert edges == sorted(edges)
    assert edges[-1] == len(content)


@pytest.mark.parametrize("unit", [FRENCH.encode(), b"\xe9a", "é\xff".encode()[:2] + b"\xff"])
def test_large_inputs_are_read_fast(unit: bytes) -> None:
    content = unit * (2_000_000 // len(unit))
    start = time.process_time()
    decoded = decode(content)
    for offset in range(0, len(decoded.string), 50_000):
        decoded.byte_at(offset)
    assert time.process_time() - start < 6

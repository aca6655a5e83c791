"""Decoding: the right letters, an honest decision, and a byte for every character."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ondit.capture.decode import decode

FRENCH = "Le préfet a déclaré : « L’été sera sec. »"


def check_map(content, decoded):
    positions = [decoded.byte_at(i) for i in range(len(decoded.string) + 1)]
    assert positions == sorted(positions)
    assert positions[-1] == len(content)
    return positions


@pytest.mark.parametrize(
    ("content", "declared", "html", "charset", "method"),
    [
        (FRENCH.encode(), None, False, "utf-8", "utf-8"),
        (FRENCH.encode(), "iso-8859-1", False, "utf-8", "utf-8"),
        (b"\xef\xbb\xbf" + FRENCH.encode(), "cp1252", False, "utf-8", "bom"),
        (FRENCH.encode("cp1252"), "iso-8859-1", False, "cp1252", "declared"),
        (FRENCH.encode("cp1252"), "utf-8", False, "cp1252", "detected"),
        (FRENCH.encode("cp1252"), None, False, "cp1252", "detected"),
        (FRENCH.encode("cp1252"), "no-such-charset", False, "cp1252", "detected"),
        (b'<meta charset="koi8-r">' + "Мост закрыт".encode("koi8-r"), None, True, "koi8-r", "declared"),
        (b"\xff\xfe" + FRENCH.encode("utf-16-le"), None, False, "utf-16-le", "bom"),
        (FRENCH.encode("utf-16-le"), None, False, "utf-16-le", "detected"),
        (b"", None, False, "utf-8", "utf-8"),
        (b"a\x00b", None, False, "utf-8", "utf-8"),
    ],
)  # fmt: skip
def test_decisions(content, declared, html, charset, method):
    decoded = decode(content, declared=declared, html=html)
    assert (decoded.decision.charset, decoded.decision.method) == (charset, method)
    assert decoded.decision.replaced == 0
    assert "\ufffd" not in decoded.string
    if FRENCH[:3].encode() in content or charset.startswith("utf-16"):
        assert decoded.string == FRENCH
    check_map(content, decoded)


def test_damaged_utf8_loses_only_the_damaged_characters():
    content = FRENCH.encode().replace("é".encode(), b"\xc3", 1)
    decoded = decode(content, declared=None)
    assert decoded.decision.method == "repaired"
    assert decoded.decision.replaced == 1
    assert decoded.string == FRENCH.replace("é", "\ufffd", 1)
    check_map(content, decoded)


@given(
    st.text(max_size=300), st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "cp1252", "koi8-r"])
)
def test_what_a_declared_charset_can_read_comes_back(string, charset):
    content = string.encode(charset, "ignore")
    decoded = decode(content, declared=charset)
    positions = check_map(content, decoded)
    for at, character in enumerate(decoded.string[:50]):
        piece = content[positions[at] : positions[at + 1]]
        assert (
            character == "\ufffd" or piece.decode(decoded.decision.charset, "replace") == character
        )


@given(
    st.binary(max_size=400),
    st.sampled_from([None, "utf-8", "latin-1", "utf-7", "shift_jis", "hex", "\x00"]),
)
def test_any_bytes_have_a_reading_and_a_map(content, declared):
    decoded = decode(content, declared=declared, html=True)
    check_map(content, decoded)
    assert decoded.decision.replaced == 0 or "\ufffd" in decoded.string


def test_positions_are_exact_far_into_a_long_text():
    string = "é€😀a" * 5000
    decoded = decode(string.encode())
    for at in (0, 1, 4095, 4096, 4097, 19_999, 20_000):
        assert decoded.byte_at(at) == len(string[:at].encode())
    with pytest.raises(IndexError, match="character 20001"):
        decoded.byte_at(20_001)

"""Bytes to characters: one decision, recorded, with a way back from every character to its byte."""

from __future__ import annotations

import codecs
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from ondit.model import Decision

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# A declaration stands in the first 1024 bytes by the standard; pages put it later all the same.
_PRESCAN = 8192
_META_CHARSET = re.compile(
    rb"<meta\b[^>]{0,400}?\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_XML_CHARSET = re.compile(rb"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})")

# One well-formed character of UTF-8 outside ASCII (Unicode 15, table 3-7).
_MULTIBYTE = (
    rb"[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}"
    rb"|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}"
    rb"|\xf4[\x80-\x8f][\x80-\xbf]{2}"
)
# What a decoder replaces by one U+FFFD: the start of a character that breaks off, or one byte.
_BROKEN = (
    rb"\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f]|\xf0[\x90-\xbf][\x80-\xbf]?"
    rb"|[\xf1-\xf3][\x80-\xbf]{1,2}|\xf4[\x80-\x8f][\x80-\xbf]?|[\x80-\xff]"
)
# No possessive quantifier: in Python 3.11 before 3.11.4 it takes in bytes that do not match.
_UTF8 = re.compile(rb"((?:[\x00-\x7f]|" + _MULTIBYTE + rb"){1,4096})|(" + _BROKEN + rb")")
_WELL_FORMED = re.compile(_MULTIBYTE)
_ASCII = bytes(range(128))

# Share of characters outside ASCII that must be well formed for bytes to be damaged UTF-8.
# Accented text in a one-byte charset stays near 0.
_REPAIRABLE = 0.25

# Code points between two checkpoints: what `byte_at` encodes again at most.
_STRIDE = 4096
# Bytes a code point takes in charsets where that never changes.
_WIDTHS = {"utf-32-le": 4, "utf-32-be": 4}
_REVERSIBLE = frozenset({"utf-8", "utf-16-le", "utf-16-be"})
_IANA = {f"cp125{n}": f"windows-125{n}" for n in range(9)}


@dataclass(frozen=True, eq=False)
class Decoded:
    """The characters of some bytes, how they were read, and where each stands in the bytes."""

    string: str
    decision: Decision
    _points: array[int] = field(repr=False)
    """Code point offsets of the checkpoints, ascending, from 0."""
    _bytes: array[int] = field(repr=False)
    """Their byte offsets."""
    _width: int | None = field(repr=False)
    """Bytes a code point takes from a checkpoint on; None when the charset must be asked."""

    def byte_at(self, offset: int) -> int:
        """Return the byte offset of code point `offset`; ``len(string)`` gives the end.

        Raises:
            IndexError: when the string has no such offset.
        """
        if not 0 <= offset <= len(self.string):
            raise IndexError(f"offset {offset} in a text of {len(self.string)} code points")
        place = bisect_right(self._points, offset) - 1
        point, byte = self._points[place], self._bytes[place]
        if self._width is not None:
            return byte + (offset - point) * self._width
        return byte + len(self.string[point:offset].encode(self.decision.charset))


def decode(content: bytes, *, declared: str | None = None, html: bool = False) -> Decoded:
    """Return the characters of `content`; no bytes are refused, and the decision is recorded.

    The order: byte order mark; UTF-8 without an error; the declared charset, when it decodes;
    UTF-8 with damage; detection. Latin-1 is read as windows-1252, as browsers do.

    Args:
        content: the captured bytes.
        declared: the charset that the server or the container named.
        html: look for the charset that the page itself names.
    """
    labels = _labels(content, declared, html=html)
    told = labels[0] if labels else None
    named = [charset for charset in map(_known, labels) if charset]
    if not content:
        return _read(b"", "utf-8", Decision(charset="utf-8", method="none", declared=told))
    for mark, marked in _BOMS:
        if content.startswith(mark):
            decision = Decision(charset=marked, method="bom", declared=told)
            return _read(content, marked, decision, start=len(mark))
    return (
        _as_wide(content, named, told)
        or _as_utf8(content, named, told)
        or _as_declared(content, named, told)
        or _as_damaged(content, told)
        or _as_detected(content, told)
    )


# -- the steps, in order ---------------------------------------------------------------------------


def _as_wide(content: bytes, named: list[str], told: str | None) -> Decoded | None:
    """Read UTF-16 without a mark: every other byte of most of its text is zero."""
    head = content[:4096]
    zeros = head[0::2].count(0), head[1::2].count(0)
    if max(zeros) * 5 < len(head) or min(zeros) * 4 > max(zeros):
        return None
    charset = "utf-16-le" if zeros[1] > zeros[0] else "utf-16-be"
    if not _decodes(content, charset):
        return None
    if any(n.startswith("utf-16") for n in named):
        return _read(content, charset, Decision(charset=charset, method="declared", declared=told))
    return _read(content, charset, Decision(charset=charset, method="detected", declared=told))


def _as_utf8(content: bytes, named: list[str], told: str | None) -> Decoded | None:
    if "iso2022_jp" in named and b"\x1b" in content:
        return None  # seven-bit bytes that are not what they look like
    if not _decodes(content, "utf-8"):
        return None
    return _read(content, "utf-8", Decision(charset="utf-8", method="utf-8", declared=told))


def _as_declared(content: bytes, named: list[str], told: str | None) -> Decoded | None:
    fitting = [n for n in named if n != "utf-8" and _decodes(content, n)]
    if not fitting:
        return None
    charset = fitting[0]
    if len(set(fitting)) > 1 or _implausible(content.decode(charset)):
        # The server and the page disagree, or the letters do: the bytes decide.
        detected = _detect(content)
        if detected in fitting:
            charset = detected
        elif _implausible(content.decode(charset)):
            return None
    return _read(content, charset, Decision(charset=charset, method="declared", declared=told))


def _as_damaged(content: bytes, told: str | None) -> Decoded | None:
    whole = _WELL_FORMED.findall(content)
    rest = len(content.translate(None, _ASCII)) - sum(map(len, whole))
    if len(whole) < _REPAIRABLE * (len(whole) + rest / 3):  # a broken character has 3 bytes at most
        return None
    pieces = list(_utf8_pieces(content))
    broken = sum(1 for _, _, good in pieces if not good)
    if len(whole) < _REPAIRABLE * (len(whole) + broken):
        return None
    decision = Decision(charset="utf-8", method="repaired", declared=told, replaced=broken)
    return _repaired(content, pieces, decision)


def _as_detected(content: bytes, told: str | None) -> Decoded:
    charset = _detect(content)
    if charset == "utf-8":  # what the detector says when it does not know; it was tried above
        charset = "cp1252"
    return _read(content, charset, Decision(charset=charset, method="detected", declared=told))


# -- what the capture says of its charset ----------------------------------------------------------


def _labels(content: bytes, declared: str | None, *, html: bool) -> list[str]:
    """Return the charsets that server and page name, as they write them."""
    labels = [declared] if declared else []
    if html:
        head = content[:_PRESCAN]
        found = _XML_CHARSET.match(head), _META_CHARSET.search(head)
        labels += [match[1].decode("ascii") for match in found if match]
    return labels


def _known(label: str) -> str | None:
    """Return the charset that browsers read under this label, or None for no charset at all."""
    # Loaded when first needed: most captures are plain UTF-8.
    from resiliparse.parse.encoding import map_encoding_to_html5  # noqa: PLC0415

    charset: str | None = map_encoding_to_html5(label.strip().strip("\"'"), fallback_utf8=False)
    return "gb18030" if charset == "gbk" else charset


def _detect(content: bytes) -> str:
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415 - as above

    return detect_encoding(content) or "utf-8"


def _decodes(content: bytes, charset: str) -> bool:
    try:
        content.decode(charset)
    except UnicodeError:
        return False
    return True


_MIXED = re.compile(
    r"[A-Za-z][\u0080-\u009f\u00a1-\u00a8\u00ac\u00b4\u0370-\u03ff\u0400-\u04ff\u0530-\u07ff"
    r"\uac00-\ud7af\uff61-\uff9f]"
)
_OUTSIDE_ASCII = re.compile(r"[^\x00-\x7f]")
# Control characters that no text holds; ISO charsets have them where windows-125x has quotes.
_CONTROLS = re.compile(r"[\u0080-\u0084\u0086-\u009f]")


def _implausible(string: str) -> bool:
    """Whether letters of two scripts, or signs and letters, are glued together too often."""
    if _CONTROLS.search(string):
        return True
    outside = len(_OUTSIDE_ASCII.findall(string))
    return len(_MIXED.findall(string)) * 4 > outside > 0


# -- characters with their way back ----------------------------------------------------------------


def _read(content: bytes, charset: str, decision: Decision, *, start: int = 0) -> Decoded:
    """Return `content` from `start` on in `charset`; what it cannot read becomes U+FFFD."""
    decision = _named(decision)
    try:
        string = content[start:].decode(charset)
    except UnicodeError:
        return _stepwise(content, charset, decision, start)
    if _one_byte(charset):
        return Decoded(string, decision, array("Q", [0]), array("Q", [start]), 1)
    if charset in _WIDTHS:
        return Decoded(string, decision, array("Q", [0]), array("Q", [start]), _WIDTHS[charset])
    if charset not in _REVERSIBLE:
        return _stepwise(content, charset, decision, start)
    points, places = _checkpoints(string, charset, start)
    return Decoded(string, decision, points, places, None)


def _named(decision: Decision) -> Decision:
    return Decision(
        charset=_IANA.get(decision.charset, decision.charset),
        method=decision.method,
        declared=decision.declared,
        replaced=decision.replaced,
    )


def _one_byte(charset: str) -> bool:
    """Whether every character of `charset` is one byte."""
    return charset in _IANA or charset.startswith(("iso8859", "iso-8859", "koi8", "mac", "cp8"))


def _checkpoints(string: str, charset: str, byte: int) -> tuple[array[int], array[int]]:
    points, places = array("Q"), array("Q")
    for point in range(0, len(string) or 1, _STRIDE):
        points.append(point)
        places.append(byte)
        byte += len(string[point : point + _STRIDE].encode(charset))
    return points, places


def _stepwise(content: bytes, charset: str, decision: Decision, start: int) -> Decoded:
    """Read byte by byte, for charsets that cannot be encoded back, and for broken bytes."""
    decoder = codecs.getincrementaldecoder(charset)("replace")
    characters: list[str] = []
    places, begin = array("Q"), start
    for index in range(start, len(content)):
        found = decoder.decode(content[index : index + 1])
        if found:
            characters.append(found)
            places.extend([begin] * len(found))
            begin = index + 1
    found = decoder.decode(b"", final=True)
    characters.append(found)
    places.extend([begin] * len(found))
    places.append(len(content))
    string = "".join(characters)
    points = array("Q", range(len(places)))
    return Decoded(string, _counted(decision, string), points, places, 1)


def _counted(decision: Decision, string: str) -> Decision:
    return Decision(
        charset=decision.charset,
        method=decision.method,
        declared=decision.declared,
        replaced=string.count("\ufffd"),
    )


def _utf8_pieces(content: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield the stretches of well-formed UTF-8, and each broken character between them."""
    for match in _UTF8.finditer(content):
        yield match.start(), match.end(), match[1] is not None


def _repaired(content: bytes, pieces: list[tuple[int, int, bool]], decision: Decision) -> Decoded:
    strings: list[str] = []
    points, places, point = array("Q"), array("Q"), 0
    for start, end, good in pieces:
        string = content[start:end].decode("utf-8") if good else "\ufffd"
        points.append(point)
        places.append(start)
        if end - start > _STRIDE:
            inner, bytes_ = _checkpoints(string, "utf-8", start)
            points.extend(point + inside for inside in inner[1:])
            places.extend(bytes_[1:])
        strings.append(string)
        point += len(string)
    points.append(point)
    places.append(len(content))
    return Decoded("".join(strings), decision, points, places, None)

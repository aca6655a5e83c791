"""Encodings are undone, up to the limit and no further."""

from __future__ import annotations

import gzip
import time
import zlib

import brotli
import pytest

from ondit.capture.unpacking import gunzip, undo_encodings
from ondit.model import CaptureError
from tests.capture.containers import PAGE, gzip_bomb

LIMIT = 1_000_000


@pytest.mark.parametrize(
    ("coding", "content"),
    [
        ("gzip", gzip.compress(PAGE)),
        ("gzip", PAGE),  # a recorder undid it and kept the header
        ("deflate", zlib.compress(PAGE)),
        ("deflate", zlib.compress(PAGE)[2:-4]),
        ("br", brotli.compress(PAGE)),
        ("identity", PAGE),
        ("", PAGE),
        ("gzip, br", brotli.compress(gzip.compress(PAGE))),
    ],
)
def test_content_encodings(coding: str, content: bytes) -> None:
    assert undo_encodings(content, {"content-encoding": coding}, limit=LIMIT) == PAGE


def test_chunks() -> None:
    body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    headers = {"transfer-encoding": "chunked"}
    assert undo_encodings(body, headers, limit=LIMIT) == PAGE
    assert undo_encodings(PAGE, headers, limit=LIMIT) == PAGE


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip_bomb(50_000_000)),
        ("deflate", zlib.compress(bytes(50_000_000))),
        ("br", brotli.compress(bytes(50_000_000), quality=1)),
    ],
)
def test_bombs_stop_at_the_limit(coding: str, bomb: bytes) -> None:
    start = time.monotonic()
    with pytest.raises(CaptureError, match="more than 1,000,000 bytes"):
        undo_encodings(bomb, {"content-encoding": coding}, limit=LIMIT)
    assert time.monotonic() - start < 2


def test_unknown_encoding_is_named() -> None:
    with pytest.raises(CaptureError, match="'pack200'"):
        undo_encodings(PAGE, {"content-encoding": "pack200"}, limit=LIMIT)


def test_members_of_a_gzip_file_are_joined() -> None:
    assert gunzip(gzip.compress(b"a") + gzip.compress(b"b"), 10) == b"ab"


def test_cut_and_damaged_gzip() -> None:
    with pytest.raises(CaptureError, match="cut short"):
        gunzip(gzip.compress(PAGE)[:-30], LIMIT)
    with pytest.raises(CaptureError, match="damaged"):
        gunzip(b"\x1f\x8b\x08\x00" + bytes(6) + b"\xff" * 30, LIMIT)

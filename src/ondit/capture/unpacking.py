"""Undoing transfer and content encodings within a limit, so that a small bomb stays small."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Mapping
from typing import Protocol

from fastwarc.stream_io import BrotliReader, ChunkedReader, ZstdReader

from ondit.model import CaptureError

_PIECE = 65_536
_GZIP = 16 + zlib.MAX_WBITS


class Readable(Protocol):
    """What we need of a decompressing stream."""

    def read(self, size: int, /) -> bytes:
        """Return up to `size` bytes; none at the end."""


def undo_encodings(content: bytes, headers: Mapping[str, str], *, limit: int) -> bytes:
    """Return the payload of an HTTP message without its transfer and content encodings.

    Args:
        content: the message body as sent.
        headers: the HTTP headers, lower-case names.
        limit: the largest payload to accept, in bytes.

    Raises:
        CaptureError: when the payload is larger than `limit`, or its encoding damaged or unknown.
    """
    codings = _codings(headers.get("content-encoding"))
    if "chunked" in _codings(headers.get("transfer-encoding")):
        content = _dechunk(content, limit)
    for coding in reversed(codings):
        content = _decoder(coding)(content, limit)
    if len(content) > limit:
        raise CaptureError(_too_large(limit))
    return content


def gunzip(content: bytes, limit: int) -> bytes:
    """Return what a gzip file holds, all its members.

    Raises:
        CaptureError: when it unpacks to more than `limit` bytes, or is damaged or cut short.
    """
    unpacked = bytearray()
    while content:
        state = zlib.decompressobj(_GZIP)
        unpacked += _inflate(state, content, limit - len(unpacked), "gzip")
        if not state.eof:
            raise CaptureError(f"gzip data is cut short after {len(unpacked)} unpacked bytes")
        content = state.unused_data.lstrip(b"\x00")
        if content and not content.startswith(b"\x1f\x8b"):
            break
    return bytes(unpacked)


def _inflate(state: zlib._Decompress, content: bytes, limit: int, name: str) -> bytes:
    try:
        unpacked = state.decompress(content, limit + 1)
    except zlib.error as error:
        raise CaptureError(f"{name} data is damaged: {error}") from error
    if len(unpacked) > limit:
        raise CaptureError(_too_large(limit))
    return unpacked


def _deflate(content: bytes, limit: int) -> bytes:
    """Undo HTTP's "deflate": zlib data by the book, raw deflate from many servers."""
    # RFC 1950: the first two bytes are a multiple of 31, and the method's number is 8.
    wrapped = content[:1] and content[0] & 15 == 8 and int.from_bytes(content[:2]) % 31 == 0
    bits = zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS
    return _inflate(zlib.decompressobj(bits), content, limit, "deflate")


def _dechunk(content: bytes, limit: int) -> bytes:
    # Recorders that undo the chunks sometimes keep the header that announced them.
    size = content.split(b"\r\n", 1)[0].split(b";")[0].strip()
    if not size or any(c not in b"0123456789abcdefABCDEF" for c in size):
        return content
    return _drain(ChunkedReader(io.BytesIO(content)), limit, "chunked")


def _drain(reader: Readable, limit: int, name: str) -> bytes:
    unpacked = bytearray()
    try:
        while piece := reader.read(_PIECE):
            unpacked += piece
            if len(unpacked) > limit:
                raise CaptureError(_too_large(limit))
    except OSError as error:
        raise CaptureError(f"{name} data is damaged: {error}") from error
    return bytes(unpacked)


def _decoder(coding: str) -> Callable[[bytes, int], bytes]:
    if coding in {"gzip", "x-gzip"}:
        return lambda content, limit: (
            gunzip(content, limit) if content.startswith(b"\x1f\x8b") else content
        )
    if coding == "deflate":
        return _deflate
    if coding == "br":
        return lambda content, limit: _drain(BrotliReader(io.BytesIO(content)), limit, "brotli")
    if coding == "zstd":
        return lambda content, limit: _drain(ZstdReader(io.BytesIO(content)), limit, "zstd")
    raise CaptureError(f"content encoding {coding!r} is unknown; gzip, deflate, br, zstd are read")


def _codings(header: str | None) -> list[str]:
    names = (name.strip().lower() for name in (header or "").split(","))
    return [name for name in names if name not in {"", "identity"}]


def _too_large(limit: int) -> str:
    return f"unpacks to more than {limit:,} bytes, the limit for one report"

"""What a piece of captured bytes is: decided by its own signs, its name second."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal

import msgspec

Kind = Literal[
    "page",
    "plain",
    "markdown",
    "mhtml",
    "email",
    "warc",
    "wacz",
    "feed",
    "ninjs",
    "gzip",
    "refused",
]

MEDIA_TYPES: dict[Kind, str] = {
    "page": "text/html",
    "plain": "text/plain",
    "markdown": "text/markdown",
    "mhtml": "multipart/related",
    "email": "message/rfc822",
    "warc": "application/warc",
    "wacz": "application/wacz",
    "feed": "application/xml",
    "ninjs": "application/json",
    "gzip": "application/gzip",
}

# Bytes at the start of files that hold no report we can read, and what a reader calls them.
_REFUSED: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"BM\x00\x00", "a BMP picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x1a\x45\xdf\xa3", "a Matroska or WebM film"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"PAR1", "a Parquet table"),
)  # fmt: skip
_RIFF = {b"WEBP": "a WebP picture", b"WAVE": "a WAV recording", b"AVI ": "an AVI film"}
_ASSETS = frozenset(
    {".css", ".js", ".mjs", ".map", ".woff", ".woff2", ".ttf", ".otf", ".eot", ".ico", ".svg"}
)
_HTML = re.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<meta\s|<title[\s>]", re.IGNORECASE
)
_TAGS = re.compile(rb"</(?:p|div|a|h[1-6]|span|li|article)>", re.IGNORECASE)
_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|channel)[\s>]", re.IGNORECASE)
_MAIL_HEADER = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]?[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){2,}"
)
_MAIL_SIGNS = re.compile(
    rb"^(?:from|date|message-id|mime-version|received|return-path|subject|content-type|to):",
    re.IGNORECASE | re.MULTILINE,
)
_JSON = re.compile(rb"\{\s*(?:\"|\})|\[\s*(?:[\[{]|\])")
_RELATED = re.compile(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_SNAPSHOT = re.compile(rb"^snapshot-content-location:", re.IGNORECASE | re.MULTILINE)
_HEAD = 65_536


class Sniffed(msgspec.Struct, frozen=True):
    """What the bytes are; `what` says it when they cannot be read, or differ from their name."""

    kind: Kind
    what: str | None = None


def sniff(content: bytes, name: str) -> Sniffed:
    """Return the kind of `content`, looking at its first bytes and then at its name.

    Args:
        content: the bytes, or at least the first 64 KiB of them.
        name: a file name or URL path; may be empty.
    """
    suffixes = [s.lower() for s in PurePath(name).suffixes]
    suffix = suffixes[-1] if suffixes else ""
    head = content[:_HEAD]
    return _binary(head, suffixes) or _marked_up(head, suffix) or _textual(head, suffix)


def is_asset(content: bytes, name: str) -> str | None:
    """Return in words what a file of a saved page's folder is when it is no report, else None."""
    suffix = PurePath(name).suffix.lower()
    if suffix in _ASSETS:
        return f"a {suffix[1:]} file"
    found = sniff(content, name)
    return found.what if found.kind == "refused" else None


def _binary(head: bytes, suffixes: list[str]) -> Sniffed | None:
    for magic, what in _REFUSED:
        if head.startswith(magic):
            return Sniffed("refused", what)
    if head[:4] == b"RIFF" and head[8:12] in _RIFF:
        return Sniffed("refused", _RIFF[head[8:12]])
    if head[4:8] == b"ftyp":
        return Sniffed("refused", "a film or picture (ISO media)")
    return _archive(head, suffixes)


def _archive(head: bytes, suffixes: list[str]) -> Sniffed | None:
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip(head, suffixes)
    if head.startswith(b"\x1f\x8b"):
        return Sniffed("warc" if ".warc" in suffixes else "gzip")
    return Sniffed("warc") if head.startswith(b"WARC/") else None


def _zip(head: bytes, suffixes: list[str]) -> Sniffed:
    if b"word/" in head or b"[Content_Types].xml" in head:
        return Sniffed("refused", "an Office document")
    if suffixes and suffixes[-1] in {".docx", ".xlsx", ".pptx", ".odt", ".epub", ".jar", ".apk"}:
        return Sniffed("refused", f"a {suffixes[-1][1:]} file")
    return Sniffed("wacz")


def _marked_up(head: bytes, suffix: str) -> Sniffed | None:
    start = _ascii(head).lstrip(b"\xef\xbb\xbf \t\r\n\x0c")
    if _MAIL_HEADER.match(start) and _is_mail(start[:8192], suffix):
        return _mail(start, suffix)
    if suffix == ".eml":
        return Sniffed("email")
    if suffix in {".mht", ".mhtml"} and not start.startswith(b"<"):
        return Sniffed("mhtml")
    if start.startswith(b"<"):
        return _angled(start, suffix)
    if _JSON.match(start) and suffix not in {".txt", ".md", ".html", ".htm"}:
        return Sniffed("ninjs")
    return None


def _is_mail(start: bytes, suffix: str) -> bool:
    """Whether header lines are a letter's; a text may open with "From:" and "Date:" lines too."""
    signs = {sign.lower() for sign in _MAIL_SIGNS.findall(start)}
    if suffix in {".txt", ".md"}:
        return bool(signs & {b"message-id:", b"mime-version:", b"received:"})
    return len(signs) >= 2


def _mail(start: bytes, suffix: str) -> Sniffed:
    related, snapshot = _RELATED.search(start[:8192]), _SNAPSHOT.search(start[:8192])
    if suffix in {".mht", ".mhtml"} or snapshot or (related and suffix != ".eml"):
        return Sniffed("mhtml")
    return Sniffed("email")


def _angled(start: bytes, suffix: str) -> Sniffed | None:
    page, feed = _HTML.search(start), _FEED.search(start)
    if feed and (not page or feed.start() < page.start()):
        return Sniffed("feed")
    if page and _is_page(page.start(), suffix):
        return Sniffed("page", "HTML" if suffix in {".txt", ".md"} else None)
    if suffix in {".xml", ".rss", ".atom"}:
        return Sniffed("feed")
    return None


def _is_page(position: int, suffix: str) -> bool:
    """Whether markup near the start makes a page; a text may speak of ``<title>`` further down."""
    return position < 2048 or suffix in {".html", ".htm", ".xhtml"}


def _textual(head: bytes, suffix: str) -> Sniffed:
    plain = _ascii(head)
    if suffix in {".html", ".htm", ".xhtml", ".shtml", ".php", ".asp", ".aspx"}:
        return Sniffed("page")
    if _no_text(head):
        return Sniffed("refused", "bytes that are no text")
    if suffix in {".md", ".markdown"}:
        return Sniffed("markdown")
    tags = len(_TAGS.findall(plain))
    if tags >= 3 and tags * 200 > len(plain) // 4:
        return Sniffed("page", "HTML" if suffix in {".txt", ".md"} else None)
    return Sniffed("plain")


def _ascii(head: bytes) -> bytes:
    """Return the bytes without the zero bytes of UTF-16, for looking at ASCII signs only."""
    if head[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        head = head[2:]
    return head.replace(b"\x00", b"") if head[:200].count(0) > len(head[:200]) // 4 else head


def _no_text(head: bytes) -> bool:
    """Whether too many control bytes stand in `head` for any text, UTF-16 aside."""
    controls = sum(head.count(bytes([b])) for b in (*range(1, 8), *range(14, 27), 28, 29, 30, 31))
    return controls > len(head) // 20

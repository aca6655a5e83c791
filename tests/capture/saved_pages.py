"""Saved pages of invented outlets, each with what a person says it holds."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

import msgspec

from ondit.capture.limits import Limits
from ondit.capture.page import read_page
from ondit.capture.payloads import captured
from ondit.model import Report

FOLDER = Path(__file__).parents[1] / "pages"
NAMES = sorted(path.stem for path in FOLDER.glob("*.html"))


class Gold(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What a saved page holds."""

    charset: str
    verdict: str
    language: str
    body: tuple[str, ...]
    """The blocks of the report, headline first, as a reader sees them."""
    furniture: tuple[str, ...]
    """Strings that stand in no block."""
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    content_type: str | None = None
    """What the server said."""


def gold(name: str) -> Gold:
    """Return the gold of the page."""
    return msgspec.convert(tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8")), Gold)


def content(name: str) -> bytes:
    """Return the bytes of the page."""
    return (FOLDER / f"{name}.html").read_bytes()


def read(
    page: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    fetched_at: str | None = None,
    limits: Limits | None = None,
) -> Report:
    """Return the report of a page."""
    headers = {"content-type": content_type} if content_type else {}
    capture = captured(page, "page", url=url, headers=headers, fetched_at=fetched_at)
    return read_page(page, input="page.html", capture=capture, limits=limits or Limits())


@cache
def report(name: str) -> Report:
    """Return the report of the saved page, read once a process."""
    known = gold(name)
    return read(content(name), url=known.url, content_type=known.content_type)


def plain(string: str) -> str:
    """Return the string with plain spaces, for comparing with gold that people typed."""
    return string.replace("\u00a0", " ").replace("\u202f", " ")


def blocks(report: Report) -> list[str]:
    """Return the texts of the report's blocks, with plain spaces."""
    return [plain(report.text[b.start : b.end]) for b in report.blocks]

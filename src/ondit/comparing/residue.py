"""Residue: what a translation leaves of the language it was made from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from ondit.language.lexicon import Entry, Head, available, load_pack
from ondit.model import Record, Span, cut, view


class Trace(Entry, frozen=True, kw_only=True):
    """Words that a text of this language holds only where it was made from another."""

    of: str
    """Tag of the other language."""
    patterns: tuple[str, ...]


class Residues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``residue.toml``."""

    head: Head
    trace: tuple[Trace, ...]


@cache
def _traces(language: str) -> tuple[tuple[re.Pattern[str], Trace], ...]:
    pack = load_pack(language)
    if not (pack.folder / "residue.toml").exists():
        return ()
    table = pack.table("residue", Residues)
    return tuple((re.compile(p), trace) for trace in table.trace for p in trace.patterns)


def residues(record: Record, language: str | None) -> Iterator[tuple[Span, str]]:
    """Yield the traces of `language` in the record's text, with a note each."""
    if record.language not in available() or language == record.language:
        return
    shown = view(record.text)
    for pattern, trace in _traces(record.language or ""):
        if trace.of != language:
            continue
        for found in pattern.finditer(shown):
            if any(b.start <= found.start() < b.end for b in record.blocks):
                yield cut(record.text, *found.span()), trace.note or "left from the original"

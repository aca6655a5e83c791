"""What a person sees: records, claims, sources and times, set for a terminal or plain text.

Captured characters are shown, never obeyed: control characters and those that turn the direction
of writing appear as their code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ondit.case.summary import GROUNDS, ClaimRow, Counts, claim_rows, count
from ondit.model import Record
from ondit.model.annotations import SourceKind, Status
from ondit.model.voices import Voice

if TYPE_CHECKING:
    from ondit.case.corrections import Correction

# No green and no tick: "asserted" is what its source says, not what is so.
STYLES: dict[Status, str] = {
    "asserted": "bold",
    "unconfirmed": "bold yellow",
    "hedged": "yellow",
    "denied": "bold red",
    "planned": "blue",
    "predicted": "magenta",
    "conditional": "cyan",
    "hoped": "cyan",
    "asked": "cyan",
}

KINDS: dict[SourceKind, str] = {
    "named_person": "",
    "role_person": "by role",
    "anonymous_person": "anonymous",
    "collective": "unnamed group",
    "organisation": "organisation",
    "document": "document",
    "outlet": "outlet",
    "unspecified": "",
}
"""What is said beside a source's name; a named person needs no word."""

# Cc but tab and line feed; characters that change the direction of writing; line separators.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_MARKS = {"fr": ("« ", " »")}
_WIDTH = 80
_WIDEST = 110


def visible(string: str) -> str:
    r"""Return `string` with characters that a terminal would obey written as code points.

    >>> visible("a\x1b[2Jb")
    'a<U+001B>[2Jb'
    """
    return _UNSEEN.sub(lambda m: f"<U+{ord(m[0]):04X}>", string)


class Signs:
    """The typographic signs of a view; plain ASCII where nobody may show better."""

    def __init__(self, *, plain: bool, language: str | None = None) -> None:
        self.plain = plain
        self.arrow = "<-" if plain else "←"
        self.dot = "-" if plain else "·"
        self.range = "..." if plain else "…"
        self.open, self.close = ('"', '"') if plain else _MARKS.get(language or "", ("“", "”"))


def signs_for(console: Console, language: str | None = None) -> Signs:
    """Return the signs that fit where `console` writes."""
    unicode = console.is_terminal and console.encoding.lower().startswith("utf")
    return Signs(plain=not unicode, language=language)


def show_record(
    record: Record, console: Console, *, rows: Iterable[ClaimRow] | None = None
) -> None:
    """Print a record: head, claims paragraph by paragraph, one line that sums up."""
    signs = signs_for(console, record.language)
    claims = list(claim_rows(record) if rows is None else rows)
    width = min(console.width, _WIDEST) if console.is_terminal else _WIDTH
    for part in _record(record, claims, signs):
        console.print(part, width=width)


def _record(record: Record, rows: list[ClaimRow], signs: Signs) -> Iterator[RenderableType]:
    yield rule(signs)
    yield _head(record, signs)
    yield rule(signs)
    for failure in record.failures:
        label = "could not be read" if failure.fatal else "read in part"
        words = Text(f"{label}: ", style="bold red" if failure.fatal else "yellow")
        yield words.append(visible(f"{failure.reason} [{failure.step}]"), style="not bold")
    for paragraph in _paragraphs(record, rows):
        yield Text()
        yield from (claim_block(row, signs) for row in paragraph)
    yield Text()
    yield rule(signs)
    yield Text(sentence(count(rows)), style="bold")


def rule(signs: Signs) -> RenderableType:
    """Return a line across the view."""
    return Rule(characters="-" if signs.plain else "─", style="dim")


def _head(record: Record, signs: Signs) -> RenderableType:
    meta = record.meta
    title = Text(visible(meta.title or record.input), style="bold")
    facts = [meta.outlet or "outlet not stated", dated(record, signs)]
    facts += [f"by {meta.byline}"] if meta.byline else []
    facts += [record.language or "language unknown"]
    facts += [_verdict(record)]
    line = Text(visible(f" {signs.dot} ".join(facts)))
    parts: list[RenderableType] = [title, line]
    if meta.title:
        parts.append(Text(visible(record.input), style="dim"))
    return Group(*parts)


def _verdict(record: Record) -> str:
    verdict = record.meta.verdict
    return "what kind of page is not clear" if verdict == "unknown" else verdict


def dated(record: Record, signs: Signs) -> str:
    """Return the day of publication as far as it is known, in words."""
    published = record.meta.published
    if published.value:
        return published.value + (" (the page names other days too)" if published.conflict else "")
    if published.earliest or published.latest:
        return f"date not stated, {interval(published.earliest, published.latest, signs)}"
    return "date not stated"


def interval(earliest: str | None, latest: str | None, signs: Signs) -> str:
    """Return a stretch of time in words: a day, or its bounds.

    >>> interval("2031-03-04", "2031-03-04", Signs(plain=True))
    '2031-03-04'
    >>> interval(None, "2031-03-04", Signs(plain=True))
    '2031-03-04 or before'
    """
    if earliest == latest:
        return earliest or "time not stated"
    if earliest is None:
        return f"{latest} or before"
    if latest is None:
        return f"{earliest} or after"
    return f"{earliest} {signs.range} {latest}"


def _paragraphs(record: Record, rows: list[ClaimRow]) -> Iterator[list[ClaimRow]]:
    """Yield the claims by the paragraph in which they begin."""
    groups: dict[int, list[ClaimRow]] = {}
    starts = [block.start for block in record.blocks]
    for row in rows:
        paragraph = sum(1 for start in starts if start <= row.start)
        groups.setdefault(paragraph, []).append(row)
    return (groups[paragraph] for paragraph in sorted(groups))


def claim_block(row: ClaimRow, signs: Signs) -> RenderableType:
    """Return a claim: its status beside its words, then who says so, then when, where, how many."""
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=11)
    grid.add_column(ratio=1)
    grid.add_row(status_text(row), words_text(row, signs))
    grid.add_row("", chain_text(row, signs))
    details = _details(row, signs)
    if details:
        grid.add_row("", Text(details, style="dim"))
    for correction in row.corrections:
        grid.add_row("", correction_text(correction))
    return Padding(grid, (0, 0, 0, 0))


def status_text(row: ClaimRow) -> Text:
    """Return the claim's status in its colour."""
    return Text(row.status, style=STYLES[row.status])


def words_text(row: ClaimRow, signs: Signs) -> Text:
    """Return the claim in its own words; quoted words between marks."""
    words = visible(" ".join(row.words.split()))
    if row.quoted:
        words = f"{signs.open}{words}{signs.close}"
    text = Text(words)
    if row.subject and row.subject not in row.words:
        text = Text(f"[{visible(row.subject)}] ", style="dim").append(text)
    return text


def chain_text(row: ClaimRow, signs: Signs) -> Text:
    """Return who says it, and through whom: ``a clerk (anonymous) ← Ana Orme ← this report``."""
    text = Text()
    for voice in row.voices:
        text.append(voice_words(voice), style="italic")
        text.append(f" {signs.arrow} ", style="dim")
    report = "this report" if row.report is None else f"report {row.report}"
    return text.append(report if row.voices else f"{report}, in its own voice", style="italic")


def voice_words(voice: Voice) -> str:
    """Return a voice in words: name or description, and what kind of source it is."""
    name = visible(voice.name or "source not stated")
    words = visible(voice.words) if voice.words and voice.words != voice.name else None
    kind = KINDS[voice.kind]
    asides = [words] if words and voice.kind == "named_person" and len(words) > len(name) else []
    asides += [kind] if kind else []
    return f"{name} ({', '.join(asides)})" if asides else name


def _details(row: ClaimRow, signs: Signs) -> str:
    parts = []
    if row.times or row.earliest or row.latest:
        when = interval(row.earliest, row.latest, signs)
        said = ", ".join(row.times)
        parts.append(f"when: {said} = {when}" if said else f"when: {when}")
    parts += [f"where: {', '.join(row.places)}"] if row.places else []
    parts += [f"how many: {', '.join(row.quantities)}"] if row.quantities else []
    return visible(f" {signs.dot} ".join(parts))


def correction_text(correction: Correction) -> Text:
    """Return a person's decision in words."""
    words = (
        f"{correction.field} {correction.value!r}, was {correction.was!r}: decided by "
        f"{correction.who} on {correction.at[:10]}, {correction.why}"
    )
    return Text(visible(words), style="bold")


def sentence(counts: Counts) -> str:
    """Return the counts as one sentence.

    >>> sentence(Counts(reports=1, claims=0, status={}, grounds={}, corrected=0))
    'No claims.'
    """
    if not counts.claims:
        return "No claims."
    rests = ", ".join(f"{n} {GROUNDS[ground]}" for ground, n in counts.grounds.items())
    doubtful = counts.claims - counts.status.get("asserted", 0)
    claims = "1 claim" if counts.claims == 1 else f"{counts.claims} claims"
    return f"{claims}: {rests}; {doubtful} not plainly asserted."

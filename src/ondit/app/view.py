"""What a person sees of records and claims, set for a terminal or for plain text.

Captured characters are shown, never obeyed; see `ondit.app.signs`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import shorten

from rich.console import Console, Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from ondit.app.signs import Signs, interval, visible
from ondit.case.corrections import Correction
from ondit.case.held import Held
from ondit.case.provenance import Provenance
from ondit.case.summary import GROUNDS, ClaimRow, Counts, When, claim_rows, count
from ondit.model import Attribution, Capture, Failure, Producer, Record, Span
from ondit.model.annotations import SourceKind, Status
from ondit.model.voices import Voice

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

_WIDTH = 80
_WIDEST = 110
_OPENING = ("«", "“", "„", "‘", '"')
_LONGEST_NAME = 50
_LABEL = 11  # the longest status, "unconfirmed" and "conditional"


def signs_for(console: Console, language: str | None = None) -> Signs:
    """Return the signs that fit where `console` writes."""
    unicode = console.is_terminal and console.encoding.lower().startswith("utf")
    return Signs(plain=not unicode, language=language)


def display(console: Console, *parts: RenderableType) -> None:
    """Print the parts; without a terminal as plain lines that end where their words end."""
    if console.is_terminal:
        for part in parts:
            console.print(part, width=min(console.width, _WIDEST))
        return
    with console.capture() as capture:
        for part in parts:
            console.print(part, width=_WIDTH)
    for line in capture.get().splitlines():
        console.file.write(line.rstrip() + "\n")


def record_parts(record: Record, signs: Signs) -> Iterator[RenderableType]:
    """Yield a record: head, claims paragraph by paragraph, one line that sums up."""
    yield from _record_parts(record, list(claim_rows(record)), signs)


def report_parts(held: Held, signs: Signs) -> Iterator[RenderableType]:
    """Yield a report of a case: its record, then where it came from and what read it."""
    yield from _record_parts(held.record, list(held.claims()), signs)
    for orphan in held.orphans:
        yield Text("no longer in this reading: ", style="yellow").append(_correction(orphan))
    yield _facts(
        [
            *_capture_facts(held.record.capture, held.inputs, held.added_at),
            *_producer_facts(held.record.producer, held.read_at),
            ("readings", str(held.readings)),
        ]
    )


def _record_parts(record: Record, rows: list[ClaimRow], signs: Signs) -> Iterator[RenderableType]:
    yield _rule(signs)
    yield _head(record, signs)
    yield _rule(signs)
    yield from map(_failure, record.failures)
    for paragraph in _paragraphs(record, rows):
        yield Text()
        yield from (claim_block(row, signs) for row in paragraph)
    yield Text()
    yield _rule(signs)
    yield Text(sentence(count(rows)), style="bold")


def claims_parts(rows: Iterable[ClaimRow], signs: Signs) -> Iterator[RenderableType]:
    """Yield claims of several reports, each with the id that `show` and `correct` take."""
    rows = list(rows)
    for row in rows:
        yield claim_block(row, signs, with_id=True)
    yield _rule(signs)
    yield Text(sentence(count(rows)), style="bold")


def claim_parts(shown: Provenance, signs: Signs) -> Iterator[RenderableType]:
    """Yield one claim with where it stands and why it was read so."""
    yield _rule(signs)
    yield claim_block(shown.row, signs)
    yield _rule(signs)
    yield _facts(
        [
            ("claim", shown.row.claim),
            *(("characters", _place(span)) for span in shown.spans),
            *(("bytes", words) for words in _bytes(shown)),
            *(("selector", s) for o in shown.origins for s in o.selectors),
            *_capture_facts(shown.capture, shown.inputs, shown.added_at),
            *_producer_facts(shown.producer, shown.read_at),
        ]
    )
    for attribution in shown.chain:
        yield Text()
        yield _facts(_attribution_facts(attribution))
    if shown.evidence:
        yield Text()
        yield _facts([("because", f"{e.rule}: {e.span.exact!r}") for e in shown.evidence])


def claim_block(row: ClaimRow, signs: Signs, *, with_id: bool = False) -> RenderableType:
    """Return a claim: its status beside its words, then who says so, then when, where, how many."""
    grid = _grid(_LABEL)
    grid.add_row(Text(row.status, style=STYLES[row.status]), _words(row, signs))
    grid.add_row(Text(row.claim[:_LABEL] if with_id else "", style="dim"), _chain(row, signs))
    details = _details(row, signs)
    if details:
        grid.add_row("", Text(details, style="dim"))
    for correction in row.corrections:
        grid.add_row("", Text(_correction(correction), style="bold"))
    return grid


def sentence(counts: Counts) -> str:
    """Return the counts as one sentence.

    >>> sentence(Counts(reports=1, claims=0, status={}, grounds={}, corrected=0))
    'No claims.'
    """
    if not counts.claims:
        return "No claims."
    shares = (
        f"{n} ({round(100 * n / counts.claims)} %) {GROUNDS[ground]}"
        for ground, n in counts.grounds.items()
    )
    doubtful = counts.claims - counts.status.get("asserted", 0)
    claims = "1 claim" if counts.claims == 1 else f"{counts.claims} claims"
    decided = f"; {counts.corrected} decided by a person" if counts.corrected else ""
    return f"{claims}: {', '.join(shares)}. {doubtful} not plainly asserted{decided}."


def voice_words(voice: Voice, signs: Signs) -> str:
    """Return a voice in words: name or description, shortened, and what kind of source it is."""
    words = _one_line(voice.name or "source not stated")
    name = visible(shorten(words, width=_LONGEST_NAME, placeholder=f" {signs.range}"))
    kind = KINDS[voice.kind]
    return f"{name} ({kind})" if kind else name


def _rule(signs: Signs) -> RenderableType:
    return Rule(characters=signs.line, style="dim")


def _grid(label: int) -> Table:
    grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
    grid.add_column(width=label)
    grid.add_column(ratio=1, overflow="fold")
    return grid


def _facts(facts: Iterable[tuple[str, str]]) -> RenderableType:
    grid = _grid(_LABEL)
    for label, words in facts:
        grid.add_row(Text(label, style="dim"), Text(visible(words)))
    return grid


def _one_line(string: str) -> str:
    return " ".join(string.split())


def _head(record: Record, signs: Signs) -> RenderableType:
    meta = record.meta
    facts = [meta.outlet or "outlet not stated", _dated(record, signs)]
    facts += [f"by {meta.byline}"] if meta.byline else []
    facts += [record.language or "language unknown", _verdict(record)]
    separator = f" {signs.dot} "
    parts = [
        Text(visible(_one_line(meta.title or record.input)), style="bold"),
        Text(visible(separator.join(map(_one_line, facts)))),
    ]
    if meta.title:
        parts.append(Text(visible(record.input), style="dim"))
    return Group(*parts)


def _verdict(record: Record) -> str:
    verdict = record.meta.verdict
    return "kind of page unknown" if verdict == "unknown" else verdict


def _dated(record: Record, signs: Signs) -> str:
    published = record.meta.published
    if published.value:
        return published.value + (" (the page names other days too)" if published.conflict else "")
    if published.earliest or published.latest:
        return f"date not stated, {interval(published.earliest, published.latest, signs)}"
    return "date not stated"


def _failure(failure: Failure) -> RenderableType:
    label = "could not be read: " if failure.fatal else "read in part: "
    text = Text(label, style="bold red" if failure.fatal else "yellow")
    return text.append(visible(f"{failure.reason} [{failure.step}]"), style="not bold")


def _paragraphs(record: Record, rows: list[ClaimRow]) -> Iterator[list[ClaimRow]]:
    """Yield the claims by the paragraph in which they begin, in text order."""
    groups: dict[int, list[ClaimRow]] = {}
    for row in rows:
        paragraph = sum(1 for block in record.blocks if block.start <= row.start)
        groups.setdefault(paragraph, []).append(row)
    return (groups[paragraph] for paragraph in sorted(groups))


def _words(row: ClaimRow, signs: Signs) -> Text:
    words = visible(_one_line(row.words))
    marked = row.quoted and not words.startswith(_OPENING)
    text = Text(f"{signs.open}{words}{signs.close}" if marked else words)
    if row.subject and row.subject not in row.words:
        return Text(f"[{visible(_one_line(row.subject))}] ", style="dim").append(text)
    return text


def _chain(row: ClaimRow, signs: Signs) -> Text:
    """Return who says it, and through whom: ``a clerk (anonymous) ← Ana Orme ← this report``."""
    text = Text()
    for voice in row.voices:
        text.append(voice_words(voice, signs), style="italic")
        text.append(f" {signs.arrow} ", style="dim")
    report = "this report" if row.report is None else f"report {row.report}"
    return text.append(report if row.voices else f"{report}, in its own voice", style="italic")


def _details(row: ClaimRow, signs: Signs) -> str:
    times = ", ".join(_when(when, signs) for when in row.times)
    parts = [f"when: {times}"] if times else []
    parts += [f"where: {', '.join(row.places)}"] if row.places else []
    parts += [f"how many: {', '.join(row.quantities)}"] if row.quantities else []
    return visible(_one_line(f" {signs.dot} ".join(parts)))


def _when(when: When, signs: Signs) -> str:
    if when.earliest or when.latest:
        return f"{when.words} ({interval(when.earliest, when.latest, signs)})"
    return f"{when.words} (day not known)" if when.type == "DATE" else when.words


def _correction(correction: Correction) -> str:
    value, was = correction.value, correction.was
    return visible(
        f"decided by {correction.who}, {correction.at[:10]}: "
        f"{correction.field} is {'unknown' if value is None else value}, "
        f"was {'unknown' if was is None else was}. {correction.why}"
    )


def _place(span: Span) -> str:
    return f"{span.start} to {span.end}"


def _bytes(shown: Provenance) -> Iterator[str]:
    for found in shown.origins:
        within = "" if found.exact else " (the enclosing element)"
        yield f"{found.byte_start} to {found.byte_end}{within}"
    if not shown.origins:
        yield "the capture has no map to them"


def _capture_facts(
    capture: Capture, inputs: Iterable[str], added_at: str
) -> Iterator[tuple[str, str]]:
    yield "sha256", capture.sha256
    yield "", f"{capture.bytes} bytes, {capture.media_type or 'kind not stated'}"
    if capture.url:
        yield "url", capture.url
    if capture.container:
        yield "archive", capture.container
    yield "fetched", capture.fetched_at or "not stated"
    yield from (("input", name) for name in inputs)
    yield "added", added_at


def _producer_facts(producer: Producer | None, read_at: str) -> Iterator[tuple[str, str]]:
    yield "read", read_at
    if producer is None:
        return
    yield "read by", f"ondit {producer.ondit}"
    for name, digest in (*producer.models.items(), *producer.packs.items()):
        yield "", f"{name} {digest[:16]}"


def _attribution_facts(attribution: Attribution) -> Iterator[tuple[str, str]]:
    yield "source", " … ".join(s.exact for s in attribution.source) or "not stated"
    yield "kind", f"{attribution.source_kind}, {attribution.kind}"
    if attribution.cue:
        yield "cue", " … ".join(s.exact for s in attribution.cue)
    yield "act", f"{attribution.act}; the writer {attribution.stance}"
    if attribution.anonymity:
        yield "withheld", attribution.anonymity.exact
    yield "rule", f"{attribution.rule} [{attribution.id}]"

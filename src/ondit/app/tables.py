"""Tables for a terminal: reports, sources, times, hits, events, what is installed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rich.table import Table
from rich.text import Text

from ondit.app.health import Finding
from ondit.app.signs import Signs, interval, visible
from ondit.app.view import KINDS, STYLES, voice_words
from ondit.case.held import Listed
from ondit.case.log import Event
from ondit.case.search import Hit, snippet
from ondit.case.summary import Moment, Source

_NUMBERS = ("no", "claims", "relayed", "reports")
_HASH = 12
_DAY = len("2031-03-04")


def reports_table(reports: Iterable[Listed]) -> Table:
    """Return the reports of a case, one a row."""
    made = _table("no", "published", "outlet", "title", "lang", "claims", wide="title")
    made.columns[2].ratio, made.columns[3].ratio = 1, 2
    for report in reports:
        made.add_row(
            str(report.number),
            _text((report.published or "not stated")[:_DAY]),
            _text(report.outlet or "not stated"),
            _text(report.title or report.input),
            _text(report.language or "-"),
            Text("failed", style="bold red") if report.failed else str(report.claims),
        )
    return made


def sources_table(sources: Iterable[Source]) -> Table:
    """Return the sources of a case, one a row."""
    made = _table("claims", "relayed", "reports", "source", "kind", wide="source")
    for source in sources:
        made.add_row(
            str(source.claims),
            str(source.relayed),
            str(len(source.reports)),
            _text(source.name),
            KINDS[source.kind] or source.kind.replace("_", " "),
        )
    return made


def timeline_table(moments: Iterable[Moment], signs: Signs) -> Table:
    """Return dated claims by the time they speak of."""
    made = _table("when", "status", "claim", wide="claim")
    for moment in moments:
        when = interval(moment.earliest, moment.latest, signs)
        for row in moment.claims:
            source = voice_words(row.voices[0], signs) if row.voices else "its own voice"
            words = _text(row.words)
            words.append(f"  {source}, report {row.report}", style="dim")
            made.add_row(when, Text(row.status, style=STYLES[row.status]), words)
            when = ""
    return made


def hits_table(hits: Iterable[Hit]) -> Table:
    """Return what a search found, what matched in bold."""
    made = _table("report", "item", "words", wide="words")
    for hit in hits:
        words, marks = snippet(hit)
        item = Text(hit.claim or "paragraph", style="dim")
        if hit.status:
            item.append(f"\n{hit.status}", style="not dim")
        made.add_row(str(hit.number), item, _marked(words, marks))
    return made


def log_table(events: Iterable[Event]) -> Table:
    """Return the events of a case, one a row."""
    made = _table("no", "at", "event", "by", "what", wide="what")
    for event in events:
        made.add_row(
            str(event.number),
            event.at,
            _text(event.event),
            _text(event.actor),
            _text(_detail(event.details())),
        )
    return made


def health_table(findings: Iterable[Finding]) -> Table:
    """Return what is installed and what is missing, one a row."""
    made = _table("what", "name", "version", "digest", wide="name")
    for found in findings:
        name = _text(found.name)
        if found.missing:
            name.append(f" is missing: {found.advice}", style="bold red")
        made.add_row(found.what, name, found.version or "-", (found.digest or "-")[:_HASH])
    return made


def _table(*columns: str, wide: str) -> Table:
    made = Table(box=None, pad_edge=False, expand=True, header_style="bold")
    for column in columns:
        made.add_column(
            column,
            ratio=1 if column == wide else None,
            overflow="fold",
            justify="right" if column in _NUMBERS else "left",
        )
    return made


def _text(string: str) -> Text:
    return Text(visible(" ".join(string.split())))


def _marked(words: str, marks: Iterable[tuple[int, int]]) -> Text:
    """Return `words` with `marks` in bold; cut first, made visible after, so that marks hold."""
    text, done = Text(), 0
    for start, end in marks:
        text.append(visible(words[done:start]))
        text.append(visible(words[start:end]), style="bold")
        done = end
    return text.append(visible(words[done:]))


def _detail(detail: dict[str, Any]) -> str:
    """Return what an event speaks of in a few words."""
    known = [str(detail[key]) for key in ("input", "migration") if key in detail]
    known += [f"{key} {detail[key]}" for key in ("record", "correction") if key in detail]
    known += [f"capture {detail['capture'][:_HASH]}"] if "capture" in detail else []
    known += list(map(str, detail.get("reasons", ())))
    return ", ".join(known)

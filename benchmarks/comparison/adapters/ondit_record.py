"""ondit's own reading: the attributions of the record that ``ondit read --plain`` prints."""

from __future__ import annotations

from collections.abc import Iterable
from time import process_time

from benchmarks.comparison.adapters import Clock, Found, Pair, Read
from ondit.capture import report_from_bytes
from ondit.model import Record, Span
from ondit.reading.pipeline import read_report

PACKAGES = ("ondit", "spacy")

_OTHER_LAYERS = ("timex", "quantities", "places", "claims")
"""Steps that say nothing of who said what, and that no other tool here has."""


def load(language: str) -> Read:
    """Return the reader for `language`."""

    def read(text: str, clock: Clock) -> list[Found]:
        (report,) = report_from_bytes(text.encode(), name="report.txt", plain=True)
        timings: dict[str, float] = {}
        before = process_time()
        record = read_report(report, language=language, timings=timings)
        _share(clock, process_time() - before, timings)
        if record.text != text:
            raise ValueError("the record's text is not the text that was read")
        return _found(record)

    return read


def _share(clock: Clock, spent: float, timings: dict[str, float]) -> None:
    """Split CPU seconds as the steps' own seconds, which are the wall's, are split."""
    whole = sum(timings.values())
    clock.parse += spent * timings["syntax"] / whole
    clock.aside += spent * sum(timings[step] for step in _OTHER_LAYERS) / whole


def _found(record: Record) -> list[Found]:
    return [
        {"sources": _pairs(a.source), "cues": _pairs(a.cue), "contents": _pairs(a.content)}
        for a in record.attributions
    ]


def _pairs(spans: Iterable[Span]) -> list[Pair]:
    return [(span.start, span.end) for span in spans]

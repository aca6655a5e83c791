"""Reports and records made by hand, and a capture and a reading that need no parser."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from ondit.case.options import AS_FOUND, Options
from ondit.model import (
    Attribution,
    Block,
    Capture,
    Claim,
    Entity,
    Evidence,
    Failure,
    Mention,
    Meta,
    Place,
    Producer,
    Published,
    Quantity,
    Quotation,
    Record,
    Report,
    Span,
    Timex,
    cut,
    digest,
    identify,
)

FERRY = """Le ferry a heurté la jetée
Le ferry Reine Aldara a heurté la jetée de Port-Ormelle lundi, selon la capitainerie.
« Personne ne tenait la barre », affirme un marin récemment retraité, cité par Ana Orme.
La mairie nie que quatorze passagers soient blessés. Une enquête pourrait suivre."""

INSTALLED = Producer(ondit="0.0.test")


def a_report(text: str = FERRY, *, name: str = "ferry.txt", title: str | None = None) -> Report:
    """Return a plain-text report; its paragraphs are its lines."""
    content = text.encode()
    starts = [m.start() for m in re.finditer(r"^", text, re.MULTILINE)]
    lines = text.splitlines()
    return Report(
        input=name,
        capture=Capture(sha256=digest(content), bytes=len(content), media_type="text/plain"),
        content=content,
        text=text,
        blocks=tuple(
            Block(start=s, end=s + len(line))
            for s, line in zip(starts, lines, strict=False)
            if line
        ),
        meta=Meta(title=title or (lines[0] if lines else None), verdict="article"),
    )


def a_record(report: Report | None = None, *, producer: Producer = INSTALLED) -> Record:
    """Return a record of `FERRY` with claims of several statuses and a chain of two voices."""
    report = report or a_report()
    text, key = report.text, report.capture.sha256

    def at(words: str, after: int = 27) -> Span:
        start = text.index(words, after)
        return cut(text, start, start + len(words))

    sailor, orme = at("un marin récemment retraité"), at("Ana Orme")
    port, town = at("la capitainerie"), at("La mairie")
    by_port = _said(key, port, at("selon"), at("Le ferry Reine Aldara a heurté la jetée"), "e-1")
    by_orme = _said(key, orme, at("cité par"), at("Personne ne tenait la barre"), "e-2")
    by_sailor = _said(
        key, sailor, at("affirme"), at("Personne ne tenait la barre"), None, parent=by_orme.id
    )
    by_town = _said(key, town, at("nie que"), at("quatorze passagers soient blessés"), "e-3")
    day = Timex(
        id=identify("t", key, [at("lundi")]), span=at("lundi"), type="DATE",
        value="2031-03-03", earliest="2031-03-03", latest="2031-03-03", rule="weekday",
    )  # fmt: skip
    town_of = Place(
        id=identify("p", key, [at("Port-Ormelle")]), span=at("Port-Ormelle"),
        name="Port-Ormelle", rule="name",
    )  # fmt: skip
    fourteen = Quantity(
        id=identify("n", key, [at("quatorze passagers")]), span=at("quatorze passagers"),
        value=14, kind="count", rule="cardinal",
    )  # fmt: skip
    quoted = at("« Personne ne tenait la barre »")
    ferry = at("Reine Aldara")
    return Record(
        input=report.input,
        capture=report.capture,
        text=text,
        language="fr",
        meta=Meta(
            title=report.meta.title, outlet="Le Courrier des Ormelles", verdict="article",
            published=Published(value="2031-03-04", earliest="2031-03-04", latest="2031-03-04"),
        ),
        blocks=report.blocks,
        quotations=(
            Quotation(id=identify("q", key, [quoted]), span=quoted, closed=True, rule="pair"),
        ),
        mentions=(
            Mention(id="m-1", span=ferry, kind="other", entity="e-4", rule="name"),
            Mention(id="m-2", span=orme, kind="person", entity="e-2", rule="name"),
        ),
        entities=(
            Entity(id="e-1", name="la capitainerie", kind="organisation",
                   source_kind="organisation", rule="name"),
            Entity(id="e-2", name="Ana Orme", kind="person", source_kind="named_person",
                   rule="name"),
            Entity(id="e-3", name="La mairie", kind="organisation", source_kind="organisation",
                   rule="name"),
            Entity(id="e-4", name="Reine Aldara", kind="other", rule="name"),
        ),
        attributions=(by_port, by_orme, by_sailor, by_town),
        claims=(
            _claim(key, at("Le ferry Reine Aldara a heurté la jetée de Port-Ormelle lundi"),
                   "asserted", (by_port.id,), times=(day.id,), places=(town_of.id,)),
            _claim(key, at("Personne ne tenait la barre"), "unconfirmed",
                   (by_orme.id, by_sailor.id)),
            _claim(key, at("quatorze passagers soient blessés"), "denied", (by_town.id,),
                   quantities=(fourteen.id,)),
            _claim(key, at("Une enquête pourrait suivre"), "hedged", ()),
        ),
        timexes=(day,),
        places=(town_of,),
        quantities=(fourteen,),
        failures=report.failures,
        producer=producer,
    )  # fmt: skip


def _said(
    key: str, source: Span, cue: Span, content: Span, speaker: str | None, parent: str | None = None
) -> Attribution:
    kinds = {"Ana Orme": "named_person", "un marin récemment retraité": "anonymous_person"}
    return Attribution(
        id=identify("a", key, [source, cue, content]),
        source=(source,),
        cue=(cue,),
        content=(content,),
        kind="indirect",
        source_kind=kinds.get(source.exact, "organisation"),  # type: ignore[arg-type] # literals
        speaker=speaker,
        parent=parent,
        rule="test",
    )


def _claim(
    key: str, span: Span, status: str, attribution: tuple[str, ...], **grounding: tuple[str, ...]
) -> Claim:
    return Claim(
        id=identify("c", key, [span]),
        span=span,
        status=status,  # type: ignore[arg-type] # one of the literals
        polarity="-" if status == "denied" else "+",
        attribution=attribution,
        evidence=(Evidence(span=span, rule="test"),),
        **grounding,
    )


# -- in place of the floors below --------------------------------------------------------------


def capture_files(inputs: Sequence[str], _options: Options = AS_FOUND) -> Iterator[Report]:
    """Yield a report a file; a missing file is a failed one."""
    for name in inputs:
        path = Path(name)
        if path.exists():
            yield a_report(path.read_text("utf-8"), name=name)
        else:
            failure = Failure(step="capture", reason="no such file", fatal=True)
            capture = Capture(sha256=digest(b""), bytes=0)
            yield Report(input=name, capture=capture, content=b"", failures=(failure,))


def read_lines(report: Report, _options: Options = AS_FOUND) -> Record:
    """Return a record in which each sentence is a claim of the report's own voice.

    A report that says BREAK raises, one that says DIE kills its process, one that says SLOW waits.
    """
    if "BREAK" in report.text:
        raise LookupError("a bug in some step")
    if "DIE" in report.text:
        os._exit(9)
    if "SLOW" in report.text:
        time.sleep(0.05)
    spans = [cut(report.text, m.start(), m.end()) for m in re.finditer(r"[^.\n]+", report.text)]
    return Record(
        input=report.input,
        capture=report.capture,
        text=report.text,
        language="fr",
        meta=report.meta,
        blocks=report.blocks,
        claims=tuple(_claim(report.capture.sha256, span, "asserted", ()) for span in spans),
        failures=report.failures,
        producer=INSTALLED,
    )

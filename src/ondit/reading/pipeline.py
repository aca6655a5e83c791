"""The pipeline: one captured report in, one record out, as one tuple that reads top to bottom."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from time import perf_counter
from typing import Any

from msgspec.structs import replace

from ondit.language.detection import detect, detect_supported
from ondit.language.lexicon import Pack, available, load_pack
from ondit.language.syntax import annotate, load_model
from ondit.model import (
    Annotation,
    Candidate,
    Failure,
    Meta,
    Preset,
    Producer,
    Published,
    Record,
    Report,
    Text,
)
from ondit.reading import (
    attribution,
    claims,
    mentions,
    places,
    publication,
    quantities,
    quotation,
    resolving,
    settling,
    speakers,
    timex,
)
from ondit.reading.tagging.weights import load

Find = Callable[[Text, Record, Pack], Iterator[Annotation]]


@dataclass(frozen=True)
class Step:
    """One step: the layers of the record it reads and writes, and the function that does it.

    A step that writes several layers, or rewrites one, yields values of their types; what it
    yields for a layer replaces that layer.
    """

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    find: Find


PIPELINE: tuple[Step, ...] = (
    Step("quotation", (), ("quotations",), quotation.find),
    Step("mentions", ("quotations",), ("mentions", "entities"), mentions.find),
    Step("timex", ("quotations",), ("timexes",), timex.find),
    Step("quantities", ("timexes",), ("quantities",), quantities.find),
    Step("places", ("mentions", "entities"), ("places",), places.find),
    Step("attribution", ("quotations", "mentions"), ("attributions",), attribution.find),
    Step(
        "speakers",
        ("quotations", "mentions", "entities", "attributions"),
        ("mentions", "entities", "attributions"),
        speakers.find,
    ),
    Step(
        "claims",
        ("quotations", "attributions", "timexes", "places", "quantities", "mentions", "entities"),
        ("claims",),
        claims.find,
    ),
    Step("settling", ("attributions", "claims"), ("attributions", "claims"), settling.find),
)

_LAYER_OF = {
    "Quotation": "quotations",
    "Mention": "mentions",
    "Entity": "entities",
    "Attribution": "attributions",
    "Claim": "claims",
    "Timex": "timexes",
    "Place": "places",
    "Quantity": "quantities",
}


def read_report(
    report: Report,
    *,
    language: str | None = None,
    published: str | None = None,
    preset: Preset = "balanced",
    timings: dict[str, float] | None = None,
) -> Record:
    """Return the record of `report`.

    Args:
        report: what the capture floor made of one input.
        language: tag of its language; None lets the text tell.
        published: ISO day of publication, when the caller knows it; it outranks the page.
        preset: how sure an attribution has to be: "precision" keeps the surest, "recall" what a
            reader may want to look at.
        timings: when given, seconds spent are added per step under its name.
    """
    meta = _dated(report.meta, published)
    record = Record(
        input=report.input,
        capture=report.capture,
        text=report.text,
        meta=meta,
        furniture=report.furniture,
        blocks=report.blocks,
        segments=report.segments,
        failures=report.failures,
        producer=Producer(ondit=version("ondit"), preset=preset),
    )
    if record.failed or not report.blocks:
        return record
    body = "\n".join(report.text[b.start : b.end] for b in report.blocks)
    tag = language or detect(body) or detect_supported(body)
    record = replace(record, language=tag)
    if tag not in available():
        return _unread(record, tag)
    return _run(record, tag, timings if timings is not None else {})


def _run(record: Record, tag: str, timings: dict[str, float]) -> Record:
    pack = load_pack(tag)
    before = perf_counter()
    text = annotate(
        record.text,
        language=tag,
        blocks=record.blocks,
        key=record.capture.sha256,
        published=record.meta.published.value,
    )
    timings["syntax"] = timings.get("syntax", 0.0) + perf_counter() - before
    if text.tokens is None:
        reason = f"no parser for {tag!r}: read from the surface alone"
        record = _failed(record, "syntax", reason)
    published = publication.bounded(text, record, pack)
    record = replace(record, meta=replace(record.meta, published=published))
    for step in PIPELINE:
        before = perf_counter()
        record = _apply(step, text, record, pack)
        timings[step.name] = timings.get(step.name, 0.0) + perf_counter() - before
    preset = record.producer.preset if record.producer else "balanced"
    return replace(record, producer=_producer(tag, pack, preset))


def _apply(step: Step, text: Text, record: Record, pack: Pack) -> Record:
    found: dict[str, list[Any]] = {layer: [] for layer in step.writes}
    for value in step.find(text, record, pack):
        found[_LAYER_OF[type(value).__name__]].append(value)
    return replace(record, **{layer: tuple(values) for layer, values in found.items()})


def _producer(tag: str, pack: Pack, preset: Preset) -> Producer:
    model, tagger = load_model(tag), load(tag)
    models = {f"{model.name}-{model.version}": model.digest} if model else {}
    models |= {tagger.name: tagger.digest} if model and tagger else {}
    models["places"] = resolving.load().digest
    return Producer(ondit=version("ondit"), models=models, packs={tag: pack.digest}, preset=preset)


def _unread(record: Record, tag: str | None) -> Record:
    known = ", ".join(available())
    if tag is None:
        return _failed(
            record, "language", f"too little text to tell its language; give one: {known}"
        )
    return _failed(record, "language", f"no language pack for {tag!r}; there are {known}")


def _failed(record: Record, step: str, reason: str) -> Record:
    return replace(record, failures=(*record.failures, Failure(step=step, reason=reason)))


def _dated(meta: Meta, published: str | None) -> Meta:
    """Return `meta` with the caller's day of publication before the page's own.

    Raises:
        ValueError: when `published` is no ISO day.
    """
    if published is None:
        return meta
    day = date.fromisoformat(published[:10]).isoformat()
    given = Candidate(field="published", value=published, source="option:--published", chosen=True)
    return replace(
        meta,
        published=Published(
            value=published,
            earliest=day,
            latest=day,
            evidence=(given, *(replace(c, chosen=False) for c in meta.published.evidence)),
            conflict=meta.published.conflict,
        ),
    )


def check_order(steps: tuple[Step, ...]) -> None:
    """Check that every layer is written before it is read.

    Raises:
        ValueError: naming the first step that reads what nobody wrote.
    """
    written: set[str] = set()
    for step in steps:
        missing = set(step.reads) - written
        if missing:
            raise ValueError(f"step {step.name!r} reads {sorted(missing)}, which no step wrote")
        written |= set(step.writes)


check_order(PIPELINE)

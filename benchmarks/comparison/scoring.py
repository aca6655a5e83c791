"""From what a tool found to the figures of one row; the scorer is the corpora's own program."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.comparison.corpora import Corpus, Document
from benchmarks.comparison.running import Answer, Reading

RESAMPLES = 1000
"""Draws of documents behind the 95 % interval."""


class Speed(msgspec.Struct, frozen=True, kw_only=True):
    """Words a CPU second on one thread, of the texts that the tool did not give up."""

    attribution: int
    """With the parse; without what only one of the tools does."""
    beyond_parse: int
    """Of what the tool adds to the parse."""
    everything: int
    """With all that the tool does."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One tool on one corpus; scores are percentages."""

    tool: str
    corpus: str
    attributions: dict[str, float]
    """``f1``, ``low`` and ``high`` (95 % interval), ``precision``, ``recall``; ``lenient``: F1 when
    a shared name is enough for the source."""
    contents: float
    """F1 of contents, whoever said them."""
    words: float
    """F1 of the words of sources, cues and contents, mean of the three."""
    recall: dict[str, float]
    """Attributions found, by form: ``direct``, ``mixed``, ``indirect``; ``say``: with a verb of
    speech."""
    failed: int
    """Texts that the tool gave up."""
    lost: int
    """Paragraphs that it gave up in texts that it read."""
    errors: dict[str, int]
    """Kind of error to the number of texts that it ended."""
    speed: Speed | None
    """None when it read no text."""


def row(tool: str, corpus: Corpus, readings: Sequence[Reading], scorer: Path) -> Row:
    """Return the figures of `tool` on `corpus`.

    Args:
        tool: its name.
        corpus: what it read.
        readings: of the same texts by the same tool; the fastest is timed, the first scored.
        scorer: the program that scores.
    """
    answers = readings[0].answers
    errors = Counter(answer.error.split(":")[0] for answer in answers if answer.error)
    result = score(corpus.documents, answers, scorer)
    attributions = result["attributions"]
    low, high = result["headline_ci95"]
    return Row(
        tool=tool,
        corpus=corpus.name,
        attributions={
            "f1": _percent(attributions["attr"]["f1"]),
            "low": _percent(low),
            "high": _percent(high),
            "precision": _percent(attributions["attr"]["p"]),
            "recall": _percent(attributions["attr"]["r"]),
            "lenient": _percent(attributions["attr_len"]["f1"]),
        },
        contents=_percent(attributions["content"]["f1"]),
        words=_percent(result["words"]["macro_f1"]),
        recall={
            form: _percent(result["slices"][form]["attr_recall"])
            for form in ("direct", "mixed", "indirect", "say")
        },
        failed=errors.total(),
        lost=sum(answer.lost for answer in answers),
        errors=dict(errors),
        speed=_fastest(corpus.documents, readings),
    )


def score(documents: Iterable[Document], answers: Iterable[Answer], scorer: Path) -> dict[str, Any]:
    """Return what the scorer prints as JSON; a text that was given up counts as nothing found.

    Raises:
        RuntimeError: when the scorer fails, with its own words.
    """
    with tempfile.TemporaryDirectory() as folder:
        gold, found = Path(folder) / "gold.jsonl", Path(folder) / "found.jsonl"
        gold.write_bytes(b"\n".join(map(msgspec.json.encode, documents)))
        found.write_bytes(b"\n".join(map(msgspec.json.encode, answers)))
        options = ["--json", "--slices", "--boot", str(RESAMPLES)]
        command = [sys.executable, "-B", str(scorer), str(gold), str(found), *options]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{scorer.name} failed: {done.stderr.strip() or done.stdout.strip()}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def _fastest(documents: Sequence[Document], readings: Sequence[Reading]) -> Speed | None:
    speeds = [speed(documents, reading.answers) for reading in readings]
    measured = [each for each in speeds if each is not None]
    return max(measured, key=lambda each: each.attribution, default=None)


def speed(documents: Iterable[Document], answers: Iterable[Answer]) -> Speed | None:
    """Return how fast the texts were read that were read at all."""
    read = [(d, a) for d, a in zip(documents, answers, strict=True) if a.error is None]
    words = sum(document.words for document, _ in read)
    if not words:
        return None
    whole = sum(answer.cpu for _, answer in read)
    counted = whole - sum(answer.aside for _, answer in read)
    added = counted - sum(answer.parse for _, answer in read)
    return Speed(
        attribution=round(words / counted),
        beyond_parse=round(words / added),
        everything=round(words / whole),
    )


def _percent(share: float) -> float:
    return round(100 * share, 1)

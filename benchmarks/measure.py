"""What each task does: read its corpus with ondit, hand the records to the scorer, return scores.

The scorers are programs of their own, run from the data folder; nothing here knows how they count.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from benchmarks import event_types as typed_deeds
from benchmarks import events as single_verbs
from benchmarks import factuality
from benchmarks import grounding as page_grounding
from benchmarks import ntrex as translations
from benchmarks import places as page_places
from benchmarks import quantities as counted
from benchmarks import scale as growth
from benchmarks import speakers as marked_speakers
from benchmarks.card import Card
from benchmarks.floors import Mode
from benchmarks.worlds import running as invented_worlds
from ondit.capture import report_from_bytes
from ondit.comparing.corroboration import corroborate
from ondit.comparing.vectors import Vectors
from ondit.model import Preset, Record, Span
from ondit.model.record import decode, encode
from ondit.reading.events import covering
from ondit.reading.pipeline import read_report
from tests.comparing.named import shares as named_pairs

SEED = 20261123
"""Of the documents that a quick run takes; a fixed choice, so that its floors mean something."""


class Run(msgspec.Struct, kw_only=True):
    """One run of one task: where its data lie, how much to read, what was read."""

    card: Card
    root: Path
    mode: Mode
    documents: int = 0
    makers: set[str] = set()
    """Models and packs that took part, for the signature."""

    def rows(self, name: str) -> list[dict[str, Any]]:
        """Return the documents of corpus file `name`: all, or the quick run's fixed sample."""
        lines = (self.root / name).read_text("utf-8").split("\n")
        rows = [json.loads(line) for line in lines if line.strip()]
        size = self.card.sample.get(name, len(rows)) if self.mode == "quick" else len(rows)
        if size >= len(rows):
            return rows
        chosen = random.Random(SEED).sample(range(len(rows)), size)  # noqa: S311  a fixed sample
        return [rows[index] for index in sorted(chosen)]

    def read(
        self,
        content: bytes,
        *,
        name: str,
        plain: bool = True,
        language: str | None = None,
        published: str | None = None,
        preset: Preset = "balanced",
    ) -> Record:
        """Return the record of one document."""
        (report,) = report_from_bytes(content, name=name, plain=plain)
        record = read_report(report, language=language, published=published, preset=preset)
        self.documents += 1
        if record.producer is not None:
            self.makers |= set(record.producer.models)
            packs = record.producer.packs.items()
            self.makers |= {f"{tag} pack {digest[:8]}" for tag, digest in packs}
        return record

    def score(self, script: str, *arguments: str | Path) -> dict[str, Any]:
        """Return what the scorer `script` prints as JSON."""
        command = [sys.executable, str(self.root / script), *map(str, arguments)]
        clean = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}  # the data folder is not ours
        done = subprocess.run(command, capture_output=True, text=True, check=False, env=clean)
        if done.returncode != 0:
            raise RuntimeError(f"{script} failed: {done.stderr.strip() or done.stdout.strip()}")
        result: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
        return result


Measure = Callable[[Run, Path], dict[str, float]]


def seed(run: Run, folder: Path) -> dict[str, float]:
    """Return the scores on the acceptance page: one saved page of press copy, read as it is."""
    page = run.root / "seed" / "page.txt"
    record = run.read(page.read_bytes(), name="page.txt", plain=False)
    return run.score("score_seed.py", _write(folder, "record.json", [encode(record)]), "--json")


def french_gold(run: Run, folder: Path) -> dict[str, float]:
    """Return the scores on the annotated French articles."""
    return _gold(run, folder, corpus="french_gold_dev", language="fr")


def english_gold(run: Run, folder: Path) -> dict[str, float]:
    """Return the scores on the annotated English articles."""
    return _gold(run, folder, corpus="english_gold_dev", language="en")


def speakers(run: Run, _: Path) -> dict[str, float]:
    """Return how often speaker and kind of source are right on the marked texts of the tests."""
    run.documents, run.makers = marked_speakers.documents(), marked_speakers.makers()
    return marked_speakers.scores()


def quantities(run: Run, _: Path) -> dict[str, float]:
    """Return how often bounds, unit and role are right on the marked texts of the tests."""
    run.documents, run.makers = counted.documents(), counted.makers()
    return counted.scores()


def seed_quantities(run: Run, _: Path) -> dict[str, float]:
    """Return how many of the annotated quantities of the acceptance page are right."""
    page = run.root / "seed" / "page.txt"
    record = run.read(page.read_bytes(), name="page.txt", plain=False)
    return counted.seed_scores(record, run.root / "seed" / "grounding.json")


def event_types(run: Run, _: Path) -> dict[str, float]:
    """Return how sure types and roles of deeds are on the marked sentences of the tests."""
    run.documents, run.makers = typed_deeds.documents(), typed_deeds.makers()
    return typed_deeds.scores()


def seed_event_types(run: Run, _: Path) -> dict[str, float]:
    """Return how many of the annotated types of the acceptance page are right."""
    page = run.root / "seed" / "page.txt"
    record = run.read(page.read_bytes(), name="page.txt", plain=False)
    return typed_deeds.seed_scores(record, run.root / "seed" / "gold.json")


def people(run: Run, _: Path) -> dict[str, float]:
    """Return how well spellings of one person's name are told from names of two."""
    rates = {part: named_pairs(part) for part in ("dev", "test")}
    run.documents = int(sum(rate["n"] for rate in rates.values()))
    kinds = ("precision", "recall")
    return {f"{part}.{kind}": rates[part][kind] for part in rates for kind in kinds}


def _gold(run: Run, folder: Path, *, corpus: str, language: str) -> dict[str, float]:
    texts = sorted(path for path in (run.root / corpus).glob("*.txt"))
    records = (run.read(path.read_bytes(), name=path.name, language=language) for path in texts)
    written = _write(folder, "records.jsonl", map(encode, records))
    result = run.score("score_record.py", run.root / corpus, written, "--json")
    return {**result, "attr_f1": result["attribution"]["attr_f1"]}


def polnear(run: Run, folder: Path) -> dict[str, float]:
    """Return the attribution scores on PolNeAR's development part, which marks outermost ones.

    Besides the scores of all that is found: those of the outermost alone, and of the surest.
    """
    rows = run.rows("polnear/dev.jsonl")
    gold = _write(folder, "gold.jsonl", map(_line, rows))
    records = [_article(run, row, "balanced") for row in rows]
    whole = _scored(run, gold, rows, records)
    outermost = _scored(run, gold, rows, records, outermost=True)
    surest = _scored(run, gold, rows, [_article(run, row, "precision") for row in rows])
    return {
        **whole,
        **{f"outermost.{name}": outermost[name] for name in _OUTERMOST},
        "precision.attr_precision": surest["attr_precision"],
        "precision.attr_recall": surest["attr_recall"],
    }


_OUTERMOST = ("attr_f1", "word_macro_f1", "exact.source", "exact.cue", "exact.content")


def _scored(
    run: Run,
    gold: Path,
    rows: Sequence[dict[str, Any]],
    records: Sequence[Record],
    *,
    outermost: bool = False,
) -> dict[str, float]:
    """Return what the scorer of attributions says of `records`."""
    lines = (
        _line(_attributions(*pair, outermost=outermost)) for pair in zip(rows, records, strict=True)
    )
    result = run.score(
        "score_attribution.py",
        gold,
        _write(gold.parent, "found.jsonl", lines),
        "--slices",
        "--json",
    )
    attributions, spans = result["attributions"], result["spans"]
    scores = {
        "attr_f1": attributions["attr"]["f1"],
        "attr_precision": attributions["attr"]["p"],
        "attr_recall": attributions["attr"]["r"],
        "content_f1": attributions["content"]["f1"],
        "word_macro_f1": result["words"]["macro_f1"],
        "source_accuracy": attributions["src_acc"],
        "say_recall": result["slices"]["say"]["attr_recall"],
        **{f"exact.{kind}": spans[kind]["exact"]["f1"] for kind in ("source", "cue", "content")},
    }
    return {name: 100 * score for name, score in scores.items()}


def _article(run: Run, row: dict[str, Any], preset: Preset) -> Record:
    return run.read(
        row["text"].encode(),
        name=f"{row['id']}.txt",
        language="en",
        published=row["date"],
        preset=preset,
    )


def _attributions(row: dict[str, Any], record: Record, *, outermost: bool) -> dict[str, Any]:
    found = [
        {"sources": _pairs(a.source), "cues": _pairs(a.cue), "contents": _pairs(a.content)}
        for a in record.attributions
        if not (outermost and a.parent)
    ]
    return {"id": row["id"], "text": record.text, "attributions": found}


def conditional(run: Run, _: Path) -> dict[str, float]:
    """Return how well the French conditional of hearsay is told from the others."""
    pairs = []
    for number, row in enumerate(run.rows("fr_press_conditional.jsonl")):
        record = run.read(row["text"].encode(), name=f"{number}.txt", language="fr")
        claim = covering(record, row["start"], row["end"])
        found = claim is not None and claim.status == "unconfirmed"
        pairs.append((row["label"] == "hearsay", found))
    precision, recall, both = factuality.f1(pairs)
    return {"hearsay_precision": precision, "hearsay_recall": recall, "hearsay_f1": both}


def timebank_events(run: Run, _: Path) -> dict[str, float]:
    """Return how negation and irrealis of single French verbs are found."""
    rows = run.rows("french_timebank_dev.jsonl")
    run.documents, run.makers = len(rows), single_verbs.makers("fr")
    return single_verbs.timebank_scores(rows)


def uds(run: Run, _: Path) -> dict[str, float]:
    """Return how near the shipped model of factuality comes to judges of English words."""
    rows = [row for row in run.rows("uds_ih2.jsonl") if row["split"] == "dev"]
    run.documents, run.makers = len(rows), single_verbs.makers("en")
    return single_verbs.uds_scores(rows)


def grounding(run: Run, folder: Path) -> dict[str, float]:
    """Return how what the acceptance page speaks of is grounded, by kind."""
    gold = json.loads((run.root / "seed" / "grounding.json").read_text("utf-8"))
    page = (run.root / "seed" / "page.txt").read_bytes()
    record = run.read(page, name="page.txt", plain=False, published=gold["dct"])
    return page_grounding.scores(
        page_grounding.Page(record=record, gold=gold, score=run.score, folder=folder)
    )


def times(run: Run, folder: Path) -> dict[str, float]:
    """Return the scores on time expressions, French and English."""
    scores: dict[str, float] = {}
    for corpus in ("te3_timebank", "te3_aquaint", "french_timebank_dev"):
        result = _grounding(run, folder, kind="times", corpus=corpus)
        scores |= {f"{corpus}.{name}": result[name] for name in _TIMES}
    both = [
        _joined(folder, f"english{kind}", [f"te3_timebank{kind}", f"te3_aquaint{kind}"])
        for kind in (".gold.jsonl", ".jsonl")
    ]
    result = run.score("score_grounding.py", "times", *both)
    return scores | {f"english.{name}": result[name] for name in _TIMES}


_TIMES = ("strict_f1", "relaxed_f1", "value_f1")


def _joined(folder: Path, name: str, parts: Iterable[str]) -> Path:
    return _write(folder, name, ((folder / part).read_bytes().rstrip(b"\n") for part in parts))


def places(run: Run, folder: Path) -> dict[str, float]:
    """Return the scores on places: found, set on the right spot of the map, left open when unsure.

    Figures that begin with ``contained`` are of the names that the gazetteer holds.
    """
    scores: dict[str, float] = {}
    for corpus, names in _PLACES.items():
        result = _grounding(run, folder, kind="places", corpus=corpus)
        lines = (folder / f"{corpus}.jsonl").read_bytes().split(b"\n")
        records = [decode(line) for line in lines if line.strip()]
        result |= page_places.scores(run.rows(f"{corpus}.jsonl"), records)
        scores |= {f"{corpus}.{name}": result[name] or 0.0 for name in names}
    return scores


_CURVE = [f"{what}_from_{least}" for least in page_places.FROM for what in ("named", "right")]
_POINTS = ["relaxed_f1", "acc_161km", "contained", "contained.acc_161km", *_CURVE]
_PLACES = {"lgl": [*_POINTS, "id_accuracy", "contained.id_accuracy"], "geovirus": _POINTS}
"""Corpora of places and their figures; GeoVirus has no ids."""


def _grounding(run: Run, folder: Path, *, kind: str, corpus: str) -> dict[str, Any]:
    rows = run.rows(f"{corpus}.jsonl")
    records = (
        run.read(
            row["text"].encode(),
            name=f"{row['id']}.txt",
            language=row["lang"],
            published=row.get("dct") or _day(row.get("date")),
        )
        for row in rows
    )
    gold = _write(folder, f"{corpus}.gold.jsonl", map(_line, rows))
    found = _write(folder, f"{corpus}.jsonl", map(encode, records))
    return run.score("score_grounding.py", kind, gold, found)


def worlds(run: Run, _: Path) -> dict[str, float]:
    """Return how well origins, derivations and contradictions of invented events are found."""
    run.documents, scores = invented_worlds.measured(run.mode)
    return scores


def seed_origins(run: Run, _: Path) -> dict[str, float]:
    """Return whether the acceptance page and what it derives from are one origin, in percent."""
    page = run.root / "seed" / "page.txt"
    reports = Path(__file__).parent / "seed_origins"
    names = ("original.en.txt", "translation.fr.txt", "independent.en.txt")
    paths = [page, *(reports / name for name in names)]
    records = {
        path.stem: run.read(path.read_bytes(), name=path.name, language=path.stem[-2:])
        for path in paths[1:]
    }
    records = {"page": run.read(page.read_bytes(), name=page.name, language="fr"), **records}
    derived = {name: record for name, record in records.items() if name != "independent.en"}
    few, all_four = corroborate(derived.items()), corroborate(records.items())
    evidence = [
        span.holds(records[end].text)
        for d in all_four.derivations
        for one in d.evidence
        for span, end in ((one.from_span, d.from_), (one.to_span, d.to))
        if span is not None
    ]
    directed = any((d.from_, d.to) == ("original.en", "page") for d in few.derivations)
    return {
        "one_origin": 100.0 * (len(few.origins) == 1),
        "two_origins": 100.0 * (len(all_four.origins) == 2),
        "directed": 100.0 * directed,
        "anchored": 100.0 * sum(evidence) / max(len(evidence), 1),
    }


def ntrex(run: Run, _: Path) -> dict[str, float]:
    """Return how well human translations of news are found among all documents."""
    rows = run.rows("ntrex_dev.jsonl")
    run.documents = len(rows)
    return translations.scores(rows)


def ntrex_embed(run: Run, _: Path) -> dict[str, float]:
    """Return the same where vectors of sentences propose which sentences answer each other."""
    rows = run.rows("ntrex_dev.jsonl")
    run.documents = len(rows)
    return translations.scores(rows, vectors=Vectors())


def scale(run: Run, _: Path) -> dict[str, float]:
    """Return how the cost of comparing grows with the number of reports."""
    run.documents, scores = growth.scores(run.mode)
    return scores


def speed(run: Run, _: Path) -> dict[str, float]:
    """Return speed and memory of the whole reading, measured in a process of its own."""
    rounds = "4" if run.mode == "quick" else "20"
    command = [sys.executable, "-m", "benchmarks.speed", "--rounds", rounds]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    result = json.loads(done.stdout)
    run.documents = int(result.pop("documents"))
    run.makers |= set(result.pop("makers"))
    scores: dict[str, float] = result
    return scores


MEASURES: dict[str, Measure] = {
    "seed_origins": seed_origins,
    "seed": seed,
    "french_gold": french_gold,
    "english_gold": english_gold,
    "polnear": polnear,
    "conditional": conditional,
    "timebank_events": timebank_events,
    "uds": uds,
    "times": times,
    "grounding": grounding,
    "places": places,
    "speakers": speakers,
    "quantities": quantities,
    "seed_quantities": seed_quantities,
    "event_types": event_types,
    "seed_event_types": seed_event_types,
    "people": people,
    "worlds": worlds,
    "ntrex": ntrex,
    "ntrex_embed": ntrex_embed,
    "scale": scale,
    "speed": speed,
}


def measure(run: Run, measure_task: Measure) -> dict[str, float]:
    """Return the scores that the run's card names, rounded to what the scorers can tell apart."""
    with tempfile.TemporaryDirectory() as folder:
        found = measure_task(run, Path(folder))
    missing = [name for name in run.card.scores if found.get(name) is None]
    if missing:
        raise RuntimeError(f"the scorer gave no {', '.join(missing)}")
    return {name: round(float(found[name]), 2) for name in run.card.scores}


def _pairs(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def _day(stamp: str | None) -> str | None:
    return stamp[:10] if stamp else None


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False).encode()


def _write(folder: Path, name: str, lines: Iterable[bytes] | Iterator[bytes]) -> Path:
    path = folder / name
    with path.open("wb") as file:
        file.writelines(line + b"\n" for line in lines)
    return path

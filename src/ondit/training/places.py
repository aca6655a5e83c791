"""The recipe of the model of places: which bearer of a name a report means.

Learned on the Local-Global Lexicon (GeoNames ids) and GeoVirus (coordinates). The names are those
that ondit itself finds, with the candidates of its own gazetteer: where none of them is right,
"none of these" is. Two networks are fitted, the second with what the first makes of other names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ondit.language.gazetteer import GeoPlace
from ondit.language.lexicon import load_pack
from ondit.reading.places import counted, grammar, questions
from ondit.reading.resolving import (
    EARTH,
    MEANT,
    MOST,
    Asked,
    Chosen,
    Layers,
    Model,
    Numbers,
    Rows,
    Table,
    describe,
    meant,
    packed,
    resolve,
    shares,
)
from ondit.training.events import read, rows
from ondit.training.placecard import Answer, card

CORPORA = ("lgl.jsonl", WORLD := "geovirus.jsonl")

FOLDS = 10
"""Parts of the documents, each judged by a model that was fitted on the others."""

SEED = 20261123
"""Of the parting into folds and of the first numbers; others move the shares by .3 points."""

HIDDEN, PENALTY, STEPS, RATE = 12, 3e-3, 400, 0.02
"""Size of the hidden layer, weight of the squares, steps and rate of Adam. Measured by three folds:
8 to 24 hidden units, penalties of 1e-3 to 5e-3 give the same shares within .2 points."""

REACH = {"PPL": 25.0, "PPLC": 25.0, "ADM2": 60.0, "ADM1": 200.0, "PCLI": 1200.0, "CONT": 1200.0}
"""Kilometres within which a candidate is what coordinates without an id mean, by its kind: lists
put the one point of a large country that far apart."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Judged:
    """One question of a document, and which of its candidates annotators meant."""

    index: int
    right: NDArray[np.bool_]
    times: int


@dataclass(frozen=True)
class Document:
    """The names of one document as they are asked about, and what is known of some."""

    corpus: str
    asked: list[Asked]
    judged: list[Judged]


# -- what annotators said --------------------------------------------------------------------


def document(row: dict[str, Any], corpus: str) -> Document:
    """Return one annotated document."""
    text, record = read(row["text"], name=row["id"], language=row["lang"], published=None)
    found = questions(text, record, grammar(load_pack(row["lang"])))
    times = Counter(question for _, question in found)
    index = {question: number for number, question in enumerate(times)}
    said: Counter[tuple[int, tuple[bool, ...]]] = Counter()
    for toponym, question in found:
        gold = next((g for g in row["toponyms"] if _over(g, toponym.start, toponym.end)), None)
        if gold and not toponym.hint and not toponym.region and _placed(gold):
            said[index[question], tuple(right(gold, question.candidates[:MOST]))] += 1
    judged = [Judged(i, np.array(mask, dtype=bool), n) for (i, mask), n in said.items()]
    return Document(corpus, counted(times), judged)


def _over(gold: dict[str, Any], start: int, end: int) -> bool:
    return bool(gold["start"] < end and start < gold["end"])


def _placed(gold: dict[str, Any]) -> bool:
    return gold.get("geonameid") is not None or gold.get("lat") is not None


def right(gold: dict[str, Any], candidates: Sequence[GeoPlace]) -> list[bool]:
    """Return which of `candidates` the annotators meant: by id, else by coordinates."""
    if gold.get("geonameid") is not None:
        return [str(p.geonames) == str(gold["geonameid"]) for p in candidates]
    near = [p.feature if _km(p, gold) <= REACH.get(p.feature, 0.0) else None for p in candidates]
    for kinds in (("PCLI", "CONT"), ("PPL", "PPLC")):  # before the divisions named after them
        if any(feature in kinds for feature in near):
            return [feature in kinds for feature in near]
    return [feature is not None for feature in near]


def _km(place: GeoPlace, gold: dict[str, Any]) -> float:
    if place.lat is None or place.lon is None:
        return float("inf")
    a, b, c, d = map(radians, (place.lat, place.lon, gold["lat"], gold["lon"]))
    return 2 * EARTH * asin(sqrt(sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2))


# -- fitting ---------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sheet:
    """Judged names as rows of candidates."""

    shown: Numbers
    owner: Rows
    none: Numbers
    right: Numbers
    none_right: Numbers
    weight: Numbers
    """Of a name: the root of how often it is mentioned, all adding up to one."""


def sheet(documents: Sequence[Document], tables: Sequence[Table], shown: list[Numbers]) -> Sheet:
    """Return the judged names of `documents`."""
    found = [
        (rows_of[table.rows[j.index]], table.none[j.index], j)
        for doc, table, rows_of in zip(documents, tables, shown, strict=True)
        for j in doc.judged
        if len(j.right)
    ]
    sizes = [len(entry.right) for _, _, entry in found]
    weight = np.sqrt(np.array([entry.times for _, _, entry in found], dtype=np.float64))
    return Sheet(
        shown=np.vstack([rows_of for rows_of, _, _ in found]),
        owner=np.repeat(np.arange(len(found)), sizes),
        none=np.array([none for _, none, _ in found]),
        right=np.concatenate([entry.right for _, _, entry in found]).astype(np.float64),
        none_right=np.array([float(not entry.right.any()) for _, _, entry in found]),
        weight=weight / weight.sum(),
    )


Parts = dict[str, Numbers]


def fit(examples: Sheet, seed: int) -> Layers:
    """Return the network that makes what is right likeliest, by Adam over all examples at once."""
    parts = _first(examples, np.random.default_rng(seed))
    mean = {name: np.zeros_like(values) for name, values in parts.items()}
    square = {name: np.zeros_like(values) for name, values in parts.items()}
    for step in range(1, STEPS + 1):
        rate = RATE * min(1.0, 2 * (1 - step / STEPS) + 0.02)
        for name, slope in _slopes(examples, parts).items():
            mean[name] = 0.9 * mean[name] + 0.1 * slope
            square[name] = 0.999 * square[name] + 0.001 * slope**2
            stride = mean[name] / (1 - 0.9**step)
            parts[name] -= rate * stride / (np.sqrt(square[name] / (1 - 0.999**step)) + 1e-8)
    return Layers(**parts)


def _first(examples: Sheet, chance: np.random.Generator) -> Parts:
    width = examples.shown.shape[1]
    return {
        "first": chance.normal(0, 0.9 / np.sqrt(width), (width, HIDDEN)),
        "bias": np.zeros(HIDDEN),
        "second": chance.normal(0, 0.3, HIDDEN),
        "plain": np.zeros(width),
        "none": np.zeros(examples.none.shape[1]),
    }


def _slopes(examples: Sheet, parts: Parts) -> Parts:
    """Return how the loss changes with each number."""
    hidden = np.tanh(examples.shown @ parts["first"] + parts["bias"])
    scores = hidden @ parts["second"] + examples.shown @ parts["plain"]
    pull, none_pull = _pulls(examples, scores, examples.none @ parts["none"])
    back = np.outer(pull, parts["second"]) * (1 - hidden**2)
    return {
        "first": examples.shown.T @ back + PENALTY * parts["first"],
        "bias": back.sum(axis=0),
        "second": hidden.T @ pull + PENALTY * parts["second"],
        "plain": examples.shown.T @ pull + PENALTY * parts["plain"],
        "none": examples.none.T @ none_pull,
    }


def _pulls(examples: Sheet, scores: Numbers, none: Numbers) -> tuple[Numbers, Numbers]:
    """Return by how much each score is too high: its share less its share among what is right."""
    owner, count = examples.owner, len(none)
    top = np.maximum(_highest(scores, owner, count), none)
    raised, none_raised = np.exp(scores - top[owner]), np.exp(none - top)
    total = np.bincount(owner, raised, count) + none_raised
    good, none_good = raised * examples.right, none_raised * examples.none_right
    good_total = np.maximum(np.bincount(owner, good, count) + none_good, 1e-12)
    pull = raised / total[owner] - good / good_total[owner]
    none_pull = none_raised / total - none_good / good_total
    return pull * examples.weight[owner], none_pull * examples.weight


def _highest(scores: Numbers, owner: Rows, count: int) -> Numbers:
    top = np.full(count, -np.inf)
    np.maximum.at(top, owner, scores)
    return top


def alone(documents: Iterable[Document]) -> Iterator[Document]:
    """Yield the names of world news each as the only one of a document.

    Of local news a name without company is the paper's own town; of a report whose outlet is not
    known, it is the place that the world knows by it.
    """
    for doc in documents:
        if doc.corpus == WORLD:
            for judged in doc.judged:
                question = replace(doc.asked[judged.index], times=1)
                yield Document(doc.corpus, [question], [Judged(0, judged.right, 1)])


def model(documents: Sequence[Document]) -> Model:
    """Return the two networks that `documents` teach."""
    documents = [*documents, *alone(documents)]
    tables = [describe(doc.asked) for doc in documents]
    before = fit(sheet(documents, tables, [t.told for t in tables]), SEED)
    after = fit(sheet(documents, tables, [_whole(t, before) for t in tables]), SEED + 1)
    return Model(before, after)


def _whole(table: Table, before: Layers) -> Numbers:
    """Return all numbers of the rows of `table`, with what other names probably stand for."""
    if not len(table.owner):
        return np.zeros((0, table.told.shape[1] + len(MEANT)))
    found: Numbers = np.hstack([table.told, meant(table, shares(table, before, table.told))])
    return found


# -- judging ---------------------------------------------------------------------------------


def answers(documents: Iterable[Document], made: Model) -> Iterator[Answer]:
    """Yield what `made` says of the judged names of `documents`, mention by mention."""
    for doc in documents:
        chosen = resolve(doc.asked, made)
        for judged in doc.judged:
            answer = _answer(doc, judged, chosen[judged.index])
            yield from [answer] * judged.times


def _answer(doc: Document, judged: Judged, chosen: Chosen) -> Answer:
    candidates = doc.asked[judged.index].candidates[:MOST]
    meant_here = {c for c, yes in zip(candidates, judged.right, strict=True) if yes}
    hit = bool(chosen.ranked) and chosen.ranked[0][1] in meant_here
    return Answer(doc.corpus, chosen.probability, right=hit, known=bool(meant_here))


def folded(documents: Sequence[Document]) -> list[Answer]:
    """Return the answers of models that had not seen the document."""
    order = np.random.default_rng(SEED).permutation(len(documents))
    fold = {int(i): place % FOLDS for place, i in enumerate(order)}
    found: list[Answer] = []
    for part in range(FOLDS):
        made = model([d for i, d in enumerate(documents) if fold[i] != part])
        found += answers([d for i, d in enumerate(documents) if fold[i] == part], made)
    return found


def crossed(documents: Sequence[Document]) -> list[Answer]:
    """Return the answers of models that had seen the other corpus alone."""
    found: list[Answer] = []
    for corpus in CORPORA:
        made = model([d for d in documents if d.corpus != corpus])
        found += answers([d for d in documents if d.corpus == corpus], made)
    return found


# -- the whole of it -------------------------------------------------------------------------


def train(data: Path, into: Path, *, tell: Tell) -> None:
    """Write the model and its card into folder `into`.

    Args:
        data: the folder with the corpora.
        into: where the files go; made when missing.
        tell: is called with a line a step.
    """
    into.mkdir(parents=True, exist_ok=True)
    documents = []
    for corpus in CORPORA:
        tell(f"reading {corpus}, some minutes")
        documents += [document(row, corpus) for row in rows(data / corpus)]
    tell(f"fitting, {FOLDS} folds, each corpus without the other, and the whole")
    made = model(documents)
    content = packed(made)
    (into / "places.npz").write_bytes(content)
    written = card(
        digest=sha256(content).hexdigest(),
        folded=folded(documents),
        crossed=crossed(documents),
        numbers=len(made.after.plain),
    )
    (into / "places.md").write_text(written, "utf-8")

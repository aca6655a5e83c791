"""The recipe of the attribution models: learn on PolNeAR, tune on the gold of a language.

PolNeAR is large but marks the outermost attribution alone, in one genre of one language. The gold
texts are few and mark nested ones too. So the first fit reads PolNeAR, a part of it without its
words, and a short second fit reads gold among some PolNeAR. The first fit has a teacher, which sees
what a large encoder makes of the words; from that encoder come the meanings of words as well.

French is left to the rules: tuned so on the French gold without words, and weighed together with
the rules, the network brought them down from 71.0 to 60.0 (cross-validated attribution F1).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from ondit.reading.tagging.columns import Floats
from ondit.reading.tagging.weights import Model, packed, unpacked
from ondit.reading.weighing import FEATURES
from ondit.training import encoder, teacher
from ondit.training.calibration import (
    Judged,
    candidates_of,
    judged,
    nested_sample,
    outer_sample,
    regression,
)
from ondit.training.card import card, diagram
from ondit.training.corpora import Document, inline, polnear
from ondit.training.examples import Example, examples
from ondit.training.fit import fit
from ondit.training.meanings import meanings
from ondit.training.twin import Arrays, initial

FIRST_SEED, SEED = 2, 20261123
"""Of the first fit and of the tuning. Another first seed gave the same score within .1."""

FIRST_EPOCHS, FIRST_RATE = 7, 2e-3
"""Without a teacher the score on the development part fell after the fifth epoch."""

TUNE_EPOCHS, TUNE_RATE = 3, 6e-4
POLNEAR_SHARE, GOLD_TIMES = 0.08, 3
"""Of an epoch of tuning: the share of PolNeAR's passages, and how often it reads the gold."""

WORDLESS = 0.08
"""Share of passages that the first fit reads without their words, so that the parse, the quotation
marks and the pack's classes of cues can do without them."""

LANGUAGE, GOLD = "en", "english_gold_dev"

Tell = Callable[[str], None]


def read_polnear(data: Path, part: str) -> list[Document]:
    """Return the documents of PolNeAR's `part`, "train" or "dev"."""
    return list(polnear(data / "polnear" / f"{part}.jsonl"))


def read_gold(data: Path, language: str = LANGUAGE) -> list[Document]:
    """Return our gold documents of `language`."""
    folder = {"en": GOLD, "fr": "french_gold_dev"}[language]
    return list(inline(data / folder, language))


def learned(documents: Iterable[Document]) -> list[Example]:
    """Return the examples of `documents`."""
    return [example for d in documents for example in examples(d) if len(example.passage)]


def taught(learned: Sequence[Example], *, tell: Tell) -> Arrays:
    """Have `learned` looked through by a teacher, and return the meanings of their words."""
    tell("encoding PolNeAR")
    teacher.look(encoder.read(encoder.default_file()), learned)
    known = meanings(learned)
    teacher.even(learned)
    tell("fitting the teacher")
    teacher.teach(teacher.learn(learned, tell=tell), learned)
    return known


def first_fit(
    polnear_examples: Sequence[Example],
    known: Arrays,
    *,
    tell: Tell,
    seed: int = FIRST_SEED,
) -> Arrays:
    """Return weights fitted to PolNeAR, words having the meanings `known`."""

    def choose(draw: np.random.Generator) -> Sequence[Example]:
        for example in polnear_examples:
            example.lexical = bool(draw.random() >= WORDLESS)
        return polnear_examples

    return fit(
        initial(seed, meanings=known), choose,
        epochs=FIRST_EPOCHS, rate=FIRST_RATE, seed=seed, tell=tell,
    )  # fmt: skip


def tune(weights: Arrays, polnear_examples: Sequence[Example], gold: Sequence[Example]) -> Arrays:
    """Return `weights` tuned to `gold`, PolNeAR mixed in so that it is not forgotten."""
    size = round(POLNEAR_SHARE * len(polnear_examples))

    def choose(draw: np.random.Generator) -> Sequence[Example]:
        picked = [polnear_examples[i] for i in draw.permutation(len(polnear_examples))[:size]]
        for example in picked:
            example.lexical = True
        return [*picked, *list(gold) * GOLD_TIMES]

    return fit(weights, choose, epochs=TUNE_EPOCHS, rate=TUNE_RATE, seed=SEED)


# -- the whole of it -------------------------------------------------------------------------

FOLDS = 4
"""Parts of the gold, each judged by a model that was tuned on the others."""


def train(data: Path, into: Path, *, tell: Tell) -> None:
    """Write the English model, its settings and its card into folder `into`.

    Args:
        data: the folder with the corpora.
        into: where the files go; made when missing.
        tell: is called with a line a step.
    """
    into.mkdir(parents=True, exist_ok=True)
    tell("reading PolNeAR and the gold")
    documents, held, gold = read_polnear(data, "train"), read_polnear(data, "dev"), read_gold(data)
    large = learned(documents)
    weights = first_fit(large, taught(large, tell=tell), tell=tell)
    finish(weights, large, held, gold, into, data=data, tell=tell)


def finish(  # noqa: PLR0913  what a run has in hand
    weights: Arrays,
    large: Sequence[Example],
    held: Sequence[Document],
    gold: Sequence[Document],
    into: Path,
    *,
    data: Path,
    tell: Tell,
) -> None:
    """Tune what the first fit gave, judge it on what it has not seen, and write the files."""
    tell(f"tuning on {FOLDS} parts of the gold, then on all of it")
    found = list(_cross_judged(weights, large, gold))
    tuned = tune(weights, large, learned(gold))
    found += _judged(_model(tuned), held)
    write(tuned, found, into, articles=len({e.document for e in large}))
    tell("weighing the French rules")
    weigh_rules(data, into)
    tell(f"written to {into}")


def _cross_judged(
    weights: Arrays, large: Sequence[Example], gold: Sequence[Document]
) -> Iterator[Judged]:
    """Yield the judged candidates of each gold document, found by a model that never saw it."""
    for fold in range(FOLDS):
        seen = [d for number, d in enumerate(gold) if number % FOLDS != fold]
        unseen = [d for number, d in enumerate(gold) if number % FOLDS == fold]
        yield from _judged(_model(tune(weights, large, learned(seen))), unseen)


def _judged(model: Model, documents: Iterable[Document]) -> list[Judged]:
    return [one for d in documents for one in judged(d, candidates_of(d, model))]


def _model(weights: Arrays) -> Model:
    """Return a model as it would be after being written and read again."""
    return Model(f"attribution-{LANGUAGE}", "", unpacked(packed(_plain(weights))), {})


def _plain(weights: Arrays) -> dict[str, Floats]:
    return {name: np.asarray(array) for name, array in weights.items()}


def write(weights: Arrays, found: Sequence[Judged], into: Path, *, articles: int) -> None:
    """Write weights, settings and card into folder `into`."""
    name = f"attribution-{LANGUAGE}"
    content = packed(_plain(weights))
    digest = sha256(content).hexdigest()
    (into / f"{name}.npz").write_bytes(content)
    (into / f"{name}.toml").write_text(_settings(found, digest, LEAST), "utf-8")
    made = card(
        content=content,
        digest=digest,
        found=found,
        seeds=(FIRST_SEED, SEED),
        articles=articles,
        words=len(weights["meanings.keys"]),
    )
    (into / f"{name}.md").write_text(made, "utf-8")
    (into / f"{name}.svg").write_text(diagram(found), "utf-8")


def weigh_rules(data: Path, into: Path) -> None:
    """Write the settings of French, where rules work alone, into folder `into`."""
    found = [one for d in read_gold(data, "fr") for one in judged(d, candidates_of(d, None))]
    (into / "attribution-fr.toml").write_text(_settings(found, None, LEAST_RULED), "utf-8")
    (into / "attribution-fr.svg").write_text(diagram(found), "utf-8")


def _settings(
    found: Sequence[Judged], digest: str | None, least: dict[str, tuple[float, float]]
) -> str:
    outer, nested = regression(outer_sample(found)), regression(nested_sample(found))
    lines = [
        "# How sure of an attribution one may be: made by `ondit train attribution`.",
        *([f'digest = "{digest}"'] if digest else []),
        "",
        "[regression]",
        f"features = {json.dumps(list(FEATURES))}",
        f"outer = {outer}",
        f"nested = {nested}",
        "",
    ]
    for preset, (outermost, inner) in least.items():
        lines += [f"[presets.{preset}]", f"outer = {outermost}", f"nested = {inner}", ""]
    return "\n".join(lines)


LEAST = {"precision": (0.8, 0.85), "balanced": (0.31, 0.68), "recall": (0.15, 0.25)}
"""Least confidence of outermost and of nested attributions.

"balanced" is from a sweep of .27 to .35 and .6 to .76: PolNeAR's development part 68.9, English
gold 72.0, cross-validated; a nested .76 gives the one .2 points and costs the other 2.4.
"precision" is where 90 of 100 are right and 42 of 100 found.
"""

LEAST_RULED = {"precision": (0.85, 0.85), "balanced": (0.0, 0.0), "recall": (0.0, 0.0)}
"""The same where rules work alone: they find few that annotators would not mark."""

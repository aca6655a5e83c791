"""The recipe of the attribution models: learn on PolNeAR, tune on gold, language by language.

PolNeAR is large but marks the outermost attribution alone, in one genre of one language. The gold
texts are few, mark nested ones too, and come in both languages. So the first fit reads PolNeAR, a
part of it without its words, and short second fits read the gold of a language among some PolNeAR.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from ondit.reading.tagging.weights import Model, packed, unpacked
from ondit.reading.weighing import FEATURES
from ondit.training.calibration import (
    Judged,
    candidates_of,
    judged,
    nested_sample,
    outer_sample,
    regression,
)
from ondit.training.card import card
from ondit.training.corpora import Document, inline, polnear
from ondit.training.examples import Example, examples
from ondit.training.fit import fit
from ondit.training.twin import Arrays, initial

SEED = 20261123

FIRST_EPOCHS, FIRST_RATE = 5, 2e-3
"""Beyond five epochs the score on the development part falls (69.1 after four, 68.7 after six)."""

TUNE_EPOCHS, TUNE_RATE = 3, 6e-4
POLNEAR_SHARE, GOLD_TIMES = 0.08, 3
"""Of an epoch of tuning: the share of PolNeAR's passages, and how often it reads the gold."""

WORDLESS = 0.08
"""Share of passages that the first fit reads without their words, so that the parse, the quotation
marks and the pack's classes of cues can do without them: what French begins with."""

LEXICAL = {"en": True, "fr": False}
"""Whether words count. The French gold is too small to learn French words from."""

GOLD = {"en": "english_gold_dev", "fr": "french_gold_dev"}

Tell = Callable[[str], None]


def read_polnear(data: Path, part: str) -> list[Document]:
    """Return the documents of PolNeAR's `part`, "train" or "dev"."""
    return list(polnear(data / "polnear" / f"{part}.jsonl"))


def read_gold(data: Path, language: str) -> list[Document]:
    """Return the gold documents of `language`."""
    return list(inline(data / GOLD[language], language))


def learned(documents: Iterable[Document]) -> list[Example]:
    """Return the examples of `documents`; words count where the language has enough of them."""
    found = [example for document in documents for example in _of(document)]
    return [example for example in found if len(example.passage)]


def _of(document: Document) -> list[Example]:
    made = list(examples(document))
    for example in made:
        example.lexical = LEXICAL[document.text.language or "en"]
    return made


def first_fit(polnear_examples: Sequence[Example], *, tell: Tell, seed: int = SEED) -> Arrays:
    """Return weights fitted to PolNeAR."""

    def choose(draw: np.random.Generator) -> Sequence[Example]:
        for example in polnear_examples:
            example.lexical = bool(draw.random() >= WORDLESS)
        return polnear_examples

    return fit(initial(seed), choose, epochs=FIRST_EPOCHS, rate=FIRST_RATE, seed=seed, tell=tell)


def tune(
    weights: Arrays,
    polnear_examples: Sequence[Example],
    gold: Sequence[Example],
    *,
    lexical: bool,
    tell: Tell = lambda _: None,
    seed: int = SEED,
) -> Arrays:
    """Return `weights` tuned to `gold`, PolNeAR mixed in so that it is not forgotten."""
    size = round(POLNEAR_SHARE * len(polnear_examples))

    def choose(draw: np.random.Generator) -> Sequence[Example]:
        picked = [polnear_examples[i] for i in draw.permutation(len(polnear_examples))[:size]]
        for example in picked:
            example.lexical = lexical
        return [*picked, *list(gold) * GOLD_TIMES]

    return fit(weights, choose, epochs=TUNE_EPOCHS, rate=TUNE_RATE, seed=seed, tell=tell)


# -- the whole of it -------------------------------------------------------------------------

FOLDS = 4
"""Parts of the gold, each judged by a model that was tuned on the others."""

PRESETS = ("precision", "balanced", "recall")


def train(data: Path, into: Path, *, tell: Tell) -> None:
    """Write the models of all languages, their settings and cards into folder `into`.

    Args:
        data: the folder with the corpora.
        into: where the files go; made when missing.
        tell: is called with a line a step.
    """
    into.mkdir(parents=True, exist_ok=True)
    tell("reading PolNeAR")
    documents, held = read_polnear(data, "train"), read_polnear(data, "dev")
    large = learned(documents)
    gold = {language: read_gold(data, language) for language in GOLD}
    weights = first_fit(large, tell=tell)
    for language in GOLD:
        tell(f"{language}: tuning, {FOLDS} folds and the whole")
        judged = list(_cross_judged(weights, large, gold, language))
        everything = [e for marked in gold.values() for e in learned(marked)]
        tuned = tune(weights, large, everything, lexical=LEXICAL[language])
        if language == "en":
            judged += _judged(_model(tuned, language), held)
        write(tuned, judged, into, language, articles=len(documents))
        tell(f"{language}: written to {into}")


def _cross_judged(
    weights: Arrays, large: Sequence[Example], gold: dict[str, list[Document]], language: str
) -> Iterator[Judged]:
    """Yield the judged candidates of each gold document, found by a model that never saw it."""
    own = gold[language]
    others = [e for tag, docs in gold.items() if tag != language for e in learned(docs)]
    for fold in range(FOLDS):
        seen = [d for number, d in enumerate(own) if number % FOLDS != fold]
        tuned = tune(weights, large, [*learned(seen), *others], lexical=LEXICAL[language])
        unseen = [d for number, d in enumerate(own) if number % FOLDS == fold]
        yield from _judged(_model(tuned, language), unseen)


def _judged(model: Model, documents: Iterable[Document]) -> list[Judged]:
    return [one for d in documents for one in judged(d, candidates_of(d, model))]


def _model(weights: Arrays, language: str) -> Model:
    """Return a model as it would be after being written and read again."""
    content = packed({name: np.asarray(array) for name, array in weights.items()})
    return Model(f"attribution-{language}", "", unpacked(content), {"lexical": LEXICAL[language]})


def write(
    weights: Arrays, found: Sequence[Judged], into: Path, language: str, *, articles: int
) -> None:
    """Write weights, settings and card of one language into folder `into`."""
    name = f"attribution-{language}"
    content = packed({key: np.asarray(array) for key, array in weights.items()})
    digest = sha256(content).hexdigest()
    (into / f"{name}.npz").write_bytes(content)
    (into / f"{name}.toml").write_text(_settings(found, language, digest), "utf-8")
    made = card(
        name=name, content=content, digest=digest, found=found, seed=SEED, articles=articles
    )
    (into / f"{name}.md").write_text(made, "utf-8")


def _settings(found: Sequence[Judged], language: str, digest: str) -> str:
    outer, nested = regression(outer_sample(found)), regression(nested_sample(found))
    lines = [
        "# Settings of the attribution model beside this file: made by `ondit train attribution`.",
        f'digest = "{digest}"',
        f"lexical = {str(LEXICAL[language]).lower()}",
        "",
        "[regression]",
        f"features = {json.dumps(list(FEATURES))}",
        f"outer = {outer}",
        f"nested = {nested}",
        "",
    ]
    for preset in PRESETS:
        least = LEAST[preset]
        lines += [f"[presets.{preset}]", f"outer = {least[0]}", f"nested = {least[1]}", ""]
    return "\n".join(lines)


LEAST = {"precision": (0.85, 0.85), "balanced": (0.42, 0.6), "recall": (0.2, 0.3)}
"""Least confidence of outermost and of nested attributions; `balanced` is where F1 peaks on the
judged candidates, outermost and nested each."""

"""The recipe of the models of events: irrealis in French, factuality in English.

Irrealis is learned on French TimeBank: verbs that a modal or conditional link subordinates, or that
bear a modality, a mood or a future. Those whose own form is a future or a conditional are left to
that rule and not learned from. Factuality is learned on the training part of UDS-IH2, -3 to 3.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np

from ondit.capture import report_from_bytes
from ondit.language.lexicon import load_pack
from ondit.language.syntax import annotate
from ondit.model import Record, Text
from ondit.reading.event_traits import OWN_MOOD, negated, traits
from ondit.reading.events import LIMIT, Weights, bucket, covering, packed
from ondit.reading.pipeline import read_report
from ondit.training.eventcard import factuality_card, irrealis_card
from ondit.training.eventfit import Numbers, common, logistic, ridge, table

TIMEBANK, UDS = "french_timebank_dev.jsonl", "uds_ih2.jsonl"

FOLDS = 10
"""Parts of the documents of TimeBank, each judged by a model that was fitted on the others."""

SEED = 20261123
"""Of the parting into folds; others gave F1 within .02."""

IRREALIS_PENALTY, IRREALIS_LEAST, IRREALIS_TIMES = 3.0, 0.4, 2
"""Penalty, probability from which a verb counts, and how often a trait must occur. Measured by ten
folds: F1 stays within .02 for penalties of 1 to 10 and for probabilities of .3 to .5."""

FACTUALITY_PENALTY, FACTUALITY_TIMES = 60.0, 5
FACTUALITY_STRETCH = 1.2
"""By what the numbers are multiplied in the end: a ridge shrinks towards the mean, and judgements
lie at the ends of the scale. Measured on three parts of the training part: mean error 1.09
without, 1.04 with it; the correlation, .754, hardly moves."""

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Example:
    """One verb: where it stands, what it shows, and what annotators said of it."""

    document: str
    shown: frozenset[str]
    wanted: float
    """Of irrealis 1 or 0, of factuality -3 to 3."""
    negated: tuple[bool, bool] = (False, False)
    """What annotators said of its negation, and what the rules do."""


def read(string: str, *, name: str, language: str, published: str | None) -> tuple[Text, Record]:
    """Return a text with its tokens, and its record."""
    (report,) = report_from_bytes(string.encode(), name=f"{name}.txt", plain=True)
    record = read_report(report, language=language, published=published)
    key = report.capture.sha256
    return annotate(record.text, language=language, blocks=report.blocks, key=key), record


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of JSON Lines."""
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


# -- what annotators said --------------------------------------------------------------------


def timebank(row: dict[str, Any]) -> Iterator[Example]:
    """Yield the verbs of one document of French TimeBank."""
    text, record = read(row["text"], name=row["id"], language="fr", published=row["dct"])
    links = [link for link in row["slinks"] if link["relType"] in {"MODAL", "CONDITIONAL"}]
    unreal = {link.get("subordinatedEventInstance") for link in links}
    pack = load_pack("fr")
    for event in row["events"]:
        inside = text.tokens_in(event["start"], event["end"])
        if event["pos"] != "VERB" or not inside:
            continue
        claim = covering(record, event["start"], event["end"])
        yield Example(
            document=row["id"],
            shown=traits(text, claim, inside[-1], pack),
            wanted=float(event["eiid"] in unreal or _irrealis(event)),
            negated=(event.get("polarity") == "NEG", negated(text, inside[-1], pack)),
        )


def _irrealis(event: dict[str, Any]) -> bool:
    return bool(event.get("modality") or event.get("mood") or event.get("tense") == "FUTURE")


def uds(row: dict[str, Any]) -> Iterator[Example]:
    """Yield the judged words of one sentence of UDS-IH2."""
    text, record = read(row["text"], name=row["id"], language="en", published=None)
    pack = load_pack("en")
    for target in row["targets"]:
        inside = text.tokens_in(target["start"], target["end"])
        if inside:
            claim = covering(record, target["start"], target["end"])
            shown = traits(text, claim, inside[-1], pack)
            yield Example(row["id"], shown, target["factuality"])


# -- fitting ---------------------------------------------------------------------------------


def irrealis(examples: Sequence[Example]) -> Weights:
    """Return the model of irrealis that `examples` teach."""
    learned = [e for e in examples if not OWN_MOOD & e.shown]
    shown = [e.shown for e in learned]
    known = common(shown, least=IRREALIS_TIMES)
    right = np.array([e.wanted for e in learned])
    values = logistic(table(shown, known), right, penalty=IRREALIS_PENALTY)
    return Weights("irrealis-fr", "irrealis", values, IRREALIS_LEAST)


def factuality(examples: Sequence[Example]) -> Weights:
    """Return the model of factuality that `examples` teach."""
    shown, wanted = [e.shown for e in examples], np.array([e.wanted for e in examples])
    known = common(shown, least=FACTUALITY_TIMES)
    middle = float(wanted.mean())
    values = ridge(table(shown, known), wanted - middle, penalty=FACTUALITY_PENALTY)
    values[bucket("always")] += middle
    return Weights("factuality-en", "factuality", FACTUALITY_STRETCH * values, 0.0)


def folded(examples: Sequence[Example]) -> list[tuple[Example, bool]]:
    """Return each example with whether a model that saw no verb of its document calls it unreal."""
    documents = sorted({e.document for e in examples})
    order = np.random.default_rng(SEED).permutation(len(documents))
    fold = {documents[i]: int(place) % FOLDS for place, i in enumerate(order)}
    found: list[tuple[Example, bool]] = []
    for part in range(FOLDS):
        model = irrealis([e for e in examples if fold[e.document] != part])
        held = (e for e in examples if fold[e.document] == part)
        found += [(e, model.unreal(e.shown)) for e in held]
    return found


def estimates(model: Weights, examples: Sequence[Example]) -> tuple[Numbers, Numbers]:
    """Return what was wanted of `examples`, and what `model` says."""
    found = (min(LIMIT, max(-LIMIT, model.total(e.shown))) for e in examples)
    return np.array([e.wanted for e in examples]), np.array(list(found))


# -- the whole of it -------------------------------------------------------------------------


def train(data: Path, into: Path, *, tell: Tell) -> None:
    """Write both models, their settings and their cards into folder `into`.

    Args:
        data: the folder with the corpora.
        into: where the files go; made when missing.
        tell: is called with a line a step.
    """
    into.mkdir(parents=True, exist_ok=True)
    tell("reading French TimeBank")
    verbs = [example for row in rows(data / TIMEBANK) for example in timebank(row)]
    tell("fitting irrealis, ten folds and the whole")
    model = irrealis(verbs)
    _write(model, into, irrealis_card(_digest(model), folded(verbs)))
    tell("reading UDS-IH2, some minutes")
    judged = {part: list(_part(data / UDS, part)) for part in ("train", "dev")}
    tell("fitting factuality")
    model = factuality(judged["train"])
    sizes = len(judged["train"]), len(judged["dev"])
    _write(model, into, factuality_card(_digest(model), *estimates(model, judged["dev"]), sizes))


def _part(path: Path, part: str) -> Iterator[Example]:
    return (example for row in rows(path) if row["split"] == part for example in uds(row))


def _digest(model: Weights) -> str:
    return sha256(packed(model.values)).hexdigest()


def _write(model: Weights, into: Path, card: str) -> None:
    settings = f"# Made by `ondit train events`.\nleast = {model.least}\n"
    (into / f"{model.name}.npz").write_bytes(packed(model.values))
    (into / f"{model.name}.toml").write_text(settings, "utf-8")
    (into / f"{model.name}.md").write_text(card, "utf-8")

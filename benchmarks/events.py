"""How single verbs are judged: negation and irrealis on French TimeBank, factuality on UDS-IH2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from benchmarks.factuality import f1
from ondit.language.lexicon import load_pack
from ondit.language.syntax import load_model
from ondit.reading.events import load
from ondit.training.events import Example, estimates, folded, timebank, uds


def timebank_scores(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Return the scores on `rows` of French TimeBank, in percent.

    Negation is found by rules. The model of irrealis is fitted anew for each of ten parts of the
    documents, on the nine others: the shipped one has seen them all.
    """
    verbs = [example for row in rows for example in timebank(row)]
    negation = f1(example.negated for example in verbs)
    unreal = f1((example.wanted > 0, found) for example, found in folded(verbs))
    return {**_named("negation", negation), **_named("irrealis", unreal)}


def _named(kind: str, scores: tuple[float, float, float]) -> dict[str, float]:
    names = ("precision", "recall", "f1")
    return {f"{kind}_{name}": score for name, score in zip(names, scores, strict=True)}


def uds_scores(rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Return error and correlation of the shipped model on `rows` of UDS-IH2.

    Raises:
        RuntimeError: when no model is shipped.
    """
    model = load("factuality", "en")
    if model is None:
        raise RuntimeError("no model of factuality ships for English: run `ondit train events`")
    judged: list[Example] = [example for row in rows for example in uds(row)]
    wanted, found = estimates(model, judged)
    correlation = float(np.corrcoef(wanted, found)[0, 1])
    return {"mae": float(np.abs(wanted - found).mean()), "correlation": 100 * correlation}


def makers(language: str) -> set[str]:
    """Return the parser, the pack and the model that take part, for the signature of a run."""
    parser, model = load_model(language), load("factuality", language)
    pack = load_pack(language)
    names = {f"{pack.tag} pack {pack.digest[:8]}"}
    names |= {f"{parser.name}-{parser.version}"} if parser else set()
    return names | ({model.name} if model else set())

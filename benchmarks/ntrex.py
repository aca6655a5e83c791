"""Translations found among all documents, on human translations of English news (NTREX).

Two kinds of things can be scored. A `Score` rates every document of one language against every
document of another: the best rated is the answer. A `Find` is given one case of documents and
returns the pairs that it takes for linked, which is what a reader of the case would see.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ondit.capture import report_from_bytes
from ondit.comparing.corroboration import corroborate
from ondit.comparing.vectors import Vectors
from ondit.model import Record
from ondit.reading.pipeline import read_report

LANGUAGES = ("fr", "de", "es", "it", "ru", "uk", "ar")
"""Beside English."""

EMBEDDED = 0.4
"""Share of an article that is set into another one: the handbook of the measurements."""


@dataclass(frozen=True)
class Document:
    """An article, or part of one, in one language."""

    id: str
    language: str
    sentences: tuple[str, ...]


Matrix = list[list[float]]
Score = Callable[[Sequence[Document], Sequence[Document]], Matrix]
Pair = frozenset[str]
Find = Callable[[Sequence[Document]], set[Pair]]


@dataclass(frozen=True)
class Trial:
    """Documents of two languages, and which of them have matter in common."""

    left: tuple[Document, ...]
    right: tuple[Document, ...]
    truth: frozenset[Pair]


def whole(rows: Sequence[Mapping[str, Any]], language: str) -> Trial:
    """Return English articles beside their translations."""
    left = tuple(_document(row, "en", "en") for row in rows)
    right = tuple(_document(row, language, "xx") for row in rows)
    return Trial(left, right, _aligned(left, right))


def halves(rows: Sequence[Mapping[str, Any]], language: str) -> Trial:
    """Return first halves of English articles beside both halves of their translations.

    The second half of the same article is the hardest document that is no translation.
    """
    left = tuple(_half(_document(row, "en", "en"), first=True) for row in rows)
    right = [_document(row, language, "xx") for row in rows]
    first = tuple(_half(document, first=True) for document in right)
    second = tuple(_half(document, first=False) for document in right)
    return Trial(left, (*first, *second), _aligned(left, first))


def embedded(rows: Sequence[Mapping[str, Any]], language: str) -> Trial:
    """Return English articles beside other articles into which part of a translation was set.

    The hosts are the translations of articles that are not among the English ones.
    """
    told, hosts = rows[::2], rows[1::2]
    told = told[: len(hosts)]
    left = tuple(_document(row, "en", "en") for row in told)
    right = tuple(
        _set_into(_document(row, language, "xx"), _document(host, language, "xx"))
        for row, host in zip(told, hosts, strict=True)
    )
    return Trial(left, right, _aligned(left, right))


TRIALS: dict[str, Callable[[Sequence[Mapping[str, Any]], str], Trial]] = {
    "whole": whole,
    "half": halves,
    "embedded": embedded,
}


def _document(row: Mapping[str, Any], language: str, side: str) -> Document:
    sentences = tuple(str(sentence) for sentence in row["sents"][language])
    return Document(f"{side}:{row['id']}", language, sentences)


def _half(document: Document, *, first: bool) -> Document:
    middle = (len(document.sentences) + 1) // 2
    kept = document.sentences[:middle] if first else document.sentences[middle:]
    return Document(f"{document.id}:{1 if first else 2}", document.language, kept)


def _set_into(document: Document, host: Document) -> Document:
    size = max(1, round(EMBEDDED * len(document.sentences)))
    begin = (len(document.sentences) - size) // 2
    place = len(host.sentences) // 2
    passage = document.sentences[begin : begin + size]
    sentences = host.sentences[:place] + passage + host.sentences[place:]
    return Document(f"{host.id}+{document.id}", host.language, sentences)


def _aligned(left: Sequence[Document], right: Sequence[Document]) -> frozenset[Pair]:
    pairs = zip(left, right, strict=True)
    return frozenset(frozenset((one.id, other.id)) for one, other in pairs)


def retrieval(trial: Trial, score: Score) -> dict[str, float]:
    """Return in percent how often the best rated document is the right one, and the best F1.

    ``f1`` is of all pairs at the threshold that suits these very documents: an upper bound.
    """
    rated = score(trial.left, trial.right)
    pairs = [
        (value, frozenset((one.id, other.id)) in trial.truth)
        for one, row in zip(trial.left, rated, strict=True)
        for other, value in zip(trial.right, row, strict=True)
    ]
    firsts = [
        frozenset((one.id, trial.right[max(range(len(row)), key=row.__getitem__)].id))
        for one, row in zip(trial.left, rated, strict=True)
    ]
    top = sum(pair in trial.truth for pair in firsts)
    return {"top1": 100 * top / len(firsts), "f1": _best_f1(pairs, len(trial.truth))}


def _best_f1(pairs: Sequence[tuple[float, bool]], wanted: int) -> float:
    """Return the highest F1, in percent, that a threshold gives; equal values stand together."""
    best, found, right = 0.0, 0, 0
    ranked = sorted(pairs, key=lambda pair: -pair[0])
    for _, level in groupby(ranked, key=lambda pair: pair[0]):
        truths = [true for _, true in level]
        found, right = found + len(truths), right + sum(truths)
        best = max(best, 200 * right / (found + wanted))
    return best


def finding(trial: Trial, find: Find) -> dict[str, float]:
    """Return in percent precision, recall and F1 of the pairs that `find` links across languages.

    ``top1`` is the share of articles that are linked to their translation and to nothing else.
    """
    left, right = ({d.id for d in side} for side in (trial.left, trial.right))
    pairs = {pair for pair in find((*trial.left, *trial.right)) if pair & left and pair & right}
    met = len(pairs & trial.truth)
    linked = Counter(name for pair in pairs for name in pair if name in left)
    alone = sum(all(linked[name] == 1 for name in pair & left) for pair in pairs & trial.truth)
    return {
        "precision": 100 * met / len(pairs) if pairs else 100.0,
        "recall": 100 * met / len(trial.truth),
        "f1": 200 * met / (len(pairs) + len(trial.truth)),
        "top1": 100 * alone / len(trial.truth),
    }


_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|\w+")


def anchor_cosine(left: Sequence[Document], right: Sequence[Document]) -> Matrix:
    """Return cosines over numbers, names and beginnings of long words, rare ones weighing more."""
    counted = [[_anchors(document) for document in side] for side in (left, right)]
    spread = Counter(anchor for side in counted for anchors in side for anchor in anchors)
    total = len(left) + len(right)
    vectors = [[_vector(anchors, spread, total) for anchors in side] for side in counted]
    return [
        [
            sum(weight * other.get(anchor, 0.0) for anchor, weight in one.items())
            for other in vectors[1]
        ]
        for one in vectors[0]
    ]


def _anchors(document: Document) -> Counter[str]:
    found: Counter[str] = Counter()
    for token in _TOKEN.findall(" ".join(document.sentences)):
        plain = unicodedata.normalize("NFKD", token.casefold())
        plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
        if token[0].isdigit():
            found[re.sub(r"[.,]", "", plain)] += 1
        elif token[0].isupper() or len(plain) >= 6:
            found[plain[:5]] += 1
    return found


def _vector(anchors: Counter[str], spread: Counter[str], total: int) -> dict[str, float]:
    weights = {
        anchor: (1 + math.log(count)) * math.log(1 + total / spread[anchor])
        for anchor, count in anchors.items()
    }
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {anchor: weight / length for anchor, weight in weights.items()}


class Ondit:
    """What ondit links, as a `Find`; each document is read once."""

    def __init__(self, vectors: Vectors | None = None) -> None:
        self._vectors = vectors
        self._records: dict[tuple[str, str], Record] = {}

    def __call__(self, documents: Sequence[Document]) -> set[Pair]:
        """Return the pairs of documents between which ondit finds a derivation."""
        records = ((document.id, self._read(document)) for document in documents)
        found = corroborate(records, vectors=self._vectors)
        strong = ("copy", "partial", "rewrite", "translation")
        return {
            frozenset((edge.from_, edge.to)) for edge in found.derivations if edge.kind in strong
        }

    def _read(self, document: Document) -> Record:
        key = (document.id, document.language)
        if key not in self._records:
            content = "\n\n".join(document.sentences).encode()
            (report,) = report_from_bytes(content, name=f"{document.id}.txt", plain=True)
            self._records[key] = read_report(report, language=document.language)
        return self._records[key]


def scores(
    rows: Sequence[Mapping[str, Any]], *, vectors: Vectors | None = None
) -> dict[str, float]:
    """Return what ondit and the cosine of anchors find, by language and kind of trial."""
    ondit, found = Ondit(vectors), dict[str, float]()
    for name, trial in _trials(rows):
        found |= {f"{name}.{figure}": value for figure, value in finding(trial, ondit).items()}
        beside = retrieval(trial, anchor_cosine)
        found |= {f"{name}.anchors.{figure}": value for figure, value in beside.items()}
    return found


def _trials(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, Trial]]:
    """Yield the trials by name: all languages whole, French also by halves and embedded."""
    for language in LANGUAGES:
        yield language, whole(rows, language)
    yield "half", halves(rows, "fr")
    yield "embedded", embedded(rows, "fr")

"""What simple ways of counting say of a world, in the shape that ``ondit corroborate`` prints.

MinHash is written here, over 64 permutations: three lines of arithmetic need no dependency.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Hashable
from hashlib import blake2b
from itertools import combinations
from typing import Any

from benchmarks.worlds.gold import Report
from benchmarks.worlds.scoring import Answer, Corroborate

_WORD = re.compile(r"\w+")

HEADLINES_ALIKE = 0.55
"""Jaccard of headline words from which a well-known tool takes two reports for one."""

MINHASH_ALIKE = 0.3
"""Jaccard of three-word shingles; the best of datasketch's settings on near-copies (.49 recall)."""

COSINE_ALIKE = 0.5
"""TF-IDF cosine of whole documents; the usual choice, nowhere measured."""

_PRIME = (1 << 61) - 1
_PERMUTATIONS = 64


def articles(reports: list[Report]) -> Answer:
    """Return the answer of who counts articles."""
    return _answer(reports, [[report.id] for report in reports], [])


def publishers(reports: list[Report]) -> Answer:
    """Return the answer of who counts publishers."""
    return _by(reports, lambda report: report.publisher)


def headlines(reports: list[Report]) -> Answer:
    """Return the answer of who merges reports with like headlines."""
    words = {report.id: set(_words(report.title)) for report in reports}

    def alike(one: str, other: str) -> bool:
        return _jaccard(words[one], words[other]) >= HEADLINES_ALIKE

    return _linked(reports, alike)


def minhash(reports: list[Report]) -> Answer:
    """Return the answer of MinHash over three-word shingles of whole pages."""
    signatures = {report.id: _signature(_words(" ".join(report.paragraphs))) for report in reports}

    def alike(one: str, other: str) -> bool:
        same = sum(a == b for a, b in zip(signatures[one], signatures[other], strict=True))
        return same / _PERMUTATIONS >= MINHASH_ALIKE

    return _linked(reports, alike)


def cosine(reports: list[Report]) -> Answer:
    """Return the answer of TF-IDF cosine between documents."""
    vectors = _vectors({report.id: _words(" ".join(report.paragraphs)) for report in reports})

    def alike(one: str, other: str) -> bool:
        dot = sum(weight * vectors[other].get(word, 0.0) for word, weight in vectors[one].items())
        return dot >= COSINE_ALIKE

    return _linked(reports, alike)


BASELINES: dict[str, Corroborate] = {
    "articles": articles,
    "publishers": publishers,
    "headlines": headlines,
    "minhash": minhash,
    "cosine": cosine,
}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _signature(words: list[str]) -> list[int]:
    shingles = {" ".join(words[place : place + 3]) for place in range(max(1, len(words) - 2))}
    keys = [int.from_bytes(blake2b(s.encode(), digest_size=7).digest()) for s in shingles]
    return [
        min((key * (2 * number + 3) + number * number * 7919 + 1) % _PRIME for key in keys)
        for number in range(1, _PERMUTATIONS + 1)
    ]


def _vectors(documents: dict[str, list[str]]) -> dict[str, dict[str, float]]:
    spread = Counter(word for words in documents.values() for word in set(words))
    found = {}
    for name, words in documents.items():
        weights = {
            word: count * (math.log((1 + len(documents)) / (1 + spread[word])) + 1)
            for word, count in Counter(words).items()
        }
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        found[name] = {word: weight / length for word, weight in weights.items()}
    return found


def _by(reports: list[Report], key: Callable[[Report], Hashable]) -> Answer:
    classes: dict[Hashable, list[str]] = {}
    for report in reports:
        classes.setdefault(key(report), []).append(report.id)
    return _answer(reports, list(classes.values()), [])


def _linked(reports: list[Report], alike: Callable[[str, str], bool]) -> Answer:
    """Return the answer whose edges join reports that are alike, and whose classes they connect."""
    ids = [report.id for report in reports]
    edges = [pair for pair in combinations(ids, 2) if alike(*pair)]
    classes = {report.id: {report.id} for report in reports}
    for one, other in edges:
        merged = classes[one] | classes[other]
        classes |= dict.fromkeys(merged, merged)
    distinct = {frozenset(members) for members in classes.values()}
    return _answer(reports, [sorted(members) for members in distinct], edges)


def _answer(
    reports: list[Report], classes: list[list[str]], edges: list[tuple[str, str]]
) -> dict[str, Any]:
    """Return classes and edges as an answer; edges are copies, and the earlier date comes first."""
    dates = {report.id: report.published for report in reports}
    ids = [report.id for report in reports]
    return {
        "reports": [{"id": name, "published": dates[name]} for name in ids],
        "derivations": [_edge(*pair, dates) for pair in edges],
        "origins": [{"id": f"o{n}", "reports": members} for n, members in enumerate(classes)],
        "groups": [
            {
                "id": "g0",
                "claims": [{"report": name, "claim": None} for name in ids],
                "reports": len(ids),
                "publishers": len({report.publisher for report in reports}),
                "origins": {"low": len(classes), "high": len(classes)},
            }
        ],
        "contradictions": [],
    }


def _edge(one: str, other: str, dates: dict[str, str | None]) -> dict[str, str]:
    first, second = dates[one], dates[other]
    known = first is not None and second is not None and first != second
    if first and second and first > second:
        one, other = other, one
    return {
        "from": one,
        "to": other,
        "kind": "copy",
        "direction": "known" if known else "unknown",
    }

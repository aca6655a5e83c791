"""The parse of a text's pieces: the components of a spaCy pipeline, called without detours.

Three of them have a stand-in that does the same for less: the token vectors (`encoder`), the rules
and lemmas (`wordforms`) and the names (`naming`). Tokens are read off the parsed documents column
by column. A test holds the outcome against the plain pipeline, token by token.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import HEAD, IDX, LENGTH, SENT_START

from ondit.language.parsing.encoder import Document, Encoder
from ondit.language.parsing.naming import Namer
from ondit.language.parsing.wordforms import Form, Forms
from ondit.model import Token

Piece = Sequence[tuple[int, int]]
"""The sentences of one block: what is parsed together."""

_TOGETHER = 64
"""Pieces in one go: enough to keep the products large, few enough to hold in memory."""

# Characters that a model trips over, each replaced by one that it knows: the French model was
# trained on guillemets and takes curly marks for verbs.
_FLAT = {
    "fr": str.maketrans({"\n": " ", "\r": " ", "\t": " ", "“": "«", "”": "»"}),
    "en": str.maketrans({"\n": " ", "\r": " ", "\t": " "}),
}

# Words that a model trips over, each replaced by one of its length that is built alike: the French
# model takes "dément" for an adverb, so that what a ministry denies is what the report says, and
# "note que" for a noun. A word with a determiner is the noun; the lemma is put back afterwards.
_STAND_INS = {
    "dément": ("refuse", "démentir"),
    "note": ("voit", "noter"),
    "doute": ("pense", "douter"),
    "suggère": ("affirme", "suggérer"),
    "remarque": ("constate", "remarquer"),
}
_NOUN = r"(?<!\bun )(?<!\bune )(?<!\bla )(?<!\bsa )(?<!\bcette )(?<!\baucun )(?<!\bsans )"
_REPORTING = {
    "fr": re.compile(rf"{_NOUN}\b(?:dément\b|(?:note|doute|suggère|remarque)(?= qu[e']))"),
}


class Parser:
    """A pipeline of token vectors, tagger or morphologizer, parser, rules, lemmas and names."""

    def __init__(self, nlp: Any) -> None:
        self._nlp = nlp
        self._encode = Encoder(nlp.get_pipe("tok2vec").model, nlp.vocab)
        tagger = "tagger" if nlp.has_pipe("tagger") else "morphologizer"
        self._pipes = [nlp.get_pipe(tagger), nlp.get_pipe("parser")]
        self._forms, self._names = Forms(nlp), Namer(nlp.get_pipe("ner"))

    def tokens(self, shown: str, pieces: Sequence[Piece]) -> Iterator[Token]:
        """Yield the tokens of `pieces` of the view `shown`, each parsed by itself.

        Sentences are fixed beforehand: no arc crosses them. White space is no token.
        """
        first = sentence = 0
        for start in range(0, len(pieces), _TOGETHER):
            together = pieces[start : start + _TOGETHER]
            tokens = self._table(shown, together, first, sentence)
            yield from tokens
            first += len(tokens)
            sentence += sum(map(len, together))

    def _table(self, shown: str, pieces: Sequence[Piece], first: int, sentence: int) -> list[Token]:
        """Return the tokens of `pieces`, their numbers counted from `first` and `sentence`."""
        docs = [self._document(shown, piece) for piece in pieces]
        self._parse(docs)
        forms = list(self._forms(docs))
        numbers = list(accumulate((not form.space for form in forms), initial=first))
        starts, ends = _bounds(docs, pieces)
        sentences = [start for piece in pieces for start, _ in piece]
        within = np.searchsorted(sentences, starts, side="right") - 1 + sentence
        kinds: list[str | None] = [None] * len(forms)
        opens = [False] * len(forms)
        for left, right, kind in self._names(docs):
            kinds[left:right] = [kind] * (right - left)
            opens[left] = True
        rows = zip(
            numbers, starts.tolist(), ends.tolist(), forms, _heads(docs, forms), within.tolist(),
            kinds, opens, strict=False,
        )  # fmt: skip
        return [
            Token(
                index=number, start=start, end=end, text=shown[start:end],
                lemma=_lemma(shown[start:end], form), pos=form.pos, morph=form.morph,
                dep=form.dep, head=numbers[head], sentence=inside, name=kind, name_start=opening,
            )
            for number, start, end, form, head, inside, kind, opening in rows
            if not form.space
        ]  # fmt: skip

    def _document(self, shown: str, piece: Piece) -> Document:
        origin, end = piece[0][0], piece[-1][1]
        doc: Document = self._nlp.make_doc(eased(shown[origin:end], self._nlp.lang))
        opening = np.isin(doc.to_array(IDX), [start - origin for start, _ in piece])
        opening[0] = True
        doc.from_array([SENT_START], np.where(opening, 1, -1).astype(np.uint64))
        return doc

    def _parse(self, docs: Sequence[Document]) -> None:
        for doc, vectors in zip(docs, self._encode(docs), strict=True):
            doc.tensor = vectors
        for pipe in self._pipes:
            pipe.set_annotations(docs, pipe.predict(docs))


def eased(shown: str, language: str) -> str:
    """Return what a model is given for `shown`: as long, without what it trips over."""
    flat = shown.translate(_FLAT[language])
    words = _REPORTING.get(language)
    return words.sub(lambda found: _STAND_INS[found[0]][0], flat) if words else flat


def _lemma(word: str, form: Form) -> str:
    """Return the lemma of a token, its own where another word stood in for it."""
    stood_in = word in _STAND_INS and form.pos == "VERB"
    return _STAND_INS[word][1] if stood_in else form.lemma


def _bounds(
    docs: Sequence[Document], pieces: Sequence[Piece]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each token of all documents starts and ends in the text."""
    rows = [doc.to_array([IDX, LENGTH]).astype(np.int64) for doc in docs]
    for row, piece in zip(rows, pieces, strict=True):
        row[:, 0] += piece[0][0]
    starts, lengths = np.concatenate(rows).T
    return starts, starts + lengths


def _heads(docs: Sequence[Document], forms: Sequence[Form]) -> list[int]:
    """Return the head of each token, tokens counted through; white space governs nothing."""
    offsets = np.concatenate([doc.to_array(HEAD) for doc in docs]).astype(np.int64)
    heads: list[int] = (offsets + np.arange(len(offsets))).tolist()
    return [
        _climb(token, heads, forms) if forms[head].space else head
        for token, head in enumerate(heads)
    ]


def _climb(token: int, heads: Sequence[int], forms: Sequence[Form]) -> int:
    """Return the first head above `token` that is no white space, or the token itself."""
    head = heads[token]
    while forms[head].space and heads[head] != head:
        head = heads[head]
    return token if forms[head].space else head

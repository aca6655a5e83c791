"""What a word in its place is called: part of speech, features, lemma; worked out once a case.

A model's hand-written rules look at one token (its tag, its letters, its relation), seldom at two.
So what they say about a token is the same each time the same case comes up, and so is its lemma.
Where two or more tokens that may be part of a longer rule stand side by side, they are put to the
rules anew, together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, MORPH, ORTH, POS, TAG
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc

from ondit.language.parsing.encoder import Document, row_keys

_CASE = [ORTH, TAG, POS, MORPH, DEP]
# English models speak the older ClearNLP labels; where a label has a Universal twin, we use that.
_UNIVERSAL = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "relcl": "acl:relcl",
    "agent": "obl:agent",
    "ROOT": "root",
}
_REMEMBERED = 32768
"""Cases that are kept, some 10 MB; beyond that, the memory starts afresh."""


class Form(NamedTuple):
    """One token as the model's rules and lemma tables read it."""

    lemma: str
    pos: str
    morph: dict[str, str]
    """Shared by all tokens of the same form: not to be changed."""
    dep: str
    space: bool
    joins: bool = False
    """Whether it may be part of a rule of several tokens."""


class Forms:
    """The forms of tokens that are tagged and parsed."""

    def __init__(self, nlp: Any) -> None:
        self._vocab = nlp.vocab
        self._ruler, self._lemmatizer = nlp.get_pipe("attribute_ruler"), nlp.get_pipe("lemmatizer")
        self._single, self._joining = AttributeRuler(nlp.vocab), Matcher(nlp.vocab)
        for rule in self._ruler.patterns:
            single = [pattern for pattern in rule["patterns"] if len(pattern) == 1]
            several = [
                [token] for pattern in rule["patterns"] if len(pattern) > 1 for token in pattern
            ]
            if single:
                self._single.add(single, rule["attrs"], rule["index"])
            if several:
                self._joining.add("joins", several)
        self._known: dict[bytes, Form] = {}
        self._features: dict[str, dict[str, str]] = {}

    def __call__(self, docs: Sequence[Document]) -> Iterator[Form]:
        """Yield the form of each token of all documents, in order."""
        rows = [doc.to_array(_CASE) for doc in docs]
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        self._learn(np.concatenate(rows))
        for own in rows:
            forms = [self._known[key] for key in row_keys(own)]
            for run in _runs(forms):
                forms[run] = self._read(self._document(own[run]), self._ruler)
            yield from forms

    def _learn(self, rows: NDArray[np.uint64]) -> None:
        """Remember the form of each case in `rows` that never came up before."""
        cases = {key: n for n, key in enumerate(row_keys(rows)) if key not in self._known}
        if not cases:
            return
        doc = self._document(rows[list(cases.values())])
        found = self._joining(doc, allow_missing=True) if len(self._joining) else ()
        joining = {start for _, start, _ in found}
        forms = self._read(doc, self._single)
        for n, (case, form) in enumerate(zip(cases, forms, strict=True)):
            self._known[case] = form._replace(joins=n in joining)

    def _document(self, rows: NDArray[np.uint64]) -> Document:
        """Return a document of tokens in the state that `rows` show."""
        strings = self._vocab.strings
        doc: Document = Doc(self._vocab, words=[strings[orth] for orth in rows[:, 0].tolist()])
        return doc.from_array(_CASE[1:], rows[:, 1:])

    def _read(self, doc: Document, ruler: AttributeRuler) -> Iterator[Form]:
        for token in self._lemmatizer(ruler(doc)):
            shown = str(token.morph)
            if shown not in self._features:
                self._features[shown] = token.morph.to_dict()
            yield Form(
                lemma=token.lemma_ if token.pos_ == "PROPN" else token.lemma_.lower(),
                pos=token.pos_,
                morph=self._features[shown],
                dep=_UNIVERSAL.get(token.dep_, token.dep_),
                space=token.is_space,
            )


def _runs(forms: Sequence[Form]) -> Iterator[slice]:
    """Yield where two or more tokens that may be part of a longer rule stand side by side."""
    for joins, run in groupby(range(len(forms)), key=lambda token: forms[token].joins):
        first, *others = run
        if joins and others:
            yield slice(first, others[-1] + 1)

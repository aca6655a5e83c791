"""The floor: what stands between quotation marks, said by the person named nearest to it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from benchmarks.comparison.adapters import Clock, Found, Pair, Read
from benchmarks.comparison.adapters.parsing import load_parser, paragraphs

PACKAGES = ("spacy",)

_QUOTED = re.compile(r'“[^”]*”|«[^»]*»|"[^"]*"')
_PERSON = {"PERSON", "PER"}
_UNUSED = ("tagger", "morphologizer", "parser", "attribute_ruler", "lemmatizer")


def load(language: str) -> Read:
    """Return the reader for `language`; of the parser it takes the entity finder alone."""
    parse = load_parser(language, without=_UNUSED)

    def read(text: str, clock: Clock) -> list[Found]:
        with clock.parsing():
            people = [
                (entity.start_char, entity.end_char)
                for entity in parse(text).ents
                if entity.label_ in _PERSON
            ]
        found = []
        for start, paragraph in paragraphs(text):
            named = [p for p in people if start <= p[0] and p[1] <= start + len(paragraph)]
            for match in _QUOTED.finditer(paragraph):
                quoted = (start + match.start(), start + match.end())
                found.append(_attribution(quoted, named))
        return found

    return read


def _attribution(quoted: Pair, named: Iterable[Pair]) -> Found:
    outside = [person for person in named if person[1] <= quoted[0] or quoted[1] <= person[0]]
    nearest = sorted(outside, key=lambda p: max(quoted[0] - p[1], p[0] - quoted[1]))[:1]
    return {"sources": nearest, "cues": [], "contents": [quoted]}

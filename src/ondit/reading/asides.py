"""Asides: what a text takes for granted in a few words, where no clause says it.

A past participle between commas that the parse hangs elsewhere, an age behind a name, an event that
a noun names together with who did it ("l’annexion de l’île par Morvane"). Each is told as fact.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ondit.model import Text, Token
from ondit.reading.modality import Lexicon


class Aside(NamedTuple):
    """A stretch of the text, and the rule that found it."""

    start: int
    end: int
    rule: str


def find_asides(text: Text, known: Lexicon) -> Iterator[Aside]:
    """Yield the asides of `text` in text order; needs the token table."""
    for token in text.tokens or ():
        found = _participle(text, token) or _age(text, token, known) or _event(text, token, known)
        if found is not None:
            yield found


def _participle(text: Text, token: Token) -> Aside | None:
    """Return the participle between two commas: ", inauguré en grande pompe en 2017 …,"."""
    tokens = text.tokens or ()
    strayed = token.morph.get("VerbForm") == "Part" and token.dep in {"case", "dep", "fixed"}
    if not strayed or not token.index or tokens[token.index - 1].text != ",":
        return None
    last = _run(sorted(i for i in text.subtree(token.index) if i >= token.index))
    return Aside(token.start, tokens[last].end, "participle") if last > token.index else None


def _age(text: Text, token: Token, known: Lexicon) -> Aside | None:
    """Return the age behind a name: "Ada Holm, 41 ans"."""
    tokens = text.tokens or ()
    following = tokens[token.index + 1 : token.index + 4]
    if token.pos != "PROPN" or len(following) < 3 or following[0].text != ",":
        return None
    number, unit = following[1], following[2]
    years = known.classes["years"]
    counted = number.text.isdigit() and (
        unit.text.lower() in years or (not years and unit.text == ",")
    )
    if not counted or unit.sentence != token.sentence:
        return None
    return Aside(_name_start(text, token), (unit if years else number).end, "age")


def _name_start(text: Text, token: Token) -> int:
    tokens = text.tokens or ()
    index = token.index
    while (
        index and tokens[index - 1].pos == "PROPN" and tokens[index - 1].sentence == token.sentence
    ):
        index -= 1
    return tokens[index].start


def _event(text: Text, token: Token, known: Lexicon) -> Aside | None:
    """Return an event that a definite noun names with what it befell and who did it."""
    if token.lemma.lower() not in known.classes["event"] or token.pos != "NOUN":
        return None
    tokens = text.tokens or ()
    behind = tokens[token.index + 1 : token.index + _REACH]
    definite = tokens[token.index - 1].text.lower() in known.classes["the"]
    if not definite or not behind or behind[0].text.lower() not in known.classes["of"]:
        return None
    doer = next((t for t in behind if t.text.lower() in known.classes["by"]), None)
    if doer is None or doer.sentence != token.sentence:
        return None
    end = doer.index
    while end + 1 < len(tokens) and tokens[end + 1].pos in _NOMINAL:
        end += 1
    between = tokens[token.index : doer.index]
    broken = end == doer.index or any(t.pos in {"PUNCT", "VERB", "AUX"} for t in between)
    return None if broken else Aside(tokens[token.index - 1].start, tokens[end].end, "event")


_NOMINAL = {"DET", "ADJ", "NOUN", "PROPN", "NUM"}

# Tokens behind the noun of an event among which its doer is looked for.
_REACH = 10


def _run(indices: list[int]) -> int:
    """Return the last index of the unbroken run that `indices` begin with."""
    last = indices[0]
    for index in indices[1:]:
        if index != last + 1:
            break
        last = index
    return last

"""Predicates: "Ada Holm was elected mayor of Varn" tells whom "the mayor" means further on."""

from __future__ import annotations

from collections.abc import Iterator

from ondit.model import Text, Token
from ondit.reading.nominals import Words
from ondit.reading.phrases import Phrase

_PREDICATES = {"attr", "oprd", "xcomp", "obj"}
_SUBJECTS = {"nsubj", "nsubj:pass"}


def predicated(text: Text, phrases: list[Phrase], words: Words) -> Iterator[tuple[Phrase, Phrase]]:
    """Yield each description that a clause says a named person is, with that name."""
    named = {
        token.index: p
        for p in phrases
        if p.form == "name" and p.kind == "person"
        for token in text.tokens_in(p.start, p.end)
    }
    for phrase in phrases if named else ():
        personal = phrase.class_ in {"office", "person"} and phrase.number == "s"
        if phrase.form == "description" and personal and phrase.head >= 0:
            name = _bearer(text, phrase.head, named, words)
            if name is not None and not name.start < phrase.end <= name.end:
                yield phrase, name


def _bearer(text: Text, head: int, named: dict[int, Phrase], words: Words) -> Phrase | None:
    """Return the name that the clause equates with the description headed by token `head`."""
    tokens = text.tokens or ()
    token = tokens[head]
    copula = next((c for c in _children(text, head) if c.dep == "cop"), None)
    if copula is not None:
        subjects = (c for c in _children(text, head) if c.dep in _SUBJECTS)
        told = _is_told(text, copula, words) and not _hedged(text, head, words)
        return next((named[s.index] for s in subjects if s.index in named), None) if told else None
    verb = _governor(text, token, words)
    if verb is None or not _is_told(text, verb, words):
        return None
    others = [c for c in _arguments(text, verb, words) if c.index in named]
    for dep in _PARTNERS.get(token.dep, ()):
        found = next((c for c in others if c.dep == dep and c.index != head), None)
        if found is not None:
            return named[found.index]
    return None


_PARTNERS: dict[str, tuple[str, ...]] = {
    "attr": ("nsubj",),
    "oprd": ("obj", "nsubj:pass"),
    "xcomp": ("obj", "nsubj:pass", "nsubj"),
    "pobj": ("obj", "nsubj:pass"),
    "obj": ("pobj",),
    "nsubj:pass": ("pobj",),
    "nsubj": ("attr", "nsubj"),
}
"""Where the name stands for each place of the description, the surest first."""


def _governor(text: Text, token: Token, words: Words) -> Token | None:
    """Return the verb that the description belongs to, by "as" too."""
    tokens = text.tokens or ()
    verb = tokens[token.head]
    if token.dep == "pobj" and verb.text.lower() in words.predicative_as:
        verb = tokens[verb.head]
    return verb if verb.lemma.lower() in words.predicative else None


def _arguments(text: Text, verb: Token, words: Words) -> Iterator[Token]:
    """Yield subject, object and predicate of the verb, and what "as" introduces."""
    for child in _children(text, verb.index):
        if child.dep in _PREDICATES | _SUBJECTS:
            yield child
        elif child.text.lower() in words.predicative_as:
            yield from (c for c in _children(text, child.index) if c.dep == "pobj")


def _is_told(text: Text, verb: Token, words: Words) -> bool:
    """Return whether the clause tells a fact: finite, neither negated nor modal nor conditional."""
    helpers = [c for c in _children(text, verb.index) if c.dep.startswith("aux")]
    finite = any(t.morph.get("VerbForm") == "Fin" for t in (verb, *helpers))
    modal = any(t.lemma.lower() not in words.predicative_aux for t in helpers)
    conditional = any(t.morph.get("Mood") in {"Cnd", "Sub"} for t in (verb, *helpers))
    return finite and not (modal or conditional or _hedged(text, verb.index, words))


def _hedged(text: Text, index: int, words: Words) -> bool:
    """Return whether a negation hangs on the token."""
    children = _children(text, index)
    return any(c.dep == "neg" or c.text.lower() in words.predicative_not for c in children)


def _children(text: Text, index: int) -> list[Token]:
    tokens = text.tokens or ()
    return [tokens[child] for child in text.children[index]]

"""Clauses: a text cut into minimal predications, each with the words that are its own."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from ondit.model import Text, Token

_CONTENT = {"VERB", "AUX", "ADJ", "NOUN", "PROPN", "PRON", "ADV", "NUM"}
_INSIDE = {"aux", "aux:tense", "aux:pass", "cop", "case", "mark", "det", "fixed", "flat:name"}
_EDGE = {"PUNCT", "CCONJ", "SCONJ"}


_SIDE = {"acl", "appos", "amod"}
"""Relations of clauses that describe a noun in passing; their words stay in its clause too."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One predication: its predicate and its own words, as token indices."""

    predicate: int
    words: tuple[int, ...]
    subject: int | None = None
    """Head token of its subject, own or shared."""
    parent: int | None = None
    """Predicate of the clause that it hangs on."""
    side: bool = False
    """A participle or apposition that describes a noun in passing."""


def find_clauses(text: Text) -> Iterator[Clause]:
    """Yield the clauses of `text` in the order of their first words; needs the token table."""
    tokens = text.tokens or ()
    predicates = {t.index for t in tokens if _is_predicate(text, t)}
    found = (_clause(text, index, predicates) for index in predicates)
    yield from sorted((c for c in found if c.words), key=lambda c: (c.words[0], c.predicate))


def _is_predicate(text: Text, token: Token) -> bool:
    """Return whether the token heads a clause that says something by itself.

    A finite verb does whatever the parse calls it, an infinitive or participle only where it
    continues a clause or describes a noun.
    """
    if token.pos not in _CONTENT or token.dep in _INSIDE:
        return False
    if token.dep == "root" or _finite(text, token):
        return True
    if token.dep in {"acl", "appos", "amod"}:
        return _describes(text, token)
    if token.dep in {"advcl", "conj", "dep"}:
        return _verbal(text, token) and (token.dep != "conj" or _continues(text, token))
    return token.dep in {"ccomp", "parataxis"}


def _finite(text: Text, token: Token) -> bool:
    tokens = text.tokens or ()
    if token.morph.get("VerbForm") == "Fin" and token.pos in {"VERB", "AUX"}:
        return True
    auxiliaries = (tokens[c] for c in text.children[token.index])
    return any(
        t.morph.get("VerbForm") == "Fin" and t.dep.startswith(("aux", "cop")) for t in auxiliaries
    )


def _continues(text: Text, token: Token) -> bool:
    """Return whether a conjunct is a clause of its own, rather than a word in a list."""
    return _verbal(text, (text.tokens or ())[token.head])


def _describes(text: Text, token: Token) -> bool:
    """Return whether a participle or apposition says something of its noun: three words or more.

    "ouvert en 2017", "soutenant le maire", "une ancienne du port": the writer's own assertions,
    whatever becomes of the clause they stand in.
    """
    tokens = text.tokens or ()
    if token.dep == "appos" and token.pos == "PRON":
        return False
    if token.dep == "acl" and (
        token.pos not in {"VERB", "AUX", "ADJ"} or token.morph.get("VerbForm") == "Inf"
    ):
        return False
    under = [tokens[i] for i in text.subtree(token.index) if tokens[i].pos != "PUNCT"]
    if token.dep == "amod":
        return token.pos == "VERB" and len(under) >= 4
    return len(under) >= 3 or any(t.pos == "NUM" for t in under)


def _verbal(text: Text, token: Token) -> bool:
    copula = any(
        (text.tokens or ())[c].dep in {"cop", "aux", "aux:tense"}
        for c in text.children[token.index]
    )
    return token.pos in {"VERB", "AUX"} or copula


def _clause(text: Text, index: int, predicates: set[int]) -> Clause:
    tokens = text.tokens or ()
    own: set[int] = set()
    stack = [index]
    while stack:
        current = stack.pop()
        own.add(current)
        stack += [
            child
            for child in text.children[current]
            if child not in predicates or tokens[child].dep in _SIDE
        ]
    if tokens[index].dep in _SIDE:
        own |= _described(text, index)
    elif not _finite(text, tokens[index]):
        own = _unbroken(own, index, predicates)
    return Clause(
        predicate=index,
        words=_trimmed(tokens, sorted(own)),
        side=tokens[index].dep in _SIDE,
        subject=_subject(text, index, predicates),
        parent=parent_of(text, index, predicates),
    )


def _unbroken(own: set[int], index: int, predicates: set[int]) -> set[int]:
    """Return the words around a verbless head up to where another clause stands between them.

    "Grève sur les ferries : le commandant aurait alerté trois fois sa compagnie": a lost parse may
    hang the last words on the first noun, which must not take the doubtful clause in.
    """
    between = {p for p in predicates if p != index and min(own) < p < max(own)}
    low = max((p for p in between if p < index), default=-1)
    high = min((p for p in between if p > index), default=max(own) + 1)
    return {i for i in own if low < i < high}


def _described(text: Text, index: int) -> set[int]:
    """Return the noun that a description belongs to, with its article and what stands between."""
    tokens = text.tokens or ()
    head = tokens[index].head
    if tokens[index].dep == "appos" and head and tokens[head - 1].pos == "NUM":
        return set()
    if head > index or index - head > 12 or tokens[head].pos not in {"NOUN", "PROPN", "PRON"}:
        return set()
    first = min([head, *(c for c in text.children[head] if tokens[c].dep == "det" and c < head)])
    return set(range(first, index))


def _trimmed(tokens: tuple[Token, ...], words: list[int]) -> tuple[int, ...]:
    """Return the words without punctuation and conjunctions at the edges."""
    while words and (tokens[words[0]].pos in _EDGE or tokens[words[0]].dep == "mark"):
        words = words[1:]
    while words and (tokens[words[-1]].pos in _EDGE or _hanging(tokens, words)):
        words = words[:-1]
    return tuple(words)


def _hanging(tokens: tuple[Token, ...], words: list[int]) -> bool:
    """Return whether a pronoun hangs behind a comma, waiting for its relative: "…, ce (que)"."""
    last = tokens[words[-1]]
    return len(words) > 2 and last.pos == "PRON" and tokens[last.index - 1].text == ","


def _subject(text: Text, index: int, predicates: set[int], depth: int = 0) -> int | None:
    tokens = text.tokens or ()
    for child in text.children[index]:
        if tokens[child].dep in {"nsubj", "nsubj:pass", "csubj", "expl:subj", "expl"}:
            return child
    token = tokens[index]
    if depth < 3 and token.dep in {"conj", "xcomp", "advcl"} and token.head != index:
        return _subject(text, token.head, predicates, depth + 1)
    return None


def parent_of(text: Text, index: int, predicates: Container[int | None]) -> int | None:
    """Return the nearest predicate above the token at `index`, or None."""
    tokens = text.tokens or ()
    seen = {index}
    head = tokens[index].head
    while head not in seen:
        if head in predicates:
            return head
        seen.add(head)
        head = tokens[head].head
    return None


# -- what a clause is built on ----------------------------------------------------------------


def governor(text: Text, clause: Clause) -> Token | None:
    """Return the word that `clause` completes, when it stands on its left; None at a root."""
    tokens = text.tokens or ()
    token = tokens[clause.predicate]
    head = tokens[token.head]
    if token.dep not in _COMPLEMENTS or head.index >= token.index:
        return None
    # "worried about losing", "ne sait pas ce qui est arrivé": what governs is one step up.
    between = head.pos == "ADP" or (head.pos == "PRON" and head.head < head.index)
    return tokens[head.head] if between else head


# Relations of a clause to the word that it completes; parsers mix them up.
_COMPLEMENTS = {
    "ccomp", "xcomp", "acl", "advcl", "csubj", "pcomp", "acl:relcl", "obl", "obl:arg", "obl:mod",
    "nmod", "dep",
}  # fmt: skip

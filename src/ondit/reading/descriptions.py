"""Descriptions as sources: whom "the engineer" or "le quotidien" takes up, if anybody.

A definite description without a name of its own, met for the first time as a source, may stand for
somebody whom the report has already named or described in other words. By a broader noun ("the
officer" for a colonel), by a noun too general to introduce anybody ("the man", "the company"), or
because nobody else is being spoken of.
"""

from __future__ import annotations

from ondit.model import Entity, Mention, Token
from ondit.reading.cast import Candidate, Cast, head_token
from ondit.reading.phrases import definiteness, number_of

_LOOK_BACK = 3
"""Sentences in which somebody must have been spoken of to be the only one about."""

_KINDS: dict[str, frozenset[str]] = {
    "person": frozenset({"named_person", "role_person", "anonymous_person"}),
    "organisation": frozenset({"organisation"}),
    "outlet": frozenset({"outlet"}),
    "document": frozenset({"document"}),
}


def taken_up(cast: Cast, mention: Mention) -> tuple[str, str] | None:
    """Return the entity that the description takes up and the rule; None when it is a new one."""
    head = head_token(cast.text, mention.span.start, mention.span.end)
    opening = _opening_of_new(cast, mention)
    if head is None or opening not in {"definite", "possessive"}:
        return None
    before = _before(cast, mention)
    if opening == "possessive":
        return _same_role(cast, mention, before)
    noun, phrase = (
        cast.text.view[head.start : mention.span.end].lower(),
        _undetermined(cast, mention),
    )
    return (
        _same_noun(cast, mention, head, before)
        or _same_role(cast, mention, before)
        or _narrower(cast, noun, before)
        or _general(cast, mention, phrase, before)
        or _of_same_body(cast, mention, before)
        or _only_one(cast, mention, head, before)
    )


def _opening_of_new(cast: Cast, mention: Mention) -> str | None:
    """Return how a description without a name, never met before, is determined; else None."""
    if mention.form != "description" or mention.rule.endswith((".pair", ".couple")):
        return None
    same = [m for m in cast.mentions if m.entity == mention.entity]
    if any(m.form == "name" or m.span.start < mention.span.start for m in same):
        return None
    return definiteness(cast.text, cast.words, mention.span.start)


def _before(cast: Cast, mention: Mention) -> list[Candidate]:
    """Return what was mentioned before `mention`, the latest first, places left out."""
    rows = (c for n in sorted(cast.by_sentence) for c in cast.by_sentence[n])
    found = [
        c
        for c in rows
        if c.mention.span.end <= mention.span.start
        and c.mention.entity != mention.entity
        and c.mention.kind != "place"
        and c.mention.form in {"name", "description"}
    ]
    return sorted(found, key=lambda c: c.mention.span.start, reverse=True)


def _undetermined(cast: Cast, mention: Mention) -> str:
    """Return the description without its determiner, as the tables spell it."""
    tokens = cast.text.tokens_in(mention.span.start, mention.span.end)
    start = tokens[0].end if len(tokens) > 1 else mention.span.start
    return cast.text.view[start : mention.span.end].strip().lower()


def _entity(cast: Cast, candidate: Candidate) -> Entity:
    return cast.entities[str(candidate.mention.entity)]


def _agree(cast: Cast, one: Mention, other: str) -> bool:
    """Return whether gender and number of two entities do not speak against each other."""
    left, right = cast.profile(one.entity), cast.profile(other)
    genders = not (left.genders and right.genders) or bool(left.genders & right.genders)
    numbers = not (left.numbers and right.numbers) or bool(left.numbers & right.numbers)
    return genders and numbers


def _same_noun(
    cast: Cast, mention: Mention, head: Token, before: list[Candidate]
) -> tuple[str, str] | None:
    """Return the earlier source that has the same head: "a memo", then "the memo"."""
    long = len(cast.text.tokens_in(mention.span.start, mention.span.end)) > _SHORT
    for one in before:
        other = head_token(cast.text, one.mention.span.start, one.mention.span.end)
        if long or other is None or one.mention.form != "description":
            continue
        same = other.lemma.lower() == head.lemma.lower() and other.pos == head.pos
        if same and _agree(cast, mention, str(one.mention.entity)):
            return str(one.mention.entity), "description.again"
    return None


_SHORT = 3
"""Words of a description that adds nothing to its noun, article included."""


def _narrower(cast: Cast, noun: str, before: list[Candidate]) -> tuple[str, str] | None:
    """Return whoever was last described by a narrower noun."""
    keys = next((cast.words.broader[w] for w in _openings(noun) if w in cast.words.broader), None)
    if not keys:
        return None
    for one in before:
        if cast.profile(one.mention.entity).keys & keys and _singular(cast, one):
            return str(one.mention.entity), "description.broader"
    return None


def _openings(noun: str) -> list[str]:
    """Return the noun with what follows, longest first: "chef de l'état", "chef de l'", "chef"."""
    words = noun.split()
    return [" ".join(words[:n]) for n in range(min(len(words), 4), 0, -1)]


def _singular(cast: Cast, candidate: Candidate) -> bool:
    return "p" not in cast.profile(candidate.mention.entity).numbers


def _general(
    cast: Cast, mention: Mention, phrase: str, before: list[Candidate]
) -> tuple[str, str] | None:
    """Return the last of the kind that a general noun takes up."""
    kinds = {k for kind in cast.words.taken_up.get(phrase, ()) for k in _KINDS[kind]}
    for one in before if kinds else ():
        entity = _entity(cast, one)
        fits = entity.source_kind in kinds and _agree(cast, mention, entity.id)
        if fits and _singular(cast, one):
            return entity.id, "description.general"
    return None


def _same_role(cast: Cast, mention: Mention, before: list[Candidate]) -> tuple[str, str] | None:
    """Return the only named person who was described by the same noun: "her lawyer, Ivo Tarn".

    Whatever else the description says must have been said where that person was spoken of.
    """
    own = cast.profile(mention.entity)
    if not own.keys or not _person_role(cast, mention):
        return None
    found = {
        str(c.mention.entity) for c in before
        if cast.profile(c.mention.entity).keys & own.keys and _singular(cast, c)
    }  # fmt: skip
    if len(found) != 1:
        return None
    only = found.pop()
    named = cast.entities[only].source_kind == "named_person" and _agree(cast, mention, only)
    known = _words_about(cast, only, before)
    return (only, "description.same-role") if named and _content(cast, mention) <= known else None


def _words_about(cast: Cast, entity: str, before: list[Candidate]) -> set[str]:
    """Return the lemmas of the sentences in which the entity was spoken of before."""
    sentences = {c.sentence for c in before if c.mention.entity == entity}
    spans = (cast.text.sentences[n] for n in sentences)
    return {t.lemma.casefold() for s, e in spans for t in cast.text.tokens_in(s, e)}


def _content(cast: Cast, mention: Mention) -> set[str]:
    """Return the lemmas of the nouns, names and adjectives of a description, its role nouns out."""
    tokens = cast.text.tokens_in(mention.span.start, mention.span.end)
    told = (t for t in tokens if t.pos in {"NOUN", "PROPN", "ADJ"} and not cast.words.role(t))
    return {t.lemma.casefold() for t in told}


def _of_same_body(cast: Cast, mention: Mention, before: list[Candidate]) -> tuple[str, str] | None:
    """Return the only unnamed person introduced as of the same body.

    "A mercenary of the Ostrel group fled. The man from Ostrel said …": the name inside both tells.
    """
    names = _names_inside(cast, mention)
    role = _person_role(cast, mention)
    if not names or not role:
        return None
    found = {
        str(c.mention.entity)
        for c in before
        if c.mention.form == "description" and names & _names_inside(cast, c.mention)
        and _entity(cast, c).source_kind == "anonymous_person" and _person_role(cast, c.mention)
        and _agree(cast, mention, str(c.mention.entity))
    }  # fmt: skip
    return (found.pop(), "description.same-body") if len(found) == 1 else None


def _person_role(cast: Cast, mention: Mention) -> bool:
    """Return whether a noun for one person heads the description."""
    head = head_token(cast.text, mention.span.start, mention.span.end)
    if head is None or number_of(head) != "s":
        return False
    role = cast.words.role(head)
    return role is not None and role.class_ in {"person", "office"}


def _names_inside(cast: Cast, mention: Mention) -> set[str]:
    """Return the last words of the names within the description, or touching its end."""
    return {
        m.span.exact.split()[-1].casefold()
        for m in cast.at.overlapping(mention.span.start + 1, mention.span.end + 2)
        if m.form == "name" and m.kind != "person" and m.span.start > mention.span.start
    }


def _only_one(
    cast: Cast, mention: Mention, head: Token, before: list[Candidate]
) -> tuple[str, str] | None:
    """Return the only person spoken of lately, when the description says nothing more than a noun.

    An office ("the mayor") needs no introduction and is nobody else for that.
    """
    role = cast.words.role(head)
    bare = len(cast.text.tokens_in(mention.span.start, mention.span.end)) <= _SHORT
    if role is None or role.class_ != "person" or not bare:
        return None
    near = [c for c in before if head.sentence - c.sentence <= _LOOK_BACK and not c.quoted]
    persons = {
        e.id
        for e in (_entity(cast, c) for c in near)
        if e.source_kind in _KINDS["person"] and _agree(cast, mention, e.id)
    }
    named = {e for e in persons if cast.entities[e].source_kind == "named_person"}
    if len(persons) == 1 and named:
        return named.pop(), "description.only-one"
    return None

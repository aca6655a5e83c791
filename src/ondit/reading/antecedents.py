"""Antecedents: whom a third-person or relative pronoun means, or None when two fit equally."""

from __future__ import annotations

from collections.abc import Sequence

from ondit.model import Span
from ondit.reading.cast import Candidate, Cast
from ondit.reading.nominals import PronounWords

_LOOK_BACK = 6
"""Sentences that a pronoun looks back over."""
_FAR = 2
"""Sentences by which a mere mention must be nearer than a source or subject to be preferred."""


def antecedent(cast: Cast, span: Span, entry: PronounWords, content: Sequence[Span]) -> str | None:
    """Return the entity that the pronoun at `span` means; None when two fit equally well.

    Sentence by sentence backwards: the source of a cue before the subject of a main clause, that
    before other subjects; what is merely mentioned counts only when nothing else was found.
    """
    tokens = cast.text.tokens_in(span.start, span.end)
    if not tokens:
        return None
    quoted = bool(cast.quotes.covering(span.start, span.end))
    fallback: str | None = None
    nearest: int | None = None
    here = tokens[0].sentence
    for sentence in range(here, max(-1, here - _LOOK_BACK - 1), -1):
        fitting = [
            c for c in cast.by_sentence.get(sentence, ())
            if c.mention.span.end <= span.start
            and (quoted or not c.quoted)
            and not any(s.contains(c.mention.span) for s in content)
            and _agrees(cast, c, entry)
        ]  # fmt: skip
        strong = [c for c in fitting if c.subject or c.mention.span.start in cast.sources]
        if strong and (nearest is None or nearest - sentence < _FAR):
            return _best(cast, strong)
        if nearest is None and fitting:
            nearest, fallback = sentence, _only(fitting)
    return fallback


def _best(cast: Cast, candidates: list[Candidate]) -> str | None:
    ranked: dict[int, list[Candidate]] = {}
    for one in candidates:
        source = one.mention.span.start in cast.sources
        rank = 0 if source and one.main else 1 if source else 2 if one.main else 3
        ranked.setdefault(rank, []).append(one)
    return _only(ranked[min(ranked)])


def _only(candidates: list[Candidate]) -> str | None:
    entities = {c.mention.entity for c in candidates}
    return entities.pop() if len(entities) == 1 else None


def _agrees(cast: Cast, candidate: Candidate, entry: PronounWords) -> bool:
    mention = candidate.mention
    genders, numbers, classes = cast.profiles.get(
        str(mention.entity), (set[str](), set[str](), set[str]())
    )
    collective = bool(classes & {"group", "organisation"})
    if mention.kind == "place":
        return False
    if entry.number == "p":
        return "p" in numbers or "group" in classes or (collective and not cast.words.gendered)
    if entry.number == "s" and numbers and "s" not in numbers:
        return False
    if entry.gender == "n":
        return collective
    outlet = cast.entities[str(mention.entity)].source_kind == "outlet"
    if outlet or (not cast.words.gendered and collective):
        return False
    return not (entry.gender and genders and entry.gender not in genders)


def relative_antecedent(cast: Cast, span: Span) -> str | None:
    """Return the entity that a relative pronoun takes up."""
    tokens = cast.text.tokens_in(span.start, span.end)
    if not tokens or cast.text.tokens is None:
        return None
    verb = cast.text.tokens[tokens[0].head]
    antecedent = cast.text.tokens[verb.head]
    around = cast.at.covering(antecedent.start, antecedent.end)
    if not around or antecedent.index > tokens[0].index:
        around = cast.at.overlapping(max(0, span.start - 4), span.start)
    if not around:
        return None
    cast.sources.add(around[-1].span.start)
    return around[-1].entity

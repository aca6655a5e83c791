"""Antecedents: whom a third-person or relative pronoun means; several where two fit equally."""

from __future__ import annotations

from collections.abc import Sequence

from ondit.model import Mention, Span
from ondit.reading.cast import Candidate, Cast, Profile
from ondit.reading.nominals import PronounWords

Entities = frozenset[str]

_LOOK_BACK = 6
"""Sentences that a pronoun looks back over."""
_FAR = 2
"""Sentences by which a mere mention must be nearer than a source or subject to be preferred."""
_NOBODY: Entities = frozenset()


def antecedents(cast: Cast, span: Span, entry: PronounWords, content: Sequence[Span]) -> Entities:
    """Return the entities that the pronoun at `span` may mean: one when the text is clear.

    Sentence by sentence backwards: the source of a cue before the subject of a main clause, that
    before other subjects; what is merely mentioned counts only when nothing else was found.
    """
    tokens = cast.text.tokens_in(span.start, span.end)
    if not tokens:
        return _NOBODY
    here, fallback = tokens[0].sentence, _NOBODY
    nearest: int | None = None
    for sentence in range(here, max(-1, here - _LOOK_BACK - 1), -1):
        fitting = _fitting(cast, span, entry, content, sentence)
        if entry.order is not None and fitting:
            if entry.order == "last" or len(_entities(fitting)) > 1:
                return _by_order(fitting, entry)
            continue
        strong = _strong(cast, fitting, entry)
        if strong and (nearest is None or nearest - sentence < _FAR):
            return _best(cast, strong, entry)
        if nearest is None and fitting:
            nearest, fallback = sentence, _entities(_known(cast, fitting, entry))
    return fallback


def _fitting(
    cast: Cast, span: Span, entry: PronounWords, content: Sequence[Span], sentence: int
) -> list[Candidate]:
    quoted = bool(cast.quotes.covering(span.start, span.end))
    return [
        c for c in cast.by_sentence.get(sentence, ())
        if c.mention.span.end <= span.start
        and (quoted or not c.quoted)
        and not any(s.contains(c.mention.span) for s in content)
        and _agrees(cast, c, entry)
    ]  # fmt: skip


def _strong(cast: Cast, fitting: list[Candidate], entry: PronounWords) -> list[Candidate]:
    """Return the subjects and sources, and whoever alone is known to be of the right gender."""
    strong = [c for c in fitting if c.subject or c.mention.span.start in cast.sources]
    known = [c for c in fitting if _of_gender(cast, c, entry)]
    if strong and known and not any(_of_gender(cast, c, entry) for c in strong):
        return known
    return strong


def _best(cast: Cast, candidates: list[Candidate], entry: PronounWords) -> Entities:
    ranked: dict[int, list[Candidate]] = {}
    for one in candidates:
        source = one.mention.span.start in cast.sources
        rank = 0 if source and one.main else 1 if source else 2 if one.main else 3
        ranked.setdefault(rank, []).append(one)
    return _entities(_known(cast, ranked[min(ranked)], entry))


def _known(cast: Cast, candidates: list[Candidate], entry: PronounWords) -> list[Candidate]:
    """Return those known to be of the pronoun's gender, when there are any; else all."""
    return [c for c in candidates if _of_gender(cast, c, entry)] or candidates


def _of_gender(cast: Cast, candidate: Candidate, entry: PronounWords) -> bool:
    return entry.gender in cast.profile(candidate.mention.entity).genders


def _by_order(fitting: list[Candidate], entry: PronounWords) -> Entities:
    """Return the first or last of those mentioned: "the former", "ce dernier"."""
    spans = [c.mention.span for c in fitting]
    whole = [
        c
        for c in fitting
        if not any(s != c.mention.span and s.contains(c.mention.span) for s in spans)
    ]
    pick = min if entry.order == "first" else max
    return _entities([pick(whole, key=lambda c: c.mention.span.start)])


def _entities(candidates: list[Candidate]) -> Entities:
    return frozenset(str(c.mention.entity) for c in candidates)


def _agrees(cast: Cast, candidate: Candidate, entry: PronounWords) -> bool:
    mention = candidate.mention
    profile = cast.profile(mention.entity)
    if mention.kind == "place":
        return False
    if entry.number == "p":
        return _is_many(cast, profile)
    if entry.number == "s" and profile.numbers and "s" not in profile.numbers:
        return False
    outlet = cast.entities[str(mention.entity)].source_kind == "outlet"
    thing = outlet or bool(profile.classes & {"group", "organisation", "other"})
    if entry.gender == "n" or (thing and not cast.words.gendered):
        return thing and entry.gender == "n"
    if outlet and not profile.genders:
        return False
    return not (entry.gender and profile.genders and entry.gender not in profile.genders)


def _is_many(cast: Cast, profile: Profile) -> bool:
    """Return whether "they" may stand for it: in English for an organisation, too."""
    organisation = "organisation" in profile.classes and not cast.words.gendered
    return "p" in profile.numbers or "group" in profile.classes or organisation


# -- relative pronouns ------------------------------------------------------------------------


def relative_antecedent(cast: Cast, span: Span) -> str | None:
    """Return the entity that a relative pronoun takes up."""
    found = _set_off(cast, span) or _governing(cast, span)
    if found is None:
        return None
    cast.sources.add(found.span.start)
    return found.entity


def _set_off(cast: Cast, span: Span) -> Mention | None:
    """Return the person whose phrase runs up to the pronoun: "a nurse at the clinic, who"."""
    near = cast.at.overlapping(max(0, span.start - 3), span.start)
    persons = [m for m in near if m.kind == "person" and m.span.start < span.start]
    return min(persons, key=lambda m: m.span.start) if persons else None


def _governing(cast: Cast, span: Span) -> Mention | None:
    """Return the mention that the parse hangs the relative clause on, else the one before it."""
    tokens = cast.text.tokens_in(span.start, span.end)
    if not tokens or cast.text.tokens is None:
        return None
    verb = cast.text.tokens[tokens[0].head]
    antecedent = cast.text.tokens[verb.head]
    around = cast.at.covering(antecedent.start, antecedent.end)
    if not around or antecedent.index > tokens[0].index:
        around = cast.at.overlapping(max(0, span.start - 4), span.start)
    return around[-1] if around else None

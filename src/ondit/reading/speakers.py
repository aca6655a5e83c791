"""Speakers: the person, group or document behind each attribution, and the chain it stands in.

Every attribution's source words are led back to an entity: a name to its bearer, a pronoun to the
last source or subject it agrees with, a relative pronoun to its antecedent, "I" to whoever is being
quoted, a description to whom it takes up. Where two candidates are equally good there is no
speaker. Every attribution says by which rule its speaker was found, or why there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ondit.language.lexicon import Pack
from ondit.model import Attribution, Entity, Mention, Record, Span, SpanIndex, Text
from ondit.reading.antecedents import antecedents, relative_antecedent
from ondit.reading.cast import SUBJECTS, Candidate, Cast, folded, head_token
from ondit.reading.descriptions import taken_up
from ondit.reading.nominals import source_words_of, words_of
from ondit.reading.sourcephrases import (
    ACCORDING_TO_WHICH,
    mentioned,
    newly_mentioned,
    write_kinds,
)


def find(text: Text, record: Record, pack: Pack) -> Iterator[Mention | Entity | Attribution]:
    """Yield all mentions, entities and attributions of `record`, the attributions with speakers."""
    cast = Cast(text, record, words_of(pack), source_words_of(pack))
    parents = dict(_parents(record.attributions))
    _third_persons(cast)
    _first_persons(cast, parents)
    _continued(cast)
    _neighbours(cast)
    _first_persons(cast, parents)
    _told(cast)
    write_kinds(cast)
    yield from sorted(cast.mentions, key=lambda m: (m.span.start, -m.span.end))
    yield from cast.entities.values()
    for one in record.attributions:
        yield replace(
            one,
            speaker=cast.speaker.get(one.id),
            speaker_rule=cast.why.get(one.id, "nobody"),
            source_kind=cast.kind.get(one.id, "unspecified"),
            kind_rule=cast.kind_why.get(one.id, "nobody"),
            parent=parents.get(one.id),
            anonymity=cast.anonymity.get(one.id),
        )


# -- the chain --------------------------------------------------------------------------------


def _parents(attributions: Sequence[Attribution]) -> Iterator[tuple[str, str]]:
    """Yield for each inner attribution the smallest one whose content it stands in."""
    index = SpanIndex((s.start, s.end, one) for one in attributions for s in one.content)
    sizes = {one.id: _size(one) for one in attributions}
    for one in attributions:
        places = one.cue or one.source or one.content
        around = [
            other
            for other in index.covering(places[0].start, places[0].end)
            if other.id != one.id and sizes[other.id] > sizes[one.id]
        ]
        if around:
            yield one.id, min(around, key=lambda o: sizes[o.id]).id


def _size(one: Attribution) -> int:
    return sum(s.end - s.start for s in one.content)


# -- third persons ----------------------------------------------------------------------------


def _third_persons(cast: Cast) -> None:
    """Resolve sources and subject pronouns in one walk through the text."""
    pronouns = [m for m in cast.record.mentions if m.entity is None]
    by_place = {m.span.start: m for m in pronouns}
    sourced: dict[int, list[Attribution]] = {}
    for one in sorted(cast.record.attributions, key=_anchor):
        if one.source:
            sourced.setdefault(one.source[0].start, []).append(one)
    for place in sorted({*by_place, *sourced}):
        if place not in sourced:
            _resolve_subject(cast, by_place[place])
            continue
        found, rule = _of_source(cast, sourced[place][0], by_place)
        for one in sourced[place]:
            cast.why[one.id] = rule
            if len(found) == 1:
                cast.speaker.update((one.id, entity) for entity in found)
            else:
                cast.rivals[one.id] = found


def _anchor(one: Attribution) -> int:
    return (one.cue or one.source or one.content)[0].start


def _resolve_subject(cast: Cast, mention: Mention) -> None:
    """Write down whom a subject pronoun means, when that is clear."""
    head = head_token(cast.text, mention.span.start, mention.span.end)
    entry = cast.words.pronouns.get(folded(mention.span))
    if head is None or entry is None or entry.person == 1 or head.dep not in SUBJECTS:
        return
    found = antecedents(cast, mention.span, entry, ())
    if len(found) == 1:
        _resolved(cast, mention, next(iter(found)))


def _resolved(cast: Cast, mention: Mention, entity: str) -> None:
    rule = f"{cast.text.language}.pronoun.{'subject' if mention.form == 'pronoun' else 'holder'}"
    done = replace(mention, entity=entity, kind=cast.entities[entity].kind, rule=rule)
    cast.mentions.append(done)
    cast.remember(done)


def _of_source(
    cast: Cast, one: Attribution, pronouns: dict[int, Mention]
) -> tuple[frozenset[str], str]:
    """Return the entities that the source words of `one` may stand for, and the rule."""
    span = one.source[0]
    entry = cast.words.pronouns.get(folded(span))
    if entry is not None and entry.relative:
        return _one(relative_antecedent(cast, span)), "pronoun.relative"
    if cast.words.impersonal.match(cast.text.view, span.start):
        return frozenset(), "pronoun.impersonal"
    if entry is not None:
        if entry.person == 1:
            return frozenset(), "pronoun.first-person"
        found = antecedents(cast, span, entry, one.content)
        mention = pronouns.get(span.start)
        if len(found) == 1 and mention is not None:
            _resolved(cast, mention, next(iter(found)))
            cast.sources.add(span.start)
        return found, "pronoun.several-fit" if len(found) > 1 else "pronoun.antecedent"
    return _of_phrase(cast, span)


def _one(entity: str | None) -> frozenset[str]:
    return frozenset({entity} if entity is not None else ())


def _of_phrase(cast: Cast, span: Span) -> tuple[frozenset[str], str]:
    """Return the entity that a name or description stands for, and the rule."""
    found = mentioned(cast, span) or newly_mentioned(cast, span)
    if found is None or found.entity is None:
        return frozenset(), "phrase.nobody"
    cast.sources.add(found.span.start)
    if cast.entities[found.entity].rule.endswith(".entity.shared"):
        return _bearers(cast, found), "name.shared"
    taken = taken_up(cast, found)
    if taken is None:
        return _one(found.entity), f"phrase.{found.form}"
    cast.join(found.entity, taken[0])
    return _one(taken[0]), taken[1]


def _bearers(cast: Cast, name: Mention) -> frozenset[str]:
    """Return the persons who share the surname `name`."""
    ending = f" {name.span.exact}"
    persons = (e for e in cast.entities.values() if e.source_kind == "named_person")
    return frozenset(e.id for e in persons if e.name.endswith(ending))


# -- first persons ----------------------------------------------------------------------------


def _first_persons(cast: Cast, parents: dict[str, str]) -> None:
    """Give "I" and "we" inside a quotation the speaker of that quotation, outermost first."""
    by_id = {one.id: one for one in cast.record.attributions}
    for one in sorted(by_id.values(), key=lambda o: _depth(o.id, parents)):
        if one.id in cast.speaker or not one.source:
            continue
        entry = cast.words.pronouns.get(folded(one.source[0]))
        if entry is None or entry.person != 1:
            continue
        outer = parents.get(one.id)
        while outer is not None and outer not in cast.speaker:
            outer = parents.get(outer)
        if outer is not None:
            cast.speaker[one.id] = cast.speaker[outer]
            cast.why[one.id] = "pronoun.quoted"
            _first_person_mention(cast, one.source[0], cast.speaker[outer])


def _depth(identifier: str, parents: dict[str, str]) -> int:
    depth = 0
    while identifier in parents:
        identifier, depth = parents[identifier], depth + 1
    return depth


def _first_person_mention(cast: Cast, span: Span, entity: str) -> None:
    for mention in cast.record.mentions:
        if mention.entity is None and mention.span == span:
            rule = f"{cast.text.language}.pronoun.quoted"
            cast.mentions.append(
                replace(mention, entity=entity, kind=cast.entities[entity].kind, rule=rule)
            )


# -- quotations that go on --------------------------------------------------------------------


def _continued(cast: Cast) -> None:
    """Give a cueless quotation that goes on with another one's speech the speaker of that one."""
    ordered = sorted(cast.record.attributions, key=lambda o: o.content[0].start)
    previous: Attribution | None = None
    for one in ordered:
        bare = not one.source and not one.cue and one.id not in cast.speaker
        introduced = _before_colon(cast, one) if bare else None
        if introduced is not None:
            _give(cast, one, introduced, "introduced.colon")
        elif bare and previous and previous.id in cast.speaker:
            rule = _goes_on(cast.text, previous, one)
            if rule is not None:
                _give(cast, one, cast.speaker[previous.id], rule)
        if one.kind != "indirect" and (previous is None or not _inside(one, previous)):
            previous = one


def _give(cast: Cast, one: Attribution, entity: str, rule: str) -> None:
    cast.speaker[one.id], cast.why[one.id] = entity, rule


def _before_colon(cast: Cast, one: Attribution) -> str | None:
    """Return who is named right before a colon and the quotation: "Tarn: “No.”"."""
    start = one.content[0].start
    before = cast.text.view[max(0, start - 3) : start].rstrip()
    if not before.endswith(":"):
        return None
    end = max(0, start - 3) + len(before) - 1
    named = [m for m in cast.at.overlapping(max(0, end - 2), end) if end - m.span.end <= 1]
    return named[0].entity if named and named[0].kind == "person" else None


def _inside(one: Attribution, other: Attribution) -> bool:
    return any(s.contains(one.content[0]) for s in other.content)


def _goes_on(text: Text, previous: Attribution, one: Attribution) -> str | None:
    """Return how `one` carries `previous` on: as the next paragraph, or right behind its speaker.

    "“Children first,” she said. “They cannot wait.”"
    """
    block = text.block_at(one.content[0].start)
    before = text.block_at(max(previous.content[-1].end - 1, 0))
    if block is None or before is None:
        return None
    if block is before:
        parts = (*previous.content, *previous.cue, *previous.source)
        between = text.string[max(s.end for s in parts) : one.content[0].start]
        behind = previous.source and previous.source[0].start > previous.content[0].start
        return "continued.beside" if behind and between.strip() == "." else None
    whole = one.content[0].start - block.start <= 1 and block.end - one.content[-1].end <= 2
    touching = not text.string[before.end : block.start].strip()
    return "continued.paragraph" if whole and touching else None


# -- information that nobody gives -------------------------------------------------------------


def _told(cast: Cast) -> None:
    """Give "the information according to which …" itself for a speaker, where nobody holds it."""
    for one in cast.record.attributions:
        if one.source or not one.cue or not one.rule.startswith(ACCORDING_TO_WHICH):
            continue
        head = head_token(cast.text, one.cue[0].start, one.cue[-1].end)
        if head is None or cast.source_words.noun(head) is None:
            continue
        found = mentioned(cast, one.cue[0]) or newly_mentioned(cast, one.cue[0])
        if found is not None and found.entity is not None:
            _give(cast, one, found.entity, "noun.told")


# -- the sentence beside ----------------------------------------------------------------------


def _neighbours(cast: Cast) -> None:
    """Give a quotation that is a sentence of its own the person the sentence beside it is about.

    "Pask folded the letter. “They owe us the truth.”"
    """
    for one in cast.record.attributions:
        if one.source or one.cue or one.id in cast.speaker or one.kind != "direct":
            continue
        for offset, rule in ((-1, "sentence.before"), (1, "sentence.after")):
            found = _subjects_beside(cast, one, offset)
            if len(found) == 1:
                _give(cast, one, next(iter(found)), rule)
                break


def _subjects_beside(cast: Cast, one: Attribution, offset: int) -> frozenset[str]:
    """Return the persons who are the main subject of the sentence before or behind `one`."""
    text = cast.text
    block = text.block_at(one.content[0].start)
    tokens = text.tokens_in(one.content[0].start, one.content[-1].end)
    if block is None or not tokens or not _whole(text, one):
        return frozenset()
    number = (tokens[0] if offset < 0 else tokens[-1]).sentence + offset
    if not 0 <= number < len(text.sentences) or text.block_at(text.sentences[number][0]) != block:
        return frozenset()
    beside = [c for c in cast.by_sentence.get(number, ()) if _may_speak(c)]
    if any(c.mention.rule.endswith(".couple") for c in cast.by_sentence.get(number, ())):
        return frozenset()
    return frozenset(str(c.mention.entity) for c in beside)


def _may_speak(candidate: Candidate) -> bool:
    person = candidate.mention.kind == "person"
    return person and candidate.subject and candidate.main and not candidate.quoted


def _whole(text: Text, one: Attribution) -> bool:
    """Return whether the quotation begins and ends with sentences."""
    first = text.sentence_at(one.content[0].start)
    last = text.sentence_at(one.content[-1].end - 1)
    if first is None or last is None:
        return False
    return one.content[0].start - first[0] <= 1 and last[1] - one.content[-1].end <= 1

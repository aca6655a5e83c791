"""Speakers: the person, group or document behind each attribution, and the chain it stands in.

Every attribution's source words are led back to an entity: a name to its bearer, a pronoun to the
last source or subject it agrees with, a relative pronoun to its antecedent, "I" to whoever is being
quoted. Where two candidates are equally good there is no speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from ondit.language.lexicon import Pack
from ondit.model import Attribution, Entity, Mention, Record, Span, SpanIndex, Text
from ondit.reading.antecedents import antecedent, relative_antecedent
from ondit.reading.cast import SUBJECTS, Cast, folded, head_token
from ondit.reading.nominals import source_words_of, words_of
from ondit.reading.sourcephrases import mentioned, newly_mentioned, write_kinds


def find(text: Text, record: Record, pack: Pack) -> Iterator[Mention | Entity | Attribution]:
    """Yield all mentions, entities and attributions of `record`, the attributions with speakers."""
    cast = Cast(text, record, words_of(pack), source_words_of(pack))
    parents = dict(_parents(record.attributions))
    _third_persons(cast)
    _first_persons(cast, parents)
    _continued(cast)
    write_kinds(cast)
    yield from sorted(cast.mentions, key=lambda m: (m.span.start, -m.span.end))
    yield from cast.entities.values()
    for one in record.attributions:
        yield replace(
            one,
            speaker=cast.speaker.get(one.id),
            source_kind=cast.kind.get(one.id, "unspecified"),
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
        if place in sourced:
            entity = _of_source(cast, sourced[place][0], by_place)
            if entity is not None:
                cast.speaker.update((same.id, entity) for same in sourced[place])
        else:
            _resolve_subject(cast, by_place[place])


def _anchor(one: Attribution) -> int:
    return (one.cue or one.source or one.content)[0].start


def _resolve_subject(cast: Cast, mention: Mention) -> None:
    """Write down whom a subject pronoun means, when that is clear."""
    head = head_token(cast.text, mention.span.start, mention.span.end)
    entry = cast.words.pronouns.get(folded(mention.span))
    if head is None or entry is None or entry.person == 1 or head.dep not in SUBJECTS:
        return
    entity = antecedent(cast, mention.span, entry, ())
    if entity is not None:
        _resolved(cast, mention, entity)


def _resolved(cast: Cast, mention: Mention, entity: str) -> None:
    rule = f"{cast.text.language}.pronoun.{'subject' if mention.form == 'pronoun' else 'holder'}"
    done = replace(mention, entity=entity, kind=cast.entities[entity].kind, rule=rule)
    cast.mentions.append(done)
    cast.remember(done)


def _of_source(cast: Cast, one: Attribution, pronouns: dict[int, Mention]) -> str | None:
    """Return the entity that the source words of `one` stand for."""
    span = one.source[0]
    entry = cast.words.pronouns.get(folded(span))
    if entry is not None and entry.relative:
        return relative_antecedent(cast, span)
    if cast.words.impersonal.match(cast.text.view, span.start):
        return None
    if entry is not None:
        if entry.person == 1:
            return None
        entity = antecedent(cast, span, entry, one.content)
        mention = pronouns.get(span.start)
        if entity is not None and mention is not None:
            _resolved(cast, mention, entity)
            cast.sources.add(span.start)
        return entity
    found = mentioned(cast, span) or newly_mentioned(cast, span)
    if found is None:
        return None
    cast.sources.add(found.span.start)
    return found.entity


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
    """Give a paragraph that is one cueless quotation the speaker of the quotation before it."""
    ordered = sorted(cast.record.attributions, key=lambda o: o.content[0].start)
    previous: Attribution | None = None
    for one in ordered:
        bare = not one.source and not one.cue and one.id not in cast.speaker
        introduced = _before_colon(cast, one) if bare else None
        if introduced is not None:
            bare, cast.speaker[one.id] = False, introduced
        if bare and previous and previous.id in cast.speaker and _goes_on(cast.text, previous, one):
            cast.speaker[one.id] = cast.speaker[previous.id]
        if one.kind != "indirect" and (previous is None or not _inside(one, previous)):
            previous = one


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


def _goes_on(text: Text, previous: Attribution, one: Attribution) -> bool:
    """Return whether `one` is a whole paragraph right after the paragraph that `previous` ends."""
    block = text.block_at(one.content[0].start)
    before = text.block_at(max(previous.content[-1].end - 1, 0))
    if block is None or before is None or block is before:
        return False
    whole = one.content[0].start - block.start <= 1 and block.end - one.content[-1].end <= 2
    return whole and not text.string[before.end : block.start].strip()

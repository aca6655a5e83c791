"""Speakers: the person, group or document behind each attribution, and the chain it stands in.

Every attribution's source words are led back to an entity: a name to its bearer, a pronoun to the
last source or subject it agrees with, a relative pronoun to its antecedent, "I" to whoever is being
quoted. Where two candidates are equally good there is no speaker.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from msgspec.structs import replace

from ondit.language.lexicon import Pack
from ondit.model import (
    Attribution,
    Entity,
    Mention,
    Record,
    Span,
    SpanIndex,
    Text,
    Token,
    identify,
)
from ondit.model.annotations import MentionKind, SourceKind
from ondit.reading.kinds import kind_of_phrase, noun_kind, withheld_at
from ondit.reading.nominals import (
    PronounWords,
    SourceWords,
    Words,
    source_words_of,
    words_of,
)
from ondit.reading.phrases import Phrase, definiteness, number_of

_SUBJECT = {"nsubj", "nsubj:pass", "expl:subj"}
_LOOK_BACK = 6
"""Sentences that a pronoun looks back over."""


def find(
    text: Text, record: Record, pack: Pack
) -> Iterator[Mention | Entity | Attribution]:
    """Yield all mentions, entities and attributions of `record`, the attributions with speakers."""
    book = _Book(text, record, words_of(pack), source_words_of(pack))
    parents = dict(_parents(record.attributions))
    _third_persons(book)
    _first_persons(book, parents)
    _continued(book)
    _kinds(book)
    yield from sorted(book.mentions, key=lambda m: (m.span.start, -m.span.end))
    yield from book.entities.values()
    for one in record.attributions:
        yield replace(
            one,
            speaker=book.speaker.get(one.id),
            source_kind=book.kind.get(one.id, "unspecified"),
            parent=parents.get(one.id),
            anonymity=book.anonymity.get(one.id),
        )


# -- what is known so far ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A mention that a later pronoun may mean."""

    mention: Mention
    sentence: int
    subject: bool
    main: bool
    """Whether its clause is the sentence's main clause."""
    quoted: bool


@dataclass
class _Book:
    """Everything the step reads and writes, with lookups by place."""

    text: Text
    record: Record
    words: Words
    source_words: SourceWords
    mentions: list[Mention] = field(init=False)
    entities: dict[str, Entity] = field(init=False)
    speaker: dict[str, str] = field(default_factory=dict)
    kind: dict[str, SourceKind] = field(default_factory=dict)
    anonymity: dict[str, Span] = field(default_factory=dict)
    sources: set[int] = field(default_factory=set)
    """Starts of mentions that are sources of attributions already resolved."""

    def __post_init__(self) -> None:
        """Sort the record's mentions: pronouns wait until they are resolved."""
        known = [m for m in self.record.mentions if m.entity is not None]
        self.mentions = list(known)
        self.entities = {e.id: e for e in self.record.entities}
        self.at = SpanIndex((m.span.start, m.span.end, m) for m in known)
        self.quotes = SpanIndex(
            (q.span.start, q.span.end, q) for q in self.record.quotations if q.kind == "speech"
        )
        self.profiles: dict[str, tuple[set[str], set[str], set[str]]] = {}
        self.by_sentence: dict[int, list[_Candidate]] = {}
        for mention in known:
            self.remember(mention)

    def remember(self, mention: Mention) -> None:
        """Let later pronouns mean `mention`'s entity."""
        head = head_token(self.text, mention.span.start, mention.span.end)
        if head is None or mention.entity is None:
            return
        if mention.form in {"name", "description"}:
            self._profile(mention, head)
        subject = _subject_of(self.text, head)
        verb = self.text.tokens[subject.head] if subject and self.text.tokens else None
        candidate = _Candidate(
            mention,
            head.sentence,
            subject is not None,
            verb is not None and verb.dep in {"root", "conj"} and _rooted(self.text, verb),
            bool(self.quotes.covering(mention.span.start, mention.span.end)),
        )
        self.by_sentence.setdefault(head.sentence, []).append(candidate)

    def _profile(self, mention: Mention, head: Token) -> None:
        genders, numbers, classes = self.profiles.setdefault(
            str(mention.entity), (set(), set(), set())
        )
        phrase = phrase_of(self.text, self.words, mention, head)
        if phrase.gender:
            genders.add(phrase.gender)
        if phrase.number:
            numbers.add(phrase.number)
        classes.add(phrase.class_ or mention.kind)


def head_token(text: Text, start: int, end: int) -> Token | None:
    """Return the token of ``start:end`` that governs the others, or None without a parse."""
    tokens = text.tokens_in(start, end)
    for token in tokens:
        inside = tokens[0].index <= token.head <= tokens[-1].index
        if (not inside or token.head == token.index) and token.pos not in {"PUNCT", "ADP", "DET", "CCONJ"}:
            return token
    return tokens[0] if tokens else None


def phrase_of(text: Text, words: Words, mention: Mention, head: Token) -> Phrase:
    """Return what `mention` agrees with, read from its own words."""
    start, end = mention.span.start, mention.span.end
    phrase = Phrase(start, end, mention.kind, mention.form, mention.rule, head=head.index)
    if mention.form == "name":
        first = text.view[start:end].split()[0]
        before = text.tokens_in(start - 2, start)
        title = before[0].text if before else ""
        phrase.gender = words.titles.get(title) or words.given.get(first)
        phrase.number = "s"
        phrase.outlet = words.body_kinds.get(text.view[start:end]) == "outlet"
        phrase.definite = "definite"
        return phrase
    for token in (head, *text.tokens_in(start, end)):
        role = words.role(token)
        if role is not None and token.pos in {"NOUN", "PROPN", "ADJ"}:
            phrase.head, phrase.class_ = token.index, role.class_
            phrase.gender = role.gender or _morph_gender(words, token)
            break
    phrase.number = number_of((text.tokens or ())[phrase.head])
    phrase.definite = definiteness(text, words, start)
    return phrase


def _morph_gender(words: Words, token: Token) -> str | None:  # type: ignore[return]
    shown = token.morph.get("Gender") if words.gendered else None
    return {"Masc": "m", "Fem": "f"}.get(shown or "")


def _subject_of(text: Text, head: Token) -> Token | None:
    """Return the subject that `head` is or stands in apposition to."""
    tokens = text.tokens or ()
    for _ in range(3):
        if head.dep in _SUBJECT:
            return head
        if head.dep not in {"appos", "flat:name", "conj", "compound", "nmod", "flat"}:
            return None
        if head.dep == "nmod" and any(tokens[c].dep == "case" for c in text.children[head.index]):
            return None
        head = tokens[head.head]
    return None


def _rooted(text: Text, verb: Token) -> bool:
    tokens = text.tokens or ()
    for _ in range(4):
        if verb.dep == "root":
            return True
        if verb.dep != "conj":
            return False
        verb = tokens[verb.head]
    return False


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


def _third_persons(book: _Book) -> None:
    """Resolve sources and subject pronouns in one walk through the text."""
    pronouns = [m for m in book.record.mentions if m.entity is None]
    by_place = {m.span.start: m for m in pronouns}
    sourced = {
        s.start: one for one in sorted(book.record.attributions, key=_anchor, reverse=True)
        for s in one.source[:1]
    }  # fmt: skip
    places = sorted({*by_place, *sourced})
    for place in places:
        one = sourced.get(place)
        if one is not None:
            entity = _of_source(book, one, by_place)
            if entity is not None:
                for same in book.record.attributions:
                    if same.source[:1] == one.source[:1]:
                        book.speaker[same.id] = entity
        elif place in by_place:
            _resolve_subject(book, by_place[place])


def _anchor(one: Attribution) -> int:
    return (one.cue or one.source or one.content)[0].start


def _resolve_subject(book: _Book, mention: Mention) -> None:
    """Write down whom a subject pronoun means, when that is clear."""
    head = head_token(book.text, mention.span.start, mention.span.end)
    entry = book.words.pronouns.get(_folded(mention.span))
    if head is None or entry is None or entry.person == 1 or head.dep not in _SUBJECT:
        return
    entity = _antecedent(book, mention.span, entry, ())
    if entity is not None:
        _resolved(book, mention, entity)


def _resolved(book: _Book, mention: Mention, entity: str) -> None:
    rule = f"{book.text.language}.pronoun.{'subject' if mention.form == 'pronoun' else 'holder'}"
    done = replace(mention, entity=entity, kind=book.entities[entity].kind, rule=rule)
    book.mentions.append(done)
    book.remember(done)


def _folded(span: Span) -> str:
    return span.exact.replace("’", "'").lower().lstrip("-")


def _of_source(book: _Book, one: Attribution, pronouns: dict[int, Mention]) -> str | None:
    """Return the entity that the source words of `one` stand for."""
    span = one.source[0]
    entry = book.words.pronouns.get(_folded(span))
    if entry is not None and entry.relative:
        return _relative(book, span)
    if entry is not None:
        if entry.person == 1:
            return None
        entity = _antecedent(book, span, entry, one.content)
        mention = pronouns.get(span.start)
        if entity is not None and mention is not None:
            _resolved(book, mention, entity)
            book.sources.add(span.start)
        return entity
    found = _mentioned(book, span) or _new(book, span)
    if found is None:
        return None
    book.sources.add(found.span.start)
    return found.entity


def _relative(book: _Book, span: Span) -> str | None:
    """Return the entity that a relative pronoun takes up."""
    tokens = book.text.tokens_in(span.start, span.end)
    if not tokens or book.text.tokens is None:
        return None
    verb = book.text.tokens[tokens[0].head]
    antecedent = book.text.tokens[verb.head]
    around = book.at.covering(antecedent.start, antecedent.end)
    if around and antecedent.index < tokens[0].index:
        return around[-1].entity
    before = [m for m in book.at.overlapping(max(0, span.start - 4), span.start)]
    return before[-1].entity if before else None


def _mentioned(book: _Book, span: Span) -> Mention | None:
    """Return the mention that stands for the whole source phrase, or None."""
    inside = [m for m in book.at.overlapping(span.start, span.end) if m.kind != "other"]
    if not inside:
        return None
    head = head_token(book.text, span.start, span.end)
    if head is None:
        return inside[0]
    if _is_group(book, span, head):
        return None
    heading = [m for m in inside if m.span.start <= head.start < m.span.end]
    within = [m for m in heading if m.span.start >= span.start - 1] or heading
    if within:
        return min(within, key=lambda m: (m.form != "name", m.span.end - m.span.start))
    if book.source_words.noun(head) or head.pos == "NOUN":
        return None
    return next((m for m in inside if m.form == "name" and m.span.start - span.start <= 4), None)


def _is_group(book: _Book, span: Span, head: Token) -> bool:
    """Return whether the source joins two with "and"."""
    tokens = book.text.tokens or ()
    return any(
        tokens[c].dep == "conj"
        and tokens[c].pos in {"NOUN", "PROPN"}
        and head.end < tokens[c].start < span.end
        and book.at.covering(tokens[c].start, tokens[c].end)
        and not any(tokens[i].dep == "acl:relcl" for i in range(head.index, c))
        for c in book.text.children[head.index]
    )


def _new(book: _Book, span: Span) -> Mention | None:
    """Return a new mention, with its entity, for source words that none covered before."""
    text = book.text
    head = head_token(text, span.start, span.end)
    if head is None or head.pos not in {"NOUN", "PROPN", "NUM", "PRON", "ADJ"}:
        return None
    if head.pos == "PRON" and _table_kind(book, span):
        return None
    source_kind = _kind_of_words(book, span, head)
    kind = _mention_kind(source_kind)
    form = "name" if head.pos == "PROPN" and source_kind == "named_person" else "description"
    entity = Entity(
        id=identify("e", text.key, [span], "source"),
        name=span.exact,
        kind=kind,
        source_kind=source_kind,
        description=span.exact if form == "description" else None,
        rule=f"{text.language}.entity.source",
    )
    mention = Mention(
        id=identify("m", text.key, [span], "source"),
        span=span,
        kind=kind,
        entity=entity.id,
        form=form,  # type: ignore[arg-type]  # one of the two literals above
        rule=f"{text.language}.mention.source",
    )
    book.entities[entity.id] = entity
    book.mentions.append(mention)
    book.remember(mention)
    return mention


def _mention_kind(kind: SourceKind) -> MentionKind:
    if kind in {"named_person", "role_person", "anonymous_person", "collective"}:
        return "person"
    return "organisation" if kind in {"organisation", "outlet"} else "other"


def _kind_of_words(book: _Book, span: Span, head: Token) -> SourceKind:
    """Return the kind of source that words without a known mention are."""
    text = book.text
    stated = noun_kind(text, head.index, book.source_words)
    if stated is not None:
        return stated
    if _is_group(book, span, head):
        return _kind_of_group(book, span)
    role = book.words.role(head)
    if role is not None:
        phrase = Phrase(
            span.start, span.end, "person", "description", "", head=head.index, class_=role.class_
        )
        phrase.number = number_of(head)
        phrase.definite = definiteness(text, book.words, span.start)
        return kind_of_phrase(phrase) or "unspecified"
    if head.pos == "PROPN":
        return "named_person" if head.name in {"PER", "PERSON", None} else "organisation"
    if head.pos == "NUM" or number_of(head) == "p":
        return "collective"
    return "unspecified"


def _kind_of_group(book: _Book, span: Span) -> SourceKind:
    kinds = {
        book.entities[m.entity].source_kind
        for m in book.at.inside(span.start, span.end)
        if m.entity in book.entities and m.kind != "place"
    }
    only = kinds.pop() if len(kinds) == 1 else None
    places = [m for m in book.at.inside(span.start, span.end) if m.kind == "place"]
    if only is None and places and not kinds:
        return book.source_words.place
    return only if only in {"named_person", "organisation"} else "collective"


# -- antecedents ------------------------------------------------------------------------------


def _antecedent(
    book: _Book, span: Span, entry: PronounWords, content: Sequence[Span]
) -> str | None:
    """Return the entity that the pronoun at `span` means; None when two fit equally well.

    Sentence by sentence backwards: the source of a cue before the subject of a main clause, that
    before other subjects; what is merely mentioned counts only when nothing else was found.
    """
    tokens = book.text.tokens_in(span.start, span.end)
    if not tokens:
        return None
    quoted = bool(book.quotes.covering(span.start, span.end))
    fallback: str | None = None
    here = tokens[0].sentence
    for sentence in range(here, max(-1, here - _LOOK_BACK - 1), -1):
        fitting = [
            c for c in book.by_sentence.get(sentence, ())
            if c.mention.span.end <= span.start
            and (quoted or not c.quoted)
            and not any(s.contains(c.mention.span) for s in content)
            and _agrees(book, c, entry)
        ]  # fmt: skip
        strong = [c for c in fitting if c.subject or c.mention.span.start in book.sources]
        if strong:
            return _best(book, strong)
        if fallback is None and fitting and here - sentence <= 2:
            fallback = _only(fitting)
    return fallback


def _best(book: _Book, candidates: list[_Candidate]) -> str | None:
    ranked: dict[int, list[_Candidate]] = {}
    for one in candidates:
        source = one.mention.span.start in book.sources
        rank = 0 if source and one.main else 1 if source else 2 if one.main else 3
        ranked.setdefault(rank, []).append(one)
    return _only(ranked[min(ranked)])


def _only(candidates: list[_Candidate]) -> str | None:
    entities = {c.mention.entity for c in candidates}
    return entities.pop() if len(entities) == 1 else None


def _agrees(book: _Book, candidate: _Candidate, entry: PronounWords) -> bool:
    mention = candidate.mention
    genders, numbers, classes = book.profiles.get(
        str(mention.entity), (set[str](), set[str](), set[str]())
    )
    collective = bool(classes & {"group", "organisation"})
    if mention.kind == "place":
        return False
    if entry.number == "p":
        return "p" in numbers or collective
    if entry.number == "s" and numbers == {"p"}:
        return False
    if entry.gender == "n":
        return collective
    if not book.words.gendered and collective:
        return False
    return not (entry.gender and genders and entry.gender not in genders)


# -- first persons ----------------------------------------------------------------------------


def _first_persons(book: _Book, parents: dict[str, str]) -> None:
    """Give "I" and "we" inside a quotation the speaker of that quotation, outermost first."""
    by_id = {one.id: one for one in book.record.attributions}
    for one in sorted(by_id.values(), key=lambda o: _depth(o.id, parents)):
        if one.id in book.speaker or not one.source:
            continue
        entry = book.words.pronouns.get(_folded(one.source[0]))
        if entry is None or entry.person != 1:
            continue
        outer = parents.get(one.id)
        while outer is not None and outer not in book.speaker:
            outer = parents.get(outer)
        if outer is not None:
            book.speaker[one.id] = book.speaker[outer]
            _first_person_mention(book, one.source[0], book.speaker[outer])


def _depth(identifier: str, parents: dict[str, str]) -> int:
    depth = 0
    while identifier in parents:
        identifier, depth = parents[identifier], depth + 1
    return depth


def _first_person_mention(book: _Book, span: Span, entity: str) -> None:
    for mention in book.record.mentions:
        if mention.entity is None and mention.span == span:
            rule = f"{book.text.language}.pronoun.quoted"
            book.mentions.append(
                replace(mention, entity=entity, kind=book.entities[entity].kind, rule=rule)
            )


# -- quotations that go on --------------------------------------------------------------------


def _continued(book: _Book) -> None:
    """Give a paragraph that is one cueless quotation the speaker of the quotation before it."""
    ordered = sorted(book.record.attributions, key=lambda o: o.content[0].start)
    previous: Attribution | None = None
    for one in ordered:
        if not one.source and not one.cue and one.id not in book.speaker and previous is not None:
            if previous.id in book.speaker and _goes_on(book.text, previous, one):
                book.speaker[one.id] = book.speaker[previous.id]
        if one.kind != "indirect" and (previous is None or not _inside(one, previous)):
            previous = one


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


# -- kinds ------------------------------------------------------------------------------------


def _kinds(book: _Book) -> None:
    """Write the kind of source of every attribution, and the words that withhold a name."""
    for one in book.record.attributions:
        words = _anonymity(book, one)
        if words is None:
            continue
        book.anonymity[one.id] = words
        entity = book.entities.get(book.speaker.get(one.id, ""))
        if entity is not None and entity.source_kind == "role_person":
            book.entities[entity.id] = replace(entity, source_kind="anonymous_person")
    for one in book.record.attributions:
        book.kind[one.id] = _kind(book, one)


def _anonymity(book: _Book, one: Attribution) -> Span | None:
    """Return the words near the source that withhold its name, or None."""
    if not one.source:
        return None
    source = one.source[0]
    place = withheld_at(book.text, source.start, source.end, book.source_words)
    sentence = book.text.sentence_at(source.start)
    if place is None and sentence is not None:
        place = withheld_at(book.text, *sentence, book.source_words)
        single = place is not None and " " not in book.text.view[place[0] : place[1]]
        if place is not None and (single or any(s.start <= place[0] < s.end for s in one.content)):
            return None
    return book.text.span(*place) if place else None


def _kind(book: _Book, one: Attribution) -> SourceKind:
    if not one.source and one.id not in book.speaker:
        return "unspecified"
    if one.source:
        plural = _plural_first(book, one.source[0])
        if plural is not None:
            return plural
    entity = book.entities.get(book.speaker.get(one.id, ""))
    if entity is not None:
        return entity.source_kind or (
            book.source_words.place if entity.kind == "place" else "unspecified"
        )
    return _table_kind(book, one.source[0]) or _kind_of_headed(book, one.source[0])


def _plural_first(book: _Book, span: Span) -> SourceKind | None:
    """Return collective for "we": the speaker speaks for more than one."""
    entry = book.words.pronouns.get(_folded(span))
    return "collective" if entry and entry.person == 1 and entry.number == "p" else None


def _table_kind(book: _Book, span: Span) -> SourceKind | None:
    """Return the kind of a pronoun that needs no antecedent ("certains", "one of them")."""
    folded = _folded(span)
    table = book.source_words.pronouns
    two = " ".join(folded.split()[:2])
    return table.get(folded) or table.get(two) or table.get(folded.split()[0]) or _apostrophe(book, folded)


def _apostrophe(book: _Book, folded: str) -> SourceKind | None:
    return next(
        (k for w, k in book.source_words.pronouns.items() if folded.startswith(w + " ") and "'" in w),
        None,
    )


def _kind_of_headed(book: _Book, span: Span) -> SourceKind:
    entry = book.words.pronouns.get(_folded(span))
    if entry is not None:
        return "collective" if entry.number == "p" else "unspecified"
    head = head_token(book.text, span.start, span.end)
    return _kind_of_words(book, span, head) if head else "unspecified"

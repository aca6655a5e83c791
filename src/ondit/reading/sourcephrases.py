"""Source phrases: the mention that stands for a source's words, and what kind of source it is."""

from __future__ import annotations

from msgspec.structs import replace

from ondit.model import Attribution, Entity, Mention, Span, Token, identify
from ondit.model.annotations import MentionKind, SourceKind
from ondit.reading.cast import Cast, folded, head_token
from ondit.reading.kinds import kind_of_phrase, noun_kind, withheld_at
from ondit.reading.nominals import kind_of_name
from ondit.reading.phrases import Phrase, definiteness, number_of

ACCORDING_TO_WHICH = "noun.according-to-which"
"""Rule of "a declaration according to which", whoever holds the declaration."""


def mentioned(cast: Cast, span: Span) -> Mention | None:
    """Return the mention that stands for the whole source phrase, or None."""
    inside = [m for m in cast.at.overlapping(span.start, span.end) if m.kind != "other"]
    if not inside:
        return None
    head = _head_of_source(cast, span)
    if head is None:
        return inside[0]
    return _apposed(cast, span, head, inside) or _heading(cast, span, head, inside)


def _heading(cast: Cast, span: Span, head: Token, inside: list[Mention]) -> Mention | None:
    """Return the mention among those `inside` that the head of the source words stands in."""
    whole = head_token(cast.text, span.start, span.end) or head
    if _is_group(cast, span, head) or _is_group(cast, span, whole):
        return None
    heading = [m for m in inside if m.span.start <= head.start < m.span.end]
    within = [m for m in heading if m.span.start >= span.start - 1] or heading
    body = next((m for m in inside if _is_body(cast, m, span)), None)
    if within and body is not None and all(m.kind == "person" for m in within):
        return body
    if within:
        return min(within, key=lambda m: (m.form != "name", m.span.end - m.span.start))
    return _named_inside(cast, span, head, inside)


def _apposed(cast: Cast, span: Span, head: Token, inside: list[Mention]) -> Mention | None:
    """Return the person whose name, behind a comma, ends words for one: "one of them, Ivo Tarn"."""
    listed = head.pos in {"PRON", "NUM"} and _table_kind(cast, span) is not None
    one = listed and _table_kind(cast, span) == ("anonymous_person", "pronoun.listed")
    unknown = head.pos == "NOUN" and number_of(head) == "s" and cast.words.role(head) is None
    if not one and not (unknown and cast.source_words.noun(head) is None):
        return None
    persons = (m for m in inside if m.form == "name" and m.kind == "person")
    return next((m for m in persons if _set_off(cast, span, m)), None)


def _set_off(cast: Cast, span: Span, name: Mention) -> bool:
    """Return whether the name stands behind a comma and ends the source, or an aside follows."""
    before = cast.text.view[span.start : name.span.start].rstrip()
    behind = cast.text.view[name.span.end : span.end]
    return before.endswith(",") and behind[:1] in {"", ","}


def _named_inside(cast: Cast, span: Span, head: Token, inside: list[Mention]) -> Mention | None:
    """Return the name that the source opens with, or the outlet that its noun introduces."""
    if cast.source_words.noun(head) == "outlet":
        return next((m for m in inside if _is_outlet(cast, m)), None)
    if cast.source_words.noun(head) or head.pos == "NOUN":
        return None
    return next((m for m in inside if m.form == "name" and m.span.start - span.start <= 4), None)


def _is_body(cast: Cast, mention: Mention, span: Span) -> bool:
    """Return whether an organisation opens the source: the "name" behind it is its own."""
    described = mention.form == "description" and mention.kind == "organisation"
    holder = cast.text.view.startswith("'", mention.span.end)
    return described and not holder and mention.span.start == span.start


def _is_outlet(cast: Cast, mention: Mention) -> bool:
    """Return whether the mention names an outlet: "the weekly Mirador"."""
    entity = cast.entities.get(str(mention.entity))
    return mention.form == "name" and entity is not None and entity.source_kind == "outlet"


def _head_of_source(cast: Cast, span: Span) -> Token | None:
    """Return the head of source words, a title in front left out."""
    tokens = cast.text.tokens_in(span.start, span.end)
    while len(tokens) > 1 and tokens[0].text in cast.words.titles:
        tokens = tokens[1:]
    return head_token(cast.text, tokens[0].start, span.end) if tokens else None


def _is_group(cast: Cast, span: Span, head: Token) -> bool:
    """Return whether the source joins two with "and".

    Two bare roles before one name are one person: "investor and pilot Ada Lorrain".
    """
    tokens = cast.text.tokens or ()
    bare = definiteness(cast.text, cast.words, span.start) == "bare"
    if bare and head.pos == "NOUN" and number_of(head) == "s":
        return False
    for child in cast.text.children[head.index]:
        token = tokens[child]
        if token.dep != "conj" or not head.end < token.start < span.end:
            continue
        own = any(tokens[c].pos in {"DET", "NUM"} for c in cast.text.children[child])
        named = any(m.form == "name" for m in cast.at.covering(token.start, token.end))
        joined = any(
            t.text.lower() in cast.words.coordination for t in tokens[head.index + 1 : child]
        )
        relative = any(tokens[i].dep == "acl:relcl" for i in range(head.index, child))
        if joined and (own or named) and not relative and token.pos in {"NOUN", "PROPN"}:
            return True
    return False


def newly_mentioned(cast: Cast, span: Span) -> Mention | None:
    """Return a new mention, with its entity, for source words that none covered before."""
    text = cast.text
    head = head_token(text, span.start, span.end)
    if head is None or head.pos not in {"NOUN", "PROPN", "NUM", "PRON", "ADJ"}:
        return None
    stands_alone = folded(span) in cast.source_words.pronouns
    if stands_alone or (head.pos in {"PRON", "NUM"} and _table_kind(cast, span)):
        return None
    source_kind = _kind_of_words(cast, span, head)
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
    cast.entities[entity.id] = entity
    cast.mentions.append(mention)
    cast.remember(mention)
    return mention


def _mention_kind(kind: SourceKind) -> MentionKind:
    if kind in {"named_person", "role_person", "anonymous_person", "collective"}:
        return "person"
    return "organisation" if kind in {"organisation", "outlet"} else "other"


def _kind_of_words(cast: Cast, span: Span, head: Token) -> SourceKind:
    """Return the kind of source that words without a known mention are."""
    stated = noun_kind(cast.text, head.index, cast.source_words)
    if stated is not None:
        return stated
    if _is_group(cast, span, head):
        return _kind_of_group(cast, span)
    return _kind_of_role(cast, span, head) or _kind_of_form(cast, span, head)


def _kind_of_role(cast: Cast, span: Span, head: Token) -> SourceKind | None:
    role = cast.words.role(head)
    if role is None:
        return None
    phrase = Phrase(
        span.start, span.end, "person", "description", "", head=head.index, class_=role.class_
    )
    phrase.number = number_of(head)
    phrase.definite = definiteness(cast.text, cast.words, span.start)
    return kind_of_phrase(phrase)


def _kind_of_form(cast: Cast, span: Span, head: Token) -> SourceKind:
    """Return what determiner, number and part of speech tell of a head no table knows."""
    tokens = cast.text.tokens_in(span.start, span.end)
    opening = definiteness(cast.text, cast.words, span.start)
    if opening == "indefinite" and number_of(head) == "s":
        if kind_of_name(head.name) in {None, "person"}:
            return "anonymous_person"
    elif head.pos == "PROPN":
        other = kind_of_name(head.name) in {"organisation", "place"}
        return "organisation" if other else "named_person"
    people = any(cast.words.role(t) and number_of(t) == "p" for t in tokens)
    counted = {"NUM", "SYM"} & {head.pos, tokens[0].pos}
    return "collective" if counted or people or number_of(head) == "p" else "unspecified"


def _kind_of_group(cast: Cast, span: Span) -> SourceKind:
    kinds = {
        cast.entities[m.entity].source_kind
        for m in cast.at.inside(span.start, span.end)
        if m.entity in cast.entities and m.kind != "place"
    }
    only = kinds.pop() if len(kinds) == 1 else None
    places = [m for m in cast.at.inside(span.start, span.end) if m.kind == "place"]
    if only is None and places and not kinds:
        return cast.source_words.place
    return only if only in {"named_person", "organisation"} else "collective"


# -- kinds ------------------------------------------------------------------------------------


def write_kinds(cast: Cast) -> None:
    """Write the kind of source of every attribution, and the words that withhold a name."""
    for one in cast.record.attributions:
        words = _anonymity(cast, one)
        if words is None:
            continue
        cast.anonymity[one.id] = words
        entity = cast.entities.get(cast.speaker.get(one.id, ""))
        if entity is not None and entity.source_kind == "role_person":
            cast.entities[entity.id] = replace(entity, source_kind="anonymous_person")
    for one in cast.record.attributions:
        cast.kind[one.id], cast.kind_why[one.id] = _kind(cast, one)


def _anonymity(cast: Cast, one: Attribution) -> Span | None:
    """Return the words in the source, or beside it, that withhold its name, or None."""
    if not one.source:
        return None
    source, words = one.source[0], cast.source_words
    place = withheld_at(cast.text, source.start, source.end, words)
    tokens = cast.text.tokens_in(source.start, source.end)
    if place is None and tokens:
        # Beside the source only whole phrases count: "unnamed" there may speak of another.
        place = withheld_at(cast.text, *cast.text.sentences[tokens[0].sentence], words)
        if place and " " not in cast.text.view[slice(*place)]:
            return None
        if place and any(s.start <= place[0] < s.end for s in one.content):
            return None
    return cast.text.span(*place) if place else None


def _kind(cast: Cast, one: Attribution) -> tuple[SourceKind, str]:
    """Return the kind of source, and what decided it."""
    if _is_document_cue(cast, one):
        return "document", "cue.document"
    if not one.source and one.id not in cast.speaker:
        return "unspecified", "no-source"
    if one.source and _is_plural_first(cast, one.source[0]):
        return "collective", "pronoun.plural"
    entity = cast.entities.get(cast.speaker.get(one.id, ""))
    if entity is not None:
        return _kind_of_entity(cast, entity)
    return (
        _shared_kind(cast, one) or _table_kind(cast, one.source[0])
        or _kind_of_headed(cast, one.source[0])
    )  # fmt: skip


def _is_document_cue(cast: Cast, one: Attribution) -> bool:
    """Return whether a document says so: "une déclaration de Tarn selon laquelle"."""
    if not one.rule.startswith(ACCORDING_TO_WHICH):
        return False
    nouns = (t for s in one.cue for t in cast.text.tokens_in(s.start, s.end))
    return any(cast.source_words.noun(token) == "document" for token in nouns)


def _kind_of_entity(cast: Cast, entity: Entity) -> tuple[SourceKind, str]:
    if entity.source_kind is not None:
        return entity.source_kind, "speaker"
    if entity.kind == "place":
        return cast.source_words.place, "speaker.place"
    return "unspecified", "speaker.unknown"


def _shared_kind(cast: Cast, one: Attribution) -> tuple[SourceKind, str] | None:
    """Return the kind of all that the source may stand for, when they are of one kind."""
    rivals = (cast.entities.get(e) for e in cast.rivals.get(one.id, ()))
    kinds = {entity.source_kind for entity in rivals if entity is not None}
    only = kinds.pop() if len(kinds) == 1 else None
    return (only, "speaker.any-of-several") if only is not None else None


def _is_plural_first(cast: Cast, span: Span) -> bool:
    """Return whether the source is "we": the speaker speaks for more than one."""
    entry = cast.words.pronouns.get(folded(span))
    return entry is not None and entry.person == 1 and entry.number == "p"


def _table_kind(cast: Cast, span: Span) -> tuple[SourceKind, str] | None:
    """Return the kind of a pronoun that needs no antecedent ("certains", "one of them")."""
    table, parts = cast.source_words.pronouns, folded(span).split()
    prefixes = (" ".join(parts[:n]) for n in range(min(len(parts), 3), 0, -1))
    return next(((table[p], "pronoun.listed") for p in prefixes if p in table), None)


def _kind_of_headed(cast: Cast, span: Span) -> tuple[SourceKind, str]:
    entry = cast.words.pronouns.get(folded(span))
    if entry is not None:
        return ("collective" if entry.number == "p" else "unspecified"), "pronoun.number"
    head = head_token(cast.text, span.start, span.end)
    return (_kind_of_words(cast, span, head) if head else "unspecified"), "words"

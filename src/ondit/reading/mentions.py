"""Mentions: names, descriptions and pronouns of people, groups, organisations and places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from ondit.language.lexicon import Pack
from ondit.model import Entity, Mention, Record, Text, Token, identify
from ondit.reading.entities import cluster
from ondit.reading.names import Name, find_names
from ondit.reading.nominals import Words, source_words_of, words_of
from ondit.reading.phrases import Phrase, describe

_NOMINAL = {"nsubj", "nsubj:pass", "obj", "iobj", "obl:arg", "obl:mod", "obl:agent", "nmod",
            "root", "conj", "appos", "pobj", "obl"}  # fmt: skip


def find(text: Text, record: Record, pack: Pack) -> Iterator[Mention | Entity]:
    """Yield the mentions of `text` in order, then the entities they stand for."""
    del record  # names do not depend on what was read before them
    phrases = find_phrases(text, words_of(pack))
    entities = cluster(text, phrases, words_of(pack), source_words_of(pack))
    for phrase in phrases:
        yield mention_of(text, phrase)
    yield from entities


def mention_of(text: Text, phrase: Phrase) -> Mention:
    """Return the mention that `phrase` makes."""
    span = text.span(phrase.start, phrase.end)
    form = phrase.form
    return Mention(
        id=identify("m", text.key, [span], form),
        span=span,
        kind=phrase.kind,
        entity=phrase.entity,
        form=form,  # type: ignore[arg-type]  # Phrase keeps it as a plain string of the same set
        rule=f"{text.language}.{phrase.rule}",
    )


def find_phrases(text: Text, words: Words) -> list[Phrase]:
    """Return names, descriptions and pronouns as phrases, in order, entities not yet known."""
    names = find_names(text, words)
    phrases = [_of_name(text, name, words) for name in names]
    if text.tokens is not None:
        phrases += _pairs(text, words)
        phrases += _descriptions(text, words, names)
        phrases += _pronouns(text, words)
        phrases += _long_pronouns(text, words)
    return sorted(_distinct(phrases), key=lambda p: (p.start, -p.end))


def _distinct(phrases: list[Phrase]) -> list[Phrase]:
    seen: dict[tuple[int, int], Phrase] = {}
    for phrase in phrases:
        seen.setdefault((phrase.start, phrase.end), phrase)
    return list(seen.values())


def _of_name(text: Text, name: Name, words: Words) -> Phrase:
    tokens = text.tokens_in(name.start, name.end)
    gender = words.titles.get(name.titled or "")
    if gender is None and name.kind == "person":
        gender = words.given.get(text.view[name.start : name.end].split()[0])
    return Phrase(
        name.start,
        name.end,
        name.kind,
        "name",
        name.rule,
        head=tokens[-1].index if tokens else -1,
        gender=gender,
        number="s",
        definite="definite",
        titled=name.titled,
        outlet=name.outlet,
    )


# -- descriptions -----------------------------------------------------------------------------


def _descriptions(text: Text, words: Words, names: list[Name]) -> Iterator[Phrase]:
    starts = [n.start for n in names]
    people = frozenset(n.start for n in names if n.kind == "person")
    fixed = _fixed(text, words)
    reached = 0
    for token in text.tokens or ():
        role = words.role(token) if token.pos in {"NOUN", "PROPN", "ADJ"} else None
        if role is None or token.index in fixed or _in_name(token, names, starts):
            continue
        if not _is_head(text, token, words):
            continue
        phrase = describe(text, words, token, role, people)
        if phrase.definite == "bare" and phrase.start < reached and _runs_on(text, phrase.start):
            continue
        reached = max(reached, phrase.end)
        yield phrase


def _runs_on(text: Text, start: int) -> bool:
    """Return whether the word before `start` leaves no room for a phrase of its own to begin."""
    before = text.tokens_in(start - 2, start)
    return bool(before) and before[0].pos in {"NOUN", "ADJ", "ADV"}


def _fixed(text: Text, words: Words) -> set[int]:
    """Return the tokens of set phrases that stand for nobody."""
    return {
        token.index
        for block in text.blocks
        for match in words.fixed.finditer(text.view, block.start, block.end)
        for token in text.tokens_in(*match.span())
    }


def _in_name(token: Token, names: list[Name], starts: list[int]) -> bool:
    at = bisect_right(starts, token.start) - 1
    return at >= 0 and token.start < names[at].end


def _is_head(text: Text, token: Token, words: Words) -> bool:
    """Return whether the noun heads a phrase of its own, and is no part of another's."""
    tokens = text.tokens or ()
    before = tokens[token.index - 1] if token.index else None
    after = tokens[token.index + 1] if token.index + 1 < len(tokens) else None
    if token.pos == "ADJ" and not (token.dep in _NOMINAL and before and before.pos == "DET"):
        return False
    if _is_verb(text, token) or (after and after.text == "-" and after.start == token.end):
        return False
    if token.dep == "compound" and after is not None:
        head = tokens[token.head]
        return head.pos == "PROPN" and words.role(head) is None and after.pos == "PROPN"
    if before is None or before.sentence != token.sentence:
        return True
    return not _is_tail(text, token, before, words)


def _is_verb(text: Text, token: Token) -> bool:
    """Return whether a clause hangs below the "noun": "qui garde des amis"."""
    tokens = text.tokens or ()
    clausal = {tokens[c].dep for c in text.children[token.index]} & {"nsubj", "aux", "mark"}
    return token.dep in {"acl", "acl:relcl"} and bool(clausal)


def _is_tail(text: Text, token: Token, before: Token, words: Words) -> bool:
    """Return whether the noun ends a compound: "en chef", "femme officier", "vice-amiral"."""
    tokens = text.tokens or ()
    if before.text.lower() == "en":
        return True
    if before.text == "-":
        return not (before.index and words.role(tokens[before.index - 1]))
    return words.role(before) is not None and before.pos == "NOUN" and token.head == before.index


# -- pronouns and pairs -----------------------------------------------------------------------


def _pairs(text: Text, words: Words) -> Iterator[Phrase]:
    for block in text.blocks:
        for match in words.pairs.finditer(text.view, block.start, block.end):
            tokens = text.tokens_in(match.start(), match.end())
            if not tokens or not _stands_alone(text, tokens):
                continue
            yield Phrase(
                match.start(),
                match.end(),
                "person",
                "description",
                "description.pair",
                head=tokens[0].index,
                class_="group",
                key="*pair*",
                number="p",
                definite="definite",
            )


def _stands_alone(text: Text, tokens: tuple[Token, ...]) -> bool:
    """Return whether the words are a phrase of their own ("les deux", not "les deux camps")."""
    table = text.tokens or ()
    following = table[tokens[-1].index + 1] if tokens[-1].index + 1 < len(table) else None
    return following is None or following.pos in {"VERB", "AUX", "PUNCT", "ADV", "PRON", "CCONJ"}


def _long_pronouns(text: Text, words: Words) -> Iterator[Phrase]:
    for block in text.blocks:
        for match in words.long_pronouns.finditer(text.view, block.start, block.end):
            tokens = text.tokens_in(match.start(), match.end())
            entry = words.pronouns[match.group().lower()]
            if tokens and _stands_alone(text, tokens):
                yield Phrase(
                    match.start(),
                    match.end(),
                    "person",
                    "pronoun",
                    "pronoun",
                    head=tokens[-1].index,
                    gender=entry.gender,
                    number=entry.number,
                )


def _pronouns(text: Text, words: Words) -> Iterator[Phrase]:
    for token in text.tokens or ():
        bare = token.text.lower().lstrip("-")
        entry = words.pronouns.get(bare)
        if entry is None or entry.relative or token.pos not in {"PRON", "DET", "PROPN", "X"}:
            continue
        if words.impersonal.match(text.view, token.start):
            continue
        if token.pos == "DET" and not entry.possessive and entry.person != 1:
            continue
        start = token.end - len(bare)
        yield Phrase(
            start,
            token.end,
            "person",
            "possessive" if entry.possessive or token.pos == "DET" else "pronoun",
            "pronoun",
            head=token.index,
            gender=entry.gender,
            number=entry.number,
        )

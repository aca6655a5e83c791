"""The cast of one text: entities with what they agree with, and where they were last met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import msgspec

from ondit.model import Entity, Mention, Record, Span, SpanIndex, Text, Token
from ondit.model.annotations import SourceKind
from ondit.reading.nominals import Gender, Role, SourceWords, Words
from ondit.reading.phrases import Phrase, definiteness, number_of

SUBJECTS = {"nsubj", "nsubj:pass", "expl:subj"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A mention that a later pronoun may mean."""

    mention: Mention
    sentence: int
    subject: bool
    main: bool
    """Whether its clause is the sentence's main clause."""
    quoted: bool


@dataclass(slots=True)
class Profile:
    """What the mentions of one entity have shown of it."""

    genders: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    classes: set[str] = field(default_factory=set)
    keys: set[str] = field(default_factory=set)
    """The role nouns that describe it, titles before its name included."""


@dataclass
class Cast:
    """Who speaks and is spoken of in one text: what the step reads and writes, by place."""

    text: Text
    record: Record
    words: Words
    source_words: SourceWords
    mentions: list[Mention] = field(init=False)
    entities: dict[str, Entity] = field(init=False)
    speaker: dict[str, str] = field(default_factory=dict)
    why: dict[str, str] = field(default_factory=dict)
    """By attribution, the rule that found its speaker, or found that nobody can tell."""
    rivals: dict[str, frozenset[str]] = field(default_factory=dict)
    """By attribution, the entities that its source words fit equally well."""
    kind: dict[str, SourceKind] = field(default_factory=dict)
    kind_why: dict[str, str] = field(default_factory=dict)
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
        self.profiles: dict[str, Profile] = {}
        self.by_sentence: dict[int, list[Candidate]] = {}
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
        candidate = Candidate(
            mention,
            head.sentence,
            subject is not None,
            verb is not None and verb.dep in {"root", "conj"} and _rooted(self.text, verb),
            bool(self.quotes.covering(mention.span.start, mention.span.end)),
        )
        self.by_sentence.setdefault(head.sentence, []).append(candidate)

    def profile(self, entity: str | None) -> Profile:
        """Return what is known of `entity`; an empty profile when nothing is."""
        return self.profiles.get(str(entity), Profile())

    def _profile(self, mention: Mention, head: Token) -> None:
        profile = self.profiles.setdefault(str(mention.entity), Profile())
        phrase = phrase_of(self.text, self.words, mention, head)
        if phrase.gender:
            profile.genders.add(phrase.gender)
        if phrase.number:
            profile.numbers.add(phrase.number)
        profile.classes.add(phrase.class_ or mention.kind)
        profile.keys |= set(_keys(self.text, self.words, mention, phrase))

    def join(self, entity: str, other: str) -> None:
        """Take every mention of `entity` for one of `other`, and forget `entity`."""
        self.mentions = [_moved(m, entity, other) for m in self.mentions]
        for row in self.by_sentence.values():
            row[:] = [
                replace(c, mention=_moved(c.mention, entity, other))
                if c.mention.entity == entity
                else c
                for c in row
            ]
        known = [m for m in self.mentions if m.form in {"name", "description"}]
        self.at = SpanIndex((m.span.start, m.span.end, m) for m in known)
        joined, into = self.profile(entity), self.profiles.setdefault(other, Profile())
        into.keys |= joined.keys
        self.profiles.pop(entity, None)
        self.entities.pop(entity, None)


def _moved(mention: Mention, entity: str, other: str) -> Mention:
    return msgspec.structs.replace(mention, entity=other) if mention.entity == entity else mention


def _keys(text: Text, words: Words, mention: Mention, phrase: Phrase) -> Iterator[str]:
    """Yield the role nouns of a description, or of the title before a name."""
    if mention.form == "description":
        role = words.role((text.tokens or ())[phrase.head])
        if role is not None:
            yield role.key
        return
    for token in text.tokens_in(mention.span.start - 20, mention.span.start)[-2:]:
        role = words.role(token)
        if role is not None:
            yield role.key


def head_token(text: Text, start: int, end: int) -> Token | None:
    """Return the token of ``start:end`` that governs the others, or None without a parse."""
    tokens = text.tokens_in(start, end)
    for token in tokens:
        inside = tokens[0].index <= token.head <= tokens[-1].index
        if (not inside or token.head == token.index) and token.pos not in {
            "PUNCT",
            "ADP",
            "DET",
            "CCONJ",
        }:
            if token.pos in {"VERB", "AUX", "ADV"}:
                # A verb of the relative clause, when the parser hangs the noun below it.
                return next((t for t in tokens if t.pos in {"NOUN", "PROPN", "PRON"}), token)
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
    # Words that only a source's place made a mention have the head that the parse gives them.
    others = () if mention.rule.endswith("mention.source") else text.tokens_in(start, end)
    for token in (head, *others):
        role = words.role(token)
        if role is not None and token.pos in {"NOUN", "PROPN", "ADJ"}:
            phrase.head, phrase.class_ = token.index, role.class_
            phrase.gender = role.gender or _gender_of_role(text, words, role, start, token)
            break
    else:
        phrase.gender = _morph_gender(words, head) if head.pos == "NOUN" else None
    if mention.rule.endswith((".pair", ".couple")):
        phrase.number, phrase.class_, phrase.gender = "p", "group", None
        return phrase
    phrase.number = number_of((text.tokens or ())[phrase.head])
    phrase.definite = definiteness(text, words, start)
    return phrase


def _gender_of_role(
    text: Text, words: Words, role: Role, start: int, token: Token
) -> Gender | None:
    """Return the gender that the determiner shows: "la maire" is a woman, "l'architecte" unknown.

    The noun's own gender counts only where it stands for no single person.
    """
    for word in text.tokens_in(start, token.start):
        if word.pos == "DET" and _morph_gender(words, word):
            return _morph_gender(words, word)
    return None if role.class_ in {"person", "office"} else _morph_gender(words, token)


def _morph_gender(words: Words, token: Token) -> Gender | None:
    shown = token.morph.get("Gender") if words.gendered else None
    return "m" if shown == "Masc" else "f" if shown == "Fem" else None


def _subject_of(text: Text, head: Token) -> Token | None:
    """Return the subject that `head` is or stands in apposition to."""
    tokens = text.tokens or ()
    for _ in range(3):
        if head.dep in SUBJECTS:
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


def folded(span: Span) -> str:
    """Return the span's characters as pronoun tables spell them."""
    return span.exact.replace("’", "'").lower().lstrip("-")

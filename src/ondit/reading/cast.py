"""The cast of one text: entities with what they agree with, and where they were last met."""

from __future__ import annotations

from dataclasses import dataclass, field

from ondit.model import Entity, Mention, Record, Span, SpanIndex, Text, Token
from ondit.model.annotations import SourceKind
from ondit.reading.nominals import Gender, SourceWords, Words
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
    for token in (head, *text.tokens_in(start, end)):
        role = words.role(token)
        if role is not None and token.pos in {"NOUN", "PROPN", "ADJ"}:
            phrase.head, phrase.class_ = token.index, role.class_
            phrase.gender = role.gender or _morph_gender(words, token)
            break
    if mention.rule.endswith((".pair", ".couple")):
        phrase.number, phrase.class_, phrase.gender = "p", "group", None
        return phrase
    phrase.number = number_of((text.tokens or ())[phrase.head])
    phrase.definite = definiteness(text, words, start)
    return phrase


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

"""Event types: what kind of deed a claim tells of, by the words of a pack, and who is in it.

The types are the sixteen of PLOVER, of which this takes over the names and no word more, and four
of our own with an ``X:`` before them. A clause gets a type only where its verb, or a noun in one
of the constructions that the pack lists, says so by itself; otherwise it has none. Negation, mood
and doubt change a claim's status, not the type of what it speaks of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

from ondit.language.lexicon import Pack
from ondit.model import Attribution, Mention, Span, SpanIndex, Text, Token
from ondit.model.annotations import EventType
from ondit.reading.clauses import Clause
from ondit.reading.event_table import Need, Noun, Verb, lexicon


class Typed(NamedTuple):
    """A type, the words and the entry that it rests on, and the entities in it."""

    type: EventType
    trigger: tuple[int, int]
    rule: str
    roles: dict[str, tuple[str, ...]]


class _Frame(NamedTuple):
    """A verb with who does it and what it is done to, whatever its voice."""

    verb: Token
    passive: bool
    doer: Token | None
    done_to: Token | None


_ABLE = frozenset({"person", "organisation", "place"})
"""Kinds of mentions that can act; a country or capital stands for its government."""

_SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
_OBLIQUE = ("obl", "nmod")
_CARRIED = frozenset({"xcomp", "ccomp", "obl:arg", "obl:mod", "advcl"})
_LEADS_IN = 4
"""Characters of the longest word that leads over to what is said: "que "."""

_DESCRIBED = frozenset({"acl", "amod"})


class EventTypes:
    """Finds the types of one text's clauses."""

    def __init__(self, text: Text, pack: Pack, mentions: Iterable[Mention]) -> None:
        self._tokens = text.tokens or ()
        self._text = text
        self._words = lexicon(pack)
        self._mentions = SpanIndex((m.span.start, m.span.end, m) for m in mentions)

    def of(self, clause: Clause | None, spans: Sequence[Span]) -> Typed | None:
        """Return the type of what a claim of these `spans` tells of, by its clause if it has one.

        None too where the words that tell it stand outside the claim.
        """
        head = self._tokens[clause.predicate] if clause else self._top(spans)
        found = self._told_by(head, clause) if head is not None else None
        if found is None or not any(s.start <= found.trigger[0] < s.end for s in spans):
            return None
        return found

    def _told_by(self, head: Token, clause: Clause | None) -> Typed | None:
        subject = self._subject(head, clause)
        if head.pos not in {"VERB", "AUX", "ADJ"} and not self._helped(head):
            return self._by_noun_alone(head)
        deed = self._carried(head)
        frame = self._frame(deed, subject)
        return self._by_subject(frame) or self._by_verb(frame) or self._by_object(frame)

    def by_cue(self, attribution: Attribution, spans: Sequence[Span]) -> Typed | None:
        """Return the type of the saying itself, for what `attribution` says first.

        A threat, a demand, an accusation or a refusal is a deed that no claim of its own tells.
        """
        if not spans or abs(spans[0].start - attribution.content[0].start) > _LEADS_IN:
            return None
        for cue in attribution.cue:
            for token in self._text.tokens_in(cue.start, cue.end):
                entries = self._words.verbs.get(token.lemma.lower(), ())
                if token.pos == "VERB" and any(entry.speech for entry in entries):
                    return self._spoken(self._frame(token, self._related(token)), attribution)
        return None

    def _related(self, verb: Token) -> Token | None:
        """Return what a participle or relative clause describes."""
        return self._tokens[verb.head] if verb.dep in {*_DESCRIBED, "acl:relcl"} else None

    def _spoken(self, frame: _Frame, attribution: Attribution) -> Typed | None:
        found = self._by_verb(frame, speech=True)
        if found is None or frame.passive or attribution.speaker is None:
            return found
        return found._replace(roles={**found.roles, "actor": (attribution.speaker,)})

    def _top(self, spans: Sequence[Span]) -> Token | None:
        """Return the word that the others hang on, a verb if there is one."""
        tokens = [t for span in spans for t in self._text.tokens_in(span.start, span.end)]
        inside = {t.index for t in tokens}
        tops = [t for t in tokens if t.head == t.index or t.head not in inside]
        verbs = (t for t in tops if t.pos == "VERB")
        return next(verbs, next((t for t in tops if t.pos == "NOUN"), None))

    # -- who and what ----------------------------------------------------------------------

    def _children(self, token: Token) -> Iterator[Token]:
        return (self._tokens[child] for child in self._text.children[token.index])

    def _subject(self, head: Token, clause: Clause | None) -> Token | None:
        """Return who or what the clause is about; for a relative "who", the noun before it."""
        found = self._tokens[clause.subject] if clause and clause.subject is not None else None
        if found is None and head.dep in _DESCRIBED:
            return self._tokens[head.head]
        above = self._tokens[head.head]
        if found is None and head.dep in _CARRIED and above.lemma.lower() in self._words.carriers:
            found = next((c for c in self._children(above) if c.dep in _SUBJECTS), None)
        return self._antecedent(found, head)

    def _antecedent(self, found: Token | None, head: Token) -> Token | None:
        relative = found is not None and found.pos == "PRON" and head.dep == "acl:relcl"
        if relative and found is not None and found.lemma.lower() not in self._words.personal:
            return self._tokens[head.head]
        return found

    def _carried(self, head: Token) -> Token:
        """Return the infinitive that `head` leaves the deed to, else `head`."""
        for _ in range(3):
            if head.lemma.lower() not in self._words.carriers:
                break
            under = (c for c in self._children(head) if c.dep in _CARRIED and c.pos == "VERB")
            carried = next((c for c in under if c.start > head.start and self._bare(c)), None)
            if carried is None:
                break
            head = carried
        return head

    def _bare(self, token: Token) -> bool:
        """Return whether a verb has no subject of its own."""
        return not any(c.dep in _SUBJECTS for c in self._children(token))

    def _helped(self, head: Token) -> bool:
        """Return whether an auxiliary makes a verb of what a tagger takes for a noun."""
        return any(c.dep.startswith("aux") for c in self._children(head))

    def _frame(self, verb: Token, subject: Token | None) -> _Frame:
        passive = self._passive(verb)
        own = next((c for c in self._children(verb) if c.dep in _SUBJECTS), None)
        subject = self._antecedent(own, verb) or subject
        if passive:
            return _Frame(verb, passive, self._agent(verb), subject)
        objects = (c for c in self._children(verb) if c.dep in {"obj", "dobj"})
        return _Frame(verb, passive, subject, self._antecedent(next(objects, None), verb))

    def _passive(self, verb: Token) -> bool:
        """Return whether the verb is a passive, or a past participle that nothing helps."""
        if verb.lemma.lower() in self._words.never_passive:
            return False
        helping = [c for c in self._children(verb) if c.dep.startswith("aux")]
        if any(c.dep == "aux:pass" for c in helping):
            return True
        if helping or verb.morph.get("VerbForm") != "Part" or verb.morph.get("Tense") != "Past":
            return False
        return verb.dep != "conj" or self._passive(self._tokens[verb.head])

    def _agent(self, verb: Token) -> Token | None:
        for child in self._children(verb):
            if child.dep == "obl:agent" and child.pos == "ADP":
                return self._complement(child)
        return next(self._obliques(verb, self._words.agents), None)

    def _obliques(self, token: Token, prepositions: Iterable[str]) -> Iterator[Token]:
        """Yield the nouns that `prepositions` lead to from `token`, however the parse has it."""
        for child in self._children(token):
            if child.pos == "ADP" and child.lemma.lower() in prepositions:
                found = self._complement(child)
                if found is not None:
                    yield found
            elif child.dep.startswith(_OBLIQUE):
                cases = (c.lemma.lower() for c in self._children(child) if c.dep == "case")
                if any(case in prepositions for case in cases):
                    yield child

    def _complement(self, preposition: Token) -> Token | None:
        return next((c for c in self._children(preposition) if c.dep == "pobj"), None)

    # -- what fits -------------------------------------------------------------------------

    def _by_verb(self, frame: _Frame, *, speech: bool = False) -> Typed | None:
        entries = self._words.verbs.get(frame.verb.lemma.lower())
        if entries is None:
            return None
        shown = frozenset(self._shows(frame))
        near = {c.text.lower().replace("’", "'") for c in self._children(frame.verb)}
        apt = (e for e in entries if e.speech or not speech)
        entry = next((e for e in apt if self._fits(e, frame, shown, near)), None)
        if entry is None:
            return None
        return self._typed(
            entry,
            frame.verb,
            (entry.subject, frame.doer),
            (entry.object, frame.done_to),
            *(("recipient", o) for o in self._obliques(frame.verb, entry.recipient)),
            *(
                ("recipient", o)
                for noun in (frame.done_to,)
                if noun and entry.objects
                for o in self._obliques(noun, entry.recipient)
            ),
        )

    def _fits(self, entry: Verb, frame: _Frame, shown: frozenset[Need], near: set[str]) -> bool:
        return (
            (not entry.objects or self._is_one(frame.done_to, entry.objects))
            and (not entry.subjects or self._is_one(frame.doer, entry.subjects))
            and not self._is_one(frame.done_to, entry.not_objects)
            and not self._is_one(frame.doer, entry.not_subjects)
            and (not entry.beside or not near.isdisjoint(entry.beside))
            and near.isdisjoint(entry.not_beside)
            and (not entry.objects_of or self._leads_to(frame.done_to, entry.objects_of))
            and (not entry.oblique or self._leads_to(frame.verb, entry.oblique))
            and shown.issuperset(entry.needs)
            and shown.isdisjoint(entry.refuses)
        )

    def _leads_to(self, token: Token | None, lemmas: tuple[str, ...]) -> bool:
        """Return whether a preposition, or nothing, leads from `token` to one of `lemmas`."""
        below = self._children(token) if token else ()
        return any(self._is_one(self._complement(c) or c, lemmas) for c in below)

    def _is_one(self, token: Token | None, lemmas: tuple[str, ...]) -> bool:
        if token is None or not lemmas:
            return False
        ways = (token, self._counted(token))
        return any(t.lemma.lower() in lemmas or t.text.lower() in lemmas for t in ways)

    def _shows(self, frame: _Frame) -> Iterator[Need]:
        """Yield what entries may need or refuse and the verb has."""
        if self._able(frame.doer):
            yield "known-actor"
        if self._able(frame.doer) or (frame.passive and frame.doer is None):
            yield "actor"
        if frame.passive:
            yield "passive"
        if frame.done_to is not None:
            yield "object"
        if self._able(frame.done_to):
            yield "affected"
            if not _is_pronoun(frame.done_to):
                yield "named"
        if any(c.dep in {"xcomp", "ccomp"} for c in self._children(frame.verb)):
            yield "clause"
        if self._asked(frame.verb):
            yield "infinitive"

    def _asked(self, verb: Token) -> bool:
        """Return whether an infinitive completes the verb, though it may hang on its object."""
        own = list(self._children(verb))
        under = (c for o in own if o.pos in {"NOUN", "PROPN"} for c in self._children(o))
        bare = (c for c in (*own, *under) if c.morph.get("VerbForm") == "Inf")
        return any(c.dep in {"xcomp", "ccomp", "acl", "advcl"} for c in bare)

    def _able(self, token: Token | None) -> bool:
        if token is None:
            return False
        if token.pos == "PRON" and token.text.lower() in self._words.personal:
            return True
        mention = self._mention(token) or self._mention(self._counted(token))
        return mention is not None and mention.kind in _ABLE

    def _by_object(self, frame: _Frame) -> Typed | None:
        """Return the type of "launched an attack", "an inquiry was opened"."""
        noun = frame.done_to
        entry = self._noun(noun, frame.verb, "verbs")
        if entry is None or noun is None:
            return None
        others = ((entry.object, o) for o in self._obliques(noun, entry.recipient))
        more = ((entry.object, o) for o in self._obliques(frame.verb, entry.recipient))
        return self._typed(entry, noun, ("actor", frame.doer), *others, *more)

    def _by_subject(self, frame: _Frame) -> Typed | None:
        """Return the type of "the attack took place", "the attack killed two guards"."""
        noun = frame.done_to if frame.passive else frame.doer
        entry = self._noun(noun, frame.verb, "happens")
        met = frame.done_to if self._able(frame.done_to) and not frame.passive else None
        return self._of_noun(entry, noun, met) if entry and noun else None

    def _by_noun_alone(self, noun: Token) -> Typed | None:
        """Return the type of a headline or content without a verb: "attack on the port"."""
        for entry in self._words.nouns.get(noun.lemma.lower(), ()):
            if next(self._obliques(noun, entry.alone), None) is not None:
                return self._of_noun(entry, noun)
        return None

    def _noun(
        self, noun: Token | None, verb: Token, place: Literal["verbs", "happens"]
    ) -> Noun | None:
        if noun is None or noun.pos != "NOUN":
            return None
        lemma = verb.lemma.lower()
        entries = self._words.nouns.get(noun.lemma.lower(), ())
        return next((e for e in entries if lemma in getattr(e, place)), None)

    def _of_noun(self, entry: Noun, noun: Token, met: Token | None = None) -> Typed:
        doers = (("actor", o) for o in self._obliques(noun, self._words.agents))
        others = ((entry.object, o) for o in self._obliques(noun, entry.recipient))
        return self._typed(entry, noun, *doers, *others, (entry.object, met))

    # -- writing down ----------------------------------------------------------------------

    def _typed(
        self, entry: Verb | Noun, trigger: Token, *found: tuple[str | None, Token | None]
    ) -> Typed:
        roles: dict[str, tuple[str, ...]] = {}
        for role, token in found:
            for entity in self._entities(token) if role and token else ():
                held = roles.get(role or "", ())
                roles[role or ""] = held if entity in held else (*held, entity)
        return Typed(entry.type, (trigger.start, trigger.end), entry.name, roles)

    def _entities(self, token: Token) -> Iterator[str]:
        """Yield the entities that `token` and what is joined to it by "and" stand for."""
        joined = (c for c in self._children(token) if c.dep == "conj")
        for one in (token, *joined):
            mention = self._mention(one) or self._mention(self._counted(one))
            if mention is not None and mention.entity is not None:
                yield mention.entity

    def _counted(self, token: Token) -> Token:
        """Return what `token` only says the number of: the teachers of "thousands of teachers"."""
        if token.lemma.lower() not in self._words.counters:
            return token
        return next(self._obliques(token, self._words.counted_by), token)

    def _mention(self, token: Token) -> Mention | None:
        """Return the smallest mention that `token` heads."""
        for mention in reversed(self._mentions.covering(token.start, token.end)):
            head = self._tokens[token.head]
            outside = not mention.span.start <= head.start < mention.span.end
            if head is token or outside:
                return mention
        return None


def _is_pronoun(token: Token | None) -> bool:
    return token is not None and token.pos == "PRON"

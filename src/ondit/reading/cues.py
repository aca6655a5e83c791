"""Cues: the words that signal a statement, found by lexicon and surface, with the parse as support.

A cue knows its entry in the pack (what act it reports, what complements it takes), the token that
heads it, and its span: auxiliaries, negation and adverbs inside, subject and complementiser out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import msgspec

from ondit.language.lexicon import Entry, Head, Pack
from ondit.model import Act, Token
from ondit.model.annotations import Stance
from ondit.reading.scene import CLOSING, Scene

Family = Literal["verb", "noun", "adjective", "preposition"]


class CueEntry(Entry, frozen=True, kw_only=True):
    """What all cue entries share: the lemmas and what is done by saying so."""

    lemmas: tuple[str, ...]
    act: Act
    stance: Stance = "relays"
    acts: dict[str, Act] = msgspec.field(default_factory=dict)
    """Lemmas of this entry whose act differs from `act`."""
    prepositions: tuple[str, ...] = ()
    """Prepositions whose complement is the content: "called for", "inquiet de"."""

    def act_of(self, lemma: str) -> Act:
        """Return the act that `lemma` reports."""
        return self.acts.get(lemma, self.act)


class VerbEntry(CueEntry, frozen=True, kw_only=True):
    """A verb of saying, thinking, wanting; the flags name the complements that hold its content."""

    forms: tuple[str, ...] = ()
    """Inflected forms that parsers take for another word."""
    clause: bool = True
    infinitive: bool = False
    object: bool = False
    objects: tuple[str, ...] = ()
    """Nouns that its object must be one of, unless it is quoted: who rejects an offer, or waste,
    denies nothing."""
    object_act: Act | None = None
    """What it does to an object, when that is not `act`: to call for X, to call X a Y."""
    parenthetical: bool = False
    reflexive: bool = False
    """Reports only with a reflexive pronoun: "se félicite", or beside a quotation."""
    document: bool = False
    """Its subject is what shows something (a poll, a report), as often as who says it."""


class PrepositionEntry(Entry, frozen=True, kw_only=True):
    """Prepositions that name a source: "selon", "according to"."""

    phrases: tuple[str, ...]
    nouns: tuple[str, ...] = ()
    """It does so only before one of these: "de source policière"."""

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Each phrase with each noun that it needs."""
        return tuple((p, n) for p in self.phrases for n in self.nouns)


class HearsayEntry(Entry, frozen=True, kw_only=True):
    """Adverbs of hearsay: a content without a source."""

    words: tuple[str, ...]


class IdiomEntry(Entry, frozen=True, kw_only=True):
    """Phrases that hold a cue's word and report nothing: "veut dire", "that is to say"."""

    phrases: tuple[str, ...]


class ConjugationEntry(Entry, frozen=True, kw_only=True):
    """The third persons of a regular verb: its lemma less `ending`, plus each of `forms`."""

    ending: str
    forms: tuple[str, ...]
    participle: str | None = None
    """The ending of its present participle."""


class GovernorEntry(Entry, frozen=True, kw_only=True):
    """Verbs that lend an infinitive their subject: "a dû reconnaître", "refused to say"."""

    lemmas: tuple[str, ...]


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``cues.toml``."""

    head: Head
    verb: tuple[VerbEntry, ...]
    noun: tuple[CueEntry, ...]
    adjective: tuple[CueEntry, ...]
    preposition: tuple[PrepositionEntry, ...]
    hearsay: tuple[HearsayEntry, ...] = ()
    idiom: tuple[IdiomEntry, ...] = ()
    governor: tuple[GovernorEntry, ...] = ()
    conjugation: tuple[ConjugationEntry, ...] = ()
    bare: tuple[str, ...] = ()
    """Verbs that take a clause without "that" so often that we trust it where the parse is lost."""
    nobody: tuple[str, ...] = ()
    """Subjects that stand for nobody in particular: "you know", "vous savez"."""


class Lexicon:
    """The cue table of one language, indexed by what the text shows."""

    def __init__(self, table: Cues) -> None:
        self.verbs = {lemma: entry for entry in table.verb for lemma in entry.lemmas}
        self.forms = dict(_forms(table))
        self.nouns = {lemma: entry for entry in table.noun for lemma in entry.lemmas}
        self.adjectives = {lemma: entry for entry in table.adjective for lemma in entry.lemmas}
        self.participles = {f for e in table.conjugation for f in _present_participles(e, table)}
        self.nobody = set(table.nobody)
        self.bare = set(table.bare)
        self.governors = {lemma for entry in table.governor for lemma in entry.lemmas}
        self.prepositions = _any_of(p for e in table.preposition for p in e.phrases if not e.nouns)
        self.before_nouns = _any_of(f"{p} {n}" for e in table.preposition for p, n in e.pairs)
        self.idioms = _any_of(p for e in table.idiom for p in e.phrases)


def _present_participles(pattern: ConjugationEntry, table: Cues) -> Iterator[str]:
    """Yield the forms in -ant or -ing of the verbs that `pattern` inflects."""
    for entry in table.verb:
        for lemma in entry.lemmas:
            if lemma.endswith(pattern.ending) and pattern.participle:
                yield lemma[: len(lemma) - len(pattern.ending)] + pattern.participle


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern for whole words that are one of `phrases`, the longest first."""
    longest = sorted(phrases, key=len, reverse=True)
    if not longest:
        return re.compile(r"(?!)")
    return re.compile(r"\b(?:" + "|".join(_elided(p) for p in longest) + ")", re.IGNORECASE)


def _forms(table: Cues) -> Iterator[tuple[str, tuple[VerbEntry, str]]]:
    """Yield each inflected form that the table knows, with its entry and lemma."""
    endings = sorted(table.conjugation, key=lambda c: len(c.ending), reverse=True)
    for entry in table.verb:
        for lemma in entry.lemmas:
            for pattern in [c for c in endings if lemma.endswith(c.ending)][:1]:
                stem = lemma[: -len(pattern.ending)]
                yield from ((stem + form, (entry, lemma)) for form in pattern.forms)
        yield from ((form, (entry, form)) for form in entry.forms)


def _elided(phrase: str) -> str:
    """Return a pattern in which a final "de" may be contracted or elided."""
    if phrase.endswith(" de"):
        return re.escape(phrase[:-3]) + r"\s+(?:de\b|du\b|des\b|d')"
    return re.escape(phrase).replace(r"\ ", r"\s+") + r"\b"


@lru_cache
def lexicon(pack: Pack) -> Lexicon:
    """Return the indexed cue table of `pack`."""
    return Lexicon(pack.table("cues", Cues))


@dataclass(frozen=True, slots=True)
class Cue:
    """One cue in one text; token indices."""

    family: Family
    members: tuple[int, ...]
    """Its words, in order."""
    head: int
    """The verb, noun or adjective, or the first word of the preposition."""
    act: Act
    stance: Stance
    entry: VerbEntry | None = None
    surface: bool = False
    """Known by its form alone: the parse took it for another word."""
    bare: bool = False
    """A verb that takes a clause without "that"."""
    complements: tuple[str, ...] = ()
    """Prepositions that introduce what an adjective, or the object of a light verb, is about."""

    @property
    def prepositions(self) -> tuple[str, ...]:
        """Prepositions whose complement is the content."""
        return self.entry.prepositions if self.entry else self.complements

    @property
    def first(self) -> int:
        """Index of its first token."""
        return self.members[0]

    @property
    def last(self) -> int:
        """Index of its last token."""
        return self.members[-1]


def find_cues(scene: Scene) -> Iterator[Cue]:
    """Yield the cues of the scene's text: prepositions first, then verbs, nouns and adjectives."""
    known = lexicon(scene.pack)
    taken = idiomatic(scene)
    for cue in _prepositions(scene, known):
        taken.update(cue.members)
        yield cue
    for token in scene.tokens:
        found = None if token.index in taken else _headed_by(scene, token, known)
        if found is not None and not taken & set(found.members):
            taken.update(found.members)
            yield found


def idiomatic(scene: Scene) -> set[int]:
    """Return the tokens of phrases that only look like cues."""
    found = lexicon(scene.pack).idioms.finditer(scene.text.view)
    return {t.index for m in found for t in scene.text.tokens_in(m.start(), m.end())}


def _headed_by(scene: Scene, token: Token, known: Lexicon) -> Cue | None:
    return (
        _verb(scene, token, known)
        or _inquit(scene, token, known)
        or _noun(scene, token, known)
        or _adjective(scene, token, known)
    )


def _prepositions(scene: Scene, known: Lexicon) -> Iterator[Cue]:
    for match in known.prepositions.finditer(scene.text.view):
        members = tuple(t.index for t in scene.text.tokens_in(match.start(), match.end()))
        if members and scene.text.block_at(match.start()):
            yield Cue("preposition", members, members[0], "statement", "relays")
    for match in known.before_nouns.finditer(scene.text.view):
        members = tuple(t.index for t in scene.text.tokens_in(match.start(), match.end()))[:-1]
        if members and _opens_clause(scene, members[0]):
            yield Cue("preposition", members, members[0], "statement", "relays")


def _opens_clause(scene: Scene, index: int) -> bool:
    """Return whether the token begins its sentence or stands behind a comma or a verb of saying."""
    token = scene.tokens[index]
    before = scene.tokens[index - 1] if index else None
    return before is None or before.sentence != token.sentence or before.text in CLOSING


# -- verbs -----------------------------------------------------------------------------------

_AUXILIARY = {"aux", "aux:tense", "aux:pass", "neg", "prt", "expl:comp", "expl:pass", "expl", "cop"}
_NO_PREDICATE = {"amod", "compound", "aux", "aux:tense", "aux:pass", "case", "fixed"}
_BREAKS_GROUP = {"PUNCT", "NOUN", "PROPN", "VERB"}

_BEFORE_FORM = {"NOUN", "PROPN", "PRON", "ADJ", "AUX", "ADV"}

# Tokens: auxiliaries and negations stand at most this far from their verb.
_GROUP_REACH = 6


_QUOTING = VerbEntry(lemmas=(), act="statement", clause=False, parenthetical=True, examples=())
"""What any verb is beside a quotation: "…", s'emporte Ada Holm."""


def _verb(scene: Scene, token: Token, known: Lexicon) -> Cue | None:
    entry, lemma = _entry(token, known)
    if entry is None and _quoting(scene, token):
        entry = _QUOTING
    if entry is None or token.dep in _NO_PREDICATE:
        return _mistaken(scene, token, known)
    if _describes(scene, token) or (entry.reflexive and not _reflexive(scene, token)):
        return None
    if lemma in known.governors and _reports_through(scene, token, known):
        return None
    members = verb_group(scene, token.index)
    if token.morph.get("VerbForm") == "Inf":
        governing = _governing(scene, token, known)
        if governing is None:
            return None
        members = _with_markers(scene, (*governing, *members))
    act = entry.act_of(lemma)
    return Cue("verb", members, token.index, act, entry.stance, entry, bare=lemma in known.bare)


def _inquit(scene: Scene, token: Token, known: Lexicon) -> Cue | None:
    """Return the cue of « … », s'inquiète-t-il and « … », a-t-elle lâché, whatever the parse says.

    The hyphened subject gives it away behind a quotation or a comma.
    """
    clitic = next(
        (t for t in scene.tokens[token.index + 1 : token.index + 3]
         if t.text.lower() in scene.words("subject-clitic")), None,
    )  # fmt: skip
    if clitic is None or token.text.lower() in scene.words("subject-clitic"):
        return None
    before = scene.tokens[token.index - 1 : token.index]
    reflexive = bool(before) and before[0].text.lower() in scene.words("clitic")
    first = token.index - 1 if reflexive else token.index
    head = _participle_behind(scene, token, clitic)
    entry, _ = known.forms.get(head.text.lower(), (None, ""))
    if entry is None and not _quoted_before(scene, first):
        return None
    members = tuple(sorted({first, token.index, head.index}))
    return Cue("verb", members, head.index, (entry or _QUOTING).act, "relays", _QUOTING)


def _participle_behind(scene: Scene, token: Token, clitic: Token) -> Token:
    """Return the participle of "a-t-elle lâché", the verb itself where it has no auxiliary."""
    if token.lemma not in scene.words("auxiliary"):
        return token
    behind = scene.tokens[clitic.index + 1 : clitic.index + 4]
    return next((t for t in behind if t.pos not in {"ADP", "DET", "PUNCT", "PRON"}), token)


def _reflexive(scene: Scene, token: Token) -> bool:
    """Return whether the verb has a reflexive pronoun before it, auxiliaries between."""
    group = verb_group(scene, token.index)
    near = (scene.tokens[i] for i in range(max(0, group[0] - 1), token.index))
    own = any(t.text.lower() in scene.words("reflexive") for t in near)
    return own or (_quoting(scene, token) and not _is_reported_object(scene, token))


def _is_reported_object(scene: Scene, token: Token) -> bool:
    return any(c.dep == "obj" and c.index < token.index for c in scene.children(token.index))


def _quoting(scene: Scene, token: Token) -> bool:
    """Return whether a verb outside the lexicon stands beside a quotation as one of saying does.

    Straight behind it with its subject inverted, or with nothing but its subject between them.
    """
    if token.pos != "VERB" or token.dep in _NO_PREDICATE or not scene.finite(token.index):
        return False
    first = verb_group(scene, token.index)[0]
    after = scene.tokens[token.index + 1 : token.index + 2]
    if _quoted_before(scene, first):
        clitic = bool(after) and after[0].text.lower() in scene.words("subject-clitic")
        own = any(
            c.dep == "nsubj" and c.index < first and not scene.quotations.covering(c.start, c.end)
            for c in scene.children(token.index)
        )
        return clitic or (bool(after) and not own and after[0].pos in {"PROPN", "DET", "NOUN"})
    subject = next((c for c in scene.children(token.index) if c.dep == "nsubj"), None)
    if subject is None or subject.index > first:
        return False
    low, high = min(scene.text.subtree(subject.index)), max(scene.text.subtree(subject.index))
    ends = not after or after[0].pos in {"PUNCT", "ADP", "ADV"}
    return high == first - 1 and ends and _quoted_before(scene, low)


def _quoted_before(scene: Scene, index: int) -> bool:
    """Return whether a spoken quotation that a comma or stop ends stands just before the token."""
    at = scene.tokens[index].start
    before = scene.before(at)
    comma = before.endswith(",")
    end = len(scene.before(len(before) - 1)) if comma else len(before)
    for quotation in scene.quotations.overlapping(max(0, end - 1), end):
        last = quotation.span.exact[:-1].rstrip(" \u00a0\u202f")[-1:]
        stopped = comma or last in {",", "?", "!", "…"}
        if quotation.span.end == end and quotation.kind == "speech" and stopped:
            return quotation.closed
    return False


def _describes(scene: Scene, token: Token) -> bool:
    """Return whether a past participle only describes a noun: "les besoins exprimés"."""
    past = token.morph.get("VerbForm") == "Part" and token.morph.get("Tense", "Past") == "Past"
    auxiliary = any(c.dep.startswith("aux") for c in scene.children(token.index))
    return past and not auxiliary and token.dep in {"acl", "amod"}


def _entry(token: Token, known: Lexicon) -> tuple[VerbEntry | None, str]:
    """Return the entry of a verb by its lemma, else by its form: lemmatisers miss some."""
    lemma = token.lemma.lower()
    if token.pos not in {"VERB", "AUX"}:
        return None, lemma
    if lemma in known.verbs:
        return known.verbs[lemma], lemma
    return known.forms.get(token.text.lower(), (None, lemma))


def _mistaken(scene: Scene, token: Token, known: Lexicon) -> Cue | None:
    """Return the cue of a finite form that the parse took for a noun, adjective or adverb.

    Only where the surface says so: a nominal before it, a complement behind it.
    """
    found = known.forms.get(token.text.lower())
    if found is None or (token.pos in {"VERB", "AUX"} and token.dep not in _NO_PREDICATE):
        return None
    before, after = scene.tokens[token.index - 1 : token.index], scene.tokens[token.index + 1 :][:1]
    if not before or not after:
        return None
    entry, lemma = found
    if _interrupts(entry, before[0], after[0], closed=_quoted_before(scene, token.index)):
        act = entry.act_of(lemma)
        return Cue("verb", (token.index,), token.index, act, entry.stance, entry)
    named = token.text.lower() in entry.forms and after[0].pos == "DET"
    if before[0].pos not in _BEFORE_FORM or not (named or _introduces(scene, after[0])):
        return None
    act = entry.act_of(lemma)
    return Cue("verb", (token.index,), token.index, act, entry.stance, entry, surface=True)


def _introduces(scene: Scene, token: Token) -> bool:
    """Return whether a complement opens with the token: "que", or "de" and an infinitive."""
    if token.text.lower() in scene.words("complementiser"):
        return True
    marker = token.text.lower() in scene.words("infinitive-marker")
    return marker and (token.pos != "ADP" or _infinitive_at(scene, token.index + 1))


def _infinitive_at(scene: Scene, index: int) -> bool:
    """Return whether an infinitive stands at `index`, clitics before it."""
    following = (t for t in scene.tokens[index : index + 3] if t.pos != "PRON")
    token = next(following, None)
    return token is not None and token.morph.get("VerbForm") == "Inf"


def _interrupts(entry: VerbEntry, before: Token, after: Token, *, closed: bool) -> bool:
    """Return whether it stands as in « … », raconte Ada Holm: a mark before, a name behind."""
    named = after.pos in {"PROPN", "X"} or (after.pos in {"DET", "NOUN"} and closed)
    return entry.parenthetical and before.text in CLOSING and named


def _reports_through(scene: Scene, token: Token, known: Lexicon) -> bool:
    """Return whether the verb lends its subject to a reporting infinitive: "declined to say"."""
    return any(
        child.dep == "xcomp" and child.index > token.index
        and child.morph.get("VerbForm") == "Inf" and child.lemma.lower() in known.verbs
        for child in scene.children(token.index)
    )  # fmt: skip


def _with_markers(scene: Scene, members: tuple[int, ...]) -> tuple[int, ...]:
    """Return the members with the markers and adverbs between them: "continue d'exiger"."""
    low, high = min(members), max(members)
    inner = {"ADP", "PART", "ADV"}
    return tuple(i for i in range(low, high + 1) if i in members or scene.tokens[i].pos in inner)


def _governing(scene: Scene, token: Token, known: Lexicon) -> tuple[int, ...] | None:
    """Return the verb group that an infinitive reports through, () for a mere modal, else None."""
    if any(c.dep in {"aux", "aux:tense"} and c.pos == "AUX" for c in scene.children(token.index)):
        return ()
    head = scene.tokens[token.head]
    if head.index < token.index and head.lemma.lower() in known.governors:
        return verb_group(scene, head.index)
    return None


def verb_group(scene: Scene, head: int) -> tuple[int, ...]:
    """Return the token indices of the verb group of `head`: a run without subject or object.

    Auxiliaries, negation, particles, clitics and the adverbs between them belong to it.
    """
    tokens = scene.tokens
    inside = {head} | {
        child.index
        for child in scene.children(head)
        if abs(child.index - head) <= _GROUP_REACH and _in_group(scene, child, head)
    }
    low, high = min(inside), max(inside)
    inside |= {i for i in range(low, high) if tokens[i].pos in {"ADV", "PART"}}
    broken = [i for i in range(low, high) if i not in inside and tokens[i].pos in _BREAKS_GROUP]
    return tuple(sorted(i for i in inside if i > max(broken, default=-1)))


def _in_group(scene: Scene, child: Token, head: int) -> bool:
    word = child.text.lower()
    clitic = child.pos == "PRON" and child.index < head and word in scene.words("clitic")
    return child.dep in _AUXILIARY or clitic or word in scene.words("negation")


# -- nouns and adjectives --------------------------------------------------------------------


def _noun(scene: Scene, token: Token, known: Lexicon) -> Cue | None:
    entry = known.nouns.get(token.lemma.lower()) if token.pos == "NOUN" else None
    if entry is None:
        return None
    modifiers = [
        child.index
        for child in scene.children(token.index)
        if token.index - 3 <= child.index < token.index and child.dep in {"det", "amod", "nummod"}
    ]
    act = entry.act_of(token.lemma.lower())
    members = (*modifiers, token.index)
    return Cue("noun", members, token.index, act, entry.stance, complements=entry.prepositions)


def _adjective(scene: Scene, token: Token, known: Lexicon) -> Cue | None:
    if token.pos not in {"ADJ", "VERB"} or token.dep in {"amod", "compound"}:
        return None
    lemma = token.lemma.lower()
    form = token.text.lower()
    forms = (lemma, form, form.removesuffix("s"), form.removesuffix("s").removesuffix("e"))
    lemma = next((f for f in forms if f in known.adjectives), lemma)
    entry = known.adjectives.get(lemma)
    if entry is None:
        return None
    members = _predicate(scene, token)
    act, complements = entry.act_of(lemma), entry.prepositions
    return Cue("adjective", members, token.index, act, entry.stance, complements=complements)


def _predicate(scene: Scene, token: Token) -> tuple[int, ...]:
    """Return the adjective with its copula: in one scheme its child, in the other its head."""
    inside = {token.index}
    if token.dep in {"acomp", "oprd"}:
        inside |= set(verb_group(scene, token.head))
    inside |= {
        child.index
        for child in scene.children(token.index)
        if child.index < token.index and child.dep in {"advmod", *_AUXILIARY}
    }
    low = min(inside)
    if token.index - low > _GROUP_REACH - 1:
        return (token.index,)
    run = range(low, token.index + 1)
    return tuple(i for i in run if i in inside or scene.tokens[i].pos == "ADV")

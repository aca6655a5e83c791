"""Factuality: how sure a clause is, by rules that each name the words they rest on.

Mood, modality, negation and the governing attribution are looked at one by one; the first finding
in the order of `judge` decides the status. The press conditional follows the ordered rule of the
French grammar of hearsay: modal verbs, first persons, conditions, questions and quotations are not
hearsay; rumour nouns, accusations, perfects and source adverbials are; the rest of the main clauses
are, and whatever hangs on a verb of speech is future in the past.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import msgspec

from ondit.language.lexicon import Entry, Head, Pack
from ondit.model import Act, Attribution, Text, Token
from ondit.model.annotations import Polarity, Status
from ondit.reading.clauses import Clause
from ondit.reading.cues import lexicon as cue_lexicon
from ondit.reading.grammar import words


class Trigger(Entry, frozen=True, kw_only=True):
    """A verb that sets the status of the clause it heads or governs."""

    name: str
    status: Status
    lemmas: tuple[str, ...]


class Marker(Entry, frozen=True, kw_only=True):
    """Words that set the status of the clause they stand in."""

    name: str
    status: Status
    words: tuple[str, ...]


class Words(Entry, frozen=True, kw_only=True):
    """A closed class that the rules ask for by name."""

    name: str
    words: tuple[str, ...]


class Factuality(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Table ``factuality.toml``."""

    head: Head
    trigger: tuple[Trigger, ...]
    adverb: tuple[Marker, ...]
    phrase: tuple[Marker, ...]
    word_class: tuple[Words, ...]


class Lexicon:
    """The table of one language, indexed."""

    def __init__(self, table: Factuality) -> None:
        self.triggers = {lemma: entry for entry in table.trigger for lemma in entry.lemmas}
        self.classes = {entry.name: frozenset(entry.words) for entry in table.word_class}
        self.markers = [
            (
                entry,
                re.compile(
                    r"(?<!\w)(?:" + "|".join(map(re.escape, entry.words)) + r")(?!\w)",
                    re.IGNORECASE,
                ),
            )
            for entry in (*table.adverb, *table.phrase)
        ]


@lru_cache
def lexicon(pack: Pack) -> Lexicon:
    """Return the indexed factuality table of `pack`."""
    return Lexicon(pack.table("factuality", Factuality))


@dataclass(frozen=True, slots=True)
class Judgement:
    """The status of a clause, its polarity, and why: rule id and the words it rests on."""

    status: Status
    polarity: Polarity
    rule: str
    cue: tuple[int, int] | None = None


# What an attribution's act makes of a content that shows no mark of its own.
_BY_ACT: dict[Act, Status] = {
    "denial": "denied",
    "hope": "hoped",
    "demand": "hoped",
    "plan": "planned",
    "promise": "planned",
    "threat": "planned",
    "prediction": "predicted",
    "fear": "predicted",
    "accusation": "unconfirmed",
    "question": "asked",
    "suggestion": "hedged",
}


class Bench:
    """Judges the clauses of one text."""

    def __init__(self, text: Text, pack: Pack, quoted: list[tuple[int, int]]) -> None:
        self.text = text
        self.tokens = text.tokens or ()
        self.words = lexicon(pack)
        self.pack = pack
        self.nouns = cue_lexicon(pack).nouns
        self._quoted = quoted

    def judge(
        self, clause: Clause, chain: list[Attribution], parent: Clause | None = None
    ) -> Judgement:
        """Return the status of `clause` under its `chain` of attributions, outermost first.

        A description in passing is the writer's own assertion; a clause without a finite verb is as
        sure as the `parent` it continues.
        """
        polarity: Polarity = "-" if self.negated(clause) else "+"
        innermost = chain[-1] if chain else None
        if innermost is not None and innermost.act == "denial":
            return Judgement("denied", "-", "act.denial", _cue(innermost))
        found = (
            self._named(clause)
            or self._marked(clause, innermost)
            or self._under(clause, innermost)
            or self._tensed(clause, innermost)
        )
        if found is None and parent is not None and self._leans(clause, parent):
            above = self.judge(parent, chain)
            return Judgement(above.status, polarity, f"{above.rule}.shared", above.cue)
        if (
            found is not None
            and found[0] == "planned"
            and polarity == "-"
            and found[1].startswith("plan")
        ):
            return Judgement("asserted", "-", f"{found[1]}.negated", found[2])
        if found is None:
            return Judgement("asserted", polarity, "plain")
        status, rule, cue = found
        return Judgement(status, "-" if status == "denied" else polarity, rule, cue)

    def _finite(self, clause: Clause) -> bool:
        return any(self.tokens[i].morph.get("VerbForm") == "Fin" for i in self._group(clause))

    def _leans(self, clause: Clause, parent: Clause) -> bool:
        """Return whether a clause is no surer than its parent: a non-finite one that continues it.

        What describes the subject, or stands in apposition, is taken for granted and is not.
        """
        if not clause.side:
            return not self._finite(clause)
        token = self.tokens[clause.predicate]
        return token.dep != "appos" and token.head > parent.predicate

    def by_act(self, attribution: Attribution) -> Judgement:
        """Return the status of a content without a clause, by what is done with it alone."""
        polarity: Polarity = "-" if attribution.act == "denial" else "+"
        found = self._acted(attribution)
        if found is None:
            return Judgement("asserted", polarity, "plain")
        return Judgement(found[0], polarity, found[1], found[2])

    # -- findings, surest first ------------------------------------------------------------

    def _named(self, clause: Clause) -> _Finding | None:
        """Return what the noun says that governs the clause: "the plan to", "la proposition de"."""
        token = self.tokens[clause.predicate]
        head = self.tokens[token.head]
        if token.dep not in {"acl", "ccomp"} or head.pos != "NOUN" or head.index > token.index:
            return None
        entry = self.nouns.get(head.lemma.lower())
        if entry is None or token.morph.get("VerbForm") not in {"Inf", "Part"}:
            return None
        act = entry.act_of(head.lemma.lower())
        status = "hoped" if act == "suggestion" else _BY_ACT.get(act)
        return (status, f"noun.{act}", (head.start, head.end)) if status else None

    def _marked(self, clause: Clause, innermost: Attribution | None) -> _Finding | None:
        return (
            self._question(clause)
            or self._condition(clause)
            or self._duty(clause, innermost)
            or self._conditional_mood(clause, innermost)
            or self._word(clause)
            or self._triggered(clause)
        )

    def _under(self, clause: Clause, innermost: Attribution | None) -> _Finding | None:
        """Return what the act makes of the clause, unless it only describes what was asked for.

        "a réclamé un audit, qui n’a jamais été publié": the relative clause is told, not demanded.
        """
        token = self.tokens[clause.predicate]
        told = token.dep == "acl:relcl" and innermost is not None and ".object" in innermost.rule
        return None if told else self._acted(innermost)

    def _acted(self, innermost: Attribution | None) -> _Finding | None:
        """Return what is done by saying so: denied, hoped, planned, or told by nobody at all."""
        if innermost is None:
            return None
        status = _BY_ACT.get(innermost.act)
        if innermost.act == "belief" and self._own_belief(innermost):
            status = "hedged"
        if status is not None:
            return status, f"act.{innermost.act}", _cue(innermost)
        if innermost.rule == "quotation.alone" and self._headline(innermost):
            return "unconfirmed", "quotation.no-source", _content(innermost)
        if innermost.rule.startswith("noun.according-to-which") and self._rumour(innermost):
            return "unconfirmed", "rumour", _cue(innermost)
        return None

    def _own_belief(self, attribution: Attribution) -> bool:
        """Return whether the speaker only believes it: "I think", not "I know" nor "they think"."""
        source = " ".join(s.exact for s in attribution.source).lower().replace("’", "'")
        if source not in words(self.pack, "first-person"):
            return False
        cue = attribution.cue[-1]
        lemmas = {t.lemma.lower() for t in self.text.tokens_in(cue.start, cue.end)}
        return bool(lemmas & self.words.classes["belief-weak"])

    def _rumour(self, attribution: Attribution) -> bool:
        cue = attribution.cue[-1]
        nouns = {t.lemma.lower() for t in self.text.tokens_in(cue.start, cue.end)}
        return bool(nouns & self.words.classes["rumour-noun"])

    def _headline(self, attribution: Attribution) -> bool:
        block = self.text.block_at(attribution.content[0].start)
        return block is not None and block.kind == "headline"

    def _question(self, clause: Clause) -> _Finding | None:
        last = self.tokens[clause.words[-1]]
        behind = self.text.string[last.end : last.end + 4].strip(" \u00a0\u202f")
        if behind.startswith("?"):
            return "asked", "question", (last.start, last.end)
        head = self.tokens[clause.predicate]
        for child in self.text.children[clause.predicate]:
            mark = self.tokens[child]
            whether = mark.text.lower() in self.words.classes["whether"] and child < head.index
            if self.tokens[child - 1].text.lower() in self.words.classes["restriction"]:
                continue
            if (
                whether
                and head.dep in {"ccomp", "pcomp", "csubj"}
                and mark.dep in {"mark", "advmod"}
            ):
                return "asked", "whether", (mark.start, mark.end)
        return None

    def _condition(self, clause: Clause) -> _Finding | None:
        """Return conditional for an if-clause and for the clause that depends on one."""
        for index in self.text.children[clause.predicate]:
            token = self.tokens[index]
            if self._opens_condition(token):
                return "conditional", "if", (token.start, token.end)
        for child in self.text.children[clause.predicate]:
            token = self.tokens[child]
            if token.dep in {"advcl", "ccomp", "xcomp"}:
                for under in self.text.children[child]:
                    mark = self.tokens[under]
                    if self._opens_condition(mark):
                        return "conditional", "depends-on-if", (mark.start, mark.end)
        return self._phrase(clause, "if-phrase", "conditional")

    def _opens_condition(self, token: Token) -> bool:
        word = token.text.lower()
        if word not in self.words.classes["if"]:
            return False
        if word == "s'" and not self.tokens[token.index + 1].text.lower().startswith("il"):
            return False
        if self.tokens[token.index - 1].text.lower() in self.words.classes["as"]:
            return False
        question = self.tokens[token.head].dep in {"ccomp", "csubj"}
        restricted = self.tokens[token.index - 1].text.lower() in self.words.classes["restriction"]
        return token.dep == "mark" and (restricted or not question)

    def _phrase(self, clause: Clause, name: str, status: Status) -> _Finding | None:
        start, end = self._extent(clause)
        shown = self.text.view[start : end + _JUST_BEHIND].lower()
        for phrase in self.words.classes[name]:
            at = shown.find(phrase)
            if at >= 0:
                return status, name, (start + at, start + at + len(phrase))
        return None

    def _word(self, clause: Clause) -> _Finding | None:
        """Return what an adverb, adjective or fixed phrase in the clause says."""
        start, end = self._extent(clause)
        own = set(clause.words)
        for entry, pattern in self.words.markers:
            for match in pattern.finditer(self.text.view, start, end):
                if any(t.index in own for t in self.text.tokens_in(match.start(), match.end())):
                    return entry.status, entry.name, match.span()
        return None

    def _triggered(self, clause: Clause) -> _Finding | None:
        """Return what the clause's own verb or modal says: "pourrait", "semble", "plans to"."""
        head = self.tokens[clause.predicate]
        near = [
            head,
            *(self.tokens[c] for c in self.text.children[head.index] if c in set(clause.words)),
        ]
        for token in near:
            entry = self.words.triggers.get(token.lemma.lower())
            governs = token is head or token.dep in {"aux", "aux:tense", "aux:pass", "xcomp"}
            if entry is not None and governs and token.pos in {"VERB", "AUX"}:
                if self._able(token, clause):
                    continue
                return entry.status, entry.name, (token.start, token.end)
        return None

    def _able(self, token: Token, clause: Clause) -> bool:
        """Return whether the modal tells of an ability, present or denied, not of a possibility."""
        if token.lemma.lower() not in self.words.classes["ability"]:
            return False
        present = self.text.language == "fr" and token.morph.get("Tense") == "Pres"
        conditional = token.morph.get("Mood") == "Cnd" or self._formed(token, "Cnd")
        return self.negated(clause) or (present and not conditional)

    def _duty(self, clause: Clause, innermost: Attribution | None) -> _Finding | None:
        """Return what "devoir" means: a demand when spoken, a plan or forecast when told."""
        duty = self.words.classes["duty"]
        group = (self.tokens[i] for i in self._group(clause) if self._lemma(i) in duty)
        verb = next((t for t in group if t.morph.get("VerbForm") == "Fin"), None)
        if verb is None or (innermost is not None and innermost.act == "suggestion"):
            return None
        cue = (verb.start, verb.end)
        block = self.text.block_at(verb.start)
        spoken = innermost is not None or (block is not None and block.kind == "headline")
        if spoken and verb.morph.get("Tense") != "Imp":
            return "hoped", "duty.spoken", cue
        conditional = verb.morph.get("Mood") == "Cnd" or self._formed(verb, "Cnd")
        return ("predicted" if conditional else "planned"), "duty.told", cue

    def _lemma(self, index: int) -> str:
        return self.tokens[index].lemma.lower()

    # -- mood and tense --------------------------------------------------------------------

    def _conditional_mood(self, clause: Clause, innermost: Attribution | None) -> _Finding | None:
        """Return what a French conditional means here: hearsay, future in the past, or a wish."""
        if self.text.language != "fr":
            return None
        verb = self._mood(clause, "Cnd")
        if verb is None:
            return None
        cue = (verb.start, verb.end)
        lemmas = {self.tokens[i].lemma.lower() for i in self._group(clause)}
        if lemmas & self.words.classes["modal-other"]:
            return None
        if self._reports(clause, innermost):
            return self._future(clause, innermost, "future-in-past", cue)
        if self._in_quotes(verb) or self._first_or_second(verb):
            return "conditional", "conditional.mood", cue
        return "unconfirmed", "press-conditional", cue

    def _reports(self, clause: Clause, innermost: Attribution | None) -> bool:
        """Return whether the conditional is the future of a past verb of speech that governs it."""
        if innermost is None or not innermost.cue or innermost.act not in _SAYS:
            return False
        if innermost.rule.startswith(("preposition", "noun.according-to-which")):
            return False
        return innermost.rule.split(".")[1].startswith(("clause", "surface")) and not self._perfect(
            clause
        )

    def _perfect(self, clause: Clause) -> bool:
        head = self.tokens[clause.predicate]
        auxiliaries = [
            self.tokens[c]
            for c in self.text.children[head.index]
            if self.tokens[c].dep.startswith("aux")
        ]
        have = any(a.lemma == "avoir" for a in auxiliaries)
        return have or (bool(auxiliaries) and head.lemma in self.words.classes["perfect-of-motion"])

    def _in_quotes(self, token: Token) -> bool:
        return any(start <= token.start < end for start, end in self._quoted)

    def _first_or_second(self, token: Token) -> bool:
        return token.morph.get("Person") in {"1", "2"} and token.text.lower().endswith(
            ("ais", "ions", "iez")
        )

    def _tensed(self, clause: Clause, innermost: Attribution | None) -> _Finding | None:
        """Return planned or predicted for a future, by who is to do it."""
        verb = self._mood(clause, "Fut") if self.text.language == "fr" else None
        if verb is None:
            verb = self._go_future(clause) or self._will(clause)
        if verb is None:
            return None
        return self._future(clause, innermost, "future", (verb.start, verb.end))

    def _future(
        self, clause: Clause, innermost: Attribution | None, rule: str, cue: tuple[int, int]
    ) -> _Finding:
        """Return planned when an agent is to act on purpose, else predicted."""
        head = self.tokens[clause.predicate]
        passive = any(self.tokens[c].dep == "aux:pass" for c in self.text.children[head.index])
        state = self._state(clause) or head.pos not in {"VERB", "AUX"}
        subject = self.tokens[clause.subject] if clause.subject is not None else None
        agent = subject is not None and (
            subject.pos == "PROPN" or (subject.name or "")[:3] in {"PER", "ORG"}
            or subject.lemma.lower() in {"il", "elle", "he", "she", "we", "they", "i", "qui", "who"}
        )  # fmt: skip
        told = innermost is None and not self._in_quotes(head)
        barred = state or self.negated(clause) or self._restricted(clause)
        if not barred and (told or (agent and not passive)):
            return "planned", f"{rule}.agent", cue
        return "predicted", rule, cue

    def _state(self, clause: Clause) -> bool:
        """Return whether what is to come is not done on purpose: "va céder", "will be flooded"."""
        governed = (
            c for c in self.text.children[clause.predicate] if self.tokens[c].dep == "xcomp"
        )
        lemmas = {self._lemma(clause.predicate), *(self._lemma(c) for c in governed)}
        return bool(lemmas & self.words.classes["state-verb"])

    def _restricted(self, clause: Clause) -> bool:
        """Return whether "ne … que" stands in the clause: not before, not more than."""
        shown = [self.tokens[i].text.lower() for i in clause.words]
        classes = self.words.classes
        clitics = [n for n, word in enumerate(shown) if word in classes["negation-clitic"]]
        return bool(clitics) and any(w in classes["restriction"] for w in shown[clitics[0] :])

    def _mood(self, clause: Clause, mood: str) -> Token | None:
        """Return the token of the verb group that is in the French `mood`, by tag or by form."""
        for index in self._group(clause):
            token = self.tokens[index]
            tagged = token.morph.get("Mood" if mood == "Cnd" else "Tense") == mood
            tagged = tagged and token.text.lower().endswith(_TAILS[mood])
            if tagged or (token.index == clause.predicate and self._formed(token, mood)):
                return token
        return None

    def _formed(self, token: Token, mood: str) -> bool:
        """Return whether the form is in `mood`: parsers tag seven conditionals in ten."""
        word, stem = token.text.lower(), token.lemma.lower().removesuffix("e")
        if token.pos not in {"VERB", "AUX", "NOUN", "ADJ"}:
            return False
        stems = {stem} if stem.endswith("r") else set()
        stems |= self.words.classes["irregular-stem"]
        return any(word == one + ending for one in stems for ending in _ENDINGS[mood])

    def _group(self, clause: Clause) -> list[int]:
        """Return the predicate and its auxiliaries and modals."""
        near = [
            c for c in self.text.children[clause.predicate]
            if self.tokens[c].dep.startswith(("aux", "cop")) or self.tokens[c].dep == "neg"
        ]  # fmt: skip
        return sorted([clause.predicate, *near])

    def _go_future(self, clause: Clause) -> Token | None:
        head = self.tokens[clause.predicate]
        if (
            head.lemma.lower() not in self.words.classes["go-future"]
            or head.morph.get("Tense") == "Past"
        ):
            return None
        return (
            head
            if any(self.tokens[c].dep == "xcomp" for c in self.text.children[head.index])
            else None
        )

    def _will(self, clause: Clause) -> Token | None:
        if self.text.language != "en":
            return None
        for index in self._group(clause):
            if self.tokens[index].text.lower() in {"will", "'ll", "’ll", "would", "wo", "shall"}:
                return self.tokens[index]
        return None

    # -- negation --------------------------------------------------------------------------

    def negated(self, clause: Clause) -> bool:
        """Return whether the predicate is negated; "ne … que" restricts and does not negate."""
        classes = self.words.classes
        own = [self.tokens[i] for i in clause.words if self._bears_on_predicate(i, clause)]
        words = {t.text.lower().replace("’", "'") for t in own}
        if not words & classes["negation"]:
            return False
        return (
            self.text.language != "fr" or bool(words & classes["negation-clitic"]) or "non" in words
        )

    def _bears_on_predicate(self, index: int, clause: Clause) -> bool:
        token = self.tokens[index]
        group = {clause.predicate, *self._group(clause)}
        return (
            token.head in group
            or index in group
            or self.tokens[token.head].head == clause.predicate
        )

    def _extent(self, clause: Clause) -> tuple[int, int]:
        return self.tokens[clause.words[0]].start, self.tokens[clause.words[-1]].end


# Code points behind a clause in which a conjunction may open what it depends on.
_JUST_BEHIND = 12

# Without "ne" these negate an elliptic clause: "mais pas expliquée".
_ELLIPTIC = {"pas"}

_Finding = tuple[Status, str, tuple[int, int] | None]

# Third persons of the two moods; the future stem is the infinitive without its final e.
_TAILS = {
    "Cnd": ("rait", "raient", "rais", "rions", "riez"),
    "Fut": ("ra", "ront", "rai", "ras", "rons", "rez"),
}
_ENDINGS = {"Cnd": ("ait", "aient"), "Fut": ("a", "ont")}


_SAYS = {
    "statement",
    "confirmation",
    "admission",
    "warning",
    "belief",
    "promise",
    "prediction",
    "plan",
    "fear",
    "perception",
}


def _cue(attribution: Attribution) -> tuple[int, int] | None:
    return (attribution.cue[0].start, attribution.cue[-1].end) if attribution.cue else None


def _content(attribution: Attribution) -> tuple[int, int]:
    return attribution.content[0].start, attribution.content[0].end

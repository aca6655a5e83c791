"""Factuality: how sure a clause is, by rules that each name the words they rest on.

Mood, modality, negation and the governing attribution are looked at one by one; the first finding
in the order of `judge` decides the status. The press conditional follows the ordered rule of the
French grammar of hearsay: modal verbs, first persons, conditions, questions and quotations are not
hearsay; rumour nouns, accusations, perfects and source adverbials are; the rest of the main clauses
are, and whatever hangs on a verb of speech is future in the past.
"""

from __future__ import annotations

from dataclasses import dataclass

from ondit.language.lexicon import Pack
from ondit.model import Act, Attribution, Text, Token
from ondit.model.annotations import Polarity, Status
from ondit.reading.clauses import Clause
from ondit.reading.cues import lexicon as cue_lexicon
from ondit.reading.grammar import words
from ondit.reading.modality import Trigger, lexicon
from ondit.reading.verbs import Verbs


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
        self.verbs = Verbs(text, self.words)
        self.pack = pack
        self.nouns = cue_lexicon(pack).nouns
        self.forms = cue_lexicon(pack).forms
        self._quoted = quoted

    def judge(
        self, clause: Clause, chain: list[Attribution], parent: Clause | None = None
    ) -> Judgement:
        """Return the status of `clause` under its `chain` of attributions, outermost first.

        A description in passing is the writer's own assertion; a clause without a finite verb is as
        sure as the `parent` it continues.
        """
        polarity: Polarity = "-" if self.verbs.negated(clause) else "+"
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

    def _leans(self, clause: Clause, parent: Clause) -> bool:
        """Return whether a clause is no surer than its parent: a non-finite one that continues it.

        What describes the subject, or stands in apposition, is taken for granted and is not.
        """
        if not clause.side:
            return not self.verbs.finite(clause)
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
            or self._purpose(clause)
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

    def _purpose(self, clause: Clause) -> _Finding | None:
        """Return hoped for what is to come about: "pour que", "so that"."""
        first = self.tokens[clause.words[0]]
        before = self.text.view[: first.start].rstrip().lower()
        if before.endswith(tuple(self.words.classes["purpose"])):
            return "hoped", "purpose", (first.start, first.end)
        return None

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
            entry = self._trigger(token)
            governs = token is head or token.dep in {"aux", "aux:tense", "aux:pass", "xcomp"}
            if entry is not None and governs and token.pos in {"VERB", "AUX"}:
                if self._able(token, clause):
                    continue
                return entry.status, entry.name, (token.start, token.end)
        return None

    def _trigger(self, token: Token) -> Trigger | None:
        """Return the entry of a verb by its lemma, else by its form: lemmatisers miss some."""
        _, lemma = self.forms.get(token.text.lower(), (None, token.lemma.lower()))
        return self.words.triggers.get(token.lemma.lower()) or self.words.triggers.get(lemma)

    def _able(self, token: Token, clause: Clause) -> bool:
        """Return whether the modal tells of an ability, present or denied, not of a possibility."""
        if token.lemma.lower() not in self.words.classes["ability"]:
            return False
        if self.verbs.is_conditional(token):
            return False
        moods = bool(self.words.classes["conditional-ending"])
        present = moods and token.morph.get("Tense") == "Pres"
        return present or self.verbs.negated(clause)

    def _duty(self, clause: Clause, innermost: Attribution | None) -> _Finding | None:
        """Return what "devoir" means: a demand when spoken, a plan or forecast when told."""
        duty = self.words.classes["duty"]
        group = (self.tokens[i] for i in self.verbs.group(clause) if self.verbs.lemma(i) in duty)
        verb = next((t for t in group if t.morph.get("VerbForm") == "Fin"), None)
        if verb is None or (innermost is not None and innermost.act == "suggestion"):
            return None
        cue = (verb.start, verb.end)
        block = self.text.block_at(verb.start)
        spoken = innermost is not None or (block is not None and block.kind == "headline")
        if spoken and verb.morph.get("Tense") != "Imp":
            return "hoped", "duty.spoken", cue
        conditional = self.verbs.is_conditional(verb)
        return ("predicted" if conditional else "planned"), "duty.told", cue

    # -- mood and tense --------------------------------------------------------------------

    def _conditional_mood(self, clause: Clause, innermost: Attribution | None) -> _Finding | None:
        """Return what a French conditional means here: hearsay, future in the past, or a wish."""
        verb = self.verbs.conditional(clause)
        if verb is None:
            return None
        cue = (verb.start, verb.end)
        lemmas = {self.verbs.lemma(i) for i in self.verbs.group(clause)}
        if lemmas & self.words.classes["modal-other"]:
            return None
        if self._reports(clause, innermost):
            return self._coming(clause, innermost, "future-in-past", cue)
        if self._in_quotes(verb) or self.verbs.first_or_second(verb):
            return "conditional", "conditional.mood", cue
        return "unconfirmed", "press-conditional", cue

    def _reports(self, clause: Clause, innermost: Attribution | None) -> bool:
        """Return whether the conditional is the future of a past verb of speech that governs it."""
        if innermost is None or not innermost.cue or innermost.act not in _SAYS:
            return False
        governed = innermost.rule.startswith(("verb.clause", "verb.surface", "adjective.clause"))
        return governed and not self.verbs.perfect(clause)

    def _in_quotes(self, token: Token) -> bool:
        return any(start <= token.start < end for start, end in self._quoted)

    def _tensed(self, clause: Clause, innermost: Attribution | None) -> _Finding | None:
        """Return planned or predicted for a future, by who is to do it."""
        verb = self.verbs.future(clause)
        if verb is None:
            return None
        return self._coming(clause, innermost, "future", (verb.start, verb.end))

    def _coming(
        self, clause: Clause, innermost: Attribution | None, rule: str, cue: tuple[int, int]
    ) -> _Finding:
        """Return planned when it is told as fact or an agent is to act, else predicted."""
        told = innermost is None and not self._in_quotes(self.tokens[clause.predicate])
        acts = self._by_agent(clause) and not self.verbs.passive(clause)
        verbs = self.verbs
        barred = verbs.state(clause) or verbs.negated(clause) or verbs.restricted(clause)
        if not barred and (told or acts):
            return "planned", f"{rule}.agent", cue
        return "predicted", rule, cue

    def _by_agent(self, clause: Clause) -> bool:
        """Return whether the subject is a name or a pronoun for persons."""
        if clause.subject is None:
            return False
        subject = self.tokens[clause.subject]
        named = subject.pos == "PROPN" or (subject.name or "")[:3] in {"PER", "ORG"}
        return named or self.verbs.lemma(subject.index) in self.words.classes["agent-pronoun"]

    def _extent(self, clause: Clause) -> tuple[int, int]:
        return self.tokens[clause.words[0]].start, self.tokens[clause.words[-1]].end


# Code points behind a clause in which a conjunction may open what it depends on.
_JUST_BEHIND = 12

_Finding = tuple[Status, str, tuple[int, int] | None]

# Acts whose that-clause may stand in the future of the past.
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

"""Factuality: how sure a clause is, by rules that each name the words they rest on.

What governs the clause, its own mood, words and modal, what is done by saying it, and its tense
are looked at one by one; the first finding in the order of `_findings` gives the status, and
`_SHOWN` what follows from a status for the other fields.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import takewhile

from ondit.language.lexicon import Pack
from ondit.model import Attribution, Span, Text, Token
from ondit.model.annotations import Basis, Certainty, Polarity, Stance, Status
from ondit.reading.clauses import Clause
from ondit.reading.conditional import Conditionals
from ondit.reading.cues import lexicon as cue_lexicon
from ondit.reading.governors import Governors
from ondit.reading.grammar import words
from ondit.reading.modality import BY_ACT, Finding, Marker, lexicon
from ondit.reading.morphology import moods
from ondit.reading.verbs import Verbs


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader needs to weigh a clause, and why: rule ids and the words they rest on."""

    status: Status
    polarity: Polarity
    rule: str
    cue: tuple[int, int] | None = None
    certainty: Certainty = "certain"
    stance: Stance = "asserts"
    basis: Basis | None = None
    negation: tuple[int, int] | None = None


# What a status says of the other fields: how sure the source is, and the writer when not None.
_SHOWN: dict[Status, tuple[Certainty, Stance | None]] = {
    "asserted": ("certain", None),
    "unconfirmed": ("unknown", "distances"),
    "hedged": ("possible", None),
    "denied": ("certain", None),
    "planned": ("certain", None),
    "predicted": ("certain", None),
    "conditional": ("certain", None),
    "hoped": ("certain", None),
    "asked": ("unknown", None),
}


class Bench:
    """Judges the clauses of one text."""

    def __init__(
        self,
        text: Text,
        pack: Pack,
        quoted: list[tuple[int, int]],
        agents: Collection[int] = frozenset(),
    ) -> None:
        """Prepare the rules for `text`.

        Args:
            text: a text with a token table.
            pack: the pack of its language.
            quoted: the stretches that are somebody's words.
            agents: where the mentions of people and organisations end, as code points.
        """
        self.text = text
        self.tokens = text.tokens or ()
        self.words = lexicon(pack)
        self.pack = pack
        self.cues = cue_lexicon(pack)
        self.verbs = Verbs(text, self.words, moods(pack))
        self.governors = Governors(text, pack, self.words, self.verbs)
        self.conditionals = Conditionals(text, self.words, self.verbs, quoted)
        self._agents = agents
        self._quoted = quoted
        self._marked: dict[int, Finding | None] = {}

    def judge(
        self, clause: Clause, chain: list[Attribution], parent: Clause | None = None
    ) -> Judgement:
        """Return the status of `clause` under its `chain` of attributions, outermost first.

        A description in passing is the writer's own assertion; a clause without a finite verb is as
        sure as the `parent` it continues.
        """
        negation = self.verbs.negated(clause)
        found = self._first(clause, chain)
        if found is None and parent is not None and self._leans(clause, parent):
            above = self._first(parent, chain)
            if above is not None and not self._beside(clause, parent, above):
                found = above._replace(rule=f"{above.rule}.shared")
        if found is not None and negation and _withdrawn(found):
            found = Finding("asserted", f"{found.rule}.negated", found.cue)
        return judgement_of(found, chain, negation)

    def judge_report(self, clause: Clause, chain: list[Attribution]) -> Judgement:
        """Return the status of a reporting clause that is itself said: its verb hedges another."""
        rules = (self._denied, self._question, self._governed, self._condition,
                 self._conditional, self._hedge, self._act, self._suggests,
                 self._future)  # fmt: skip
        found = next((f for f in (rule(clause, chain) for rule in rules) if f is not None), None)
        return judgement_of(found, chain, self.verbs.negated(clause))

    def _suggests(self, clause: Clause, _chain: list[Attribution]) -> Finding | None:
        """Return hedged for "our figures suggest that": who says so is as unsure of the rest."""
        return self.governors.suggested(self.tokens[clause.predicate])

    def by_act(self, chain: list[Attribution]) -> Judgement:
        """Return the status of a content without a clause, by what is done with it alone."""
        found = self._wondered(chain) or self._acted(chain) or self._thought(chain)
        found = found or self._begins(chain) or self._passive(chain)
        return judgement_of(found, chain, self._declined(chain))

    def _declined(self, chain: list[Attribution]) -> Token | None:
        """Return the verb that says it is not done: "refused to sign"."""
        cue = chain[-1].cue[-1] if chain and chain[-1].cue else None
        named = self.text.tokens_in(cue.start, cue.end) if cue else ()
        verbs = self.words.classes["declining"]
        return next((t for t in named if self.governors.lemma(t) in verbs), None)

    def _passive(self, chain: list[Attribution]) -> Finding | None:
        """Return what cue and content say together: "is said | to have fled"."""
        held = self._held(chain[-1])[:1] if chain and chain[-1].cue else ()
        if not held or chain[-1].act != "statement":
            return None
        start, end = chain[-1].cue[0].start, held[0].end
        for entry, pattern in self.words.markers:
            match = pattern.search(self.text.view, start, end)
            if match is not None and match.end() == end:
                return Finding(entry.status, entry.name, match.span(), entry.certainty)
        return None

    def _begins(self, chain: list[Attribution]) -> Finding | None:
        """Return what the infinitive says that the content begins with: "dit craindre une crue"."""
        held = self._held(chain[-1])[:2] if chain else ()
        first = next((t for t in held if t.morph.get("VerbForm") == "Inf"), None)
        entry = self.words.triggers.get(self.governors.lemma(first)) if first else None
        if first is None or entry is None or entry.needs or self.verbs.negates(first):
            return None
        return Finding(entry.status, entry.name, (first.start, first.end))

    def _wondered(self, chain: list[Attribution]) -> Finding | None:
        """Return asked for what a word of questions opens: "does not know how to repair it"."""
        held = self._held(chain[-1]) if chain else ()
        cue = (
            [t for c in chain[-1].cue for t in self.text.tokens_in(c.start, c.end)] if held else []
        )
        unknown = next((t for t in cue if self.governors.unknown(t)), None)
        if unknown is None or not self.governors.asks(held[0]):
            return None
        return Finding("asked", "unknown.what", (unknown.start, unknown.end))

    def _first(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        found = (rule(clause, chain) for rule in self._findings(clause))
        return next((f for f in found if f is not None), None)

    def _findings(self, clause: Clause) -> tuple[_Rule, ...]:
        """Return the rules in the order in which they are asked."""
        if clause.side and not self.verbs.finite(clause):
            return (self._denied, self._governed, self._word, self._act, self._future, self._set)
        return (
            self._denied,
            self._nominal,
            self._governed,
            self._question,
            self._order,
            self._condition,
            self._duty,
            self._hedge,
            self._conditional,
            self._word,
            self._trigger,
            self._act,
            self._future,
            self._futurate,
            self._believed,
        )

    def _leans(self, clause: Clause, parent: Clause) -> bool:
        """Return whether a clause is no surer than its parent: it continues it without a mood.

        What describes the subject, or stands in apposition, is taken for granted and is not.
        """
        token = self.tokens[clause.predicate]
        if not clause.side:
            completes = token.dep in {"ccomp", "csubj"} and token.index > parent.predicate
            subjunctive = token.morph.get("Mood") == "Sub" and completes
            return subjunctive or not self.verbs.finite(clause)
        return token.dep != "appos" and token.head > parent.predicate

    def _beside(self, clause: Clause, parent: Clause, found: Finding) -> bool:
        """Return whether the parent's verb says it of what completes it: not of its conjunct."""
        own, verb = self.tokens[clause.predicate], self.tokens[parent.predicate]
        joined = own.dep == "conj" and own.head == verb.index
        return joined and found.cue == (verb.start, verb.end)

    # -- what governs the clause -----------------------------------------------------------

    def _denied(self, _clause: Clause, chain: list[Attribution]) -> Finding | None:
        """Return denied under a denial, also of what others accuse of."""
        for attribution in chain[-2:]:
            own = attribution is chain[-1] or chain[-1].act == "accusation"
            withheld = self._negated_cue(attribution) or self._refusal(attribution)
            if attribution.act == "denial" and own and not withheld:
                return Finding("denied", "act.denial", _cue(attribution))
        return None

    def _nominal(self, clause: Clause, _chain: list[Attribution]) -> Finding | None:
        return self.governors.nominal(clause)

    def _governed(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        return self.governors.governed(clause, chain)

    def named(self, mark: Span) -> bool:
        """Return whether the words in `mark` are what somebody or something is called."""
        inside = self.text.tokens_in(mark.start, mark.end)
        before = self.tokens[inside[0].index - 1 : inside[0].index] if inside else ()
        for token in (*inside, *(t for t in before if t.text == ":")):
            head = self.tokens[token.head]
            above = (head, self.tokens[head.head])
            if _lemmas_of(above) & self.words.classes["naming"]:
                return True
        return False

    def only_tells(self, clause: Clause) -> bool:
        """Return whether the clause is but a verb of speech beside a quotation: "he told us"."""
        entry = self.cues.verbs.get(self.governors.lemma(self.tokens[clause.predicate]))
        tells = entry is not None and entry.parenthetical and self.verbs.finite(clause)
        if not tells or len(clause.words) > _FEW:
            return False
        start, end = self._extent(clause)
        around = self.text.view[max(0, start - 4) : start] + self.text.view[end : end + 4]
        return any(c in _MARKS for c in around)

    def uncommitted(self, attribution: Attribution) -> Token | None:
        """Return the word by which nobody binds himself: "n’a pas décidé de", "never promised"."""
        if attribution.act not in _BINDING:
            return None
        tokens = [t for c in attribution.cue for t in self.text.tokens_in(c.start, c.end)]
        negations = self.words.classes["negation"]
        return next((t for t in tokens if t.text.lower() in negations), None)

    def _negated_cue(self, attribution: Attribution) -> bool:
        """Return whether the denial is itself denied: "n’a pas nié que"."""
        tokens = [t for c in attribution.cue for t in self.text.tokens_in(c.start, c.end)]
        return any(t.text.lower() in self.words.classes["negation"] for t in tokens)

    def _refusal(self, attribution: Attribution) -> bool:
        """Return whether it is a request that is denied, or entry, and nothing contradicted."""
        if not attribution.cue:
            return False
        cue = self.text.tokens_in(attribution.cue[-1].start, attribution.cue[-1].end)
        behind = self.tokens[cue[-1].index + 1 :][:_NEAR] if cue else ()
        named = takewhile(lambda t: t.pos in _NAMES, behind)
        return any(t.lemma.lower() in self.words.classes["request"] for t in named)

    # -- what the clause shows itself ------------------------------------------------------

    def _question(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        head = self.tokens[clause.predicate]
        last = self.tokens[clause.words[-1]]
        sentence = self.text.sentence_at(head.start) or (head.start, last.end)
        whole = head.dep == "root" and self.governors.interrogative(clause)
        end = sentence[1] if whole else last.end + _JUST_BEHIND // 3
        shown = self.text.string[last.end : end].rstrip(_CLOSING)
        if shown.endswith("?") or shown.lstrip(_CLOSING).startswith("?"):
            return Finding("asked", "question", (last.start, last.end))
        if chain and chain[-1].act in {"question", "demand"}:
            first = self.tokens[clause.words[0]]
            if self.governors.interrogative(clause) and self._opens_content(first, chain[-1]):
                return Finding("asked", "asked.what", (first.start, first.end))
        for child in self.text.children[clause.predicate]:
            mark = self.tokens[child]
            restricted = self.tokens[child - 1].text.lower() in self.words.classes["restriction"]
            whether = mark.text.lower() in self.words.classes["whether"] and child < head.index
            if whether and not restricted and self._asks(head, mark):
                return Finding("asked", "whether", (mark.start, mark.end))
        return None

    def _opens_content(self, first: Token, attribution: Attribution) -> bool:
        """Return whether the clause stands at the beginning of what is attributed."""
        content = attribution.content[0]
        return any(
            t.index + 2 >= first.index for t in self.text.tokens_in(content.start, content.end)[:1]
        )

    def _order(self, clause: Clause, _chain: list[Attribution]) -> Finding | None:
        """Return hoped for an imperative: a bare verb that opens its clause and has no subject."""
        head = self.tokens[clause.predicate]
        bare = head.morph.get("Mood") == "Imp" or (
            not self.words.classes["negation-clitic"]
            and head.morph.get("VerbForm") == "Inf"
            and len(self.verbs.group(clause)) == 1
        )
        opens = clause.words[0] == head.index and head.dep == "root"
        if not bare or not opens or clause.subject is not None or len(clause.words) == 1:
            return None
        return Finding("hoped", "imperative", (head.start, head.end))

    def _asks(self, head: Token, mark: Token) -> bool:
        complement = head.dep in {"ccomp", "pcomp", "csubj"} or mark.text.lower() == "whether"
        return complement and mark.dep in {"mark", "advmod"}

    def _condition(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        """Return conditional for an if-clause and for the clause that depends on one."""
        for index in self.text.children[clause.predicate]:
            token = self.tokens[index]
            if self._opens_condition(token):
                asked = chain and chain[-1].act == "question" and self._goes_on(token)
                status: Status = "asked" if asked else "conditional"
                return Finding(status, "if", (token.start, token.end))
        for child in self.text.children[clause.predicate]:
            token = self.tokens[child]
            if token.dep in {"advcl", "ccomp", "xcomp"}:
                for under in self.text.children[child]:
                    mark = self.tokens[under]
                    if self._opens_condition(mark):
                        return Finding("conditional", "depends-on-if", (mark.start, mark.end))
        for child in self.text.children[clause.predicate]:
            if self.tokens[child].dep == "advcl" and child < clause.predicate:
                first = self.tokens[min(self.text.subtree(child))]
                fore = self.words.if_phrase.search(self.text.view, first.start, first.end + _AHEAD)
                if fore is not None and fore.start() == first.start:
                    return Finding("conditional", "depends-on-if-phrase", fore.span())
        start, end = self._extent(clause)
        phrase = self.words.if_phrase.search(self.text.view, start, end + _JUST_BEHIND)
        return Finding("conditional", "if-phrase", phrase.span()) if phrase else None

    def _goes_on(self, mark: Token) -> bool:
        """Return whether a conjunction stands before: "asked if …, and if …"."""
        return mark.index > 0 and self.tokens[mark.index - 1].pos == "CCONJ"

    def _opens_condition(self, token: Token) -> bool:
        word = token.text.lower()
        if word not in self.words.classes["if"]:
            return False
        if word == "s'" and not self.tokens[token.index + 1].text.lower().startswith("il"):
            return False
        if self.tokens[token.index - 1].text.lower() in self.words.classes["as"]:
            return False
        if self._explained(token):
            return False
        opened = self.tokens[token.head]
        question = opened.dep in {"ccomp", "csubj"} and not self._complete(opened.head)
        restricted = self.tokens[token.index - 1].text.lower() in self.words.classes["restriction"]
        marks = token.dep == "mark" or word == "s'"
        return marks and (restricted or not question)

    def _explained(self, mark: Token) -> bool:
        """Return whether the main clause says why: "s'il a coulé, c'est qu'il était vieux"."""
        held = self.text.sentence_at(mark.start)
        end = held[1] if held else mark.end
        return bool(self.words.explains.search(self.text.view, mark.end, end))

    def _complete(self, index: int) -> bool:
        """Return whether a verb that is none of speech has its object: it takes no question."""
        verb = self.tokens[index]
        spoken = self.governors.lemma(verb) in self.cues.verbs
        return not spoken and any(self.tokens[c].dep == "obj" for c in self.text.children[index])

    def _hedge(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        """Return a hedge that outranks the mood and what it governs: "semble prêt à partir"."""
        found = (rule(clause, chain) for rule in (self._word, self._trigger))
        return next((f for f in found if f is not None and f.status == "hedged"), None)

    def _word(self, clause: Clause, _chain: list[Attribution]) -> Finding | None:
        """Return what an adverb, adjective or fixed phrase in the clause says; asked for twice."""
        if clause.predicate not in self._marked:
            self._marked[clause.predicate] = self._marker(clause)
        return self._marked[clause.predicate]

    def _marker(self, clause: Clause) -> Finding | None:
        own = {*clause.words, *self._opening(clause)}
        start, end = self._opened_at(clause, min(own)), self._extent(clause)[1]
        for entry, pattern in self.words.markers:
            for match in pattern.finditer(self.text.view, start, end):
                first, *rest = self.text.tokens_in(match.start(), match.end())
                inside = not own.isdisjoint(t.index for t in (first, *rest))
                inside = inside and not (self._cited(first, clause) or self._under(first, clause))
                if inside and self._holds(entry, first, alone=not rest):
                    return Finding(entry.status, entry.name, match.span(), entry.certainty)
        return None

    def _cited(self, token: Token, clause: Clause) -> bool:
        """Return whether the token is in a quotation within the clause, behind its predicate."""
        head = self.tokens[clause.predicate]
        return any(head.end <= start <= token.start < end for start, end in self._quoted)

    def _under(self, token: Token, clause: Clause) -> bool:
        """Return whether the token is a verb that completes the predicate: "inspired to push"."""
        head = self.tokens[clause.predicate]
        helps = head.pos == "AUX" or head.lemma.lower() in (
            self.words.classes["modal-other"] | self.words.classes["go-future"]
        )
        completes = token.dep in {"xcomp", "ccomp", "advcl"} and token.head == head.index
        return token.pos == "VERB" and completes and not helps

    def _opened_at(self, clause: Clause, first: int) -> int:
        """Return where to look from: at the verb that the clause follows, as in "looks as if"."""
        start = first
        for _ in range(_FORE):
            above = self.tokens[self.tokens[start if start != first else clause.predicate].head]
            start = above.index if above.index == start - 1 else start
        return self.tokens[start].start

    def _opening(self, clause: Clause) -> tuple[int, ...]:
        """Return what opens the clause and is no part of the claim: "pour que"."""
        first = clause.words[0]
        marks = [c for c in self.text.children[clause.predicate] if c < first]
        return tuple(c for c in marks if first - c <= 3 and self.tokens[c].dep == "mark")

    def _holds(self, entry: Marker, first: Token, *, alone: bool) -> bool:
        """Return whether what stands before and around a marker lets it count.

        An adverb that stands `alone` before an adjective in passing is as sure as that.
        """
        before = self.tokens[first.index - 1].text.lower() if first.index else ""
        above = self.tokens[first.head]
        if alone and first.pos == "ADV" and above.pos == "ADJ" and above.dep == "amod":
            return False
        return before not in entry.not_after and (
            entry.spoken or not self.conditionals.quoted(first)
        )

    def _trigger(self, clause: Clause, _chain: list[Attribution]) -> Finding | None:
        """Return what the clause's own verb or modal says: "pourrait", "semble", "plans to"."""
        head = self.tokens[clause.predicate]
        near = (self.tokens[c] for c in self.text.children[head.index] if c in set(clause.words))
        governs = [t for t in near if t.dep in {"aux", "aux:tense", "aux:pass", "xcomp"}]
        for token in (head, *governs):
            entry = self.words.triggers.get(self.governors.lemma(token))
            if entry is None or token.pos not in {"VERB", "AUX"} or self._able(token, clause):
                continue
            if entry.needs and not self._has(token, entry.needs):
                continue
            if entry.status == "denied" and self._refuses(token):
                continue
            if entry.status == "hoped" and self._needed_later(token):
                continue
            if entry.status == "planned" and self._happened(token):
                continue
            if entry.name == "modal.duty" and self.verbs.perfect(clause):
                return Finding("hedged", "modal.past", (token.start, token.end))
            return Finding(entry.status, entry.name, (token.start, token.end))
        return None

    def _refuses(self, verb: Token) -> bool:
        """Return whether the verb withholds something: "denied her request", "was denied entry"."""
        near = [self.tokens[c] for c in self.text.children[verb.index]]
        asked = self.words.classes["request"]
        return any(t.dep.startswith("obj") and t.lemma.lower() in asked for t in near)

    def _happened(self, verb: Token) -> bool:
        """Return whether its object is no plan: "announced the death of", "announced a loss"."""
        near = (self.tokens[c] for c in self.text.children[verb.index])
        done = self.words.classes["happened"]
        return any(t.dep.startswith("obj") and t.lemma.lower() in done for t in near)

    def _set(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        """Return what a participle in passing says of a thing to come: "prévue le 15 mai"."""
        if self.tokens[clause.predicate].morph.get("Tense") != "Past":
            return None  # "voters planning to vote" tells what they plan
        found = self._trigger(clause, chain)
        return found if found is not None and found.status in {"planned", "predicted"} else None

    def _has(self, token: Token, relations: tuple[str, ...]) -> bool:
        """Return whether something other than a pronoun hangs on `token` by one of `relations`."""
        below = (self.tokens[c] for c in self.text.children[token.index])
        return any(t.dep in relations and t.pos != "PRON" for t in below)

    def _able(self, token: Token, clause: Clause) -> bool:
        """Return whether the modal tells of an ability, present or denied, not of a possibility."""
        if token.lemma.lower() not in self.words.classes["ability"]:
            return False
        if self.verbs.conditional(clause) is not None:
            return False
        realised = token.morph.get("Tense") == "Pres" or token.morph.get("VerbForm") == "Part"
        return self.verbs.negated(clause) is not None or (self.text.language == "fr" and realised)

    def _duty(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        """Return what "devoir" means: a demand when spoken, a plan or forecast when told."""
        group = self.verbs.group(clause)
        duty = self.words.classes["duty"]
        verb = next((t for t in group if t.lemma.lower() in duty), None)
        if verb is None or (chain and chain[-1].act == "suggestion") or self._usual(verb, chain):
            return None
        cue = (verb.start, verb.end)
        if verb.morph.get("VerbForm") == "Part":
            return self._had_to(clause, cue)
        block = self.text.block_at(verb.start)
        headline = block is not None and block.kind == "headline"
        spoken = headline or self.conditionals.quoted(verb)
        if verb.morph.get("Tense") == "Imp":
            return Finding("planned", "duty.past", cue)
        if spoken:
            return Finding("hoped", "duty.spoken", cue)
        if self.verbs.conditional(clause) is not None:
            found = self._to_come(clause, chain, "duty.told", cue)
            arranged = found.rule.endswith(".arranged")
            return Finding("predicted", "duty.told", cue) if arranged else found
        return Finding("hoped" if chain else "planned", "duty.told", cue)

    def _had_to(self, clause: Clause, cue: tuple[int, int]) -> Finding | None:
        """Return what a past duty says: "aurait dû partir", "a dû être malade"."""
        if self.verbs.conditional(clause) is not None:
            return Finding("hedged", "duty.counterfactual", cue)
        inferred = any(t.dep == "cop" for t in self.verbs.group(clause))
        return Finding("hedged", "duty.inferred", cue, "probable") if inferred else None

    def _usual(self, verb: Token, chain: list[Attribution]) -> bool:
        """Return whether the duty is a fact: what a law lays down, or what often has to be done."""
        laid = bool(chain) and bool(self._lemmas(chain[-1]) & self.words.classes["lays-down"])
        return laid or self._often(verb)

    def _often(self, verb: Token) -> bool:
        """Return whether it is said how often: of what happens, not of what is only imagined."""
        near = (self.tokens[c] for c in self.text.children[verb.index])
        return any(t.text.lower() in self.words.classes["habitual"] for t in near)

    def _needed_later(self, verb: Token) -> bool:
        """Return whether a need is told of the future: a forecast, unless somebody says it."""
        above = self.tokens[verb.head]
        going = above.lemma.lower() in self.words.classes["go-future"]
        later = (going or self.verbs.is_future(verb)) and not self.conditionals.quoted(verb)
        return later and verb.lemma.lower() in self.words.classes["need"]

    # -- what is done by saying it ---------------------------------------------------------

    def _act(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        """Return what the act makes of the clause, unless it only describes what was asked for.

        "a réclamé un audit, qui n’a jamais été publié": the relative clause is told, not demanded.
        """
        found = self._acted(chain)
        if found is None or not self.verbs.finite(clause):
            return found
        wished = BY_ACT.get(chain[-1].act) in _WISHED
        told = (wished and self._relative(clause)) or (
            self._given(clause) and not self._denied(clause, chain)
        )
        return None if told or self._insisted(clause, chain[-1]) else found

    def _relative(self, clause: Clause) -> bool:
        dep = self.tokens[clause.predicate].dep
        return dep == "acl:relcl" or self.governors.relative(clause)

    def _insisted(self, clause: Clause, attribution: Attribution) -> bool:
        """Return whether it is said, not asked for: "insisted that he had left", not "he leave"."""
        insists = self._lemmas(attribution) & self.words.classes["insisting"]
        return bool(insists) and self.governors.told(clause)

    def _given(self, clause: Clause) -> bool:
        """Return whether a conjunction opens the clause that takes it for granted: "because"."""
        first = self.tokens[clause.words[0]]
        before = self.tokens[max(0, first.index - 3)].start
        shown = self.text.view[before : self._extent(clause)[1]]
        opened = len(shown[: first.start - before].rstrip())
        found = self.words.given.finditer(shown)
        return any(m.end() == opened or m.start() == first.start - before for m in found)

    def _acted(self, chain: list[Attribution]) -> Finding | None:
        """Return what is done by saying so: denied, hoped, planned, or told by nobody at all."""
        if not chain:
            return None
        innermost = chain[-1]
        if any(self.conditionals.cued(a) for a in chain):
            return Finding("unconfirmed", "cue.conditional", _cue(innermost))
        known = self._triggered(innermost)
        if known is not None and (innermost.act, known.status) in _SOFTER:
            return known._replace(cue=_cue(innermost))
        return self._by_act(innermost) or self._unvouched(chain)

    def _by_act(self, innermost: Attribution) -> Finding | None:
        """Return what the act alone makes of the content."""
        status, rule = BY_ACT.get(innermost.act), f"act.{innermost.act}"
        denied = innermost.act == "denial" and (
            self._negated_cue(innermost) or self._refusal(innermost)
        )
        declined = innermost.act == "plan" and self._declined([innermost]) is not None
        if status is None or denied or declined or self._gives_name(innermost):
            return None
        if status == "asked" and self._asks_to(innermost):
            status, rule = "hoped", "act.demand"
        return Finding(status, rule, _cue(innermost))

    def _asks_to(self, attribution: Attribution) -> bool:
        """Return whether it is asked that somebody do it: "asked the crew to wait"."""
        held = self._held(attribution)
        finite = any(t.morph.get("VerbForm") == "Fin" for t in held)
        before = self.tokens[held[0].index - 1 : held[0].index + 1] if held else ()
        begged = any(t.text.lower() in self.words.classes["begging"] for t in before)
        done = begged or any(self.governors.marked(t) for t in held)
        return done and not finite and not any(map(self.governors.asks, held))

    def _unvouched(self, chain: list[Attribution]) -> Finding | None:
        """Return unconfirmed for a headline's quotation that nobody owns, and for rumours."""
        innermost = chain[-1]
        if any(a.rule == "quotation.alone" and self._headline(a) for a in chain):
            return Finding("unconfirmed", "quotation.no-source", _content(chain[0]))
        if ".according-to-which" in innermost.rule and self._rumour(innermost):
            return Finding("unconfirmed", "rumour", _cue(innermost))
        return None

    def _triggered(self, attribution: Attribution) -> Finding | None:
        """Return what a cue that the pack knows as no verb of speech makes of its content."""
        near = (t for c in attribution.cue for t in self.text.tokens_in(c.start, c.end))
        found = (self.words.triggers.get(t.lemma.lower()) for t in near if t.pos == "VERB")
        told = any(t.morph.get("VerbForm") == "Fin" for t in self._held(attribution))
        known = (e for e in found if e is not None and not (e.needs and told))
        return next((Finding(e.status, e.name, None) for e in known), None)

    def _held(self, attribution: Attribution) -> tuple[Token, ...]:
        """Return the tokens of the content."""
        pieces = (self.text.tokens_in(c.start, c.end) for c in attribution.content)
        return tuple(token for piece in pieces for token in piece)

    def _believed(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        """Return hedged for what the speaker only believes; a future that is believed stays one.

        A relative clause tells what there is, and so does a reason: "I think the ferry, which is
        old, is lost because the sea is high".
        """
        found = self._thought(chain) or self.governors.thought(clause)
        if found is None or not self.verbs.finite(clause):
            return found
        return None if self._relative(clause) or self._given(clause) else found

    def _thought(self, chain: list[Attribution]) -> Finding | None:
        """Return hedged where the innermost voice says "I think"."""
        if chain and chain[-1].act == "belief" and self._own_belief(chain[-1]):
            return Finding("hedged", "act.belief", _cue(chain[-1]))
        return None

    def _own_belief(self, attribution: Attribution) -> bool:
        """Return whether the speaker only believes it: "I think", not "I know" nor "they think"."""
        source = " ".join(s.exact for s in attribution.source).lower().replace("’", "'")
        if source not in words(self.pack, "first-person"):
            return False
        return bool(self._lemmas(attribution) & self.words.classes["belief-weak"])

    def _gives_name(self, attribution: Attribution) -> bool:
        """Return whether a verb that may demand or name does the latter: "called it a scandal"."""
        if (
            attribution.act != "demand"
            or not self._lemmas(attribution) & self.words.classes["naming"]
        ):
            return False
        content = attribution.content[0]
        inside = self.text.tokens_in(content.start, content.end)
        before = self.tokens[inside[0].index - 1 : inside[0].index] if inside else ()
        asks = self.words.classes["asking"] | self.words.classes["infinitive-mark"]
        return not any(t.text.lower() in asks for t in (*before, *inside[:1]))

    def _rumour(self, attribution: Attribution) -> bool:
        return bool(self._lemmas(attribution) & self.words.classes["rumour-noun"])

    def _lemmas(self, attribution: Attribution) -> set[str]:
        """Return the lemmas of the cue, by whose last piece it is known."""
        if not attribution.cue:
            return set()
        cue = attribution.cue[-1]
        return _lemmas_of(self.text.tokens_in(cue.start, cue.end))

    def _headline(self, attribution: Attribution) -> bool:
        block = self.text.block_at(attribution.content[0].start)
        return block is not None and block.kind == "headline"

    # -- mood and tense --------------------------------------------------------------------

    def _conditional(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        """Return what a French conditional means here: hearsay, future in the past, condition."""
        read = self.conditionals.read(clause, chain)
        if read is None:
            return None
        cue = (read.verb.start, read.verb.end)
        if read.sense == "future":
            return self._to_come(clause, chain, read.rule, cue)
        return Finding(_SENSES[read.sense], read.rule, cue)

    def _future(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        """Return planned or predicted for a future, by who is to do it."""
        verb = self.verbs.future(clause) or self._headline_to(clause)
        if verb is None:
            return None
        if verb.text.lower() in self.words.classes["hypothetical"]:
            if self._often(self.tokens[clause.predicate]):
                return None
            if self.conditionals.without(clause):
                return Finding("conditional", "hypothetical.without", (verb.start, verb.end))
            if self.verbs.perfect(clause):
                return Finding("hedged", "counterfactual", (verb.start, verb.end))
            if self._spoken(verb, chain):
                return Finding("conditional", "hypothetical.spoken", (verb.start, verb.end))
        return self._to_come(clause, chain, "future", (verb.start, verb.end))

    def _headline_to(self, clause: Clause) -> Token | None:
        """Return the "to" of a headline that has no other verb: "Council to close quay"."""
        head = self.tokens[clause.predicate]
        if head.dep != "root" or clause.subject is None or self.verbs.finite(clause):
            return None
        before = self.tokens[clause.subject + 1 : clause.predicate][:1]
        return next(
            (t for t in before if t.text.lower() in self.words.classes["headline-to"]), None
        )

    def _spoken(self, verb: Token, chain: list[Attribution]) -> bool:
        """Return whether the verb is quoted, and no inner voice told of it in the past."""
        return self.conditionals.quoted(verb) and len(chain) < 2

    def _futurate(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        """Return planned for a present that a time word sets ahead: "le bac part demain"."""
        if not self.verbs.present(clause):
            return None
        ahead = self.words.future_time.search(self.text.view, *self._extent(clause))
        return self._to_come(clause, chain, "present.ahead", ahead.span()) if ahead else None

    def _to_come(
        self, clause: Clause, chain: list[Attribution], rule: str, cue: tuple[int, int]
    ) -> Finding:
        """Return planned when an agent is to act on purpose, else predicted."""
        head = self.tokens[clause.predicate]
        if self.words.scheduled.search(self.text.view, *self._extent(clause)):
            return Finding("planned", f"{rule}.scheduled", cue)
        state = self.verbs.state(clause) or head.pos not in {"VERB", "AUX"}
        if state or self.verbs.restricted(clause):
            return Finding("predicted", rule, cue)
        if self._announced(chain):
            return Finding("planned", f"{rule}.announced", cue)
        if chain and chain[-1].act in _EXPECTED:
            return Finding("predicted", f"{rule}.expected", cue)
        return self._decided(clause, chain, rule, cue) or Finding("predicted", rule, cue)

    def _decided(
        self, clause: Clause, chain: list[Attribution], rule: str, cue: tuple[int, int]
    ) -> Finding | None:
        """Return planned for what an agent is to do, or the writer says without a "not"."""
        if self._agent(clause, chain) and not self.verbs.passive(clause):
            return Finding("planned", f"{rule}.agent", cue)
        told = not chain and not self.conditionals.quoted(self.tokens[clause.predicate])
        if told and not self.verbs.negated(clause):
            return Finding("planned", f"{rule}.arranged", cue)
        return None

    def _announced(self, chain: list[Attribution]) -> bool:
        """Return whether the source announces or promises it, rather than expects it."""
        if not chain or not chain[-1].cue:
            return False
        entries = (self.words.triggers.get(lemma) for lemma in self._lemmas(chain[-1]))
        planned = any(e is not None and e.status == "planned" for e in entries)
        return planned or BY_ACT.get(chain[-1].act) == "planned"

    def _agent(self, clause: Clause, chain: list[Attribution]) -> bool:
        """Return whether the subject is someone who can act on purpose."""
        if clause.subject is None:
            return False
        subject = self.tokens[clause.subject]
        lemma = subject.lemma.lower()
        if lemma in self.words.classes["agent"]:
            return True
        if lemma == "it":  # "the company said it would": its own plan, told in other words
            return bool(chain) and bool(chain[-1].source) and not self.conditionals.quoted(subject)
        return subject.end in self._agents or (subject.name or "")[:3] in {"PER", "ORG"}

    def _extent(self, clause: Clause) -> tuple[int, int]:
        return self.tokens[clause.words[0]].start, self.tokens[clause.words[-1]].end


_Rule = Callable[[Clause, list[Attribution]], Finding | None]

# Words that "il est peu probable" may have.
_FEW = 5

# Verbs before a clause that may belong together: "laisse entendre que".
_FORE = 2

# Words behind a verb among which a request stands that is denied, all of noun phrases: "the
# captain's second request".
_NEAR = 5
_NAMES = {"DET", "PRON", "ADJ", "NUM", "SYM", "NOUN", "PROPN", "PART"}

_MARKS = '«»“”"'

# Code points behind a clause in which a conjunction may open what it depends on.
_JUST_BEHIND = 12

# Code points of a conjunction behind its first word: "à | moins que".
_AHEAD = 16

# What may stand between the last word of a question and its mark, or behind the mark.
_CLOSING = " \u00a0\u202f\"»”'"

# Acts by which somebody takes on to do something; where they are negated it is left open.
_BINDING = {"plan", "promise", "threat"}

# What is wished or meant to be; a relative clause in it describes what there is.
_WISHED: set[Status | None] = {"hoped", "planned", "hedged"}

# What a cue's own verb says before the act does: all of a statement, and that a suspicion is less
# than an accusation.
_SOFTER: set[tuple[str, Status]] = {("accusation", "hedged")}
_SOFTER |= {("statement", status) for status in _SHOWN}

# What is done by saying it when somebody expects, rather than decides, what is to come.
_EXPECTED = {"belief", "prediction", "fear", "suggestion"}

_SENSES: dict[str, Status] = {"hearsay": "unconfirmed", "condition": "conditional"}


def _lemmas_of(tokens: Iterable[Token]) -> set[str]:
    """Return the lemmas of `tokens`; where a parser leaves "assimile" as it is, "assimiler" too."""
    return {form for t in tokens for form in (t.lemma.lower(), f"{t.lemma.lower()}r")}


def told(rule: str, chain: list[Attribution]) -> Judgement:
    """Return the judgement on what is taken for granted under `chain`."""
    found = Finding("asserted", f"aside.{rule}", None)
    return judgement_of(found, chain)


def unowned(cue: tuple[int, int]) -> Judgement:
    """Return the judgement on words in quotation marks at `cue` that nobody is named for."""
    return judgement_of(Finding("unconfirmed", "quotation.unowned", cue), [], None)


def _withdrawn(found: Finding) -> bool:
    """Return whether negation turns the finding into a plain fact: nothing was planned."""
    return found.rule.startswith(("plan", "hope.verb", "agree.verb"))


def judgement_of(
    found: Finding | None,
    chain: list[Attribution],
    negation: Token | None = None,
) -> Judgement:
    """Return all fields that follow from the finding, the chain and the negation."""
    status, rule, cue, certainty = found or Finding("asserted", "plain", None)
    shown, stance = _SHOWN[status]
    return Judgement(
        status=status,
        polarity="-" if negation or status == "denied" else "+",
        rule=rule,
        cue=cue,
        certainty=certainty or shown,
        stance=stance or (chain[0].stance if chain else "asserts"),
        basis=_basis(rule, chain),
        negation=(negation.start, negation.end) if negation else None,
    )


def _basis(rule: str, chain: list[Attribution]) -> Basis | None:
    """Return how the source knows, where the text says so."""
    if chain and chain[-1].source_kind == "document":
        return "document"
    if rule in {"conditional.rumour", "rumour", "hearsay"}:
        return "hearsay"
    if chain and chain[-1].act == "suggestion":
        return "inference"
    return "firsthand" if chain and chain[-1].act == "perception" else None


def _cue(attribution: Attribution) -> tuple[int, int] | None:
    return (attribution.cue[0].start, attribution.cue[-1].end) if attribution.cue else None


def _content(attribution: Attribution) -> tuple[int, int]:
    return attribution.content[0].start, attribution.content[0].end

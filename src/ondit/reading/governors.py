"""Governors: what the word that a clause or an infinitive completes says of it.

"the plan to", "il est probable que", "worried about": the pack names such words with the status
they give; a verb or noun of speech lends its act to an infinitive that nobody is quoted with.
"""

from __future__ import annotations

from collections.abc import Collection

from ondit.language.lexicon import Pack
from ondit.model import Attribution, Text, Token
from ondit.reading.clauses import Clause, governor
from ondit.reading.cues import lexicon as cue_lexicon
from ondit.reading.grammar import words
from ondit.reading.modality import BY_ACT, Finding, Lexicon
from ondit.reading.verbs import Verbs

# Words that "il est peu probable" may have.
_FEW = 5


class Governors:
    """Reads what governs the clauses of one text."""

    def __init__(self, text: Text, pack: Pack, known: Lexicon, verbs: Verbs) -> None:
        self._text = text
        self._tokens = text.tokens or ()
        self._pack = pack
        self._words = known
        self._cues = cue_lexicon(pack)
        self._verbs = verbs
        self._verbal = {*self._cues.verbs, *known.triggers, *known.governors}
        self._verbal |= known.classes["unproven"]

    def governed(self, clause: Clause, chain: list[Attribution]) -> Finding | None:
        """Return what the word says that the clause completes: "the plan to", "probable que"."""
        head = self._noun_before(clause) or governor(self._text, clause)
        if clause.side and (found := self._of_doubt(clause)) is not None:
            return found
        if head is None or self.relative(clause) or not self._completes(clause, head):
            return None
        found = self._by_governor(head) or self._by_predicate(head)
        if found is not None and self._agrees(found, clause):
            return found
        if self._unproven(head):
            return Finding("hedged", "governor.unproven", (head.start, head.end))
        if any(s.start <= head.start < s.end for a in chain for s in a.cue):
            return None
        return self._by_cue(head) if self.infinitive(clause) else self.suggested(head)

    def _unproven(self, head: Token) -> bool:
        """Return whether nothing shows what follows: "rien n'indique que", "no evidence that"."""
        denied = self._verbs.negates(head) or self._verbs.negates(self._tokens[head.head])
        return denied and self.lemma(head) in self._words.classes["unproven"]

    def _noun_before(self, clause: Clause) -> Token | None:
        """Return the noun of doubt that stands before "that", whatever the parse hangs it on."""
        first = clause.words[0]
        if first < 2 or self._tokens[clause.predicate].dep in {"acl:relcl", "root"}:
            return None
        noun, opener = self._tokens[first - 2], self._tokens[first - 1]
        known = noun.pos == "NOUN" and noun.lemma.lower() in self._words.governors
        return noun if known and opener.text.lower() in self._words.classes["that"] else None

    def _of_doubt(self, clause: Clause) -> Finding | None:
        """Return what is said of the noun a description is of: "the risk of floods caused by"."""
        noun = self._tokens[self._tokens[clause.predicate].head]
        above = self._tokens[noun.head]
        above = self._tokens[above.head] if above.pos == "ADP" else above
        if above.pos != "NOUN" or above.index >= noun.index or noun.pos != "NOUN":
            return None
        found = self._by_governor(above)
        return found if found is not None and found.rule == "governor.likely" else None

    def thought(self, clause: Clause) -> Finding | None:
        """Return hedged for what completes "I think", also where no attribution was made of it."""
        head = governor(self._text, clause)
        if head is None or not self._completes(clause, head):
            return None
        near = (self._tokens[c] for c in self._text.children[head.index])
        subject = {t.text.lower().replace("’", "'") for t in near if t.dep == "nsubj"}
        own = subject & words(self._pack, "first-person")
        weak = head.lemma.lower() in self._words.classes["belief-weak"]
        return Finding("hedged", "belief.own", (head.start, head.end)) if own and weak else None

    def suggested(self, head: Token) -> Finding | None:
        """Return hedged for what is only suggested: "our figures suggest that the sea rises"."""
        entry = self._cues.verbs.get(lemma := self.lemma(head))
        if entry is None or entry.act_of(lemma) != "suggestion" or self._verbs.negates(head):
            return None
        return Finding("hedged", "verb.suggestion", (head.start, head.end))

    def nominal(self, clause: Clause) -> Finding | None:
        """Return what a headline's noun says: "Plans for a new quay", "Appel à la grève"."""
        head = self._tokens[clause.predicate]
        bare = head.pos == "NOUN" and head.dep == "root" and not self._verbs.finite(clause)
        if not bare or clause.words[0] != head.index:
            return None
        return self._by_governor(head) or self._by_cue(head)

    def complement(self, token: Token) -> Finding | None:
        """Return what governs it says of an infinitive or gerund that no clause holds apart."""
        if token.pos == "NOUN":
            return self._alleged(token)
        if token.morph.get("VerbForm") != "Inf" and token.dep not in {"pcomp", "xcomp"}:
            return None
        for head in self._heads(token):
            if head.text.lower() in self._words.classes["whether"]:
                return Finding("asked", "whether", (head.start, head.end))
            near = head.sentence == token.sentence and head.index < token.index
            found = self._asked_of(head, token) if near else None
            if found is not None:
                return found
        return None

    def _asked_of(self, head: Token, token: Token) -> Finding | None:
        """Return what `head` says of the infinitive; what asks a question asks to do it, too."""
        found = self._by_governor(head)
        if found is None or (found.status == "asked" and not self._what_to(token)):
            return self._by_cue(head)
        return found

    def _what_to(self, token: Token) -> bool:
        """Return whether a word of questions opens the infinitive: "how to repair the dam"."""
        return any(map(self.asks, self._tokens[max(0, token.index - 2) : token.index]))

    def introduces(self, clause: Clause, clauses: Collection[Clause]) -> bool:
        """Return whether the clause only says how sure another is: "il est probable"."""
        head = self._tokens[clause.predicate]
        words_ = [self._tokens[i] for i in clause.words]
        near = {t.lemma.lower() for t in words_}
        if len(words_) > _FEW or not near & self._words.governors.keys():
            return False
        return any(self._tokens[c.predicate].head in {head.index, *clause.words} for c in clauses
                   if c is not clause and self._completes(c, head))  # fmt: skip

    def relative(self, clause: Clause) -> bool:
        """Return whether a relative pronoun opens the clause as its subject: "qui", "which"."""
        first = self._tokens[clause.words[0]]
        before = self._tokens[first.index - 1].text.lower() if first.index else ""
        opens = first.text.lower() in self._words.classes["relative-subject"]
        return opens and before not in words(self._pack, "interrogative") and not self._what(clause)

    def _what(self, clause: Clause) -> bool:
        """Return whether the clause is what a word right before it takes: "nobody knows who"."""
        first, own = self._tokens[clause.words[0]], self._tokens[clause.predicate]
        before = self._tokens[first.index - 1] if first.index else first
        completes = own.dep != "acl:relcl" and own.head < own.index
        return completes and before.pos in {"VERB", "AUX", "ADJ", "ADV"}

    def interrogative(self, clause: Clause) -> bool:
        """Return whether a word of questions opens the clause."""
        first = clause.words[0]
        near = self._tokens[max(0, first - 2) : first + 2]
        asks = any(map(self.asks, near))
        who = self._tokens[first].text.lower() in self._words.classes["relative-subject"]
        return asks or (who and self._what(clause))

    def asks(self, token: Token) -> bool:
        """Return whether the token is a word of questions."""
        return token.text.lower().replace("’", "'") in words(self._pack, "interrogative")

    def unknown(self, token: Token) -> bool:
        """Return whether the token says that something is not known, or asks for it."""
        found = self._by_governor(token)
        return found is not None and found.status == "asked"

    def infinitive(self, clause: Clause) -> bool:
        """Return whether the clause is an infinitive."""
        head = self._tokens[clause.predicate]
        return head.morph.get("VerbForm") == "Inf" and not self._verbs.finite(clause)

    def lemma(self, token: Token) -> str:
        """Return the lemma of the token, by its form where the lemmatiser misses it."""
        lemma = token.lemma.lower()
        if token.pos == "NOUN" or lemma in self._cues.verbs:
            return lemma
        found = self._cues.forms.get(token.text.lower(), (None, lemma))[1]
        regular = f"{lemma}r"  # where a parser leaves "indique" as it is
        return regular if found == lemma and regular in self._verbal else found

    def marked(self, token: Token) -> bool:
        """Return whether "to" stands right before the infinitive."""
        before = self._tokens[token.index - 1] if token.index else token
        infinitive = token.morph.get("VerbForm") == "Inf"
        return infinitive and before.text.lower() in self._words.classes["infinitive-mark"]

    def _heads(self, token: Token) -> tuple[Token, ...]:
        """Return what may govern the infinitive: by its place, then by the parse."""
        opening = self._tokens[min([token.index, *self._text.children[token.index]])]
        if opening.text.lower() not in self._words.classes["infinitive-mark"]:
            opening = self._tokens[token.index - 1]
        marked = opening.text.lower() in self._words.classes["infinitive-mark"]
        above = self._tokens[token.head]
        place = (self._tokens[opening.index - 1],) if marked and opening.index else ()
        # "demandé aux habitants de rester", "le projet du maire de partir": one step further up
        further = (self._tokens[above.head],) if above.pos in {"NOUN", "PROPN"} else ()
        return (*place, self._tokens[above.head] if above.pos == "ADP" else above, *further)

    def _alleged(self, token: Token) -> Finding | None:
        """Return unconfirmed for what an allegation is of: "des accusations de fraude"."""
        if token.index < 2:
            return None
        of, head = self._tokens[token.index - 1], self._tokens[token.index - 2]
        if of.text.lower() not in self._words.classes["of"] or head.pos != "NOUN":
            return self._doubted(token)
        found = self._by_governor(head)
        return found if found is not None and found.status == "unconfirmed" else None

    def _doubted(self, token: Token) -> Finding | None:
        """Return hedged for what doubts are about: "des doutes quant à l'ouverture"."""
        first = min(
            [
                token.index,
                *(c for c in self._text.children[token.index] if self._tokens[c].dep == "det"),
            ]
        )
        start = self._tokens[max(0, first - 3)].start
        about = self._words.doubts.search(self._text.view, start, self._tokens[first].start)
        if about is None or self._text.view[about.end() : self._tokens[first].start].strip():
            return None
        return Finding("hedged", "noun.doubt", about.span())

    def _agrees(self, found: Finding, clause: Clause) -> bool:
        """Return whether the clause has the form that the governor asks for."""
        if found.status == "asked":
            return self.interrogative(clause)
        if found.rule == "governor.insist":
            return not self.told(clause)
        if found.status == "predicted":
            return self.infinitive(clause) or not self._indicative(clause)
        # A wish governs the subjunctive: "une rumeur veut que le bac serait vide" tells none.
        asks = self.interrogative(clause) or self._verbs.conditional(clause) is not None
        return found.status != "hoped" or not asks

    def told(self, clause: Clause) -> bool:
        """Return whether the clause is in a past, or has an auxiliary: nothing that is ordered."""
        group = self._verbs.group(clause)
        return any(
            t.morph.get("Tense") in {"Past", "Imp"} or t.dep.startswith("aux") for t in group
        )

    def _indicative(self, clause: Clause) -> bool:
        """Return whether the clause is told as it is or was: a fear that "it rhymes" is of that."""
        head = self._tokens[clause.predicate]
        dreaded = self._words.classes["negation-clitic"] or self._verbs.future(clause)
        return head.morph.get("Mood") != "Sub" and not dreaded

    def _by_predicate(self, copula: Token) -> Finding | None:
        """Return what the adjective or noun behind a copula says: "it is unlikely that"."""
        near = (self._tokens[c] for c in self._text.children[copula.index])
        behind = [t for t in near if t.dep in {"acomp", "attr"}]
        return next((f for f in map(self._by_governor, behind) if f is not None), None)

    def _by_governor(self, head: Token) -> Finding | None:
        """Return what the pack says of `head` as a governor."""
        entry = self._words.governors.get(self.lemma(head))
        above = self._tokens[head.head]
        if entry is None:
            return None
        denied = self._verbs.negates(head) or self._verbs.negates(above)
        sought = entry.status == "asked" and self.marked(head)  # "reste à savoir qui"
        if entry.negated and not (denied or sought):
            return None
        return Finding(entry.status, entry.name, (head.start, head.end))

    def _by_cue(self, head: Token) -> Finding | None:
        """Return what a verb or noun of speech makes of an infinitive that nobody says."""
        lemma = self.lemma(head)
        entry = (self._cues.nouns if head.pos == "NOUN" else self._cues.verbs).get(lemma)
        if entry is None or self._verbs.negates(head):
            return None
        act = entry.act_of(lemma)
        status = "hoped" if act in {"suggestion", "question"} else BY_ACT.get(act)
        cue = (head.start, head.end)
        return Finding(status, f"{head.pos.lower()}.{act}", cue) if status else None

    def _completes(self, clause: Clause, head: Token) -> bool:
        """Return whether the clause is a complement: an infinitive, or opened by "that"."""
        if self._purpose(clause):
            return False
        if self._tokens[clause.predicate].dep in {"ccomp", "csubj"} or self.infinitive(clause):
            return True
        behind = self._tokens[head.index + 1 : head.index + 3]
        asks = words(self._pack, "interrogative") | self._words.classes["that"]
        return any(t.text.lower() in asks for t in behind) or self._what(clause)

    def _purpose(self, clause: Clause) -> bool:
        """Return whether the clause is an infinitive of purpose: "pour réparer le quai"."""
        head = self._tokens[clause.predicate]
        opening = self._tokens[min([head.index, *self._text.children[head.index]])]
        marked = opening.dep == "mark" and opening.pos == "ADP"
        held = opening.text.lower() in self._words.classes["infinitive-mark"]
        return head.dep == "advcl" and self.infinitive(clause) and marked and not held

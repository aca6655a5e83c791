"""Verb groups: tense, mood and negation of a clause, by the parse and by the forms themselves."""

from __future__ import annotations

from ondit.model import Text, Token
from ondit.model.annotations import TimeOfClaim
from ondit.reading.clauses import Clause
from ondit.reading.modality import Lexicon
from ondit.reading.morphology import Mood, Moods


class Verbs:
    """What the verb groups of one text show."""

    def __init__(self, text: Text, known: Lexicon, moods: Moods) -> None:
        self._text = text
        self._tokens = text.tokens or ()
        self._classes = known.classes
        self._moods = moods

    def lemma(self, index: int) -> str:
        """Return the lemma of a token in lower case."""
        return self._tokens[index].lemma.lower()

    def group(self, clause: Clause) -> tuple[Token, ...]:
        """Return the predicate, its auxiliaries, copula and negation, in order."""
        near = (self._tokens[c] for c in self._text.children[clause.predicate])
        group = [t for t in near if t.dep.startswith(("aux", "cop", "neg"))]
        group.append(self._tokens[clause.predicate])
        return tuple(sorted(group, key=lambda t: t.index))

    def finite(self, clause: Clause) -> bool:
        """Return whether the clause has a finite verb."""
        return any(t.morph.get("VerbForm") == "Fin" for t in self.group(clause))

    # -- mood and tense --------------------------------------------------------------------

    def conditional(self, clause: Clause) -> Token | None:
        """Return the token that is in the conditional, in languages that have the mood."""
        return self._in_mood(clause, "Cnd")

    def future(self, clause: Clause) -> Token | None:
        """Return the token that makes it a future: an ending, an auxiliary, a "going to"."""
        return self._in_mood(clause, "Fut") or self._going_to(clause) or self._auxiliary(clause)

    def _in_mood(self, clause: Clause, mood: Mood) -> Token | None:
        """Return the token of the group, or of the rest where no verb is found, in `mood`."""
        found = next((t for t in self.group(clause) if self._moods.of(t) == mood), None)
        if found is not None or self.finite(clause):
            return found
        own = (self._tokens[i] for i in clause.words)
        return next((t for t in own if self._moods.of(t) == mood), None)

    def is_conditional(self, token: Token) -> bool:
        """Return whether the token itself is in the conditional, by tag or form."""
        return self._moods.of(token) == "Cnd"

    def is_future(self, token: Token) -> bool:
        """Return whether the token itself is in the future, by tag or form."""
        return self._moods.of(token) == "Fut"

    def first_or_second(self, token: Token) -> bool:
        """Return whether the form is one of the first or second person."""
        return self._moods.first_or_second(token)

    def present(self, clause: Clause) -> bool:
        """Return whether the clause is in the present, and in no compound past."""
        group = self.group(clause)
        past = any(t.morph.get("Tense") in {"Past", "Imp"} for t in group)
        shown = (t.morph.get("Tense") for t in group if t.morph.get("VerbForm") == "Fin")
        return not past and "Pres" in shown

    def time(self, clause: Clause) -> TimeOfClaim | None:
        """Return past or ongoing as the tense has it, None where there is none."""
        group = self.group(clause)
        finite = {t.morph.get("Tense") for t in group if t.morph.get("VerbForm") == "Fin"}
        if self.perfect(clause) or finite & {"Past", "Imp"}:
            return "past"
        if "Pres" in finite:
            return "ongoing"
        head = self._tokens[clause.predicate]
        done = head.morph.get("VerbForm") == "Part" and head.morph.get("Tense") == "Past"
        return "past" if done and not finite else None

    def _going_to(self, clause: Clause) -> Token | None:
        head = self._tokens[clause.predicate]
        goes = self.lemma(head.index) in self._classes["go-future"]
        if not goes or head.morph.get("Tense") == "Past":
            return None
        children = self._text.children[head.index]
        return head if any(self._tokens[c].dep == "xcomp" for c in children) else None

    def _auxiliary(self, clause: Clause) -> Token | None:
        words = self._classes["future-auxiliary"]
        return next((t for t in self.group(clause) if t.text.lower() in words), None)

    def perfect(self, clause: Clause) -> bool:
        """Return whether the clause is in a compound past: "aurait vendu", "se serait noyé"."""
        head = self._tokens[clause.predicate]
        auxiliaries = [t for t in self.group(clause) if t.dep != "neg" and t is not head]
        participle = head.morph.get("VerbForm") == "Part" or head.pos == "VERB"
        have = any(t.lemma in self._classes["have"] for t in auxiliaries)
        if not auxiliaries or not (participle or len(auxiliaries) > 1):
            return False
        children = (self._tokens[c].text.lower() for c in self._text.children[head.index])
        reflexive = not self._classes["reflexive"].isdisjoint(children)
        return have or reflexive or head.lemma in self._classes["perfect-of-motion"]

    def passive(self, clause: Clause) -> bool:
        """Return whether the clause is a passive."""
        children = self._text.children[clause.predicate]
        done = [c for c in children if self._tokens[c].dep == "xcomp"]
        helping = (self._tokens[c] for i in done for c in self._text.children[i])
        return any(t.dep == "aux:pass" for t in (*self.group(clause), *helping))

    def state(self, clause: Clause) -> bool:
        """Return whether what is said is not done on purpose: "va céder", "will be flooded"."""
        children = self._text.children[clause.predicate]
        helping = self._classes["duty"] | self._classes["go-future"]
        heads = [clause.predicate] if self.lemma(clause.predicate) not in helping else []
        done = [
            c for c in children if self._tokens[c].dep in ({"xcomp", "cop"} if heads else {"xcomp"})
        ]
        lemmas = {self.lemma(index) for index in (*heads, *done)}
        verbal = self._tokens[clause.predicate].pos in {"VERB", "AUX"}
        return not verbal or bool(lemmas & self._classes["state-verb"])

    # -- negation --------------------------------------------------------------------------

    def negated(self, clause: Clause) -> Token | None:
        """Return the word that negates the predicate; "ne … que" restricts and does not negate.

        Where the language negates with a pair of words, one alone negates only an elliptic clause:
        "mais pas expliquée".
        """
        marks = (self._tokens[c] for c in self._text.children[clause.predicate])
        without = next((t for t in marks if t.text.lower() in self._classes["without"]), None)
        if without is not None:
            return without
        own = [self._tokens[i] for i in clause.words if self._bears_on_predicate(i, clause)]
        found = next((t for t in own if t.text.lower() in self._classes["negation"]), None)
        clitics = self._classes["negation-clitic"]
        if found is None or not clitics or any(t.text.lower() in clitics for t in own):
            return found
        elliptic = found.text.lower() in self._classes["elliptic-negation"]
        return found if elliptic and not self.finite(clause) else None

    def negates(self, token: Token) -> bool:
        """Return whether a word of negation hangs on the token itself."""
        near = (self._tokens[c].text.lower() for c in self._text.children[token.index])
        return not self._classes["negation"].isdisjoint(near)

    def restricted(self, clause: Clause) -> bool:
        """Return whether "ne … que" stands in the clause: not before, not more than."""
        shown = [self._tokens[i].text.lower() for i in clause.words]
        clitics = [n for n, word in enumerate(shown) if word in self._classes["negation-clitic"]]
        return bool(clitics) and bool(set(shown[clitics[0] :]) & self._classes["restriction"])

    def _bears_on_predicate(self, index: int, clause: Clause) -> bool:
        group = {t.index for t in self.group(clause)}
        if index in group or self._tokens[index].head in group:
            return True
        head = self._determined(index)
        above = self._tokens[head].head
        if self._tokens[above].dep == "prep" and self.lemma(head) in self._classes["at-no"]:
            return self._tokens[above].head in group
        return above in group or self._tokens[self._tokens[index].head].head == clause.predicate

    def _determined(self, index: int) -> int:
        """Return the noun whose article or number a word hangs on: "not one charge"."""
        at = self._tokens[index].head
        while self._tokens[at].dep in _DETERMINING and self._tokens[at].head != at:
            at = self._tokens[at].head
        return at


_DETERMINING = {"det", "nummod", "amod", "quantmod", "advmod"}

"""Verb groups: tense, mood and negation of a clause, by the parse and by the forms themselves.

Parsers tag seven French conditionals in ten, so the endings of the pack are looked at too.
"""

from __future__ import annotations

from ondit.model import Text, Token
from ondit.reading.clauses import Clause
from ondit.reading.modality import Lexicon

_VERBAL = {"VERB", "AUX", "NOUN", "ADJ"}


class Verbs:
    """What the verb groups of one text show."""

    def __init__(self, text: Text, known: Lexicon) -> None:
        self._text = text
        self._tokens = text.tokens or ()
        self._classes = known.classes

    def lemma(self, index: int) -> str:
        """Return the lemma of a token in lower case."""
        return self._tokens[index].lemma.lower()

    def group(self, clause: Clause) -> list[int]:
        """Return the predicate, its auxiliaries, copula and modals, in order."""
        near = [
            child
            for child in self._text.children[clause.predicate]
            if self._tokens[child].dep.startswith(("aux", "cop", "neg"))
        ]
        return sorted([clause.predicate, *near])

    def finite(self, clause: Clause) -> bool:
        """Return whether the clause has a finite verb."""
        return any(self._tokens[i].morph.get("VerbForm") == "Fin" for i in self.group(clause))

    # -- mood and tense --------------------------------------------------------------------

    def conditional(self, clause: Clause) -> Token | None:
        """Return the token that is in the conditional, in languages that have the mood."""
        return self._in_mood(clause, "conditional", "Mood", "Cnd")

    def future(self, clause: Clause) -> Token | None:
        """Return the token that makes it a future: an ending, an auxiliary, a "going to"."""
        return (
            self._in_mood(clause, "future", "Tense", "Fut")
            or self._going_to(clause)
            or self._auxiliary(clause)
        )

    def _in_mood(self, clause: Clause, name: str, feature: str, value: str) -> Token | None:
        tails = tuple(self._classes[f"{name}-tail"])
        for index in self.group(clause):
            token = self._tokens[index]
            tagged = token.morph.get(feature) == value and token.text.lower().endswith(tails)
            if tagged or (index == clause.predicate and self.formed(token, name)):
                return token
        return None

    def formed(self, token: Token, name: str) -> bool:
        """Return whether the form is an infinitive or irregular stem with an ending of `name`."""
        word, stem = token.text.lower(), token.lemma.lower().removesuffix("e")
        stems = {stem} if stem.endswith("r") else set()
        stems |= self._classes["irregular-stem"]
        endings = self._classes[f"{name}-ending"]
        return token.pos in _VERBAL and any(word == s + e for s in stems for e in endings)

    def is_conditional(self, token: Token) -> bool:
        """Return whether the token itself is in the conditional, by tag or form."""
        return token.morph.get("Mood") == "Cnd" or self.formed(token, "conditional")

    def first_or_second(self, token: Token) -> bool:
        """Return whether a form in the conditional is in the first or second person."""
        return token.text.lower().endswith(tuple(self._classes["speaker-tail"]))

    def _going_to(self, clause: Clause) -> Token | None:
        head = self._tokens[clause.predicate]
        goes = self.lemma(head.index) in self._classes["go-future"]
        if not goes or head.morph.get("Tense") == "Past":
            return None
        children = self._text.children[head.index]
        return head if any(self._tokens[c].dep == "xcomp" for c in children) else None

    def _auxiliary(self, clause: Clause) -> Token | None:
        words = self._classes["future-auxiliary"]
        group = (self._tokens[i] for i in self.group(clause))
        return next((t for t in group if t.text.lower().replace("’", "'") in words), None)

    def perfect(self, clause: Clause) -> bool:
        """Return whether the clause is in a compound past: "aurait vendu", "serait mort"."""
        children = [self._tokens[c] for c in self._text.children[clause.predicate]]
        auxiliaries = [t for t in children if t.dep.startswith("aux")]
        have = any(t.lemma in self._classes["have"] for t in auxiliaries)
        moved = self._tokens[clause.predicate].lemma in self._classes["perfect-of-motion"]
        return have or (bool(auxiliaries) and moved)

    def passive(self, clause: Clause) -> bool:
        """Return whether the clause is a passive."""
        children = self._text.children[clause.predicate]
        return any(self._tokens[c].dep == "aux:pass" for c in children)

    def state(self, clause: Clause) -> bool:
        """Return whether what is said is not done on purpose: "va céder", "will be flooded"."""
        children = self._text.children[clause.predicate]
        governed = [c for c in children if self._tokens[c].dep == "xcomp"]
        lemmas = {self.lemma(index) for index in (clause.predicate, *governed)}
        verbal = self._tokens[clause.predicate].pos in {"VERB", "AUX"}
        return not verbal or bool(lemmas & self._classes["state-verb"])

    # -- negation --------------------------------------------------------------------------

    def negated(self, clause: Clause) -> bool:
        """Return whether the predicate is negated; "ne … que" restricts and does not negate.

        Where the language negates with a pair of words, one alone negates only an elliptic clause:
        "mais pas expliquée".
        """
        own = {self._word(i) for i in clause.words if self._bears_on_predicate(i, clause)}
        if not own & self._classes["negation"]:
            return False
        clitics = self._classes["negation-clitic"]
        if not clitics or own & clitics:
            return True
        return bool(own & self._classes["elliptic-negation"]) and not self.finite(clause)

    def restricted(self, clause: Clause) -> bool:
        """Return whether "ne … que" stands in the clause: not before, not more than."""
        shown = [self._word(i) for i in clause.words]
        clitics = [n for n, word in enumerate(shown) if word in self._classes["negation-clitic"]]
        return bool(clitics) and bool(set(shown[clitics[0] :]) & self._classes["restriction"])

    def _word(self, index: int) -> str:
        return self._tokens[index].text.lower().replace("’", "'")

    def _bears_on_predicate(self, index: int, clause: Clause) -> bool:
        token, group = self._tokens[index], set(self.group(clause))
        near = token.head in group or index in group
        return near or self._tokens[token.head].head == clause.predicate

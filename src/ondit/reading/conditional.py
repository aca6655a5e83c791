"""The French conditional: hearsay, a future in the past, or what depends on a condition.

The ordered rule of the press conditional. Modal verbs, first persons, quoted words and questions
are never hearsay; what hangs on a noun of rumour or an accusation always is; what hangs on a verb
of speech is its future in the past; perfects, sentences with a source and the remaining main
clauses are hearsay; what is left depends on something.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

from ondit.model import Attribution, Text, Token
from ondit.reading.clauses import Clause, governor
from ondit.reading.modality import Lexicon
from ondit.reading.verbs import Verbs

Sense = Literal["hearsay", "future", "condition"]


class Reading(NamedTuple):
    """What a conditional means, by which rule, and the verb that bears it."""

    sense: Sense
    rule: str
    verb: Token


class Conditionals:
    """Reads the conditionals of one text."""

    def __init__(
        self, text: Text, words: Lexicon, verbs: Verbs, quoted: list[tuple[int, int]]
    ) -> None:
        self._text = text
        self._tokens = text.tokens or ()
        self._words = words
        self._verbs = verbs
        self._quoted = quoted

    def read(self, clause: Clause, chain: list[Attribution]) -> Reading | None:
        """Return what the conditional of `clause` means, or None where it has none of its own."""
        verb = self._verbs.conditional(clause)
        if verb is None or self._modal(clause):
            return None
        sense, rule = (
            self._never(clause, verb)
            or self._governed(clause, chain)
            or self._hearsay(clause, chain)
            or self._left(clause)
        )
        return Reading(sense, rule, verb)

    def cued(self, attribution: Attribution) -> bool:
        """Return whether the verb of speech is itself hearsay: "aurait déclaré que"."""
        found = [t for c in attribution.cue for t in self._text.tokens_in(c.start, c.end)]
        modal = {t.lemma.lower() for t in found} & self._words.classes["modal-other"]
        quoted = any(self.quoted(t) for t in found)
        return not modal and not quoted and any(map(self._verbs.is_conditional, found))

    def quoted(self, token: Token) -> bool:
        """Return whether the token stands in somebody's words."""
        return any(start <= token.start < end for start, end in self._quoted)

    # -- the rule, in its order ------------------------------------------------------------

    def _modal(self, clause: Clause) -> bool:
        lemmas = {t.lemma.lower() for t in self._verbs.group(clause)}
        return bool(lemmas & self._words.classes["modal-other"])

    def without(self, clause: Clause) -> bool:
        """Return whether the clause opens with what it depends on: "without the crew, …"."""
        first = self._tokens[clause.words[0]]
        opens = first.index == 0 or self._tokens[first.index - 1].sentence != first.sentence
        return opens and first.text.lower() in self._words.classes["without"]

    def _never(self, clause: Clause, verb: Token) -> tuple[Sense, str] | None:
        if self.without(clause):
            return "condition", "conditional.without"
        if self._verbs.first_or_second(verb) or self.quoted(verb):
            return "condition", "conditional.spoken"
        held = self._text.sentence_at(verb.start)
        if held is not None and self._text.view[: held[1]].rstrip().endswith("?"):
            return "condition", "conditional.question"
        return None

    def _governed(self, clause: Clause, chain: list[Attribution]) -> tuple[Sense, str] | None:
        innermost = chain[-1] if chain else None
        if innermost is not None and self._rumoured(innermost):
            return "hearsay", "conditional.rumour"
        head = governor(self._text, clause)
        if head is not None and head.lemma.lower() in self._words.classes["rumour-governor"]:
            return "hearsay", "conditional.rumour"
        if self._verbs.perfect(clause):
            return None
        if innermost is not None and self._told(innermost):
            supposed = self._supposed(clause)
            return (
                ("condition", "conditional.supposed") if supposed else ("future", "future-in-past")
            )
        if head is not None and self._opened_by_that(clause, head):
            return "future", "future-in-past"
        return None

    def _rumoured(self, attribution: Attribution) -> bool:
        if ".according-to-which" not in attribution.rule:
            return False
        cue = attribution.cue[-1]
        nouns = {t.lemma.lower() for t in self._text.tokens_in(cue.start, cue.end)}
        return bool(nouns & self._words.classes["rumour-noun"])

    def _told(self, attribution: Attribution) -> bool:
        """Return whether the clause completes a verb of speech or thought."""
        parts = attribution.rule.split(".")
        return bool(attribution.cue) and parts[1].startswith(("clause", "surface"))

    def _opened_by_that(self, clause: Clause, head: Token) -> bool:
        first = self._tokens[clause.words[0]]
        opener = self._tokens[first.index - 1] if first.index else first
        that = self._words.classes["that"]
        opened = opener.text.lower() in that or first.text.lower() in that
        return opened and self._tokens[clause.predicate].dep == "ccomp" and head.pos != "NOUN"

    def _hearsay(self, clause: Clause, chain: list[Attribution]) -> tuple[Sense, str] | None:
        if self._verbs.perfect(clause):
            return "hearsay", "conditional.perfect"
        innermost = chain[-1] if chain else None
        if innermost is not None and innermost.rule.startswith("preposition"):
            return "hearsay", "conditional.source"
        sentence = {t.text.lower() for t in self._sentence(clause)}
        if sentence & self._words.classes["source-adverbial"]:
            return "hearsay", "conditional.source"
        return None

    def _left(self, clause: Clause) -> tuple[Sense, str]:
        own = (self._tokens[clause.words[0]].start, self._tokens[clause.words[-1]].end)
        if self._words.future_time.search(self._text.view, *own):
            return "future", "conditional.future"
        if self._supposed(clause) or not self._main(clause):
            return "condition", "conditional.dependent"
        return "hearsay", "conditional.main"

    def _main(self, clause: Clause) -> bool:
        """Return whether nothing subordinates the clause, by its words: parses mislead here.

        "…, ce qui provoquerait" goes on with a whole sentence and stands like a main clause.
        """
        first = self._tokens[clause.words[0]]
        before = self._tokens[first.index - 1] if first.index else first
        if any(map(self._goes_on, (first, before))):
            return True
        openers = {first.text.lower()}
        openers |= {before.text.lower()} if before.sentence == first.sentence else set()
        return not openers & self._words.classes["subordinator"]

    def _goes_on(self, token: Token) -> bool:
        """Return whether the token is the "ce" of ", ce qui", or of "ce qui" at a beginning."""
        if token.text.lower() not in self._words.classes["sentence-relative"]:
            return False
        before = self._tokens[token.index - 1] if token.index else token
        return before.sentence != token.sentence or before.pos == "PUNCT" or before is token

    def _supposed(self, clause: Clause) -> bool:
        """Return whether the subject is itself but an idea: "ce changement", "un oui", "partir"."""
        if clause.subject is None:
            return False
        subject = self._tokens[clause.subject]
        idea = subject.lemma.lower() in self._words.classes["idea"]
        return idea or subject.morph.get("VerbForm") == "Inf"

    def _sentence(self, clause: Clause) -> tuple[Token, ...]:
        held = self._text.sentence_at(self._tokens[clause.predicate].start)
        return self._text.tokens_in(*held) if held else ()

"""The part that a counted number plays: killed, injured, arrested, a target, a shortfall.

What governs the number in the parse decides first; words close by only where that says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ondit.model import Block, Text, Token
from ondit.reading.amounts import Amount
from ondit.reading.quantity_grammar import Grammar

_REACH = 60
"""How far from a number of people words may stand that tell its part; the packs' examples."""
_CLOSE = 12
"""The same for things, of which less is said."""
_PART = 30
"""Characters between a part and the whole that it is part of."""
_CLIMB = 5
"""How many heads above a number may govern it: "cost the lives of nine workers" needs three."""


class Roles:
    """Tells the role of each amount of one text, from the left to the right."""

    def __init__(self, text: Text, shown: str, grammar: Grammar) -> None:
        self.text, self.shown = text, shown
        self.roles, self.cut, self.none = grammar.roles, grammar.cut, grammar.none
        self.wholes = grammar.wholes
        self.last: tuple[Amount, str | None] | None = None

    def of(self, amount: Amount, block: Block) -> str | None:
        """Return the part that `amount` plays, or None."""
        role = self._of(amount, block)
        self.last = (amount, role)
        return role

    def of_people(self, amount: Amount, block: Block, *, governed: bool) -> str | None:
        """Return the part that a bare number plays, if only people play it.

        `governed` asks that the parse say so: about "two of the six" stand words that say it of
        the six.
        """
        start, end = self._around(amount, block)
        role = self._governed(amount, start, end)
        role = role or (None if governed else self._near(amount, start, end))
        return role if role in {one.name for one in self.roles if one.people} else None

    def _of(self, amount: Amount, block: Block) -> str | None:
        if amount.kind == "age":
            return "age"
        if amount.role:
            return amount.role
        start, end = self._around(amount, block)
        if self.none.search(self.shown, start, amount.start) or self._whole(amount):
            return self._described(amount, start, end)
        beside = self._beside(amount, start, end)
        if beside or amount.kind != "count":
            return beside
        governed = self._governed(amount, start, end)
        if governed is not None:
            return governed or None
        return self._near(amount, start, end) or self._shared(amount)

    def _whole(self, amount: Amount) -> bool:
        """Return whether the number before is a part of this one: "twelve of the 186 on board"."""
        if self.last is None or amount.start - self.last[0].end > _PART:
            return False
        return bool(self.wholes.search(self.shown, self.last[0].end, amount.start))

    def _around(self, amount: Amount, block: Block) -> tuple[int, int]:
        sentence = self.text.sentence_at(amount.start) or (block.start, block.end)
        return max(sentence[0], amount.start - _REACH), min(sentence[1], amount.end + _REACH)

    def _beside(self, amount: Amount, start: int, end: int) -> str | None:
        """Return the role that its own noun or the very next words give."""
        if amount.kind == "count":
            for role in self.roles:
                if role.words.search(self.shown, amount.start, amount.end):
                    return role.name
        left, right = self.shown[start : amount.start], self.shown[amount.end : end]
        for role in self.roles:
            if role.before.search(left) or role.after.match(right):
                return role.name
        return None

    def _governed(self, amount: Amount, start: int, end: int) -> str | None:
        """Return the role that a word above the number in the parse gives.

        The empty string says that the number's is the part of the one who acts.
        """
        if self.text.tokens is None:
            return None
        said = [
            (match.span(), role)
            for role in self.roles
            for match in role.words.finditer(self.shown, start, end)
        ]
        for token, subject, oblique in self._above(amount) if said else ():
            for (first, last), role in said:
                alone = last - first <= len(token.text)
                if token.end <= first or last <= token.start:
                    continue
                if oblique and alone and amount.unit != "person":
                    return ""
                if not (oblique and alone):
                    acts = subject and self.shown[token.start : token.end] in role.active
                    return "" if acts and self._has_object(token) else role.name
        return None

    def _described(self, amount: Amount, start: int, end: int) -> str | None:
        """Return the role that a participle behind the number's noun gives: "six men arrested"."""
        head = self._head(amount)
        if head is None:
            return None
        beneath = [
            token for token, _, _ in self._beneath(head, "acl", "amod", "relcl", "acl:relcl")
        ]
        for role in self.roles:
            for match in role.words.finditer(self.shown, start, end):
                if any(t.start <= match.start() < t.end for t in beneath):
                    return role.name
        return None

    def _above(self, amount: Amount) -> Iterator[tuple[Token, bool, bool]]:
        """Yield the words about the number, nearest first.

        With each, whether the number is its subject, and whether it is but beside it, behind a
        preposition: of "brought to 24 centres" no more than the whole phrase says what they are.
        """
        tokens = self.text.tokens or ()
        head = self._head(amount)
        if head is None:
            return
        yield from self._beneath(head, "acl", "amod", "relcl", "acl:relcl")
        oblique = False
        for _ in range(_CLIMB):
            above = tokens[head.head]
            if above.index == head.index or (head.dep == "conj" and not self._joins(head)):
                return
            oblique = oblique or above.pos == "ADP" or head.dep.startswith("obl")
            yield above, head.dep == "nsubj", oblique and above.pos in ("VERB", "AUX")
            yield from self._beneath(above, "acomp", "xcomp", "attr", "oprd")
            if above.pos == "VERB":
                return
            head = above

    def _head(self, amount: Amount) -> Token | None:
        """Return the token of the number that the rest of the sentence governs."""
        tokens = self.text.tokens or ()
        inside = self.text.tokens_in(amount.start, amount.end)
        outward = (t for t in inside if not amount.start <= tokens[t.head].start < amount.end)
        return next(outward, inside[-1] if inside else None)

    def _beneath(self, token: Token, *relations: str) -> Iterator[tuple[Token, bool, bool]]:
        tokens = self.text.tokens or ()
        for child in self.text.children[token.index]:
            if tokens[child].dep in relations:
                yield tokens[child], False, False

    def _joins(self, token: Token) -> bool:
        """Return whether a noun is joined to another and has no verb of its own behind it."""
        tokens = self.text.tokens or ()
        after = tokens[token.index + 1] if token.index + 1 < len(tokens) else None
        return token.pos != "VERB" and (after is None or after.pos not in ("VERB", "AUX"))

    def _has_object(self, verb: Token) -> bool:
        tokens = self.text.tokens or ()
        return any(tokens[c].dep in ("obj", "dobj") for c in self.text.children[verb.index])

    def _near(self, amount: Amount, start: int, end: int) -> str | None:
        """Return the role whose words stand nearest in the same clause."""
        left = self.cut.split(self.shown[start : amount.start])[-1]
        right = self.cut.split(self.shown[amount.end : end])[0]
        near = [
            (distance, role.name)
            for role in self.roles
            for distance in [_nearest(role.words, left, right)]
            if distance is not None
        ]
        reach = _REACH if amount.unit in ("person", None) else _CLOSE
        gap, nearest = min(near, default=(reach + 1, ""))
        return nearest if gap <= reach else None

    def _shared(self, amount: Amount) -> str | None:
        """Return the role of the number before, where this one goes on with it."""
        if self.last is None:
            return None
        before, role = self.last
        between = self.shown[before.end : amount.start]
        joined = before.unit == amount.unit and self.cut.fullmatch(between.strip())
        return role if amount.echo or joined else None


def _nearest(words: re.Pattern[str], left: str, right: str) -> int | None:
    """Return how far the nearest of `words` stands."""
    gaps = [len(left) - m.end() for m in words.finditer(left)]
    gaps += [m.start() for m in words.finditer(right)][:1]
    return min(gaps, default=None)

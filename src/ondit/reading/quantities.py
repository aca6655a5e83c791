"""Quantities: numbers with their bounds, what they measure or count, and what part they play.

The grammar is the pack's table ``quantities.toml``. `value` is what the text says exactly; a text
that gives only a bound ("more than 70") leaves `value` open and fills `low` or `high`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from ondit.language.lexicon import Pack
from ondit.model import Block, Quantity, Record, SpanIndex, Text, Timex, Token, identify
from ondit.reading.amounts import Amount, bounded, exactly, scaled_like, times
from ondit.reading.forms import OPENING
from ondit.reading.numbers import lowered
from ondit.reading.quantity_grammar import Grammar, grammar
from ondit.reading.quantity_roles import Roles
from ondit.reading.quantity_table import Number, Unit

_WHOLES = (3, 4, 5, 10, 20, 100, 1000)
"""Wholes that shares are given of: "nine travellers in ten", not "12 boats in 14"."""


def find(text: Text, record: Record, pack: Pack) -> Iterator[Quantity]:
    """Yield the quantities of `text` in order; dates and times of day are none."""
    reader = _Reader(text, record, grammar(pack))
    for block in text.blocks:
        yield from reader.read(block)


class _Reader:
    """Reads one text from the left; remembers what was counted last."""

    def __init__(self, text: Text, record: Record, grammar: Grammar) -> None:
        self.text = text
        self.grammar = grammar
        self.shown = lowered(text.string)
        self.times: SpanIndex[Timex] = SpanIndex(
            (t.span.start, t.span.end, t) for t in record.timexes
        )
        self.roles = Roles(text, self.shown, grammar)
        self.counted: tuple[int, str] | None = None
        """Sentence and unit of the last counted noun."""
        self.last: Amount | None = None
        """The last amount that was made into a quantity."""
        self.taken_up: dict[Number | None, str | None] = {}
        """Unit of the last counted noun by its number, which "both" takes up."""
        self.done = 0
        """Where the last quantity ends: no sign or bound is looked for before it."""

    def read(self, block: Block) -> Iterator[Quantity]:
        position = block.start
        for match in self._candidates(block):
            if match.start() < position:
                continue
            position = match.end()
            for made in self._made(match, block):
                position = self.done = max(position, made.end)
                yield self._quantity(made, block)

    def _candidates(self, block: Block) -> Iterator[re.Match[str]]:
        """Yield what may be a number, where a word or digit opens one."""
        rules = self.grammar
        for word in OPENING.finditer(self.shown, block.start, block.end):
            start = word.start()
            pattern = rules.openings.get(word[0])
            if pattern:
                match = pattern.match(self.shown, start, block.end)
            elif word[0].isdigit():
                sign = rules.sign.search(self.shown, max(block.start, start - 4), start)
                match = rules.any.match(self.shown, sign.start(), block.end) if sign else None
                match = match or rules.any.match(self.shown, start, block.end)
            else:
                continue
            if match:
                yield match

    def _made(self, match: re.Match[str], block: Block) -> Iterator[Amount]:
        """Yield the amounts of a match: one, or the two ends of a change."""
        changed = self._change(match, block)
        if changed:
            yield from changed
            return
        amount = self._amount(match, block)
        if amount is None or self._is_time(amount):
            return
        made = self._measured(amount, block) or self._counted(self._scaled(amount, block), block)
        if made is None:
            return
        made = self._bounded(made, block)
        self.last = made
        yield made

    # -- the number ----------------------------------------------------------------------------

    def _amount(self, match: re.Match[str], block: Block) -> Amount | None:
        start, end = match.span()
        before = self.shown[max(block.start, start - 40) : start]
        glued = re.search(r"[^\W\d_]-?$|\d[.,:/-]?$|[#@_&]$", before)
        if (
            glued
            or self.grammar.label.search(before)
            or _is_code(before, match[0], self.shown[end : end + 2])
        ):
            return None
        word = re.sub(r"\s+", " ", match[0])
        return (
            self._numeral(word, start, end)
            or self._pair(match[0], start, end)
            or self._single(match[0], start, end)
        )

    def _numeral(self, word: str, start: int, end: int) -> Amount | None:
        """Return the amount of a vague numeral, of "both", of a share."""
        rules = self.grammar
        if word in rules.low:
            return Amount(start, end, low=rules.low[word], rule="vague", alone=True)
        if word in rules.about:
            return Amount(start, end, value=rules.about[word], rule="about", alone=True)
        if word in rules.exact:
            return exactly(start, end, rules.exact[word])
        if word in rules.shares:
            return exactly(start, end, rules.shares[word], kind="ratio")
        return None

    def _pair(self, raw: str, start: int, end: int) -> Amount | None:
        worth = self.grammar.numbers.value
        for pattern in self.grammar.ratios:
            if match := pattern.fullmatch(raw):
                part, whole = (worth(g) for g in match.groups())
                if part is not None and whole and part < whole:
                    return exactly(start, end, round(part / whole, 6), kind="ratio")
        for pattern in self.grammar.ranges:
            if match := pattern.fullmatch(raw):
                made = self._range(match, start, end)
                if made:
                    return made
        return None

    def _range(self, match: re.Match[str], start: int, end: int) -> Amount | None:
        (low, sign), (high, other) = (self._signed(g) for g in match.groups())
        if low is None or high is None:
            return None
        low = scaled_like(low, high, match.groups()[1])
        if low >= high:
            return None
        made = Amount(start, end, low=low, high=high, rule="range", alone=True)
        unit = sign or other
        return replace(made, unit=unit.unit, kind=unit.kind) if unit else made

    def _signed(self, raw: str) -> tuple[Number | None, Unit | None]:
        """Return what an end of a range is worth, and the unit of its sign."""
        sign = next((s for s in self.grammar.signs if raw.startswith(s)), "")
        raw = raw.removeprefix(sign).strip()
        factors = self.grammar.table.abbreviations
        short = re.search(r"(?<=\d)\s?([^\W\d_]+)$", raw)
        factor = factors.get(short[1], 1) if short else 1
        raw = raw[: short.start()] if short and factor > 1 else raw
        value = self.grammar.numbers.value(raw)
        unit = self.grammar.signs.get(sign)
        return (None if value is None else value * factor), unit

    def _single(self, raw: str, start: int, end: int) -> Amount | None:
        value = None if re.search(r"\d[-–]\d", raw) else self.grammar.numbers.value(raw)
        if value is None or re.match(r"[-–]\d|[.,:/]\d", self.shown[end : end + 2]):
            return None
        large = bool(re.search(r"[^\W\d_]", raw)) and value >= 1000
        grouped = bool(re.search(r"\d[ ,.]\d{3}(?!\d)", raw))
        return Amount(start, end, value, value, value, alone=large or grouped)

    def _change(self, match: re.Match[str], block: Block) -> list[Amount]:
        """Return both ends of "rose from 12 to 15", which is no range."""
        before = self.shown[max(block.start, match.start() - 40) : match.start()]
        if not self.grammar.change.search(before):
            return []
        pair = next((m for p in self.grammar.ranges if (m := p.fullmatch(match[0]))), None)
        if pair is None:
            return []
        first, second = (self._end(match, pair, n, block) for n in (1, 2))
        if first is None or second is None or self._is_time(first) or self._is_time(second):
            return []
        if first.unit is None and first.value is not None and second.value is not None:
            value = scaled_like(first.value, second.value, pair[2])
            first = replace(exactly(first.start, first.end, value), rule="exact.elliptical")
            first = replace(first, unit=second.unit, kind=second.kind)
        role = self.roles.of(second, block)
        return [replace(first, role=first.role or role), replace(second, role=role)]

    def _end(
        self, match: re.Match[str], pair: re.Match[str], number: int, block: Block
    ) -> Amount | None:
        """Return one end of a change as an amount of its own."""
        start, end = (match.start() + place for place in pair.span(number))
        signs = [s for s in self.grammar.signs if self.shown.startswith(s, start)]
        inner = self.grammar.any.match(
            self.shown, start + len(max(signs, key=len, default="")), end
        )
        amount = self._single(inner[0], *inner.span()) if inner else None
        if amount is None:
            return None
        amount = replace(amount, alone=True)
        return self._measured(amount, block) or self._counted(amount, block)

    def _is_time(self, amount: Amount) -> bool:
        if amount.kind == "ratio" and self.grammar.share_of.match(self.shown, amount.end):
            return False
        near = self.times.overlapping(amount.start, amount.end)
        return any(t.type != "DURATION" for t in near)

    def _in_time(self, token: Token) -> bool:
        return any(t.type != "DURATION" for t in self.times.overlapping(token.start, token.end))

    # -- what it measures ----------------------------------------------------------------------

    def _measured(self, amount: Amount, block: Block) -> Amount | None:
        if amount.kind == "ratio":
            part = self.grammar.part.match(self.shown, amount.end, block.end)
            return self._in_unit(replace(amount, kind=None), part.end(1), block) if part else amount
        if amount.kind is not None:
            return amount
        sign = self.grammar.sign.search(
            self.shown, max(block.start, self.done, amount.start - 4), amount.start
        )
        scaled = self._scaled(amount, block)
        if sign:
            unit = self.grammar.signs[sign[0].strip()]
            return replace(scaled, start=sign.start(), unit=unit.unit, kind=unit.kind, alone=True)
        return self._in_unit(scaled, scaled.end, block) or self._in_unit(amount, amount.end, block)

    def _scaled(self, amount: Amount, block: Block) -> Amount:
        """Return `amount` with the letters of scale behind it: "$2.5m", "40k people"."""
        scale = self.grammar.scale.match(self.shown, amount.end, block.end)
        if not scale or not self.shown[amount.end - 1].isdigit():
            return amount
        factor = self.grammar.table.abbreviations[scale[0].strip()]
        return replace(times(amount, factor), end=scale.end())

    def _in_unit(self, amount: Amount, end: int, block: Block) -> Amount | None:
        """Return `amount` in the unit whose word stands at `end`."""
        behind = self.grammar.unit.match(self.shown, end, block.end)
        if not behind:
            return None
        word = self._unit_word(behind[0])
        unit = self.grammar.units[word]
        if unit.beside and not self._is_beside(unit.beside, amount):
            return None
        if unit.kind == "duration" and self._is_article(amount, block):
            return None
        made = replace(amount, end=behind.end(), unit=unit.unit, kind=unit.kind, alone=True)
        return self._aged(self._below_zero(self._instead(made, word, block), block), block)

    def _instead(self, amount: Amount, word: str, block: Block) -> Amount:
        """Return `amount` in the unit that the words about it make of its `word`."""
        left = self.shown[max(block.start, amount.start - 30) : amount.start]
        right = self.shown[amount.end : min(amount.end + 40, block.end)]
        for entry in self.grammar.instead:
            if word in entry.words and entry.told(left, right):
                return replace(amount, unit=entry.unit, kind=entry.kind)
        return amount

    def _is_beside(self, kind: str, amount: Amount) -> bool:
        """Return whether the sentence has another measure of `kind` or the number decimals."""
        if kind == "percent" and isinstance(amount.value, float):
            return True
        start, end = self.text.sentence_at(amount.start) or (amount.start, amount.start)
        return self.grammar.kinds[kind].search(self.shown, start, end) is not None

    def _below_zero(self, amount: Amount, block: Block) -> Amount:
        if amount.kind != "temperature":
            return amount
        left = max(block.start, self.done)
        minus = self.grammar.minus.search(self.shown, left, amount.start)
        return replace(times(amount, -1), start=minus.start()) if minus else amount

    def _unit_word(self, raw: str) -> str:
        """Return the longest known unit that ends `raw`."""
        flat = re.sub(r"\s+", " ", raw.strip(" -\t\n"))
        starts = (flat[n:] for n in range(len(flat)))
        return next(word for word in starts if word in self.grammar.units)

    def _is_article(self, amount: Amount, block: Block) -> bool:
        """Return whether the number is but an article: nothing beside it makes it count."""
        if self.shown[amount.start : amount.end] not in self.grammar.table.articles:
            return False
        left = max(block.start, amount.start - 30)
        if self.grammar.article_unless.search(self.shown, left, amount.start):
            return True
        counts = self.grammar.article_before.search(
            self.shown, left, amount.start
        ) or self.grammar.article_after.match(self.shown, amount.end, block.end)
        return not counts

    def _aged(self, amount: Amount, block: Block) -> Amount:
        """Return `amount` as an age when what stands around its years says so."""
        if amount.unit not in ("year", "month"):
            return amount
        words = self.grammar.age
        left = self.shown[max(block.start, amount.start - 45) : amount.start]
        right = self.shown[amount.end : min(amount.end + 20, block.end)]
        old = words.after.match(right)
        if old:
            return replace(amount, end=amount.end + old.end(), kind="age")
        if words.not_before.search(left) or words.not_after.match(right):
            return amount
        ranged = amount.rule == "range"
        spanned = ranged and words.spans.search(left)
        apposed = not ranged and re.search(r"[^\W\d_],\s*$|\(\s*$", left)
        apposed = apposed and re.match(r"\s*[,.;)]|$", right)
        if (
            self._after_age(amount)
            or apposed
            or spanned
            or words.before.search(left)
            or words.bearers.search(left)
        ):
            return replace(amount, kind="age")
        return amount

    # -- what it counts ------------------------------------------------------------------------

    def _counted(self, amount: Amount, block: Block) -> Amount | None:
        """Return `amount` with the noun it counts; None when it counts nothing known."""
        if self._is_article(amount, block):
            return None
        told = self._bare_age(amount, block) or self._before_another(amount, block)
        if told:
            return told
        noun = None if self._partial(amount, block) else self._noun(amount.end, block)
        if not noun:
            amount, noun = self._bound_inside(amount, block)
        if noun and noun[1] in self.grammar.others:
            return self._elliptical(replace(amount, end=noun[0], alone=True), block)
        if noun:
            return self._shared(replace(amount, end=noun[0], unit=noun[1], kind="count"), block)
        return self._elliptical(amount, block)

    def _bound_inside(self, amount: Amount, block: Block) -> tuple[Amount, tuple[int, str] | None]:
        """Return "60 or more" with its bound, and the end and name of the noun behind it."""
        made = self._bounded_behind(amount, block)
        noun = self._noun(made.end, block) if made else None
        return (made, noun) if made and noun else (amount, None)

    def _partial(self, amount: Amount, block: Block) -> bool:
        """Return whether words behind the number say of what it is a part: "six of them"."""
        rules = self.grammar
        return any(
            words.match(self.shown, amount.end, block.end)
            for words in (rules.like_after, rules.people_after)
        )

    def _shared(self, amount: Amount, block: Block) -> Amount:
        """Return "nine travellers in ten" as a share; any other number as the count it is."""
        self.counted = (self._sentence(amount.start), amount.unit or "")
        self.taken_up[amount.value] = amount.unit
        match = self.grammar.shared.match(self.shown, amount.end, block.end)
        whole = self.grammar.numbers.value(match[1]) if match else None
        if match and whole in _WHOLES and amount.value and amount.rule == "exact":
            return replace(
                exactly(amount.start, match.end(), round(amount.value / whole, 6)), kind="ratio"
            )
        return replace(amount, echo=self._goes_on(amount, block))

    def _goes_on(self, amount: Amount, block: Block) -> bool:
        """Return whether the number plays the part of the one before: "including two women"."""
        left = max(block.start, amount.start - 30)
        return bool(self.grammar.same_before.search(self.shown, left, amount.start))

    def _elliptical(self, amount: Amount, block: Block) -> Amount | None:
        """Return a bare number with what its sentence counts, where it counts anything."""
        known = (
            self._tallied(amount, block)
            or self._of_people(amount, block)
            or self._like(amount, block)
            or self._both(amount)
        )
        if known:
            return known
        if amount.rule == "range":  # of nothing: a score, a pair of house numbers
            return None
        is_bounded = self._bounded(amount, block) != amount
        return replace(amount, kind="count") if amount.alone or is_bounded else None

    def _both(self, amount: Amount) -> Amount | None:
        """Return "both" with the noun that was counted by that number before."""
        if self.shown[amount.start : amount.end] not in self.grammar.exact:
            return None
        return replace(amount, unit=self.taken_up.get(amount.value), kind="count")

    def _like(self, amount: Amount, block: Block) -> Amount | None:
        """Return `amount` as so many more of what the sentence counted or measured before."""
        here, last = self._sentence(amount.start), self.last
        if last is None or self._sentence(last.start) != here:
            return None
        left = max(block.start, amount.start - 30)
        same = self._goes_on(amount, block)
        rule = amount.rule + ".elliptical"
        cued = (
            same
            or self.grammar.like_before.search(self.shown, left, amount.start)
            or self.grammar.like_after.match(self.shown, amount.end, block.end)
            or self.grammar.joined.fullmatch(self.shown, last.end, amount.start)
            or self._bounded(amount, block) != amount
        )
        paid = last.kind == "money" and amount.alone
        if last.unit and last.kind not in ("count", "age") and (cued or paid):
            return replace(amount, unit=last.unit, kind=last.kind, rule=rule)
        standing = cued or amount.alone or self._stands_alone(amount)
        if standing and self.counted and self.counted[0] == here:
            return replace(amount, unit=self.counted[1], kind="count", rule=rule, echo=same)
        return None

    def _of_people(self, amount: Amount, block: Block) -> Amount | None:
        """Return a bare number as persons where its sentence can speak of nothing else."""
        left = max(block.start, amount.start - 30)
        if self.grammar.people_before.search(
            self.shown, left, amount.start
        ) or self.grammar.people_after.match(self.shown, amount.end, block.end):
            return replace(amount, unit="person", kind="count")
        here = self._sentence(amount.start)
        if (self.counted and self.counted[0] == here) or not self._stands_alone(amount):
            return None
        part = self.grammar.whole_after.match(self.shown, amount.end)
        role = self.roles.of_people(amount, block, governed=bool(part))
        return replace(amount, unit="person", kind="count", role=role) if role else None

    def _tallied(self, amount: Amount, block: Block) -> Amount | None:
        """Return a bare number behind "the death toll" with what that counts."""
        sentence = self.text.sentence_at(amount.start) or (block.start, block.end)
        for pattern, entry in self.grammar.tallies:
            if pattern.search(self.shown, sentence[0], amount.start):
                rule = amount.rule + ".tally"
                return replace(
                    amount, unit=entry.unit, kind="count", role=entry.role, rule=rule, alone=True
                )
        return None

    def _stands_alone(self, amount: Amount) -> bool:
        """Return whether the parse has the number where a noun stands: "37 passed", "has 212"."""
        tokens = self.text.tokens
        inside = self.text.tokens_in(amount.start, amount.end)
        if not tokens or not inside:
            return False
        if self.grammar.whole_after.match(self.shown, amount.end):
            return True
        first, last = inside[0].index, inside[-1].index
        after = tokens[last + 1] if last + 1 < len(tokens) else None
        before = tokens[first - 1] if first else None
        if before and self._sentence(before.start) != self._sentence(amount.start):
            before = None  # a headline ends without a stop
        if after is None or after.pos in ("NOUN", "PROPN", "NUM") or after.text in "-/:":
            return False
        opens = before is None or before.pos in ("PUNCT", "CCONJ", "SPACE")
        if opens:
            return after.pos in ("VERB", "AUX")
        return before is not None and before.pos in ("VERB", "AUX", "ADV", "SCONJ")

    def _bare_age(self, amount: Amount, block: Block) -> Amount | None:
        """Return "Ada Holm, 41, said" as an age: a person, a number of two digits, two commas."""
        words = self.grammar.age
        left = self.text.string[max(block.start, amount.start - 30) : amount.start]
        right = self.text.string[amount.end : amount.end + 2]
        apposed = re.search(r"([\w’'-]+),\s$", left) if re.match(r",|\)", right) else None
        named = apposed and (apposed[1][0].isupper() or apposed[1].lower() in self.grammar.persons)
        named = named or (words.bare.search(lowered(left)) and re.match(r"[,.)]", right))
        said = self._bounded(amount, block).start
        lefts = (self.shown[max(block.start, at - 30) : at] for at in (amount.start, said))
        named = named or any(words.sure.search(left) for left in lefts)
        named = named or (self._after_age(amount) and not self._noun(amount.end, block))
        if not named or not amount.value or not 1 < amount.value < 120:
            return None
        return replace(amount, unit="year", kind="age")

    def _after_age(self, amount: Amount) -> bool:
        """Return whether the number goes on with ages: "aged 12 and 15"."""
        last = self.last
        if last is None or last.kind != "age":
            return False
        return bool(self.grammar.coordinator.fullmatch(self.shown, last.end, amount.start))

    def _before_another(self, amount: Amount, block: Block) -> Amount | None:
        """Return a bare number in the unit of the next: "boys of 12 and 15 years"."""
        link = self.grammar.coordinator.match(self.shown, amount.end, block.end)
        other = self.grammar.any.match(self.shown, link.end(), block.end) if link else None
        second = self._single(other[0], *other.span()) if other else None
        behind = self.grammar.unit.match(self.shown, second.end, block.end) if second else None
        if not behind:
            return None
        unit = self.grammar.units[self._unit_word(behind[0])]
        made = replace(amount, unit=unit.unit, kind=unit.kind, rule="exact.elliptical", alone=True)
        return self._aged(made, block)

    def _sentence(self, position: int) -> int:
        found = self.text.sentence_at(position)
        return found[0] if found else -1

    def _noun(self, end: int, block: Block) -> tuple[int, str] | None:
        link = self.grammar.link.match(self.shown, end, block.end)
        if not link:
            return None
        if self.text.tokens is not None:
            tokens = self.text.tokens_in(link.end(), min(block.end, link.end() + 60))
            joined = link[0] == "-"  # in "a 17-carriage train" the carriages are counted
            found = [t for t in tokens if t.start >= link.end()]
            return self._parsed_noun(found[:1] if joined else found)
        return self._plain_noun(link.end(), block)

    def _parsed_noun(self, tokens: list[Token]) -> tuple[int, str] | None:
        """Return the end and unit of the noun phrase that `tokens` begin with."""
        place = 0
        while place < len(tokens) and place < 4 and self._may_lead(tokens, place):
            place += 1
        if place >= len(tokens) or not self._is_noun(tokens[place]):
            return self._other(tokens[: place + 1])
        if self._in_time(tokens[place]):
            return None
        noun = tokens[place]
        end = noun.end
        for token in tokens[place + 1 : place + 3]:
            if not self._describes(token, noun):
                break
            end = token.end
        if self._is_people(noun):
            return end, "person"
        return end, self._unit_of(noun.text.lower(), noun.lemma.lower())

    def _other(self, tokens: list[Token]) -> tuple[int, str] | None:
        """Return the end of "others", which stands for what was counted before."""
        found = (t for t in tokens if t.text.lower() in self.grammar.others)
        return next(((t.end, t.text.lower()) for t in found), None)

    def _describes(self, token: Token, noun: Token) -> bool:
        """Return whether `token` is an adjective of `noun`, or a participle with nothing behind."""
        agrees = token.morph.get("Number", "") == noun.morph.get("Number", "")
        participle = token.morph.get("VerbForm") == "Part" and not any(
            child > token.index for child in self.text.children[token.index]
        )
        return token.head == noun.index and agrees and (token.pos == "ADJ" or participle)

    def _may_lead(self, tokens: list[Token], place: int) -> bool:
        token = tokens[place]
        if token.text.lower() in self.grammar.adjectives:
            return True
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        leads = token.pos in ("ADJ", "VERB") or (token.pos == "NOUN" and token.dep == "compound")
        if token.pos == "PUNCT" and token.text == "-":
            return True
        return bool(leads and following and following.pos in ("NOUN", "ADJ"))

    def _is_noun(self, token: Token) -> bool:
        if token.text.lower() in self.grammar.not_nouns:
            return False
        plural = token.text[-1:] in "sx" and token.pos in ("PROPN", "ADJ")
        known = token.text.lower() in self.grammar.persons
        return token.pos == "NOUN" or plural or known or self._mistaken(token)

    def _mistaken(self, token: Token) -> bool:
        """Return whether a numbered plural is a noun that is parsed as a pronoun ("urnes")."""
        if token.pos != "PRON" or token.text[-1:] != "s" or token.lemma == "autre":
            return False
        children = self.text.children[token.index]
        return any((self.text.tokens or ())[child].dep == "nummod" for child in children)

    def _plain_noun(self, start: int, block: Block) -> tuple[int, str] | None:
        """Return the first word that may be a noun, where no parser tells."""
        for word in re.finditer(r"[^\W\d_][\w'-]*", self.shown[start : min(start + 50, block.end)]):
            if self.shown[start : start + word.start()].strip(" -") and word.start() > 30:
                return None
            if word[0] in self.grammar.adjectives:
                continue
            if word[0] in self.grammar.not_nouns or word[0].endswith(("'", "ent")):
                return None
            return start + word.end(), self._unit_of(word[0], self._singular(word[0]))
        return None

    def _unit_of(self, word: str, lemma: str) -> str:
        people = {word, lemma, self._singular(word)} & self.grammar.persons
        return "person" if people else lemma

    def _is_people(self, noun: Token) -> bool:
        """Return whether a capital and an ending make it the name of a people: "Syrians"."""
        return noun.text[0].isupper() and noun.text.endswith(self.grammar.table.demonyms)

    def _singular(self, word: str) -> str:
        for ending, singular in self.grammar.table.plurals:
            if word.endswith(ending) and len(word) > len(ending) + 1:
                return word[: -len(ending)] + singular
        return word

    # -- bounds --------------------------------------------------------------------------------

    def _bounded(self, amount: Amount, block: Block) -> Amount:
        """Return `amount` with the bound that stands before or behind it."""
        if amount.rule.split(".")[0] not in ("exact", "about") or amount.value is None:
            return amount
        left = max(block.start, self.done, amount.start - 30)
        before = [
            (match.start(), bound)
            for bound, pattern in self.grammar.before.items()
            if (match := pattern.search(self.shown, left, amount.start))
        ]
        if before:  # the longest: "no more than" is no "more than"
            start, bound = min(before)
            told = self.grammar.told.search(self.shown, left, amount.start)
            return replace(bounded(amount, bound), start=amount.start if told else start)
        behind = self._bounded_behind(amount, block)
        if behind:
            return behind
        if amount.rule.startswith("about"):
            return replace(amount, low=None, high=None)
        return amount

    def _bounded_behind(self, amount: Amount, block: Block) -> Amount | None:
        if amount.value is None:
            return None
        for bound, after in self.grammar.after.items():
            if match := after.match(self.shown, amount.end, block.end):
                return replace(bounded(amount, bound), end=match.end())
        return None

    def _quantity(self, amount: Amount, block: Block) -> Quantity:
        span = self.text.span(amount.start, amount.end)
        return Quantity(
            id=identify("n", self.text.key, [span]),
            span=span,
            value=amount.value,
            low=amount.low,
            high=amount.high,
            unit=amount.unit,
            kind=amount.kind or "count",
            role=self.roles.of(amount, block),
            rule=f"quantities.{amount.rule}",
        )


def _is_code(before: str, raw: str, after: str) -> bool:
    """Return whether the digits are part of a telephone number or the like."""
    if not raw[0].isdigit():
        return False
    return bool(re.match(r"0[\d ]", raw) or re.match(r" \d", after) or re.search(r"\d $", before))

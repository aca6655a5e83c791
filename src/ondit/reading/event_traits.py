"""Traits of events: what a verb, the words around it and its claim show, each under a name.

The small models of `ondit.reading.events` add up a number a trait. A trait says what the pack
knows of a governing word ("above1.trigger=hoped") beside the word itself, so that what is learned
of one verb of wishing holds for the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ondit.language.lexicon import Pack
from ondit.model import Claim, Text, Token
from ondit.reading.cues import lexicon as cue_lexicon
from ondit.reading.modality import lexicon
from ondit.reading.morphology import moods

_BEFORE = 12
"""Tokens before the event whose auxiliaries, conjunctions and adverbs are looked at."""

_ABOVE = 3
"""Steps up the parse that are looked at."""

OWN_MOOD = frozenset({"mood=Fut", "mood=Cnd"})
"""What a verb shows that is itself in a future or a conditional."""

_CLASSES = ("duty", "ability", "go-future", "modal-other", "belief-weak", "state-verb")
_SAYS_HOW = {"AUX", "SCONJ", "ADV", "PART"}


def traits(text: Text, claim: Claim | None, token: Token, pack: Pack) -> frozenset[str]:
    """Return the names of what `token` shows in its place; `claim` is the one that covers it."""
    found = {"always", *_claimed(claim), *_own(text, token)}
    found |= {f"own.{name}" for name in known(token.lemma.lower(), pack)}
    found |= set(_combined(text, token, _standing(claim)))
    found |= set(_above(text, token, pack, _standing(claim)))
    found |= set(_around(text, token))
    found |= set(_paired(text, token))
    found |= set(_root(text, token))
    found |= set(_moods(text, token, pack))
    found |= {"negated"} if negated(text, token, pack) else set()
    return frozenset(found)


def known(lemma: str, pack: Pack) -> tuple[str, ...]:
    """Return what `pack` knows of a lemma: the status it gives, its act, its classes."""
    return _known(pack).get(lemma, ())


@lru_cache
def _known(pack: Pack) -> dict[str, tuple[str, ...]]:
    words, cues = lexicon(pack), cue_lexicon(pack)
    found: dict[str, list[str]] = {}
    for lemma, trigger in words.triggers.items():
        found.setdefault(lemma, []).append(f"trigger={trigger.status}")
    for lemma, entry in words.governors.items():
        mark = "-if-negated" if entry.negated else ""
        found.setdefault(lemma, []).append(f"governor={entry.status}{mark}")
    for lemma, verb in (*cues.verbs.items(), *cues.nouns.items(), *cues.adjectives.items()):
        found.setdefault(lemma, []).append(f"act={verb.act_of(lemma)}")
    for name in _CLASSES:
        for lemma in words.classes[name]:
            found.setdefault(lemma, []).append(f"class={name}")
    return {lemma: tuple(names) for lemma, names in found.items()}


def _standing(claim: Claim | None) -> str:
    return f"{claim.status}{claim.polarity}" if claim else "none"


def _claimed(claim: Claim | None) -> Iterator[str]:
    """Yield what the claim shows: status, rule, and who says it how."""
    yield f"claim={_standing(claim)}"
    if claim is not None:
        yield f"rule={claim.evidence[0].rule.split('.', 2)[-1]}"
        yield f"voices={len(claim.attribution)}"
        yield f"act={claim.act}"


def _form(token: Token) -> str:
    return "".join(token.morph.get(name, "") for name in ("VerbForm", "Tense", "Mood"))


def _own(text: Text, token: Token, place: str = "") -> Iterator[str]:
    """Yield what a word and the words that hang on it show."""
    yield f"{place}lemma={token.lemma.lower()}"
    yield f"{place}relation={token.dep}"
    yield f"{place}form={token.pos}{_form(token)}"
    yield f"{place}ending={token.text.lower()[-3:]}"
    for index in text.children[token.index]:
        yield from _hanging(text, (text.tokens or ())[index], place)


def _hanging(text: Text, child: Token, place: str) -> Iterator[str]:
    word, relation = child.text.lower(), child.dep
    if relation.startswith(("aux", "cop", "neg", "mark", "advmod", "expl")):
        yield f"{place}{relation}={child.lemma.lower()}"
        yield f"{place}word={word}"
    else:
        yield f"{place}has={relation}"
    if relation.startswith("nsubj"):
        yield f"{place}subject={word}"
    if relation.startswith("aux"):
        yield f"{place}auxiliary={relation}{_form(child)}"
    if relation.startswith(("obj", "nsubj")):
        for index in text.children[child.index]:
            under = (text.tokens or ())[index]
            if under.dep in {"neg", "det"}:
                yield f"{place}{relation}>{under.lemma.lower()}"


def _combined(text: Text, token: Token, standing: str) -> Iterator[str]:
    """Yield form, relation, claim and conjunction two at a time."""
    form = _form(token)
    yield f"form={form}&relation={token.dep}"
    yield f"claim={standing}&form={form}"
    yield f"claim={standing}&relation={token.dep}"
    for index in text.children[token.index]:
        mark = (text.tokens or ())[index]
        if mark.dep in {"mark", "aux", "case"}:
            yield f"mark={mark.text.lower()}&relation={token.dep}"


def _paired(text: Text, token: Token) -> Iterator[str]:
    """Yield the verb, its subject and its auxiliaries two at a time."""
    tokens = text.tokens or ()
    below = [tokens[i] for i in text.children[token.index]]
    helping = " ".join(t.text.lower() for t in below if t.dep.startswith(("aux", "neg")))
    subject = next((t for t in below if t.dep.startswith("nsubj")), None)
    who, lemma = subject.lemma.lower() if subject else "nobody", token.lemma.lower()
    yield f"subject={who}&helping={helping}"
    yield f"subject={who}&tense={token.morph.get('Tense', '')}"
    yield f"person={who if subject and subject.pos == 'PRON' else ''}&lemma={lemma}"
    yield f"lemma={lemma}&relation={token.dep}"
    yield f"lemma={lemma}&helping={helping}"


def _root(text: Text, token: Token) -> Iterator[str]:
    """Yield what the sentence hangs on."""
    tokens, top, seen = text.tokens or (), token, {token.index}
    while top.head not in seen:
        seen.add(top.head)
        top = tokens[top.head]
    yield f"root.lemma={top.lemma.lower()}"
    yield f"root.form={top.pos}{_form(top)}"


def _above(text: Text, token: Token, pack: Pack, standing: str) -> Iterator[str]:
    """Yield what the words show that the event hangs on, and the way up to them."""
    way, below = token.dep, token
    for step in range(1, _ABOVE + 1):
        head = (text.tokens or ())[below.head]
        if head is below:
            break
        way += f"<{head.dep}"
        yield f"above{step}.lemma={head.lemma.lower()}"
        if step < _ABOVE:
            yield from _own(text, head, f"above{step}.")
            yield from _governing(text, head, below.dep, pack, f"above{step}.")
        if step == 1:
            yield f"relation={token.dep}&above={head.lemma.lower()}"
            yield f"claim={standing}&above={head.lemma.lower()}"
        yield from (f"over={word}" for word in _modal(text, head))
        below = head
    yield from (f"over={word}" for word in _modal(text, token))
    yield f"way={way}"


def _moods(text: Text, token: Token, pack: Pack) -> Iterator[str]:
    """Yield future and conditional by the forms themselves, which parsers miss in French."""
    tokens = text.tokens or ()
    for place, member in (("", token), ("above1.", tokens[token.head])):
        near = (tokens[i] for i in text.children[member.index])
        for verb in (member, *(t for t in near if t.dep.startswith(("aux", "cop")))):
            mood = moods(pack).of(verb)
            if mood is not None:
                yield f"{place}mood={mood}"


def _governing(text: Text, head: Token, relation: str, pack: Pack, place: str) -> Iterator[str]:
    denied = any((text.tokens or ())[i].dep == "neg" for i in text.children[head.index])
    denied = denied or negated(text, head, pack)
    if denied:
        yield f"{place}negated"
    for name in known(head.lemma.lower(), pack):
        yield f"{place}{name}"
        yield f"{place}{name}&relation={relation}"
        if denied:
            yield f"{place}{name}&negated"


def _modal(text: Text, token: Token) -> Iterator[str]:
    for index in text.children[token.index]:
        child = (text.tokens or ())[index]
        if child.dep.startswith("aux") or child.dep in {"neg", "mark"}:
            yield child.lemma.lower()


def _around(text: Text, token: Token) -> Iterator[str]:
    """Yield the nearest words, what stands before in the sentence, and how the sentence ends."""
    tokens = text.tokens or ()
    for step in (-3, -2, -1, 1, 2):
        index = token.index + step
        if 0 <= index < len(tokens) and tokens[index].sentence == token.sentence:
            yield f"at{step}={tokens[index].text.lower()}"
    near = {step: _word(text, token, token.index + step) for step in (-2, -1, 1, 2)}
    yield f"two-before={near[-2]} {near[-1]}"
    yield f"two-behind={near[1]} {near[2]}"
    for other in tokens[max(0, token.index - _BEFORE) : token.index]:
        if other.sentence == token.sentence and other.pos in _SAYS_HOW:
            yield f"before={other.lemma.lower()}"
    start, end = text.sentence_at(token.start) or (0, len(text.string))
    yield f"end={text.string[start:end].rstrip(_CLOSING)[-1:]}"


def _word(text: Text, token: Token, index: int) -> str:
    """Return the word at `index`, or nothing where that lies outside the sentence of `token`."""
    tokens = text.tokens or ()
    inside = 0 <= index < len(tokens) and tokens[index].sentence == token.sentence
    return tokens[index].text.lower() if inside else ""


_CLOSING = " \u00a0\u202f\"»”)'"


# -- negation --------------------------------------------------------------------------------

_NEAR = 4
"""Tokens between a clitic of negation and its verb, or behind the verb, that may hold the rest."""


def negated(text: Text, token: Token, pack: Pack) -> bool:
    """Return whether the event itself is negated: in "ne peut pas partir" the modal is, alone.

    Where the language negates with a pair of words, both are asked for, but for "n'a pu" and
    "sans partir"; "ne … que" does not negate.
    """
    classes = lexicon(pack).classes
    group = _group(text, token, classes["modal-other"])
    if not classes["negation-clitic"]:
        return _hangs(text, group, classes["negation"])
    first = min(group, key=lambda t: t.index)
    if _without(text, first, classes["without"]):
        return True
    tokens = text.tokens or ()
    before = tokens[max(0, first.index - _NEAR) : first.index]
    clitics = classes["negation-clitic"]
    clitic = next((t for t in reversed(before) if _stops(t) or _is(t, clitics)), None)
    if clitic is None or not _is(clitic, clitics):
        return False
    return _completed(text, clitic, group, classes)


def _group(text: Text, token: Token, modal: frozenset[str]) -> list[Token]:
    """Return the verb with its auxiliaries."""
    near = ((text.tokens or ())[i] for i in text.children[token.index])
    helping = [t for t in near if t.dep.startswith(("aux", "cop")) and t.index < token.index]
    return [*(t for t in helping if t.lemma.lower() not in modal), token]


def _hangs(text: Text, group: list[Token], negation: frozenset[str]) -> bool:
    """Return whether a word of negation hangs on the group, or is its subject's or object's."""
    tokens = text.tokens or ()
    for member in group:
        for index in text.children[member.index]:
            child = tokens[index]
            articles = [tokens[i] for i in text.children[index] if tokens[i].dep == "det"]
            under = articles if child.dep.startswith(("nsubj", "obj")) else []
            if any(_is(t, negation) for t in (child, *under)):
                return True
    return False


def _completed(
    text: Text, clitic: Token, group: list[Token], classes: dict[str, frozenset[str]]
) -> bool:
    """Return whether the other half of the negation is there, or may be left out."""
    tokens, last = text.tokens or (), max(t.index for t in group)
    behind = [t for t in tokens[clitic.index + 1 : last + _NEAR] if t.sentence == clitic.sentence]
    if any(_is(t, classes["negation"]) for t in behind) or _hangs(text, group, classes["negation"]):
        return True
    only = any(_is(t, classes["restriction"]) for t in behind)
    return not only and group[-1].lemma.lower() in classes["bare-negation"]


def _without(text: Text, first: Token, without: frozenset[str]) -> bool:
    """Return whether "sans" stands before an infinitive, a pronoun between them at most."""
    before = (text.tokens or ())[max(0, first.index - 2) : first.index]
    near = [t for t in before if t.pos != "PRON"][-1:]
    return first.morph.get("VerbForm") == "Inf" and any(_is(t, without) for t in near)


def _is(token: Token, words: frozenset[str]) -> bool:
    return token.text.lower().replace("’", "'") in words


def _stops(token: Token) -> bool:
    """Return whether what stands before the token is another verb's."""
    return token.pos in {"VERB", "NOUN", "PUNCT", "SCONJ", "CCONJ"}

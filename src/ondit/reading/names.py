"""Proper names: what the parser tagged, corrected by the pack's lists, titles and first names."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from ondit.model import Text, Token
from ondit.model.annotations import MentionKind
from ondit.reading.nominals import Words, kind_of_name

# What a single word tagged as a name may be; anything else is a sentence opening or a clitic.
_NAME_POS = {"PROPN", "NOUN", "ADJ", "X"}
_INSIDE = {"-", "'", "’", "&", ".", "/"}


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name at ``start:end``, its title outside."""

    start: int
    end: int
    kind: MentionKind
    titled: str | None = None
    """The title in front of it."""
    outlet: bool = False
    rule: str = "name.parser"


def find_names(text: Text, words: Words) -> list[Name]:
    """Return the proper names of `text`, in order, without overlaps."""
    found = list(_listed(text, words))
    if text.tokens is None:
        return found
    found = _merge(list(_outlets(text, words)), found)
    tagged = [n for n in _tagged(text, words) if n is not None]
    merged = _merge(tagged, found)
    for _ in range(2):  # the second time, surnames of the people that the first time found
        merged = _merge(list(_titled_runs(text, words, merged)), merged)
    return _agreed(text, merged, words)


# -- the pack's list --------------------------------------------------------------------------


def _listed(text: Text, words: Words) -> Iterator[Name]:
    for block in text.blocks:
        for match in words.bodies.finditer(text.view, block.start, block.end):
            outlet = words.body_kinds[match.group()] == "outlet"
            yield Name(
                match.start(), match.end(), "organisation", outlet=outlet, rule="name.listed"
            )


def _outlets(text: Text, words: Words) -> Iterator[Name]:
    """Yield names that an outlet's word is part of: "the Saltmarsh Courier", "L’Écho des Rives"."""
    tokens = text.tokens or ()
    for token in tokens:
        if not (token.text[:1].isupper() and token.text.lower() in words.outlet_words):
            continue
        first = last = token.index
        while first and _capital_beside(tokens[first - 1], tokens[first], words):
            first -= 1
        last = _outlet_end(tokens, last, words)
        if last > first and tokens[first].text not in words.sure_given:
            yield Name(
                tokens[first].start,
                tokens[last].end,
                "organisation",
                outlet=True,
                rule="name.outlet",
            )


def _outlet_end(tokens: tuple[Token, ...], last: int, words: Words) -> int:
    """Return the index of the name's last word; small words count only between capitals."""
    end = last
    while last + 1 < len(tokens) and tokens[last + 1].sentence == tokens[end].sentence:
        last += 1
        small = tokens[last].text.lower() in words.particles and last - end <= _SMALL_WORDS
        if _capital_beside(tokens[last], tokens[last - 1], words):
            end = last
        elif not small:
            break
    return end


_SMALL_WORDS = 2
"""Articles and prepositions that may stand between two capitals of a name."""


def _capital_beside(token: Token, other: Token, words: Words) -> bool:
    left, right = sorted((token, other), key=lambda t: t.start)
    touching = token.sentence == other.sentence and right.start - left.end <= 1
    return touching and token.text[:1].isupper() and token.text.lower() not in words.not_names


def _merge(more: list[Name], sure: list[Name]) -> list[Name]:
    """Return `sure` and what of `more` does not overlap it; a longer name beats its part."""
    kept: list[Name] = []
    rows = sorted([(n, False) for n in more] + [(n, True) for n in sure], key=lambda r: r[0].start)
    for name, is_sure in rows:
        if kept and name.start < kept[-1].end:
            last = kept[-1]
            inside = last.start <= name.start and name.end <= last.end
            longer = name.end - name.start > last.end - last.start
            if (
                longer
                or (is_sure and not inside)
                or (is_sure and not last.end - last.start > name.end - name.start)
            ):
                kept[-1] = name
            continue
        kept.append(name)
    return kept


# -- what the parser tagged -------------------------------------------------------------------


def _tagged(text: Text, words: Words) -> Iterator[Name | None]:
    group: list[Token] = []
    for token in text.tokens or ():
        if group and (token.name_start or token.name != group[-1].name):
            yield _name(text, words, group)
            group = []
        if token.name is not None:
            group.append(token)
    if group:
        yield _name(text, words, group)


def _name(text: Text, words: Words, group: list[Token]) -> Name | None:
    kind = kind_of_name(group[0].name)
    if kind is None and words.given.get(group[0].text) and group[0].pos == "PROPN":
        kind = "person"
    if kind is None:
        return None
    tokens = _unpunctuated(_trimmed(group, words))
    title = None
    while len(tokens) > 1 and kind == "person" and _is_title(tokens[0], words):
        title, tokens = tokens[0].text, tokens[1:]
    tokens = _trimmed(tokens, words)
    if kind == "person":
        tokens = _capitalised_end(_extended(text, words, tokens))
    if not tokens or (len(tokens) == 1 and tokens[0].pos not in _NAME_POS):
        return None
    title = title or _title_before(text, words, tokens[0])
    kind = "person" if title else kind
    return Name(tokens[0].start, tokens[-1].end, kind, title)


def _trimmed(tokens: list[Token], words: Words) -> list[Token]:
    """Return `tokens` without articles, clitics, marks and lower-case words at the edges."""
    first, last = 0, len(tokens)
    while first < last and not _opens_name(tokens[first], words):
        first += 1
    while last > first and (
        not tokens[last - 1].text[-1].isalnum() or _is_small(tokens[last - 1], words)
    ):
        last -= 1
    return tokens[first:last]


def _opens_name(token: Token, words: Words) -> bool:
    initial = token.text[:1]
    return (initial.isupper() or initial.isdigit()) and token.text.lower() not in words.not_names


def _is_small(token: Token, words: Words) -> bool:
    text = token.text.lower()
    return text in words.not_names or (text in words.particles and token.text == text)


def _unpunctuated(tokens: list[Token]) -> list[Token]:
    for number, token in enumerate(tokens):
        if number and not token.text[0].isalnum() and token.text not in _INSIDE | {"'s"}:
            return tokens[:number]
    return tokens


def _capitalised_end(tokens: list[Token]) -> list[Token]:
    while tokens and not tokens[-1].text[:1].isupper():
        tokens = tokens[:-1]
    return tokens


def _is_title(token: Token, words: Words) -> bool:
    role = words.role(token)
    personal = role is not None and role.class_ in {"office", "person"}
    return token.text in words.titles or personal


def _extended(text: Text, words: Words, tokens: list[Token]) -> list[Token]:
    """Return a person's name with the capitalised words that touch it, which taggers cut off."""
    if not tokens:
        return tokens
    table = text.tokens or ()
    first, last = tokens[0].index, tokens[-1].index
    while last + 1 < len(table) and _joins(table[last], table[last + 1], words):
        last += 1
    given = table[first].text in words.given
    while not given and first > 0 and _joins(table[first - 1], table[first], words):
        first -= 1
    return list(table[first : last + 1])


def _joins(left: Token, right: Token, words: Words) -> bool:
    """Return whether two neighbours are parts of one person's name."""
    touching = left.sentence == right.sentence and right.start - left.end <= 1
    capital = left.text[:1].isupper() and right.text[:1].isupper()
    if not (touching and capital) or _is_title(left, words):
        return False
    if left.text.lower() in words.not_names:
        return False
    if right.dep == "flat:name" and right.head in {left.index, left.head}:
        return True
    return (
        left.pos == right.pos == "PROPN"
        and not (left.name and right.name and right.name_start)
        and kind_of_name(left.name) in {None, "person"}
        and kind_of_name(right.name) in {None, "person"}
    )


def _title_before(text: Text, words: Words, token: Token) -> str | None:
    if token.index == 0:
        return None
    before = (text.tokens or ())[token.index - 1]
    same = before.sentence == token.sentence and token.start - before.end <= 1
    return before.text if same and before.text in words.titles else None


def _titled_runs(text: Text, words: Words, known: list[Name]) -> Iterator[Name]:
    """Yield capitalised runs that the tagger left out but a title, a name or a verb vouches for."""
    taken = {n.start for n in known}
    people = {w for n in known if n.kind == "person" for w in _parts(text, n)}
    tokens = text.tokens or ()
    index = 0
    while index < len(tokens):
        token = tokens[index]
        first = index
        index += 1
        if token.start in taken or not _opens_name(token, words):
            continue
        while index < len(tokens) and _joins(tokens[index - 1], tokens[index], words):
            index += 1
        start, end = token.start, tokens[index - 1].end
        title = _title_before(text, words, token)
        vouched = text.view[start:end].casefold() in people
        given = token.text in words.sure_given and index - first > 1
        run = 2 <= index - first <= 3 and _like_a_person(text, tokens[first:index], words)
        if vouched or ((title or given or run) and token.pos == "PROPN"):
            yield Name(start, end, "person", title, rule="name.title" if title else "name.known")


def _like_a_person(text: Text, run: tuple[Token, ...], words: Words) -> bool:
    """Return whether untagged proper nouns act as people do: as a subject, with no article."""
    before = (text.tokens or ())[run[0].index - 1] if run[0].index else None
    article = before is not None and before.pos == "DET" and before.sentence == run[0].sentence
    acts = any(t.dep in {"nsubj", "nsubj:pass", "appos", "obl:agent"} for t in run)
    return acts and not article and not any(words.role(t) or t.name for t in run)


def _parts(text: Text, name: Name) -> list[str]:
    """Return what may stand for a person's full name later on: all of it, its last word."""
    parts = _words(text, name)
    return [" ".join(parts), parts[-1]] if len(parts[-1]) > 2 else [" ".join(parts)]


def _words(text: Text, name: Name) -> list[str]:
    return text.view[name.start : name.end].casefold().split()


# -- one kind for one spelling ----------------------------------------------------------------


def _agreed(text: Text, names: Iterable[Name], words: Words) -> list[Name]:
    """Return `names` with one kind a spelling: what a list or a title says, else the majority."""
    names = list(names)
    votes: dict[str, Counter[MentionKind]] = defaultdict(Counter)
    for name in names:
        weight = 100 if name.rule == "name.listed" else 10 if name.titled else 1
        votes[text.view[name.start : name.end]][name.kind] += weight
    surnames = {
        _words(text, n)[-1] for n in names if n.kind == "person" and len(_words(text, n)) > 1
    }
    found = []
    for name in names:
        string = text.view[name.start : name.end]
        kind = votes[string].most_common(1)[0][0]
        listed = name.rule == "name.listed"
        if not listed and kind != "person" and string.casefold() in surnames:
            kind = "person"
        first = string.split()[0]
        given = words.given.get(first) is not None
        sure = given and first in words.sure_given
        place = sure and kind == "place" and " " in string
        if not listed and (place or (given and kind == "organisation")):
            kind = "person"
        changed = replace(name, kind=kind, rule="name.agreed")
        found.append(name if kind == name.kind else changed)
    outlets = {text.view[n.start : n.end] for n in found if _is_outlet(text, n, words)}
    return [
        replace(n, kind="organisation", outlet=True, titled=None, rule="name.outlet")
        if not n.outlet and text.view[n.start : n.end] in outlets
        else n
        for n in found
    ]


def _is_outlet(text: Text, name: Name, words: Words) -> bool:
    """Return whether the noun before the name tells an outlet: "the weekly Mirador"."""
    if name.outlet or name.rule == "name.listed" or name.titled:
        return False
    before = text.view[max(0, name.start - 30) : name.start].lower().split()
    return any(" ".join(before[-n:]) in words.before_outlets for n in (1, 2, 3) if before[-n:])

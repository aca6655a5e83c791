"""Quotations: a state machine over the marks of each block, carried from block to block.

Mark families are kept apart; nothing is balanced over the whole page. A quotation left open ends
with its block, and goes on in the next block when that one reopens a mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from ondit.language.lexicon import Pack
from ondit.model import Block, Quotation, Record, Text, identify, trim

# Opening mark -> family; a family is closed by its own marks, or by a wrong glyph in its place.
_OPENING = {
    "«": "guillemet",
    "“": "curly",
    "„": "low",
    "‘": "single",
    '"': "straight",
    "''": "doubled",
    "``": "doubled",
    "'": "plain",
}
_CLOSING = {"»": ("guillemet",), "”": ("curly", "low", "straight"), "’": ("single",)}
_WRONG_GLYPH = {
    '"': ("straight", "curly"),
    "“": ("low", "curly"),
    "''": ("doubled",),
    "'": ("plain",),
}
# Feet and inches are no marks.
_MARKS = re.compile(r"""(?<!\d['’]\d)(?<!\d['’]\d\d)(?:''|``|[«»“”„‘’"'])""")

# Apostrophes and single quotation marks share glyphs: a single quotation counts only when closed.
_NEEDS_CLOSING = {"single", "plain"}

# Fewer than four words without a verb are a scare quote or a title, not a statement.
_SCARE_WORDS = 4
_WORD = re.compile(r"\w+(?:['’.\-]\w+)*")


@dataclass(slots=True)
class _Open:
    position: int
    family: str


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    closed: bool
    family: str
    rule: str


def find(text: Text, record: Record, pack: Pack) -> Iterator[Quotation]:
    """Yield the quotations of `text` in order, outer before inner."""
    del record, pack  # marks mean the same in every language
    unclosed: Quotation | None = None
    family: str | None = None
    for number, block in enumerate(text.blocks):
        carried = family if family and _goes_on(text, number, family) else None
        paired = _paired(text.string, block, carried)
        made = list(_made(text, block, paired, unclosed))
        yield from made
        unclosed = next((q for q in made if not q.closed and q.parent is None), None)
        left_open = (f.family for f in paired if unclosed and f.start == unclosed.span.start)
        family = next(left_open, None)


# How many paragraphs on a mark may be closed without having been reopened.
_REACH = 8


def _goes_on(text: Text, number: int, family: str) -> bool:
    """Return whether the next mark of `family`, a few blocks on at most, closes what is open."""
    for block in text.blocks[number : number + _REACH]:
        for match in _MARKS.finditer(text.string, block.start, block.end):
            if _OPENING.get(match.group()) == family or family in _families(match.group()):
                start = _Open(block.start, family)
                closes = _closes(text.string, match.start(), match.group(), block, [start])
                return match.start() > block.start and closes is not None
    return False


def _families(mark: str) -> tuple[str, ...]:
    return _CLOSING.get(mark) or _WRONG_GLYPH.get(mark, ())


def _made(
    text: Text, block: Block, found: list[_Found], unclosed: Quotation | None
) -> Iterator[Quotation]:
    parents: list[Quotation] = []
    for item in sorted(found, key=lambda f: (f.start, -f.end)):
        parents = [p for p in parents if p.span.end >= item.end]
        span = text.span(item.start, item.end)
        begins = not parents and _begins(text.string, block, item.start)
        reopens = unclosed is not None and begins
        quotation = Quotation(
            id=identify("q", text.key, [span]),
            span=span,
            closed=item.closed,
            kind="speech" if reopens or not item.closed else _kind(text, item),
            continues=unclosed.id if unclosed and reopens else None,
            parent=parents[-1].id if parents else None,
            rule="quotation.reopened" if reopens else item.rule,
        )
        parents.append(quotation)
        yield quotation


def _begins(string: str, block: Block, position: int) -> bool:
    """Return whether nothing but space and dashes stands before `position` in its block."""
    return not string[block.start : position].strip(" \t\u00a0\u202f—–-")


def _kind(text: Text, item: _Found) -> Literal["speech", "scare", "title"]:
    words = _WORD.findall(text.string[item.start : item.end])
    long = [w for w in words if len(w) > 3]
    if long and all(w[0].isupper() for w in long) and (len(words) > 1 or "-" in words[0]):
        return "title"
    if len(words) >= _SCARE_WORDS:
        return "speech"
    inner = text.string[item.start : item.end].strip("«»“”„\"'’ \u00a0\u202f")
    sentence = inner[:1].isupper() and inner.endswith((".", "!", "?"))
    verbs = any(t.pos in {"VERB", "AUX"} for t in text.tokens_in(item.start, item.end))
    return "speech" if sentence or (verbs and len(words) > 1) else "scare"


# -- the state machine -----------------------------------------------------------------------


def _paired(string: str, block: Block, carried: str | None) -> list[_Found]:
    """Return the quotations of one block; `carried` is the family that comes in open."""
    stack = [_Open(block.start, carried)] if carried else []
    found: list[_Found] = []
    for match in _MARKS.finditer(string, block.start, block.end):
        at, mark = match.start(), match.group()
        closing = _closes(string, at, mark, block, stack)
        if closing is not None:
            del stack[closing + 1 :]
            opened = stack.pop()
            found.append(
                _Found(opened.position, match.end(), True, opened.family, "quotation.closed")
            )
        elif _opens(string, at, mark, block):
            stack.append(_Open(at, _OPENING.get(mark, "curly")))
    kept = [f for f in found if f.end - f.start > 2] + _left_open(string, block, stack, found)
    return list({(f.start, f.end): f for f in kept}.values())


def _left_open(string: str, block: Block, stack: list[_Open], found: list[_Found]) -> list[_Found]:
    """Return what was never closed: it ends with the block, or where its mark reopens."""
    left = [opened for opened in stack if opened.family not in _NEEDS_CLOSING]
    for number, opened in enumerate(left):
        later = [o.position for o in left[number + 1 :] if o.family == opened.family]
        later += [f.start for f in found if f.family == opened.family and f.start > opened.position]
        span = trim(string, opened.position, min(later, default=block.end))
        if later:
            return [_Found(span.start, span.end, False, opened.family, "quotation.cut-by-next")]
        return [_Found(span.start, span.end, False, opened.family, "quotation.unclosed")]
    return []


def _closes(string: str, at: int, mark: str, block: Block, stack: list[_Open]) -> int | None:
    """Return the index on `stack` of the quotation that this mark closes, or None."""
    families = _families(mark)
    number = next((i for i in range(len(stack) - 1, -1, -1) if stack[i].family in families), None)
    if number is None:
        return None
    before, after = _around(string, at, len(mark), block)
    family = stack[number].family
    if family in _NEEDS_CLOSING:
        return number if _ends_single(string, at, before, after, block) else None
    if mark in {'"', "“", "''"}:
        closes = not before.isspace() and not after.isalnum() and before not in "([«“"
        spaced = before.isspace() and (after.isspace() or after in ".,;:!?)")
        return number if closes or (spaced and family == "straight") else None
    return number


def _ends_single(string: str, at: int, before: str, after: str, block: Block) -> bool:
    """Return whether a single mark closes a quotation here rather than being an apostrophe."""
    if after.isalnum() or before.isspace():
        return False
    if before in ".,!?…;:":
        return True
    later = re.search(r"[.,!?…]['’](?!\w)", string[at + 1 : block.end])
    possessive = before == "s" and after.isspace()
    return not (possessive and later)


def _opens(string: str, at: int, mark: str, block: Block) -> bool:
    before, after = _around(string, at, len(mark), block)
    if mark in {"«", "“", "„", "``"}:
        return True
    outside = before.isspace() or before in "([{—–-:/«“‘'’" or before == "\n"
    if mark == "”":
        return outside and after.isalnum()
    if mark in {'"', "''"}:
        return outside and not after.isspace()
    if mark in {"‘", "'"}:
        return before.isspace() and (after.isalnum() or after in '“"«')
    return False


def _around(string: str, at: int, width: int, block: Block) -> tuple[str, str]:
    before = string[at - 1] if at > block.start else "\n"
    after = string[at + width] if at + width < block.end else "\n"
    return before, after

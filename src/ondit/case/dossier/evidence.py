"""Evidence: why two reports depend on each other, or two claims clash, side by side in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ondit.case.dossier.filed import Filed
from ondit.case.dossier.wording import Wording, inline
from ondit.model import Span
from ondit.model.comparison import Pairing

KINDS = (
    "same-words", "same-quotation", "answering-sentence", "credit", "citation", "mention",
    "residue", "embedded", "published", "number", "denial", "disagreement",
)  # fmt: skip
"""Kinds of evidence for which the page has words; another one is shown as it is called."""

_LONGEST = 700
_NOTES = {
    "words": re.compile(r"(?P<n>\d+) words"),
    "common": re.compile(r"in common: (?P<words>.+)", re.DOTALL),
    "days": re.compile(r"dated (?P<first>\S+), the other (?P<later>\S+)"),
    "numbers": re.compile(r"(?P<first>\S+) against (?P<later>\S+)"),
    "negated": re.compile("one affirms what the other negates"),
    "names": re.compile(r"names (?P<who>.+)", re.DOTALL),
    "stated": re.compile(r"[a-z-]+:[a-z:-]+: (?P<words>.+)", re.DOTALL),
    "whole": re.compile("stands whole inside a report that otherwise tells of other matters"),
}
"""Notes that a comparison writes, by the name of our words for them."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage of a report, and the paragraph of the dossier where it stands."""

    filed: Filed
    words: str
    block: int | None

    @property
    def anchor(self) -> str:
        """The place in the page that a link leads to."""
        place = f"r{self.filed.number}"
        return place if self.block is None else f"{place}b{self.block}"


@dataclass(frozen=True, slots=True)
class Proof:
    """One reason, with what either report says for it."""

    kind: str
    note: str
    verbatim: bool
    """Whether the note is the comparison's own, which is English."""
    first: Shown | None
    later: Shown | None


def proofs(
    first: Filed, later: Filed, evidence: Iterable[Pairing], say: Wording
) -> Iterator[Proof]:
    """Yield the evidence that two reports, in this order, show."""
    for pairing in evidence:
        note = _note(pairing.note or "", say)
        yield Proof(
            kind=say(f"evidence.{pairing.kind}") if pairing.kind in KINDS else pairing.kind,
            note=inline(pairing.note or "", limit=_LONGEST) if note is None else note,
            verbatim=note is None,
            first=passage(first, pairing.from_span),
            later=passage(later, pairing.to_span),
        )


def passage(filed: Filed, span: Span | None) -> Shown | None:
    """Return a passage as the page shows it, or None where there is none."""
    if span is None:
        return None
    return Shown(filed, inline(span.exact, limit=_LONGEST), _block(filed, span.start))


def _block(filed: Filed, offset: int) -> int | None:
    """Return the number of the paragraph that holds `offset`, as the article gives it."""
    blocks = sorted(filed.record.blocks, key=lambda block: block.start)
    for number, block in enumerate(blocks, start=1):
        if block.start <= offset < block.end:
            return number
    return None


def _note(note: str, say: Wording) -> str | None:
    """Return a note in the page's language; empty for no note, None for one that is not known."""
    if note in ("", "one side denies it"):  # the kind says it
        return ""
    for key, pattern in _NOTES.items():
        if found := pattern.fullmatch(note):
            values = {name: inline(value, limit=200) for name, value in found.groupdict().items()}
            if key == "words":
                return say("because.words", n=int(values["n"]))
            worded = _WORDED.get(key, _as_it_is)
            return say(f"because.{key}", n=None, **{k: worded(v, say) for k, v in values.items()})
    return None


def _as_it_is(value: str, _: Wording) -> str:
    return value


def _day(value: str, say: Wording) -> str:
    return say.day(value[:10])


def _bounds(value: str, say: Wording) -> str:
    """Return a number, or the bounds of one (``..12``), in words."""
    low, dots, high = value.partition("..")
    if not dots:
        return _number(low, say)
    if low and high:
        return say("note.between", low=_number(low, say), high=_number(high, say))
    key = "note.at_least" if low else "note.at_most"
    return say(key, low=_number(low, say), high=_number(high, say))


def _number(digits: str, say: Wording) -> str:
    try:
        return say.number(float(digits))
    except ValueError:
        return digits


_WORDED = {"days": _day, "numbers": _bounds}

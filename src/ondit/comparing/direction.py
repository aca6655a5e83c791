"""Direction: which of two dependent reports was there first, by named evidence or not at all.

The stated day of publication alone orders nothing: it is what pages get wrong most easily, by
mistake or on purpose. It is written beside other evidence, and where it speaks against the other
evidence the two stay unordered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ondit.comparing.account import Account
from ondit.comparing.citing import Citation
from ondit.comparing.derivation import Case, Edge
from ondit.comparing.residue import residues
from ondit.model import Published
from ondit.model.comparison import Pairing


@dataclass(frozen=True)
class Reason:
    """A reason to hold that `first` was there before the other."""

    first: int
    evidence: Pairing
    decides: bool = True
    """False of reasons that only go with others."""


def reasons(case: Case, edge: Edge) -> Iterator[Reason]:
    """Yield what speaks for either order of the reports of `edge`."""
    for first, second in ((edge.one, edge.other), (edge.other, edge.one)):
        yield from _named(case, edge, first, second)
        yield from _embedded(case, edge, first, second)
        if edge.kind == "translation":
            yield from _residue(case, edge, first, second)
        yield from _earlier(case, first, second)


def ordered(case: Case, edge: Edge) -> tuple[int | None, tuple[Pairing, ...]]:
    """Return which report was first, or None, with the evidence that was found.

    Reasons that point both ways, or a stated day that contradicts them, leave the two unordered.
    """
    found = list(reasons(case, edge))
    deciding = {reason.first for reason in found if reason.decides}
    pointing = {reason.first for reason in found}
    first = deciding.pop() if len(deciding) == 1 and len(pointing) == 1 else None
    return first, tuple(reason.evidence for reason in found)


def _named(case: Case, edge: Edge, first: int, second: int) -> Iterator[Reason]:
    """Yield the strongest place where the second report names the first one's outlet."""
    names = case.accounts[first].identity.names
    if names & case.accounts[second].identity.names:
        return
    found = [citation for citation in case.citations[second] if citation.name in names]
    if found:
        best = min(found, key=_strength)
        note = best.note or f"names {case.accounts[first].identity.outlet}"
        yield Reason(first, _pairing(edge, first, best, note))


def _strength(citation: Citation) -> int:
    return ("credit", "citation", "mention").index(citation.kind)


def _pairing(edge: Edge, first: int, citation: Citation, note: str) -> Pairing:
    """Return evidence that stands in the later report, on its side of the edge."""
    side = "to_span" if first == edge.one else "from_span"
    return Pairing(kind=citation.kind, note=note, **{side: citation.span})


def _embedded(case: Case, edge: Edge, first: int, second: int) -> Iterator[Reason]:
    """Yield that a whole report stands inside one that otherwise tells of something else.

    This alone decides nothing: a report cut out of a longer one looks the same.
    """
    whole, host = case.accounts[first], case.accounts[second]
    taken = {pair.first if first == edge.one else pair.other for pair in edge.pairs}
    inside = {pair.first if second == edge.one else pair.other for pair in edge.pairs}
    rest = [n for n in range(len(host.sentences)) if n not in inside]
    if edge.kind not in {"partial", "translation"} or len(rest) < _LEAST_REST:
        return
    if len(taken) < _MOSTLY * len(whole.sentences) or not min(rest) < min(inside):
        return  # a report that begins with what both have may be the longer original
    about = frozenset().union(*whole.names)
    apart = frozenset().union(*(host.names[n] for n in rest))
    if len(apart) >= _LEAST_NAMES and not apart & about:
        note = "stands whole inside a report that otherwise tells of other matters"
        yield Reason(first, Pairing(kind="embedded", note=note), decides=False)


_LEAST_REST = 4
"""Sentences of other matter that make a report a host."""
_LEAST_NAMES = 3
"""Names and numbers that the other matter must hold, for it to be known as other."""
_MOSTLY = 0.8
"""Share of a report's sentences that must stand in the host."""


def _residue(case: Case, edge: Edge, first: int, second: int) -> Iterator[Reason]:
    """Yield traces of the first report's language in the second one's text."""
    language = case.accounts[first].record.language
    for span, note in residues(case.accounts[second].record, language):
        side = "to_span" if first == edge.one else "from_span"
        yield Reason(first, Pairing(kind="residue", note=note, **{side: span}))


def _earlier(case: Case, first: int, second: int) -> Iterator[Reason]:
    before, after = (case.accounts[n].record.meta.published for n in (first, second))
    if before.conflict or after.conflict:
        return
    last, begin = _day(before, latest=True), _day(after, latest=False)
    if last is not None and begin is not None and last < begin:
        note = f"dated {before.value or last}, the other {after.value or begin}"
        yield Reason(first, Pairing(kind="published", note=note), decides=False)


def _day(published: Published, *, latest: bool) -> date | None:
    stated = published.latest if latest else published.earliest
    return date.fromisoformat(stated[:10]) if stated else None


def outlet_of(account: Account) -> str:
    """Return what a report's outlet is called in a note."""
    return account.identity.outlet or account.identity.host or account.id

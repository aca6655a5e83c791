"""Dependence: which reports of the dossier were made from which, as trees that can be drawn."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ondit.case.dossier.filed import Filed
from ondit.model import Span
from ondit.model.comparison import Corroboration, Derivation, DerivationKind, Origin

HANDED_ON: frozenset[DerivationKind] = frozenset({"copy", "partial", "rewrite", "translation"})
"""Kinds by which the matter itself was handed on."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two reports that depend on each other, under the number that the page gives to the tie."""

    number: int
    first: Filed
    later: Filed
    derivation: Derivation

    @property
    def kind(self) -> DerivationKind:
        """Of what kind it is."""
        return self.derivation.kind

    @property
    def known(self) -> bool:
        """Whether the pages show which of the two was first."""
        return self.derivation.direction == "known"


@dataclass(frozen=True, slots=True)
class Branch:
    """One stop of a tree: a report, or a beginning that no page shows (`filed` is None)."""

    filed: Filed | None
    above: int | None = None
    """Position of the stop that leads here."""
    tie: Tie | None = None
    """Why it leads here, where one report was made from another."""


class Web:
    """The reports of a dossier, the origins that they hand on, and the ties between them."""

    def __init__(self, reports: Iterable[Filed], found: Corroboration) -> None:
        self.filed = _by_id(reports, found)
        pairs = (
            (self.filed[d.from_], self.filed[d.to], d)
            for d in found.derivations
            if d.from_ in self.filed and d.to in self.filed
        )
        self.ties = tuple(Tie(n, *pair) for n, pair in enumerate(pairs, start=1))
        self.origins = found.origins
        self._of: dict[int, list[Tie]] = defaultdict(list)
        for tie in self.ties:
            self._of[tie.first.number].append(tie)
            self._of[tie.later.number].append(tie)
        self._homes: dict[int, list[int]] = defaultdict(list)
        for position, origin in enumerate(found.origins):
            for filed in self.members(origin):
                self._homes[filed.number].append(position)

    def members(self, origin: Origin) -> list[Filed]:
        """Return the reports that hand on `origin`, in the order of the dossier."""
        held = {filed.number: filed for name in origin.reports if (filed := self.filed.get(name))}
        return [held[number] for number in sorted(held)]

    def ties_of(self, filed: Filed) -> Sequence[Tie]:
        """Return the ties of one report."""
        return self._of.get(filed.number, ())

    def homes(self, filed: Filed) -> Sequence[int]:
        """Return the positions of the origins that the report hands on."""
        return self._homes.get(filed.number, ())

    def home(self, filed: Filed, span: Span) -> int | None:
        """Return the position of the origin that a passage of the report comes from."""
        homes = self.homes(filed)
        for position in homes:
            for passage in self.origins[position].passages:
                if self.filed.get(passage.report) is filed and passage.span.overlaps(span):
                    return position
        return homes[0] if homes else None

    def above(
        self, filed: Filed, members: set[int], follows: Callable[[Tie], bool]
    ) -> tuple[Filed, Tie] | None:
        """Return the nearest of `members` that the report was made from, and its own tie upwards.

        Reports in between that are no members are passed over.
        """
        waiting = deque((tie.first, tie) for tie in self._upwards(filed, follows))
        seen = {filed.number}
        while waiting:
            at, own = waiting.popleft()
            if at.number in members and at.number not in seen:
                return at, own
            if at.number not in seen:
                seen.add(at.number)
                waiting.extend((tie.first, own) for tie in self._upwards(at, follows))
        return None

    def _upwards(self, filed: Filed, follows: Callable[[Tie], bool]) -> list[Tie]:
        up = [t for t in self.ties_of(filed) if t.known and t.later is filed and follows(t)]
        return sorted(up, key=lambda tie: (tie.kind == "cites", tie.number))


def _by_id(reports: Iterable[Filed], found: Corroboration) -> dict[str, Filed]:
    """Return the reports by the ids they have in the comparison; bytes given twice stay apart."""
    waiting: dict[str, deque[Filed]] = defaultdict(deque)
    for filed in reports:
        waiting[filed.record.capture.sha256].append(filed)
    return {
        report.id: waiting[report.sha256].popleft()
        for report in found.reports
        if waiting[report.sha256]
    }


def tree(
    web: Web, members: Sequence[Filed], follows: Callable[[Tie], bool], *, headed: bool = False
) -> list[Branch]:
    """Return reports of one origin as a tree, each stop after the one that leads to it.

    Where none of several beginnings is known to be the first, or the first is not among the
    reports (`headed`), they hang from a stop without a report.
    """
    numbers = {filed.number for filed in members}
    below: dict[int, list[tuple[Filed, Tie]]] = defaultdict(list)
    for filed in members:
        if up := web.above(filed, numbers, follows):
            below[up[0].number].append((filed, up[1]))
    roots = list(_roots(members, below))
    open_beginning = headed or len(roots) > 1
    made = [Branch(None)] if open_beginning else []
    for root in roots:
        made += _walk(root, below, base=len(made), above=0 if open_beginning else None)
    return made


def _roots(members: Sequence[Filed], below: dict[int, list[tuple[Filed, Tie]]]) -> Iterator[Filed]:
    """Yield the reports from which all others are reached; of a circle, one begins."""
    led = {filed.number for row in below.values() for filed, _ in row}
    reached = set[int]()
    for filed in sorted(members, key=lambda f: (f.number in led, *_order(f))):
        if filed.number not in reached:
            reached |= {b.filed.number for b in _walk(filed, below) if b.filed}
            yield filed


def _walk(
    root: Filed,
    below: dict[int, list[tuple[Filed, Tie]]],
    *,
    base: int = 0,
    above: int | None = None,
) -> list[Branch]:
    """Return what hangs from `root`, depth first; its first position is `base`."""
    made, seen = list[Branch](), set[int]()
    waiting: list[Branch] = [Branch(root, above)]
    while waiting:
        branch = waiting.pop()
        if branch.filed is None or branch.filed.number in seen:
            continue
        seen.add(branch.filed.number)
        here = base + len(made)
        made.append(branch)
        row = sorted(below[branch.filed.number], key=lambda pair: _order(pair[0]), reverse=True)
        waiting.extend(Branch(filed, here, tie) for filed, tie in row)
    return made


def _order(filed: Filed) -> tuple[str, int]:
    return filed.record.meta.published.value or "9999", filed.number

"""Origins: what the reports share, and how many of them know it for themselves, ready to show.

The page says "reported independently by" and never more: what no page shows is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ondit.case.dossier.article import Article
from ondit.case.dossier.dependence import HANDED_ON, Branch, Tie, tree
from ondit.case.dossier.evidence import Proof, proofs
from ondit.case.dossier.filed import Filed
from ondit.case.dossier.matters import Clash, Matter, clashes, matters
from ondit.case.dossier.stops import Picture, Scene, leading, other_end, stops, under, unseen
from ondit.case.dossier.wording import Wording
from ondit.model.comparison import Corroboration, Origin

PROVEN = 300
"""Ties whose evidence is written out; a page with more of it would be slow to open."""


@dataclass(frozen=True, slots=True)
class Dependence:
    """A tie in words, seen from one of its reports, with its evidence."""

    tie: Tie
    words: str
    proofs: tuple[Proof, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A report in the list beside a picture."""

    filed: Filed
    day: str
    first: bool
    """Whether the pages show that it was first among them."""
    ties: tuple[Dependence, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """An origin that several reports hand on."""

    number: int
    title: str
    picture: Picture
    steps: tuple[Step, ...]
    handed: tuple[Matter, ...]
    """Claims that were only handed on within it."""


@dataclass(frozen=True)
class Chapter:
    """What the reports share."""

    reports: int
    origins: int
    chains: tuple[Chain, ...]
    alone: tuple[Filed, ...]
    """Reports that share their origin with no other one."""
    asides: tuple[Dependence, ...]
    """Ties by which no origin is handed on: citations, quotations in common."""
    matters: tuple[Matter, ...]
    """Claims of several origins, the best corroborated first."""
    laid: tuple[Matter, ...]
    """Claims of several reports that all lay them to one origin without being handed on in it."""
    clashes: tuple[Clash, ...]
    lines: dict[int, tuple[Dependence, ...]]
    """Number of a report to what its head says of it; without evidence."""

    @property
    def shared(self) -> bool:
        """Whether there is anything that several reports share."""
        return bool(self.chains or self.matters or self.laid or self.clashes or self.asides)


def chapter(articles: Sequence[Article], found: Corroboration, say: Wording) -> Chapter:
    """Return what the reports of the dossier share by `found`, in the words of `say`."""
    scene = Scene(articles, found, say)
    shared = matters(scene)
    chains = tuple(_chains(scene, shared))
    shown = {d.tie.number for chain in chains for step in chain.steps for d in step.ties}
    held = {step.filed.number for chain in chains for step in chain.steps}
    return Chapter(
        reports=len(articles),
        origins=len(found.origins),
        chains=chains,
        alone=tuple(a.filed for a in articles if a.filed.number not in held),
        asides=tuple(
            _dependence(scene, t, t.later) for t in scene.web.ties if t.number not in shown
        ),
        matters=tuple(m for m in shared if m.group.origins.high > 1),
        laid=tuple(m for m in shared if m.group.origins.high <= 1 and m.home is None),
        clashes=tuple(clashes(scene)),
        lines={a.filed.number: tuple(_lines(scene, a.filed)) for a in articles},
    )


def _chains(scene: Scene, shared: Iterable[Matter]) -> Iterator[Chain]:
    """Yield the origins of several reports, the widest first."""
    handed: dict[int | None, list[Matter]] = {}
    for matter in shared:
        handed.setdefault(matter.home, []).append(matter)
    members = [scene.web.members(origin) for origin in scene.found.origins]
    several = [position for position, row in enumerate(members) if len(row) > 1]
    several.sort(key=lambda position: (-len(members[position]), position))
    shown = set[int]()
    for number, position in enumerate(several, start=1):
        branches, picture = _drawn(scene, number, scene.found.origins[position], members[position])
        steps = tuple(_steps(scene, branches, shown))
        yield Chain(number, picture.title, picture, steps, tuple(handed.get(position, ())))


def _drawn(
    scene: Scene, number: int, origin: Origin, members: Sequence[Filed]
) -> tuple[list[Branch], Picture]:
    """Return one origin as a tree, and its picture."""
    head = unseen(scene, origin)
    branches = tree(scene.web, members, _follows, headed=head is not None)
    first = next(branch.filed for branch in branches if branch.filed)
    row = list(stops(scene, branches, head))
    title = _title(scene, origin, branches[0].filed, len(members))
    drawn = list(under(leading(scene, first), [row]))
    return branches, scene.picture(f"o{number}", title, drawn)


def _follows(tie: Tie) -> bool:
    return tie.kind in HANDED_ON or tie.kind == "cites"


def _title(scene: Scene, origin: Origin, first: Filed | None, size: int) -> str:
    if origin.unseen:
        return scene.say("origins.unseen", who=origin.unseen, n=size)
    if first:
        return scene.say("origins.begun", who=first.name, n=size - 1)
    return scene.say("origins.open", n=size)


def _steps(scene: Scene, branches: Sequence[Branch], shown: set[int]) -> Iterator[Step]:
    """Yield the reports of an origin, each with its ties to those before it, each tie once."""
    among = {branch.filed.number for branch in branches if branch.filed}
    before = set[int]()
    for branch in branches:
        if filed := branch.filed:
            before.add(filed.number)
            ties = [
                tie
                for tie in scene.web.ties_of(filed)
                if tie.number not in shown and other_end(tie, filed).number in among & before
            ]
            shown |= {tie.number for tie in ties}
            row = tuple(_dependence(scene, tie, filed) for tie in ties)
            yield Step(filed, scene.day(filed), branch.above is None, row)


def _dependence(scene: Scene, tie: Tie, filed: Filed) -> Dependence:
    evidence = tie.derivation.evidence if tie.number <= PROVEN else ()
    shown = tuple(proofs(tie.first, tie.later, evidence, scene.say))
    return Dependence(tie, scene.tied(tie, filed), shown)


def _lines(scene: Scene, filed: Filed) -> Iterator[Dependence]:
    """Yield the ties of one report in words, what it was made from first."""
    ties = sorted(scene.web.ties_of(filed), key=lambda t: (t.later is not filed, t.number))
    return (Dependence(tie, scene.tied(tie, filed)) for tie in ties)

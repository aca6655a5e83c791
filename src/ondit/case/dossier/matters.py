"""Matters: claims that several reports make, how many know them for themselves, who contradicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ondit.case.dossier.chains import Stop
from ondit.case.dossier.dependence import HANDED_ON, Tie, tree
from ondit.case.dossier.evidence import Proof, proofs
from ondit.case.dossier.filed import Filed
from ondit.case.dossier.notes import Note
from ondit.case.dossier.stops import Picture, Scene, silent, stops, under, unseen
from ondit.case.dossier.wording import inline
from ondit.model.comparison import ContradictionKind, Group, Interval, Origin, ReportClaim

_NAMED = {"named", "organisation"}
"""Grounds whose name is a name; two "sources close to the inquiry" may be two people."""

SourceKey = tuple[str, str, int]
"""Name, ground, and the report that it belongs to, 0 for any."""


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of one report."""

    filed: Filed
    note: Note


@dataclass(frozen=True, slots=True)
class Matter:
    """Claims that say the same, and how many report it independently."""

    number: int
    group: Group
    says: tuple[Said, ...]
    """The claims, those of the earliest stated day first."""
    sources: tuple[str, ...]
    """Whom they rest on, in the reports' words."""
    heading: str
    home: int | None
    """Position of the one origin within which it was only handed on."""
    picture: Picture | None


@dataclass(frozen=True, slots=True)
class Clash:
    """Two claims that cannot both hold, side by side."""

    number: int
    kind: ContradictionKind
    sides: tuple[Said, Said]
    proofs: tuple[Proof, ...]


def matters(scene: Scene) -> list[Matter]:
    """Return the claims that several reports make, the best corroborated first."""
    made = [
        _matter(scene, number, group, says)
        for number, group in enumerate(scene.found.groups, start=1)
        if (says := tuple(s for claim in group.claims if (s := said(scene, claim))))
    ]
    return sorted(made, key=_best_first)


def clashes(scene: Scene) -> list[Clash]:
    """Return the contradictions of which both claims are on the page."""
    made: list[Clash] = []
    for found in scene.found.contradictions:
        one, other = said(scene, found.a), said(scene, found.b)
        if one and other:
            why = proofs(one.filed, other.filed, found.evidence, scene.say)
            made.append(Clash(len(made) + 1, found.kind, (one, other), tuple(why)))
    return made


def said(scene: Scene, claim: ReportClaim) -> Said | None:
    """Return a claim with its report, or None when it is not on the page."""
    filed = scene.web.filed.get(claim.report)
    note = scene.notes.get((filed.number, claim.claim)) if filed else None
    return Said(filed, note) if filed and note else None


def _matter(scene: Scene, number: int, group: Group, says: tuple[Said, ...]) -> Matter:
    says = tuple(sorted(says, key=_earliest))
    heading = _heading(scene, group.origins)
    home = _home(scene, group, says)
    whom = dict.fromkeys(s.note.who and inline(s.note.who) for s in says)
    picture = (
        None if home is not None else scene.picture(f"g{number}", heading, _drawn(scene, says))
    )
    return Matter(
        number=number,
        group=group,
        says=says,
        sources=tuple(who or scene.say("ground.report") for who in whom),
        heading=heading,
        home=home,
        picture=picture,
    )


def _heading(scene: Scene, bounds: Interval) -> str:
    if bounds.low == bounds.high:
        return scene.say("independent.by", n=bounds.high)
    return scene.say("independent.between", low=bounds.low, high=bounds.high)


def _home(scene: Scene, group: Group, says: Sequence[Said]) -> int | None:
    homes = {scene.web.home(s.filed, span) for s in says for span in s.note.claim.spans}
    only = homes.pop() if len(homes) == 1 else None
    if only is None or group.origins.high > 1:
        return None
    return only if len(scene.web.members(scene.found.origins[only])) > 1 else None


def _best_first(matter: Matter) -> tuple[int, ...]:
    group = matter.group
    low, high = group.origins.low, group.origins.high
    return -low, -high, -group.publishers, -group.reports, matter.number


def _earliest(one: Said) -> tuple[str, int, int]:
    published = one.filed.record.meta.published.value or "9999"
    return published, one.filed.number, one.note.number


# -- the picture of a claim: whom it rests on, who was first with it, who hands it on ----------


def _drawn(scene: Scene, says: Sequence[Said]) -> list[Stop]:
    by_report: dict[int, Said] = {}
    for one in says:
        by_report.setdefault(one.filed.number, one)
    homes: dict[int | None, list[Filed]] = {}
    for one in by_report.values():
        home = scene.web.home(one.filed, one.note.claim.spans[0])
        homes.setdefault(home, []).append(one.filed)
    by_source: dict[SourceKey, tuple[Said, list[list[Stop]]]] = {}
    for home, members in homes.items():
        first, row = _handed_on(scene, home, members, by_report)
        by_source.setdefault(_source_key(first), (first, []))[1].append(row)
    made: list[Stop] = []
    for first, rows in by_source.values():
        made += under(_source(scene, first), rows, offset=len(made))
    return made


def _handed_on(
    scene: Scene, home: int | None, members: Sequence[Filed], by_report: dict[int, Said]
) -> tuple[Said, list[Stop]]:
    """Return the first report of one origin of a claim, and the stops below its source."""

    def follows(tie: Tie) -> bool:
        later = by_report.get(tie.later.number)
        laid = later is not None and later.note.kind == "outlet"
        return tie.kind in HANDED_ON or (tie.kind == "cites" and laid)

    head = None if home is None else _head(scene, scene.found.origins[home], members)
    branches = tree(scene.web, members, follows, headed=head is not None)
    first = next(branch.filed for branch in branches if branch.filed)
    return by_report[first.number], list(stops(scene, branches, head))


def _head(scene: Scene, origin: Origin, members: Sequence[Filed]) -> Stop | None:
    """Return what stands above several reports of an origin and does not make the claim itself."""
    if len(members) < 2:
        return None
    return unseen(scene, origin) or silent(scene, origin, members)


def _source_key(one: Said) -> SourceKey:
    """Return what tells a source apart; those without a name are apart in every report."""
    who, ground = one.note.who, one.note.ground
    if not who:
        return "", ground, one.filed.number
    return inline(who).casefold(), ground, 0 if ground in _NAMED else one.filed.number


def _source(scene: Scene, one: Said) -> list[Stop]:
    """Return the stop of a claim's source; none where the report speaks in its own words."""
    if not one.note.who:
        return []
    ground = one.note.ground
    return [Stop("source", inline(one.note.who), scene.say(f"ground.{ground}"), ground=ground)]

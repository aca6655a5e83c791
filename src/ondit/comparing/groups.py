"""Groups: claims of several reports that say the same, and how many of them know it themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ondit.comparing.contradictions import report_claim
from ondit.comparing.derivation import Case
from ondit.comparing.facts import Fact, Match
from ondit.comparing.identity import name_key
from ondit.comparing.origins import Class, Part, origin_id
from ondit.model import Attribution, Entity, identify
from ondit.model.comparison import Group, Interval

_NOBODY = {"anonymous_person", "unspecified"}
"""Kinds of source that may be one and the same behind two reports."""


def groups(
    case: Case, matches: Sequence[Match], facts: Sequence[tuple[Fact, ...]], found: Sequence[Class]
) -> Iterator[Group]:
    """Yield the groups of claims that more than one report makes, in the order of the case."""
    standing = Standing(case, found)
    by_key = {fact.key: fact for row in facts for fact in row}
    near: dict[tuple[int, str], set[tuple[int, str]]] = defaultdict(set)
    for match in matches:
        if _same(match):
            near[match.one.key].add(match.other.key)
            near[match.other.key].add(match.one.key)
    seen = set[tuple[int, str]]()
    for key in sorted(near):
        if key not in seen:
            members = _reached(key, near)
            seen |= members
            gathered = [by_key[member] for member in sorted(members)]
            if len({fact.report for fact in gathered}) > 1:
                yield _group(case, gathered, standing)


def _same(match: Match) -> bool:
    """Return whether two claims on one thing also say the same of it."""
    one, other = match.one.claim, match.other.claim
    return one.polarity == other.polarity and (one.status == "denied") == (other.status == "denied")


def _reached(
    key: tuple[int, str], near: dict[tuple[int, str], set[tuple[int, str]]]
) -> set[tuple[int, str]]:
    reached, waiting = {key}, [key]
    while waiting:
        for other in near[waiting.pop()] - reached:
            reached.add(other)
            waiting.append(other)
    return reached


def _group(case: Case, gathered: Sequence[Fact], standing: Standing) -> Group:
    reports = sorted({fact.report for fact in gathered})
    identities = [case.accounts[n].identity for n in reports]
    known = {fact.key: standing.origin(fact) for fact in gathered}
    claims = tuple(report_claim(case, fact) for fact in gathered)
    stated = [case.accounts[n].record.meta.published.value for n in reports]
    key = ":".join(f"{c.report}/{c.claim}" for c in claims)
    return Group(
        id=identify("g", key, ()),
        claims=claims,
        reports=len(reports),
        publishers=len({i.publishing or f"?{n}" for n, i in zip(reports, identities, strict=True)}),
        families=len({i.owner or f"?{n}" for n, i in zip(reports, identities, strict=True)}),
        origins=_interval(case, gathered, known),
        origin_ids=tuple(sorted(set(known.values()))),
        ultimate_sources=tuple(sorted({name for f in gathered if (name := ultimate(case, f))})),
        first_seen=min((value for value in stated if value), default=None),
    )


class Standing:
    """Where claims come from: the origin of the passage they stand in, or an outlet they cite."""

    def __init__(self, case: Case, found: Sequence[Class]) -> None:
        self._case = case
        self._names = [origin_id(case, one) for one in found]
        self._parts: dict[int, list[tuple[int, Part]]] = defaultdict(list)
        for number, one in enumerate(found):
            for part in one.parts:
                self._parts[part.report].append((number, part))
        self._named: dict[str, list[int]] = defaultdict(list)
        for position, account in enumerate(case.accounts):
            for name in account.identity.names:
                self._named[name].append(position)

    def origin(self, fact: Fact) -> str:
        """Return a name for the origin of a claim."""
        name = self._cited(fact)
        if name is None:
            return self._class(fact.report, fact)
        cited = next((n for n in self._named.get(name, ()) if n != fact.report), None)
        return f"unseen:{name}" if cited is None else self._class(cited, fact)

    def _cited(self, fact: Fact) -> str | None:
        """Return the outlet that a claim is laid to, by the name it is compared by."""
        account = self._case.accounts[fact.report]
        for attribution in account.record.attributions:
            outlet = attribution.source_kind == "outlet" and attribution.source
            if outlet and attribution.id in fact.claim.attribution:
                name = _outlet_name(account.record.entities, attribution)
                if name not in account.identity.names:
                    return name
        return None

    def _class(self, report: int, fact: Fact) -> str:
        mine = self._parts[report]
        for number, part in mine:
            if part.sentences is not None and fact.sentence in part.sentences:
                return self._names[number]
        return self._names[mine[0][0]]


def _outlet_name(entities: Sequence[Entity], attribution: Attribution) -> str:
    for entity in entities:
        if entity.id == attribution.speaker:
            return name_key(entity.name)
    return name_key(attribution.source[0].exact)


def _interval(case: Case, gathered: Sequence[Fact], known: dict[tuple[int, str], str]) -> Interval:
    """Return the bounds: origins that rest on nobody named may all be one."""
    named, nobody = set[str](), set[str]()
    for fact in gathered:
        (nobody if _faceless(case, fact) else named).add(known[fact.key])
    nobody -= named
    return Interval(low=len(named) + bool(nobody), high=len(named | nobody))


def _faceless(case: Case, fact: Fact) -> bool:
    last = _innermost(case, fact)
    return last is not None and last.source_kind in _NOBODY


def _innermost(case: Case, fact: Fact) -> Attribution | None:
    if not fact.claim.attribution:
        return None
    record = case.accounts[fact.report].record
    return next(a for a in record.attributions if a.id == fact.claim.attribution[-1])


def ultimate(case: Case, fact: Fact) -> str | None:
    """Return who stands at the end of a claim's chain by the report's words, else its outlet."""
    account, last = case.accounts[fact.report], _innermost(case, fact)
    if last is None:
        return account.identity.outlet
    for entity in account.record.entities:
        if entity.id == last.speaker:
            return entity.name
    return last.source[0].exact if last.source else None

"""Groups: claims of several reports that say the same, and how many of them know it themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ondit.comparing.contradictions import report_claim
from ondit.comparing.derivation import Case
from ondit.comparing.facts import Fact, Match
from ondit.comparing.identity import name_key
from ondit.comparing.origins import Class
from ondit.model import Attribution, identify
from ondit.model.comparison import Group, Interval

_NOBODY = {"anonymous_person", "unspecified"}
"""Kinds of source that may be one and the same behind two reports."""


def groups(
    case: Case, matches: Sequence[Match], facts: Sequence[tuple[Fact, ...]], found: Sequence[Class]
) -> Iterator[Group]:
    """Yield the groups of claims that more than one report makes, in the order of the case."""
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
                yield _group(case, gathered, found)


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


def _group(case: Case, gathered: Sequence[Fact], found: Sequence[Class]) -> Group:
    reports = sorted({fact.report for fact in gathered})
    identities = [case.accounts[n].identity for n in reports]
    known = origins_of(case, gathered, found)
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


def origins_of(
    case: Case, gathered: Sequence[Fact], found: Sequence[Class]
) -> dict[tuple[int, str], str]:
    """Return for each claim the origin that it came from: a class, or an outlet that it cites."""
    return {fact.key: _origin(case, fact, found) for fact in gathered}


def _origin(case: Case, fact: Fact, found: Sequence[Class]) -> str:
    cited = _cited(case, fact)
    if cited is not None:
        return cited if cited.startswith("unseen:") else _class_of(int(cited), fact, found)
    return _class_of(fact.report, fact, found)


def _cited(case: Case, fact: Fact) -> str | None:
    """Return the outlet that a claim is laid to: a report's position, or one that is not there."""
    account = case.accounts[fact.report]
    chain = [a for a in account.record.attributions if a.id in fact.claim.attribution]
    for attribution in chain:
        if attribution.source_kind == "outlet" and attribution.source:
            name = _outlet_name(account.record.entities, attribution)
            if name in account.identity.names:
                continue
            for position, other in enumerate(case.accounts):
                if name in other.identity.names and position != fact.report:
                    return str(position)
            return f"unseen:{name}"
    return None


def _outlet_name(entities: Sequence[object], attribution: Attribution) -> str:
    for entity in entities:
        if getattr(entity, "id", None) == attribution.speaker:
            return name_key(str(getattr(entity, "name", "")))
    return name_key(attribution.source[0].exact)


def _class_of(report: int, fact: Fact, found: Sequence[Class]) -> str:
    mine = [(n, part) for n, one in enumerate(found) for part in one.parts if part.report == report]
    for n, part in mine:
        if part.sentences is not None and fact.sentence in part.sentences:
            return f"class:{n}"
    return f"class:{mine[0][0]}"


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

"""Scores of an answer about a world, from the shape that ``ondit corroborate`` prints alone.

All scores are sums over worlds (`Tally`), so that small worlds do not weigh more than large ones.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from benchmarks.worlds.gold import Contradiction, Edge, Report, World

Answer = Mapping[str, Any]
"""What ``ondit corroborate`` prints; claims may carry the words they stand on as ``text``."""

Corroborate = Callable[[list[Report]], Answer]
"""What can be scored: reports in, an answer out, whose report ids are those of the input."""

KINDS = ("copy", "partial", "rewrite", "translation", "cites", "shared-quote")
CLASHES = ("update", "disagreement", "denial", "copying-error")


class Tally:
    """Sums over worlds, by name of what was counted."""

    def __init__(self) -> None:
        self.sums: Counter[str] = Counter()

    def add(self, name: str, amount: float = 1) -> None:
        """Count `amount` more of `name`."""
        self.sums[name] += amount  # type: ignore[assignment]  # a Counter of floats

    def share(self, part: str, whole: str) -> float:
        """Return a share in percent; 100 where there was nothing to get wrong."""
        return 100 * self.sums[part] / self.sums[whole] if self.sums[whole] else 100.0

    def f1(self, name: str) -> float:
        """Return the F1 in percent of what was counted as found, wanted and right."""
        return _harmonic(
            self.share(f"{name}.right", f"{name}.found"),
            self.share(f"{name}.met", f"{name}.wanted"),
        )


def _harmonic(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def scores(pairs: Iterable[tuple[World, Answer]]) -> dict[str, float]:
    """Return the scores, in percent, of answers about worlds.

    ``origins`` is the B-cubed F1 of origins (Amigó et al. 2009, overlapping classes); ``edges`` the
    F1 of derivations with their kind, ``edges.untyped`` without; ``over`` and ``under`` the share
    of claim groups whose interval of origins lies wholly above or below the truth, ``over.high``
    the share whose upper end lies above; ``direction`` how often a direction is right where one is
    given, and ``direction.given`` how often one is; ``contradictions`` the F1 with their kind;
    ``groups`` the F1 of pairs of reports that are said to tell the same fact.
    """
    tally = Tally()
    for world, answer in pairs:
        tally_world(tally, world, answer)
    found = {
        "origins": _harmonic(
            tally.share("origins.precise", "origins.items"),
            tally.share("origins.recalled", "origins.items"),
        ),
        "origins.precision": tally.share("origins.precise", "origins.items"),
        "origins.recall": tally.share("origins.recalled", "origins.items"),
        "edges": tally.f1("edges"),
        "edges.untyped": tally.f1("untyped"),
        "over": tally.share("over", "groups") if tally.sums["groups"] else 0.0,
        "over.high": tally.share("over.high", "groups") if tally.sums["groups"] else 0.0,
        "under": tally.share("under", "groups") if tally.sums["groups"] else 0.0,
        "direction": tally.share("direction.right", "direction.given"),
        "direction.given": tally.share("direction.given", "direction.asked"),
        "contradictions": tally.f1("contradictions"),
        "groups": tally.f1("groups.pairs"),
    }
    found |= {f"edges.{kind}": tally.f1(f"edges.{kind}") for kind in KINDS}
    found |= {f"contradictions.{kind}": tally.f1(f"contradictions.{kind}") for kind in CLASHES}
    return found


def tally_world(tally: Tally, world: World, answer: Answer) -> None:
    """Count what `answer` has right and wrong about `world`."""
    _origins(tally, world, answer)
    _edges(tally, world, answer)
    _groups(tally, world, answer)
    _contradictions(tally, world, answer)


def _origins(tally: Tally, world: World, answer: Answer) -> None:
    """Count extended B-cubed precision and recall; pairs that only cite each other are left out."""
    ids = [report.id for report in world.reports]
    gold = _classes(world.origins.values())
    found = _classes(origin["reports"] for origin in answer.get("origins", ()))
    free = _citing(world)
    for one in ids:
        others = [other for other in ids if frozenset((one, other)) not in free]
        tally.add("origins.items")
        tally.add("origins.precise", _mean(_part(one, o, found, gold) for o in others))
        tally.add("origins.recalled", _mean(_part(one, o, gold, found) for o in others))


def _classes(classes: Iterable[Iterable[str]]) -> dict[str, set[int]]:
    member: dict[str, set[int]] = defaultdict(set)
    for number, reports in enumerate(classes):
        for report in reports:
            member[report].add(number)
    return member


def _part(
    one: str, other: str, first: dict[str, set[int]], second: dict[str, set[int]]
) -> float | None:
    """Return how far `second` bears out what `first` says of a pair; None where it says nothing.

    A report in no class stands alone, in a class of its own.
    """
    said = _shared(one, other, first)
    return min(said, _shared(one, other, second)) / said if said else None


def _shared(one: str, other: str, classes: dict[str, set[int]]) -> int:
    if one == other:
        return max(1, len(classes[one]))
    return len(classes[one] & classes[other])


def _mean(parts: Iterable[float | None]) -> float:
    known = [part for part in parts if part is not None]
    return sum(known) / len(known)


def _citing(world: World) -> set[frozenset[str]]:
    """Return the pairs of reports that hold one account because one of them cites it."""
    pairs = {
        frozenset((citer, holder))
        for origin, citers in world.cited.items()
        for citer in citers
        for holder in (*world.origins.get(origin, ()), *citers)
        if citer != holder
    }
    together = {
        frozenset((one, other))
        for reports in world.origins.values()
        for one in reports
        for other in reports
    }
    return pairs - together


def _edges(tally: Tally, world: World, answer: Answer) -> None:
    """Count derivations by pair and kind, then directions."""
    found: dict[frozenset[str], list[Answer]] = defaultdict(list)
    for edge in answer.get("derivations", ()):
        found[frozenset((edge["from"], edge["to"]))].append(edge)
    met = matched(world.edges, found)
    for edge, pair in met:
        _judge(tally, edge, found[pair] if pair else [])
    used = {pair for _, pair in met if pair}
    allowed = {frozenset(pair) for pair in world.related} | {
        frozenset((e.source, e.target)) for e in world.edges
    }
    for pair in found.keys() - used - allowed:
        for kind in {edge["kind"] for edge in found[pair]}:
            tally.add("edges.found")
            tally.add(f"edges.{kind}.found")
        tally.add("untyped.found")
    _directions(tally, world, found)


def matched(
    edges: Iterable[Edge], found: Mapping[frozenset[str], object]
) -> list[tuple[Edge, frozenset[str] | None]]:
    """Return each wanted edge with the found pair that meets it: its own, else one as right."""
    listed = list(edges)
    own = {frozenset((edge.source, edge.target)) for edge in listed}
    spare = {pair for pair in found if pair not in own}
    result: list[tuple[Edge, frozenset[str] | None]] = []
    for edge in listed:
        pair: frozenset[str] | None = frozenset((edge.source, edge.target))
        if pair not in found:
            pair = next((p for p in map(frozenset, edge.instead) if p in spare), None)
            spare.discard(pair or frozenset())
        result.append((edge, pair))
    return result


def _judge(tally: Tally, edge: Edge, found: list[Answer]) -> None:
    """Count one wanted edge against what was found for its pair.

    A credit makes a copy also a citation, and copies share quotations: neither counts against it.
    """
    kinds = {str(item["kind"]) for item in found}
    right = bool(kinds & {edge.kind, *edge.also})
    tally.add("edges.wanted")
    tally.add(f"edges.{edge.kind}.wanted")
    tally.add("untyped.wanted")
    if right:
        for name in ("edges", f"edges.{edge.kind}"):
            tally.add(f"{name}.found")
            tally.add(f"{name}.right")
            tally.add(f"{name}.met")
    if found:
        for step in ("found", "right", "met"):
            tally.add(f"untyped.{step}")
    for kind in () if right else kinds:
        tally.add("edges.found")
        tally.add(f"edges.{kind}.found")


def _directions(tally: Tally, world: World, found: Mapping[frozenset[str], list[Answer]]) -> None:
    """Count directions where the truth has one: between a report and what it derives from."""
    above = _ancestors(world)
    for pair, edges in found.items():
        one, *rest = pair
        for other in rest:
            derived = (one, other) if one in above[other] else (other, one)
            if derived[0] not in above[derived[1]]:
                _misled(tally, world, pair, edges)
                continue
            tally.add("direction.asked")
            known = [edge for edge in edges if edge["direction"] == "known"]
            if known:
                tally.add("direction.given")
                right = all((edge["from"], edge["to"]) == derived for edge in known)
                tally.add("direction.right", right)


def _misled(tally: Tally, world: World, pair: frozenset[str], edges: list[Answer]) -> None:
    """Count a direction given to two reports that both have their matter from elsewhere."""
    undirected = any(
        frozenset((edge.source, edge.target)) == pair and not edge.directed for edge in world.edges
    )
    if undirected and any(edge["direction"] == "known" for edge in edges):
        tally.add("direction.asked")
        tally.add("direction.given")


def _ancestors(world: World) -> dict[str, set[str]]:
    """Return the reports that each report derives from, over however many steps."""
    parents: dict[str, set[str]] = {report.id: set() for report in world.reports}
    for edge in world.edges:
        if edge.directed:
            parents[edge.target].add(edge.source)
    for _ in parents:
        for known in parents.values():
            known |= {above for parent in known for above in parents[parent]}
    return parents


def _groups(tally: Tally, world: World, answer: Answer) -> None:
    """Count groups whose number of origins is too high or too low, and pairs joined in groups.

    Groups of claims that are none of the sentences (headlines, boilerplate) count nowhere.
    """
    told = _Told(world)
    joined: set[tuple[str, str, str]] = set()
    for group in answer.get("groups", ()):
        truth, fact = told.origins(group["claims"]), told.fact(group["claims"])
        if truth is None:
            continue
        low, high = group["origins"]["low"], group["origins"]["high"]
        tally.add("groups")
        tally.add("over", low > truth)
        tally.add("over.high", high > truth)
        tally.add("under", high < truth)
        for pair in _pairs({claim["report"] for claim in group["claims"]}):
            joined.add((fact or f"no fact {group['id']}", *pair))
    if not told.mapped:
        return
    wanted = {
        (fact, *pair)
        for fact, tellers in world.facts.items()
        for pair in _pairs({report for reports in tellers.values() for report in reports})
    }
    facts = {pair for pair in joined if not pair[0].startswith("no fact")}
    tally.add("groups.pairs.found", len(facts))
    tally.add("groups.pairs.right", len(facts & wanted))
    tally.add("groups.pairs.met", len(facts & wanted))
    tally.add("groups.pairs.wanted", len(wanted))


def _pairs(reports: set[str]) -> Iterator[tuple[str, str]]:
    listed = sorted(reports)
    for place, one in enumerate(listed):
        for other in listed[place + 1 :]:
            yield one, other


class _Told:
    """Which sentence of a world a claim stands in."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.mapped = False
        self.sentences = {
            report.id: [(_plain(said.text), said) for said in report.said]
            for report in world.reports
        }

    def _places(self, claims: Iterable[Answer]) -> Iterator[tuple[str, str, str | None]]:
        """Yield report, account and fact of each claim whose words are given and found."""
        for claim in claims:
            words = _plain(claim.get("text") or "")
            for sentence, said in self.sentences[claim["report"]] if words else ():
                if words in sentence or sentence in words:
                    self.mapped = True
                    yield claim["report"], said.origin, said.fact
                    break

    def origins(self, claims: Iterable[Answer]) -> int | None:
        """Return how many accounts the claims come from: by their words, else by their reports.

        None when there are words, and none of them stand in a sentence.
        """
        listed = list(claims)
        if any(claim.get("text") for claim in listed):
            return len({origin for _, origin, _ in self._places(listed)}) or None
        reports = {claim["report"] for claim in listed}
        return sum(not reports.isdisjoint(held) for held in self.world.origins.values())

    def fact(self, claims: Iterable[Answer]) -> str | None:
        """Return the fact that most of the claims tell, or None."""
        facts = Counter(fact for _, _, fact in self._places(claims) if fact)
        return facts.most_common(1)[0][0] if facts else None


def _plain(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()


def _contradictions(tally: Tally, world: World, answer: Answer) -> None:
    """Count contradictions by the two sides of the truth and by kind; repetitions count once."""
    found: dict[frozenset[str], set[str]] = defaultdict(set)
    for item in answer.get("contradictions", ()):
        pair = frozenset((item["a"]["report"], item["b"]["report"]))
        found[pair].add(str(item["kind"]))
    explained: set[tuple[frozenset[str], str]] = set()
    for truth in world.contradictions:
        met = [
            (pair, kind)
            for pair, kinds in found.items()
            if _between(truth, pair)
            for kind in kinds
            if kind in (truth.kind, *truth.also)
        ]
        explained |= set(met)
        if truth.required:
            names = ("contradictions", f"contradictions.{truth.kind}")
            for name in names:
                tally.add(f"{name}.wanted")
                for step in ("met", "right", "found") if met else ():
                    tally.add(f"{name}.{step}")
    wrong = {
        (_sides(world, pair), kind) for pair, kind in _flat(found) if (pair, kind) not in explained
    }
    for _, kind in wrong:
        tally.add("contradictions.found")
        tally.add(f"contradictions.{kind}.found")


def _flat(found: Mapping[frozenset[str], set[str]]) -> Iterator[tuple[frozenset[str], str]]:
    for pair, kinds in found.items():
        for kind in kinds:
            yield pair, kind


def _between(truth: Contradiction, pair: frozenset[str]) -> bool:
    if len(pair) < 2:
        return False
    one, other = pair
    return (one in truth.a and other in truth.b) or (one in truth.b and other in truth.a)


def _sides(world: World, pair: frozenset[str]) -> frozenset[tuple[str, ...]]:
    """Return the accounts of the two reports, so that copies repeat no mistake."""
    return frozenset(
        tuple(origin for origin, held in world.origins.items() if report in held) for report in pair
    )

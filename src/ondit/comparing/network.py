"""The network of derivations: text edges ordered, thinned to what explains the rest, and cited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from msgspec.structs import replace

from ondit.comparing.derivation import Case, Edge
from ondit.comparing.direction import ordered
from ondit.model.comparison import Derivation, Pairing

STRONG = {"copy", "partial", "rewrite", "translation"}
"""Kinds by which the matter itself was handed on."""

SAME_STORY = 0.05
"""Least cosine of two reports' anchors for one to be the report that the other cites; other
reports of the same day reach .05 at the median of the nearest (NTREX)."""


@dataclass(frozen=True)
class Link:
    """An edge with the order that the evidence allows."""

    edge: Edge
    first: int | None
    """Position of the report that was there first; None when unknown."""
    reasons: tuple[Pairing, ...]
    stated: tuple[str, str] = ("", "")
    """Days of publication that the two state, the later one first."""

    @property
    def ends(self) -> frozenset[int]:
        """Both positions."""
        return frozenset((self.edge.one, self.edge.other))

    @property
    def named(self) -> bool:
        """Whether one report says itself that it has its matter from the other."""
        return any(reason.kind in {"credit", "citation"} for reason in self.reasons)

    def later(self) -> int | None:
        """Return the position of the derived report, or None when unknown."""
        if self.first is None:
            return None
        return self.edge.other if self.first == self.edge.one else self.edge.one


def links(case: Case, edges: Iterable[Edge]) -> list[Link]:
    """Return the edges with their order, in the order of the case."""
    return [Link(edge, *ordered(case, edge), _stated(case, edge)) for edge in edges]


def _stated(case: Case, edge: Edge) -> tuple[str, str]:
    values = (case.accounts[n].record.meta.published.value for n in (edge.one, edge.other))
    first, last = sorted(value or _NEVER for value in values)
    return last, first


_NEVER = "9999"


def thinned(found: list[Link]) -> list[Link]:
    """Return the links without those that stronger ones explain.

    Of three reports that all share matter, the weakest link is the shadow of the other two: two
    reprints of one dispatch are alike because each is like the dispatch. Links that the text itself
    orders (a credit, a citation) are stronger than any that it does not.
    """
    kept, near, twins = list[Link](), _Near(), _two_translations(found)
    for link in sorted((x for x in found if x.edge.kind in STRONG), key=_strength):
        twin = link.edge.kind == "rewrite" and link.ends in twins and not link.named
        if not twin and not near.explains(link.edge):
            near.add(link.edge)
            kept.append(link)
    kept += [x for x in found if x.edge.kind not in STRONG and not near.explains(x.edge)]
    return sorted(kept, key=lambda link: (link.edge.one, link.edge.other))


def _strength(link: Link) -> tuple[int, tuple[str, str], int, int]:
    """Return what sorts the strongest link first; of as strong ones, that of the earliest days.

    The days order no report before another here. They only choose, of copies of one text, which
    stands for it.
    """
    edge = link.edge
    weight = edge.weight + _NAMED * link.named
    return (-round(weight / _AS_STRONG), link.stated, edge.one, edge.other)


_AS_STRONG = 0.1
"""Weights nearer than this are as strong: a word or a comma apart."""


_NAMED = 0.5
"""What a credit or citation adds to the weight of what two reports share (0 to 2)."""

_AS_CLOSE = 0.8
"""Ratio from which two translations answer their original equally well."""


def _two_translations(found: Iterable[Link]) -> set[frozenset[int]]:
    """Return pairs of reports that are equally close to a third one in another language.

    Two translations of one original share .18 (by people) to .36 (by machines) of their runs of
    four words (handbook): they look like rewrites of each other, and are joined through it.
    """
    near: dict[int, dict[int, float]] = defaultdict(dict)
    for link in found:
        if link.edge.kind == "translation":
            score = sum(pair.score for pair in link.edge.pairs)
            near[link.edge.one][link.edge.other] = near[link.edge.other][link.edge.one] = score
    return {
        frozenset((one, other))
        for reached in near.values()
        for one, other in combinations(sorted(reached), 2)
        if min(reached[one], reached[other]) >= _AS_CLOSE * max(reached[one], reached[other])
    }


class _Near:
    """The links kept so far, by both ends, each with the sentences of that end."""

    def __init__(self) -> None:
        self._ends: dict[int, dict[int, set[int]]] = defaultdict(dict)

    def add(self, edge: Edge) -> None:
        self._ends[edge.one][edge.other] = {pair.first for pair in edge.pairs}
        self._ends[edge.other][edge.one] = {pair.other for pair in edge.pairs}

    def explains(self, edge: Edge) -> bool:
        """Return whether kept links lead from one end to the other, over the same sentences."""
        taken = {pair.first for pair in edge.pairs}
        reached, waiting = set[int](), [edge.one]
        while waiting:
            at = waiting.pop()
            reached.add(at)
            waiting.extend(
                end
                for end, via in self._ends[at].items()
                if end not in reached and (at != edge.one or len(via & taken) * 2 >= len(taken))
            )
        return edge.other in reached


def cited(case: Case, found: list[Link]) -> Iterator[Link]:
    """Yield a link for each report that names the outlet of another on the same story."""
    known = {link.ends for link in found if link.edge.kind in STRONG}
    by_name: dict[str, list[int]] = defaultdict(list)
    for position, account in enumerate(case.accounts):
        for name in account.identity.names:
            by_name[name].append(position)
    for position in range(len(case.accounts)):
        yield from _citing(case, position, by_name, known)


def _citing(
    case: Case, position: int, by_name: dict[str, list[int]], known: set[frozenset[int]]
) -> Iterator[Link]:
    done = set[int]()
    for citation in case.citations[position]:
        source = _meant(case, position, by_name.get(citation.name, []))
        if source is None or source in done or frozenset((position, source)) in known:
            continue
        done.add(source)
        one, other = sorted((position, source))
        side = "to_span" if source == one else "from_span"
        evidence = Pairing(kind=citation.kind, note=citation.name, **{side: citation.span})
        edge = Edge(one=one, other=other, kind="cites", weight=0.0, pairs=(), evidence=(evidence,))
        yield Link(edge, first=source, reasons=())


def _meant(case: Case, position: int, named: list[int]) -> int | None:
    """Return which of an outlet's reports is cited: the nearest by matter, if any is near."""
    near = [(case.closeness(position, other), -other) for other in named if other != position]
    best, other = max(near, default=(0.0, 0))
    return -other if best >= SAME_STORY else None


def derivations(case: Case, found: Iterable[Link]) -> Iterator[Derivation]:
    """Yield the links as they are published: from the first report to the later one."""
    for link in found:
        edge = link.edge
        turned = link.first == edge.other
        first, second = (edge.other, edge.one) if turned else (edge.one, edge.other)
        evidence = (*edge.evidence, *link.reasons)
        yield Derivation(
            from_=case.accounts[first].id,
            to=case.accounts[second].id,
            kind=edge.kind,
            direction="unknown" if link.first is None else "known",
            evidence=tuple(_turned(e) for e in evidence) if turned else evidence,
        )


def _turned(evidence: Pairing) -> Pairing:
    return replace(evidence, from_span=evidence.to_span, to_span=evidence.from_span)

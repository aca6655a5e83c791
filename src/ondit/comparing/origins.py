"""Origins: classes of passages that began in one place.

A class is never the raw union of whole reports that touch each other. What joins is a passage: a
report made of two others hands on two origins, and the two are not one for that.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ondit.comparing.derivation import Case
from ondit.comparing.network import STRONG, Link
from ondit.model import identify
from ondit.model.comparison import Origin, Passage

Node = tuple[int, int]
"""A report's position and the number of one of its parts."""


@dataclass(frozen=True)
class Part:
    """Sentences of one report that were handed on together; None is all of them."""

    report: int
    sentences: frozenset[int] | None


@dataclass(frozen=True)
class Class:
    """One origin: the parts of reports that hand it on."""

    parts: tuple[Part, ...]
    began: int | None = None
    unseen: str | None = None

    @property
    def reports(self) -> tuple[int, ...]:
        """Positions of its reports, in order."""
        return tuple(sorted({part.report for part in self.parts}))


def classes(case: Case, found: Sequence[Link]) -> list[Class]:
    """Return the origins of a case, each report in at least one of them."""
    strong = [link for link in found if link.edge.kind in STRONG]
    nodes, group = _parts(case, strong), dict[Node, Node]()
    for link in strong:
        ends = [_node(nodes, end, link) for end in (link.edge.one, link.edge.other)]
        _join(group, *ends)
    for one, other in _cited_whole(case, found):
        _join(group, (one, 0), (other, 0))
    gathered: dict[Node, list[Part]] = defaultdict(list)
    for report, parts in nodes.items():
        for number, part in enumerate(parts):
            gathered[_find(group, (report, number))].append(part)
    touching: dict[int, list[Link]] = defaultdict(list)
    for link in found:
        touching[link.edge.one].append(link)
    return [_class(case, parts, touching) for _, parts in sorted(gathered.items())]


def _parts(case: Case, strong: Iterable[Link]) -> dict[int, list[Part]]:
    """Return the parts of each report: one, or several where different reports gave them."""
    taken: dict[int, list[frozenset[int]]] = defaultdict(list)
    for link in strong:
        later = link.later()
        for end, sentences in _sides(link):
            if later is None or later == end:
                taken[end].append(sentences)
    found = {}
    for report in range(len(case.accounts)):
        pieces = _apart(case, report, taken[report])
        whole = [Part(report, None)]
        found[report] = [Part(report, piece) for piece in pieces] if len(pieces) > 1 else whole
    return found


def _sides(link: Link) -> tuple[tuple[int, frozenset[int]], tuple[int, frozenset[int]]]:
    edge = link.edge
    return (
        (edge.one, frozenset(pair.first for pair in edge.pairs)),
        (edge.other, frozenset(pair.other for pair in edge.pairs)),
    )


def _apart(case: Case, report: int, taken: list[frozenset[int]]) -> list[frozenset[int]]:
    """Return the sets of sentences, those put together that overlap or tell of the same matter."""
    pieces: list[frozenset[int]] = []
    for sentences in taken:
        touching = [p for p in pieces if p & sentences or _one_matter(case, report, p, sentences)]
        joined = sentences.union(*touching)
        pieces = [p for p in pieces if p not in touching] + [joined]
    return pieces


def _one_matter(case: Case, report: int, one: frozenset[int], other: frozenset[int]) -> bool:
    anchors = case.accounts[report].anchors
    about = [anchors.keys[np.isin(anchors.sentences, list(piece))] for piece in (one, other)]
    return len(np.intersect1d(about[0], about[1])) >= _LEAST_COMMON


_LEAST_COMMON = 4


def _node(nodes: dict[int, list[Part]], report: int, link: Link) -> Node:
    """Return the part of a report that a link hands on."""
    if len(nodes[report]) == 1:
        return report, 0
    sentences = dict(_sides(link))[report]
    shared = [len(sentences & (part.sentences or sentences)) for part in nodes[report]]
    return report, shared.index(max(shared))


def _cited_whole(case: Case, found: Iterable[Link]) -> Iterable[tuple[int, int]]:
    """Yield reports that have nearly all they tell from the one they cite."""
    for link in found:
        later = link.later()
        if link.edge.kind == "cites" and later is not None and link.first is not None:
            account = case.accounts[later]
            names = case.accounts[link.first].identity.names
            spans = [s for c in case.citations[later] if c.name in names for s in c.content]
            cited = {account.sentence_at(span.start) for span in spans}
            words = account.told
            laid = sum(int(words[n]) for n in cited if n is not None)
            if laid >= _MOSTLY * words.sum() and not account.identity.own:
                yield link.first, later


_MOSTLY = 0.5


def _join(group: dict[Node, Node], one: Node, other: Node) -> None:
    first, second = sorted((_find(group, one), _find(group, other)))
    group[second] = first


def _find(group: dict[Node, Node], node: Node) -> Node:
    while group.get(node, node) != node:
        node = group[node]
    return node


def _class(case: Case, parts: list[Part], touching: dict[int, list[Link]]) -> Class:
    reports = {part.report for part in parts}
    inside = [
        link
        for report in reports
        for link in touching.get(report, ())
        if link.edge.other in reports and link.edge.kind != "shared-quote"
    ]
    derived = {link.later() for link in inside}
    first = {link.first for link in inside} - {None} - derived
    unordered = any(link.first is None for link in inside)
    began = first.pop() if len(first) == 1 and not unordered else None
    return Class(parts=tuple(parts), began=began, unseen=_unseen(case, reports))


def _unseen(case: Case, reports: set[int]) -> str | None:
    """Return the agency that all reports of a class credit and none of them is."""
    if len(reports) < 2:
        return None
    credited = [
        {credit.name: credit.shown for credit in case.accounts[n].identity.credits}
        for n in sorted(reports)
    ]
    names = set(credited[0]).intersection(*credited[1:])
    names -= frozenset().union(*(case.accounts[n].identity.names for n in reports))
    return credited[0][min(names)] if names else None


def origins(case: Case, found: Sequence[Class]) -> tuple[Origin, ...]:
    """Return the classes as they are published."""
    return tuple(
        Origin(
            id=origin_id(case, one),
            reports=tuple(case.accounts[n].id for n in one.reports),
            passages=tuple(
                Passage(report=case.accounts[part.report].id, span=account.sentence_span(n))
                for part in one.parts
                for account in (case.accounts[part.report],)
                for n in sorted(part.sentences or ())
            ),
            began=None if one.began is None else case.accounts[one.began].id,
            unseen=one.unseen,
        )
        for one in found
    )


def origin_id(case: Case, found: Class) -> str:
    """Return an id that does not change with the order in which reports were added."""
    parts = sorted(
        f"{case.accounts[part.report].record.capture.sha256} {sorted(part.sentences or ())}"
        for part in found.parts
    )
    return identify("o", ":".join(parts), ())

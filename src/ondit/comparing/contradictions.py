"""Contradictions: claims on one thing that cannot both hold, after copies have been collapsed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ondit.comparing.denials import denials
from ondit.comparing.derivation import Case
from ondit.comparing.details import details
from ondit.comparing.disputed import altered, disputed
from ondit.comparing.facts import Fact, Match
from ondit.comparing.figures import figures_of
from ondit.comparing.network import Link
from ondit.comparing.origins import Class
from ondit.model.comparison import Contradiction, ReportClaim


def contradictions(
    case: Case,
    links: Sequence[Link],
    matches: Sequence[Match],
    facts: Sequence[tuple[Fact, ...]],
    classes: Sequence[Class],
) -> Iterator[Contradiction]:
    """Yield the contradictions of a case, each once however often both sides were copied."""
    home = _homes(classes)
    figures = [figures_of(*row) for row in zip(case.accounts, facts, strict=True)]
    found = [
        *altered(case, links, figures),
        *denials(case, matches, facts, home),
        *disputed(case, figures, home),
        *details(case, links, matches, facts),
    ]
    seen = set[tuple[object, ...]]()
    for one in found:
        ends = frozenset((home[one.one.report], home[one.other.report]))
        if (ends, one.topic) not in seen:
            seen.add((ends, one.topic))
            yield Contradiction(
                a=report_claim(case, one.one),
                b=report_claim(case, one.other),
                kind=one.kind,
                evidence=(one.evidence,),
            )


def _homes(classes: Sequence[Class]) -> dict[int, int]:
    """Return the first origin of each report."""
    home: dict[int, int] = {}
    for number, one in enumerate(classes):
        for report in one.reports:
            home.setdefault(report, number)
    return home


def report_claim(case: Case, fact: Fact) -> ReportClaim:
    """Return how a claim is named outside."""
    return ReportClaim(report=case.accounts[fact.report].id, claim=fact.claim.id)

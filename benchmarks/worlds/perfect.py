"""The answer that has everything right: what a scorer must give full marks."""

from __future__ import annotations

from typing import Any

from benchmarks.worlds.gold import World


def perfect(world: World) -> dict[str, Any]:
    """Return the truth about `world` in the shape that ``ondit corroborate`` prints."""
    return {
        "reports": [{"id": report.id} for report in world.reports],
        "derivations": [
            {
                "from": edge.source,
                "to": edge.target,
                "kind": edge.kind,
                "direction": "known" if edge.directed else "unknown",
            }
            for edge in world.edges
        ],
        "origins": [
            {"id": origin, "reports": list(reports)} for origin, reports in world.origins.items()
        ],
        "groups": [_group(world, fact) for fact in world.facts],
        "contradictions": [
            {
                "a": {"report": truth.a[0]},
                "b": {"report": _other(truth.a[0], truth.b)},
                "kind": truth.kind,
            }
            for truth in world.contradictions
            if truth.required
        ],
    }


def _other(one: str, side: tuple[str, ...]) -> str:
    return next((report for report in side if report != one), side[0])


def _group(world: World, fact: str) -> dict[str, Any]:
    claims = [
        {"report": report.id, "claim": f"c{number}", "text": said.text}
        for report in world.reports
        for number, said in enumerate(report.said)
        if said.fact == fact
    ]
    number = world.independent(fact)
    return {"id": fact, "claims": claims, "origins": {"low": number, "high": number}}

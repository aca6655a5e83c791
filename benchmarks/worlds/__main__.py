"""python -m benchmarks.worlds: show a world with its truth, or what ondit misses, by operator."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence

from benchmarks.worlds.asking import ondit
from benchmarks.worlds.generating import world, worlds
from benchmarks.worlds.gold import World
from benchmarks.worlds.scoring import Answer, matched

EXAMPLES = """examples:
  python -m benchmarks.worlds show 700013
  python -m benchmarks.worlds misses 40 --seed 5
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; return 0."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.worlds",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(dest="action", required=True)
    show = actions.add_parser("show", help="the pages of a world, then what is true of them")
    show.add_argument("seed", type=int)
    misses = actions.add_parser("misses", help="what ondit misses and adds, and on which worlds")
    misses.add_argument("count", type=int)
    misses.add_argument("--seed", type=int, default=0)
    options = parser.parse_args(arguments)
    if options.action == "show":
        _show(world(options.seed))
    else:
        _misses(options.count, options.seed)
    return 0


def _show(made: World) -> None:
    for report in made.reports:
        print(f"== {report.id}  {report.outlet}  {report.published}  {report.language}")
        print(f"{report.text}\n")
    for edge in made.edges:
        arrow = "->" if edge.directed else "--"
        print(f"{edge.source} {arrow} {edge.target}  {edge.kind}  ({edge.operator})")
    for origin, held in made.origins.items():
        print(f"{origin}: {' '.join(held)}")
    for truth in made.contradictions:
        needed = "" if truth.required else "  (may be found)"
        print(f"{truth.kind}: {truth.fact}: {truth.a} against {truth.b}{needed}")


def _misses(count: int, seed: int) -> None:
    asked, met = Counter[str](), Counter[str]()
    for made in worlds(count, seed=seed):
        answer = ondit(list(made.reports))
        found = {frozenset((e["from"], e["to"])): e["kind"] for e in answer["derivations"]}
        print(f"== {made.seed}  {made.recipe}")
        for edge, pair in matched(made.edges, found):
            kind = found[pair] if pair else None
            asked[edge.operator] += 1
            met[edge.operator] += kind in (edge.kind, *edge.also)
            if kind not in (edge.kind, *edge.also):
                print(f"  {edge.source} {edge.target}: {edge.kind} ({edge.operator}), found {kind}")
        _origins(made, answer)
    for operator, number in sorted(asked.items()):
        print(f"{operator:16} {met[operator]:4} of {number}")


def _origins(made: World, answer: Answer) -> None:
    """Print the origins that are not what they should be."""
    wanted = {frozenset(held) for held in made.origins.values()}
    found = {frozenset(origin["reports"]) for origin in answer["origins"]}
    for name, classes in (("missing", wanted - found), ("not so", found - wanted)):
        for held in classes:
            print(f"  origin {name}: {' '.join(sorted(held))}")


if __name__ == "__main__":
    sys.exit(main())

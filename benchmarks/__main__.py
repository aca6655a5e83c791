"""python -m benchmarks: list the tasks, run them, hold them to their floors, set the floors."""

from __future__ import annotations

import argparse
import importlib.util
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from time import perf_counter

import msgspec

from benchmarks import card as cards
from benchmarks import floors as levels
from benchmarks.measure import MEASURES, Run, measure

EXAMPLES = """examples:
  python -m benchmarks list
  ONDIT_DATA=/path/to/data python -m benchmarks run polnear --quick
  ONDIT_DATA=/path/to/data python -m benchmarks gate --quick
  ONDIT_DATA=/path/to/data python -m benchmarks pin polnear            (set or raise its floors)
  ONDIT_DATA=/path/to/data python -m benchmarks pin polnear --lower "gold corrected in 12 places"
"""


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What one run of one task gave."""

    task: str
    signature: str
    seconds: float
    scores: dict[str, float]
    verdicts: list[levels.Verdict]


def main(arguments: Sequence[str] | None = None, folder: Path = cards.FOLDER) -> int:
    """Do what the command line asks and return the exit status: 0 when every floor holds."""
    options = _parser().parse_args(arguments)
    if options.action == "list":
        return _list(folder)
    names = options.task or list(cards.tasks(folder))
    mode: levels.Mode = "quick" if options.quick else "full"
    short, outcomes = 0, []
    for task in names:
        try:
            outcome = run_task(task, mode=mode, folder=folder)
        except cards.DataError as error:
            print(f"{task}: {error}", file=sys.stderr)
            short += 1
            continue
        if outcome is None:
            print(f"{task}: skipped, {_lacking(task, folder)}")
            continue
        outcomes.append(outcome)
        _show(outcome)
        short += options.action == "gate" and not all(v.holds for v in outcome.verdicts)
        if options.action == "pin":
            short += not _pin(outcome, mode=mode, folder=folder, options=options)
    if options.json:
        options.json.write_bytes(msgspec.json.format(msgspec.json.encode(outcomes)) + b"\n")
    if options.action == "gate":
        print(f"benchmarks: {len(outcomes)} tasks run, {short} short of their floors")
    return 1 if short else 0


def _lacking(task: str, folder: Path) -> str:
    """Return what a skipped task lacks, in words."""
    missing = _uninstalled(cards.load(task, folder))
    return (
        f"{missing} is not installed" if missing else "ONDIT_DATA names no folder with its corpora"
    )


def _uninstalled(card: cards.Card) -> str | None:
    """Return the module of an extra that a task needs and that is not here."""
    here = card.needs is None or importlib.util.find_spec(card.needs) is not None
    return None if here else card.needs


def run_task(task: str, *, mode: levels.Mode, folder: Path = cards.FOLDER) -> Outcome | None:
    """Return what `task` measures, or None when what it needs is not on this machine.

    Raises:
        DataError: when a corpus is there but is not the one that the card describes.
    """
    card = cards.load(task, folder)
    if _uninstalled(card):
        return None
    root = Path(os.environ.get("ONDIT_DATA", ""))
    if card.corpora:
        if not os.environ.get("ONDIT_DATA"):
            return None
        cards.check(card, root)
    run = Run(card=card, root=root, mode=mode, makers=set())
    before = perf_counter()
    scores = measure(run, MEASURES[task])
    spent = perf_counter() - before
    floors = levels.read_floors(task, folder).of(mode)
    return Outcome(
        task=task,
        signature=_signature(task, run),
        seconds=round(spent, 1),
        scores=scores,
        verdicts=levels.judge(card, scores, floors),
    )


def _signature(task: str, run: Run) -> str:
    parts = (
        f"ondit {version('ondit')}",
        task,
        run.mode,
        f"{run.documents} documents",
        *sorted(run.makers),
    )
    return "|".join(parts)


def _show(outcome: Outcome) -> None:
    print(f"\n{outcome.signature}  ({outcome.seconds} s)")
    for verdict in outcome.verdicts:
        floor = "" if verdict.floor is None else f"floor {verdict.floor:g}"
        print(f"  {verdict.name:32} {verdict.value:9.2f}  {floor:14} {verdict.standing}")


def _pin(outcome: Outcome, *, mode: levels.Mode, folder: Path, options: argparse.Namespace) -> bool:
    card = cards.load(outcome.task, folder)
    floors = levels.read_floors(outcome.task, folder)
    scores = outcome.scores
    if options.raise_only:
        scores = levels.raised(card, scores, floors.of(mode))
    try:
        pinned = levels.pin(
            card, floors, scores, mode=mode, signature=outcome.signature, lower=options.lower
        )
    except levels.FloorError as error:
        print(f"{outcome.task}: {error}", file=sys.stderr)
        return False
    levels.write_floors(outcome.task, pinned, folder)
    return True


def _list(folder: Path) -> int:
    for task in cards.tasks(folder):
        card = cards.load(task, folder)
        print(f"{task:14} {card.title}")
        for corpus in card.corpora:
            print(f"{'':14} - {corpus.name}: {corpus.origin} ({corpus.licence})")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("list", help="the tasks and what they are measured on")
    for action, text in (
        ("run", "measure, and show the scores beside the floors"),
        ("gate", "the same, and fail when a score is short of its floor"),
        ("pin", "measure, and set the floors to what was reached; refuses to lower one"),
    ):
        command = actions.add_parser(action, help=text)
        command.add_argument("task", nargs="*", help="default: all")
        command.add_argument("--quick", action="store_true", help="a fixed sample of the corpora")
        command.add_argument("--json", type=Path, help="write what was measured to this file")
        if action == "pin":
            command.add_argument(
                "--raise", dest="raise_only", action="store_true", help="leave other floors alone"
            )
            command.add_argument("--lower", metavar="REASON", help="lower floors, and record why")
    return parser


if __name__ == "__main__":
    sys.exit(main())

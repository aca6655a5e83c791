"""python -m benchmarks.comparison: ondit and the public tools, same texts, same scorer, one run."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.card import DataError
from benchmarks.comparison import corpora as texts
from benchmarks.comparison import running, scoring
from benchmarks.comparison.table import RESULTS, Described, Results, write_results

EXAMPLES = """examples:
  python -m benchmarks.comparison --data /path/to/data
  python -m benchmarks.comparison --data /path/to/data --tool ondit --out /tmp/ondit.json

Environments that are missing are made first, which fetches packages; nothing else needs a network.
Afterwards ``python scripts/write_docs.py`` writes the tables into docs/explanation/comparison.md.
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tools, score what they found, write the figures; return the exit status."""
    options = _parser().parse_args(arguments)
    try:
        corpora = texts.load(options.data)
    except DataError as error:
        print(error, file=sys.stderr)
        return 1
    chosen = [tool for tool in running.tools() if options.tool in (None, tool.name)]
    if not chosen:
        known = ", ".join(tool.name for tool in running.tools())
        print(f"no tool {options.tool!r}; there are {known}", file=sys.stderr)
        return 1
    if any(tool.environment != "project" for tool in chosen):
        running.make_environments(options.environments)
    results = compare(chosen, corpora, options)
    write_results(results, options.out)
    print(f"written to {options.out}")
    return 0


def compare(
    tools: Sequence[running.Tool], corpora: Sequence[texts.Corpus], options: argparse.Namespace
) -> Results:
    """Return the figures of every tool on every corpus in a language that it reads."""
    rows, versions = [], {}
    for corpus in corpora:
        language = corpus.documents[0].language
        able = [tool for tool in tools if language in tool.languages]
        readings = _read_in_turn(able, corpus, options)
        for tool in able:
            made = readings[tool.name]
            versions[tool.name] = made[0].versions
            scorer = options.data / "score_attribution.py"
            rows.append(scoring.row(tool.name, corpus, made, scorer))
            _show(rows[-1])
    return Results(
        day=datetime.now(UTC).date().isoformat(),
        python=platform.python_version(),
        rounds=options.rounds,
        tools=[_tool(tool, versions[tool.name]) for tool in tools],
        corpora=[_corpus(corpus) for corpus in corpora],
        rows=rows,
    )


def _read_in_turn(
    tools: Sequence[running.Tool], corpus: texts.Corpus, options: argparse.Namespace
) -> dict[str, list[running.Reading]]:
    """Return the readings of each tool; the tools take turns, so that all meet the same load."""
    readings: dict[str, list[running.Reading]] = {tool.name: [] for tool in tools}
    for _ in range(options.rounds):
        for tool in tools:
            python = running.python_of(tool, options.environments)
            reading = running.read(tool.adapter, corpus.documents, python=python)
            readings[tool.name].append(reading)
    return readings


def _tool(tool: running.Tool, versions: dict[str, str]) -> Described:
    return Described(
        name=tool.name, made_for=tool.made_for, licence=tool.licence, versions=versions
    )


def _corpus(corpus: texts.Corpus) -> Described:
    return Described(
        name=corpus.name,
        title=corpus.title,
        documents=len(corpus.documents),
        words=sum(document.words for document in corpus.documents),
        attributions=sum(len(document.attributions) for document in corpus.documents),
    )


def _show(row: scoring.Row) -> None:
    pace = f"{row.speed.attribution:7} words/s" if row.speed else "      - words/s"
    print(f"{row.corpus:14} {row.tool:24} F1 {row.attributions['f1']:5.1f}  {pace}", flush=True)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.comparison",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    data = os.environ.get("ONDIT_DATA")
    parser.add_argument(
        "--data", type=Path, default=data, required=data is None, help="default: $ONDIT_DATA"
    )
    parser.add_argument("--out", type=Path, default=RESULTS, help="default: %(default)s")
    parser.add_argument(
        "--environments",
        type=Path,
        default=Path(".venv-comparison"),
        help="folder of the tools' environments (default: %(default)s)",
    )
    parser.add_argument(
        "--rounds", type=int, default=2, help="times to read, the fastest counts (default: 2)"
    )
    parser.add_argument("--tool", help="run this one only")
    return parser


if __name__ == "__main__":
    sys.exit(main())

"""The tables of docs/explanation/comparison.md, from the figures of the last run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from benchmarks.comparison.scoring import Row, Speed

RESULTS = Path(__file__).parent / "results.json"


class Described(msgspec.Struct, frozen=True, kw_only=True):
    """What the page says of a tool or a corpus beside its figures."""

    name: str
    title: str = ""
    made_for: str = ""
    licence: str = ""
    versions: dict[str, str] = {}
    documents: int = 0
    words: int = 0
    attributions: int = 0


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """The contents of ``results.json``: one run of everything on one machine."""

    day: str
    python: str
    rounds: int
    tools: list[Described]
    corpora: list[Described]
    rows: list[Row]


def read_results(path: Path = RESULTS) -> Results:
    """Return the figures of the run that `path` holds."""
    return msgspec.json.decode(path.read_bytes(), type=Results)


def write_results(results: Results, path: Path) -> None:
    """Write the figures so that a change of one reads well in review."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")


def tables(results: Results) -> str:
    """Return every table of the page as Markdown."""
    run = (
        f"Run of {results.day} with Python {results.python}, the faster of {results.rounds} timed."
    )
    parts = [run, _tools(results), *_accuracies(results), _speeds(results)]
    return "\n".join(f"{part}\n" for part in parts)


def _tools(results: Results) -> str:
    rows = (
        (tool.name, tool.made_for, _versions(tool.versions), tool.licence) for tool in results.tools
    )
    return _table(("tool", "made for", "versions", "licence"), rows)


def _versions(versions: dict[str, str]) -> str:
    return ", ".join(f"{name} {version}" for name, version in versions.items())


def _accuracies(results: Results) -> Iterator[str]:
    heads = (
        *("tool", "attributions, F1 (95 %)", "precision", "recall", "a name is enough, F1"),
        *("contents, F1", "words, F1", "direct", "mixed", "indirect", "verbs of speech", "gave up"),
    )
    for corpus in results.corpora:
        sizes = (corpus.documents, corpus.words, corpus.attributions)
        size = "{:,} texts, {:,} words, {:,} attributions".format(*sizes)
        rows = sorted(_of(results, corpus), key=lambda row: -row.attributions["f1"])
        body = _table(heads, (_accuracy(row) for row in rows))
        yield f"### {corpus.title}\n\n{size}.\n\n{body}"


def _accuracy(row: Row) -> tuple[str, ...]:
    a = row.attributions
    return (
        row.tool,
        f"**{a['f1']:.1f}** ({a['low']:.1f}–{a['high']:.1f})",
        *(f"{a[name]:.1f}" for name in ("precision", "recall", "lenient")),
        *(f"{figure:.1f}" for figure in (row.contents, row.words)),
        *(f"{row.recall[form]:.1f}" for form in ("direct", "mixed", "indirect", "say")),
        _given_up(row),
    )


def _given_up(row: Row) -> str:
    parts = []
    if row.failed:
        parts.append(f"{row.failed} texts")
    if row.lost:
        parts.append(f"{row.lost} paragraphs")
    return ", ".join(parts) or "—"


def _speeds(results: Results) -> str:
    heads = (
        *("corpus", "tool", "words a second", "times ondit's"),
        *("beyond the parse", "times ondit's", "with every layer"),
    )
    rows = []
    for corpus in results.corpora:
        found = list(_of(results, corpus))
        ours = next(row.speed for row in found if row.tool == results.tools[0].name)
        rows += [(corpus.title, *_speed(row.tool, row.speed, ours)) for row in found]
    return f"### Speed\n\n{_table(heads, rows)}"


def _speed(tool: str, speed: Speed | None, ours: Speed | None) -> tuple[str, ...]:
    if speed is None or ours is None:
        return (tool, "—", "—", "—", "—", "—")
    return (
        tool,
        f"{speed.attribution:,}",
        f"{speed.attribution / ours.attribution:.2f}",
        f"{speed.beyond_parse:,}",
        f"{speed.beyond_parse / ours.beyond_parse:.2f}",
        f"{speed.everything:,}",
    )


def _of(results: Results, corpus: Described) -> Iterator[Row]:
    return (row for row in results.rows if row.corpus == corpus.name)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    lines = [heads, ("---",) * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)

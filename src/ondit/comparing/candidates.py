"""Candidates: which reports are worth comparing, found by joins and never by comparing all pairs.

The joins are plain relational plans (equi-join, count, rank), run here by DuckDB inside the
process; a larger engine runs the same text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import numpy as np

from ondit.comparing.account import Account
from ondit.comparing.words import Ints, Keys

LEAST_SHARED = 3
"""Fingerprints two reports must share to be compared; fewer are chance."""

REPRESENTATIVES = 12
"""Reports that stand for all that hold a fingerprint: a wire story printed a thousand times is
compared twelve thousand times, not half a million, and no cap drops it."""

WIDELY_KNOWN = 48
"""Reports beyond which an anchor ("Europe", "2031") tells nothing."""

TELLING = 40
"""Anchors of a report that are asked for others, the rarest first; in a small case all of them."""

SMALL = 100
"""Reports of a small case."""

NEAREST = 12
"""Reports of the nearest anchors that each report is compared with."""

_SHARED = """
WITH ranked AS (
  SELECT hash, report, row_number() OVER (PARTITION BY hash ORDER BY report) AS place FROM prints
)
SELECT first.report, second.report
FROM ranked AS first JOIN ranked AS second USING (hash)
WHERE first.place <= $representatives AND first.report < second.report
GROUP BY ALL HAVING count(*) >= $least
ORDER BY ALL
"""

_NEAR = """
WITH known AS (
  SELECT hash, count(*) AS reports FROM anchors GROUP BY hash
  HAVING count(*) BETWEEN 2 AND $widely
), rare AS (
  SELECT report, hash, reports,
         row_number() OVER (PARTITION BY report ORDER BY reports, hash) AS place
  FROM anchors JOIN known USING (hash)
), kept AS (
  SELECT report, hash, reports FROM rare WHERE place <= $telling
), shared AS (
  SELECT one.report AS one, other.report AS other,
         sum(ln(1 + $total / one.reports)) AS weight
  FROM kept AS one JOIN kept AS other USING (hash)
  WHERE one.report <> other.report
  GROUP BY ALL HAVING count(*) >= 2
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY one ORDER BY weight DESC, other) AS place FROM shared
)
SELECT DISTINCT least(one, other), greatest(one, other) FROM ranked WHERE place <= $nearest
ORDER BY ALL
"""

_ALL = 1_000_000
Pairs = list[tuple[int, int]]


def sharing_words(accounts: Sequence[Account]) -> Pairs:
    """Return pairs of positions of reports that share fingerprints, the smaller first.

    In a case that is not small, sentences that name nothing are not asked: a newsletter's line on
    ten thousand pages would find them all.
    """
    few = len(accounts) <= SMALL
    with duckdb.connect() as engine:
        prints = (a.all_fingerprints if few else a.fingerprints for a in accounts)
        _table(engine, "prints", prints)
        return _pairs(engine, _SHARED, representatives=REPRESENTATIVES, least=LEAST_SHARED)


def sharing_speech(accounts: Sequence[Account]) -> Pairs:
    """Return pairs of positions of reports that quote the same words, the smaller first."""
    with duckdb.connect() as engine:
        _table(engine, "prints", (np.unique(account.spoken[1]) for account in accounts))
        return _pairs(engine, _SHARED, representatives=REPRESENTATIVES, least=LEAST_SHARED)


def sharing_anchors(accounts: Sequence[Account]) -> Pairs:
    """Return pairs of positions of reports that are near by numbers, names and word beginnings."""
    few = len(accounts) <= SMALL
    widely, telling = (SMALL, _ALL) if few else (WIDELY_KNOWN, TELLING)
    with duckdb.connect() as engine:
        _table(engine, "anchors", (account.anchors.all for account in accounts))
        return _pairs(
            engine, _NEAR, widely=widely, telling=telling, total=len(accounts), nearest=NEAREST
        )


def _table(engine: duckdb.DuckDBPyConnection, name: str, rows: Iterable[Keys]) -> None:
    hashes = list(rows)
    report: Ints = np.repeat(np.arange(len(hashes)), [len(row) for row in hashes])
    held = np.concatenate([np.zeros(0, np.uint64), *hashes])
    engine.execute("SET threads = 1")
    engine.register("given", {"report": report, "hash": held})
    engine.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608  our own names


def _pairs(engine: duckdb.DuckDBPyConnection, plan: str, **values: Any) -> Pairs:
    return [(int(a), int(b)) for a, b in engine.execute(plan, values).fetchall()]

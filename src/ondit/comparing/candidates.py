"""Candidates: which reports are worth comparing, found by joins and never by comparing all pairs.

The joins are plain relational plans (equi-join, count, rank), run here by DuckDB inside the
process; a larger engine runs the same text.
"""

from __future__ import annotations

import math
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

WIDELY_KNOWN = 64
"""Reports beyond which an anchor ("Europe", "2031") tells nothing; as a least share see below."""

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
), shared AS (
  SELECT one.report AS one, other.report AS other,
         sum(ln(1 + $total / known.reports)) AS weight, count(*) AS anchors
  FROM anchors AS one JOIN known USING (hash) JOIN anchors AS other USING (hash)
  WHERE one.report <> other.report
  GROUP BY ALL HAVING count(*) >= 2
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY one ORDER BY weight DESC, other) AS place FROM shared
)
SELECT DISTINCT least(one, other), greatest(one, other) FROM ranked WHERE place <= $nearest
ORDER BY ALL
"""

Pairs = list[tuple[int, int]]


def sharing_words(accounts: Sequence[Account]) -> Pairs:
    """Return pairs of positions of reports that share fingerprints, the smaller first."""
    with duckdb.connect() as engine:
        _table(engine, "prints", (account.fingerprints for account in accounts))
        return _pairs(engine, _SHARED, representatives=REPRESENTATIVES, least=LEAST_SHARED)


def sharing_speech(accounts: Sequence[Account]) -> Pairs:
    """Return pairs of positions of reports that quote the same words, the smaller first."""
    with duckdb.connect() as engine:
        _table(engine, "prints", (np.unique(account.spoken[1]) for account in accounts))
        return _pairs(engine, _SHARED, representatives=REPRESENTATIVES, least=LEAST_SHARED)


def sharing_anchors(accounts: Sequence[Account]) -> Pairs:
    """Return pairs of positions of reports that are near by numbers, names and word beginnings."""
    widely = max(WIDELY_KNOWN, int(math.sqrt(len(accounts))))
    with duckdb.connect() as engine:
        _table(engine, "anchors", (account.anchors.all for account in accounts))
        return _pairs(engine, _NEAR, widely=widely, total=len(accounts), nearest=NEAREST)


def _table(engine: duckdb.DuckDBPyConnection, name: str, rows: Iterable[Keys]) -> None:
    hashes = list(rows)
    report: Ints = np.repeat(np.arange(len(hashes)), [len(row) for row in hashes])
    held = np.concatenate([np.zeros(0, np.uint64), *hashes])
    engine.execute("SET threads = 1")
    engine.register("given", {"report": report, "hash": held})
    engine.execute(f"CREATE TABLE {name} AS SELECT * FROM given")  # noqa: S608  our own names


def _pairs(engine: duckdb.DuckDBPyConnection, plan: str, **values: Any) -> Pairs:
    return [(int(a), int(b)) for a, b in engine.execute(plan, values).fetchall()]

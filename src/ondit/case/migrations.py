"""The tables of a case file, as numbered steps; a step that was released is never changed.

Nothing here is ever deleted but what can be computed again (`claims`, `passages`, `comparisons`):
triggers refuse it, and the log tells of it.
"""

from __future__ import annotations

APPLICATION_ID = 0x6F6E6474
"""What marks an SQLite file as a case: "ondt", at byte 68 of its header."""

_FIRST = """
CREATE TABLE migrations (
    name        TEXT PRIMARY KEY,
    applied_at  TEXT NOT NULL
) STRICT;

CREATE TABLE captures (
    sha256      TEXT PRIMARY KEY CHECK (length(sha256) = 64),
    number      INTEGER NOT NULL UNIQUE,
    content     BLOB NOT NULL,
    encoding    TEXT NOT NULL CHECK (encoding IN ('raw', 'zlib')),
    bytes       INTEGER NOT NULL,
    media_type  TEXT,
    url         TEXT,
    input       TEXT NOT NULL,
    fetched_at  TEXT,
    added_at    TEXT NOT NULL,
    container   TEXT,
    headers     TEXT NOT NULL,
    report      TEXT NOT NULL
) STRICT;

CREATE TABLE inputs (
    capture     TEXT NOT NULL REFERENCES captures (sha256),
    input       TEXT NOT NULL,
    first_at    TEXT NOT NULL,
    PRIMARY KEY (capture, input)
) STRICT;

CREATE TABLE records (
    id            INTEGER PRIMARY KEY,
    capture       TEXT NOT NULL REFERENCES captures (sha256),
    producer      TEXT NOT NULL,
    options       TEXT NOT NULL,
    sha256        TEXT NOT NULL,
    json          TEXT NOT NULL,
    read_at       TEXT NOT NULL,
    superseded_by INTEGER REFERENCES records (id) DEFERRABLE INITIALLY DEFERRED
) STRICT;

CREATE INDEX records_by_capture ON records (capture);

CREATE UNIQUE INDEX one_current_record ON records (capture) WHERE superseded_by IS NULL;

CREATE VIEW current_records AS
    SELECT records.*, captures.number, captures.input
    FROM records JOIN captures ON captures.sha256 = records.capture
    WHERE superseded_by IS NULL;

CREATE TABLE corrections (
    number      INTEGER PRIMARY KEY,
    capture     TEXT NOT NULL REFERENCES captures (sha256),
    json        TEXT NOT NULL
) STRICT;

CREATE INDEX corrections_by_capture ON corrections (capture);

CREATE TABLE log (
    number      INTEGER PRIMARY KEY,
    at          TEXT NOT NULL,
    actor       TEXT NOT NULL,
    event       TEXT NOT NULL,
    detail      TEXT NOT NULL,
    before      TEXT NOT NULL,
    hash        TEXT NOT NULL UNIQUE
) STRICT;

-- What follows is computed from the records and the corrections, for filtering and search.

CREATE TABLE claims (
    record      INTEGER NOT NULL REFERENCES records (id),
    position    INTEGER NOT NULL,
    id          TEXT NOT NULL,
    status      TEXT NOT NULL,
    earliest    TEXT,
    latest      TEXT,
    words       TEXT NOT NULL,
    sources     TEXT NOT NULL,
    entities    TEXT NOT NULL,
    PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;

CREATE INDEX claims_by_id ON claims (id);

CREATE TABLE passages (
    id          INTEGER PRIMARY KEY,
    record      INTEGER NOT NULL REFERENCES records (id),
    claim       TEXT,
    start       INTEGER NOT NULL,
    words       TEXT NOT NULL,
    stems       TEXT NOT NULL
) STRICT;

CREATE INDEX passages_by_record ON passages (record);

CREATE VIRTUAL TABLE search USING fts5 (
    words, stems, content = 'passages', content_rowid = 'id',
    tokenize = 'unicode61 remove_diacritics 2'
);
"""

_KEPT = ("captures", "inputs", "corrections", "log")
_REFUSALS = "".join(
    f"""
CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} BEGIN
    SELECT RAISE (ABORT, '{table} are never changed or deleted');
END;
"""
    for table in _KEPT
    for verb in ("UPDATE", "DELETE")
)
_RECORDS_STAY = """
CREATE TRIGGER records_no_delete BEFORE DELETE ON records BEGIN
    SELECT RAISE (ABORT, 'records are superseded, never deleted');
END;

CREATE TRIGGER records_no_update
BEFORE UPDATE OF id, capture, producer, options, sha256, json, read_at ON records BEGIN
    SELECT RAISE (ABORT, 'records are superseded, never changed');
END;
"""

_COMPARISONS = """
CREATE TABLE comparisons (
    made_by     TEXT PRIMARY KEY,
    ledger      BLOB NOT NULL
) STRICT;
"""

MIGRATIONS: tuple[tuple[str, str], ...] = (
    ("0001-first", _FIRST + _REFUSALS + _RECORDS_STAY),
    ("0002-comparisons", _COMPARISONS),
)
"""Name and script of each step, oldest first; the file keeps the names that were applied to it."""

SPARED = frozenset({"0002-comparisons"})
"""Steps that make room for what can be computed again: a file that cannot be changed does without.
"""

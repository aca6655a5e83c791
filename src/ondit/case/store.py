"""The case: one SQLite file that keeps captures, records, people's decisions and a log of it all.

Nothing is deleted and nothing that was captured changes. A new reading supersedes the one before;
what a person decided is laid over every reading. Each report is committed by itself, so that a
run which is killed loses none that it had finished.
"""

from __future__ import annotations

import os
import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

import msgspec
from msgspec.structs import replace

from ondit.case import corrections as laid
from ondit.case.corrections import Corrected, Correction
from ondit.case.held import Added, Held, Listed, Outcome, StoredCapture, StoredRecord
from ondit.case.log import Event, next_event, now
from ondit.case.migrations import APPLICATION_ID, MIGRATIONS, SPARED
from ondit.case.options import AS_FOUND, Options, merge
from ondit.case.producer import is_current
from ondit.case.rows import (
    capture_columns,
    claim_columns,
    conditions,
    hit,
    like,
    listed,
    pack,
    passage_columns,
    report_json,
    same_reading,
    to_json,
    unpack,
)
from ondit.case.search import Hit, match_expression
from ondit.case.summary import EVERYTHING, ClaimRow, Filter
from ondit.model import CaseError, Record, Report, decode, digest, encode

_BUSY_SECONDS = 30.0
_FULL_HASH = 64
_SHORTEST_HASH = 6


class Case:
    """One case file.

    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, Case.open(f"{folder}/a.ondit", create=True) as case:
    ...     [event.event for event in case.log()]
    ['created']
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        self.path = path
        self.read_only = read_only
        self._connection = connection

    # -- opening and closing ---------------------------------------------------------------

    @classmethod
    def open(cls, path: str | Path, *, create: bool = False, read_only: bool = False) -> Case:
        """Return the case in the file at `path`.

        Args:
            path: the file.
            create: make a new case when there is no such file.
            read_only: refuse every change. A file on a medium that cannot be written to is opened
                like this in any case.

        Raises:
            CaseError: when there is no such file, or it is no case, or of a newer ondit.
        """
        path = Path(path)
        missing = not path.exists()
        if missing and not create:
            raise CaseError(f"there is no case {path}; `ondit add {path} REPORT...` makes one")
        if not missing and not (create and _is_empty(path)):
            _check_header(path)
        writable = missing or _is_writable(path)
        with _in_words(path):
            case = cls(path, _connect(path, writable=writable), read_only=read_only or not writable)
            try:
                case._prepare(writable=writable)
            except BaseException:
                case.close()
                raise
        return case

    def close(self) -> None:
        """Close the file; everything in it was already committed."""
        self._connection.close()

    def __enter__(self) -> Case:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    def _prepare(self, *, writable: bool) -> None:
        new = not self._value("SELECT count(*) FROM sqlite_master WHERE name = 'migrations'")
        if writable:
            if new:  # in the file itself, before anything goes to the journal beside it
                self._connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._migrate(new=new)
        if self.read_only:
            self._connection.execute("PRAGMA query_only = ON")

    def _migrate(self, *, new: bool) -> None:
        applied = set() if new else {name for (name,) in self._rows("SELECT name FROM migrations")}
        unknown = applied - {name for name, _ in MIGRATIONS}
        if unknown:
            raise CaseError(
                f"{self.path} was written by a newer ondit ({', '.join(sorted(unknown))}); "
                "use that one, or a later one"
            )
        waiting = [(name, script) for name, script in MIGRATIONS if name not in applied]
        if self.read_only:
            waiting = [(name, script) for name, script in waiting if name not in SPARED]
        if waiting and self.read_only:
            raise CaseError(
                f"{self.path} was written by an older ondit and cannot be brought up to date where "
                "it is; copy it to a place that can be written to"
            )
        for name, script in waiting:
            self._apply(name, script, new=new)

    def _apply(self, name: str, script: str, *, new: bool) -> None:
        with self._writing():
            for statement in _statements(script):
                self._connection.execute(statement)
            self._run("INSERT INTO migrations VALUES (?, ?)", name, now())
            self._connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
            if not new:
                self._note("migrated", migration=name)
            elif name == MIGRATIONS[0][0]:
                self._note("created", migration=name)

    # -- adding ----------------------------------------------------------------------------

    def add(self, report: Report, record: Record, *, options: Options = AS_FOUND) -> Added:
        """Keep a report and what was read in it; return what became of them.

        The same bytes are one capture, under however many names they come. A reading that says
        something new supersedes the one before.
        """
        failures = tuple(f"{f.step}: {f.reason}" for f in record.failures if f.fatal)
        with self._writing():
            if record.failures and not report.content:
                return self._refuse(record)
            number, fresh = self._keep_capture(report)
            current = self._current(report.capture.sha256)
            if current is not None and (record.failed or same_reading(current, record)):
                held = self._held(report.capture.sha256)
                outcome: Outcome = "already there"
            else:
                held = self._keep_record(record, options)
                outcome = "added" if fresh else "read again"
        return Added(
            input=report.input,
            outcome="failed" if failures else outcome,
            number=number,
            claims=len(held.record.claims),
            failures=failures,
            orphans=held.orphans if outcome == "read again" else (),
        )

    def _refuse(self, record: Record) -> Added:
        """Log that an input held nothing to keep, and why."""
        outcome: Outcome = "failed" if record.failed else "passed over"
        reasons = tuple(f"{f.step}: {f.reason}" for f in record.failures)
        self._note(outcome, input=record.input, reasons=list(reasons))
        return Added(input=record.input, outcome=outcome, failures=reasons)

    def known(self, report: Report, options: Options) -> Record | None:
        """Return the record of a report that need not be read again, or None.

        That is so when its bytes are here, what is installed now would read them the same, and
        `options` say nothing that was not said before.
        """
        row = self._one(
            "SELECT json, options FROM current_records WHERE capture = ?", report.capture.sha256
        )
        if row is None:
            return None
        stored = msgspec.json.decode(row[1], type=Options)
        record = decode(row[0])
        same = merge(stored, options) == stored and is_current(record)
        return replace(record, input=report.input) if same else None

    def waiting(self, *, everything: bool = False) -> dict[str, list[str]]:
        """Return the digests of the reports to read again, by the options they were read with.

        Those are the reports that what is installed now might read differently, or all.
        """
        found: dict[str, list[str]] = {}
        sql = "SELECT capture, options, json FROM current_records ORDER BY number"
        for sha, options, json in self._rows(sql):
            if everything or not is_current(decode(json)):
                found.setdefault(options, []).append(sha)
        return found

    def _keep_capture(self, report: Report) -> tuple[int, bool]:
        """Return the number of the report's capture, and whether it is new to the case."""
        capture = report.capture
        found = self._one("SELECT number FROM captures WHERE sha256 = ?", capture.sha256)
        number = found[0] if found else self._insert_capture(report)
        met = self._run(
            "INSERT OR IGNORE INTO inputs VALUES (?, ?, ?)", capture.sha256, report.input, now()
        )
        if found and met:
            self._note("met again", capture=capture.sha256, input=report.input)
        return number, not found

    def _insert_capture(self, report: Report) -> int:
        capture = report.capture
        if digest(report.content) != capture.sha256:
            raise CaseError(f"{report.input}: its bytes do not have the digest {capture.sha256}")
        content, encoding = pack(report.content)
        kept = report_json(report)
        number = int(self._value("SELECT coalesce(max(number), 0) + 1 FROM captures"))
        self._run(
            "INSERT INTO captures VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            capture.sha256,
            number,
            content,
            encoding,
            *capture_columns(report).values(),
            now(),
            capture.container,
            to_json(capture.headers),
            kept,
        )
        self._note(
            "captured",
            capture=capture.sha256,
            input=report.input,
            bytes=len(report.content),
            report=digest(kept.encode()),
            text=digest(report.text.encode("utf-8", "surrogatepass")),
        )
        return number

    def _keep_record(self, record: Record, options: Options) -> Held:
        sha = record.capture.sha256
        json = encode(record).decode()
        row = int(self._value("SELECT coalesce(max(id), 0) + 1 FROM records"))
        old = self._one("SELECT id, options FROM current_records WHERE capture = ?", sha)
        if old:
            options = merge(msgspec.json.decode(old[1], type=Options), options)
            self._run("UPDATE records SET superseded_by = ? WHERE id = ?", row, old[0])
            self._unindex(old[0])
        producer = to_json(record.producer)
        self._run(
            "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?, ?, NULL)",
            row, sha, producer, to_json(options), digest(json.encode()), json, now(),
        )  # fmt: skip
        self._note(
            "read",
            capture=sha,
            record=row,
            sha256=digest(json.encode()),
            producer=msgspec.to_builtins(record.producer),
            options=msgspec.to_builtins(options),
            supersedes=old[0] if old else None,
        )
        held = self._held(sha)
        self._index(row, held)
        return held

    # -- what is derived for filtering and search ------------------------------------------

    def _index(self, id: int, held: Held) -> None:
        self._connection.executemany(
            "INSERT INTO claims VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", claim_columns(id, held)
        )
        self._connection.executemany(
            "INSERT INTO passages (record, claim, start, words, stems) VALUES (?, ?, ?, ?, ?)",
            passage_columns(id, held),
        )
        self._run(
            "INSERT INTO search (rowid, words, stems) "
            "SELECT id, words, stems FROM passages WHERE record = ?",
            id,
        )

    def _unindex(self, id: int) -> None:
        self._run(
            "INSERT INTO search (search, rowid, words, stems) "
            "SELECT 'delete', id, words, stems FROM passages WHERE record = ?",
            id,
        )
        self._run("DELETE FROM claims WHERE record = ?", id)
        self._run("DELETE FROM passages WHERE record = ?", id)

    def derived(self, id: int) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        """Return the rows of claims and passages that the file holds for record `id`."""
        columns = "record, claim, start, words, stems"
        return (
            list(self._rows("SELECT * FROM claims WHERE record = ? ORDER BY position", id)),
            list(self._rows(f"SELECT {columns} FROM passages WHERE record = ? ORDER BY id", id)),  # noqa: S608  constant
        )

    # -- looking things up -----------------------------------------------------------------

    def __len__(self) -> int:
        return int(self._value("SELECT count(*) FROM captures"))

    def held(self) -> Iterator[Held]:
        """Yield the reports of the case in the order in which they were added."""
        shas = [sha for (sha,) in self._rows("SELECT capture FROM current_records ORDER BY number")]
        return (self._held(sha) for sha in shas)

    def listing(self) -> list[Listed]:
        """Return a line on each report, in the order in which they were added."""
        return [listed(row) for row in self._rows(_LISTING)]

    def records(self) -> Iterator[Record]:
        """Yield the current records, people's decisions laid over them, in order of adding."""
        return (held.record for held in self.held())

    def find(self, handle: str) -> Held:
        """Return the report that `handle` names: its number, its digest's beginning, its input.

        Raises:
            CaseError: when no report, or more than one, answers to it.
        """
        found = self._find_captures(handle)
        if len(found) == 1:
            return self._held(found[0])
        if found:
            raise CaseError(f"{handle!r} could be {len(found)} reports; write more of it")
        raise CaseError(f"no report {handle!r} in {self.path}; `ondit list {self.path}` shows all")

    def _find_captures(self, handle: str) -> list[str]:
        if handle.isdecimal():
            numbered = self._rows("SELECT sha256 FROM captures WHERE number = ?", int(handle))
            found = [sha for (sha,) in numbered]
            if found:
                return found
        if _SHORTEST_HASH <= len(handle) <= _FULL_HASH and set(handle) <= set("0123456789abcdef"):
            sql = "SELECT sha256 FROM captures WHERE substr(sha256, 1, ?) = ?"
            found = [sha for (sha,) in self._rows(sql, len(handle), handle)]
            if found:
                return found
        sql = "SELECT DISTINCT capture FROM inputs WHERE input = ? OR input LIKE ? ESCAPE '!'"
        return [sha for (sha,) in self._rows(sql, handle, "%/" + like(handle))]

    def find_claim(self, handle: str) -> tuple[Held, str]:
        """Return a report and the id of its annotation that `handle`, an id or its start, names.

        Raises:
            CaseError: when no claim, attribution or entity, or more than one, answers to it.
        """
        sql = "SELECT DISTINCT capture, json FROM current_records WHERE instr(json, ?) > 0"
        found = [
            (capture, key)
            for capture, json in self._rows(sql, f'"id":"{handle}')
            for key in _ids(decode(json))
            if key.startswith(handle)
        ]
        exact = [pair for pair in found if pair[1] == handle] or found
        if len(exact) == 1:
            return self._held(exact[0][0]), exact[0][1]
        if exact:
            raise CaseError(f"{handle!r} could be {len(exact)} annotations; write more of it")
        raise CaseError(
            f"no claim, attribution or entity {handle!r} in {self.path}; "
            f"`ondit claims {self.path}` shows the claims with their ids"
        )

    def content(self, sha: str) -> bytes:
        """Return the captured bytes with the digest `sha`.

        Raises:
            CaseError: when they are not here, or are damaged.
        """
        row = self._one("SELECT content, encoding, bytes FROM captures WHERE sha256 = ?", sha)
        if row is None:
            raise CaseError(f"no capture {sha} in {self.path}")
        return unpack(row[0], row[1], size=row[2])

    def report(self, sha: str) -> Report:
        """Return the report with the digest `sha` as it was captured."""
        row = self._one("SELECT report FROM captures WHERE sha256 = ?", sha)
        if row is None:
            raise CaseError(f"no capture {sha} in {self.path}")
        return replace(msgspec.json.decode(row[0], type=Report), content=self.content(sha))

    def claims(self, where: Filter = EVERYTHING, *, limit: int | None = None) -> Iterator[ClaimRow]:
        """Yield the claims that answer `where`, at most `limit`, in order of report and text."""
        clauses, values = conditions(where)
        sql = (
            "SELECT capture, claims.position FROM claims "  # noqa: S608  clauses are our own
            "JOIN current_records ON current_records.id = claims.record "
            f"WHERE {' AND '.join(clauses)} ORDER BY number, position LIMIT ?"
        )
        wanted: dict[str, list[int]] = {}
        for capture, position in self._rows(sql, *values, -1 if limit is None else limit):
            wanted.setdefault(capture, []).append(position)
        return (row for sha, places in wanted.items() for row in _at(self._held(sha), places))

    def search(self, query: str, *, limit: int = 20) -> list[Hit]:
        """Return the claims and paragraphs that answer `query`, best first.

        Any string is a query: `ondit.case.search.match_expression` says how it is understood.
        """
        expression = match_expression(query)
        if expression is None:
            return []
        sql = """
            SELECT current_records.number, current_records.input, passages.claim, claims.status,
                   passages.start, passages.words, best.score, current_records.json
            FROM (SELECT rowid, bm25(search, 2.0, 1.0) AS score FROM search
                  WHERE search MATCH ? ORDER BY score LIMIT ?) AS best
            JOIN passages ON passages.id = best.rowid
            JOIN current_records ON current_records.id = passages.record
            LEFT JOIN claims ON claims.record = passages.record AND claims.id = passages.claim
            ORDER BY best.score, passages.id
        """
        return [hit(row, query) for row in self._rows(sql, expression, limit)]

    # -- decisions of people ---------------------------------------------------------------

    def decide(self, target: str, field: str, value: Any, *, who: str, why: str) -> Correction:
        """Set a field of a claim, attribution or entity by a person's word; return the decision.

        The machine's record stays as it is; the decision is laid over it, and over every reading
        to come. A later decision on the same field supersedes this one; none is deleted.

        Raises:
            CaseError: when there is no such annotation or field, the field does not take the
                value, or nobody or no reason is given.
        """
        if not who.strip() or not why.strip():
            raise CaseError("a decision needs who takes it and why")
        held, key = self.find_claim(target)
        located = laid.locate(held.record, key)
        if located is None:  # pragma: no cover - find_claim only returns such ids
            raise CaseError(f"no annotation {key}")
        layer, annotation = located
        correction = Correction(
            number=int(self._value("SELECT coalesce(max(number), 0) + 1 FROM corrections")),
            capture=held.record.capture.sha256,
            target=key,
            layer=layer,
            anchor=laid.anchor(held.record, layer, annotation),
            field=field,
            value=value,
            was=msgspec.to_builtins(getattr(annotation, field, None)),
            who=who.strip(),
            why=why.strip(),
            at=now(),
        )
        laid.with_value(held.record, key, correction)
        with self._writing():
            self._keep_correction(correction)
        return correction

    def _keep_correction(self, correction: Correction) -> None:
        json = to_json(correction)
        self._run(
            "INSERT INTO corrections VALUES (?, ?, ?)", correction.number, correction.capture, json
        )
        self._note(
            "corrected",
            actor=f"person:{correction.who}",
            capture=correction.capture,
            correction=correction.number,
            sha256=digest(json.encode()),
        )
        row = self._value("SELECT id FROM current_records WHERE capture = ?", correction.capture)
        self._unindex(row)
        self._index(row, self._held(correction.capture))

    def corrections(self) -> list[Correction]:
        """Return every decision ever taken, in order; later ones supersede earlier ones."""
        rows = self._rows("SELECT json FROM corrections ORDER BY number")
        return [msgspec.json.decode(json, type=Correction) for (json,) in rows]

    # -- the log, and what `verify` looks at -----------------------------------------------

    def log(self) -> Iterator[Event]:
        """Yield the events of the case, oldest first."""
        for row in self._rows("SELECT * FROM log ORDER BY number"):
            yield Event(**dict(zip(Event.__struct_fields__, row, strict=True)))

    def head(self) -> str:
        """Return the hash of the last event, which vouches for all before it."""
        return str(self._value("SELECT hash FROM log ORDER BY number DESC LIMIT 1"))

    def digests(self) -> dict[str, str]:
        """Return for each report, by its id in comparisons, a digest of its record as it stands.

        A reading or a decision of people that changes the record changes the digest.
        """
        decided: dict[str, list[str]] = defaultdict(list)
        for capture, json in self._rows("SELECT capture, json FROM corrections ORDER BY number"):
            decided[capture].append(json)
        rows = self._rows("SELECT number, capture, sha256 FROM current_records ORDER BY number")
        return {
            f"r{number}": digest("\n".join((sha, *decided[capture])).encode())
            for number, capture, sha in rows
        }

    def kept_comparison(self, made_by: str) -> bytes | None:
        """Return what was kept of the last comparison by `made_by`, or None."""
        if not self._value("SELECT count(*) FROM sqlite_master WHERE name = 'comparisons'"):
            return None
        found = self._value("SELECT ledger FROM comparisons WHERE made_by = ?", made_by)
        return bytes(found) if found is not None else None

    def keep_comparison(self, made_by: str, ledger: bytes) -> None:
        """Keep what the next comparison by `made_by` goes on with; other makers' is dropped."""
        with self._writing():
            self._run("DELETE FROM comparisons")
            self._run("INSERT INTO comparisons VALUES (?, ?)", made_by, ledger)

    def stored_captures(self) -> Iterator[StoredCapture]:
        """Yield the rows of captures as they lie in the file."""
        sql = (
            "SELECT sha256, number, content, encoding, bytes, media_type, url, input, fetched_at, "
            "container, headers, report FROM captures ORDER BY number"
        )
        names = ("bytes", "media_type", "url", "input", "fetched_at", "container", "headers")
        for row in self._rows(sql):
            yield StoredCapture(
                sha256=row[0], number=row[1], content=row[2], encoding=row[3],
                columns=dict(zip(names, row[4:11], strict=True)), report=row[11],
            )  # fmt: skip

    def stored_records(self) -> Iterator[StoredRecord]:
        """Yield the rows of records, superseded ones too, as they lie in the file."""
        names = StoredRecord.__struct_fields__
        for row in self._rows(f"SELECT {', '.join(names)} FROM records ORDER BY id"):  # noqa: S608  constant
            yield StoredRecord(**dict(zip(names, row, strict=True)))

    def stored_corrections(self) -> list[tuple[int, str, str]]:
        """Return number, capture and JSON of each correction as it lies in the file."""
        return list(self._rows("SELECT number, capture, json FROM corrections ORDER BY number"))

    def stored_inputs(self) -> set[tuple[str, str]]:
        """Return capture and input of each name under which bytes were handed in."""
        return set(self._rows("SELECT capture, input FROM inputs"))

    def damage(self) -> Iterator[str]:
        """Yield, in words, what SQLite itself finds wrong with the file."""
        for (message,) in self._rows("PRAGMA integrity_check"):
            if message != "ok":
                yield f"file: {message}"
        for table, row, parent, _ in self._rows("PRAGMA foreign_key_check"):
            yield f"file: row {row} of {table} points to something that {parent} does not hold"
        applied = frozenset(name for (name,) in self._rows("SELECT name FROM migrations"))
        have, want = set(self._rows(_SHAPE)), _expected_shape(applied)
        for kind, name, _ in sorted(have ^ want):
            yield f"file: {kind} {name} is not as ondit makes it"

    # -- reading and writing ---------------------------------------------------------------

    def _held(self, sha: str) -> Held:
        row = self._one(
            "SELECT r.number, r.json, r.read_at, c.added_at FROM current_records AS r "
            "JOIN captures AS c ON c.sha256 = r.capture WHERE r.capture = ?",
            sha,
        )
        if row is None:
            raise CaseError(f"capture {sha} in {self.path} was never read")
        with_decisions = self._corrected(sha, decode(row[1]))
        names = self._rows("SELECT input FROM inputs WHERE capture = ? ORDER BY rowid", sha)
        return Held(
            number=row[0],
            record=with_decisions.record,
            inputs=tuple(name for (name,) in names),
            added_at=row[3],
            read_at=row[2],
            readings=int(self._value("SELECT count(*) FROM records WHERE capture = ?", sha)),
            applied=with_decisions.applied,
            orphans=with_decisions.orphans,
        )

    def _corrected(self, sha: str, record: Record) -> Corrected:
        rows = self._rows("SELECT json FROM corrections WHERE capture = ? ORDER BY number", sha)
        taken = [msgspec.json.decode(json, type=Correction) for (json,) in rows]
        return laid.apply(record, taken)

    def _current(self, sha: str) -> Record | None:
        row = self._one("SELECT json FROM current_records WHERE capture = ?", sha)
        return decode(row[0]) if row else None

    def _note(self, event: str, *, actor: str | None = None, **detail: Any) -> None:
        row = self._one("SELECT * FROM log ORDER BY number DESC LIMIT 1")
        last = Event(**dict(zip(Event.__struct_fields__, row, strict=True))) if row else None
        entry = next_event(last, actor=actor or _actor(), event=event, detail=detail)
        self._run("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?)", *msgspec.structs.astuple(entry))

    def _rows(self, sql: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        with _in_words(self.path):
            return iter(self._connection.execute(sql, values).fetchall())

    def _one(self, sql: str, *values: Any) -> tuple[Any, ...] | None:
        return next(self._rows(sql, *values), None)

    def _value(self, sql: str, *values: Any) -> Any:
        row = self._one(sql, *values)
        return row[0] if row else None

    def _run(self, sql: str, *values: Any) -> int:
        return self._connection.execute(sql, values).rowcount

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Commit everything that is done inside, or nothing."""
        if self.read_only:
            raise CaseError(f"{self.path} is open for reading only; nothing can be added to it")
        with _in_words(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")


# -- the file ----------------------------------------------------------------------------------


def _check_header(path: Path) -> None:
    """Check, before SQLite touches the file, that it says it is a case."""
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError as error:
        raise CaseError(f"{path} cannot be opened: {error.strerror}") from error
    if header[:16] != b"SQLite format 3\0" or header[68:72] != APPLICATION_ID.to_bytes(4, "big"):
        raise CaseError(f"{path} is not a case; a case is a file that `ondit add` made")


def _is_empty(path: Path) -> bool:
    """Return whether the file is there and empty, as when its making was cut short."""
    return path.is_file() and path.stat().st_size == 0


def _is_writable(path: Path) -> bool:
    """Return whether the file can be changed: itself, and its folder for the journal beside it."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def _connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    mode = "rwc" if writable else f"ro{_immutable(path)}"
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?mode={mode}",
        uri=True,
        isolation_level=None,
        timeout=_BUSY_SECONDS,
    )
    connection.execute("PRAGMA trusted_schema = OFF")  # a case may come from anyone
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


def _immutable(path: Path) -> str:
    """Return the option that reads a file on an unwritable medium without a journal beside it."""
    journal = path.with_name(path.name + "-wal")
    if journal.exists() and journal.stat().st_size:
        raise CaseError(
            f"{path} was not closed properly and cannot be repaired where it is; copy it, together "
            f"with {journal.name}, to a place that can be written to"
        )
    return "&immutable=1"


@contextmanager
def _in_words(path: Path) -> Iterator[None]:
    """Turn what SQLite says of a file into a `CaseError`; mistakes of ours stay what they are."""
    try:
        yield
    except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
        if isinstance(error, (sqlite3.IntegrityError, sqlite3.ProgrammingError)):
            raise
        raise CaseError(f"{path} cannot be used: {error}") from error


def _statements(script: str) -> Iterator[str]:
    """Yield the statements of `script`; `executescript` would commit in between."""
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending
            pending = ""


_SHAPE = """
    SELECT type, name, sql FROM sqlite_master
    WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'search_%'
"""


_LISTING = """
    SELECT r.number, r.capture, r.input, c.url, c.added_at, r.read_at,
           (SELECT count(*) FROM records WHERE records.capture = r.capture), r.json
    FROM current_records AS r JOIN captures AS c ON c.sha256 = r.capture ORDER BY r.number
"""


def engine() -> str:
    """Return the version of SQLite."""
    return sqlite3.sqlite_version


@cache
def _expected_shape(applied: frozenset[str]) -> frozenset[tuple[str, str, str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        for name, script in MIGRATIONS:
            if name in applied:
                connection.executescript(script)
        return frozenset(connection.execute(_SHAPE).fetchall())


@cache
def _actor() -> str:
    from importlib.metadata import version  # noqa: PLC0415  only writing needs it

    return f"ondit {version('ondit')}"


def _at(held: Held, positions: list[int]) -> Iterator[ClaimRow]:
    rows = list(held.claims())
    return (rows[position] for position in positions)


def _ids(record: Record) -> Iterator[str]:
    for layer in laid.FIELDS:
        yield from (annotation.id for annotation in getattr(record, layer))

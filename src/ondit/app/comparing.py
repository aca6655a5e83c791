"""Commands that compare the reports of a case: corroborate, origins, contradictions, explain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import typer

from ondit.app.frame import CasePath, command, console, open_case, put
from ondit.model import CaseError

if TYPE_CHECKING:
    from ondit.case.store import Case
    from ondit.model import Record
    from ondit.model.comparison import Corroboration

Format = Annotated[
    Literal["table", "json"],
    typer.Option("--format", help="A table to read, or JSON."),
]
Embed = Annotated[
    bool,
    typer.Option("--embed", help="Let sentence vectors propose (needs the extra `embed`)."),
]
Habits = Annotated[
    bool,
    typer.Option(
        "--habits", help="Let what two outlets share elsewhere lower what they may know apart."
    ),
]
OneReport = Annotated[
    str,
    typer.Argument(
        metavar="REPORT", show_default=False, help="A report: number, input, or start of digest."
    ),
]


class Reports(Mapping[str, "Record"]):
    """The records of a case by their ids in a comparison, each read when it is asked for."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.digests = case.digests()
        self._read: dict[str, Record] = {}

    def __getitem__(self, name: str) -> Record:
        """Return the record of a report as it stands, people's decisions laid over it."""
        if name not in self.digests:
            raise KeyError(name)
        if name not in self._read:
            self._read[name] = self._case.find(name.removeprefix("r")).record
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the ids in the order of the case."""
        return iter(self.digests)

    def __len__(self) -> int:
        return len(self.digests)


def compared(case: Case, *, embed: bool = False) -> tuple[Corroboration, Reports]:
    """Return what the reports of a case share, and the reports by their ids.

    What was compared is kept in the case where that can be, so that asking again costs nothing,
    and a report more little.
    """
    from ondit.comparing.ledger import (  # noqa: PLC0415  loads duckdb
        corroborate_on,
        maker,
        read_ledger,
        written,
    )
    from ondit.comparing.vectors import Vectors  # noqa: PLC0415  as above

    reports, made_by = Reports(case), maker(embed=embed)
    kept = read_ledger(case.kept_comparison(made_by))
    vectors = Vectors() if embed else None
    ledger = corroborate_on(
        reports.digests, reports.__getitem__, kept, made_by=made_by, vectors=vectors
    )
    if ledger is not kept and not case.read_only:
        with suppress(CaseError):  # another process has the file: the next one will keep it
            case.keep_comparison(made_by, written(ledger))
    return ledger.found, reports


@command(
    "ondit corroborate matter.ondit",
    "ondit corroborate matter.ondit --format json > matter.json",
    "ondit corroborate year.ondit --habits",
)
def corroborate(
    case: CasePath, *, format: Format = "table", embed: Embed = False, habits: Habits = False
) -> None:
    """Count the origins behind claims of several reports.

    Copies, wire reprints, rewrites and translations count once. "Independent" means that the pages
    show no dependence: two reporters who called the same officer leave no trace.
    """
    with open_case(case, change=True) as opened:
        found, records = compared(opened, embed=embed)
        if habits:
            from ondit.comparing.habits import cautious  # noqa: PLC0415  where asked for alone

            found = cautious(found)
        if format == "json":
            put(msgspec.json.encode(found))
            return
        from ondit.app.chains import groups_table  # noqa: PLC0415  loads rich
        from ondit.app.view import display  # noqa: PLC0415  as above

        display(console(), groups_table(found, records))


@command("ondit origins matter.ondit", "ondit origins matter.ondit --format json")
def origins(case: CasePath, *, format: Format = "table", embed: Embed = False) -> None:
    """Show where accounts began, and who handed them on."""
    with open_case(case, change=True) as opened:
        found, _ = compared(opened, embed=embed)
    if format == "json":
        for origin in found.origins:
            put(msgspec.json.encode(origin))
        return
    from ondit.app.chains import origins_table  # noqa: PLC0415  loads rich
    from ondit.app.view import display  # noqa: PLC0415  as above

    display(console(), origins_table(found))


@command("ondit contradictions matter.ondit", "ondit contradictions matter.ondit --format json")
def contradictions(case: CasePath, *, format: Format = "table", embed: Embed = False) -> None:
    """Show claims that cannot both hold, side by side.

    A later count is an update, a number altered in copying an error; both are named as such.
    """
    with open_case(case, change=True) as opened:
        found, records = compared(opened, embed=embed)
        if format == "json":
            for contradiction in found.contradictions:
                put(msgspec.json.encode(contradiction))
            return
        from ondit.app.chains import contradictions_table  # noqa: PLC0415  loads rich
        from ondit.app.view import display  # noqa: PLC0415  as above

        display(console(), contradictions_table(found, records))


@command("ondit explain matter.ondit 1 2", "ondit explain matter.ondit wire.html rewrite.html")
def explain(
    case: CasePath,
    one: OneReport,
    other: OneReport,
    *,
    format: Format = "table",
    embed: Embed = False,
) -> None:
    """Show why two reports depend on each other, if they do."""
    with open_case(case, change=True) as opened:
        ends = [f"r{opened.find(handle).number}" for handle in (one, other)]
        found, _ = compared(opened, embed=embed)
    between = [d for d in found.derivations if {d.from_, d.to} == set(ends)]
    if format == "json":
        for derivation in between:
            put(msgspec.json.encode(derivation))
        return
    from ondit.app.chains import derivation_parts  # noqa: PLC0415  loads rich
    from ondit.app.view import display  # noqa: PLC0415  as above

    display(console(), *derivation_parts(found, between, ends))

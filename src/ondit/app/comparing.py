"""Commands that compare the reports of a case: corroborate, origins, contradictions, explain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
import typer

from ondit.app.frame import CasePath, command, console, open_case, put

if TYPE_CHECKING:
    from ondit.case.store import Case
    from ondit.model import Record
    from ondit.model.comparison import Corroboration

Format = Annotated[
    Literal["table", "json"],
    typer.Option("--format", help="A table to read, or JSON."),
]
OneReport = Annotated[
    str,
    typer.Argument(
        metavar="REPORT", show_default=False, help="A report: number, input, or start of digest."
    ),
]


def compared(case: Case) -> tuple[Corroboration, dict[str, Record]]:
    """Return what the reports of a case share, and the reports by their ids."""
    from ondit.comparing.corroboration import corroborate as compare  # noqa: PLC0415  loads duckdb

    records = {f"r{held.number}": held.record for held in case.held()}
    return compare(records.items()), records


@command(
    "ondit corroborate matter.ondit",
    "ondit corroborate matter.ondit --format json > matter.json",
)
def corroborate(case: CasePath, *, format: Format = "table") -> None:
    """Count the origins behind claims of several reports.

    Copies, wire reprints, rewrites and translations count once. "Independent" means that the pages
    show no dependence: two reporters who called the same officer leave no trace.
    """
    with open_case(case) as opened:
        found, records = compared(opened)
    if format == "json":
        put(msgspec.json.encode(found))
        return
    from ondit.app.chains import groups_table  # noqa: PLC0415  loads rich
    from ondit.app.view import display  # noqa: PLC0415  as above

    display(console(), groups_table(found, records))


@command("ondit origins matter.ondit", "ondit origins matter.ondit --format json")
def origins(case: CasePath, *, format: Format = "table") -> None:
    """Show where accounts began, and who handed them on."""
    with open_case(case) as opened:
        found, _ = compared(opened)
    if format == "json":
        for origin in found.origins:
            put(msgspec.json.encode(origin))
        return
    from ondit.app.chains import origins_table  # noqa: PLC0415  loads rich
    from ondit.app.view import display  # noqa: PLC0415  as above

    display(console(), origins_table(found))


@command("ondit contradictions matter.ondit", "ondit contradictions matter.ondit --format json")
def contradictions(case: CasePath, *, format: Format = "table") -> None:
    """Show claims that cannot both hold, side by side.

    A later count is an update, a number altered in copying an error; both are named as such.
    """
    with open_case(case) as opened:
        found, records = compared(opened)
    if format == "json":
        for contradiction in found.contradictions:
            put(msgspec.json.encode(contradiction))
        return
    from ondit.app.chains import contradictions_table  # noqa: PLC0415  loads rich
    from ondit.app.view import display  # noqa: PLC0415  as above

    display(console(), contradictions_table(found, records))


@command("ondit explain matter.ondit 1 2", "ondit explain matter.ondit wire.html rewrite.html")
def explain(case: CasePath, one: OneReport, other: OneReport, *, format: Format = "table") -> None:
    """Show why two reports depend on each other, if they do."""
    with open_case(case) as opened:
        ends = [f"r{opened.find(handle).number}" for handle in (one, other)]
        found, _ = compared(opened)
    between = [d for d in found.derivations if {d.from_, d.to} == set(ends)]
    if format == "json":
        for derivation in between:
            put(msgspec.json.encode(derivation))
        return
    from ondit.app.chains import derivation_parts  # noqa: PLC0415  loads rich
    from ondit.app.view import display  # noqa: PLC0415  as above

    display(console(), *derivation_parts(found, between, ends))

"""Commands on a case: add, list and what follows."""

from __future__ import annotations

import sys
from typing import Annotated, Any, Literal

import msgspec
import typer

from ondit.app.frame import (
    FAILED,
    CasePath,
    Inputs,
    Jobs,
    command,
    console,
    open_case,
    progress,
    put,
    say,
)
from ondit.app.reading import AllowPrivate, Language, Plain, Published, options

Format = Annotated[
    Literal["table", "json"],
    typer.Option("--format", help="A table, or one JSON object a line."),
]


@command(
    "ondit add matter.ondit reports/",
    "ondit add matter.ondit page.html --published 2031-03-04",
    "ondit add matter.ondit archive.warc.gz --jobs 2",
)
def add(  # noqa: PLR0913  one parameter an option
    case: CasePath,
    inputs: Inputs,
    *,
    lang: Language = None,
    published: Published = None,
    plain: Plain = False,
    jobs: Jobs = 1,
    allow_private: AllowPrivate = False,
) -> None:
    """Capture and read reports into a case, which is made when there is none.

    Each report is kept as soon as it is read, and named on standard output once it is. The same
    bytes are kept once; adding them again changes nothing.
    """
    from ondit.case.intake import add_inputs  # noqa: PLC0415  patched by tests

    chosen = options(lang, published, plain=plain, allow_private=allow_private)
    failed = 0
    with open_case(case, create=True, change=True) as opened:
        found = add_inputs(opened, inputs, options=chosen, jobs=jobs)
        for added in progress(found, "adding"):
            put(_outcome(added))
            sys.stdout.flush()
            failed += bool(added.failures)
    if failed:
        raise typer.Exit(FAILED)


def _outcome(added: Any) -> str:
    from ondit.app.view import visible  # noqa: PLC0415  loads rich

    number = "-" if added.number is None else f"{added.number}"
    for failure in added.failures:
        say(f"ondit: {added.input}: {failure}")
    for orphan in added.orphans:
        say(
            f"ondit: {added.input}: {orphan.who}'s decision on {orphan.target} ({orphan.field} "
            f"{orphan.value!r}) has no place in the new reading; it is kept"
        )
    return visible(f"{added.outcome}\t{number}\t{added.claims} claims\t{added.input}")


@command("ondit list matter.ondit", "ondit list matter.ondit --format json")
def list_(case: CasePath, *, format: Format = "table") -> None:
    """List the reports of a case: number, day, outlet, title, claims."""
    with open_case(case) as opened:
        held = list(opened.held())
    if format == "json":
        for item in held:
            put(msgspec.json.encode(_listed(item)))
        return
    from ondit.app.tables import reports_table  # noqa: PLC0415  loads rich

    console().print(reports_table(held))


def _listed(held: Any) -> dict[str, Any]:
    record = held.record
    return {
        "number": held.number,
        "sha256": record.capture.sha256,
        "inputs": held.inputs,
        "url": record.capture.url,
        "title": record.meta.title,
        "outlet": record.meta.outlet,
        "published": record.meta.published.value,
        "language": record.language,
        "verdict": record.meta.verdict,
        "claims": len(record.claims),
        "added_at": held.added_at,
        "read_at": held.read_at,
        "readings": held.readings,
        "failures": msgspec.to_builtins(record.failures),
    }

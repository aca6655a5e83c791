"""Commands that look into a case: list, show, claims, sources, timeline, search, log."""

from __future__ import annotations

import calendar
import sys
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_args

import msgspec
import typer

from ondit.app.frame import (
    USAGE,
    CasePath,
    command,
    console,
    fail,
    open_case,
    put,
)
from ondit.model.annotations import Status

if TYPE_CHECKING:
    from ondit.case.held import Held
    from ondit.case.store import Case

STATUSES: tuple[str, ...] = get_args(Status)

Format = Annotated[
    Literal["table", "json"],
    typer.Option("--format", help="A table to read, or one JSON object a line."),
]
Limit = Annotated[
    int | None, typer.Option("--limit", min=1, metavar="N", help="Show no more than so many.")
]
Handle = Annotated[
    str,
    typer.Argument(
        metavar="ITEM",
        show_default=False,
        help="A report (number, input, or start of its digest) or a claim (id, or its start).",
    ),
]


def put_json(values: Iterable[Any]) -> None:
    """Write one JSON object a line."""
    for value in values:
        put(msgspec.json.encode(value))


@command("ondit list matter.ondit", "ondit list matter.ondit --format json")
def list_(case: CasePath, *, format: Format = "table") -> None:
    """List the reports of a case."""
    with open_case(case) as opened:
        reports = opened.listing()
    if format == "json":
        put_json(reports)
        return
    from ondit.app.tables import reports_table  # noqa: PLC0415  JSON needs no rich
    from ondit.app.view import display  # noqa: PLC0415  as above

    display(console(), reports_table(reports))


@command(
    "ondit show matter.ondit 1",
    "ondit show matter.ondit page.html --format json",
    "ondit show matter.ondit c-5f1e09",
)
def show(
    case: CasePath,
    item: Handle,
    *,
    format: Annotated[
        Literal["view", "json"], typer.Option("--format", help="A page to read, or JSON.")
    ] = "view",
) -> None:
    """Show a report, or a claim and its provenance.

    Of a claim: the characters and bytes where it stands, the capture, every link of its chain with
    the rule that found it, what people decided, and what read it.
    """
    with open_case(case) as opened:
        if item.startswith("c-"):
            _show_claim(opened, item, format)
        else:
            _show_report(opened.find(item), format)


def _show_claim(case: Case, item: str, format: str) -> None:
    from ondit.case.provenance import provenance  # noqa: PLC0415  --help needs none

    held, claim = case.find_claim(item)
    shown = provenance(held, claim, case.content(held.record.capture.sha256))
    if format == "json":
        put_json([shown])
        return
    from ondit.app.view import claim_parts, display, signs_for  # noqa: PLC0415  loads rich

    out = console()
    display(out, *claim_parts(shown, signs_for(out, held.record.language)))


def _show_report(held: Held, format: str) -> None:
    if format == "json":
        put_json([held.record])
        return
    from ondit.app.view import display, report_parts, signs_for  # noqa: PLC0415  loads rich

    out = console()
    display(out, *report_parts(held, signs_for(out, held.record.language)))


@command(
    "ondit claims matter.ondit --source capitainerie --status denied",
    "ondit claims matter.ondit --since 2031-03-01 --until 2031-03-31 --format csv > march.csv",
    "ondit claims matter.ondit --entity aldara --text jetée --limit 20",
)
def claims(  # noqa: PLR0913  one parameter an option
    case: CasePath,
    *,
    source: Annotated[
        str | None,
        typer.Option("--source", metavar="WORDS", help="Occurs in the name of a source."),
    ] = None,
    status: Annotated[
        list[str] | None,
        typer.Option(
            "--status", metavar="STATUS", help=f"Any of {', '.join(STATUSES)}; may be repeated."
        ),
    ] = None,
    entity: Annotated[
        str | None,
        typer.Option("--entity", metavar="WORDS", help="Mentions an entity of this name."),
    ] = None,
    text: Annotated[
        str | None, typer.Option("--text", metavar="WORDS", help="Occurs in the claim's words.")
    ] = None,
    day: Annotated[
        str | None,
        typer.Option(
            "--date", metavar="DAY", help="Speaks of this day, month (2031-03) or year (2031)."
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option("--since", metavar="DAY", help="Speaks of this day, month, year, or later."),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--until", metavar="DAY", help="Speaks of this day, month, year, or before."),
    ] = None,
    limit: Limit = None,
    format: Annotated[
        Literal["table", "json", "csv"],
        typer.Option("--format", help="A table to read, one JSON object a line, or CSV."),
    ] = "table",
) -> None:
    """Show the claims that answer all conditions.

    Accents and case do not matter. A claim without a date answers no condition on dates. One whose
    date is only bounded answers when it may lie there.
    """
    from ondit.case.summary import Filter  # noqa: PLC0415  --help needs none

    where = Filter(
        source=source,
        status=tuple(map(_status, status or ())),
        entity=entity,
        text=text,
        since=_day(since or day, "--since" if since else "--date", last=False),
        until=_day(until or day, "--until" if until else "--date", last=True),
    )
    with open_case(case) as opened:
        rows = list(opened.claims(where, limit=limit))
    if format == "json":
        put_json(rows)
    elif format == "csv":
        from ondit.case.export import write_csv  # noqa: PLC0415  only here

        write_csv(rows, sys.stdout)
    else:
        from ondit.app.view import claims_parts, display, signs_for  # noqa: PLC0415  loads rich

        out = console()
        display(out, *claims_parts(rows, signs_for(out)))


def _status(word: str) -> Status:
    if word not in STATUSES:
        fail(f"--status {word!r} is unknown; choose from {', '.join(STATUSES)}", code=USAGE)
    return cast("Status", word)


def _day(text: str | None, option: str, *, last: bool) -> date | None:
    """Return the first or last day of a day, month or year; leave with a message otherwise."""
    if text is None:
        return None
    try:
        parts = [int(part) for part in text.split("-")]
        year, month, day = (*parts, *((12 if last else 1), 0)[len(parts) - 1 :])
        if len(parts) < 3:
            day = calendar.monthrange(year, month)[1] if last else 1
        return date(year, month, day)
    except (ValueError, calendar.IllegalMonthError):
        fail(f"{option} {text!r} is no day; write 2031-03-04, 2031-03 or 2031", code=USAGE)


@command("ondit sources matter.ondit", "ondit sources matter.ondit --format json")
def sources(case: CasePath, *, limit: Limit = None, format: Format = "table") -> None:
    """Show who the claims of a case rest on.

    People and organisations with a name are one source throughout the case. Anyone else is a
    source of one report: two papers' "resident" may be two people.
    """
    from ondit.case.summary import sources as found  # noqa: PLC0415  --help needs none

    with open_case(case) as opened:
        rows = found(opened.claims())[:limit]
    if format == "json":
        put_json({**msgspec.to_builtins(row), "anonymous": row.anonymous} for row in rows)
        return
    from ondit.app.tables import sources_table  # noqa: PLC0415  loads rich
    from ondit.app.view import display  # noqa: PLC0415  as above

    display(console(), sources_table(rows))


@command("ondit timeline matter.ondit", "ondit timeline matter.ondit --format json")
def timeline(case: CasePath, *, limit: Limit = None, format: Format = "table") -> None:
    """Show dated claims in the order of their days.

    An uncertain day is shown as its bounds. Claims that state no time are left out.
    """
    from ondit.case.summary import timeline as found  # noqa: PLC0415  --help needs none

    with open_case(case) as opened:
        moments = found(opened.claims())[:limit]
    if format == "json":
        put_json(moments)
        return
    from ondit.app.tables import timeline_table  # noqa: PLC0415  loads rich
    from ondit.app.view import display, signs_for  # noqa: PLC0415  as above

    out = console()
    display(out, timeline_table(moments, signs_for(out)))


@command(
    "ondit search matter.ondit inondation",
    "ondit search matter.ondit '\"port authority\" -ferry'",
    "ondit search matter.ondit 'capit*' --limit 5 --format json",
)
def search(
    case: CasePath,
    query: Annotated[
        str,
        typer.Argument(
            metavar="QUERY",
            show_default=False,
            help='Words; "a phrase"; begin*; -not. Any string will do.',
        ),
    ],
    *,
    limit: Annotated[
        int, typer.Option("--limit", min=1, metavar="N", help="Show no more than so many.")
    ] = 20,
    format: Format = "table",
) -> None:
    """Search claims and paragraphs, best first.

    Accents, case and endings do not matter; every word must occur.
    """
    with open_case(case) as opened:
        hits = opened.search(query, limit=limit)
    if format == "json":
        put_json(hits)
        return
    from ondit.app.tables import hits_table  # noqa: PLC0415  loads rich
    from ondit.app.view import display  # noqa: PLC0415  as above

    display(console(), hits_table(hits))


@command("ondit log matter.ondit", "ondit log matter.ondit --format json")
def log(case: CasePath, *, format: Format = "table") -> None:
    """Show what happened to a case.

    Write the last hash down somewhere else: whoever alters the case later cannot make it again.
    """
    with open_case(case) as opened:
        events = list(opened.log())
    if format == "json":
        put_json(events)
        return
    from ondit.app.tables import log_table  # noqa: PLC0415  loads rich
    from ondit.app.view import display  # noqa: PLC0415  as above

    display(console(), log_table(events))
    put(f"last hash: {events[-1].hash}" if events else "the log is empty")

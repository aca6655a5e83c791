"""The command that shows who may be whom across the reports of a case, and takes decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
import typer

from ondit.app.comparing import Format
from ondit.app.frame import USAGE, CasePath, command, console, fail, open_case, put

if TYPE_CHECKING:
    from rich.table import Table

    from ondit.case.sameness import Decided
    from ondit.case.store import Case
    from ondit.model.comparison import Pairing, Sameness

Pair = Annotated[
    tuple[str, str] | None,
    typer.Option(metavar="ID ID", help="Two entities, by id or the beginning of it."),
]


@command(
    "ondit people matter.ondit",
    'ondit people matter.ondit --same e-77b1 e-90aa --who ana --why "the same passport photo"',
    'ondit people matter.ondit --undo e-77b1 e-90aa --who ana --why "another man of that name"',
)
def people(  # noqa: PLR0913  one parameter an option
    case: CasePath,
    *,
    same: Pair = None,
    different: Pair = None,
    undo: Pair = None,
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides.")] = "",
    why: Annotated[str, typer.Option("--why", metavar="REASON", help="For what reason.")] = "",
    format: Format = "table",
) -> None:
    """Show who may be whom in several reports.

    People and organisations are proposed as the same with the evidence, and with what speaks
    against it; nothing is merged. --same and --different decide on a pair, --undo takes a decision
    back; all are kept.
    """
    wanted: list[tuple[Decided | None, tuple[str, str] | None]] = [
        ("same", same), ("different", different), (None, undo)
    ]  # fmt: skip
    asked = [(decided, pair) for decided, pair in wanted if pair]
    if len(asked) > 1:
        fail("one decision at a time: --same, --different or --undo", code=USAGE)
    with open_case(case, change=bool(asked)) as opened:
        for decided, pair in asked:
            if pair:
                _decide(opened, pair, decided, who, why)
                return
        found = _proposals(opened)
    if format == "json":
        for one in found:
            put(msgspec.json.encode(one))
        return
    from ondit.app.view import display  # noqa: PLC0415  loads rich

    display(console(), _table(found))


def _decide(case: Case, pair: tuple[str, str], decided: Decided | None, who: str, why: str) -> None:
    from ondit.case.sameness import decide  # noqa: PLC0415  `ondit --help` needs no store

    if not who.strip() or not why.strip():
        fail("a decision needs --who takes it and --why", code=USAGE)
    taken = decide(case, pair, decided, who=who, why=why)
    put(f"{pair[0]} and {pair[1]}: {decided or 'undecided'}; by {taken.who}")


def _proposals(case: Case) -> tuple[Sameness, ...]:
    from ondit.case.sameness import decisions  # noqa: PLC0415  as above
    from ondit.comparing.people import propose  # noqa: PLC0415  as above

    held = list(case.held())
    records = [(f"r{one.number}", one.record) for one in held]
    return propose(records, decisions(held))


def _table(found: tuple[Sameness, ...]) -> Table:
    from rich.table import Table  # noqa: PLC0415  as above

    made = Table(box=None, padding=(0, 2, 0, 0), expand=True)
    made.add_column("", no_wrap=True)
    for name in ("one", "other", "because", "against"):
        made.add_column(name, ratio=1)
    for one in found:
        made.add_row(
            one.decided or one.strength,
            _end(one.a.name, one.a.report, one.a.entity),
            _end(one.b.name, one.b.report, one.b.entity),
            _reasons(one.evidence),
            _reasons(one.against),
        )
    return made


def _end(name: str, report: str, entity: str) -> str:
    from ondit.app.signs import visible  # noqa: PLC0415  as above

    return f"{visible(name)}\n{report} {entity}"


def _reasons(reasons: tuple[Pairing, ...]) -> str:
    from ondit.app.signs import visible  # noqa: PLC0415  as above

    return visible("; ".join(f"{r.kind}: {r.note}" if r.note else r.kind for r in reasons))

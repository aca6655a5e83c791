"""Commands that change a case: add, reread, correct."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated

import typer

from ondit.app.frame import (
    FAILED,
    USAGE,
    CasePath,
    Inputs,
    Jobs,
    command,
    fail,
    open_case,
    progress,
    put,
    say,
)
from ondit.app.reading import AllowPrivate, Chosen, Language, Plain, Published, options
from ondit.app.signs import visible
from ondit.model.annotations import Status

if TYPE_CHECKING:
    from ondit.case.held import Added


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
    preset: Chosen = None,
    jobs: Jobs = 1,
    allow_private: AllowPrivate = False,
) -> None:
    """Keep reports in a case, a new one if need be.

    Each report is kept as soon as it is read, and named on standard output once it is. The same
    bytes are kept once; adding them again changes nothing.
    """
    from ondit.case.intake import add_inputs  # noqa: PLC0415  loads process pools

    chosen = options(lang, published, plain=plain, preset=preset, allow_private=allow_private)
    with open_case(case, create=True, change=True) as opened:
        found = add_inputs(opened, inputs, options=chosen, jobs=jobs)
        failed = report_progress(found, "adding")
    if failed:
        raise typer.Exit(FAILED)


def report_progress(found: Iterable[Added], label: str) -> int:
    """Print what became of each report, as soon as it is kept; return how many failed."""
    failed = 0
    for added in progress(found, label):
        put(_outcome(added))
        sys.stdout.flush()
        failed += added.outcome == "failed"
    return failed


def _outcome(added: Added) -> str:
    for failure in added.failures:
        say(f"ondit: {added.input}: {failure}")
    for orphan in added.orphans:
        say(
            f"ondit: {added.input}: {orphan.who}'s decision on {orphan.target} ({orphan.field} "
            f"{orphan.value!r}) has no place in the new reading; it is kept"
        )
    number = "-" if added.number is None else str(added.number)
    return visible(f"{added.outcome}\t{number}\t{added.claims} claims\t{added.input}")


@command("ondit reread matter.ondit", "ondit reread matter.ondit --all --jobs 2")
def reread(
    case: CasePath,
    *,
    all: Annotated[
        bool, typer.Option("--all", help="Read every report again, not only outdated readings.")
    ] = False,
    jobs: Jobs = 1,
) -> None:
    """Read captures again with what is installed now.

    Without --all, only what an older ondit, language pack or model has read. A new reading
    supersedes the old one, which is kept; what people decided is laid over it.
    """
    from ondit.case.intake import reread as read_again  # noqa: PLC0415  loads process pools

    with open_case(case, change=True) as opened:
        if not all and not opened.waiting():
            put("every reading is up to date")
            return
        failed = report_progress(read_again(opened, everything=all, jobs=jobs), "reading again")
    if failed:
        raise typer.Exit(FAILED)


@command(
    'ondit correct matter.ondit c-5f1e09 --status denied --who ana --why "she says so in line 3"',
    'ondit correct matter.ondit e-77b1 --set "name=Ana Orme" --who ana --why "full name known"',
    'ondit correct matter.ondit c-5f1e09 --set certainty= --who ana --why "cannot be told"',
)
def correct(
    case: CasePath,
    target: Annotated[
        str,
        typer.Argument(
            metavar="CLAIM",
            show_default=False,
            help="Id of the claim, attribution or entity, or its beginning.",
        ),
    ],
    *,
    who: Annotated[str, typer.Option("--who", metavar="NAME", help="Who decides.")],
    why: Annotated[str, typer.Option("--why", metavar="REASON", help="For what reason.")],
    status: Annotated[
        Status | None, typer.Option("--status", help="The status that the claim has.")
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="FIELD=VALUE",
            help="Any other field; nothing after the = makes it unknown. May be given repeatedly.",
        ),
    ] = None,
) -> None:
    """Decide by a person's word what a claim is.

    Fields of attributions and entities can be decided too. The decision is kept with name and
    reason, shown wherever the claim is shown, and laid over every later reading. The machine's own
    reading stays in the case.
    """
    wanted: dict[str, str | None] = {"status": status} if status else {}
    wanted.update(map(_setting, settings or ()))
    if not wanted:
        fail("nothing to decide; give --status or --set FIELD=VALUE", code=USAGE)
    with open_case(case, change=True) as opened:
        for field, value in wanted.items():
            decided = opened.decide(target, field, value, who=who, why=why)
            put(f"{decided.target}: {field} is {value!r}, was {decided.was!r}; by {decided.who}")


def _setting(text: str) -> tuple[str, str | None]:
    field, sign, value = text.partition("=")
    if not sign or not field:
        fail(f"--set {text!r} is no FIELD=VALUE", code=USAGE)
    return field.strip(), value.strip() or None

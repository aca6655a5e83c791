"""Commands that check a case and hand it over: verify, export, dossier, demo, doctor."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ondit.app.casework import report_progress
from ondit.app.consulting import Format, put_json
from ondit.app.frame import FAILED, USAGE, CasePath, command, console, fail, open_case, put, say
from ondit.app.signs import visible

# Formats that are agreed on and not written yet; asking for one is told apart from a typing error.
_TO_COME = ("parquet", "annotations", "ftm", "ro-crate", "vault")

Title = Annotated[
    str | None, typer.Option("--title", metavar="WORDS", help="Title, else the case's name.")
]


@command("ondit verify matter.ondit", "ondit verify matter.ondit --format json")
def verify(case: CasePath, *, format: Format = "table") -> None:
    """Check every digest, anchor and log entry.

    Exits with 0 only if all holds; otherwise each fault is named.
    """
    from ondit.case.verification import verify as check  # noqa: PLC0415  --help needs none

    with open_case(case) as opened:
        finding = check(opened)
    if format == "json":
        put_json([finding])
    else:
        for fault in finding.faults:
            put(visible(f"FAULT  {fault}"))
        put(
            f"{finding.captures} captures, {finding.records} readings, {finding.anchors} anchors, "
            f"{finding.events} log entries: "
            + (f"{len(finding.faults)} faults" if finding.faults else "all hold")
        )
        put(f"last hash: {finding.head}")
    if finding.faults:
        raise typer.Exit(FAILED)


@command(
    "ondit export matter.ondit --format jsonl -o records.jsonl",
    "ondit export matter.ondit --format csv -o claims.csv",
    "ondit export matter.ondit --format jsonl -o - | head",
)
def export(
    case: CasePath,
    *,
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="OUT", help="File to write, or - for output.")
    ],
    format: Annotated[
        str,
        typer.Option(
            "--format",
            metavar="<jsonl|csv>",
            help="jsonl: one record a line, lossless; csv: one claim a row, for spreadsheets.",
        ),
    ] = "jsonl",
) -> None:
    """Write records or claims for other programs.

    People's decisions are laid over what is written.
    """
    from ondit.case.export import FORMATS  # noqa: PLC0415  --help needs none

    if format in _TO_COME:
        fail(f"--format {format} is not built yet; there are {' and '.join(FORMATS)}", code=USAGE)
    if format not in FORMATS:
        fail(f"--format {format!r} is unknown; choose {' or '.join(FORMATS)}", code=USAGE)
    if out != "-" and case.exists() and Path(out).exists() and Path(out).samefile(case):
        fail(f"-o {out} is the case itself; name another file", code=USAGE)
    _write(case, format, out)


def _write(case: Path, format: str, out: str) -> None:
    from ondit.case.export import write_csv, write_jsonl  # noqa: PLC0415  as above

    with open_case(case) as opened:
        if out == "-" and format == "csv":
            written = write_csv(opened.claims(), sys.stdout)
        elif out == "-":
            written = write_jsonl(opened.held(), sys.stdout.buffer)
        else:
            target, part = Path(out), Path(f"{out}.part")
            try:
                if format == "csv":
                    # The mark at its beginning tells spreadsheets that the file is UTF-8.
                    with part.open("w", encoding="utf-8-sig", newline="") as table:
                        written = write_csv(opened.claims(), table)
                else:
                    with part.open("wb") as lines:
                        written = write_jsonl(opened.held(), lines)
                part.replace(target)
            except OSError as error:
                fail(f"{out} cannot be written: {error.strerror}", code=USAGE)
    say(f"{written} {'claims' if format == 'csv' else 'records'} written to {out}")


@command(
    "ondit dossier matter.ondit -o dossier.html",
    'ondit dossier matter.ondit -o dossier.html --title "The ferry and the wall" --lang fr',
)
def dossier(
    case: CasePath,
    *,
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="OUT", help="The HTML file to write.")
    ],
    title: Title = None,
    lang: Annotated[
        str, typer.Option("--lang", metavar="TAG", help="Language of the page's own words.")
    ] = "en",
) -> None:
    """Write a case as one self-contained page.

    It opens anywhere, needs no network, and prints. The reports are compared first: its chapter on
    origins shows who handed on what, and which claims are reported independently.
    """
    put(str(_dossier(case, out, title=title, lang=lang)))


def _dossier(case: Path, out: Path, *, title: str | None, lang: str = "en") -> Path:
    from ondit.app.comparing import compared  # noqa: PLC0415  loads commands
    from ondit.case.dossier import write_dossier  # noqa: PLC0415  loads templates

    with open_case(case, change=True) as opened:
        found, records = compared(opened)
        try:
            return write_dossier(
                records.values(),
                title=title or case.stem,
                out=out,
                log_head=opened.head(),
                decisions=opened.corrections(),
                lang=lang,
                corroboration=found,
            )
        except ValueError as error:
            fail(str(error), code=USAGE)
        except OSError as error:
            fail(f"{out} cannot be written: {error.strerror}", code=USAGE)


@command("ondit demo", "ondit demo --folder /tmp/ferry")
def demo(
    *,
    folder: Annotated[
        Path, typer.Option("--folder", metavar="DIR", help="Where the example case is written.")
    ] = Path("ondit-demo"),
) -> None:
    """Read an example into a case and a dossier.

    Six invented reports on one ferry come with ondit.
    """
    from ondit.case.intake import add_inputs  # noqa: PLC0415  loads process pools
    from ondit.case.summary import count  # noqa: PLC0415  as above
    from ondit.examples import reports  # noqa: PLC0415  as above

    case = folder / "demo.ondit"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        fail(f"{folder} cannot be made: {error.strerror}", code=USAGE)
    with open_case(case, create=True, change=True) as opened:
        failed = report_progress(add_inputs(opened, map(str, reports())), "reading the example")
        counts = count(opened.claims())
    page = _dossier(case, folder / "dossier.html", title="The Reine Aldara strikes the wall")
    from ondit.app.view import sentence  # noqa: PLC0415  loads rich

    put(f"\n{sentence(counts)}\n")
    put(f"Open {page} in a browser. Then try:")
    for line in (
        f"ondit sources {case}",
        f"ondit claims {case} --status denied",
        f"ondit timeline {case}",
        f"ondit search {case} harbour",
        f"ondit verify {case}",
    ):
        put(f"  {line}")
    if failed:
        raise typer.Exit(FAILED)


@command("ondit doctor", "ondit doctor --format json")
def doctor(*, format: Format = "table") -> None:
    """Say what is installed and what is missing.

    Versions and digests are those that records cite.
    """
    from ondit.app.health import examine  # noqa: PLC0415  only here

    findings = examine()
    if format == "json":
        put_json(findings)
    else:
        from ondit.app.tables import health_table  # noqa: PLC0415  loads rich
        from ondit.app.view import display  # noqa: PLC0415  as above

        display(console(), health_table(findings))
    if any(finding.missing for finding in findings):
        raise typer.Exit(FAILED)

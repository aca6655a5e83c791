"""Commands that read reports without keeping them: read, schema, doctor."""

from __future__ import annotations

import sys
from typing import Annotated, Literal

import typer

from ondit.app.frame import FAILED, USAGE, Inputs, Jobs, command, console, fail, progress, put, say
from ondit.case.options import Options
from ondit.model import Preset, Record, encode

Language = Annotated[
    str | None,
    typer.Option("--lang", metavar="TAG", help="Language of the reports (fr, en), else detected."),
]
Published = Annotated[
    str | None,
    typer.Option(
        "--published",
        metavar="DAY",
        help="Day of publication as year-month-day, else read from each page or bounded.",
    ),
]
Plain = Annotated[
    bool,
    typer.Option("--plain", help="Inputs are clean text already: all of it is the report."),
]
Chosen = Annotated[
    Literal["precision", "balanced", "recall"] | None,
    typer.Option(
        "--preset",
        help="How sure an attribution has to be: the surest only, as annotators, or any likely"
        " (else: balanced).",
    ),
]
AllowPrivate = Annotated[
    bool, typer.Option("--allow-private", help="Fetch addresses of private networks too.")
]


def options(
    lang: str | None,
    published: str | None,
    *,
    plain: bool,
    preset: Preset | None,
    allow_private: bool,
) -> Options:
    """Return the options of a run; leave with a message when one is malformed."""
    if lang is not None and not (lang.isascii() and lang.isalpha() and len(lang) in (2, 3)):
        fail(f"--lang {lang!r} is no language tag; write two letters, such as fr", code=USAGE)
    try:
        return Options(
            language=lang,
            published=published,
            plain=plain,
            preset=preset,
            allow_private=allow_private,
        )
    except ValueError as error:
        fail(f"--published: {error}", code=USAGE)


@command(
    "ondit read page.html",
    "ondit read reports/ --format json --jobs 2 > records.jsonl",
    "ondit read letter.txt --plain --lang fr --published 2031-03-04",
)
def read(  # noqa: PLR0913  one parameter an option
    inputs: Inputs,
    *,
    format: Annotated[
        Literal["view", "json"],
        typer.Option("--format", help="A page to read, or one JSON object a report and line."),
    ] = "view",
    lang: Language = None,
    published: Published = None,
    plain: Plain = False,
    preset: Chosen = None,
    jobs: Jobs = 1,
    allow_private: AllowPrivate = False,
) -> None:
    """Show every claim of reports, and who says it.

    Each claim comes with its words, who says it and through whom, how surely, when, where, and
    how many. A bad report is told on standard error; the others are read all the same.
    """
    from ondit.case.intake import read_inputs  # noqa: PLC0415  patched by tests

    chosen = options(lang, published, plain=plain, preset=preset, allow_private=allow_private)
    failed = 0
    for _, record in progress(read_inputs(inputs, options=chosen, jobs=jobs), "reading"):
        _show(record, format)
        if record.failed:
            failed += 1
            _tell(record)
    if failed:
        raise typer.Exit(FAILED)


def _show(record: Record, format: str) -> None:
    if format == "json":
        put(encode(record))
        sys.stdout.flush()
    else:
        from ondit.app.view import display, record_parts, signs_for  # noqa: PLC0415  no rich for JSON

        out = console()
        display(out, *record_parts(record, signs_for(out, record.language)))


def _tell(record: Record) -> None:
    for failure in record.failures:
        if failure.fatal:
            say(f"ondit: {record.input}: {failure.step}: {failure.reason}")


@command("ondit schema", "ondit schema > record.schema.json")
def schema() -> None:
    """Print the JSON Schema of a record.

    A record is the object that `ondit read --format json` writes on each line.
    """
    import json  # noqa: PLC0415  only here

    from ondit.model import schema as record_schema  # noqa: PLC0415  the command has its name

    put(json.dumps(record_schema(), indent=2, ensure_ascii=False))

"""The frame of the command line: commands with examples, exit codes, errors in words.

Standard output carries the answer and nothing else; progress and messages go to standard error.
"""

from __future__ import annotations

import functools
import inspect
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, TypeVar

import typer

from ondit.app.signs import visible
from ondit.model import CaseError, OnditError

if TYPE_CHECKING:
    from rich.console import Console

    from ondit.case.store import Case

OK, FAILED, USAGE, NO_CASE, INTERRUPTED = 0, 1, 2, 3, 130

EXIT_CODES = (
    "Exit codes: 0 all well; 1 a report failed, or verification did; 2 wrong usage; "
    "3 the case cannot be opened or used as asked; 130 interrupted."
)

EXAMPLES: dict[str, tuple[str, ...]] = {}
"""The examples in the help of each command; tests run them through the parser."""

app = typer.Typer(
    name="ondit",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog=EXIT_CODES,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Item = TypeVar("Item")
Body = Callable[..., None]

CasePath = Annotated[
    Path, typer.Argument(metavar="CASE", show_default=False, help="The case: one .ondit file.")
]
Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT",
        show_default=False,
        help="File, folder, archive, feed, URL, or - for standard input.",
    ),
]
Jobs = Annotated[
    int, typer.Option("--jobs", "-j", min=1, metavar="N", help="Worker processes that read.")
]


def command(*examples: str) -> Callable[[Body], Body]:
    """Return a decorator that makes a function a command with these examples in its help.

    The command is named for the function; whatever ondit raises on purpose becomes a message on
    standard error and an exit code.
    """

    def register(body: Body) -> Body:
        name = body.__name__.rstrip("_")
        EXAMPLES[name] = examples
        shown = "\n".join(f"  {example}" for example in examples)
        text = f"{inspect.getdoc(body)}\n\n\b\nExamples:\n{shown}"
        app.command(name, help=text, epilog=EXIT_CODES)(_in_words(body))
        return body

    return register


def _in_words(body: Body) -> Body:
    @functools.wraps(body)
    def guarded(*args: Any, **options: Any) -> None:
        try:
            body(*args, **options)
            sys.stdout.flush()
        except CaseError as error:
            fail(str(error), code=NO_CASE)
        except OnditError as error:
            fail(str(error), code=FAILED)
        except KeyboardInterrupt:
            fail("interrupted; what was finished is kept", code=INTERRUPTED)
        except BrokenPipeError:
            _leave_quietly()

    return guarded


def _leave_quietly() -> NoReturn:
    """Leave without a word when whoever read our output has had enough of it (``| head``)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    raise typer.Exit(OK)


def fail(message: str, *, code: int) -> NoReturn:
    """Say `message` on standard error and leave with `code`."""
    say(f"ondit: {message}")
    raise typer.Exit(code)


def say(message: str) -> None:
    """Write a line to standard error."""
    typer.echo(visible(message), err=True)


def put(line: str | bytes) -> None:
    """Write a line to standard output, as UTF-8 when it is bytes."""
    typer.echo(line)


def console(*, err: bool = False) -> Console:
    """Return a console on standard output or error; plain when that is no terminal."""
    from rich.console import Console  # noqa: PLC0415  as above

    stream = sys.stderr if err else sys.stdout
    return Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=False)


def open_case(path: Path, *, create: bool = False, change: bool = False) -> Case:
    """Return the case at `path`, for reading only unless it is to be changed."""
    from ondit.case.store import Case  # noqa: PLC0415  `ondit --help` needs no store

    return Case.open(path, create=create, read_only=not change)


def progress(items: Iterable[Item], label: str) -> Iterator[Item]:
    """Yield `items`, counting them on standard error when that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.progress import (  # noqa: PLC0415  only a terminal shows it
        Progress,
        SpinnerColumn,
        TextColumn,
        TimeElapsedColumn,
    )

    columns = (
        SpinnerColumn(),
        TextColumn("{task.description} {task.completed} reports"),
        TimeElapsedColumn(),
    )
    bar = Progress(*columns, console=console(err=True), transient=True)
    task = bar.add_task(label, total=None)
    try:
        bar.start()
        for item in items:
            bar.advance(task)
            bar.stop()  # whoever takes the item may write to the same terminal
            yield item
            bar.start()
    finally:
        bar.stop()

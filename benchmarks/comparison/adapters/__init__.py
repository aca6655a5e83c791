"""What an adapter is: a module with ``PACKAGES`` and a function ``load(language) -> Read``.

An adapter hands a text to a tool as the tool's own documentation says, and returns what the tool
found as spans of the text. It repairs nothing, and lets the tool's errors through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time
from typing import TypedDict

Pair = tuple[int, int]
"""Start and end of a span, in code points, half-open."""


class Found(TypedDict):
    """One attribution as the scorer reads it; a role that a tool does not know stays empty."""

    sources: list[Pair]
    cues: list[Pair]
    contents: list[Pair]


class Clock:
    """Where the CPU seconds of one text went."""

    def __init__(self) -> None:
        self.parse = 0.0
        """In the general-purpose parser or entity finder that the tool stands on."""
        self.aside = 0.0
        """On what the comparison does not count: layers that no other tool has, our conversion."""
        self.lost = 0
        """Paragraphs that the tool gave up, where it was given one paragraph at a time."""

    @contextmanager
    def parsing(self) -> Iterator[None]:
        """Count what happens inside as parsing."""
        before = process_time()
        yield
        self.parse += process_time() - before

    @contextmanager
    def setting_aside(self) -> Iterator[None]:
        """Leave what happens inside out of the comparison."""
        before = process_time()
        yield
        self.aside += process_time() - before


Read = Callable[[str, Clock], list[Found]]

"""CSS selectors of elements, by the place of their start tags in the source."""

from __future__ import annotations

from functools import cached_property

from turbohtml import Document, Element, parse

from ondit.capture.markup import Passage


class Selectors:
    """The selectors of one page; its tree is built when the first one is asked for."""

    def __init__(self, source: str) -> None:
        # Same length, as for the tokens: the parser would make one character of two.
        self._source = source.replace("\r\n", " \n").replace("\r", "\n")
        self._known: dict[int, str | None] = {}

    @cached_property
    def _tree(self) -> Document:
        return parse(self._source, source_locations=True)

    @cached_property
    def _elements(self) -> dict[int, Element]:
        """Elements by the offset of their start tag; those that the parser made up have none."""
        return {
            element.source_location.start_tag.start_offset: element
            for element in self._tree.iter_elements()
            if element.source_location is not None
        }

    def of(self, passage: Passage) -> str | None:
        """Return the selector of the innermost element that begins a line and holds the passage."""
        block = passage.block
        return self.at(block.start) if block is not None else None

    def at(self, start: int) -> str | None:
        """Return the selector of the element whose start tag stands at `start`, or None."""
        if start not in self._known:
            element = self._elements.get(start)
            self._known[start] = element.css_path() if element is not None else None
        return self._known[start]

"""The check that every character of a page's text stands where its segment says."""

from __future__ import annotations

import html
import json
import re

from turbohtml import parse

from ondit.model import Report, Segment

_SPACE = re.compile(r"[ \t\n\r\f]+")


def shown(source: str) -> str:
    """Return what a reader sees of source without tags: references resolved, spaces folded."""
    return _SPACE.sub(" ", html.unescape(source)).replace("\x00", "")


def check_anchors(report: Report) -> None:
    """Assert that the segments cover the text, in order, and that their bytes read as they say."""
    position = 0
    for segment in report.segments:
        assert segment.span.start == position, "a character without a segment, or with two"
        assert segment.span.holds(report.text)
        assert 0 <= segment.byte_start <= segment.byte_end <= len(report.content)
        assert read_back(report, segment) == segment.span.exact
        position = segment.span.end
    assert position == len(report.text)
    for block in report.blocks:
        assert 0 <= block.start < block.end <= len(report.text)
    for furniture in report.furniture:
        assert furniture.span.holds(report.text)


def read_back(report: Report, segment: Segment) -> str:
    """Return the characters of a segment's bytes; a gap between blocks is what it says it is."""
    if segment.span.exact.isspace():
        return segment.span.exact
    piece = report.content[segment.byte_start : segment.byte_end]
    source = piece.decode(report.capture.charset or "", "replace")
    if segment.selector and "script" in segment.selector:
        read: str = json.loads(f'"{source}"', strict=False)
        return _SPACE.sub(" ", read)
    return shown(source)


def check_selectors(report: Report, source: str) -> None:
    """Assert that each selector finds one element, and that it holds the segment's characters."""
    tree = parse(source)
    for segment in report.segments:
        if segment.selector is None:
            assert segment.span.exact.isspace()
            continue
        found = tree.select(segment.selector)
        assert len(found) == 1, segment.selector
        held = _SPACE.sub("", found[0].text or "")
        if not segment.selector.endswith("script"):
            assert _SPACE.sub("", segment.span.exact) in held, segment

"""Corpora and examples: annotations become what the network should say."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from ondit.reading.tagging.network import CONTENT, SOURCE
from ondit.training.corpora import inline, polnear, untagged
from ondit.training.examples import Example, examples

TAGGED = (
    '<s a="1">Ada Holm</s> <c a="1">said</c> <q a="1" st="asserted">that <s a="2">the mayor</s> '
    '<c a="2">denied</c> <q a="2" st="denied">it</q></q>, <n st="planned">will go</n>.'
)


def test_tags_become_ranges() -> None:
    string, marked = untagged(TAGGED)
    assert string == "Ada Holm said that the mayor denied it, will go."
    said, denied = sorted(marked, key=lambda m: m.cue)
    assert [string[s:e] for s, e in said.source + said.cue] == ["Ada Holm", "said"]
    assert string[slice(*said.content[0])] == "that the mayor denied it"
    assert string[slice(*denied.content[0])] == "it"


def test_a_tag_out_of_place_is_named() -> None:
    with pytest.raises(ValueError, match="</s> at 0 closes no open <s>"):
        untagged("</s>")


@pytest.fixture
def example(tmp_path: Path) -> Example:
    (tmp_path / "a.xml").write_text(TAGGED, "utf-8")
    (document,) = inline(tmp_path, "en")
    (found,) = examples(document)
    return found


def test_nested_cues_are_both_cues(example: Example) -> None:
    assert example.nested
    assert example.cue.tolist().count(1) == 2
    assert len(example.seen) == 2


def test_roles_are_those_of_the_cue(example: Example) -> None:
    outer = max(example.seen, key=lambda seen: (seen.roles == CONTENT).sum())
    assert np.flatnonzero(outer.roles == SOURCE).tolist() == [0, 1]
    assert np.flatnonzero(outer.roles == CONTENT).tolist() == [3, 4, 5, 6, 7]
    inner = min(example.seen, key=lambda seen: (seen.roles == CONTENT).sum())
    assert np.flatnonzero(inner.roles == CONTENT).tolist() == [7]


def test_lines_of_spans_are_read_as_outermost_alone(tmp_path: Path) -> None:
    row = {
        "id": "a", "text": "Ada Holm left, she said.",
        "attributions": [
            {"sources": [[15, 18]], "cues": [[19, 23]], "contents": [[0, 13]]},
            {"sources": [], "cues": [[19, 23]], "contents": []},
        ],
    }  # fmt: skip
    path = tmp_path / "p.jsonl"
    path.write_text(json.dumps(row) + "\n", "utf-8")
    (document,) = polnear(path)
    assert not document.nested
    assert len(document.marked) == 1
    (found,) = examples(document)
    assert found.bio.tolist() == [5, 6, 6, 0, 1, 3, 0]

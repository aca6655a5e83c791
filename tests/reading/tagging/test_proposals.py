"""Proposals: spans read off probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from ondit.language.lexicon import load_pack
from ondit.reading.tagging import proposals
from ondit.reading.tagging.columns import Floats, columns
from ondit.reading.tagging.passages import Passage, passages
from ondit.reading.tagging.proposals import cues, head_of
from tests.marked import parsed

WORDS = "The mayor of Tarn said , on Monday , that the quay was closed ."


@pytest.fixture(scope="module")
def passage() -> Passage:
    text = parsed(WORDS, "en")
    (found,) = passages(text, columns(text, (), load_pack("en")))
    assert len(found) == len(WORDS.split())
    return found


def roles(source: set[int], content: set[int]) -> Floats:
    """Return probabilities that are sure of these tokens."""
    found = np.zeros((len(WORDS.split()), 3), np.float32)
    found[:, 0] = 1
    for role, tokens in ((1, source), (2, content)):
        found[list(tokens)] = 0
        found[list(tokens), role] = 1
    return found


def test_source_and_content_are_unbroken(passage: Passage) -> None:
    read = proposals._read(passage, roles({0, 1, 3}, {9, 10, 11, 13}), [4])
    assert read is not None
    source, content, whose, what = read
    assert source == [0, 1, 2, 3]
    assert content == [[9, 10, 11, 12, 13]]
    assert whose == pytest.approx(0.75)
    assert what == pytest.approx(0.8)


def test_of_two_sources_the_likelier_is_kept(passage: Passage) -> None:
    read = proposals._read(passage, roles({0, 1, 2, 3, 7}, {9, 10, 11, 12}), [4])
    assert read is not None
    assert read[0] == [0, 1, 2, 3]


def test_without_content_there_is_no_attribution(passage: Passage) -> None:
    assert proposals._read(passage, roles({0, 1}, set()), [4]) is None


def test_without_source_one_may_still_speak(passage: Passage) -> None:
    read = proposals._read(passage, roles(set(), {9, 10, 11, 12}), [4])
    assert read is not None
    assert (read[0], read[2]) == ([], pytest.approx(1.0))


def test_a_single_stray_word_is_no_second_piece(passage: Passage) -> None:
    read = proposals._read(passage, roles({0, 1}, {6, 9, 10, 11, 12, 13}), [4])
    assert read is not None
    assert read[1] == [[9, 10, 11, 12, 13]]


def test_cues_are_runs_cut_where_another_begins() -> None:
    outer, anyhow = np.zeros((6, 7), np.float32), np.zeros((6, 3), np.float32)
    outer[1, 3] = outer[2, 4] = outer[3, 3] = 0.9
    anyhow[5, 1] = 0.5
    assert list(cues(outer, anyhow)) == [[1, 2], [3], [5]]


def test_the_head_governs_the_others() -> None:
    heads = np.array([1, 2, 2, 2], np.int32)
    assert head_of([0, 1], heads) == 1
    assert head_of([3], heads) == 3

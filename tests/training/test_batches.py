"""Batches: what is padded is known to be."""

from __future__ import annotations

from pathlib import Path

from ondit.training.batches import batch
from ondit.training.corpora import inline
from ondit.training.examples import examples


def test_a_batch_is_padded_and_masked(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("The quay was closed.\n\nIt opened again on Monday.", "utf-8")
    cut = [e.passage for document in inline(tmp_path, "en") for e in examples(document)]
    made = batch(cut, rows=3, length=24)
    assert made.mask.sum(axis=1).tolist() == [*map(len, cut), 0]
    assert made.fields.shape[:2] == (3, 24)
    assert not made.fields[0, len(cut[0]) :].any()

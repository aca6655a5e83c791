"""Fitting: the two networks agree, and a few passages are learned by heart."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

jax = pytest.importorskip("jax", reason="training needs the extra 'train'")

from ondit.reading.tagging.network import encode, label  # noqa: E402  after the skip
from ondit.reading.tagging.passages import row_of  # noqa: E402
from ondit.training import twin  # noqa: E402
from ondit.training.corpora import inline  # noqa: E402
from ondit.training.examples import Example, examples  # noqa: E402
from ondit.training.fit import arrays, fit  # noqa: E402

TAGGED = (
    '<s a="1">Ada Holm</s> <c a="1">said</c> <q a="1">the quay was closed</q>.\n\n'
    '<s a="2">The mayor</s> <c a="2">denied</c> <q a="2">that the ferry had left</q>.'
)


@pytest.fixture
def learned(tmp_path: Path) -> list[Example]:
    (tmp_path / "a.xml").write_text(TAGGED, "utf-8")
    return [example for document in inline(tmp_path, "en") for example in examples(document)]


def test_both_networks_compute_the_same(
    learned: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twin, "DROPPED", dict.fromkeys(twin.DROPPED, 0.0))
    weights = {name: np.asarray(array) for name, array in twin.initial(1).items()}
    given = arrays(learned, 24)
    keys = jax.random.split(jax.random.PRNGKey(0), 6)
    states = np.asarray(twin._encode(weights, given, keys[1:5]))
    plain = row_of([example.passage for example in learned])
    found = encode(weights, plain)
    cuts = np.cumsum(plain.lengths)[:-1]
    for row, own in enumerate(np.split(found, cuts)):
        assert own == pytest.approx(states[row, : len(own)], abs=1e-5)
    seen = [(row, s.head, s.relations) for row, e in enumerate(learned) for s in e.seen]
    scores, _ = twin._roles(weights, given, states, keys[5])
    roles = np.asarray(jax.nn.softmax(scores))
    for number, own in enumerate(label(weights, found, plain.lengths, seen)):
        assert own == pytest.approx(roles[number, : len(own)], abs=1e-5)


@pytest.mark.slow
def test_what_is_read_often_is_learned(learned: list[Example]) -> None:
    lines: list[str] = []
    weights = fit(
        twin.initial(1), lambda _: learned * 4, epochs=8, rate=4e-3, seed=1, tell=lines.append
    )
    assert float(lines[-1].split()[-1]) < 0.5 * float(lines[0].split()[-1])
    assert set(weights) == set(twin.initial(1))

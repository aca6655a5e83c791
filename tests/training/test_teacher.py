"""The teacher: what it is given, what it gives, and what is left of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("jax", reason="training needs the extra 'train'")

from ondit.reading.tagging.columns import meaning_key
from ondit.reading.tagging.network import TABLES
from ondit.training import teacher
from ondit.training.corpora import inline
from ondit.training.encoder import WIDTH
from ondit.training.examples import Example, examples
from ondit.training.fit import TAUGHT, arrays
from ondit.training.meanings import meanings
from ondit.training.twin import initial

TAGGED = (
    '<s a="1">Ada Holm</s> <c a="1">said</c> <q a="1">the quay was closed</q>.\n\n'
    '<s a="2">Ada Holm</s> <c a="2">denied</c> <q a="2">that the quay had sunk</q>.'
)


class Encoder:
    """Gives each word states drawn by its letters, far apart in size."""

    def states(  # noqa: D102  the class says it
        self, passages: Sequence[Sequence[str]]
    ) -> list[np.ndarray]:  # type: ignore[type-arg]
        sizes = np.linspace(1, 100, WIDTH)
        draws = [[np.random.default_rng(meaning_key(w)) for w in words] for words in passages]
        return [np.array([d.normal(3, sizes) for d in row], np.float16) for row in draws]


@pytest.fixture
def looked(tmp_path: Path) -> list[Example]:
    (tmp_path / "a.xml").write_text(TAGGED, "utf-8")
    found = [example for document in inline(tmp_path, "en") for example in examples(document)]
    teacher.look(Encoder(), found)  # type: ignore[arg-type]  all that is asked of an encoder
    return found


def test_states_are_brought_to_one_spread(looked: list[Example]) -> None:
    teacher.even(looked)
    states = np.concatenate([e.states for e in looked if e.states is not None]).astype(float)
    assert np.abs(states.mean(0)).max() < 0.01
    assert states.std(0) == pytest.approx(0.5, abs=0.01)


def test_words_met_twice_have_a_meaning(looked: list[Example]) -> None:
    known = meanings(looked)
    keys = known["meanings.keys"].tolist()
    assert keys == sorted(keys)
    assert meaning_key("Quay") == meaning_key("quay")
    assert meaning_key("quay") in keys
    assert meaning_key("denied") not in keys
    assert known["meanings"].shape == (len(keys), TABLES["meaning"][1])
    assert np.isfinite(known["meanings"]).all()


def test_what_is_taught_is_shared_with_what_was_marked(looked: list[Example]) -> None:
    teacher.even(looked)
    teacher.teach(initial(1, states=WIDTH), looked)
    assert all(example.states is None for example in looked)
    given = arrays(looked[:1], 24)
    taught, size = looked[0].taught, len(looked[0].passage)
    assert taught is not None
    assert taught.tags.sum(-1) == pytest.approx(1, abs=1e-4)
    marked = np.eye(7)[looked[0].bio]
    assert given["bio"][0, :size] == pytest.approx(
        (1 - TAUGHT) * marked + TAUGHT * taught.tags, abs=1e-5
    )
    assert given["roles"][0, :size].sum(-1) == pytest.approx(1, abs=1e-4)
    assert not given["roles"][len(looked[0].seen) :].any()

"""edsnlp's qualifier of reported speech: which words of a French clinical note are reported.

It says of each token whether it is reported; a run of such tokens in one sentence is taken as a
content, a reporting verb of that sentence as its cue. It knows no sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import edsnlp  # type: ignore[import-not-found]  # in the tool's environment only
import edsnlp.pipes as eds  # type: ignore[import-not-found]  # same reason

from benchmarks.comparison.adapters import Clock, Found, Pair, Read
from benchmarks.comparison.adapters.parsing import pairs

PACKAGES = ("edsnlp", "spacy")


def load(language: str) -> Read:
    """Return the reader for `language`."""
    if language != "fr":
        raise ValueError(f"edsnlp reads French, not {language!r}")
    prepare = edsnlp.blank("eds")
    prepare.add_pipe(eds.sentences())
    qualify = eds.reported_speech(prepare, on_ents_only=False)

    def read(text: str, clock: Clock) -> list[Found]:
        with clock.parsing():
            doc = prepare(text)
        qualify(doc)
        with clock.setting_aside():
            cues = [cue for cue in qualify.get_cues(doc, None) if cue.label_ == "verbs"]
            return [found for sentence in doc.sents for found in _found(sentence, cues)]

    return read


def _found(sentence: Any, cues: Iterable[Any]) -> Iterator[Found]:
    inside = [cue for cue in cues if sentence.start <= cue.start < sentence.end]
    spoken = pairs(token for cue in inside for token in cue)
    for content in _runs(sentence):
        yield {"sources": [], "cues": spoken, "contents": content}


def _runs(sentence: Any) -> Iterator[list[Pair]]:
    for reported, tokens in groupby(sentence, key=lambda token: bool(token._.reported_speech)):
        if reported:
            yield pairs(tokens)

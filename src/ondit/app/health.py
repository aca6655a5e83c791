"""What is installed, and what is missing: the findings of ``ondit doctor``."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

import msgspec

# What reading stands on and a damaged installation may lack.
_LIBRARIES = ("spacy", "trafilatura", "htmldate", "turbohtml", "feedparser", "fastwarc", "httpx")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that ondit needs or can use."""

    what: str
    name: str
    version: str | None = None
    digest: str | None = None
    """SHA-256 of its files, as records cite it."""
    missing: bool = False
    advice: str | None = None


def examine() -> list[Finding]:
    """Return what was found of ondit, its engine, libraries, language packs and models."""
    return [*_base(), *_libraries(), *_languages()]


def _base() -> Iterator[Finding]:
    from ondit.case.store import engine  # noqa: PLC0415  SQLite is known there alone

    yield Finding(what="program", name="ondit", version=version("ondit"))
    yield Finding(what="program", name="Python", version=platform.python_version())
    yield Finding(what="program", name="SQLite", version=engine())


def _libraries() -> Iterator[Finding]:
    for name in _LIBRARIES:
        try:
            yield Finding(what="library", name=name, version=version(name))
        except PackageNotFoundError:
            advice = f"install ondit again, or `pip install {name}`"
            yield Finding(what="library", name=name, missing=True, advice=advice)


def _languages() -> Iterator[Finding]:
    from ondit.language.lexicon import available, load_pack  # noqa: PLC0415  only here
    from ondit.language.syntax import installed_models, model_digest  # noqa: PLC0415  as above
    from ondit.reading import resolving  # noqa: PLC0415  as above
    from ondit.reading.tagging.weights import tagger_digest  # noqa: PLC0415  as above

    models = installed_models()
    for tag in available():
        yield Finding(what="language pack", name=tag, digest=load_pack(tag).digest)
        name = models.get(tag)
        if name is None:
            advice = f"without one, {tag} is read from the surface alone; install ondit again"
            yield Finding(what="model", name=tag, missing=True, advice=advice)
        else:
            yield Finding(
                what="model",
                name=f"{name} ({tag})",
                version=version(name.replace("_", "-")),
                digest=model_digest(name),
            )
        tagger = tagger_digest(tag)
        if tagger is not None:
            yield Finding(what="model", name=f"attribution-{tag}", digest=tagger)
    yield Finding(what="model", name="places", digest=resolving.load().digest)

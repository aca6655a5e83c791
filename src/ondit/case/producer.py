"""Whether a record is what ondit, its packs and its models would make of the report today."""

from __future__ import annotations

from functools import cache
from importlib.metadata import version

from ondit.model import Record


def is_current(record: Record) -> bool:
    """Return whether reading the report again, with what is installed now, changes nothing.

    Compares the version of ondit and the digests of language pack and model.
    """
    producer = record.producer
    if producer is None or record.failed:
        return False
    packs, models = _installed(record.language) if producer.packs else ({}, frozenset())
    return (
        producer.ondit == version("ondit")
        and producer.packs == packs
        and frozenset(producer.models.values()) == models
    )


@cache
def _installed(language: str | None) -> tuple[dict[str, str], frozenset[str]]:
    from ondit.language.lexicon import available, load_pack  # noqa: PLC0415  only `add` needs it
    from ondit.language.syntax import installed_models, model_digest  # noqa: PLC0415  as above
    from ondit.reading import resolving  # noqa: PLC0415  as above
    from ondit.reading.tagging.weights import tagger_digest  # noqa: PLC0415  as above

    if language not in available() or language is None:
        return {}, frozenset()
    name = installed_models().get(language)
    found = {model_digest(name), tagger_digest(language)} if name else set()
    models = frozenset(digest for digest in (*found, resolving.load().digest) if digest)
    return {language: load_pack(language).digest}, models

"""Whether a record is what is installed now would make."""

from importlib.metadata import version

from msgspec.structs import replace

from ondit.case import producer
from ondit.case.producer import is_current
from ondit.language.lexicon import load_pack
from ondit.model import Failure, Producer
from ondit.reading import resolving
from ondit.reading.tagging.weights import tagger_digest
from tests.case.fakes import a_record


def current() -> Producer:
    models = {
        "fr_core_news_md-3.8.0": "m" * 64,
        "attribution-fr": str(tagger_digest("fr")),
        "places": resolving.load().digest,
    }
    return Producer(ondit=version("ondit"), packs={"fr": load_pack("fr").digest}, models=models)


def test_version_pack_and_model_must_all_be_those_of_now(monkeypatch) -> None:  # type: ignore[no-untyped-def] # pytest's fixture
    monkeypatch.setattr("ondit.language.syntax.model_digest", lambda _: "m" * 64)
    producer._installed.cache_clear()
    made = current()
    assert is_current(a_record(producer=made))
    assert not is_current(a_record(producer=replace(made, ondit="0.0.1")))
    assert not is_current(a_record(producer=replace(made, packs={"fr": "0" * 64})))
    assert not is_current(a_record(producer=replace(made, models={"other": "0" * 64})))
    producer._installed.cache_clear()


def test_a_record_that_failed_or_says_nothing_of_its_maker_is_not_current() -> None:
    record = a_record(producer=Producer(ondit=version("ondit")))
    assert is_current(record)
    assert not is_current(replace(record, producer=None))
    failure = Failure(step="read", reason="broke off", fatal=True)
    assert not is_current(replace(record, failures=(failure,)))

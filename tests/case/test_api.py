"""The public face of the package."""

import pytest

import ondit
from ondit.case.store import Case
from ondit.model import Record


def test_public_names_are_what_they_say() -> None:
    assert ondit.Case is Case
    assert ondit.Record is Record
    assert set(dir(ondit)) == {
        "Case", "Filter", "Record", "__version__", "corroborate", "open_case", "read", "read_many",
    }  # fmt: skip


def test_a_name_that_is_not_there_is_told() -> None:
    with pytest.raises(AttributeError, match="module 'ondit' has no attribute 'nothing'"):
        ondit.nothing  # noqa: B018  the access is the test


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version  # noqa: PLC0415  only here

    assert ondit.__version__ == version("ondit")


def test_open_case_opens(tmp_path) -> None:  # type: ignore[no-untyped-def] # pytest's fixture
    with ondit.open_case(tmp_path / "a.ondit", create=True) as case:
        assert len(case) == 0

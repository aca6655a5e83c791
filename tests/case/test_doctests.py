"""The examples in the docstrings of the case floor, the command line and the package run."""

import doctest
from importlib import import_module

import pytest

MODULES = (
    "ondit",
    "ondit.case.log",
    "ondit.case.search",
    "ondit.case.store",
    "ondit.app.signs",
    "ondit.app.view",
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name: str) -> None:
    result = doctest.testmod(import_module(name))
    assert result.attempted
    assert not result.failed

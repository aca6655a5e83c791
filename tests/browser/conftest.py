"""One browser for all tests of the page; skipped where the machine has none."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.browser.webdriver import Browser, browser


@pytest.fixture(scope="session")
def chrome(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Return a running headless browser."""
    driver, chromium = shutil.which("chromedriver"), shutil.which("chromium")
    if driver is None or chromium is None:
        pytest.skip("no Chromium with its driver on this machine")
    with browser(driver, chromium, tmp_path_factory.mktemp("profile")) as running:
        yield running

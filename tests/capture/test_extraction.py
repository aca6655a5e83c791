"""Extraction: the first extractor, the second opinion, and what none can read."""

from __future__ import annotations

import pytest

from ondit.capture.extraction import main_text

PROSE = "Le bac de Brane a repris la mer samedi matin, a annoncé l’autorité du port. " * 4


def test_paragraphs_are_found_and_the_extractor_named() -> None:
    found = main_text(f"<html><body><nav>Menu</nav><article><p>{PROSE}</p></article></body></html>")
    assert found.by == "trafilatura"
    assert found.paragraphs == (PROSE.strip(),)
    assert found.length == len(PROSE.strip())


@pytest.mark.parametrize("source", ["", " ", "<p>", "\x00", "<body><script>x</script></body>"])
def test_nothing_is_nothing(source: str) -> None:
    assert main_text(source).paragraphs == ()


def test_control_characters_hide_no_text() -> None:
    found = main_text(f"<html><body><article><p>a\x00b</p><p>{PROSE}</p></article></body></html>")
    assert PROSE.strip() in found.paragraphs

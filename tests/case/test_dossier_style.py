"""Contrast of every pair of colours that meet on the page, computed from the style sheet."""

from __future__ import annotations

import re
from importlib.resources import files
from itertools import chain

import pytest

from ondit.case.dossier.overview import STATUSES
from ondit.case.dossier.page import SIGNS

STYLE = (files("ondit.case.dossier") / "assets" / "dossier.css").read_text("utf-8")
ROOTS = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))
         for block in re.findall(r":root \{(.*?)\n *\}", STYLE, re.DOTALL)]  # fmt: skip
LIGHT = ROOTS[0]
SCHEMES = {"light": LIGHT, "dark": LIGHT | ROOTS[1], "paper": LIGHT | ROOTS[2]}

TEXT = [
    *((ink, "paper") for ink in ("ink", "soft", "accent", "warn", *STATUSES)),
    *((ink, "sheet") for ink in ("ink", "soft", "accent", "warn", *STATUSES)),
    *((status, f"{status}-paper") for status in STATUSES),
    *((ink, f"{status}-paper") for status in STATUSES for ink in ("ink", "accent")),
    *((ink, on) for ink in ("ink", "accent") for on in ("source", "cue")),
    ("warn", "warn-paper"), ("ink", "warn-paper"), ("accent", "warn-paper"),
    ("soft", "asserted-paper"),
]  # fmt: skip
SHAPES = [
    (shape, "paper")
    for shape in ("focus", "named", "organisation", "role", "anonymous", "unstated", "report")
]


def luminance(colour: str) -> float:
    """Return the relative luminance after WCAG 2.2."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio after WCAG 2.2."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_the_ratio_is_the_one_of_the_standard() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_words_can_be_read(scheme: str) -> None:
    colours = SCHEMES[scheme]
    ratios = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TEXT}
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_shapes_can_be_told_from_the_ground(scheme: str) -> None:
    colours = SCHEMES[scheme]
    ratios = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in SHAPES}
    assert {pair: round(ratio, 2) for pair, ratio in ratios.items() if ratio < 3} == {}


def test_every_colour_is_named_once_and_used() -> None:
    rules = re.sub(r":root \{.*?\n *\}", "", STYLE, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*\{)", rules) == []
    assert [name for name in LIGHT if f"var(--{name})" not in STYLE] == []


def test_every_status_has_a_sign_of_its_own() -> None:
    assert list(SIGNS) == list(STATUSES)
    assert len(set(SIGNS.values())) == len(SIGNS)


def test_the_style_loads_nothing() -> None:
    assert "url(" not in STYLE
    assert "@import" not in STYLE
    assert not set(chain.from_iterable(re.findall(r"@font-face|https?:", STYLE)))

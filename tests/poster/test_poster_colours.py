"""Contrast, worked out from the colours in the style sheet (WCAG 2.2, relative luminance)."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STYLE = (files("livingpolicy") / "templates" / "poster" / "poster.css").read_text("utf-8")

TEXTS = [
    ("ink", "paper"),
    ("figure-ink", "paper"),
    ("panel-ink", "panel"),
    ("panel-accent", "panel"),
    ("block-ink", "block"),
    ("current", "paper"),
    ("due-soon", "paper"),
    ("overdue", "paper"),
]
"""Letters and what lies behind them; the icons have the colours of the states."""


def colours(theme: str) -> dict[str, str]:
    """Return the colours of *theme*, those of the light one where it has none of its own."""
    found = {}
    for selector in (":root", f'\\[data-theme="{theme}"\\]'):
        for block in re.findall(rf"^{selector} {{(.*?)^}}", STYLE, re.DOTALL | re.MULTILINE):
            found.update(re.findall(r"--lp-([a-z-]+): (#[0-9a-f]{6});", block))
    return found


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("letters", "ground"), TEXTS)
def test_all_text_has_a_contrast_of_at_least_seven_to_one(theme: str, letters: str, ground: str) -> None:
    found = colours(theme)
    assert contrast(found[letters], found[ground]) >= 7


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_rules_are_seen(theme: str) -> None:
    found = colours(theme)
    assert contrast(found["rule"], found["paper"]) >= 3


def test_every_colour_that_is_declared_is_used() -> None:
    declared = set(re.findall(r"^  (--lp-[a-z-]+): #", STYLE, re.MULTILINE))
    assert {name for name in declared if f"var({name})" not in STYLE} == set()


def test_lengths_are_shares_of_the_poster() -> None:
    """No pixels but the one that hides the spoken heading, and millimetres only on paper."""
    assert re.findall(r"\b\d*\.?\d+(?:px|rem|pt)\b", STYLE) == ["1px", "1px"]
    assert set(re.findall(r"\b[\d.]+mm\b", STYLE.split("@media print")[0])) == set()

"""Contrast, worked out from the colours that are shipped and from those that companies choose (WCAG 2.2)."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.colours import DEFAULT, SIGN, TEXT, contrast, declarations, palette, readable
from livingpolicy.model import Colours
from livingpolicy.render.poster_css import colours as rules

STYLE = (files("livingpolicy") / "templates" / "poster" / "poster.css").read_text("utf-8")
SHIPPED = palette(Colours())

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

COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("letters", "ground"), TEXTS)
def test_all_text_has_a_contrast_of_at_least_seven_to_one(theme: str, letters: str, ground: str) -> None:
    found = getattr(SHIPPED, theme)
    assert contrast(found[letters], found[ground]) >= TEXT


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_rules_are_seen(theme: str) -> None:
    found = getattr(SHIPPED, theme)
    assert contrast(found["rule"], found["paper"]) >= SIGN


def test_our_own_colours_stand_as_they_are() -> None:
    assert SHIPPED.corrections == ()
    assert (SHIPPED.light["panel"], SHIPPED.light["panel-accent"]) == (DEFAULT.panel, DEFAULT.accent)
    assert (SHIPPED.light["paper"], SHIPPED.light["ink"]) == (DEFAULT.paper, DEFAULT.ink)


@given(st.builds(Colours, COLOUR, COLOUR, COLOUR, COLOUR))
def test_whatever_a_company_chooses_can_be_read(chosen: Colours) -> None:
    """Every pair, by day and by night; and what was made darker or lighter is told with both ratios."""
    found = palette(chosen)
    for theme in (found.light, found.dark):
        assert all(contrast(theme[letters], theme[ground]) >= TEXT for letters, ground in TEXTS)
        assert contrast(theme["rule"], theme["paper"]) >= SIGN
    for one in found.corrections:
        assert one.given == getattr(chosen, one.name)
        assert one.before < TEXT <= one.after
        assert one.used != one.given


@pytest.mark.parametrize(
    ("colour", "ground", "shade"),
    [
        ("#0a4552", "#fbf7ee", "#0a4552"),
        ("#3388cc", "#ffffff", "#235c8b"),
        ("#3388cc", "#000000", "#549bd4"),
        ("#777777", "#777777", "#000000"),
    ],
)
def test_a_colour_keeps_its_hue_when_it_is_made_readable(colour: str, ground: str, shade: str) -> None:
    assert readable(colour, ground) == shade


def test_every_colour_that_is_declared_is_used() -> None:
    declared = {name for _, theme in declarations(SHIPPED) for name in theme}
    assert {name for name in declared if f"var({name})" not in STYLE} == set()
    used = set(re.findall(r"(?:color|background|border-top)[^;]*var\((--lp-[a-z-]+)\);", STYLE))
    assert used <= declared


def test_colours_are_declared_once_for_each_theme() -> None:
    text = rules(declarations(SHIPPED))
    assert text.startswith(":root {\n  --lp-paper: #fbf7ee;\n")
    assert text.count("--lp-panel:") == 2


def test_lengths_are_shares_of_the_poster() -> None:
    """No pixels but the one that hides the spoken heading, and millimetres only on paper."""
    assert re.findall(r"\b\d*\.?\d+(?:px|rem|pt)\b", STYLE) == ["1px", "1px"]
    assert set(re.findall(r"\b[\d.]+mm\b", STYLE.split("@media print")[0])) == set()

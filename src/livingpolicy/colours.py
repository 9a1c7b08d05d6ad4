"""The colours of the poster: how much they differ, and what becomes of a company's own to be readable."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import floor

from livingpolicy.model import Colours

TEXT = 7.0
"""Contrast of letters against what is behind them (WCAG 2.2, level AAA)."""
SIGN = 3.0
"""Contrast of rules and signs."""

DEFAULT = Colours(panel="#0a4552", accent="#ffd88a", paper="#fbf7ee", ink="#11242c")

_NIGHT_PAPER, _NIGHT_INK, _NIGHT_RULE = "#0b161b", "#f4efe4", "#56747f"
_STATES: Mapping[str, tuple[str, str]] = {
    "current": ("#07573a", "#86e3b5"),
    "due-soon": ("#6a4300", "#ffd88a"),
    "overdue": ("#8c2408", "#ffb08c"),
}
"""By day and by night."""
_BLACK, _WHITE = "#000000", "#ffffff"
_DARK_SHARE = 0.86
"""Letters on a block are the panel's colour, so much darker."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A colour that was chosen, and what stands in its place because it could not be read."""

    name: str
    """`panel`, `accent`, `paper` or `ink`."""
    given: str
    used: str
    before: float
    """The contrast that the chosen one gives."""
    after: float


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of the poster by what it is for, by day and by night."""

    light: Mapping[str, str]
    dark: Mapping[str, str]
    corrections: tuple[Correction, ...] = ()


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, from 0 to 1 (WCAG 2.2)."""
    parts = [value / 255 for value in _parts(colour)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return how much two colours differ, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, ground: str, least: float = TEXT) -> str:
    """Return *colour*, or the nearest shade of it that differs from *ground* by at least *least*.

    The shade is darker or lighter, whichever the ground leaves room for; black or white if none is enough.
    """
    if contrast(colour, ground) >= least:
        return colour
    end = max((_BLACK, _WHITE), key=lambda pole: contrast(pole, ground))
    shades = (_mixed(colour, end, step / 100) for step in range(1, 101))
    return next((shade for shade in shades if contrast(shade, ground) >= least), end)


def palette(chosen: Colours) -> Palette:
    """Return every colour; *chosen* ones stand as they are unless that could not be read."""
    found: list[Correction] = []

    def kept(name: str, given: str, used: str, before: float, after: float) -> str:
        if used != given:
            found.append(Correction(name, given, used, before, after))
        return used

    paper = chosen.paper or DEFAULT.paper or ""
    ink = chosen.ink or DEFAULT.ink or ""
    panel = chosen.panel or DEFAULT.panel or ""
    accent = chosen.accent or DEFAULT.accent or ""
    usable = readable_ground(paper, _WHITE)
    paper = kept("paper", paper, usable, _best(paper), _best(usable))
    legible = readable(ink, paper)
    ink = kept("ink", ink, legible, contrast(ink, paper), contrast(legible, paper))
    usable = readable_ground(panel, _BLACK)
    panel = kept("panel", panel, usable, _best(panel), _best(usable))
    usable = readable_ground(accent, _WHITE)
    block = kept("accent", accent, usable, _best(accent), _best(usable))
    bright = readable(block, panel)
    if usable == accent:
        kept("accent", accent, bright, contrast(accent, panel), contrast(bright, panel))
    common = {
        "panel": panel,
        "panel-ink": _letters(panel),
        "panel-accent": bright,
        "block": block,
        "block-ink": readable(_mixed(panel, _BLACK, 1 - _DARK_SHARE), block),
    }
    light = {
        "paper": paper,
        "ink": ink,
        "figure-ink": readable(panel, paper),
        "rule": readable(panel, paper, SIGN),
        **common,
        **{name: readable(day, paper) for name, (day, _) in _STATES.items()},
    }
    dark = {
        "paper": _NIGHT_PAPER,
        "ink": _NIGHT_INK,
        "figure-ink": readable(block, _NIGHT_PAPER),
        "rule": _NIGHT_RULE,
        **common,
        **{name: night for name, (_, night) in _STATES.items()},
    }
    return Palette(light, dark, tuple(found))


def declarations(found: Palette) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the selector of each theme with its custom properties, as they stand in the style sheet."""
    for selector, colours in ((":root", found.light), ('[data-theme="dark"]', found.dark)):
        yield selector, {f"--lp-{name}": colour for name, colour in colours.items()}


def readable_ground(colour: str, end: str) -> str:
    """Return *colour*, or the nearest shade of it towards *end* on which white or black can be read."""
    if _best(colour) >= TEXT:
        return colour
    shades = (_mixed(colour, end, step / 100) for step in range(1, 101))
    return next(shade for shade in shades if _best(shade) >= TEXT)


def _best(ground: str) -> float:
    return max(contrast(ground, _WHITE), contrast(ground, _BLACK))


def _letters(ground: str) -> str:
    return max((_WHITE, _BLACK), key=lambda letters: contrast(letters, ground))


def _mixed(colour: str, other: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{floor(one + (two - one) * share + 0.5):02x}" for one, two in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue

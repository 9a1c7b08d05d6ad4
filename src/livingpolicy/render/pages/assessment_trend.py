"""The totals of the self-assessment over time, as a small picture of lines and text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from livingpolicy.language import Catalogue
from livingpolicy.model import AssessmentResult
from livingpolicy.render.scores import total_shown
from livingpolicy.scoring import TOTAL_BORDERS

WIDTH, HEIGHT = 400, 210
"""Of the picture, in its own units."""
LEFT, RIGHT, TOP, BOTTOM = 26, 12, 26, 30
NAME = 84
"""Room that the name of a month asks for."""
LOWEST, HIGHEST = 7, 35
"""What a total can be."""


@dataclass(frozen=True, slots=True)
class Dot:
    """A result."""

    x: int
    y: int
    shown: str
    day: date
    anchor: str
    """Where its text stands: `start`, `middle` or `end`."""
    named: bool
    """Whether its month is written under it; those that stand too close are left out."""


@dataclass(frozen=True, slots=True)
class Line:
    """A border between two bands."""

    y: int
    shown: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    dots: tuple[Dot, ...]
    lines: tuple[Line, ...]
    path: str
    """Through the dots, as `points` of a polyline."""


def drawing(results: Sequence[AssessmentResult], words: Catalogue) -> Drawing:
    """Return the picture of *results*, oldest first, each with a total, as far apart as their days."""
    first, last = results[0].answered_on, results[-1].answered_on
    days = max((last - first).days, 1)
    room = WIDTH - LEFT - RIGHT
    dots: list[Dot] = []
    named_at = -WIDTH
    for number, result in enumerate(results):
        x = LEFT + round(room * (result.answered_on - first).days / days)
        is_last = number == len(results) - 1
        named = is_last or (x - named_at >= NAME and LEFT + room - x >= NAME)
        named_at = x if named else named_at
        anchor = "start" if number == 0 else "end" if is_last else "middle"
        total = result.total if result.total is not None else Fraction(LOWEST)
        dots.append(Dot(x, _y(total), total_shown(total, words), result.answered_on, anchor, named))
    return Drawing(
        width=WIDTH,
        height=HEIGHT,
        left=LEFT,
        right=WIDTH - RIGHT,
        top=TOP,
        bottom=HEIGHT - BOTTOM,
        dots=tuple(dots),
        lines=tuple(Line(_y(Fraction(border)), border) for border in TOTAL_BORDERS),
        path=" ".join(f"{dot.x},{dot.y}" for dot in dots),
    )


def _y(total: Fraction) -> int:
    room = HEIGHT - TOP - BOTTOM
    return HEIGHT - BOTTOM - round(room * (total - LOWEST) / (HIGHEST - LOWEST))

"""From how far a poster can be read: the height of its capitals against ISO 9241-303.

Letters are read with ease from 155 times the height of their capitals, and at all from 230 times. Lengths on
the poster are hundredths of its shorter side.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import hypot

from livingpolicy.model import PosterSettings
from livingpolicy.render.copyfit import COMMON, SHAPES, Copy, Faces, Setting, Shape

EASE, LIMIT = 155, 230
INCH = 0.0254
PRIMARY = frozenset({"text", "statement"})
"""What everybody must read without an effort."""


@dataclass(frozen=True, slots=True)
class Reach:
    """From how far a part of the poster can be read, in metres."""

    part: str
    """Key under `poster-fit` in the catalogue."""
    ease: float
    limit: float


def hung(settings: PosterSettings) -> Shape:
    """Return the shape of the screen, which is 16:9, as it hangs."""
    if not settings.upright:
        return COMMON
    return next(shape for shape in SHAPES if not shape.landscape and shape.nearest == COMMON.nearest)


def shorter_side(inches: float) -> float:
    """Return the shorter side of a 16:9 screen of this diagonal, in metres."""
    return inches * INCH * 9 / hypot(16, 9)


def least_size(settings: PosterSettings, faces: Faces) -> float:
    """Return the size of the smallest letters that can be read from where people stand."""
    capitals = settings.distance_m / LIMIT / shorter_side(settings.screen_inches)
    return 100 * capitals / faces.text.cap_height


def reaches(setting: Setting, copy: Copy, faces: Faces, settings: PosterSettings) -> Iterator[Reach]:
    """Yield how far each part of the poster reaches that is on it."""
    side = shorter_side(settings.screen_inches)
    sizes = [("words", setting.words, faces.display), ("vision", setting.vision, faces.text)]
    if any(promise.figure is not None for promise in copy.promises):
        sizes.append(("text", setting.grid.text, faces.text))
    if any(promise.figure is None for promise in copy.promises):
        sizes.append(("statement", setting.grid.statement, faces.display))
    if any(copy.values):
        sizes.append(("value", setting.grid.value, faces.text))
    if copy.door:
        sizes.append(("door", setting.door, faces.text))
    sizes.append(("foot", setting.foot, faces.text))
    for part, size, face in sizes:
        capitals = size / 100 * face.cap_height * side
        yield Reach(part, EASE * capitals, LIMIT * capitals)

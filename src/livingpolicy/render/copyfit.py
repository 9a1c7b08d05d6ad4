"""Find the largest type in which the poster's words fit, for every shape of screen and paper.

All lengths are in hundredths of the shorter side (`cqmin` in the style sheet), and all widths of text
come from the fonts: nothing is measured in the browser, so the poster is finished before it is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, log

from livingpolicy.fonts import FontFile
from livingpolicy.model import PosterText
from livingpolicy.render.promise_grid import GUTTER, RULE_GAP, Grid, lay_out
from livingpolicy.render.typeset import FILL, Measured, largest, measure, sizes

EDGE = 0.045
"""The safe area on every side, as a share of that side's length."""
MARGIN = 5.5
"""At least so much on every side."""
SPACE = 4.5
"""Between the guiding words, the vision and the QR code, and at the inner edge of the panel."""
CODE = 21.5
"""The side of the QR code with its quiet zone."""
DOOR_SIZE = 3.6
"""The lines beside the QR code."""
DOOR_GAP = 2.5
"""Between the QR code and the lines beside it, or between the foot and the lines below it."""
LEADING = 1.24
"""Line height of the vision, the foot and the lines at the code, in ems."""
WORDS_LEADING = 0.96
"""From one guiding word's baseline to the next, in ems: tight, and Å still clears a g above it."""
DOT = 1.1
"""The room of the dot between two remarks in the foot, in ems."""

PANEL_SHARE = 0.25
"""The text of the panel takes at most so much of the width."""
HEAD_SHARE = 0.2
"""The guiding words of an upright poster take at most so much of the height."""
WORDS_SIZES = (3.6, 13.0)
VISION_SIZES = (3.6, 5.4)
FOOT_SIZES = (3.3, 3.7)


@dataclass(frozen=True, slots=True)
class Faces:
    """The fonts of the poster."""

    display: FontFile
    """Guiding words, figures, units and statements."""
    text: FontFile
    bold: FontFile


@dataclass(frozen=True, slots=True)
class Copy:
    """The words of the poster, as they will be set."""

    guiding_words: tuple[str, ...]
    vision: str
    promises: tuple[PosterText, ...]
    foot: tuple[tuple[tuple[str, ...], ...], ...]
    """For each state that the foot can be in: its paragraphs, each of one or two remarks."""
    signature: tuple[str, ...]
    """Lines at the right end of the foot."""
    door: tuple[str, ...]
    """Lines at the QR code: the invitation and the address; empty when there is no code."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A range of proportions that share one composition, fitted for the one nearest to a square."""

    landscape: bool
    """Whether the panel stands at the left; otherwise on top."""
    nearest: float
    """The longer side divided by the shorter."""
    farthest: float | None
    """Where the next shape takes over; None is without end."""


# 1.41 is A3, which is cut to whole millimetres and so a little squarer than the root of two.
_STEPS = (1, 1.25, 1.33, 1.41, 1.6, 1.77, 2, 2.3, 3)
SHAPES = tuple(
    Shape(landscape, nearest, farthest)
    for landscape in (True, False)
    for nearest, farthest in zip(_STEPS, (*_STEPS[1:], None), strict=True)
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What the style sheet is told of one shape."""

    panel: float
    """Width of the text in the panel; only in landscape."""
    words: float
    word_columns: int
    vision: float
    foot: float
    signature: bool
    """Whether there is room for the signature."""
    grid: Grid


def fit(words: Copy, faces: Faces, shape: Shape) -> Setting:
    """Return the setting with the largest type. Never fails: what cannot fit is set smallest."""
    return _landscape(words, faces, shape) if shape.landscape else _portrait(words, faces, shape)


def _landscape(words: Copy, faces: Faces, shape: Shape) -> Setting:
    width, height = 100 * shape.nearest, 100.0
    side, margin = max(MARGIN, EDGE * width), max(MARGIN, EDGE * height)
    invitation = measure(words.door[0], faces.text).widest if words.door else 0.0
    narrowest = CODE + DOOR_GAP + invitation * DOOR_SIZE / FILL
    room = height - 2 * margin - SPACE - (CODE + SPACE if words.door else 0)
    panel, size, vision = max(
        _panels(words, faces, (narrowest, max(narrowest, PANEL_SHARE * width)), room),
        key=lambda found: 20 * log(found[1]) + found[2] - 0.35 * found[0],
    )
    main = width - 2 * side - panel - SPACE - GUTTER
    signature = max((measure(line, faces.bold).width for line in words.signature), default=0.0)
    foot, lines = _foot(words, faces, lambda size: main - GUTTER - signature * size)
    has_signature = lines <= 2
    if not has_signature:
        foot, lines = _foot(words, faces, lambda _: main)
    grid_height = height - 2 * margin - 2 * RULE_GAP - lines * LEADING * foot
    return Setting(panel, size, 1, vision, foot, has_signature, _grid(words, faces, main, grid_height))


def _panels(
    words: Copy, faces: Faces, widths: tuple[float, float], height: float
) -> Iterator[tuple[float, float, float]]:
    """Yield every panel that could be: its width, the size of the guiding words and that of the vision."""
    widest, tall = _widest_word(words, faces), _stack(len(words.guiding_words), faces)
    vision = measure(words.vision, faces.text)
    for panel in sizes(*widths, step=1):
        for size in sizes(*VISION_SIZES):
            if vision.widest * size > panel * FILL:
                continue
            left = height - vision.lines(panel / size) * LEADING * size
            fitted = min(FILL * panel / widest, left / tall, WORDS_SIZES[1])
            if fitted >= WORDS_SIZES[0]:
                yield panel, fitted, size
    yield widths[1], WORDS_SIZES[0], VISION_SIZES[0]


def _portrait(words: Copy, faces: Faces, shape: Shape) -> Setting:
    width, height = 100.0, 100 * shape.nearest
    margin = max(MARGIN, EDGE * height)
    main = width - 2 * MARGIN
    size, columns = _word_columns(words, faces, main, HEAD_SHARE * height)
    said = measure(words.vision, faces.text)
    vision = largest(VISION_SIZES, lambda size: said.lines(main / size) == 1) or VISION_SIZES[0]
    head = margin + size * _stack(ceil(len(words.guiding_words) / columns), faces) + SPACE
    head += said.lines(main / vision) * LEADING * vision + SPACE
    foot, lines = _foot(words, faces, lambda _: main - (CODE + GUTTER if words.door else 0))
    foot_height = lines * LEADING * foot
    if words.door:
        foot_height = max(CODE, foot_height + DOOR_GAP + len(words.door) * LEADING * DOOR_SIZE)
    grid_height = height - head - SPACE - 2 * RULE_GAP - foot_height - margin
    return Setting(0, size, columns, vision, foot, False, _grid(words, faces, main, grid_height))


def _word_columns(words: Copy, faces: Faces, width: float, height: float) -> tuple[float, int]:
    """Return the size of the guiding words above the promises, and in how many columns they stand.

    One below the other leaves the right half of the panel empty, so it must make them much larger.
    """
    widest, number = _widest_word(words, faces), len(words.guiding_words)

    def size(columns: int) -> float:
        by_width = FILL * (width - (columns - 1) * GUTTER) / columns / widest
        by_height = height / _stack(ceil(number / columns), faces)
        return max(WORDS_SIZES[0], min(by_width, by_height, WORDS_SIZES[1]))

    columns = 1 if size(1) > 1.4 * size(2) else 2
    return size(columns), columns


def _grid(words: Copy, faces: Faces, width: float, height: float) -> Grid:
    return lay_out(words.promises, width, height, display=faces.display, text=faces.text)


def _foot(words: Copy, faces: Faces, width: Callable[[float], float]) -> tuple[float, int]:
    """Return the size of the foot and how many lines it needs: few lines first, then large type.

    *width* gives the room for a size of type. The longest of the states decides, because the foot may change
    while the poster hangs.
    """
    states = [[_remarks(paragraph, faces) for paragraph in state] for state in words.foot]

    def lines(size: float) -> int:
        room = width(size) / size
        return max((sum(text.lines(room) for text in state) for state in states), default=0)

    fewest = lines(FOOT_SIZES[0])
    return largest(FOOT_SIZES, lambda size: lines(size) <= fewest) or FOOT_SIZES[0], fewest


def _remarks(paragraph: Sequence[str], faces: Faces) -> Measured:
    """Measure remarks with a dot between them, which disappears where the line is broken."""
    return Measured(tuple(measure(remark, faces.bold).width for remark in paragraph), DOT)


def _widest_word(words: Copy, faces: Faces) -> float:
    return max(measure(f"{word}.", faces.display).width for word in words.guiding_words)


def _stack(number: int, faces: Faces) -> float:
    """Return the height of *number* guiding words, from capital height to the last baseline, in ems."""
    return (number - 1) * WORDS_LEADING + faces.display.cap_height

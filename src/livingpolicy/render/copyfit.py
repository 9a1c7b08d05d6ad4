"""Find the largest type in which the poster's words fit, for every shape of screen and paper.

All lengths are in hundredths of the shorter side (`cqmin` in the style sheet), and all widths of text
come from the fonts: nothing is measured in the browser, so the poster is finished before it is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil, log
from unicodedata import normalize

from livingpolicy.fonts import FontFile
from livingpolicy.model import PosterText
from livingpolicy.render.promise_grid import GUTTER, Grid, lay_out
from livingpolicy.render.typeset import FILL, Measured, largest, measure, sizes

EDGE = 0.045
"""The safe area on every side, as a share of that side's length."""
MARGIN = 5.5
"""At least so much on every side."""
OVERHANG = 1.0
"""Added above and below, so that what rises over the capitals (b, k, l) is inside the safe area as well."""
ACCENT = 0.15
"""How much lower the guiding words stand, in ems, when the first begins with Å, Ä, Ö or É: as above."""
SPACE = 4.5
"""Between the guiding words, the vision and the QR code, and at the inner edge of the panel."""
CODES = (21.5, 27.0)
"""The side of the QR code with its quiet zone; upright it is as tall as the text beside it."""
RULE = 0.35
"""The thickness of rules."""
FOOT_GAP = 3.4
"""Above and below the rule of the foot."""
DOOR_SIZES = (2.0, 3.6)
"""The lines at the QR code: small only for an address that is very long."""
DOOR_GAP = 1.6
"""Between the QR code and the address, or between the foot and the invitation."""
LEADING = 1.24
"""Line height of the vision, the foot and the lines at the code, in ems."""
WORDS_LEADING = 0.96
"""From one guiding word's baseline to the next, in ems: tight, and Å still clears a g above it."""
DOT = 1.1
"""The room of the dot between two remarks in the foot, in ems."""

VALUE_ICON = 1.56
"""The icon before a measured value and the gap after it, and after the verdict, in ems."""

PANEL_SHARE = 0.235
"""The text of the panel takes at most so much of the width."""
HEAD_SHARE = 0.2
"""The guiding words of an upright poster take at most so much of the height."""
WORDS_SIZES = (3.0, 13.0)
VISION_SIZES = (2.6, 5.4)
ONE_LINE_VISION = 3.8
"""A vision that would be smaller on one line is set on two, above the promises."""
FOOT_SIZES = (3.1, 3.6)


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
    values: tuple[tuple[tuple[str, ...], ...], ...]
    """For each promise every wording that its measured value can have: a lead in bold, then pieces."""
    foot: tuple[tuple[tuple[str, ...], ...], ...]
    """For each state that the foot can be in: its paragraphs, each of one or two remarks."""
    signature: tuple[str, ...]
    """Lines at the right end of the foot."""
    door: tuple[str, ...]
    """Lines at the QR code: the invitation and the address; empty when there is no code."""

    @property
    def rise(self) -> float:
        """How much lower the guiding words stand, in ems, because of an accent in the first row."""
        initials = (normalize("NFD", word[:1]) for word in self.guiding_words[:2])
        return ACCENT if any(len(initial) > 1 for initial in initials) else 0.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A range of proportions that share one composition, fitted for the one nearest to a square."""

    landscape: bool
    """Whether the panel stands at the left; otherwise on top."""
    nearest: float
    """The longer side divided by the shorter."""
    farthest: float | None
    """Where the next shape takes over; None is without end."""


SQUARE = 1.25
"""An upright poster squarer than this has its panel at the left all the same: there is no height to spare."""

# 1.41 is A3, which is cut to whole millimetres and so a little squarer than the root of two.
_STEPS = (SQUARE, 1.33, 1.41, 1.6, 1.77, 2, 2.3, 3)
SHAPES = (
    Shape(True, 1, SQUARE),
    *(
        Shape(landscape, nearest, farthest)
        for landscape in (True, False)
        for nearest, farthest in zip(_STEPS, (*_STEPS[1:], None), strict=True)
    ),
)
COMMON = next(shape for shape in SHAPES if shape.landscape and shape.nearest == 1.77)
"""The shape of most screens."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What the style sheet is told of one shape."""

    panel: float
    """Width of the text in the panel; only in landscape."""
    words: float
    word_columns: int
    vision: float
    door: float
    code: float
    foot: float
    signature: bool
    """Whether there is room for the signature."""
    grid: Grid


def fit(words: Copy, faces: Faces, shape: Shape) -> Setting:
    """Return the setting with the largest type. Never fails: what cannot fit is set smallest."""
    return _landscape(words, faces, shape) if shape.landscape else _portrait(words, faces, shape)


def _landscape(words: Copy, faces: Faces, shape: Shape) -> Setting:
    width, height = 100 * shape.nearest, 100.0
    side, edge = max(MARGIN, EDGE * width), max(MARGIN, EDGE * height + OVERHANG)
    narrowest = CODES[0] + DOOR_GAP + _invitation(words, faces) * DOOR_SIZES[1]
    door_height = CODES[0] + DOOR_GAP + LEADING * DOOR_SIZES[1] + SPACE if words.door else 0.0
    panel, size, vision = max(
        _panels(
            words,
            faces,
            (narrowest, max(narrowest, PANEL_SHARE * width)),
            height - 2 * edge - SPACE - door_height,
        ),
        key=lambda found: 20 * log(found[1]) + found[2] - 0.35 * found[0],
    )
    main = width - 2 * side - panel - SPACE - GUTTER
    signature = max((measure(line, faces.bold).width for line in words.signature), default=0.0)
    foot = _foot(words, faces, lambda size: main - GUTTER - signature * size)
    has_signature = foot.lines <= 2
    if not has_signature:
        foot = _foot(words, faces, lambda _: main)
    grid_height = height - 2 * edge - 2 * FOOT_GAP - RULE - foot.height
    return Setting(
        panel=panel,
        words=size,
        word_columns=1,
        vision=vision,
        door=min(foot.size, _door(words, faces, panel)),
        code=CODES[0],
        foot=foot.size,
        signature=has_signature,
        grid=_grid(words, faces, main, grid_height),
    )


def _panels(
    words: Copy, faces: Faces, widths: tuple[float, float], height: float
) -> Iterator[tuple[float, float, float]]:
    """Yield every panel that could be: its width, the size of the guiding words and that of the vision."""
    widest, tall = _widest_word(words, faces), _stack(words, 1, faces)
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
    edge = max(MARGIN, EDGE * height + OVERHANG)
    main = width - 2 * MARGIN
    size, columns = _word_columns(words, faces, main, HEAD_SHARE * height)
    said = measure(words.vision, faces.text)
    vision = _vision(said, main)
    head = edge + size * _stack(words, columns, faces) + SPACE
    head += said.lines(main / vision) * LEADING * vision + SPACE
    foot, code = (
        _foot_beside_code(words, faces, main) if words.door else (_foot(words, faces, lambda _: main), 0)
    )
    door = min(foot.size, _door(words, faces, main - code - GUTTER))
    below = DOOR_GAP + len(words.door) * LEADING * door if words.door else 0.0
    grid_height = height - head - SPACE - 2 * FOOT_GAP - max(code, foot.height + below) - edge
    return Setting(
        panel=0,
        words=size,
        word_columns=columns,
        vision=vision,
        door=door,
        code=code,
        foot=foot.size,
        signature=False,
        grid=_grid(words, faces, main, grid_height),
    )


def _vision(said: Measured, width: float) -> float:
    """Return the size at which the vision stands on one line, or on two if it is long."""
    on_one = largest(VISION_SIZES, lambda size: said.lines(width / size) == 1)
    if on_one is not None and on_one >= ONE_LINE_VISION:
        return on_one
    return largest(VISION_SIZES, lambda size: said.lines(width / size) == 2) or VISION_SIZES[0]


def _foot_beside_code(words: Copy, faces: Faces, width: float) -> tuple[_Foot, float]:
    """Return the foot and the side of the code to its right: few lines first, then a large code."""

    def foot(code: float) -> _Foot:
        return _foot(words, faces, lambda _: width - code - GUTTER)

    return min(
        ((foot(code), code) for code in sizes(*CODES, step=0.5)),
        key=lambda found: (found[0].lines, found[0].total, -found[1]),
    )


def _door(words: Copy, faces: Faces, width: float) -> float:
    """Return the size of the lines at the code, so that the address stays on one line."""
    address = max((measure(line, faces.bold).width for line in words.door[1:]), default=0.1)
    return max(DOOR_SIZES[0], min(DOOR_SIZES[1], width * FILL / address))


def _invitation(words: Copy, faces: Faces) -> float:
    """Return the width in ems that lets the invitation beside the code stand on two lines."""
    text = measure(words.door[0] if words.door else "", faces.text)
    return next(tenth / 10 for tenth in range(1, 10_000) if text.lines(tenth / 10) <= 2)


def _word_columns(words: Copy, faces: Faces, width: float, height: float) -> tuple[float, int]:
    """Return the size of the guiding words above the promises, and in how many columns they stand.

    One below the other leaves the right half of the panel empty, so it must make them much larger.
    """
    widest = _widest_word(words, faces)

    def size(columns: int) -> float:
        by_width = FILL * (width - (columns - 1) * GUTTER) / columns / widest
        by_height = height / _stack(words, columns, faces)
        return max(WORDS_SIZES[0], min(by_width, by_height, WORDS_SIZES[1]))

    columns = 1 if size(1) > 1.4 * size(2) else 2
    return size(columns), columns


def _grid(words: Copy, faces: Faces, width: float, height: float) -> Grid:
    return lay_out(
        words.promises,
        width,
        height,
        display=faces.display,
        text=faces.text,
        values=[[_value(wording, faces) for wording in wordings] for wordings in words.values],
    )


def _value(wording: tuple[str, ...], faces: Faces) -> Measured:
    """Measure a measured value, whose icon counts as a wide letter with its gap."""
    lead, *pieces = wording
    widths = [measure(piece, faces.text).width for piece in pieces]
    return Measured((VALUE_ICON + measure(lead, faces.bold).width, *widths), faces.text.width(" "))


@dataclass(frozen=True, slots=True)
class _Foot:
    size: float
    lines: int
    """Of the longest state."""
    total: int
    """Of all states together."""

    @property
    def height(self) -> float:
        return self.lines * LEADING * self.size


def _foot(words: Copy, faces: Faces, width: Callable[[float], float]) -> _Foot:
    """Return the foot with few lines first, then with large type.

    *width* gives the room for a size of type. The longest of the states decides, because the foot may change
    while the poster hangs.
    """
    states = [[_remarks(paragraph, faces) for paragraph in state] for state in words.foot]

    def setting(size: float) -> _Foot:
        counts = [sum(text.lines(width(size) / size) for text in state) for state in states]
        return _Foot(size, max(counts, default=0), sum(counts))

    return min(map(setting, sizes(*FOOT_SIZES)), key=lambda foot: (foot.lines, foot.total, -foot.size))


def _remarks(paragraph: Sequence[str], faces: Faces) -> Measured:
    """Measure remarks with a dot between them, which disappears where the line is broken."""
    return Measured(tuple(measure(remark, faces.bold).width for remark in paragraph), DOT)


def _widest_word(words: Copy, faces: Faces) -> float:
    return max(measure(f"{word}.", faces.display).width for word in words.guiding_words)


def _stack(words: Copy, columns: int, faces: Faces) -> float:
    """Return the height of the guiding words, from capital height to the last baseline, in ems."""
    rows = ceil(len(words.guiding_words) / columns)
    return words.rise + (rows - 1) * WORDS_LEADING + faces.display.cap_height

"""Find the largest type in which the poster's words fit, for every shape of screen and paper.

All lengths are in hundredths of the shorter side (`cqmin` in the style sheet), and all widths of text
come from the fonts: nothing is measured in the browser, so the poster is finished before it is seen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
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
MOST_LEAST = 4.6
"""Letters by the way are not set larger than this, from however far the poster is to be read."""
LOGO = (5.0, 9.5)
"""The least and the most height of the logo: a little more than the two lines of the foot."""
LOGO_WIDTH = 34.0


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
    paper_foot: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """The same on paper, where no signature stands beside it."""
    invitations: tuple[str, ...] = ()
    """Every wording of the invitation."""
    logo: float | None = None
    """Width through height of the logo that stands instead of the signature."""

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
LYING, STANDING = (
    next(shape for shape in SHAPES if shape.landscape is landscape and shape.nearest == 1.41)
    for landscape in (True, False)
)
"""The shapes of an A3 sheet."""


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
    logo: float = 0.0
    """The height of the logo; 0 without one."""


def fit(words: Copy, faces: Faces, shape: Shape, *, least: float = 0.0) -> Setting:
    """Return the setting with the largest type. Never fails: what cannot fit is set smallest.

    *least* is the size below which text cannot be read from where people stand.
    """
    return (_landscape if shape.landscape else _portrait)(words, faces, shape, least)


def _landscape(words: Copy, faces: Faces, shape: Shape, least: float) -> Setting:
    width, height = 100 * shape.nearest, 100.0
    side, edge = max(MARGIN, EDGE * width), max(MARGIN, EDGE * height + OVERHANG)
    by_the_way = min(least, MOST_LEAST)
    door_size = max(DOOR_SIZES[1], by_the_way)
    narrowest = CODES[0] + DOOR_GAP + _invitation(words, faces) * door_size
    widest = max(narrowest, PANEL_SHARE * width)
    narrowest = max(narrowest, min(widest, _address(words, faces) * by_the_way / FILL))
    door_height = CODES[0] + DOOR_GAP + LEADING * door_size + SPACE if words.door else 0.0
    panel, size, vision = max(
        _panels(words, faces, (narrowest, widest), height - 2 * edge - SPACE - door_height, by_the_way),
        key=lambda found: 20 * log(found[1]) + found[2] - 0.35 * found[0],
    )
    main = width - 2 * side - panel - SPACE - GUTTER
    signature = max((measure(line, faces.bold).width for line in words.signature), default=0.0)
    logo = _logo(words, min(LOGO_WIDTH, main - GUTTER - _widest_piece(words, faces, by_the_way)))
    taken = partial(_taken, signature, logo * (words.logo or 0.0))
    alone = main - GUTTER - taken(0) if logo else main
    foot = _foot(words, faces, lambda size: main - GUTTER - taken(size), by_the_way, on_paper=alone)
    has_signature = logo > 0 or foot.lines <= 2
    if not has_signature:
        foot = _foot(words, faces, lambda _: main, by_the_way)
    grid_height = height - 2 * edge - 2 * FOOT_GAP - RULE - max(foot.height, logo)
    return Setting(
        panel=panel,
        words=size,
        word_columns=1,
        vision=vision,
        door=min(foot.size, _door(words, faces, panel, by_the_way)),
        code=CODES[0],
        foot=foot.size,
        signature=has_signature,
        grid=_grid(words, faces, main, grid_height, least),
        logo=logo,
    )


def _widest_piece(words: Copy, faces: Faces, least: float) -> float:
    """Return the room that the foot needs whatever stands beside it: a date is not broken."""
    states = (*words.foot, *words.paper_foot)
    remarks = (remark for state in states for paragraph in state for remark in paragraph)
    widest = max((measure(remark, faces.bold).widest for remark in remarks), default=0.0)
    return (widest + DOT) * max(FOOT_SIZES[0], least) / FILL


def _taken(signature: float, logo: float, size: float) -> float:
    """Return the width at the right of the foot that is not its own, when it is set in *size*."""
    return logo or signature * size


def _logo(words: Copy, width: float) -> float:
    """Return the height of the logo in a room so wide; 0 without a logo."""
    return max(0.0, min(LOGO[1], width / words.logo)) if words.logo else 0.0


def _panels(
    words: Copy, faces: Faces, widths: tuple[float, float], height: float, least: float
) -> Iterator[tuple[float, float, float]]:
    """Yield every panel that could be: its width, the size of the guiding words and that of the vision."""
    widest, tall = _widest_word(words, faces), _stack(words, 1, faces)
    vision = measure(words.vision, faces.text)
    for panel in sizes(*widths, step=1):
        for size in sizes(max(VISION_SIZES[0], least), VISION_SIZES[1]):
            if vision.widest * size > panel * FILL:
                continue
            left = height - vision.lines(panel / size) * LEADING * size
            fitted = min(FILL * panel / widest, left / tall, WORDS_SIZES[1])
            if fitted >= WORDS_SIZES[0]:
                yield panel, fitted, size
    yield widths[1], WORDS_SIZES[0], VISION_SIZES[0]


def _portrait(words: Copy, faces: Faces, shape: Shape, least: float) -> Setting:
    width, height = 100.0, 100 * shape.nearest
    edge = max(MARGIN, EDGE * height + OVERHANG)
    main = width - 2 * MARGIN
    size, columns = _word_columns(words, faces, main, HEAD_SHARE * height)
    vision_text = measure(words.vision, faces.text)
    vision = _vision(vision_text, main)
    head = edge + size * _stack(words, columns, faces) + SPACE
    head += vision_text.lines(main / vision) * LEADING * vision + SPACE
    by_the_way = min(least, MOST_LEAST)
    if words.door:
        foot, code = _foot_beside_code(words, faces, main, by_the_way)
    else:
        logo = _logo(words, LOGO_WIDTH)
        beside = GUTTER + logo * (words.logo or 0.0) if logo else 0.0
        foot, code = _foot(words, faces, lambda _: main - beside, by_the_way), 0
    door = min(foot.size, _door(words, faces, main - code - GUTTER, by_the_way))
    said = max((measure(line, faces.bold).width for line in words.door), default=0.0) * door
    logo = _logo(words, main - code - 2 * GUTTER - said if words.door else LOGO_WIDTH)
    below = DOOR_GAP + max(len(words.door) * LEADING * door, logo) if words.door else 0.0
    grid_height = height - head - SPACE - 2 * FOOT_GAP - max(code, foot.height + below, logo) - edge
    return Setting(
        panel=0,
        words=size,
        word_columns=columns,
        vision=vision,
        door=door,
        code=code,
        foot=foot.size,
        signature=logo > 0,
        grid=_grid(words, faces, main, grid_height, least),
        logo=logo,
    )


def _vision(said: Measured, width: float) -> float:
    """Return the size at which the vision stands on one line, or on two if it is long."""
    on_one = largest(VISION_SIZES, lambda size: said.lines(width / size) == 1)
    if on_one is not None and on_one >= ONE_LINE_VISION:
        return on_one
    return largest(VISION_SIZES, lambda size: said.lines(width / size) == 2) or VISION_SIZES[0]


def _foot_beside_code(words: Copy, faces: Faces, width: float, least: float) -> tuple[_Foot, float]:
    """Return the foot and the side of the code to its right: few lines first, then a large code."""

    def foot(code: float) -> _Foot:
        return _foot(words, faces, lambda _: width - code - GUTTER, least)

    return min(
        ((foot(code), code) for code in sizes(*CODES, step=0.5)),
        key=lambda found: (found[0].lines, found[0].total, -found[1]),
    )


def _door(words: Copy, faces: Faces, width: float, least: float) -> float:
    """Return the size of the lines at the code, so that the address stays on one line."""
    return max(DOOR_SIZES[0], min(max(DOOR_SIZES[1], least), width * FILL / _address(words, faces)))


def _address(words: Copy, faces: Faces) -> float:
    return max((measure(line, faces.bold).width for line in words.door[1:]), default=0.1)


def _invitation(words: Copy, faces: Faces) -> float:
    """Return the width in ems that lets the invitation beside the code stand on two lines."""
    texts = [measure(text, faces.text) for text in words.invitations or words.door[:1]]
    return next(
        tenth / 10 for tenth in range(1, 10_000) if all(text.lines(tenth / 10) <= 2 for text in texts)
    )


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


def _grid(words: Copy, faces: Faces, width: float, height: float, least: float) -> Grid:
    return lay_out(
        words.promises,
        width,
        height,
        display=faces.display,
        text=faces.text,
        values=[[_value(wording, faces) for wording in wordings] for wordings in words.values],
        least=least,
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


def _foot(
    words: Copy,
    faces: Faces,
    width: Callable[[float], float],
    least: float,
    *,
    on_paper: float | None = None,
) -> _Foot:
    """Return the foot with few lines first, then with large type, but no smaller than *least*.

    *width* gives the room for a size of type; *on_paper* is another width for what stands there. The longest
    of the states decides, because the foot may change while the poster hangs.
    """
    states = [[_remarks(paragraph, faces) for paragraph in state] for state in words.foot]
    printed = [[_remarks(paragraph, faces) for paragraph in state] for state in words.paper_foot]

    def setting(size: float) -> _Foot:
        room = width(size)
        counts = [sum(_lines(text, room / size) for text in state) for state in states]
        room = room if on_paper is None else on_paper
        counts += [sum(_lines(text, room / size) for text in state) for state in printed]
        return _Foot(size, max(counts, default=0), sum(counts))

    offered = sizes(*(max(size, least) for size in FOOT_SIZES))
    return min(map(setting, offered), key=lambda foot: (foot.lines, foot.total, -foot.size))


def _remarks(paragraph: Sequence[str], faces: Faces) -> list[Measured]:
    return [measure(remark, faces.bold) for remark in paragraph]


def _lines(remarks: Sequence[Measured], width: float) -> int:
    """Return the lines of remarks with a dot between them, which disappears where the line is broken.

    A remark wider than a line is broken, and nothing stands beside it.
    """
    limit = width * FILL
    count, filled = 0, limit
    for remark in remarks:
        if filled + DOT + remark.width <= limit:
            filled += DOT + remark.width
        else:
            own = remark.lines(width)
            count += own
            filled = remark.width if own == 1 else limit
    return count


def _widest_word(words: Copy, faces: Faces) -> float:
    return max(measure(f"{word}.", faces.display).width for word in words.guiding_words)


def _stack(words: Copy, columns: int, faces: Faces) -> float:
    """Return the height of the guiding words, from capital height to the last baseline, in ems."""
    rows = ceil(len(words.guiding_words) / columns)
    return words.rise + (rows - 1) * WORDS_LEADING + faces.display.cap_height

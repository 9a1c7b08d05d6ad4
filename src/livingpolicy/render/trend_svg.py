"""A trend as a small picture: static SVG with shapes that grey print and the colour-blind can tell apart.

Lengths are in units of the view box; at its own size a unit is a pixel. Time runs to the right by days, so
that a period without a value leaves a hole and no line runs through it: missing is not zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from livingpolicy.language import Catalogue
from livingpolicy.render import measured
from livingpolicy.render.environment import environment
from livingpolicy.render.trend import Point, scale_of, snug_scale
from livingpolicy.render.trend_marks import Dot, Place, at, dots, lines, targets

LETTER = 0.58
"""Width of a letter in ems, generously: whatever is written stays inside the picture."""
GAP = 6.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A size of picture."""

    name: str
    width: float
    height: float
    most: int
    """Periods: the latest ones are shown."""
    type: float
    """Size of the letters; 0: nothing is written."""
    dates: int
    """At most so many dates below."""
    numbers: int
    """About so many numbers at the side."""
    mark: float
    """Radius of a mark where there is room."""


WIDE = Shape("wide", 720, 270, 53, 13, 7, 5, 5.5)
NARROW = Shape("narrow", 344, 230, 26, 12.5, 3, 5, 5)
SPARK = Shape("spark", 160, 44, 13, 0, 0, 3, 4)


@dataclass(frozen=True, slots=True)
class Label:
    """Something written."""

    x: float
    y: float
    text: str
    anchor: str
    """`start`, `middle` or `end`."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An upright line."""

    x: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything in its place."""

    shape: Shape
    left: float
    right: float
    base: float
    """Height of the axis of time."""
    grid: tuple[Label, ...]
    """A line of the grid at the height `y`, and its number."""
    dates: tuple[Label, ...]
    spreads: tuple[Bar, ...]
    spread: float
    """How thick they are."""
    targets: tuple[str, ...]
    """Paths: the target, level by level."""
    asked: tuple[Label, ...]
    """What the target is now."""
    lines: tuple[str, ...]
    """Paths: the values, as far as one period follows the other."""
    dots: tuple[Dot, ...]
    latest: Label | None
    """The last value."""


def trend(
    points: Sequence[Point],
    unit: str,
    *,
    name: str,
    title: str,
    description: str,
    shape: Shape,
    words: Catalogue,
) -> Markup:
    """Return the picture of *points* (oldest first), whose values are in *unit*.

    *name* tells its ids from those of other pictures on the page; *title* and *description* are what it says
    to those who do not see it.
    """
    html = (
        environment(words.language)
        .get_template("site/trend.svg")
        .render(
            drawing=draw(points, unit, shape, words),
            name=f"{name}-{shape.name}",
            title=title,
            description=description,
        )
    )
    return Markup(html.strip())  # noqa: S704  # from our escaping environment


def draw(points: Sequence[Point], unit: str, shape: Shape, words: Catalogue) -> Drawing:
    """Return where everything stands. *points* are oldest first; without any the picture is empty."""
    points = points[-shape.most :]
    scale = (
        scale_of(points, percent=unit == "percent", most=shape.numbers) if shape.type else snug_scale(points)
    )
    numbers = [axis_number(tick, scale.step, unit, words) for tick in scale.ticks]
    asked = next((point.target for point in points[-1:] if point.target is not None), None)
    goal = "" if asked is None else axis_number(asked, None, unit, words)
    letter = shape.type * LETTER
    edge = shape.mark + 2
    left = letter * max(map(len, numbers), default=0) + GAP if shape.type else edge
    aside = letter * max(len(goal), len(words.text("trend.target")) if goal else 0) + GAP
    right = shape.width - (max(aside, edge) if shape.type else edge)
    top = shape.type + 4 if shape.type else edge
    base = shape.height - (shape.type * 2 if shape.type else edge)
    place = Place(points, scale, left, right, top, base)
    radius = round(min(shape.mark, max(1.6, 0.36 * place.slot)), 2)
    values = [point for point in points if point.value is not None]
    return Drawing(
        shape=shape,
        left=at(left),
        right=at(right),
        base=at(base),
        grid=tuple(
            Label(at(left - GAP), place.y(tick), text, "end")
            for tick, text in zip(scale.ticks, numbers, strict=True)
        )
        if shape.type
        else (),
        dates=tuple(_dates(points, place, shape, words)) if shape.type else (),
        spreads=tuple(
            Bar(place.x(point), place.y(point.low), place.y(point.high))
            for point in values
            if point.low is not None and point.high is not None
        )
        if shape.type
        else (),
        spread=2 * radius,
        targets=tuple(targets(points, place)),
        asked=_goal(words.text("trend.target"), goal, place.y(asked), right, top, base, shape)
        if asked is not None and shape.type
        else (),
        lines=tuple(lines(points, place)),
        dots=tuple(dots(points, place, radius, unit, words, few=not shape.type)),
        latest=_latest(points, place, unit, shape, words) if shape.type else None,
    )


def axis_number(value: float, step: float | None, unit: str, words: Catalogue) -> str:
    """Return a number short enough for an axis: "90 %", "2,5", "1,2 mn".

    *step* is what lies between two numbers of the axis; None for a number of its own.
    """
    for size, name in ((1e9, "billions"), (1e6, "millions")):
        if abs(value) >= 1e15:
            return f"{value:.0e}"
        if abs(value) >= size:
            return words.text(f"trend.{name}", number=measured.number(value / size, words)).replace(
                " ", "\u00a0"
            )
    if step is not None and step < 0.01:
        return f"{value:.3g}".replace(".", words.text("number.decimal"))
    return measured.percent(value, words) if unit == "percent" else measured.number(value, words)


def _dates(points: Sequence[Point], place: Place, shape: Shape, words: Catalogue) -> Iterator[Label]:
    if not points:
        return
    stride = max(1, ceil((len(points) - 1) / max(1, shape.dates - 1)))
    chosen = points[::-1][::stride][::-1]
    year = None
    for point in chosen:
        this = point.period.last.year
        text = measured.short_period(point.period, words, year=this != year)
        year = this
        half = len(text) * shape.type * LETTER / 2
        x, anchor = place.x(point), "middle"
        if x - half < 0:
            x, anchor = 0.0, "start"
        elif x + half > shape.width:
            x, anchor = shape.width, "end"
        yield Label(x, at(shape.height - 0.4 * shape.type), text, anchor)


def _goal(
    word: str, number: str, y: float, right: float, top: float, base: float, shape: Shape
) -> tuple[Label, ...]:
    """Return the word and the number at the end of the target's line, one above the other."""
    middle = min(max(y, top + 0.4 * shape.type), base - 0.6 * shape.type)
    return (
        Label(at(right + GAP), at(middle - 0.15 * shape.type), word, "start"),
        Label(at(right + GAP), at(middle + 0.95 * shape.type), number, "start"),
    )


def _latest(points: Sequence[Point], place: Place, unit: str, shape: Shape, words: Catalogue) -> Label | None:
    """Return the last value above its mark, or below it where lines run above and none below."""
    known = [point for point in points if point.value is not None]
    if not known or (point := known[-1]).value is None:
        return None
    y, text = place.y(point.value), axis_number(point.value, None, unit, words)
    above, below = y - shape.mark - 5, y + shape.mark + shape.type
    lines = [place.y(one) for one in (point.target, *(one.value for one in known[-2:-1])) if one is not None]
    crowded = sum(above - shape.type < line < y for line in lines) + any(line < above for line in lines[1:])
    free = not any(y < line < below + 4 for line in lines) and below < place.base - 2
    half = len(text) * shape.type * LETTER / 2
    x = min(max(place.x(point), half), shape.width - half)
    return Label(at(x), at(below if crowded and free else max(above, shape.type)), text, "middle")

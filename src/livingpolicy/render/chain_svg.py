"""The chain of a promise as a small picture: who is waited for and when, and what is left when all are done.

Lengths are in units of the view box; at its own size a unit is a pixel. Time runs to the right on the
promise's own clock. What tells the bars apart is their pattern, so it prints in grey: filled is the longest
chain, open what goes on beside it, broken what is left, hatched what is too much.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import floor

from markupsafe import Markup

from livingpolicy.dependencies import Chain, Step
from livingpolicy.dependencies.said import duration
from livingpolicy.language import Catalogue
from livingpolicy.needs import department_id, waits_for
from livingpolicy.render.environment import environment

LETTER = 0.56
"""Width of a letter in ems, generously: whatever is written stays inside the picture."""
TICKS = 7
MANY_MINUTES = 180
STEPS = (1, 2, 5, 10, 15, 20, 30, 60)


@dataclass(frozen=True, slots=True)
class Shape:
    """A size of picture."""

    name: str
    width: float
    label: float
    """Width of the names to the left of the bars; 0: they stand above them."""
    row: float
    bar: float
    type: float
    """Size of the letters."""


WIDE = Shape("wide", 720, 190, 46, 20, 13)
NARROW = Shape("narrow", 344, 0, 56, 18, 13)
TOP, BOTTOM, EDGE = 30.0, 42.0, 8.0


@dataclass(frozen=True, slots=True)
class Row:
    """A bar with its name."""

    kind: str
    """`longest`, `beside`, `left` or `over`."""
    name: str
    time: str
    """How long it takes, in words."""
    x: float
    y: float
    width: float
    name_x: float
    name_y: float
    time_x: float | None
    """None: it follows the name."""
    time_y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale with its number."""

    x: float
    text: str
    anchor: str
    """`middle`, or `end` at the edge."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that is drawn."""

    shape: Shape
    height: float
    left: float
    right: float
    foot: float
    """Where the scale lies."""
    rows: tuple[Row, ...]
    links: tuple[str, ...]
    """Paths from the end of a bar to the beginning of one that waits for it."""
    ticks: tuple[Tick, ...]
    scale: str
    """What the numbers count: "timmar öppettid"."""
    limit: float
    limit_text: str
    limit_anchor: str


def chain_svg(
    chain: Chain, shape: Shape, name: str, words: Catalogue, *, names: Mapping[str, str], us: str = ""
) -> Markup:
    """Return the picture, whose ids begin with *name*.

    *names* are those of the departments, by id; *us* is the department whose page it is, "" for none.
    """
    template = environment(words.language).get_template("site/chain.svg")
    svg = template.render(
        drawing=draw(chain, shape, words, names=names, us=us),
        name=f"{name}-{shape.name}",
        title=words.text("chain.picture.title", name=chain.target.name),
        description=described(chain, words, names=names),
    )
    return Markup(svg.strip())  # noqa: S704  # from our escaping environment


def described(chain: Chain, words: Catalogue, *, names: Mapping[str, str]) -> str:
    """Return what the picture shows, in sentences."""
    unit = chain.target.unit
    parts = [
        words.text(
            "chain.picture.part",
            department=names[department_id(step.need.department)],
            begins=_at(step.begins_at, unit, "chain.begins", words)
            if step.begins_at
            else words.text("chain.at-once"),
            ends=_at(step.ends_at, unit, "chain.within", words),
        )
        for step in chain.steps
    ]
    parts.append(left(chain, words))
    return " ".join(parts)


def _at(amount: float, unit: str, key: str, words: Catalogue) -> str:
    time = duration(amount, unit, words)
    # "samma dag" needs no preposition
    return words.text(key, time=time) if amount else time


def left(chain: Chain, words: Catalogue) -> str:
    """Return what is left of the promise, in a sentence whose times do not break."""
    unit = chain.target.unit
    promise, amount = (
        duration(each, unit, words).replace(" ", "\u00a0") for each in (chain.promise, abs(chain.slack))
    )
    if not chain.holds:
        return words.text("chain.over", promise=promise, over=amount)
    if chain.slack <= 0:
        return words.text("chain.nothing-left", promise=promise)
    return words.text("chain.left", promise=promise, left=amount)


def draw(chain: Chain, shape: Shape, words: Catalogue, *, names: Mapping[str, str], us: str = "") -> Drawing:
    """Return the drawing."""
    start, end = EDGE + shape.label, shape.width - EDGE
    longest = max(chain.promise, chain.waits, 1e-9)
    most = longest * 1.02

    def x(amount: float) -> float:
        return round(start + amount / most * (end - start), 1)

    rows: list[Row] = []
    for step in chain.steps:
        key = department_id(step.need.department)
        name = words.text("chain.us", department=names[key]) if key == us else names[key]
        time = duration(step.need.within, step.need.unit, words)
        kind = "longest" if step.longest else "beside"
        rows.append(_row(shape, len(rows), kind, name, time, x(step.begins_at), x(step.ends_at)))
    amount = duration(abs(chain.slack), chain.target.unit, words)
    if not chain.holds:
        rows.append(
            _row(
                shape,
                len(rows),
                "over",
                words.text("chain.row.over"),
                amount,
                x(chain.promise),
                x(chain.waits),
            )
        )
    elif chain.slack > 0:
        rows.append(
            _row(
                shape,
                len(rows),
                "left",
                words.text("chain.row.left"),
                amount,
                x(chain.waits),
                x(chain.promise),
            )
        )
    foot = TOP + len(rows) * shape.row
    limit = x(chain.promise)
    to_the_left = limit > (start + end) / 2
    return Drawing(
        shape=shape,
        height=foot + BOTTOM,
        left=start,
        right=end,
        foot=foot,
        rows=tuple(rows),
        links=tuple(_links(chain.steps, rows, shape)),
        ticks=tuple(_ticks(longest, chain.target.unit, x, shape.width)),
        scale=_scale(chain, longest, words),
        limit=limit,
        limit_text=words.text("chain.row.promise", time=duration(chain.promise, chain.target.unit, words)),
        limit_anchor="end" if to_the_left else "start",
    )


def _row(shape: Shape, place: int, kind: str, name: str, time: str, begins: float, ends: float) -> Row:
    top = TOP + place * shape.row
    width = max(ends - begins, 5)
    if shape.label:
        middle = top + shape.row / 2
        name = _fitting(name, shape.label - 12, shape.type)
        return Row(
            kind, name, time, begins, middle - shape.bar / 2, round(width, 1),
            0, middle - 3, 0, middle + 13,
        )  # fmt: skip
    base = top + shape.type + 3
    room = shape.width - 2 * EDGE - LETTER * shape.type * (len(time) + 3)
    name = _fitting(name, room, shape.type)
    return Row(kind, name, time, begins, base + 7, round(width, 1), EDGE, base, None, base)


def _fitting(text: str, width: float, size: float) -> str:
    most = max(3, floor(width / (LETTER * size)))
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _links(steps: tuple[Step, ...], rows: list[Row], shape: Shape) -> Iterator[str]:
    """Yield a path for each pair of which one begins when the other is done."""
    for place, before in enumerate(waits_for([step.need for step in steps])):
        for other in before:
            one, then = rows[other], rows[place]
            if steps[other].ends.timestamp() == steps[place].begins.timestamp():
                down = then.y > one.y
                top, end = (one.y + shape.bar, then.y) if down else (one.y, then.y + shape.bar)
                yield f"M{one.x + one.width:g} {top:g}V{end:g}"


def _ticks(longest: float, unit: str, x: Callable[[float], float], edge: float) -> Iterator[Tick]:
    """Yield the lines of the scale up to *longest* of *unit*; nothing reaches beyond *edge*."""
    each = 60 if unit != _unit(longest, unit) else 1
    step = next((step for step in STEPS if longest / each / step < TICKS), STEPS[-1])
    while longest / each / step >= TICKS:
        step *= 2
    for number in range(floor(longest / each / step + 1e-9) + 1):
        text, place = f"{number * step}", x(number * step * each)
        yield Tick(place, text, "middle" if place + len(text) * 4 <= edge else "end")


def _unit(longest: float, unit: str) -> str:
    """Return what the scale counts: many minutes are easier to read as hours."""
    return "hours" if unit == "minutes" and longest >= MANY_MINUTES else unit


def _scale(chain: Chain, longest: float, words: Catalogue) -> str:
    target = chain.target
    unit = words.text(f"amount.unit.{_unit(longest, target.unit)}")
    # A day is a day whatever the clock, unless the channel is closed on it.
    if target.unit == "working-days" or (target.clock != "opening-hours" and target.unit == "days"):
        return unit
    return words.text(f"chain.scale.{target.clock or 'around-the-clock'}", unit=unit)

"""Where the lines and marks of a trend are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from livingpolicy.language import Catalogue
from livingpolicy.render import measured
from livingpolicy.render.trend import Mark, Point, Scale


@dataclass(frozen=True, slots=True)
class Dot:
    """The mark of a period."""

    path: str
    mark: Mark
    says: str
    """What stands there, in words."""


def at(length: float) -> float:
    """Return the length as it is written: tenths, and whole numbers without them."""
    tenths = round(length, 1)
    return int(tenths) if tenths == int(tenths) else tenths


class Place:
    """Where a day and a value are. There is a point for whoever asks about one."""

    def __init__(
        self, points: Sequence[Point], scale: Scale, left: float, right: float, top: float, base: float
    ) -> None:
        self._scale, self._left, self._right, self._top, self.base = scale, left, right, top, base
        self._first = points[0].period.first if points else date.min
        self._days = (points[-1].period.last - self._first).days + 1 if points else 1
        self.slot = (right - left) / max(1, len(points))

    def _day(self, days: float) -> float:
        return at(self._left + (self._right - self._left) * min(1.0, days / self._days))

    def begins(self, point: Point) -> float:
        """Return where its period begins."""
        return self._day((point.period.first - self._first).days)

    def ends(self, point: Point) -> float:
        """Return where its period ends, and the next may begin."""
        return self._day((point.period.last - self._first).days + 1)

    def x(self, point: Point) -> float:
        """Return the middle of its period."""
        return at((self.begins(point) + self.ends(point)) / 2)

    def y(self, value: float) -> float:
        """Return how far down *value* is."""
        return at(self.base - (self.base - self._top) * self._scale.share(value))


def lines(points: Sequence[Point], place: Place) -> Iterator[str]:
    """Yield the values as paths, one for as long as one period follows the other."""
    run: list[Point] = []
    for point in points:
        if run and (point.value is None or point.period.first != run[-1].period.last + timedelta(days=1)):
            yield from _path(run, place)
            run = []
        if point.value is not None:
            run.append(point)
    yield from _path(run, place)


def _path(run: Sequence[Point], place: Place) -> Iterator[str]:
    if len(run) > 1:
        yield "M" + " L".join(
            f"{place.x(one):g} {place.y(one.value):g}" for one in run if one.value is not None
        )


def targets(points: Sequence[Point], place: Place) -> Iterator[str]:
    """Yield the target as stairs, a path for each of its levels; where none was in force there is nothing."""
    before = None
    for target, run in groupby(points, key=lambda point: point.target):
        level = list(run)
        if target is not None:
            rise = f"{place.y(before):g}V" if before is not None else ""
            yield f"M{place.begins(level[0]):g} {rise}{place.y(target):g}H{place.ends(level[-1]):g}"
        before = target


def dots(
    points: Sequence[Point], place: Place, radius: float, unit: str, words: Catalogue, *, few: bool
) -> Iterator[Dot]:
    """Yield the mark of every period; *few*: only of those that tell something where there is little room."""
    for point in _telling(points) if few else points:
        number = "" if point.value is None else measured.amount(point.value, unit, words)
        yield Dot(
            path=_drawn(point.mark, place.x(point), place.y(point.value), radius)
            if point.value is not None
            else _drawn(point.mark, place.x(point), place.base, radius),
            mark=point.mark,
            says=words.text(
                "trend.value" if point.mark is Mark.VALUE else "trend.point" if number else "trend.no-value",
                period=measured.period(point.period, words),
                value=number,
                word=words.text(f"standing.{point.mark}").lower(),
            ),
        )


def _telling(points: Sequence[Point]) -> Iterator[Point]:
    """Yield what is marked where there is little room: the last, those missed, and those no line reaches."""
    last = next((point for point in reversed(points) if point.value is not None), None)
    linked = {
        point.period
        for pair in pairwise(points)
        if all(one.value is not None for one in pair)
        for point in pair
    }
    for point in points:
        if point.value is not None and (
            point is last or point.mark is Mark.MISSED or point.period not in linked
        ):
            yield point


def _drawn(mark: Mark, x: float, y: float, r: float) -> str:
    """Return a ring, a triangle, a square or a dash around the point."""
    match mark:
        case Mark.MISSED:
            return f"M{x:g} {at(y - 1.25 * r):g}l{at(1.3 * r):g} {at(2.2 * r):g}h{at(-2.6 * r):g}Z"
        case Mark.WITHHELD:
            return f"M{at(x - r):g} {at(y - r):g}h{at(2 * r):g}v{at(2 * r):g}h{at(-2 * r):g}Z"
        case Mark.MISSING:
            return f"M{at(x - r):g} {y:g}h{at(2 * r):g}"
        case _:
            half = f"a{r:g} {r:g} 0 0 1 "
            return f"M{at(x - r):g} {y:g}{half}{at(2 * r):g} 0{half}{at(-2 * r):g} 0Z"

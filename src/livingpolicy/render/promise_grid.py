"""Lay the promises out in rows and columns with the largest type that holds the longest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil, inf

from livingpolicy.fonts import FontFile
from livingpolicy.model import PosterText
from livingpolicy.render.promise_cells import (
    RULE_GAP,
    UNIT_TO_FIGURE,
    UNIT_TO_TEXT,
    Figure,
    Statement,
    Value,
    block,
    value_size,
)
from livingpolicy.render.typeset import FILL, Measured, largest, measure, sizes

GUTTER = 5.0
"""Between columns."""
ROW_GAP = 0.62
"""Between the end of a row and the rule of the next, as a share of the text's size."""

TEXT_SIZES = (1.2, 6.2)
FIGURE_TO_TEXT = (2.2, 4.0)
"""A figure is at least and at most so many times as large as the text below it."""
STATEMENT_TO_TEXT = (0.95, 1.75)
TOGETHER = 0.85
"""A statement is set so many times as large rather than with a broken quotation."""
MOST_COLUMNS = 4
EASE = 230 / 155
"""Text that is read with ease is so many times as large as text that can be read at all (ISO 9241-303)."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows and columns, and the sizes of type in the unit in which the room was given."""

    columns: int
    rows: int
    figure: float
    unit: float
    text: float
    statement: float
    value: float = 0.0
    spans: tuple[tuple[int, int], ...] = ()
    """Promises (by index) that are wider than one column, and by how many columns."""
    beside: float = 0.0
    """The width of a column for the measured values to the right of figures; 0: they stand below the text."""

    def worth(self, least: float) -> float:
        """How good it is: the text must be read, the figure is the hero, a widened cell is a weakness.

        *least* is the size below which text cannot be read.
        """
        illegible = max(0.0, least - self.text)
        strained = max(0.0, EASE * least - self.text)
        widened = sum(span - 1 for _, span in self.spans)
        return 4 * self.text + 1.2 * self.figure - 5 * illegible - 2 * strained - 2.5 * widened


def lay_out(
    promises: Sequence[PosterText],
    width: float,
    height: float,
    *,
    display: FontFile,
    text: FontFile,
    values: Sequence[Sequence[Measured]] = (),
    least: float = 0.0,
) -> Grid:
    """Return the grid with the largest type. Never fails: what cannot fit is set in the smallest type.

    *values* are the wordings of each promise's measured value, if it has one. *least* is the size below which
    text cannot be read.
    """
    reached = [Value(tuple(wordings), least) for wordings in values] or [Value(())] * len(promises)
    room = _Room(width, height, display, text, least)
    figures = zip(promises, reached, strict=True)
    halved = max((value.halved for promise, value in figures if promise.figure is not None), default=0.0)
    placings = (0.0, halved) if halved else (0.0,)
    for breaking in (False, True):
        found = [
            grid
            for columns in range(1, min(MOST_COLUMNS, len(promises)) + 1)
            for beside in placings
            for grid in [_fit(promises, reached, columns, room, beside, breaking=breaking)]
            if grid is not None
        ]
        if found:
            return max(found, key=lambda grid: grid.worth(least))
    columns, smallest = min(2, len(promises)) or 1, TEXT_SIZES[0]
    rows = ceil(len(promises) / columns) or 1
    value = value_size(smallest, least)
    return Grid(columns, rows, 2 * smallest, smallest, smallest, smallest, value, spans(promises, columns))


def spans(promises: Sequence[PosterText], columns: int) -> tuple[tuple[int, int], ...]:
    """Return which promises to widen, and to how many columns, so that no cell of the grid stays empty.

    One promise takes all that is left over in its row: the last statement that can without being pushed
    into the next row, else the last promise.
    """
    empty = -len(promises) % columns
    if not empty:
        return ()
    fitting = [
        index
        for index, promise in enumerate(promises)
        if promise.figure is None and index % columns + empty < columns
    ]
    return (((fitting or [len(promises) - 1])[-1], empty + 1),)


def _all_hold(
    statements: Sequence[Statement], text: float, height: float, breaking: bool, size: float
) -> bool:
    return all(statement.holds(size, text, height, breaking=breaking) for statement in statements)


@dataclass(frozen=True, slots=True)
class _Room:
    width: float
    height: float
    display: FontFile
    text: FontFile
    least: float


def _fit(
    promises: Sequence[PosterText],
    values: Sequence[Value],
    columns: int,
    whole: _Room,
    beside: float,
    *,
    breaking: bool,
) -> Grid | None:
    rows = ceil(len(promises) / columns)
    wide = dict(spans(promises, columns))
    column = (whole.width - (columns - 1) * GUTTER) / columns
    display, text = whole.display, whole.text
    figures, statements = [], []
    for index, (promise, value) in enumerate(zip(promises, values, strict=True)):
        room = column + (wide.get(index, 1) - 1) * (column + GUTTER)
        if promise.figure is None:
            statements.append(block(promise.text, value, display, room))
        else:
            figure = measure(promise.figure, display)
            unit = measure(f"\u00a0{promise.unit}" if promise.unit else "", display)
            said = measure(promise.text, text)
            figures.append(Figure(figure, unit, said, value, display.cap_height, room))

    best: Grid | None = None
    for size in sizes(*TEXT_SIZES):
        if not breaking and any(cell.breaks(size, beside) for cell in figures):
            continue
        row = (whole.height - (rows - 1) * ROW_GAP * size) / rows
        figure_size = min((cell.largest(size, row, beside) for cell in figures), default=inf)
        if figure_size < FIGURE_TO_TEXT[0] * size:
            continue
        if beside and figure_size * display.cap_height < 2 * value_size(size, whole.least):
            continue  # the two lines of a value would stand higher than the figure
        low, high = STATEMENT_TO_TEXT
        statement = largest(
            (low * size, high * size),
            partial(_all_hold, statements, size, row, breaking),
        )
        if statement is None:
            continue
        # A little smaller, if that keeps the quotations together.
        together = min(
            (
                (cell.width - 2 * RULE_GAP * size) * FILL / cell.quotation
                for cell in statements
                if cell.quotation
            ),
            default=inf,
        )
        if max(low * size, TOGETHER * statement) <= together < statement:
            statement = together
        figure_size = min(figure_size, FIGURE_TO_TEXT[1] * size)
        unit_size = max(UNIT_TO_TEXT * size, UNIT_TO_FIGURE * figure_size)
        small = value_size(size, whole.least)
        wider = tuple(sorted(wide.items()))
        grid = Grid(columns, rows, figure_size, unit_size, size, statement, small, wider, beside * small)
        if best is None or grid.worth(whole.least) > best.worth(whole.least):
            best = grid
    return best

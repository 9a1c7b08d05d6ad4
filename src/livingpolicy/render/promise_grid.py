"""Lay the promises out in rows and columns with the largest type that holds the longest of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from math import ceil, inf

from livingpolicy.fonts import FontFile
from livingpolicy.model import PosterText
from livingpolicy.render.quotation import around_quotation
from livingpolicy.render.typeset import FILL, Measured, largest, measure, sizes

GUTTER = 5.0
"""Between columns."""
RULE_GAP = 0.62
"""Between a rule and what it introduces; also the padding of a statement's block. As all gaps in a cell, it
grows with the text: a share of the text's size."""
ROW_GAP = 0.62
"""Between the end of a row and the rule of the next."""
FIGURE_GAP = 0.25
"""Between a figure's baseline and the line box of the text below it."""
LEADING = 1.17
"""Line height of the promises' text, in ems."""
STATEMENT_LEADING = 1.1

TEXT_SIZES = (1.2, 6.2)
LEGIBLE = 3.6
"""Smaller text cannot be read at four metres on a screen of 55 inches (ISO 9241-303, distance / 230)."""
FIGURE_TO_TEXT = (2.2, 4.0)
"""A figure is at least and at most so many times as large as the text below it."""
UNIT_TO_TEXT = 1.12
UNIT_TO_FIGURE = 0.36
STATEMENT_TO_TEXT = (0.95, 1.75)
TOGETHER = 0.85
"""A statement is set so many times as large rather than with a broken quotation."""
MOST_COLUMNS = 4


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows and columns, and the sizes of type in the unit in which the room was given."""

    columns: int
    rows: int
    figure: float
    unit: float
    text: float
    statement: float
    spans: tuple[tuple[int, int], ...] = ()
    """Promises (by index) that are wider than one column, and by how many columns."""

    @property
    def worth(self) -> float:
        """How good it is: the text must be read, the figure is the hero, a widened cell is a weakness."""
        illegible = max(0.0, LEGIBLE - self.text)
        return (
            4 * self.text + 1.2 * self.figure - 5 * illegible - 2.5 * sum(span - 1 for _, span in self.spans)
        )


@dataclass(frozen=True, slots=True)
class _Figure:
    """A promise with a figure: the figure and its unit on one line, the text below."""

    figure: Measured
    unit: Measured
    text: Measured
    cap_height: float
    width: float

    def largest(self, text: float, height: float) -> float:
        """Return the largest figure beside a text of size *text*; negative if nothing fits."""
        wide, unit = self.width * FILL, self.unit.width
        by_width = min(
            (wide - unit * UNIT_TO_TEXT * text) / self.figure.width,
            wide / (self.figure.width + unit * UNIT_TO_FIGURE),
        )
        lines = self.text.lines(self.width / text) * LEADING * text
        by_height = (height - (RULE_GAP + FIGURE_GAP) * text - lines) / self.cap_height
        return min(by_width, by_height)

    def breaks(self, text: float) -> bool:
        """Whether a word of the text is wider than its column."""
        return self.text.widest * text > self.width * FILL


@dataclass(frozen=True, slots=True)
class _Statement:
    """A promise without a figure: a block of colour with the text in it."""

    text: Measured
    parts: tuple[Measured, ...]
    """What stands before the quotation, the quotation and what follows; the text alone if it has none."""
    quotation: float
    """Its width in ems on one line, or 0."""
    width: float

    def quotes(self, size: float, padding: float) -> bool:
        """Whether the quotation stays together on a line."""
        return self.quotation * size <= (self.width - 2 * padding) * FILL

    def lines(self, size: float, padding: float) -> int:
        """Return how many lines there are; a quotation too long for one stands on lines of its own."""
        room = (self.width - 2 * padding) / size
        if self.quotes(size, padding):
            return self.text.lines(room)
        return sum(part.lines(room) for part in self.parts)

    def holds(self, size: float, padding: float, height: float, *, breaking: bool) -> bool:
        """Whether the text fits; *breaking*: words may be broken anywhere."""
        width = self.width - 2 * padding
        if max(part.widest for part in self.parts) * size > width * FILL and not breaking:
            return False
        return self.lines(size, padding) * STATEMENT_LEADING * size + 2 * padding <= height


def _statement(text: str, font: FontFile, width: float) -> _Statement:
    before, quotation, after = around_quotation(text)
    if not quotation:
        whole = measure(text, font)
        return _Statement(whole, (whole,), 0.0, width)
    whole = measure(before + quotation.replace(" ", "\u00a0") + after, font)
    parts = tuple(measure(part.strip(" "), font) for part in (before, quotation, after) if part.strip(" "))
    return _Statement(whole, parts, measure(quotation, font).width, width)


def lay_out(
    promises: Sequence[PosterText], width: float, height: float, *, display: FontFile, text: FontFile
) -> Grid:
    """Return the grid with the largest type. Never fails: what cannot fit is set in the smallest type."""
    for breaking in (False, True):
        found = [
            grid
            for columns in range(1, min(MOST_COLUMNS, len(promises)) + 1)
            for grid in [_fit(promises, columns, width, height, display, text, breaking=breaking)]
            if grid is not None
        ]
        if found:
            return max(found, key=lambda grid: grid.worth)
    columns, smallest = min(2, len(promises)) or 1, TEXT_SIZES[0]
    rows = ceil(len(promises) / columns) or 1
    return Grid(columns, rows, 2 * smallest, smallest, smallest, smallest, spans(promises, columns))


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
    statements: Sequence[_Statement], padding: float, height: float, breaking: bool, size: float
) -> bool:
    return all(statement.holds(size, padding, height, breaking=breaking) for statement in statements)


def _fit(
    promises: Sequence[PosterText],
    columns: int,
    width: float,
    height: float,
    display: FontFile,
    text: FontFile,
    *,
    breaking: bool,
) -> Grid | None:
    rows = ceil(len(promises) / columns)
    wide = dict(spans(promises, columns))
    column = (width - (columns - 1) * GUTTER) / columns
    figures, statements = [], []
    for index, promise in enumerate(promises):
        room = column + (wide.get(index, 1) - 1) * (column + GUTTER)
        if promise.figure is None:
            statements.append(_statement(promise.text, display, room))
        else:
            figure = measure(promise.figure, display)
            unit = measure(f"\u00a0{promise.unit}" if promise.unit else "", display)
            said = measure(promise.text, text)
            figures.append(_Figure(figure, unit, said, display.cap_height, room))

    best: Grid | None = None
    for size in sizes(*TEXT_SIZES):
        if not breaking and any(cell.breaks(size) for cell in figures):
            continue
        row = (height - (rows - 1) * ROW_GAP * size) / rows
        figure_size = min((cell.largest(size, row) for cell in figures), default=inf)
        if figure_size < FIGURE_TO_TEXT[0] * size:
            continue
        low, high = STATEMENT_TO_TEXT
        statement = largest(
            (low * size, high * size),
            partial(_all_hold, statements, RULE_GAP * size, row, breaking),
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
        grid = Grid(columns, rows, figure_size, unit_size, size, statement, tuple(sorted(wide.items())))
        if best is None or grid.worth > best.worth:
            best = grid
    return best

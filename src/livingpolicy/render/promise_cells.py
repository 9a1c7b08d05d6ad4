"""One promise of the poster in its cell: how large its type can be for the room it has.

Gaps in a cell grow with the text: each is a share of the text's size.
"""

from __future__ import annotations

from dataclasses import dataclass

from livingpolicy.fonts import FontFile
from livingpolicy.render.quotation import around_quotation
from livingpolicy.render.typeset import FILL, Measured, measure

RULE_GAP = 0.62
"""Between a rule and what it introduces; also the padding of a statement's block."""
FIGURE_GAP = 0.25
"""Between a figure's baseline and the line box of the text below it."""
LEADING = 1.17
"""Line height of the promises' text, in ems."""
STATEMENT_LEADING = 1.1

VALUE_GAP = 0.3
"""Between the last line of a promise and its measured value."""
VALUE_LEADING = 1.2
VALUE_TO_TEXT = 0.8

BESIDE_GAP = 0.9
"""Between a unit and the measured value to its right."""

UNIT_TO_TEXT = 1.12
UNIT_TO_FIGURE = 0.36


@dataclass(frozen=True, slots=True)
class Value:
    """What was measured, below a promise; it takes no room when there is none."""

    wordings: tuple[Measured, ...]
    """Every wording that it can have while the poster hangs."""
    least: float = 0.0
    """The size below which it cannot be read."""

    def size(self, text: float) -> float:
        """Return its size beside a text of size *text*."""
        return value_size(text, self.least)

    @property
    def halved(self) -> float:
        """The width in ems of a column in which every wording stands on two lines."""
        return max((wording.halved for wording in self.wordings), default=0.0) / FILL

    def height(self, text: float, width: float) -> float:
        """Return the room it needs beneath a text of size *text*: that of its longest wording."""
        if not self.wordings:
            return 0.0
        size = self.size(text)
        lines = max(wording.lines(width / size) for wording in self.wordings)
        return VALUE_GAP * text + lines * VALUE_LEADING * size

    def breaks(self, text: float, width: float) -> bool:
        """Whether a piece of it is wider than its column."""
        return any(one.widest * self.size(text) > width * FILL for one in self.wordings)


def value_size(text: float, least: float) -> float:
    """Return the size of a value below a text of size *text*: smaller, but no smaller than can be read."""
    return min(text, max(VALUE_TO_TEXT * text, least))


@dataclass(frozen=True, slots=True)
class Figure:
    """A promise with a figure: the figure and its unit on one line, the text below."""

    figure: Measured
    unit: Measured
    text: Measured
    value: Value
    cap_height: float
    width: float

    def largest(self, text: float, height: float, beside: float) -> float:
        """Return the largest figure above a text of size *text*; negative if nothing fits.

        *beside* is the width in ems of a column for values to the right of the figure; 0: the value stands
        below the text.
        """
        wide, unit = self.width * FILL, self.unit.width
        if beside and self.value.wordings:
            wide -= BESIDE_GAP * text + beside * self.value.size(text)
        by_width = min(
            (wide - unit * UNIT_TO_TEXT * text) / self.figure.width,
            wide / (self.figure.width + unit * UNIT_TO_FIGURE),
        )
        lines = self.text.lines(self.width / text) * LEADING * text
        below = lines + (0.0 if beside else self.value.height(text, self.width))
        by_height = (height - (RULE_GAP + FIGURE_GAP) * text - below) / self.cap_height
        return min(by_width, by_height)

    def breaks(self, text: float, beside: float) -> bool:
        """Whether a word of the text, or a piece of the value, is wider than its column."""
        value = not beside and self.value.breaks(text, self.width)
        return self.text.widest * text > self.width * FILL or value


@dataclass(frozen=True, slots=True)
class Statement:
    """A promise without a figure: a block of colour with the text in it."""

    text: Measured
    parts: tuple[Measured, ...]
    """What stands before the quotation, the quotation and what follows; the text alone if it has none."""
    quotation: float
    """Its width in ems on one line, or 0."""
    value: Value
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

    def holds(self, size: float, text: float, height: float, *, breaking: bool) -> bool:
        """Whether it fits beside promises whose text is *text*; *breaking*: words may be broken anywhere."""
        padding = RULE_GAP * text
        width = self.width - 2 * padding
        if not breaking and (
            max(part.widest for part in self.parts) * size > width * FILL or self.value.breaks(text, width)
        ):
            return False
        lines = self.lines(size, padding) * STATEMENT_LEADING * size
        return lines + self.value.height(text, width) + 2 * padding <= height


def block(text: str, value: Value, font: FontFile, width: float) -> Statement:
    """Measure a statement whose block is *width* wide."""
    before, quotation, after = around_quotation(text)
    if not quotation:
        whole = measure(text, font)
        return Statement(whole, (whole,), 0.0, value, width)
    whole = measure(before + quotation.replace(" ", "\u00a0") + after, font)
    parts = tuple(measure(part.strip(" "), font) for part in (before, quotation, after) if part.strip(" "))
    return Statement(whole, parts, measure(quotation, font).width, value, width)

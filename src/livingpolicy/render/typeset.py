"""How wide and how many lines a text is in a font. Widths are in ems, sizes in the caller's unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from math import ceil

from livingpolicy.fonts import FontFile

FILL = 0.98
"""How much of a line may be filled: browsers round, and differ a little in how they space letters."""

SOFT_HYPHEN = "\u00ad"

_TIED = re.compile(r"[^\W\d_]{1,2}|[0-9]+(?:[.,][0-9]+)?|[”“„»’][^\W_]{1,3}")
"""A word of one or two letters, a number, or a short word that begins a quotation."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A text in a font, measured once and then asked at many sizes."""

    words: tuple[float, ...]
    """Width of each piece between blanks."""
    space: float
    parts: tuple[tuple[float, ...], ...] = ()
    """Of each piece the parts between soft hyphens; empty if there is none in the text."""
    hyphen: float = 0.0

    @property
    def width(self) -> float:
        """The width on one line."""
        return sum(self.words) + self.space * max(0, len(self.words) - 1)

    @property
    def widest(self) -> float:
        """The width of the longest piece that is not broken, with its hyphen."""
        if not self.parts:
            return max(self.words, default=0.0)
        return max(
            part + (self.hyphen if number < len(parts) else 0.0)
            for parts in self.parts
            for number, part in enumerate(parts, 1)
        )

    @property
    def halved(self) -> float:
        """The width of the narrowest column in which it stands on two lines."""
        places = range(1, len(self.words) + 1)
        halves = ((self.words[:place], self.words[place:]) for place in places)
        return min(
            (max(sum(half) + self.space * max(0, len(half) - 1) for half in pair) for pair in halves),
            default=0.0,
        )

    def lines(self, width: float) -> int:
        """Return how many lines are needed when a line is *width* ems wide.

        A word wider than a line is broken anywhere, as the style sheet allows.
        """
        limit = max(width * FILL, 0.1)
        count, filled = 0, limit
        for number, word in enumerate(self.words):
            if filled + self.space + word <= limit:
                filled += self.space + word
                continue
            parts = self.parts[number] if self.parts else (word,)
            gap = self.space
            for place, part in enumerate(parts, 1):
                hyphen = self.hyphen if place < len(parts) else 0.0
                if len(parts) > 1 and filled + gap + part + hyphen <= limit:
                    filled += gap + part
                else:
                    count += max(1, ceil((part + hyphen) / limit))
                    filled = min(part, limit)
                gap = 0.0
        return count


def measure(text: str, font: FontFile) -> Measured:
    """Measure *text*; it may be broken at spaces, not at NBSP, and where it has soft hyphens."""
    words = text.split(" ")
    parts: tuple[tuple[float, ...], ...] = ()
    if SOFT_HYPHEN in text:
        parts = tuple(tuple(font.width(part) for part in word.split(SOFT_HYPHEN)) for word in words)
    return Measured(
        tuple(font.width(word) for word in words), font.width(" "), parts, font.width("-") if parts else 0.0
    )


def sizes(smallest: float, largest: float, step: float = 0.1) -> Iterator[float]:
    """Yield sizes from *largest* down to *smallest*, both included."""
    for number in range(round((largest - smallest) / step) + 1):
        yield round(largest - number * step, 3)


def largest(bounds: tuple[float, float], fits: Callable[[float], bool]) -> float | None:
    """Return the largest size within *bounds* (smallest, largest) that *fits*, or None."""
    return next((size for size in sizes(*bounds) if fits(size)), None)


def keep_together(text: str) -> str:
    """Return *text* with short words tied to the next: a line does not end with "i", "24" or "”det".

    The first word is left alone, and so is one that another is already tied to.

    >>> keep_together("till svar i telefon").replace(chr(0xA0), "_")
    'till svar i_telefon'
    """
    words = text.split(" ")
    tied, joint = words[0], " "
    for word in words[1:]:
        tied += joint + word
        joint = "\u00a0" if joint == " " and _TIED.fullmatch(word) else " "
    return tied

"""Blocks, and the units of comparison in them: a sentence, a heading, a table, a piece of code."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from livingpolicy.diff.passage import Passage
from livingpolicy.diff.tokens import Token
from livingpolicy.diff.values import Shape


@dataclass(frozen=True, slots=True, eq=False)
class TextBlock:
    """A block with the words in it."""

    shape: Shape
    level: int
    passage: Passage

    @property
    def words(self) -> tuple[Token, ...]:
        """The words, whatever sentences they make."""
        return self.passage.words


@dataclass(frozen=True, eq=False)
class TableBlock:
    """A table; every row has as many cells as the first, which holds the headings."""

    rows: tuple[tuple[Passage, ...], ...]

    @cached_property
    def passage(self) -> Passage:
        """The words of all cells."""
        cells = chain.from_iterable(self.rows)
        return Passage(tuple(chain.from_iterable(cell.words for cell in cells)))

    @cached_property
    def key(self) -> str:
        """What it reads, cell by cell."""
        return "table " + "\x1e".join("\x1d".join(cell.reading for cell in row) for row in self.rows)


class Unit(NamedTuple):
    """What is unchanged, deleted, inserted, revised or moved as one."""

    block: int
    """Index of its block."""
    shape: Shape | None
    """None for a table."""
    passage: Passage
    """Of a table the words of all cells."""
    key: str
    """Units with the same key read the same, whatever they look like."""


@lru_cache(maxsize=16)  # the wording after one change is the wording before the next
def units(blocks: tuple[TextBlock | TableBlock, ...]) -> tuple[Unit, ...]:
    """Return the units of *blocks* in reading order."""
    found: list[Unit] = []
    for number, block in enumerate(blocks):
        if isinstance(block, TableBlock):
            found.append(Unit(number, None, block.passage, block.key))
        elif block.shape is Shape.CODE:
            key = "".join(token.text for token in block.words)
            found.append(Unit(number, block.shape, block.passage, f"code {key}"))
        elif block.shape is Shape.HEADING:
            found.append(_unit(number, block.shape, block.passage))
        else:
            found += [_unit(number, block.shape, sentence) for sentence in block.passage.sentences]
    return tuple(found)


def _unit(block: int, shape: Shape, passage: Passage) -> Unit:
    return Unit(block, shape, passage, f"text {passage.reading}")

"""The units of comparison: a sentence, a heading, a table, a piece of code; each knows its block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain

from livingpolicy.diff.blocks import TableBlock, TextBlock
from livingpolicy.diff.tokens import Token, sentences
from livingpolicy.diff.values import Shape


@dataclass(frozen=True, slots=True)
class Unit:
    """What is unchanged, deleted, inserted, revised or moved as one."""

    block: int
    """Index of its block."""
    shape: Shape | None
    """None for a table."""
    words: tuple[Token, ...]
    """Of a table the words of all cells."""
    key: str
    """Units with the same key read the same, whatever they look like."""


def units(blocks: Sequence[TextBlock | TableBlock]) -> list[Unit]:
    """Return the units of *blocks* in reading order."""
    found: list[Unit] = []
    for number, block in enumerate(blocks):
        if isinstance(block, TableBlock):
            cells = tuple(chain.from_iterable(chain.from_iterable(block.rows)))
            key = "\x1e".join("\x1d".join(reading(cell) for cell in row) for row in block.rows)
            found.append(Unit(number, None, cells, f"table {key}"))
        elif block.shape is Shape.CODE:
            key = "".join(token.text for token in block.words)
            found.append(Unit(number, block.shape, block.words, f"code {key}"))
        elif block.shape is Shape.HEADING:
            found.append(_unit(number, block.shape, block.words))
        else:
            found += [_unit(number, block.shape, words) for words in sentences(list(block.words))]
    return found


def _unit(block: int, shape: Shape, words: Sequence[Token]) -> Unit:
    words = (replace(words[0], spaced=False), *words[1:])
    return Unit(block, shape, words, f"text {reading(words)}")


def reading(words: Sequence[Token]) -> str:
    """Return what *words* say, to tell whether others say the same."""
    return "\x1f".join((" " if token.spaced else "") + token.key for token in words)

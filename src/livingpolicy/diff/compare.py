"""The difference between two wordings of a section, as a reader of both would tell it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import count

from livingpolicy.diff.blocks import blocks, title
from livingpolicy.diff.inline import Names, read
from livingpolicy.diff.layout import Entry, Place, layout
from livingpolicy.diff.matching import matching
from livingpolicy.diff.passage import Passage, joined
from livingpolicy.diff.tables import compare_tables, revise, table
from livingpolicy.diff.units import TableBlock, TextBlock, Unit, units
from livingpolicy.diff.values import (
    Block,
    Change,
    Difference,
    Fact,
    Mark,
    Piece,
    Shape,
    Table,
    Wording,
)
from livingpolicy.diff.words import runs

NOTHING = Wording("")
"""The wording before a section was written, and after it is gone."""


def difference(before: Wording, after: Wording) -> Difference:
    """Return what a reader would notice who knows *before* and reads *after*.

    Form is no difference: wrapping, emphasis, list markers, the style of quotation marks and dashes, escapes.
    Takes time in proportion to the length of ordinary text; never raises.
    """
    moves = count(1)
    return Difference(
        title=revise(title(before), title(after)),
        facts=tuple(_facts(before, after, moves)),
        parts=tuple(_Blocks(blocks(before), blocks(after), moves).parts()),
    )


def _facts(before: Wording, after: Wording, moves: Iterator[int]) -> Iterator[Fact]:
    """Yield the facts that changed."""
    for name in dict.fromkeys([*after.facts, *before.facts]):
        old, new = (_lines(wording.facts.get(name, ()), wording.targets) for wording in (before, after))
        if len(old) == len(new) == 1:
            pieces = [revise(old[0].passage, new[0].passage)]
        else:
            parts = _Blocks(old, new, moves).parts()
            pieces = [piece for part in parts for piece in _pieces(part)]
        if any(piece.change is not Change.UNCHANGED for piece in pieces):
            yield Fact(name, tuple(pieces))


def _pieces(part: Block | Table) -> Iterator[Piece]:
    if isinstance(part, Block):
        yield from (piece for piece in part.pieces if isinstance(piece, Piece))


def _lines(lines: Sequence[str], targets: Mapping[str, str]) -> tuple[TextBlock, ...]:
    names = Names({}, targets)
    return tuple(TextBlock(Shape.HEADING, 0, read(line, names)) for line in lines)


class _Blocks:
    """The blocks of both wordings."""

    def __init__(
        self,
        old: tuple[TextBlock | TableBlock, ...],
        new: tuple[TextBlock | TableBlock, ...],
        moves: Iterator[int],
    ) -> None:
        self.old_blocks, self.new_blocks, self.moves = old, new, moves
        self.old, self.new = units(old), units(new)
        self.pairs = matching(self.old, self.new)
        self.numbers = {pair.i: next(moves) for pair in self.pairs if pair.moved}

    def parts(self) -> Iterator[Block | Table]:
        """Yield them in one reading order."""
        return (self._part(place) for place in layout(self.old, self.new, self.pairs))

    def _part(self, place: Place) -> Block | Table:
        if place.after is not None:
            block = self.new_blocks[place.after]
        else:
            block = self.old_blocks[place.before or 0]
        if isinstance(block, TableBlock):
            return self._table(block, place.entries[0])
        pieces = tuple(self._piece(entry) for entry in place.entries)
        changes = {piece.change for piece in pieces}
        return Block(block.shape, block.level, changes.pop() if len(changes) == 1 else Change.REVISED, pieces)

    def _table(self, block: TableBlock, entry: Entry) -> Table:
        pair = entry.pair
        if pair is None:
            return table(block, Change.INSERTED if entry.i is None else Change.DELETED)
        move = self.numbers.get(pair.i)
        if entry.i is not None:
            return table(block, Change.LEFT, move)
        if pair.comparison is None:
            return table(block, Change.MOVED if pair.moved else Change.UNCHANGED, move)
        old = self.old_blocks[self.old[pair.i].block]
        assert isinstance(old, TableBlock)  # noqa: S101 (tables are paired with tables; for the type checker)
        told = compare_tables(old, block, self.moves)
        return Table(Change.MOVED, told.headings, told.rows, move) if pair.moved else told

    def _piece(self, entry: Entry) -> Piece:
        pair = entry.pair
        if entry.i is not None:
            gone = self.old[entry.i].passage.drawn(Mark.DELETED)
            return Piece(Change.LEFT, gone, self.numbers[pair.i]) if pair else Piece(Change.DELETED, gone)
        if pair is None:
            return Piece(Change.INSERTED, self.new[entry.j or 0].passage.drawn(Mark.INSERTED))
        new = _joined(self.new[pair.j : pair.j_end])
        if pair.comparison is None:
            told = new.kept
        else:
            told = runs(pair.comparison.spans, _joined(self.old[pair.i : pair.i_end]), new)
        if pair.moved:
            return Piece(Change.MOVED, told, self.numbers[pair.i])
        return Piece(Change.REVISED if pair.comparison else Change.UNCHANGED, told)


def _joined(units: Sequence[Unit]) -> Passage:
    return joined([unit.passage for unit in units])

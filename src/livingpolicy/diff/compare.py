"""The difference between two wordings of a section, as a reader of both would tell it."""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from livingpolicy.diff.blocks import TableBlock, blocks, title_words
from livingpolicy.diff.layout import Entry, Place, layout
from livingpolicy.diff.matching import joined_words, matching
from livingpolicy.diff.tables import compare_tables, revise, table
from livingpolicy.diff.units import units
from livingpolicy.diff.values import Block, Change, Difference, Mark, Part, Piece, Table, Wording
from livingpolicy.diff.words import runs, whole

NOTHING = Wording("")
"""The wording before a section was written, and after it is gone."""


def difference(before: Wording, after: Wording) -> Difference:
    """Return what a reader would notice who knows *before* and reads *after*.

    Form is no difference: wrapping, emphasis, list markers, the style of quotation marks and dashes, escapes.
    Takes time in proportion to the length of ordinary text; never raises.
    """
    return _Difference(before, after).told()


class _Difference:
    def __init__(self, before: Wording, after: Wording) -> None:
        self.title = revise(title_words(before), title_words(after))
        self.old_blocks, self.new_blocks = blocks(before), blocks(after)
        self.old, self.new = units(self.old_blocks), units(self.new_blocks)
        self.moves = count(1)

    def told(self) -> Difference:
        pairs = matching(self.old, self.new)
        self.numbers = {pair.i: next(self.moves) for pair in pairs if pair.moved}
        return Difference(self.title, tuple(self._part(place) for place in layout(self.old, self.new, pairs)))

    def _part(self, place: Place) -> Part:
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
        return replace(told, change=Change.MOVED, move=move) if pair.moved else told

    def _piece(self, entry: Entry) -> Piece:
        pair = entry.pair
        if entry.i is not None:
            words = whole(Mark.DELETED, self.old[entry.i].words)
            return Piece(Change.LEFT, words, self.numbers[pair.i]) if pair else Piece(Change.DELETED, words)
        if pair is None:
            return Piece(Change.INSERTED, whole(Mark.INSERTED, self.new[entry.j or 0].words))
        new = joined_words(self.new[pair.j : pair.j_end])
        if pair.comparison is None:
            told = whole(Mark.EQUAL, new)
        else:
            told = runs(pair.comparison.spans, joined_words(self.old[pair.i : pair.i_end]), new)
        if pair.moved:
            return Piece(Change.MOVED, told, self.numbers[pair.i])
        return Piece(Change.REVISED if pair.comparison else Change.UNCHANGED, told)

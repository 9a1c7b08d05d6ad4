"""Compare two tables column by column and row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import chain

from livingpolicy.diff.layout import layout
from livingpolicy.diff.matching import matching
from livingpolicy.diff.passage import Passage
from livingpolicy.diff.units import TableBlock, Unit
from livingpolicy.diff.values import Change, Mark, Piece, Row, Shape, Table
from livingpolicy.diff.words import compare_words, runs

Cells = tuple[Passage, ...]

_CELL = "\x1d"
_SAME_COLUMN = 0.5
"""A column under another heading is the same when so many of its cells are."""


@dataclass(frozen=True, slots=True)
class Column:
    """Where a column stood and where it stands; None on the side on which it does not exist."""

    old: int | None
    new: int | None
    moved: bool = False


_MARKS = {Change.INSERTED: Mark.INSERTED, Change.DELETED: Mark.DELETED, Change.LEFT: Mark.DELETED}


def table(block: TableBlock, change: Change, move: int | None = None) -> Table:
    """Return a table of which all came, went, moved or stayed."""
    mark = _MARKS.get(change, Mark.EQUAL)
    headings, *rows = [tuple(Piece(change, cell.drawn(mark)) for cell in row) for row in block.rows]
    return Table(change, headings, tuple(Row(change, cells) for cells in rows), move)


def compare_tables(before: TableBlock, after: TableBlock, moves: Iterator[int]) -> Table:
    """Lay two tables against one another; *moves* gives a fresh number for every moved row."""
    columns = _columns(before.rows, after.rows)
    headings = tuple(
        replace(piece, change=Change.MOVED) if column.moved and piece.change is Change.UNCHANGED else piece
        for column in columns
        for piece in [_cell(before.rows[0], after.rows[0], column)]
    )
    return Table(Change.REVISED, headings, tuple(_rows(before.rows[1:], after.rows[1:], columns, moves)))


def revise(old: Passage, new: Passage) -> Piece:
    """Return the words that stood and those that stand in the same cell or title."""
    if old is new or old.reading == new.reading:
        return Piece(Change.UNCHANGED, new.kept)
    if not old.words:
        return Piece(Change.REVISED, new.drawn(Mark.INSERTED))
    if not new.words:
        return Piece(Change.REVISED, old.drawn(Mark.DELETED))
    comparison = compare_words(old, new)
    if not comparison.legible:
        return Piece(Change.REVISED, old.drawn(Mark.DELETED) + new.drawn(Mark.INSERTED))
    return Piece(Change.REVISED, runs(comparison.spans, old, new))


def _rows(
    before: Sequence[Cells], after: Sequence[Cells], columns: list[Column], moves: Iterator[int]
) -> Iterator[Row]:
    shared = [column for column in columns if column.old is not None and column.new is not None]
    olds = [_unit(number, row, [column.old or 0 for column in shared]) for number, row in enumerate(before)]
    news = [_unit(number, row, [column.new or 0 for column in shared]) for number, row in enumerate(after)]
    pairs = matching(*_by_name(olds, news))
    numbers = {pair.i: next(moves) for pair in pairs if pair.moved}
    for place in layout(olds, news, pairs):
        for entry in place.entries:
            if entry.i is not None:
                change = Change.LEFT if entry.pair else Change.DELETED
                yield Row(change, _single(before[entry.i], columns, change), numbers.get(entry.i))
            elif entry.pair is None:
                yield Row(Change.INSERTED, _single(after[entry.j or 0], columns, Change.INSERTED))
            else:
                pair = entry.pair
                cells = tuple(_cell(before[pair.i], after[pair.j], column) for column in columns)
                change = Change.MOVED if pair.moved else Change.UNCHANGED
                if not pair.moved and any(cell.change is not Change.UNCHANGED for cell in cells):
                    change = Change.REVISED
                yield Row(change, cells, numbers.get(pair.i) if pair.moved else None)


def _unit(number: int, row: Cells, columns: list[int]) -> Unit:
    cells = tuple(row[column] for column in columns)
    return Unit(number, Shape.ITEM, _row(cells), _CELL.join(cell.reading for cell in cells))


@lru_cache(maxsize=512)  # from one wording to the next most rows stay
def _row(cells: Cells) -> Passage:
    """Return the words of a row; its first cell, its heading, says as much as all the others."""
    if not cells:
        return Passage(())
    first, *others = cells
    rest = sum(chain.from_iterable(cell.weights for cell in others))
    factor = max(1.0, rest / max(first.weight, 0.1))
    heading = (replace(token, weight=token.weight * factor) for token in first.words)
    return Passage((*heading, *chain.from_iterable(cell.words for cell in others)))


def _by_name(olds: list[Unit], news: list[Unit]) -> tuple[list[Unit], list[Unit]]:
    """Let rows whose first cell no other row of their table has be known by that, whatever else they say."""
    counts = [Counter(_name(unit) for unit in units) for units in (olds, news)]

    def named(unit: Unit) -> Unit:
        name = _name(unit)
        # A bare number counts the rows: it says nothing of which row it is.
        if not name or name.isdigit() or any(count[name] > 1 for count in counts):
            return unit
        return Unit(unit.block, unit.shape, unit.passage, f"name {name}")

    return [named(unit) for unit in olds], [named(unit) for unit in news]


def _name(unit: Unit) -> str:
    return unit.key.partition(_CELL)[0]


def _cell(old: Cells, new: Cells, column: Column) -> Piece:
    if column.new is None:
        return Piece(Change.DELETED, old[column.old or 0].drawn(Mark.DELETED))
    if column.old is None:
        return Piece(Change.INSERTED, new[column.new].drawn(Mark.INSERTED))
    return revise(old[column.old], new[column.new])


def _single(row: Cells, columns: list[Column], change: Change) -> tuple[Piece, ...]:
    """Return the cells of a row of which only one side exists."""
    mark = Mark.INSERTED if change is Change.INSERTED else Mark.DELETED
    places = [column.new if change is Change.INSERTED else column.old for column in columns]
    return tuple(
        Piece(change, row[place].drawn(mark)) if place is not None else Piece(Change.UNCHANGED, ())
        for place in places
    )


def _columns(before: Sequence[Cells], after: Sequence[Cells]) -> list[Column]:
    """Return the columns of both tables in reading order."""
    pairs: dict[int, int] = {}
    headings = [cell.reading for cell in after[0]]
    for old, cell in enumerate(before[0]):
        free = [
            new
            for new, heading in enumerate(headings)
            if heading == cell.reading and new not in pairs.values()
        ]
        if free:
            pairs[old] = free[0]
    olds = [old for old in range(len(before[0])) if old not in pairs]
    news = [new for new in range(len(after[0])) if new not in pairs.values()]
    likes = [
        (_column_likeness(before, old, after, new), -abs(old - new), -old, -new)
        for old in olds
        for new in news
    ]
    for likeness, _, minus_old, minus_new in sorted(likes, reverse=True):
        old, new = -minus_old, -minus_new
        same_place = len(before[0]) == len(after[0]) and old == new
        if old not in pairs and new not in pairs.values() and (likeness >= _SAME_COLUMN or same_place):
            pairs[old] = new
    return _ordered(pairs, len(before[0]), len(after[0]))


def _column_likeness(before: Sequence[Cells], old: int, after: Sequence[Cells], new: int) -> float:
    here = {row[old].reading for row in before[1:]}
    there = {row[new].reading for row in after[1:]}
    return len(here & there) / max(len(here | there), 1)


def _ordered(pairs: dict[int, int], olds: int, news: int) -> list[Column]:
    """Return the columns in the order of the later table, those that are gone after their old neighbour."""
    came_from = {new: old for old, new in pairs.items()}
    ranks = {new: rank for rank, new in enumerate(sorted(came_from))}
    old_ranks = {old: rank for rank, old in enumerate(sorted(pairs))}
    found: list[Column] = []
    gone = [old for old in range(olds) if old not in pairs]
    for new in range(news):
        old = came_from.get(new)
        if old is not None:
            found += [Column(place, None) for place in gone if place < old]
            gone = [place for place in gone if place >= old]
        found.append(Column(old, new, moved=old is not None and old_ranks[old] != ranks[new]))
    return found + [Column(place, None) for place in gone]

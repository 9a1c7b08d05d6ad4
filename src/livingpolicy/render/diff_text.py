"""A difference in plain text, `[-gone-] {+new+}`; on a terminal the same in colours."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING

from livingpolicy.diff import Block, Change, Difference, Gap, Mark, Piece, Role, Row, Shape, Table
from livingpolicy.diff.strokes import Stroke, strokes
from livingpolicy.language import Catalogue

if TYPE_CHECKING:
    from rich.console import Console

Fragment = tuple[str, str]
"""Text, and the style of `rich` to show it in."""

GONE, NEW, MOVED, FAINT = "red", "green", "cyan", "dim"
_MARKS = {Mark.EQUAL: ("", "", ""), Mark.DELETED: ("[-", "-]", GONE), Mark.INSERTED: ("{+", "+}", NEW)}
_CELLS = " │ "


def plain(difference: Difference, words: Catalogue) -> str:
    """Return the difference as text, every line ended."""
    return "".join(text for text, _ in fragments(difference, words))


def show(difference: Difference, words: Catalogue, console: Console) -> None:
    """Print the difference on *console*."""
    from rich.text import Text

    console.print(Text.assemble(*fragments(difference, words)), end="")


def fragments(difference: Difference, words: Catalogue) -> Iterator[Fragment]:
    """Yield the difference piece by piece; the title only when it changed."""
    if difference.title.change is not Change.UNCHANGED:
        yield words.text("diff.title-was"), FAINT
        yield " ", ""
        yield from _piece(difference.title, words)
        yield "\n", ""
    for fact in difference.facts:
        yield f"{words.text(f'diff.fact.{fact.name}').capitalize()}:", FAINT
        for line in fact.lines:
            yield ("\n• " if len(fact.lines) > 1 else " "), ""
            yield from _piece(line, words)
        yield "\n", ""
    for part in difference.parts:
        if isinstance(part, Gap):
            yield from _gap(part, words)
        elif isinstance(part, Block):
            yield from _block(part, words)
        else:
            yield from _table(part, words)
        yield "\n", ""


def _block(block: Block, words: Catalogue) -> Iterator[Fragment]:
    match block.shape:
        case Shape.ITEM:
            yield f"{'  ' * (block.level - 1)}• ", ""
        case Shape.QUOTE:
            yield "  ", ""
        case _:
            pass
    for number, piece in enumerate(block.pieces):
        if number:
            yield " ", ""
        yield from _gap(piece, words) if isinstance(piece, Gap) else _piece(piece, words)


def _table(table: Table, words: Catalogue) -> Iterator[Fragment]:
    yield from _cells(table.headings, words)
    for row in table.rows:
        yield "\n", ""
        if isinstance(row, Gap):
            yield from _gap(row, words)
        else:
            yield from _row(row, words)


def _row(row: Row, words: Catalogue) -> Iterator[Fragment]:
    if row.change is Change.LEFT:
        yield from _left(row.cells[0], words)
        return
    if row.change is Change.MOVED:
        yield f"{words.text('diff.moved-here')} ", MOVED
    yield from _cells(row.cells, words)


def _cells(cells: tuple[Piece, ...], words: Catalogue) -> Iterator[Fragment]:
    for number, cell in enumerate(cells):
        if number:
            yield _CELLS, FAINT
        yield from _piece(cell, words)


def _piece(piece: Piece, words: Catalogue) -> Iterator[Fragment]:
    if piece.change is Change.LEFT:
        yield from _left(piece, words)
        return
    if piece.change is Change.MOVED:
        yield f"{words.text('diff.moved-here')} ", MOVED
    for stroke in strokes(piece.visible):
        opened, closed, style = _MARKS[stroke.mark]
        yield f"{opened}{_shown(stroke, words)}{closed}", style


def _shown(stroke: Stroke, words: Catalogue) -> str:
    if stroke.role is Role.TEXT:
        return stroke.text
    return f"({words.text(f'diff.{stroke.role.value}.shown', address=stroke.text)})"


def _left(piece: Piece, words: Catalogue) -> Iterator[Fragment]:
    start = textwrap.shorten(piece.before, 30, placeholder=" …")
    yield f"({words.text('diff.moved-away')} {start})", MOVED


def _gap(gap: Gap, words: Catalogue) -> Iterator[Fragment]:
    yield f"[… {words.count('diff.unchanged', gap.count)}]", FAINT

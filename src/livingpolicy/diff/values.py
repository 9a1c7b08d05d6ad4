"""What a difference is made of: values that any renderer can draw, without markup or language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Wording:
    """A section as it read at one moment."""

    text: str
    """Markdown of the body."""
    title: str = ""
    """The heading, inline Markdown as written."""
    targets: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """What `{{ target.ID }}` prints, by id; a target that is not here stands as it was written."""
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    """Lines of what stands beside the text, by name: {"promise": ("Vi svarar samma dag.",)}."""


class Mark(StrEnum):
    """Which of the two wordings a run of words stands in."""

    EQUAL = "equal"
    """In both."""
    DELETED = "deleted"
    INSERTED = "inserted"


class Role(StrEnum):
    """What the words of a run are to the reader."""

    TEXT = "text"
    LINK = "link"
    """Where the link before it leads."""
    IMAGE = "image"
    """Which picture stands here."""


class Change(StrEnum):
    """What happened to a sentence, a cell, a row or a block."""

    UNCHANGED = "unchanged"
    INSERTED = "inserted"
    DELETED = "deleted"
    REVISED = "revised"
    """Its runs say how."""
    MOVED = "moved"
    """It stood elsewhere; its runs say what else changed."""
    LEFT = "left"
    """It stood here; the `MOVED` with the same number says where it stands now."""


class Shape(StrEnum):
    """How a block looks. A change of shape alone is no change."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Run:
    """Words with the same fate. `EQUAL` words are written as they stand in the later wording."""

    mark: Mark
    text: str
    """The blanks between words included, so that runs are drawn one after the other."""
    role: Role = Role.TEXT


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence, a title or a table cell."""

    change: Change
    runs: tuple[Run, ...]
    move: int | None = None
    """Joins the two ends of a move."""

    @property
    def visible(self) -> tuple[Run, ...]:
        """The runs to draw: where a link leads is told only when that, or the words around it, changed."""
        if self.change not in {Change.REVISED, Change.MOVED}:
            return tuple(run for run in self.runs if run.role is not Role.LINK)
        return tuple(run for run in self.runs if run.role is not Role.LINK or run.mark is not Mark.EQUAL)

    @property
    def before(self) -> str:
        """The words as they stood."""
        return _words(self.runs, Mark.INSERTED)

    @property
    def after(self) -> str:
        """The words as they stand."""
        return _words(self.runs, Mark.DELETED)


@dataclass(frozen=True, slots=True)
class Gap:
    """Unchanged sentences, rows or blocks that are left out."""

    count: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a list item, a heading, a quotation or a piece of code."""

    shape: Shape
    level: int
    """Depth of the list or quotation (1 is the outermost), level of the heading; 0 for other blocks."""
    change: Change
    pieces: tuple[Piece | Gap, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table, with a cell for every column of `Table.headings`."""

    change: Change
    cells: tuple[Piece, ...]
    move: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the columns of both wordings; the change of a heading tells of its column."""

    change: Change
    headings: tuple[Piece, ...]
    rows: tuple[Row | Gap, ...]
    move: int | None = None


Part: TypeAlias = Block | Table | Gap


@dataclass(frozen=True, slots=True)
class Fact:
    """Something beside the text that changed: the promise, the steps, the owner."""

    name: str
    """The key of `Wording.facts`."""
    lines: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Everything that a reader of both wordings would notice, in reading order."""

    title: Piece
    parts: tuple[Part, ...]
    facts: tuple[Fact, ...] = ()
    """Only those that changed."""

    @property
    def changed(self) -> bool:
        """Whether a reader would notice anything."""
        return any(piece.change is not Change.UNCHANGED for piece in self.pieces)

    @property
    def pieces(self) -> Iterator[Piece]:
        """Every sentence and cell, the title first, then what stands beside the text."""
        yield self.title
        for fact in self.facts:
            yield from fact.lines
        for part in self.parts:
            if isinstance(part, Block):
                yield from (piece for piece in part.pieces if isinstance(piece, Piece))
            elif isinstance(part, Table):
                yield from part.headings
                for row in part.rows:
                    if isinstance(row, Row):
                        yield from row.cells


def _words(runs: tuple[Run, ...], without: Mark) -> str:
    return "".join(run.text for run in runs if run.mark is not without and run.role is Role.TEXT)

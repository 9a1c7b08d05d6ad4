"""A difference in HTML: `<ins>` and `<del>` that are also said in words, lists as lists, tables as tables.

A site has thousands of them. They are written here and not by a template, which would take ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import groupby

from markupsafe import Markup, escape

from livingpolicy.diff import Block, Change, Difference, Fact, Gap, Mark, Part, Piece, Role, Row, Shape, Table
from livingpolicy.diff.strokes import Stroke, strokes
from livingpolicy.language import catalogue

_LONGEST_LEFT = 40
"""Characters of a sentence that are quoted where it stood before it moved."""
_NEARLY = 5
"""So many more are not worth the dots."""

_AROUND = {
    Shape.QUOTE: ('<blockquote class="lp-diff__quote"><p>', "</p></blockquote>\n"),
    Shape.CODE: ('<pre class="lp-diff__code"><code>', "</code></pre>\n"),
    Shape.HEADING: ('<p class="lp-diff__heading">', "</p>\n"),
    Shape.PARAGRAPH: ("<p>", "</p>\n"),
}
"""What stands before and after the words of a block."""


def difference_html(difference: Difference, language: str) -> Markup:
    """Return the difference as block elements in `<div class="lp-diff">`; the title only when it changed."""
    return Markup("".join(_writer(language).lines(difference)))  # noqa: S704 (every text is escaped)


@lru_cache
def _writer(language: str) -> _Writer:
    return _Writer(language)


class _Writer:
    """Writes in one language; every method returns HTML."""

    def __init__(self, language: str) -> None:
        self.words = catalogue(language)
        self.deleted, self.inserted = (
            f'<{tag} class="lp-diff__{tag}"><span class="lp-hidden">{self.text(f"diff.{mark.value}")} </span>'
            for tag, mark in (("del", Mark.DELETED), ("ins", Mark.INSERTED))
        )
        self.moved_here = f'<span class="lp-diff__note">{self.text("diff.moved-here")}</span> '

    def text(self, key: str) -> str:
        return str(escape(self.words.text(key)))

    def lines(self, difference: Difference) -> Iterator[str]:
        yield '<div class="lp-diff">\n'
        if difference.title.change is not Change.UNCHANGED:
            note = f'<span class="lp-diff__note">{self.text("diff.title-was")}</span>'
            yield f'<p class="lp-diff__title">{note} {self.piece(difference.title)}</p>\n'
        for fact in difference.facts:
            yield self.fact(fact)
        for items, parts in groupby(difference.parts, key=_is_item):
            if items:
                yield self.list(parts)
            else:
                yield from map(self.part, parts)
        yield "</div>\n"

    def fact(self, fact: Fact) -> str:
        name = escape(self.words.text(f"diff.fact.{fact.name}").capitalize())
        note = f'<p class="lp-diff__fact"><span class="lp-diff__note">{name}:</span>'
        if len(fact.lines) == 1:
            return f"{note} {self.piece(fact.lines[0])}</p>\n"
        lines = "".join(f'<li class="lp-diff__item">{self.piece(line)}</li>\n' for line in fact.lines)
        return f'{note}</p>\n<ul class="lp-diff__list">\n{lines}</ul>\n'

    def list(self, items: Iterator[Part]) -> str:
        """Return list items that follow one another as one list."""
        lines = "".join(
            f'<li class="lp-diff__item lp-diff__item--{item.level}">{self.pieces(item)}</li>\n'
            for item in items
            if isinstance(item, Block)
        )
        return f'<ul class="lp-diff__list">\n{lines}</ul>\n'

    def part(self, part: Part) -> str:
        if isinstance(part, Gap):
            return f"<p>{self.gap(part)}</p>\n"
        if isinstance(part, Table):
            return self.table(part)
        before, after = _AROUND[part.shape]
        return f"{before}{self.pieces(part)}{after}"

    def table(self, table: Table) -> str:
        headings = "".join(f'<th scope="col">{self.piece(cell)}</th>' for cell in table.headings)
        rows = "".join(f"<tr>{self.row(row, len(table.headings))}</tr>\n" for row in table.rows)
        head = f"<thead><tr>{headings}</tr></thead>"
        return f'<table class="lp-table lp-diff__table">\n{head}\n<tbody>\n{rows}</tbody>\n</table>\n'

    def row(self, row: Row | Gap, columns: int) -> str:
        if isinstance(row, Gap):
            return f'<td colspan="{columns}">{self.gap(row)}</td>'
        if row.change is Change.LEFT:
            return f'<td colspan="{columns}">{self.left(row.cells[0])}</td>'
        note = self.moved_here if row.change is Change.MOVED else ""
        return f"<td>{note}{'</td><td>'.join(map(self.strokes, row.cells))}</td>"

    def pieces(self, block: Block) -> str:
        return " ".join(
            [self.gap(piece) if isinstance(piece, Gap) else self.piece(piece) for piece in block.pieces]
        )

    def piece(self, piece: Piece) -> str:
        if piece.change is Change.LEFT:
            return self.left(piece)
        if piece.change is Change.MOVED:
            return f'<span class="lp-diff__moved">{self.moved_here}{self.strokes(piece)}</span>'
        return self.strokes(piece)

    def left(self, piece: Piece) -> str:
        """Return what tells that a sentence or a row stood here."""
        quoted = escape(_shortened(piece.before))
        return f'<span class="lp-diff__left">({self.text("diff.moved-away")} {quoted})</span>'

    def gap(self, gap: Gap) -> str:
        count = escape(self.words.count("diff.unchanged", gap.count))
        return f'<span class="lp-diff__gap">… {count}</span>'

    def strokes(self, piece: Piece) -> str:
        if piece.change is Change.UNCHANGED and len(piece.runs) == 1 and piece.runs[0].role is Role.TEXT:
            return str(escape(piece.runs[0].text))  # most of what a site shows
        return "".join([self.stroke(stroke) for stroke in strokes(piece.visible)])

    def stroke(self, stroke: Stroke) -> str:
        shown: str = escape(stroke.text)
        if stroke.role is not Role.TEXT:
            text = self.words.text(f"diff.{stroke.role.value}.shown", address=stroke.text)
            shown = f"({escape(text)})"
        if stroke.mark is Mark.DELETED:
            return f"{self.deleted}{shown}</del>"
        if stroke.mark is Mark.INSERTED:
            return f"{self.inserted}{shown}</ins>"
        return shown


def _is_item(part: Part) -> bool:
    return isinstance(part, Block) and part.shape is Shape.ITEM


def _shortened(text: str) -> str:
    """Return the beginning of *text*, cut between words."""
    if len(text) <= _LONGEST_LEFT + _NEARLY:
        return text
    return f"{text[: _LONGEST_LEFT - 3].rsplit(' ', 1)[0]}..."

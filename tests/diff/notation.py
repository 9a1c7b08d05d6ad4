"""A difference in a notation for tests: `[-gone-]`, `{+new+}`, `<1: moved here>`, `<1 was here>`."""

from __future__ import annotations

from livingpolicy.diff import Block, Change, Difference, Gap, Mark, Piece, Role, Row, Shape, Table

_MARKS = {Mark.EQUAL: "{}", Mark.DELETED: "[-{}-]", Mark.INSERTED: "{{+{}+}}"}
_SHAPES = {Shape.ITEM: "- ", Shape.HEADING: "### ", Shape.QUOTE: "> ", Shape.CODE: "` ", Shape.PARAGRAPH: ""}


def written(difference: Difference) -> str:
    """Return *difference* in the notation, a block a line; the title only if it changed."""
    lines = []
    if difference.title.change is not Change.UNCHANGED:
        lines.append(f"# {_piece(difference.title)}")
    for part in difference.parts:
        if isinstance(part, Gap):
            lines.append(_gap(part))
        elif isinstance(part, Block):
            indent = "  " * (part.level - 1) if part.shape is Shape.ITEM else ""
            lines.append(indent + _SHAPES[part.shape] + " ".join(map(_piece, part.pieces)))
        else:
            lines += _table(part)
    return "\n".join(lines)


def _table(table: Table) -> list[str]:
    lines = [f"| {' | '.join(map(_piece, table.headings))} |"]
    return lines + [_gap(row) if isinstance(row, Gap) else _row(row) for row in table.rows]


def _row(row: Row) -> str:
    if row.change is Change.LEFT:
        return f"| <{row.move} was here> |"
    cells = f"| {' | '.join(map(_piece, row.cells))} |"
    return f"<{row.move}> {cells}" if row.change is Change.MOVED else cells


def _piece(piece: Piece | Gap) -> str:
    if isinstance(piece, Gap):
        return _gap(piece)
    text = ""
    for run in piece.visible:
        words = run.text if run.role is Role.TEXT else f"({run.role}: {run.text})"
        text += _MARKS[run.mark].format(words)
    if piece.change is Change.MOVED:
        return f"<{piece.move}: {text}>" if piece.move else f"<{text}>"
    return f"<{piece.move} was here>" if piece.change is Change.LEFT and piece.move else text


def _gap(gap: Gap) -> str:
    return f"… {gap.count} …"

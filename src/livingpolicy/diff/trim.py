"""Leave out what did not change, but for what a reader needs to find the place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from livingpolicy.diff.values import Block, Change, Difference, Gap, Part, Piece, Row, Shape, Table

Told = TypeVar("Told")


def trimmed(difference: Difference, *, around: int = 1) -> Difference:
    """Return *difference* with gaps for what is unchanged and further than *around* from a change.

    Counts blocks between blocks, sentences inside a block; of a table and of the facts only what changed
    stays. The nearest heading above a change stays too.
    """
    keep = _near([_changed(part) for part in difference.parts], around)
    heading: int | None = None
    for place, part in enumerate(difference.parts):
        if isinstance(part, Block) and part.shape is Shape.HEADING:
            heading = place
        elif _changed(part) and heading is not None:
            keep[heading] = True
    parts = [_inside(part, around) for part in difference.parts]
    facts = tuple(
        replace(fact, lines=tuple(line for line in fact.lines if _changed(line))) for fact in difference.facts
    )
    return replace(difference, facts=facts, parts=_with_gaps(parts, keep) if any(keep) else ())


def _inside(part: Part, around: int) -> Part:
    if not _changed(part):
        return part
    if isinstance(part, Block):
        keep = _near([_changed(piece) for piece in part.pieces], around)
        return replace(part, pieces=_with_gaps(part.pieces, keep)) if any(keep) else part
    if isinstance(part, Table) and part.change is Change.REVISED:
        return replace(part, rows=_with_gaps(part.rows, [_changed(row) for row in part.rows]))
    return part


def _changed(item: Part | Piece | Row) -> bool:
    return isinstance(item, Gap) or item.change is not Change.UNCHANGED


def _near(changed: list[bool], around: int) -> list[bool]:
    return [any(changed[max(place - around, 0) : place + around + 1]) for place in range(len(changed))]


def _with_gaps(items: Sequence[Told], keep: Sequence[bool]) -> tuple[Told | Gap, ...]:
    found: list[Told | Gap] = []
    for kept, group in groupby(zip(items, keep, strict=True), key=lambda pair: pair[1]):
        some = [item for item, _ in group]
        found += some if kept else [Gap(len(some))]
    return tuple(found)

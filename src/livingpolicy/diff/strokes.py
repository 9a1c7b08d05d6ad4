"""Runs as they are drawn: blanks outside the marks, a blank between what is gone and what came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from livingpolicy.diff.values import Mark, Role, Run


class Stroke(NamedTuple):
    """Text to draw under one mark."""

    mark: Mark
    text: str
    role: Role = Role.TEXT


def strokes(runs: Sequence[Run]) -> Iterator[Stroke]:
    """Yield what to draw for *runs*; marked text neither begins nor ends with a blank."""
    drawn: Stroke | None = None
    blank = False
    """A blank is due before what comes next."""
    for run in runs:
        text = run.text if run.mark is Mark.EQUAL else run.text.strip(" ")
        blank = blank or (run.mark is not Mark.EQUAL and run.text.startswith(" "))
        if not text:
            blank = True
            continue
        if drawn and (blank or _apart(drawn, run)) and not drawn.text.endswith(" ") and text[0] != " ":
            yield Stroke(Mark.EQUAL, " ")
        drawn = Stroke(run.mark, text, run.role)
        yield drawn
        blank = run.mark is not Mark.EQUAL and run.text.endswith(" ")


def _apart(drawn: Stroke, run: Run) -> bool:
    """Whether a blank helps the reader although the text has none."""
    if run.role is not Role.TEXT or (drawn.role is not Role.TEXT and run.text[0].isalnum()):
        return True
    return (
        drawn.mark is Mark.DELETED
        and run.mark is Mark.INSERTED
        and (drawn.text[-1].isalnum() and run.text[0].isalnum())
    )

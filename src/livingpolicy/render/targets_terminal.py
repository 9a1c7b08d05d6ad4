"""The state of every target on a terminal: a table with colours, drawn by rich."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from livingpolicy.language import Catalogue
from livingpolicy.model import Snapshot
from livingpolicy.render.targets_table import COLUMNS, heading, headings, row, summary
from livingpolicy.results import Standing, standing, worst_first

COLOURS = {
    Standing.MISSED: "bold red",
    Standing.STALE: "yellow",
    Standing.NEVER: "yellow",
    Standing.UNJUDGED: "magenta",
    Standing.WITHHELD: "cyan",
    Standing.MET: "green",
    Standing.UNMEASURED: "dim",
}


LESS = frozenset({"aim", "owner"})
NARROW, WIDE = 100, 140
"""Columns of a terminal. Below the first, LESS is left out; below the second, ids stand under the names."""


def show(snapshot: Snapshot, words: Catalogue, console: Console) -> None:
    """Print the table on *console*; a column in which nothing stands is left out."""
    console.print(Text(heading(snapshot, words), "bold"))
    console.print(Text(summary(snapshot, words)))
    if not snapshot.targets:
        return
    rows = [row(state, words) for state in worst_first(snapshot.targets)]
    shown = [
        place
        for place, column in enumerate(COLUMNS)
        if any(each[place] != "–" for each in rows) and (column not in LESS or console.width >= NARROW)
    ]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for place in shown:
        tight = COLUMNS[place] in {"standing", "result", "period"}
        table.add_column(headings(words)[place], no_wrap=tight, overflow="fold")
    for state, each in zip(worst_first(snapshot.targets), rows, strict=True):
        cells = dict(zip(COLUMNS, map(Text, each), strict=True))
        cells["standing"].stylize(COLOURS[standing(state)])
        if console.width < WIDE:
            cells["target"] = Text.assemble(state.target.name, "\n", (state.target.id, "dim"))
        table.add_row(*(cells[COLUMNS[place]] for place in shown))
    console.print()
    console.print(table)

"""The state of every target on a terminal: a table with colours, drawn by rich."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from livingpolicy.language import Catalogue
from livingpolicy.model import Snapshot
from livingpolicy.render.targets_table import heading, headings, row, summary
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


def show(snapshot: Snapshot, words: Catalogue, console: Console) -> None:
    """Print the table on *console*."""
    console.print(Text(heading(snapshot, words), "bold"))
    console.print(Text(summary(snapshot, words)))
    if not snapshot.targets:
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in headings(words):
        table.add_column(title, overflow="fold")
    for state in worst_first(snapshot.targets):
        first, *rest = row(state, words)
        table.add_row(Text(first, COLOURS[standing(state)]), *map(Text, rest))
    console.print()
    console.print(table)

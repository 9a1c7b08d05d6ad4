"""The report on a terminal: a table with colours, drawn by rich."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from livingpolicy.language import Catalogue
from livingpolicy.model import Snapshot, Status
from livingpolicy.render.report_advice import advice
from livingpolicy.render.report_table import heading, summary, tables

COLOURS = {
    Status.OVERDUE: "bold red",
    Status.UNKNOWN: "magenta",
    Status.DRAFT: "cyan",
    Status.DUE_SOON: "yellow",
    Status.CURRENT: "green",
    Status.UPCOMING: "blue",
    Status.RETIRED: "dim",
}


def show(snapshot: Snapshot, words: Catalogue, console: Console) -> None:
    """Print the report on *console*."""
    console.print(Text(heading(snapshot, words), "bold"))
    console.print(Text(summary(snapshot, words)))
    for told in tables(snapshot, words):
        table = Table(box=None, pad_edge=False, header_style="bold")
        for title in told.headings:
            table.add_column(title, overflow="fold")
        for item, row in zip(told.items, told.rows, strict=True):
            table.add_row(Text(row[0], COLOURS[item.status]), *map(Text, row[1:]))
        console.print()
        if told.heading is not None:
            console.print(Text(told.heading, "bold"))
        console.print(table)
    for advised in advice(snapshot, words):
        console.print()
        console.print(Text(advised.heading, "bold"))
        for part in advised.parts:
            console.print(Text(part.intro))
            for point in part.points:
                console.print(Padding(Text(f"- {point}"), (0, 0, 0, 2)))

"""Put a measured value in its place in a file, and leave every other byte as it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from livingpolicy.measurements import COLUMNS, OPTIONAL, rows_of
from livingpolicy.model import Period
from livingpolicy.outline import decode
from livingpolicy.period import read_period, written_period


@dataclass(frozen=True, slots=True)
class NewRow:
    """What is to stand in a row."""

    period: Period
    cells: Mapping[str, str]
    """By column, as a file has them ("2.4"); what is left out is empty, and `period` is not among them."""


@dataclass(frozen=True, slots=True)
class _Table:
    """A file that the strict reader has found in order."""

    columns: tuple[str, ...]
    heading: int
    """Index of the line of the headings."""
    places: Sequence[tuple[Period, int]]
    """Each row's period and the index of its line, in the order of the file."""


def standing_row(data: bytes, period: Period) -> tuple[int, str] | None:
    """Return the line (1-based) on which *period* stands, with its text; None if it is not there."""
    found = next((place for each, place in _table(data).places if each == period), None)
    return None if found is None else (found + 1, decode(data).split("\n")[found])


def new_file(row: NewRow, note: str) -> bytes:
    """Return a file with the headings, *note* as a comment, and the row."""
    wide = any(row.cells.get(name) for name in OPTIONAL)
    columns = (*COLUMNS, *OPTIONAL) if wide else COLUMNS
    return "".join(f"{line}\n" for line in (",".join(columns), f"# {note}", _line(row, columns))).encode()


def with_row(data: bytes, row: NewRow) -> bytes:
    """Return the file with *row* in it: in the place of the row of that period, or where its period belongs.

    The headings get the columns of the spread, when the row has one and the file has not. The new line ends
    as the line of the headings does.
    """
    lines = data.splitlines(keepends=True)
    table = _table(data)
    end = _ending(lines[table.heading])
    columns = table.columns
    if any(row.cells.get(name) for name in OPTIONAL):
        more = tuple(name for name in OPTIONAL if name not in columns)
        heading = lines[table.heading]
        kept = heading[: len(heading) - len(_ending(heading))]
        lines[table.heading] = kept + "".join(f",{name}" for name in more).encode() + _ending(heading)
        columns += more
    written = _line(row, columns).encode()
    there = next((place for period, place in table.places if period == row.period), None)
    if there is not None:
        lines[there] = written + _ending(lines[there])
        return b"".join(lines)
    place = _place(lines, table, row.period)
    if not _ending(lines[place - 1]):
        lines[place - 1] += end or b"\n"
    lines.insert(place, written + (end or b"\n"))
    return b"".join(lines)


def _table(data: bytes) -> _Table:
    rows = list(rows_of(decode(data)))
    columns = rows[0].cells
    column = columns.index("period")
    places = [(read_period(row.cells[column]), row.line - 1) for row in rows[1:]]
    return _Table(columns, rows[0].line - 1, places)


def _place(lines: Sequence[bytes], table: _Table, period: Period) -> int:
    """Return the index at which the line of *period* is to stand: in the order that the file has."""
    places = table.places
    if not places:
        return max(number for number, line in enumerate(lines, start=1) if line.strip())
    if places[0][0] > places[-1][0]:
        older = (place for each, place in places if each < period)
        return next(older, places[-1][1] + 1)
    newest_older = [place for each, place in places if each < period]
    return newest_older[-1] + 1 if newest_older else places[0][1]


def _ending(line: bytes) -> bytes:
    return line[len(line.rstrip(b"\r\n")) :]


def _line(row: NewRow, columns: Sequence[str]) -> str:
    cells = {**row.cells, "period": written_period(row.period)}
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow([cells.get(name, "") for name in columns])
    return stream.getvalue()

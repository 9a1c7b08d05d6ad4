"""Read `policy/measurements/<target>.csv`: what was reached, period by period, as its editor wrote it.

A spreadsheet may have saved it (byte order mark, CRLF, quotes, empty rows), but what would have to be
guessed is refused: a decimal comma, a unit in a cell, another separator. What follows from the target is
in `validate`.
"""

from __future__ import annotations

import csv
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from livingpolicy.errors import Problem
from livingpolicy.model import Period, Source
from livingpolicy.period import NoPeriodError, read_period
from livingpolicy.schema.fields import Faults, shown, text
from livingpolicy.spelling import near, nearest

FOLDER = "policy/measurements"
COLUMNS = ("period", "value", "within_target", "n", "comment")
OPTIONAL = ("low", "high")
"""Columns that a file may have besides; a row may end before them."""
MEANINGS: Mapping[str, str] = {
    "comment": "anmarkning anteckning kommentar note",
    "high": "hogst hogsta max",
    "low": "lagst lagsta min",
    "n": "antal arenden count fall",
    "period": "datum manad tid vecka",
    "value": "medel medelvarde resultat utfall varde",
    "within_target": "andel inom inom_mal inom_malet share within",
}
"""For a column: what it is called in Swedish or by other programs, folded."""

MAX_LINES = 10_000
"""Of one file: more than 27 years of daily values."""
MAX_PROBLEMS = 50
"""Of one file; who has more of them has made one mistake fifty times."""
MOST_CASES = 999_999_999
COMMENT = text(300)

RUNS = tuple("=+-@\t\r")
"""What a cell begins with that a spreadsheet runs as a formula."""


@dataclass(frozen=True, slots=True)
class WrittenMeasurement:
    """A row as far as it could be read; what is wrong or not there is None."""

    source: Source
    period: Period | None = None
    value: float | None = None
    within_target: float | None = None
    n: int | None = None
    low: float | None = None
    high: float | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenMeasurements:
    """A file as its editor wrote it."""

    target: str
    """What the file is named after."""
    source: Source
    rows: tuple[WrittenMeasurement, ...]
    """In the order of the file."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line that is no comment."""

    line: int
    """1-based."""
    cells: tuple[str, ...]
    """Without blanks around them; empty when the quotes of the line do not match."""


def measurements_path(target: str) -> str:
    """Return the file of a target's values, relative to the root."""
    return f"{FOLDER}/{target}.csv"


def parse_measurements(path: str, text: str) -> tuple[WrittenMeasurements, tuple[Problem, ...]]:
    """Read a file; *path* is relative to the root, the lines of *text* end in LF."""
    reader = _Reader(path)
    rows = tuple(reader.read(text))
    target = posixpath.basename(path).removesuffix(".csv")
    return WrittenMeasurements(target, Source(path), rows), tuple(reader.problems[:MAX_PROBLEMS])


def rows_of(text: str) -> Iterator[Row]:
    """Yield the rows of a file, the headings first; comments and empty rows are left out."""
    torn = False
    for number, line in enumerate(text.split("\n"), start=1):
        # A spreadsheet puts quotes around a comment with a comma in it.
        if line.startswith(("#", '"#')) or not line.strip(" \t,"):
            continue
        if torn and not line[:4].isdigit():
            continue  # the rest of a text whose quotes end on a later line
        cells = _cells(line)
        torn = not cells
        yield Row(number, cells)


def _cells(line: str) -> tuple[str, ...]:
    if '"' not in line:
        return tuple(cell.strip() for cell in line.split(","))
    try:
        return tuple(cell.strip() for cell in next(csv.reader([line], strict=True, skipinitialspace=True)))
    except csv.Error:
        return ()


@dataclass(slots=True)
class _Reader:
    path: str
    problems: list[Problem] = field(default_factory=list)

    def problem(self, line: int, code: str, **values: str) -> None:
        self.problems.append(Problem(Source(self.path, line), code, values))

    def read(self, text: str) -> Iterator[WrittenMeasurement]:
        """Yield every row; only its headings tell what stands in a row."""
        count = text.count("\n") + (not text.endswith("\n"))
        if count > MAX_LINES:
            self.problem(1, "too-many-rows", count=str(count), limit=str(MAX_LINES))
            return
        rows = rows_of(text)
        first = next(rows, None)
        if first is None:
            self.problem(1, "no-columns", columns=",".join(COLUMNS))
            return
        columns = self.columns(first)
        for row in rows if columns else ():
            if not row.cells:
                self.problem(row.line, "csv-quotes")
            elif not len(columns) - _optional(columns) <= len(row.cells) <= len(columns):
                counts = {"count": str(len(row.cells)), "columns": str(len(columns))}
                self.problem(row.line, "csv-cells", **counts)
            else:
                yield self.row(row.line, dict(zip(columns, row.cells, strict=False)))

    def columns(self, row: Row) -> tuple[str, ...]:
        """Return the columns in their order; none if anything is wrong with them."""
        columns, line = row.cells, row.line
        wanted = ",".join(COLUMNS)
        alone = columns[0] if len(columns) == 1 else ""
        for separator, name in ((";", ";"), ("\t", "TAB")):
            if separator in alone:
                self.problem(line, "csv-separator", char=name, columns=wanted)
                return ()
        if not columns:
            self.problem(line, "csv-quotes")
            return ()
        if columns[0][:4].isdigit():
            self.problem(line, "no-columns", columns=wanted)
            return ()
        known = (*COLUMNS, *OPTIONAL)
        unknown = [name for name in columns if name not in known]
        for name in unknown:
            self.problem(line, "unknown-column", column=shown(name), known=near(name, known, MEANINGS))
        twice = [name for place, name in enumerate(columns) if name in columns[:place] and name in known]
        for name in dict.fromkeys(twice):
            self.problem(line, "column-twice", column=name)
        # A misspelt column is one mistake, not an unknown one and a missing one.
        meant = {nearest(name, known, MEANINGS) for name in unknown}
        missing = [name for name in COLUMNS if name not in columns and name not in meant]
        if missing:
            self.problem(line, "missing-column", names=", ".join(missing), columns=wanted)
        return () if unknown or twice or missing else columns

    def row(self, line: int, cells: Mapping[str, str]) -> WrittenMeasurement:
        """Return what stands in a row; each cell that cannot be read is one problem."""
        return WrittenMeasurement(
            Source(self.path, line),
            period=self.period(line, cells["period"]),
            value=self.number(line, "value", cells["value"], needed=True),
            within_target=self.number(line, "within_target", cells["within_target"], most=100),
            n=self.cases(line, cells["n"]),
            low=self.number(line, "low", cells.get("low", "")),
            high=self.number(line, "high", cells.get("high", "")),
            comment=self.comment(line, cells["comment"]),
        )

    def period(self, line: int, cell: str) -> Period | None:
        if not cell:
            self.problem(line, "empty-value", key="period")
            return None
        try:
            return read_period(cell)
        except NoPeriodError as error:
            self.problem(line, error.code, text=shown(cell))
            return None

    def number(
        self, line: int, column: str, cell: str, *, needed: bool = False, most: float | None = None
    ) -> float | None:
        if not cell:
            if needed:
                self.problem(line, "empty-value", key=column)
            return None
        try:
            value = read_number(cell)
        except NoNumberError as error:
            self.problem(line, error.code, text=shown(cell), proposal=error.proposal)
            return None
        if most is not None and value > most:
            self.problem(line, "number-range", text=shown(cell), least="0", most=f"{most:g}")
            return None
        return value

    def cases(self, line: int, cell: str) -> int | None:
        value = self.number(line, "n", cell)
        if value is None:
            return None
        if not value.is_integer():
            self.problem(line, "not-whole", text=shown(cell), proposal=str(round(value)))
            return None
        if not 1 <= value <= MOST_CASES:
            self.problem(line, "number-range", text=shown(cell), least="1", most=str(MOST_CASES))
            return None
        return int(value)

    def comment(self, line: int, cell: str) -> str | None:
        if cell.startswith(RUNS):
            self.problem(line, "formula", text=shown(cell), char=cell[0])
            return None
        try:
            return COMMENT.read(cell) if cell else None
        except Faults as faults:
            for fault in faults.found:
                self.problem(line, fault.code, **{"key": "comment", **fault.values})
            return None


def _optional(columns: Sequence[str]) -> int:
    """Return how many of the last columns a row may leave out."""
    count = 0
    while columns[-1 - count] in OPTIONAL:
        count += 1
    return count


class NoNumberError(ValueError):
    """A text is no number that a value can be."""

    def __init__(self, code: str, proposal: str) -> None:
        self.code = code
        """Of the problem: `not-number` or `negative-number`."""
        self.proposal = proposal
        """What was meant, or an example."""
        super().__init__(code)


_NUMBER = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?")
_NEGATIVE = re.compile(r"[-−–]\s*[0-9]")
_DIGITS = re.compile(r"(?:[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?![0-9])|[0-9]{1,12})(?:[.,][0-9]{1,12})?")
"""A number as people write it: "1 500", "2,5"."""


def read_number(text: str) -> float:
    """Read "812" or "2.4".

    Raises:
        NoNumberError: it is written in another way ("2,4", "3 min", "nan"), or is below zero.
    """
    if _NUMBER.fullmatch(text):
        return float(text)
    if _NEGATIVE.match(text):
        raise NoNumberError("negative-number", "0")
    found = _DIGITS.search(text)
    raise NoNumberError("not-number", as_written(found[0]) if found else "2.4")


def as_written(text: str) -> str:
    """Return a number as a file has it, "1500" for "1 500" and "2.4" for "2,4"; what is none as it is."""
    return re.sub(r"\s", "", text).replace(",", ".") if _DIGITS.fullmatch(text) else text

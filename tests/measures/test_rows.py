"""A new value goes where its period belongs, and every other byte stays as it is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.measurements import COLUMNS, OPTIONAL, parse_measurements
from livingpolicy.model import Frequency
from livingpolicy.outline import decode
from livingpolicy.period import period_of, read_period, written_period
from livingpolicy.rows import NewRow, new_file, standing_row, with_row

HEADER = "period,value,within_target,n,comment\n"
OCTOBER = NewRow(read_period("2026-10"), {"value": "2.4"})
LINE = "2026-10,2.4,,,\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (HEADER, f"{HEADER}{LINE}"),
        (f"{HEADER}# Exempel\n\n", f"{HEADER}# Exempel\n{LINE}\n"),
        (f"{HEADER}2026-09,2,,,\n", f"{HEADER}2026-09,2,,,\n{LINE}"),
        (f"{HEADER}2026-09,2,,,", f"{HEADER}2026-09,2,,,\n{LINE}"),
        (f"{HEADER}2026-11,2,,,\n", f"{HEADER}{LINE}2026-11,2,,,\n"),
        (
            f"{HEADER}# Exempel\n2026-11,2,,,\n2026-12,2,,,\n",
            f"{HEADER}# Exempel\n{LINE}2026-11,2,,,\n2026-12,2,,,\n",
        ),
        (
            f"{HEADER}2026-09,2,,,\n# Ny växel\n2026-11,2,,,\n",
            f"{HEADER}2026-09,2,,,\n{LINE}# Ny växel\n2026-11,2,,,\n",
        ),
        (  # newest first
            f"{HEADER}2026-11,2,,,\n2026-09,2,,,\n",
            f"{HEADER}2026-11,2,,,\n{LINE}2026-09,2,,,\n",
        ),
        (
            f"{HEADER}2026-09,2,,,\n2026-08,2,,,\n",
            f"{HEADER}{LINE}2026-09,2,,,\n2026-08,2,,,\n",
        ),
        (
            f"{HEADER}2026-12,2,,,\n2026-11,2,,,\n# slut\n",
            f"{HEADER}2026-12,2,,,\n2026-11,2,,,\n{LINE}# slut\n",
        ),
        (  # in the place of what stood there
            f"{HEADER}2026-09,2,,,\n2026-10,9,91,9,nio\n2026-11,2,,,\n",
            f"{HEADER}2026-09,2,,,\n{LINE}2026-11,2,,,\n",
        ),
        (f"{HEADER}2026-10,9,91,9,nio", f"{HEADER}{LINE[:-1]}"),
    ],
)
def test_a_value_goes_where_its_period_belongs(before: str, after: str) -> None:
    assert with_row(before.encode(), OCTOBER).decode() == after
    windows = with_row(f"\ufeff{before}".replace("\n", "\r\n").encode(), OCTOBER).decode()
    assert windows == f"\ufeff{after}".replace("\n", "\r\n")


def test_the_columns_may_stand_in_another_order() -> None:
    before = "n,comment,value,period,within_target\n812,ny växel,2.1,2026-09,94\n"
    row = NewRow(read_period("2026-10"), {"value": "2.4", "n": "800", "comment": 'kö, "lång"'})
    assert with_row(before.encode(), row).decode() == f'{before}800,"kö, ""lång""",2.4,2026-10,\n'


def test_a_spread_gets_columns_of_its_own_and_the_other_rows_stay() -> None:
    before = f"{HEADER}2026-09,2,,,\n"
    row = NewRow(read_period("2026-10"), {"value": "2.4", "high": "6"})
    after = "period,value,within_target,n,comment,low,high\n2026-09,2,,,\n2026-10,2.4,,,,,6\n"
    assert with_row(before.encode(), row).decode() == after
    assert with_row(after.encode(), OCTOBER).decode() == after.replace(
        "2026-10,2.4,,,,,6", "2026-10,2.4,,,,,"
    )


def test_a_file_begins_with_its_headings_and_a_word_on_what_it_is() -> None:
    assert new_file(OCTOBER, "Utfall") == f"{HEADER}# Utfall\n{LINE}".encode()


def test_the_row_that_stands_there_is_shown_as_it_is_written() -> None:
    data = f'{HEADER}2026-10, 2.4 ,,,"kö, lång"\n'.encode()
    assert standing_row(data, read_period("2026-10")) == (2, '2026-10, 2.4 ,,,"kö, lång"')
    assert standing_row(data, read_period("2026-09")) is None


NUMBERS = st.integers(0, 10**6).map(lambda number: f"{number / 100:g}")
COMMENTS = st.text("abåäö ,;\"'.", max_size=12).map(str.strip)
MONTHS = st.dates(date(2000, 1, 1), date(2026, 10, 1)).map(lambda day: period_of(day, Frequency.MONTHLY))
ENDS = st.sampled_from(["\n", "\r\n"])


@given(
    st.lists(MONTHS, unique=True, max_size=6),
    MONTHS,
    st.fixed_dictionaries(
        {"value": NUMBERS, "comment": COMMENTS},
        optional={"n": st.integers(1, 9999).map(str), "low": st.just("0"), "high": st.just("99999")},
    ),
    st.permutations(COLUMNS),
    ENDS,
    st.booleans(),
)
def test_whatever_is_written_reads_back_beside_everything_that_stood_there(
    months: list, month: object, cells: dict, columns: list, end: str, note: bool
) -> None:
    lines = [",".join(columns), *(["# Exempel, bara"] if note else [])]
    for one in months:
        values = {"period": written_period(one), "value": "1"}
        lines.append(",".join(values.get(name, "") for name in columns))
    before = end.join([*lines, ""]).encode()
    after = with_row(before, NewRow(month, cells))  # type: ignore[arg-type]
    read, problems = parse_measurements("policy/measurements/a.csv", decode(after))
    assert problems == ()
    assert {row.period for row in read.rows} == {*months, month}
    new = next(row for row in read.rows if row.period == month)
    assert (f"{new.value:g}", new.comment or "") == (cells["value"], " ".join(cells["comment"].split()))
    written = written_period(month).encode()  # type: ignore[arg-type]
    wide = any(cells.get(name) for name in OPTIONAL)
    kept = [line for line in before.splitlines(keepends=True)[wide:] if written not in line]
    assert [line for line in after.splitlines(keepends=True)[wide:] if written not in line] == kept

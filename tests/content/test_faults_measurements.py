"""Mistakes in `policy/measurements/`: each is one line that says where, what and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from tests.content.reading import TARGETS, TARGETS_PATH, Fault, Files, lines, load, places, wording

PATH = "policy/measurements/svarstid.csv"
SHARED = f"{TARGETS}  share: 90\n  measured: monthly\n"
"""The target of the faults: nine calls of ten within three minutes, measured every month."""
HEADER = "period,value,within_target,n,comment\n"
GOOD = f"{HEADER}# Exempel\n2026-09,2.1,94,640,\n2026-10,2.4,93,812,ny växel\n"
WIDE = "period,value,within_target,n,comment,low,high\n"


def register(target: str = SHARED) -> Files:
    """Return a register with *target*."""
    return {TARGETS_PATH: target}


def rows(*written: str, header: str = HEADER, target: str = SHARED) -> Files:
    """Return a file of values with rows from line 2 on."""
    return {**register(target), PATH: header + "".join(f"{row}\n" for row in written)}


def file(text: str | bytes, name: str = PATH) -> Files:
    """Return a file of values."""
    return {**register(), name: text}


PERCENT = SHARED.replace("  at_most: 3\n  unit: minutes\n  share: 90\n", "  at_least: 80\n  unit: percent\n")

FAULTS: list[Fault] = [
    # Numbers
    ("a percent sign in the cell", rows("2026-10,2.4,93 %,812,"), ["svarstid.csv:2 not-number"]),
    ("nan", rows("2026-10,nan,93,812,"), ["svarstid.csv:2 not-number"]),
    ("infinity", rows("2026-10,inf,93,812,"), ["svarstid.csv:2 not-number"]),
    ("an exponent", rows("2026-10,2e3,93,812,"), ["svarstid.csv:2 not-number"]),
    ("digits of another script", rows("2026-10,٣,93,812,"), ["svarstid.csv:2 not-number"]),
    ("a decimal comma in quotes", rows('2026-10,"2,4",93,812,'), ["svarstid.csv:2 not-number"]),
    ("a decimal comma", rows("2026-10,2,4,93,812,"), ["svarstid.csv:2 csv-cells"]),
    ("a blank between thousands", rows("2026-10,2.4,93,1 812,"), ["svarstid.csv:2 not-number"]),
    ("a unit in the cell", rows("2026-10,3 min,93,812,"), ["svarstid.csv:2 not-number"]),
    ("a negative value", rows("2026-10,-2.4,93,812,"), ["svarstid.csv:2 negative-number"]),
    ("a negative value with a real minus", rows("2026-10,−2.4,93,812,"), ["svarstid.csv:2 negative-number"]),
    ("no value", rows("2026-10,,93,812,"), ["svarstid.csv:2 empty-value"]),
    ("104 percent within", rows("2026-10,2.4,104,812,"), ["svarstid.csv:2 number-range"]),
    ("104 percent", rows("2026-10,104,,812,", target=PERCENT), ["svarstid.csv:2 number-range"]),
    ("half a case", rows("2026-10,2.4,93,812.5,"), ["svarstid.csv:2 not-whole"]),
    ("fewer cases than none", rows("2026-10,2.4,93,-812,"), ["svarstid.csv:2 negative-number"]),
    ("no case at all", rows("2026-10,2.4,93,0,"), ["svarstid.csv:2 number-range"]),
    # Periods
    ("no period", rows(",2.4,93,812,"), ["svarstid.csv:2 empty-value"]),
    ("a period in words", rows("oktober 2026,2.4,93,812,"), ["svarstid.csv:2 period-form"]),
    ("a month with one digit", rows("2026-9,2.4,93,812,"), ["svarstid.csv:2 period-form"]),
    ("a thirteenth month", rows("2026-13,2.4,93,812,"), ["svarstid.csv:2 no-such-period"]),
    ("a year before telephones", rows("1066-10,2.4,93,812,"), ["svarstid.csv:2 date-year"]),
    ("a period to come", rows("2026-12,2.4,93,812,"), ["svarstid.csv:2 period-future"]),
    ("a period that is not over", rows("2026-11,2.4,93,812,"), ["svarstid.csv:2 period-open"]),
    (
        "a period twice",
        rows("2026-10,2.4,93,812,", "2026-09,2,95,700,", "2026-10,2.5,93,812,"),
        ["svarstid.csv:4 period-twice"],
    ),
    (
        "a week among months",
        rows("2026-09,2.1,94,640,", "2026-W41,2.4,93,812,"),
        ["svarstid.csv:3 period-length"],
    ),
    (
        "days, and the register says months: one mistake",
        rows("2026-10-05,2.1,94,640,", "2026-10-06,2.4,93,812,", "2026-10-07,2.4,93,812,"),
        ["svarstid.csv:2 periods-length"],
    ),
    # What belongs together
    (
        "a share nobody asked for",
        rows("2026-09,2.1,94,640,", "2026-10,2.4,93,812,", target=SHARED.replace("  share: 90\n", "")),
        ["(svarstid.csv:3 no-share)"],
    ),
    (
        "low above high",
        rows("2026-10,2.4,93,812,,6,0.5", header=WIDE),
        ["svarstid.csv:2 spread-turned"],
    ),
    ("a value below low", rows("2026-10,2.4,93,812,,2.5,6", header=WIDE), ["svarstid.csv:2 below-low"]),
    ("a value above high", rows("2026-10,2.4,93,812,,0.5,2.3", header=WIDE), ["svarstid.csv:2 above-high"]),
    (
        "a value above a high alone",
        rows("2026-10,2.4,93,812,,,2", header=WIDE),
        ["svarstid.csv:2 above-high"],
    ),
    # The comment
    ("a formula", rows("2026-10,2.4,93,812,=HYPERLINK(1)"), ["svarstid.csv:2 formula"]),
    ("a formula in quotes", rows('2026-10,2.4,93,812,"@SUM(A1,A2)"'), ["svarstid.csv:2 formula"]),
    ("a formula behind a blank", rows("2026-10,2.4,93,812, +1"), ["svarstid.csv:2 formula"]),
    ("HTML in the comment", rows("2026-10,2.4,93,812,<b>ny</b> växel"), ["svarstid.csv:2 angle-bracket"]),
    ("a comment like a letter", rows(f"2026-10,2.4,93,812,{'a' * 301}"), ["svarstid.csv:2 too-long"]),
    ("quotes that never end", rows('2026-10,2.4,93,812,"ny växel'), ["svarstid.csv:2 csv-quotes"]),
    (
        "a comment on two lines",
        rows('2026-09,2.4,93,812,"ny växel', 'och nya telefoner"', "2026-10,2.4,93,812,"),
        ["svarstid.csv:2 csv-quotes"],
    ),
    ("quotes within quotes", rows('2026-10,2.4,93,812,"den "nya" växeln"'), ["svarstid.csv:2 csv-quotes"]),
    # Columns
    ("too few cells", rows("2026-10,2.4,93"), ["svarstid.csv:2 csv-cells"]),
    ("a comma in the comment", rows("2026-10,2.4,93,812,lång kö, ny växel"), ["svarstid.csv:2 csv-cells"]),
    ("no headings", file("2026-10,2.4,93,812,\n"), ["svarstid.csv:1 no-columns"]),
    ("an empty file", file(""), ["svarstid.csv:1 no-columns"]),
    ("a missing column", rows(header="period,value,n,comment\n"), ["svarstid.csv:1 missing-column"]),
    (
        "a misspelt column",
        rows(header="period,valu,within_target,n,comment\n"),
        ["svarstid.csv:1 unknown-column"],
    ),
    (
        "a column in Swedish",
        rows(header="period,utfall,within_target,n,comment\n"),
        ["svarstid.csv:1 unknown-column"],
    ),
    (
        "a column of somebody's own",
        rows("2026-10,2.4,93,812,,Kim", header=HEADER.replace("\n", ",ansvarig\n")),
        ["svarstid.csv:1 unknown-column"],
    ),
    (
        "a column twice",
        rows(header="period,value,value,within_target,n,comment\n"),
        ["svarstid.csv:1 column-twice"],
    ),
    (
        "semicolons, as Excel saves in Sweden",
        file(b"\xef\xbb\xbfperiod;value;within_target;n;comment\r\n2026-10;2,4;93;812;ny v\xc3\xa4xel\r\n"),
        ["svarstid.csv:1 csv-separator"],
    ),
    (
        "tabs, as a pasted table has them",
        file("period\tvalue\twithin_target\tn\tcomment\n2026-10\t2.4\t93\t812\t\n"),
        ["svarstid.csv:1 csv-separator"],
    ),
    # The file
    ("40 000 rows", file(HEADER + "2026-10,2.4,93,812,\n" * 40_000), ["svarstid.csv:1 too-many-rows"]),
    ("a file too large", file(GOOD + "#" * 2_000_000), ["svarstid.csv:1 file-too-large"]),
    ("Unicode text from Excel", file(GOOD.encode("utf-16")), ["svarstid.csv:1 not-utf-8"]),
    (
        "a merge nobody finished",
        rows("<<<<<<< HEAD", "2026-10,2.4,93,812,", "=======", "2026-10,2.5,93,812,", ">>>>>>> forslag"),
        ["svarstid.csv:2 merge-conflict"],
    ),
    (
        "a target that is not there",
        file(GOOD, "policy/measurements/svarstd.csv"),
        ["svarstd.csv:1 measures-no-target"],
    ),
    ("no register", {PATH: GOOD}, ["svarstid.csv:1 no-targets"]),
    (
        "a target that says not how often it is measured",
        rows("2026-10,2.4,93,812,", target=SHARED.replace("  measured: monthly\n", "")),
        ["targets.yml:1 not-measured"],
    ),
    (
        "a note beside the values",
        file("Hej\n", "policy/measurements/LÄSMIG.md"),
        ["(LÄSMIG.md:1 unknown-file)"],
    ),
    (
        "a workbook beside the values",
        file(b"PK\x03\x04", "policy/measurements/utfall.xlsx"),
        ["(utfall.xlsx:1 unknown-file)"],
    ),
    (
        "a mistake in the target is not one in its values",
        rows("2026-10,2.4,93,812,", target=SHARED.replace("monthly", "montly")),
        ["targets.yml:7 not-allowed"],
    ),
]


@pytest.mark.parametrize(
    ("files", "expected"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_one_mistake_is_one_problem_in_its_place(tmp_path: Path, files: Files, expected: list[str]) -> None:
    assert places(tmp_path, files) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_words_that_help(
    tmp_path: Path, language: str, golden: Callable[[str, str], None]
) -> None:
    golden(f"faults/measurements.{language}.txt", wording(tmp_path, FAULTS, language))


def test_every_mistake_of_a_row_is_told_at_once(tmp_path: Path) -> None:
    found = places(tmp_path, rows("2026-13,nan,104,0.5,=1"))
    codes = ["formula", "no-such-period", "not-number", "not-whole", "number-range"]
    assert found == [f"svarstid.csv:2 {code}" for code in codes]


def test_who_made_one_mistake_a_thousand_times_sees_it_fifty_times(tmp_path: Path) -> None:
    months = [f"{year}-{month:02},nan,93,812," for year in range(1930, 2020) for month in range(1, 13)]
    assert len(places(tmp_path, rows(*months))) == 50
    assert len(places(tmp_path / "again", rows(*["2026-10,2.4,93,812,"] * 1000))) == 50


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        "\ufeff" + GOOD.replace("\n", "\r\n"),
        GOOD.replace("\n", "\r"),
        GOOD.rstrip("\n"),
        GOOD.replace("# Exempel", '"# Exempel, bara",,,,\n,,,,\n\n   '),
        GOOD.replace("ny växel", '"ny växel"').replace(",640,", ", 640 , "),
        "# Överst\n" + GOOD,
        "comment,n,within_target,value,period\n,640,94,2.1,2026-09\nny växel,812,93,2.4,2026-10\n",
    ],
    ids=["plain", "windows", "old mac", "no end", "excel", "quoted", "note first", "other order"],
)
def test_a_file_is_read_however_a_spreadsheet_saved_it(tmp_path: Path, text: str) -> None:
    values = load(tmp_path, file(text.encode())).measurements["svarstid"]
    read = [(one.value, one.within_target, one.n, one.comment) for one in values]
    assert read == [(2.4, 93, 812, "ny växel"), (2.1, 94, 640, None)]


def test_a_row_may_end_before_the_columns_that_are_optional(tmp_path: Path) -> None:
    content = load(tmp_path, rows("2026-09,2.4,93,812,", "2026-10,2.4,93,812,,0.5,6", header=WIDE))
    spread = [(one.low, one.high) for one in content.measurements["svarstid"]]
    assert spread == [(0.5, 6.0), (None, None)]


def test_a_target_with_no_file_is_no_mistake(tmp_path: Path) -> None:
    assert lines(tmp_path, register()) == []
    assert load(tmp_path, register()).measurements == {}
    assert load(tmp_path / "empty", file(HEADER)).measurements == {}

"""Whatever lies in a file of measured values is read or refused in lines, and never raises."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.measurements import MAX_PROBLEMS, parse_measurements

HEADER = "period,value,within_target,n,comment"
PIECES = st.sampled_from(
    [
        "2026-10",
        "2026-W41",
        "2026",
        ",",
        ",,",
        "\n",
        '"',
        "2.4",
        "2,4",
        "-1",
        "nan",
        "93 %",
        "#",
        ";",
        "=",
        " ",
        "å",
    ]
)
FILES = st.one_of(
    st.text(max_size=200),
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(PIECES, max_size=60).map(lambda pieces: "\n".join([HEADER, "".join(pieces)])),
    st.lists(PIECES, max_size=60).map(lambda pieces: "\n".join([f"{HEADER},low,high", "".join(pieces)])),
)


@given(FILES)
def test_any_text_is_read_or_refused_in_lines(text: str) -> None:
    read, problems = parse_measurements("policy/measurements/a.csv", text)
    lines = text.count("\n") + 1
    assert len(problems) <= MAX_PROBLEMS
    assert all(1 <= one.source.line <= lines for one in (*read.rows, *problems))
    for problem in problems:
        for language in LANGUAGES:
            assert catalogue(language).problem(problem).count("\n") == 0
    for row in read.rows:
        wrong = {problem.source.line for problem in problems}
        if row.source.line not in wrong and len(problems) < MAX_PROBLEMS:
            assert row.period is not None
            assert row.value is not None
            assert 0 <= row.value < 10**12
            assert row.n is None or row.n > 0

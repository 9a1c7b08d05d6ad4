"""Adding to the ledger touches nothing that stands there."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.ledger import ledger_line, with_lines
from livingpolicy.model import Outcome

LINE = ledger_line(
    "svar-telefon",
    reviewed_on=date(2026, 11, 3),
    by="kundtjanstchef",
    checked="Växelns statistik för oktober: 93 %",
    outcome=Outcome.UNCHANGED,
)


def test_a_line_reads_as_an_editor_would_write_it() -> None:
    assert LINE == (
        "- section: svar-telefon\n"
        "  reviewed_on: 2026-11-03\n"
        "  by: kundtjanstchef\n"
        "  checked: 'Växelns statistik för oktober: 93 %'\n"
        "  outcome: unchanged\n"
    )


def test_comments_and_order_stay() -> None:
    before = "# Liggaren\n- section: svar-mejl   # den nya\n  by: kundchef\n"
    assert with_lines(before, [LINE]) == f"{before}\n{LINE}"


def test_an_empty_list_becomes_a_list_of_one() -> None:
    assert with_lines("[]\n", [LINE]) == LINE
    assert with_lines("", [LINE]) == LINE


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), min_size=1))
def test_whatever_was_checked_stays_one_value(checked: str) -> None:
    """No text of a reviewer can become another key or another line of the ledger."""
    line = ledger_line("a", reviewed_on=date(2026, 1, 1), by="b", checked=checked, outcome=Outcome.REVISED)
    assert line.count("\n- ") == 0
    assert line.endswith("\n  outcome: revised\n")

"""What holds for every two texts, and not only for those somebody thought of."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livingpolicy.diff import (
    NOTHING,
    Block,
    Change,
    Difference,
    Mark,
    Piece,
    Row,
    Run,
    Table,
    Wording,
    difference,
    summary,
)
from livingpolicy.diff.blocks import TableBlock, blocks
from livingpolicy.diff.tokens import tokens
from livingpolicy.language import catalogue
from livingpolicy.meaning import definitions, meaning
from livingpolicy.render.diff_html import difference_html
from livingpolicy.render.diff_text import plain

WORDS = [
    "Vi",
    "svarar",
    "inom",
    "500 kr",
    "1 000 kr",
    "fem minuter",
    "inte",
    "e-post",
    "(se",
    "nedan)",
    "då,",
    "kl.",
]
SENTENCES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(lambda words: " ".join(words) + ".")
PARAGRAPHS = st.lists(SENTENCES, min_size=1, max_size=4).map(" ".join)
LISTS = st.lists(SENTENCES, min_size=1, max_size=4).map(
    lambda items: "\n".join(f"- {item}" for item in items)
)
TEXTS = st.lists(PARAGRAPHS | LISTS, max_size=4).map("\n\n".join)
ROWS = st.lists(st.sampled_from(["Chef", "Medarbetare", "1", "500 kr", "allt", ""]), min_size=3, max_size=3)
TABLES = st.lists(ROWS, min_size=1, max_size=5).map(
    lambda rows: "\n".join(f"| {' | '.join(row)} |" for row in [["Roll", "Får", "Sen"], ["-"] * 3, *rows])
)
MARKDOWN = st.text(
    st.sampled_from('aB1åé \n\n\t*_`[](){}<>!#|-:>&;\\"”’–—~.,=$\u00a0\u2009\u00ad0'), max_size=120
) | st.text(max_size=60)


def words(text: str) -> list[str]:
    return [
        token.key
        for block in blocks(Wording(text))
        if not isinstance(block, TableBlock)
        for token in block.words
    ]


def keys(runs: Iterator[Run], without: Mark) -> list[str]:
    return [token.key for run in runs if run.mark is not without for token in tokens(run.text)]


def stood(told: Difference) -> Iterator[Run]:
    """The runs of every piece that stood in the earlier wording, where it stood."""
    return (run for piece in pieces(told, {Change.MOVED, Change.INSERTED}) for run in piece.runs)


def stands(told: Difference) -> Iterator[Run]:
    return (run for piece in pieces(told, {Change.LEFT, Change.DELETED}) for run in piece.runs)


def pieces(told: Difference, without: set[Change]) -> Iterator[Piece]:
    blocks_ = (part for part in told.parts if isinstance(part, Block))
    return (
        piece
        for block in blocks_
        for piece in block.pieces
        if isinstance(piece, Piece) and piece.change not in without
    )


@given(TEXTS, TEXTS)
def test_both_wordings_can_be_read_back(before: str, after: str) -> None:
    """Without what came it is the earlier wording, without what went the later one, in order."""
    told = difference(Wording(before), Wording(after))
    assert keys(stood(told), Mark.INSERTED) == words(before)
    assert keys(stands(told), Mark.DELETED) == words(after)


@given(MARKDOWN)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert not difference(Wording(text, text), Wording(text, text)).changed


@given(MARKDOWN, MARKDOWN)
@settings(max_examples=200)
def test_no_text_is_too_odd(before: str, after: str) -> None:
    """Neither to compare nor to tell nor to draw."""
    told = difference(Wording(before, before), Wording(after, after))
    assert "\n" not in summary(told, catalogue("sv"))
    plain(told, catalogue("sv"))
    difference_html(told, "sv")


@given(TEXTS, TEXTS)
def test_the_way_back_is_the_mirror(before: str, after: str) -> None:
    there = difference(Wording(before), Wording(after))
    back = difference(Wording(after), Wording(before))
    mirror = {Change.INSERTED: Change.DELETED, Change.DELETED: Change.INSERTED}
    one = sorted((mirror.get(piece.change, piece.change), piece.after, piece.before) for piece in told(there))
    other = sorted((piece.change, piece.before, piece.after) for piece in told(back))
    assert one == other


def told(difference_: Difference) -> list[Piece]:
    return [piece for piece in difference_.pieces if piece.change not in {Change.LEFT, Change.MOVED}]


@given(TEXTS | MARKDOWN, TEXTS | MARKDOWN)
@settings(max_examples=300)
def test_the_same_meaning_is_no_difference(before: str, after: str) -> None:
    """The history and the difference have one notion of form: what does not move a date is not told."""
    if means(before) == means(after):
        assert not difference(Wording(before), Wording(after)).changed


def means(text: str) -> str:
    return meaning(text, definitions(text))


@pytest.mark.parametrize(
    "text", ["\\``", "`\\``", "[](", "![]()", "&#1;", "{{ target. }}", "|\n|-", "1.", ">-"]
)
def test_texts_that_once_were_too_odd(text: str) -> None:
    assert difference(NOTHING, Wording(text)).changed is bool(words(text) or "|" in text)


@pytest.mark.parametrize(
    "edit",
    [
        lambda text: text.replace(" ", "\n"),
        lambda text: text.replace("- ", "* "),
        lambda text: text.replace("Vi", "**Vi**").replace("inom", "_inom_"),
        lambda text: text.replace(" ", "  ").replace("\n", "\r\n"),
        lambda text: text.replace("(", "\\("),
        lambda text: text.replace("1 000", "1\u00a0000"),
        lambda text: text + "\n\n<!-- klart -->\n",
    ],
    ids=["wrapped", "list marks", "emphasis", "blanks", "escapes", "hard blanks", "comment"],
)
@given(paragraph=PARAGRAPHS)
@settings(max_examples=25)
def test_another_form_is_no_difference(edit: object, paragraph: str) -> None:
    assert callable(edit)
    assert not difference(Wording(paragraph), Wording(edit(paragraph))).changed


@given(TABLES, TABLES)
def test_a_table_can_be_read_back(before: str, after: str) -> None:
    """Row by row: without the new rows and words it is the earlier table, and the other way round."""
    told = difference(Wording(before), Wording(after))
    if not isinstance(told.parts[0], Table) or len(told.parts) > 1:
        return  # too little in common: one table is gone, another came
    rows = [row for row in told.parts[0].rows if isinstance(row, Row)]
    stood = [row for row in rows if row.change not in {Change.MOVED, Change.INSERTED}]
    stands = [row for row in rows if row.change not in {Change.LEFT, Change.DELETED}]
    assert [[cell.before for cell in row.cells] for row in stood] == cells(before)
    assert [[cell.after for cell in row.cells] for row in stands] == cells(after)


def cells(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in table.splitlines()[2:]]


@given(TABLES | TEXTS, TABLES | TEXTS)
def test_tables_too_are_mirrored(before: str, after: str) -> None:
    there = difference(Wording(before), Wording(after))
    back = difference(Wording(after), Wording(before))
    assert sorted((piece.before, piece.after) for piece in told(there)) == sorted(
        (piece.after, piece.before) for piece in told(back)
    )


@given(TEXTS)
def test_all_of_a_new_section_is_new_and_all_of_a_retired_one_gone(text: str) -> None:
    came, went = difference(NOTHING, Wording(text, "Rubrik")), difference(Wording(text), NOTHING)
    assert {run.mark for run in stands(came)} <= {Mark.INSERTED}
    assert {run.mark for run in stood(went)} <= {Mark.DELETED}

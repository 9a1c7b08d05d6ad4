"""YAML values are what an editor sees, with the lines they stand on."""

from __future__ import annotations

import re
import time

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from livingpolicy.model import Source
from livingpolicy.strictyaml import read

LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]


def value(text: str) -> object:
    document, problems = read(text, Source("f.yml"))
    assert not problems
    assert document is not None
    return document.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 18:00", "18:00"),
        ("a: 2026-11-03", "2026-11-03"),
        ("a: 08", 8),
        ("a: 1_000", "1_000"),
        ("a: 0x1F", "0x1F"),
        ("a: 2.5", 2.5),
        ("a: 2,5", "2,5"),
        ("a: true", True),
        ("a: 'no'", "no"),
        ("a: ~", None),
        ("a:", None),
        ('a: "3"', "3"),
        ("a: =", "="),
        ("a: Kvalitet och service", "Kvalitet och service"),
        ("a: [1, b]", [1, "b"]),
    ],
)
def test_values_are_what_they_look_like(text: str, expected: object) -> None:
    assert value(text) == {"a": expected}


def test_keys_are_text() -> None:
    assert value("3: a\ntrue: b\n") == {"3": "a", "true": "b"}


def test_an_end_of_document_is_accepted() -> None:
    """`...` after the last value says nothing, and so does `---` before the first."""
    assert value("---\na: 1\n...\n") == {"a": 1}


def test_every_value_knows_its_line() -> None:
    document, _ = read("a: 1\nb:\n  - c\n  - d: 2\n", Source("f.yml", 10))
    assert document is not None
    assert [
        document.source(*place).line for place in [("a",), ("b",), ("b", 0), ("b", 1, "d"), ("x", 7)]
    ] == [
        10,
        11,
        12,
        13,
        10,
    ]


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a: inom tre minuter #alltid.", "#alltid."),
        ("- Åk hem #1 först  ", "#1 först"),
        ("a: #1 i Sverige", "#1 i Sverige"),
        ("a: 3 #minuter", "#minuter"),
        ("a:\n  inom tre\n  minuter #alltid", "#alltid"),
        ("every: 12 months     # vanligt intervall: ett år", None),
        ("every: 12 months # vanligt", None),
        ("every: 12 months  #vanligt", None),
        ("a: x ##", None),
        ('a: "x" #y', None),
        ("a: 'x #y'", None),
        ("a: x#y", None),
        ("a:  # b\n  b: 1", None),
        ("a: #b\n  b: 1", None),
    ],
)
def test_a_text_that_a_hash_cuts_is_told_from_a_remark(text: str, cut: str | None, loader: type) -> None:
    """One blank before # and none after is text; a remark has a blank after it, or more before."""
    document, problems = read(text, Source("f.yml"), loader=loader)
    assert document is not None
    assert [(one.code, one.values["text"]) for one in problems] == (
        [] if cut is None else [("yaml-hash", cut)]
    )


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: [1, 2\nb: 3\n", "1 yaml-bracket"),
        ("a: {b: 1\nc: 2\n", "1 yaml-bracket"),
        ("a:\n\tb: 2\n", "2 yaml-tab"),
        ("a: 1\nb: Klagomål: så\n", "2 yaml-colon"),
        ("a: @b\n", "1 yaml-quote"),
        ("a: *b*\n", "1 yaml-quote"),
        ('a: "Hej" sa hon\n', "1 yaml-quote"),
        ("a: [OBS] text\n", "1 yaml-quote"),
        ("a: > hej\n", "1 yaml-quote"),
        ("b: 1\na: 'hej\n", "2 yaml-open-quote"),
        ("a: 1\nb\nc: 2\n", "2 yaml-no-colon"),
        ("a b\nc: 2\n", "1 yaml-no-colon"),
        ("kind:promise\nb: 2\n", "1 yaml-no-blank"),
        ("a: 1\nkind:promise\n", "2 yaml-no-blank"),
        ("a: 1\nkind:promise\nb: 2\n", "2 yaml-no-blank"),
        ("a: 1\n  b: 2\n", "2 yaml-indent"),
        ("- a\nb: 1\n", "2 yaml-indent"),
        ("a: 1\n---\nb: 1\n", "2 yaml-two-documents"),
        ("%YAML 1.1\n---\na: 1\n", "1 yaml-tag"),
        ("a: &b [*b]\n", "1 yaml-anchor"),
    ],
)
def test_what_cannot_be_read_is_one_problem(text: str, expected: str, loader: type) -> None:
    """The parser in C and the one in Python stop in the same places."""
    document, problems = read(text, Source("f.yml"), loader=loader)
    assert document is None
    assert [f"{one.source.line} {one.code}" for one in problems] == [expected]


def test_what_can_be_read_is_read_on() -> None:
    document, problems = read("a: no\nb: .inf\na: 2\nc: 3\n", Source("f.yml"))
    assert [f"{one.source.line} {one.code}" for one in problems] == [
        "1 yaml-yes-no",
        "2 yaml-number",
        "3 duplicate-key",
    ]
    assert document is not None
    assert document.wrong == {("a",), ("b",)}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "- " * 100_000,
        "{a: " * 50_000,
        "? " * 50_000,
        "a: " + "x" * 1_900_000,
        "[" + "a," * 500_000 + "]",
        "a: " + "9" * 100_000,
        '"' * 100_000,
    ],
    ids=lambda text: text[:8],
)
def test_a_bomb_is_refused_at_once(text: str) -> None:
    started = time.process_time()
    assert read(text, Source("f.yml"))[1]
    assert time.process_time() - started < 2


@given(st.text() | st.text(alphabet="ab:-[]{}&*!|>'\"%@`#\n ,?~<0.\t"))
def test_any_text_is_read_or_refused(text: str) -> None:
    document, problems = read(text, Source("f.yml"))
    assert document is not None or len(problems) == 1
    assert all(1 <= problem.source.line <= text.count("\n") + 1 for problem in problems)


@given(st.text(alphabet="ab:-[]{}'\"#\n ,0", max_size=40))
def test_both_parsers_agree_on_what_is_right(text: str) -> None:
    assume(re.search(r":[\]},\[{]", text) is None)  # `[a:]` is text to one and a key to the other
    found = {repr(read(text, Source("f.yml"), loader=loader)[0]) for loader in LOADERS}
    assert len(found) == 1

"""What is printed is printed and not obeyed, and JSON stays what it says."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.render import harmless
from livingpolicy.render.memory import Memory

OBEYED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\u2028\u2029]|##\\[")
TEXTS = st.text() | st.text(alphabet="a: #[\n\x1b\x7f\x9b\u202e\u2028\u200d😀å")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Svar på mejl: två", "Svar på mejl: två"),
        ("a::b", "a::b"),
        ("  ::error::x", "  : :error::x"),
        ("x ##[group]y", "x # #[group]y"),
        ("\x1b]8;;http://x\x07y", "]8;;http://xy"),
        ("sv\u202ear 👩‍👧", "svar 👩‍👧"),
        ("::\n\n\t::", ": :\n\n\t: :"),
    ],
)
def test_a_line_keeps_its_words_and_loses_its_commands(text: str, printed: str) -> None:
    assert harmless.lines(text) == printed


@given(TEXTS)
def test_no_line_is_obeyed_whatever_it_says(text: str) -> None:
    printed = harmless.lines(text)
    assert not OBEYED.search(printed)
    assert not any(line.lstrip().startswith("::") for line in printed.split("\n"))
    assert printed.count("\n") == text.count("\n")


@given(TEXTS, TEXTS)
def test_a_document_reads_back_as_it_was_and_nothing_in_it_is_obeyed(key: str, text: str) -> None:
    written = harmless.document({key: [text]})
    assert json.loads(written) == {key: [text]}
    assert not OBEYED.search(written)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text("aåb\n"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("ab"), inner, max_size=3),
)


@given(st.dictionaries(st.text("ab"), PLAIN, min_size=1, max_size=4))
def test_a_document_is_written_as_everybody_writes_json_whatever_is_remembered(
    value: dict[str, object],
) -> None:
    memory = Memory()
    expected = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    assert harmless.document(value) == expected
    assert [harmless.document(value, memory.of) for _ in range(2)] == [expected, expected]

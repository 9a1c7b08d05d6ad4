"""What is remembered of a text serves every comparison, and no comparison sees what another one read."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.diff import Wording, difference, trimmed
from livingpolicy.diff.tokens import _TOKEN, tokens
from livingpolicy.diff.vocabulary import MONTHS, NUMERALS, UNITS, UNITS_BEGIN
from tests.diff.notation import written

VOCABULARY = sorted(set(re.findall(r"[^\W\d_]+", f"{NUMERALS} {UNITS} {MONTHS} {UNITS_BEGIN}")))
OTHERS = [
    "Vi",
    "svarar",
    "e-post,",
    "kl.",
    "t.ex.",
    "5",
    "1 000",
    "2026",
    "§",
    "%",
    "–",
    "(",
    "november",
    "dagar",
    "days",
]
CHUNKS = st.sampled_from(VOCABULARY + OTHERS)
BLANKS = st.sampled_from([" ", " ", " ", "", "-", ", ", ". ", "  ", "\n"])


@given(st.lists(st.tuples(CHUNKS, BLANKS), max_size=7))
def test_a_text_is_cut_between_blanks_as_it_is_cut_at_once(chunks: list[tuple[str, str]]) -> None:
    text = "".join(chunk + blank for chunk, blank in chunks)
    assert [token.text for token in tokens(text)] == [match[0] for match in _TOKEN.finditer(text)]
    blanks = [text[max(match.start() - 1, 0)] == " " for match in _TOKEN.finditer(text)]
    assert [token.spaced for token in tokens(text)] == blanks


@pytest.mark.parametrize(
    "text",
    [
        "Vi svarar inom {{ target.svar }}.",
        "Vi svarar inom &#123;{ target.svar }}.",
        "| Fråga | Tid |\n|-|-|\n| Mejl | {{ target.svar }} |",
    ],
)
def test_a_target_reads_as_it_did_on_either_side(text: str) -> None:
    before, after = (Wording(text, targets={"svar": days}) for days in ("2 dagar", "3 dagar"))
    for _ in range(2):
        assert "[-2 dagar-]{+3 dagar+}" in written(difference(before, after))
        assert not difference(before, before).changed
        assert "{{ target.svar }}" in written(difference(Wording(text), Wording(text)))


def test_a_reference_leads_where_its_own_wording_says() -> None:
    text = "Läs [mer][1].\n\n[1]: https://{}.se"
    one, other = Wording(text.format("a")), Wording(text.format("b"))
    for _ in range(2):
        assert "(link: https://a.se)-]{+(link: https://b.se)+}" in written(difference(one, other))
        assert not difference(other, other).changed
    assert written(difference(Wording("Läs [mer][1]."), Wording("Läs [mer][1]."))) == "Läs [mer][1]."


def test_what_is_left_out_of_one_difference_is_still_in_the_next() -> None:
    text = "\n\n".join(f"Stycke {number}." for number in range(6))
    before, after = Wording(text), Wording(text.replace("0.", "0 är nytt."))
    short = written(trimmed(difference(before, after)))
    assert written(difference(before, after)).endswith("Stycke 5.")
    assert written(trimmed(difference(before, after))) == short
    assert short.endswith("… 4 …")


@pytest.mark.parametrize("lines", [("<!-- snart -->",), ("<!-- snart -->", "Ring.")])
def test_a_fact_may_show_no_words(lines: tuple[str, ...]) -> None:
    before, after = (
        Wording("Vi svarar.", facts={"steps": lines}),
        Wording("Vi svarar.", facts={"steps": ("Mejla.",)}),
    )
    assert difference(before, after).facts
    assert difference(after, before).facts
    assert not difference(before, before).facts

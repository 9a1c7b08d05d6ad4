"""How texts and questions are cut into words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.search.tongue import ENGLISH, SWEDISH, numerals, stems
from livingpolicy.search.words import folded, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Återbetalning", ["aterbetalning"]),
        ("ÅTERBETALNING", ["aterbetalning"]),
        ("A\u030aterbetalning", ["aterbetalning"]),
        ("e-post", ["epost", "post"]),
        ("E-handelschefen", ["ehandelschefen", "handelschefen"]),
        ("måndag–fredag", ["mandag", "fredag"]),
        ("8-18", ["8", "18"]),
        ("3 000 kr", ["3000", "kr"]),
        ("3\u00a0000\u00a0kr", ["3000", "kr"]),
        ("12 3456", ["12", "3456"]),
        ("2,5 år", ["2", "5", "ar"]),
        ("don't", ["dont"]),
        ("arn.se", ["arn", "se"]),
        ("snake_case", ["snake", "case"]),
        ("per\u00adson", ["person"]),
        ("Straße, Ærø, Łódź", ["strasse", "aero", "lodz"]),
        ("– ”…” !", []),
        ("", []),
    ],
)
def test_words_are_cut_as_people_type_them(text: str, found: list[str]) -> None:
    assert list(words(text)) == found


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@given(st.text())
def test_a_word_is_never_empty_and_holds_no_blank(text: str) -> None:
    assert all(word and word == "".join(word.split()) for word in words(text))


def test_a_definite_form_that_the_stemmer_leaves_gets_the_stem_of_its_word() -> None:
    forms = ["garanti", "garantin", "kvitto", "kvittot", "sten"]
    assert stems(forms, SWEDISH) == ["garanti", "garanti", "kvitto", "kvitto", "sten"]


def test_english_words_get_english_stems() -> None:
    assert stems(["complaints", "complaining", "policies"], ENGLISH) == ["complaint", "complain", "polici"]


def test_a_number_that_the_policy_has_is_known_in_digits_and_in_words() -> None:
    assert numerals(["3", "telefon"]) == (("3", "three", "tre"),)
    assert numerals(["tre"]) == (("3", "three", "tre"),)
    assert numerals(["1", "en", "ett"]) == ()

"""Mistakes in the synonyms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from tests.content.reading import Fault, Files, load, places, wording

SYNONYMS_PATH = "policy/synonyms.yml"


def synonyms(text: str) -> Files:
    """Return a file of synonyms."""
    return {SYNONYMS_PATH: text}


FAULTS: list[Fault] = [
    ("a mapping", synonyms("mejl: [mail]\n"), ["synonyms.yml:1 synonyms-form"]),
    ("a sentence", synonyms("mejl och mail\n"), ["synonyms.yml:1 synonyms-form"]),
    ("a group of one", synonyms("- [mejl, mail]\n- [retur]\n"), ["synonyms.yml:2 list-length"]),
    ("a group without brackets", synonyms("- mejl, mail\n"), ["synonyms.yml:1 not-list"]),
    ("a bracket that is not closed", synonyms("- [mejl, mail\n"), ["synonyms.yml:1 yaml-bracket"]),
    ("the same word twice", synonyms("- [löfte, garanti, lofte]\n"), ["synonyms.yml:1 synonym-same"]),
    (
        "the same word with a hyphen, on a line of its own",
        synonyms("- - e-post\n  - mejl\n  - Epost\n"),
        ["synonyms.yml:3 synonym-same"],
    ),
    ("a sign that is no word", synonyms('- [mejl, "–"]\n'), ["synonyms.yml:1 synonym-wordless"]),
    ("a number", synonyms("- [larm, 112]\n"), ["synonyms.yml:1 not-text"]),
    (
        "a sentence as a word",
        synonyms("- [retur, det som kunden lämnar]\n"),
        ["synonyms.yml:1 too-many-words"],
    ),
    ("a word without end", synonyms(f"- [retur, {'r' * 41}]\n"), ["synonyms.yml:1 too-long"]),
    ("a group within a group", synonyms("- [mejl, [mail]]\n"), ["synonyms.yml:1 not-one-value"]),
    ("a group that is empty", synonyms("- [mejl, mail]\n-\n"), ["synonyms.yml:2 empty-value"]),
    (
        "two groups that are wrong",
        synonyms("- [mejl]\n- [retur, lämna tillbaka]\n- order\n"),
        ["synonyms.yml:1 list-length", "synonyms.yml:3 not-list"],
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
    golden(f"faults/synonyms.{language}.txt", wording(tmp_path, FAULTS, language))


@pytest.mark.parametrize("text", ["", "# Inget än\n", "[]\n"])
def test_an_empty_file_has_no_synonyms(tmp_path: Path, text: str) -> None:
    assert load(tmp_path, synonyms(text)).policy.synonyms == ()


def test_the_groups_are_kept_as_they_are_written(tmp_path: Path) -> None:
    read = load(tmp_path, synonyms("- [mejl, e-post]\n- [retur, lämna tillbaka]\n")).policy.synonyms
    assert read == (("mejl", "e-post"), ("retur", "lämna tillbaka"))

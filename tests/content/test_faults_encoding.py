"""Characters that an editor cannot see."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from tests.content.reading import (
    CHAPTER_PATH,
    Fault,
    Files,
    changed,
    places,
    section,
    wording,
)
from tests.policy_repo import CHAPTER

FAULTS: list[Fault] = [
    (
        "latin-1",
        {CHAPTER_PATH: changed(CHAPTER, "", "").encode("latin-1")},
        ["tillganglighet.md:2 not-utf-8"],
    ),
    ("UTF-16", {CHAPTER_PATH: CHAPTER.encode("utf-16")}, ["tillganglighet.md:1 not-utf-8"]),
    ("NUL", section("Vi \x00svarar.\n"), ["tillganglighet.md:22 forbidden-character"]),
    ("a letter that was lost", section("Vi svarar p\ufffd mejl.\n"), ["tillganglighet.md:22 lost-character"]),
    ("UTF-8 read as another encoding", section("Vi svarar pÃ¥ mejl.\n"), ["(tillganglighet.md:22 misread)"]),
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
    golden(f"faults/encoding.{language}.txt", wording(tmp_path, FAULTS, language))

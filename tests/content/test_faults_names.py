"""Files with names or sizes that not every computer can handle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from tests.content.reading import (
    CHAPTER_PATH,
    POLICY_PATH,
    Fault,
    Files,
    places,
    section,
    wording,
)
from tests.policy_repo import POLICY_YML

FAULTS: list[Fault] = [
    (
        "Mejl.md and mejl.md",
        {
            "policy/chapters/Mejl.md": "---\nid: mejl-1\ntitle: A\n---\n\n# A\n\nText.\n",
            "policy/chapters/mejl.md": "---\nid: mejl-2\ntitle: B\n---\n\n# B\n\nText.\n",
        },
        ["mejl.md:1 name-collision"],
    ),
    (
        "a name with a line feed",
        {"policy/chapters/a\nb.md": "---\nid: ab\ntitle: A\n---\n\n# A\n\nText.\n"},
        ["a\\nb.md:1 name-characters"],
    ),
    (
        "a long path",
        {"policy/chapters/" + "a" * 190 + ".md": "---\nid: ab\ntitle: A\n---\n\n# A\n\nText.\n"},
        [f"{'a' * 184}…:1 path-too-long"],
    ),
    ("3 MB", section("Vi svarar.\n\n" * 250000), ["tillganglighet.md:1 file-too-large"]),
    (
        "con.md",
        {"policy/chapters/con.md": "---\nid: ab\ntitle: A\n---\n\n# A\n\nText.\n"},
        ["con.md:1 name-reserved"],
    ),
    (
        "a trailing full stop",
        {"policy/chapters/text.": "---\nid: ab\ntitle: A\n---\n\n# A\n\nText.\n"},
        ["text.:1 name-ending"],
    ),
    (
        "a name that is no id",
        {"policy/chapters/Åtgärder & mått.md": "---\ntitle: A\n---\n\n# A\n\nText.\n"},
        ["Åtgärder & mått.md:2 chapter-without-id"],
    ),
    ("a stray file", {"policy/Kundpolicy.docx": b"PK"}, ["(Kundpolicy.docx:1 unknown-file)"]),
    ("no policy.yml", {POLICY_PATH: None}, ["policy.yml:1 no-policy-file"]),
    ("no chapters", {CHAPTER_PATH: None}, ["policy.yml:1 no-chapters"]),
    (
        "neither",
        {POLICY_PATH: None, CHAPTER_PATH: None, "policy/chapters/.gitkeep": ""},
        ["policy.yml:1 no-chapters", "policy.yml:1 no-policy-file"],
    ),
    (
        "policy.yaml",
        {POLICY_PATH: None, "policy/policy.yaml": POLICY_YML},
        ["(policy.yaml:1 unknown-file)", "policy.yml:1 no-policy-file"],
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
    golden(f"faults/names.{language}.txt", wording(tmp_path, FAULTS, language))

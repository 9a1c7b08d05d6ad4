"""What a reader would say that changed. Adding a case is writing three texts in `cases/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from livingpolicy.diff import Wording, difference, summary
from livingpolicy.language import catalogue
from tests.diff.notation import written

CASES = Path(__file__).parent / "cases"
TARGETS = {"svarstid-telefon": "inom tre minuter"}


@dataclass(frozen=True)
class Case:
    """Two wordings, and what is said of them in `language`."""

    name: str
    language: str
    before: str
    after: str
    expected: str


def cases() -> Iterator[Case]:
    for path in sorted(CASES.glob("*.txt")):
        for text in re.split(r"^@@ ", path.read_text("utf-8"), flags=re.MULTILINE)[1:]:
            name, rest = text.split("\n", 1)
            before, rest = re.split(r"^--->\n", rest, flags=re.MULTILINE)
            after, expected = re.split(r"^====\n", rest, flags=re.MULTILINE)
            yield Case(name, path.stem, before, after, expected.strip("\n"))


@pytest.mark.parametrize("case", [*cases()], ids=lambda case: f"{case.language}: {case.name}")
def test_a_reader_would_agree(case: Case) -> None:
    found = difference(Wording(case.before, targets=TARGETS), Wording(case.after, targets=TARGETS))
    told = f"{written(found)}\n= {summary(found, catalogue(case.language))}"
    assert told.strip("\n") == case.expected


@pytest.mark.parametrize("case", [*cases()], ids=lambda case: f"{case.language}: {case.name}")
def test_the_way_back_is_the_mirror(case: Case) -> None:
    """What was inserted one way is deleted the other way, and nothing else."""
    one, other = Wording(case.before, targets=TARGETS), Wording(case.after, targets=TARGETS)
    there, back = difference(one, other), difference(other, one)
    assert there.changed == back.changed
    assert sorted(piece.after for piece in there.pieces if piece.change == "inserted") == sorted(
        piece.before for piece in back.pieces if piece.change == "deleted"
    )
    assert sorted((piece.before, piece.after) for piece in there.pieces if piece.change == "revised") == (
        sorted((piece.after, piece.before) for piece in back.pieces if piece.change == "revised")
    )

"""Mistakes in the target register and in the reviews of targets, and numbers that contradict a target."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from tests.content.reading import (
    CHAPTER_PATH,
    LEDGER,
    TARGETS,
    TARGETS_PATH,
    Fault,
    Files,
    changed,
    ledger,
    metadata,
    places,
    targets,
    wording,
)

REVIEWS = "policy/reviews/targets.yml"
OF_TARGET = LEDGER.replace("section: svar-telefon", "target: svarstid")
PERCENT = """\
nojda:
  name: Nöjda kunder
  wording: minst 80 procent
  at_least: 80
  unit: percent
"""
PROMISE = "kind: promise\ntarget: svarstid\npromise: Vi svarar i telefon inom tre minuter.\n"


def percent(old: str = "", new: str = "") -> Files:
    """Return a register of one percentage with one change."""
    return {TARGETS_PATH: changed(PERCENT, old, new)}


def speaking(text: str, block: str = PROMISE) -> Files:
    """Return a policy whose telephone section has a target of three minutes, and *text* on line 20."""
    files = dict(metadata(block))
    body = "Den som svarar säger företagets namn och sitt eget namn."
    return {CHAPTER_PATH: changed(str(files[CHAPTER_PATH]), body, text), TARGETS_PATH: TARGETS}


FAULTS: list[Fault] = [
    (
        "a review of nothing",
        ledger("- section: svar-telefon\n  reviewed_on", "- reviewed_on"),
        ["tillganglighet.yml:1 review-of-nothing"],
    ),
    (
        "a review of a section by a wrong name is one mistake",
        ledger("section:", "avsnitt:"),
        ["tillganglighet.yml:1 unknown-key"],
    ),
    (
        "a review of two things",
        {TARGETS_PATH: TARGETS, **ledger("svar-telefon\n", "svar-telefon\n  target: svarstid\n")},
        ["tillganglighet.yml:2 review-of-both"],
    ),
    (
        "a review of an unknown target",
        {TARGETS_PATH: TARGETS, REVIEWS: OF_TARGET.replace("svarstid", "svarstidn")},
        ["targets.yml:1 unknown-target"],
    ),
    ("a review of a target without a register", {REVIEWS: OF_TARGET}, ["targets.yml:1 no-targets"]),
    (
        "a target reviewed as a section",
        {TARGETS_PATH: TARGETS, **ledger("svar-telefon", "svarstid")},
        ["tillganglighet.yml:1 target-as-section"],
    ),
    (
        "a review of a target in a chapter's file",
        {TARGETS_PATH: TARGETS, **ledger("section: svar-telefon", "target: svarstid")},
        ["(tillganglighet.yml:1 target-in-other-ledger)"],
    ),
    (
        "a review of a target in the future",
        {TARGETS_PATH: TARGETS, REVIEWS: OF_TARGET.replace("2026-11-03", "2026-11-23")},
        ["targets.yml:2 reviewed-in-future"],
    ),
    (
        "a target whose words say another number",
        targets("inom tre minuter", "inom fem minuter"),
        ["targets.yml:3 wording-contradicts"],
    ),
    (
        "a clock that counts no time",
        percent("unit: percent", "unit: percent\n  clock: opening-hours"),
        ["targets.yml:6 clock-of-nothing"],
    ),
    (
        "working days at night",
        targets(
            "inom tre minuter\n  at_most: 3\n  unit: minutes",
            "inom tre arbetsdagar\n  at_most: 3\n  unit: working-days\n  clock: around-the-clock",
        ),
        ["targets.yml:6 clock-of-working-days"],
    ),
    (
        "a share of a share",
        percent("unit: percent", "unit: percent\n  share: 90"),
        ["targets.yml:6 share-of-a-share"],
    ),
    (
        "a target that everybody reaches",
        percent("minst 80 procent\n  at_least: 80", "några\n  at_least: 0"),
        ["targets.yml:4 target-never-missed"],
    ),
    (
        "at most every one of them",
        percent("minst 80 procent\n  at_least: 80", "högst 100 procent\n  at_most: 100"),
        ["targets.yml:4 target-never-missed"],
    ),
    (
        "no time at all",
        targets("inom tre minuter\n  at_most: 3", "genast\n  at_most: 0"),
        ["targets.yml:4 target-never-met"],
    ),
    (
        "a target for the year after next",
        targets("unit: minutes", "unit: minutes\n  effective_from: 2027-11-23"),
        ["(targets.yml:6 target-far-ahead)"],
    ),
    (
        "a target from a day that is none",
        targets("unit: minutes", "unit: minutes\n  effective_from: årsskiftet"),
        ["targets.yml:6 date-form"],
    ),
    (
        "two targets of one name",
        {TARGETS_PATH: TARGETS + PERCENT.replace("Nöjda kunder", "svar i telefon")},
        ["(targets.yml:7 target-name-twice)"],
    ),
    (
        "a target reviewed before it is measured",
        targets("unit: minutes", "unit: minutes\n  measured: yearly\n  review_every: 6 months"),
        ["(targets.yml:7 reviewed-before-measured)"],
    ),
    (
        "a target of somebody unknown",
        targets("unit: minutes", "unit: minutes\n  owner: kundchf"),
        ["targets.yml:6 unknown-owner"],
    ),
    (
        "a target left alone for too long",
        targets("unit: minutes", "unit: minutes\n  review_every: 3 years"),
        ["targets.yml:6 interval-too-long"],
    ),
    (
        "a promise of another number",
        speaking("Svara.", PROMISE.replace("tre", "fem")),
        ["(tillganglighet.md:16 number-contradicts)"],
    ),
    (
        "a text of another number",
        speaking("En människa svarar inom\nfem minuter."),
        ["(tillganglighet.md:20 number-contradicts)"],
    ),
    (
        "an exception without a number",
        speaking("Svara.", PROMISE + "other_numbers: [ett tag]\n"),
        ["(tillganglighet.md:17 other-number-none)"],
    ),
    (
        "an exception that excepts nothing any more",
        speaking("Svara.", PROMISE + "other_numbers: [30 sekunder]\n"),
        ["(tillganglighet.md:17 other-number-unused)"],
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
    golden(f"faults/register.{language}.txt", wording(tmp_path, FAULTS, language))


@pytest.mark.parametrize(
    "files",
    [
        {TARGETS_PATH: TARGETS, REVIEWS: OF_TARGET},
        targets("unit: minutes", "unit: minutes\n  effective_from: 2024-10-01"),
        targets("unit: minutes", "unit: minutes\n  effective_from: 2027-11-22"),
        targets("unit: minutes", "unit: minutes\n  clock: around-the-clock\n  share: 100"),
        percent("at_least: 80", "at_least: 80\n  review_every: 1 months\n  measured: monthly"),
        percent("minst 80 procent\n  at_least: 80", "alla\n  at_least: 100"),
        percent("minst 80 procent\n  at_least: 80\n  unit: percent", "inga fel\n  at_most: 0\n  unit: count"),
        targets(
            "inom tre minuter\n  at_most: 3\n  unit: minutes",
            "inom tre arbetsdagar\n  at_most: 3\n  unit: working-days\n  clock: opening-hours",
        ),
    ],
)
def test_what_is_right_is_left_alone(tmp_path: Path, files: Files) -> None:
    assert places(tmp_path, files) == []


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("inom tre minuter", True),
        ("på högst 3 min", True),
        ("inom 180 sekunder", True),
        ("tre minuter, nio gånger av tio", True),
        ("genast", True),
        ("samma dag", True),
        ("inom fem minuter", False),
        ("inom tre timmar", False),
        ("within three minutes", True),
        ("within five minutes", False),
    ],
)
def test_the_words_of_a_target_say_its_number(tmp_path: Path, words: str, right: bool) -> None:
    found = places(tmp_path, targets("inom tre minuter", words))
    assert found == ([] if right else ["targets.yml:3 wording-contradicts"])

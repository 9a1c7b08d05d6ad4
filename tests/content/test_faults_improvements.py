"""Mistakes in `improvements.yml`, and in when the evaluation is held."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from tests.content.reading import TARGETS, TARGETS_PATH, Fault, Files, changed, places, policy, wording

PATH = "policy/improvements.yml"
LUNCH = """\
ko-vid-lunch:
  problem: Köerna i telefon är längst mellan 12 och 13.
  criteria: [frequent, costly]
  why: Var femte kund lägger på.
  action: Två till svarar mellan 12 och 13.
  target: svarstid
  sections: [svar-telefon]
  owner: kundtjanstchef
  started_on: 2026-08-01
  checked_on: 2026-10-02
  result: better
  result_note: Nio av tio fick svar inom tre minuter.
  decision: keep
"""
RESULT = LUNCH[LUNCH.index("  checked_on") : LUNCH.index("  decision")]
MORE = "".join(
    f"problem-{number}: {{problem: Något tar tid., why: Vardagligt., action: Vi provar., "
    f"owner: kundchef, started_on: 2026-11-01}}\n"
    for number in range(1, 5)
)


def improvements(old: str = "", new: str = "") -> Files:
    """Return a finished improvement with one change, and the target that it names."""
    return {PATH: changed(LUNCH, old, new), TARGETS_PATH: TARGETS}


FAULTS: list[Fault] = [
    ("a list", {PATH: "- problem: Köer\n"}, ["improvements.yml:1 not-mapping"]),
    ("a misspelt key", improvements("started_on", "startad"), ["improvements.yml:9 unknown-key"]),
    ("one id twice", {PATH: 2 * (MORE.split("\n")[0] + "\n")}, ["improvements.yml:2 duplicate-key"]),
    ("an id with capitals", improvements("ko-vid-lunch:", "Ko-vid-lunch:"), ["improvements.yml:1 bad-id"]),
    (
        "no action and no owner",
        improvements("  action: Två till svarar mellan 12 och 13.\n", ""),
        ["improvements.yml:1 missing-key"],
    ),
    (
        "a target that nobody knows",
        improvements("target: svarstid", "target: svarstd"),
        ["improvements.yml:6 unknown-target"],
    ),
    (
        "a section that nobody knows",
        improvements("[svar-telefon]", "[svar-mejl, svar-telefn]"),
        ["improvements.yml:7 unknown-section"],
    ),
    (
        "an owner that nobody knows",
        improvements("kundtjanstchef", "kundtjanst"),
        ["improvements.yml:8 unknown-owner"],
    ),
    (
        "a person for an owner",
        improvements("kundtjanstchef", "Kundtjänstchefen"),
        ["improvements.yml:8 unknown-owner"],
    ),
    (
        "a criterion in Swedish",
        improvements("[frequent, costly]", "[ofta]"),
        ["improvements.yml:3 not-allowed"],
    ),
    (
        "no word on why",
        improvements("  criteria: [frequent, costly]\n  why: Var femte kund lägger på.\n", ""),
        ["improvements.yml:1 improvement-why"],
    ),
    (
        "a check on the day of the start",
        improvements("  checked_on", "  effect_check_on: 2026-08-01\n  checked_on"),
        ["improvements.yml:10 improvement-check-day"],
    ),
    (
        "a check tomorrow",
        improvements("2026-10-02", "2026-11-23"),
        ["improvements.yml:10 improvement-checked-in-future"],
    ),
    (
        "a check before the start",
        improvements("2026-10-02", "2026-07-31"),
        ["improvements.yml:10 improvement-checked-before-start"],
    ),
    (
        "a check before its day",
        improvements("2026-10-02", "2026-09-30"),
        ["(improvements.yml:10 improvement-checked-early)"],
    ),
    (
        "a result of no day",
        improvements("  checked_on: 2026-10-02\n", ""),
        ["improvements.yml:10 improvement-result"],
    ),
    (
        "a day of no result",
        improvements("  result: better\n  result_note: Nio av tio fick svar inom tre minuter.\n", ""),
        ["improvements.yml:10 improvement-result"],
    ),
    ("a decision without a result", improvements(RESULT, ""), ["improvements.yml:10 improvement-undecided"]),
    (
        "given up without a reason",
        improvements("decision: keep", "decision: retire"),
        ["improvements.yml:13 improvement-retired"],
    ),
    ("four problems in work", {PATH: MORE}, ["improvements.yml:4 improvements-too-many"]),
    (
        "an evaluation without end",
        policy("phases:", "evaluation: {every: 30 months}\nphases:"),
        ["policy.yml:12 interval-too-long"],
    ),
    (
        "an evaluation on no day",
        policy("phases:", "evaluation: {first_on: i oktober}\nphases:"),
        ["policy.yml:12 date-form"],
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
    golden(f"faults/improvements.{language}.txt", wording(tmp_path, FAULTS, language))

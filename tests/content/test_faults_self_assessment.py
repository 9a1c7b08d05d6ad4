"""Mistakes in the self-assessment: what is asked, and what was answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from tests.assessment.samples import QUESTIONNAIRE_PATH, RESULT_PATH, all_of, questionnaire_yml, result_yml
from tests.content.reading import Fault, Files, changed, places, wording

ASKED = questionnaire_yml()
ANSWERED = result_yml(all_of(4))
EARLIER_PATH = "policy/assessment/questionnaire-1.yml"


def asking(old: str, new: str) -> Files:
    """Return the questionnaire with one change."""
    return {QUESTIONNAIRE_PATH: changed(ASKED, old, new)}


def answering(old: str, new: str) -> Files:
    """Return a result with one change."""
    return {QUESTIONNAIRE_PATH: ASKED, RESULT_PATH: changed(ANSWERED, old, new)}


FAULTS: list[Fault] = [
    ("an answer of 0", answering("g1-1: 4", "g1-1: 0"), ["2026-09.yml:4 not-an-answer"]),
    ("an answer of 6", answering("g1-1: 4", "g1-1: 6"), ["2026-09.yml:4 not-an-answer"]),
    ("an answer between two", answering("g1-1: 4", "g1-1: 3.5"), ["2026-09.yml:4 not-an-answer"]),
    ("an answer in words", answering("g1-1: 4", "g1-1: tre"), ["2026-09.yml:4 not-an-answer"]),
    ("an answer of true", answering("g1-1: 4", "g1-1: true"), ["2026-09.yml:4 not-an-answer"]),
    ("an answer that is nothing", answering("g1-1: 4", "g1-1: "), ["2026-09.yml:4 empty-value"]),
    (
        "a statement that is not asked",
        answering("g1-1: 4", "g11: 4"),
        ["2026-09.yml:4 unknown-statement"],
    ),
    (
        "every wrong answer at once",
        answering("g1-1: 4, g1-3: 4", "g1-1: 0, g1-3: 9, g9-9: 2"),
        ["2026-09.yml:4 not-an-answer", "2026-09.yml:4 not-an-answer", "2026-09.yml:4 unknown-statement"],
    ),
    (
        "a name among the answers",
        answering("g1-1: 4", "namn: Charlie"),
        ["2026-09.yml:4 unknown-statement"],
    ),
    (
        "a name beside the answers",
        answering("    signs: []", "    signs: []\n    namn: Charlie"),
        ["2026-09.yml:6 unknown-key"],
    ),
    (
        "the role of the one who answers",
        answering("    signs: []", "    signs: []\n    role: kundchef"),
        ["2026-09.yml:6 unknown-key"],
    ),
    (
        "a time beside the day",
        answering("respondents:", 'answered_at: "08:15"\nrespondents:'),
        ["2026-09.yml:3 unknown-key"],
    ),
    (
        "a version that there is not",
        answering("questionnaire: 1", "questionnaire: 2"),
        ["2026-09.yml:1 unknown-version"],
    ),
    (
        "a day in the future",
        {
            QUESTIONNAIRE_PATH: ASKED,
            "policy/assessment/results/2026-11.yml": result_yml(all_of(4), on="2026-11-23"),
        },
        ["2026-11.yml:2 answered-in-future"],
    ),
    ("a day that does not exist", answering("2026-09-15", "2026-09-31"), ["2026-09.yml:2 no-such-date"]),
    ("another month in the name", answering("2026-09-15", "2026-08-15"), ["2026-09.yml:2 result-name"]),
    (
        "two files for one month",
        {
            QUESTIONNAIRE_PATH: ASKED,
            RESULT_PATH: ANSWERED,
            "policy/assessment/results/september.yml": result_yml(all_of(3), on="2026-09-02"),
        },
        ["september.yml:2 duplicate-result"],
    ),
    (
        "somebody who answered nothing",
        answering("answers: {", "answers: {}\n  - answers: {"),
        ["2026-09.yml:4 nothing-answered"],
    ),
    (
        "nobody who answered",
        {
            QUESTIONNAIRE_PATH: ASKED,
            RESULT_PATH: "questionnaire: 1\nanswered_on: 2026-09-15\nrespondents: []\n",
        },
        ["2026-09.yml:3 no-answers"],
    ),
    (
        "a warning sign that there is not",
        answering("signs: []", "signs: [brand]"),
        ["2026-09.yml:5 unknown-sign"],
    ),
    (
        "people that are no list",
        answering("respondents:\n  - answers", "respondents:\n    answers"),
        ["2026-09.yml:3 not-list"],
    ),
    (
        "answers without a questionnaire",
        {RESULT_PATH: ANSWERED},
        ["2026-09.yml:1 no-questionnaire"],
    ),
    (
        "an earlier questionnaire and none for today",
        {EARLIER_PATH: ASKED},
        ["questionnaire-1.yml:1 no-questionnaire"],
    ),
    (
        "two questionnaires of one version",
        {QUESTIONNAIRE_PATH: ASKED, EARLIER_PATH: ASKED},
        ["questionnaire.yml:1 questionnaire-version"],
    ),
    (
        "a version that its name contradicts",
        {QUESTIONNAIRE_PATH: questionnaire_yml(3), EARLIER_PATH: questionnaire_yml(2)},
        ["questionnaire-1.yml:1 questionnaire-name"],
    ),
    (
        "six groups",
        {QUESTIONNAIRE_PATH: ASKED[: ASKED.index("  - id: g7")] + ASKED[ASKED.index("signs:") :]},
        ["questionnaire.yml:2 group-count"],
    ),
    (
        "a group for management alone",
        asking(
            ASKED[ASKED.index("      - {id: g7-1") : ASKED.index("signs:")],
            "      - {id: g7-1, text: Vi leder, management: true}\n",
        ),
        ["questionnaire.yml:43 nobody-asked"],
    ),
    ("two statements of one name", asking("{id: g2-1,", "{id: g1-1,"), ["questionnaire.yml:13 duplicate-id"]),
    (
        "a section that there is not",
        asking("sections: [svar-telefon]", "sections: [svar-telefn]"),
        ["questionnaire.yml:6 unknown-section"],
    ),
    (
        "management in words",
        asking("management: true", "management: chefer"),
        ["questionnaire.yml:7 not-flag"],
    ),
    ("a statement without its text", asking("text: Vi gör g1-3", ""), ["questionnaire.yml:8 missing-key"]),
    ("half a version", asking("version: 1", "version: 1.5"), ["questionnaire.yml:1 not-whole"]),
    (
        "answers to a questionnaire that cannot be read are not doubted",
        {QUESTIONNAIRE_PATH: "version: [1", RESULT_PATH: ANSWERED},
        ["questionnaire.yml:1 yaml-bracket"],
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
    golden(f"faults/self_assessment.{language}.txt", wording(tmp_path, FAULTS, language))

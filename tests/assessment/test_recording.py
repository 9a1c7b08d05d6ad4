"""From the files of the form to the result of a month: what is kept, and what is left behind."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.assessment import parse_result, people
from livingpolicy.load import load_policy
from livingpolicy.model import Respondent
from livingpolicy.recording import Recorded, remarks, repeated, result_path, result_text
from livingpolicy.starter import fresh_files
from tests.assessment.samples import (
    QUESTIONNAIRE_PATH,
    RESULT_PATH,
    all_of,
    ids,
    questionnaire,
    questionnaire_yml,
    result_yml,
)
from tests.content.reading import CLOCK, TODAY, load, metadata, places
from tests.scaffold.calling import call, make

PEOPLE = st.lists(
    st.builds(
        Respondent,
        st.dictionaries(
            st.sampled_from([name for group in ids() for name in group]), st.integers(1, 5), min_size=1
        ),
        st.none() | st.sampled_from([(), ("brander",), ("olika", "brander")]),
    ),
    min_size=1,
    max_size=6,
)


@given(PEOPLE, st.integers())
def test_the_file_says_nothing_of_the_order_in_which_people_came(found: list[Respondent], seed: int) -> None:
    shuffled = list(found)
    random.Random(seed).shuffle(shuffled)
    texts = {result_text(Recorded(TODAY, 1, tuple(each)), questionnaire()) for each in (found, shuffled)}
    assert len(texts) == 1


@given(PEOPLE)
def test_what_is_written_reads_back_as_the_same_people(found: list[Respondent]) -> None:
    text = result_text(Recorded(TODAY, 1, tuple(found), "# Exempel"), questionnaire())
    entry, problems = parse_result("policy/assessment/results/2026-11.yml", text)
    assert problems == ()
    assert entry is not None
    assert remarks(text) == "# Exempel"
    read = people(entry)

    def plain(person: Respondent) -> str:
        signs = None if person.signs is None else sorted(person.signs)
        return str((sorted(person.answers.items()), signs))

    assert sorted(map(plain, read)) == sorted(map(plain, found))
    assert repeated(read) == repeated(found)


def test_an_earlier_version_still_counts_its_own_results(tmp_path: Path) -> None:
    """Version 2 asks something else; what was answered in March is counted by version 1."""
    second = questionnaire_yml(2).replace("{id: g1-1,", "{id: g1-ny,")
    content = load(
        tmp_path,
        {
            QUESTIONNAIRE_PATH: second,
            "policy/assessment/questionnaire-1.yml": questionnaire_yml(1),
            "policy/assessment/results/2026-03.yml": result_yml(all_of(3), on="2026-03-10"),
            RESULT_PATH: result_yml({"g1-ny": 4}, version=2),
        },
    )
    assert content.questionnaire is not None
    assert content.questionnaire.version == 2
    assert [(each.answered_on.isoformat(), each.questionnaire.version) for each in content.rounds] == [
        ("2026-09-15", 2),
        ("2026-03-10", 1),
    ]


def test_a_section_that_helps_may_be_named_by_an_id_it_had_before(tmp_path: Path) -> None:
    asked = questionnaire_yml().replace("sections: [svar-mejl]", "sections: [gammalt-id]")
    with_alias = "kind: promise\npromise: Vi svarar i telefon inom tre minuter.\naliases: [gammalt-id]\n"
    content = load(tmp_path, {QUESTIONNAIRE_PATH: asked, **metadata(with_alias)})
    assert content.questionnaire is not None
    assert content.questionnaire.signs[0].sections == ("svar-telefon",)


def test_a_file_of_another_kind_is_told(tmp_path: Path) -> None:
    files = {QUESTIONNAIRE_PATH: questionnaire_yml(), "policy/assessment/results/anna.txt": "4 3 4"}
    assert places(tmp_path, files) == ["(anna.txt:1 unknown-file)"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_questionnaire_of_a_fresh_policy_has_seven_groups_and_five_signs(
    tmp_path: Path, language: str
) -> None:
    """4, 4, 3, 3, 3, 5 and 3 statements: twenty-five."""
    for path, data in fresh_files(language, title="A", organisation="B").items():
        if path.startswith("policy/"):
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_bytes(data)
    asked = load_policy(tmp_path, CLOCK).questionnaire
    assert asked is not None
    assert [len(group.statements) for group in asked.groups] == [4, 4, 3, 3, 3, 5, 3]
    assert sum(statement.management for statement in asked.statements) == 5
    assert len(asked.signs) == 5


# The command


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A policy with a questionnaire, and a folder beside it with the files of three people."""
    root = make(tmp_path / "policyn", {QUESTIONNAIRE_PATH: questionnaire_yml()})
    for name, answer, day in (("a", 4, "2026-09-29"), ("b", 2, "2026-09-30"), ("c", 3, "2026-09-28")):
        (tmp_path / f"{name}.yml").write_text(result_yml(all_of(answer), on=day, signs=["olika"]), "utf-8")
    return root


def test_the_files_of_the_form_become_the_result_of_the_month(desk: Path) -> None:
    done = call(desk, "assess", "../b.yml", "../a.yml", "../c.yml")
    assert (done.code, done.out) == (0, f"{RESULT_PATH}: 3 personer har svarat\n")
    text = (desk / RESULT_PATH).read_text("utf-8")
    assert text.startswith(
        "questionnaire: 1\nanswered_on: 2026-09-30\nrespondents:\n  - answers:\n      g1-1: 2\n"
    )
    assert "2026-09-28" not in text


def test_more_people_are_sorted_in_among_those_who_are_there(desk: Path) -> None:
    assert call(desk, "assess", "../a.yml", "../c.yml").code == 0
    path = desk / RESULT_PATH
    path.write_text("# Hösten\n\n" + path.read_text("utf-8"), "utf-8")
    done = call(desk, "assess", "../b.yml")
    assert (done.code, done.out) == (0, f"{RESULT_PATH}: 3 personer har svarat\n")
    text = path.read_text("utf-8")
    assert text.startswith("# Hösten\n\nquestionnaire: 1\nanswered_on: 2026-09-29\n")
    found = [text.index(f"g1-1: {answer}") for answer in (2, 3, 4)]
    assert found == sorted(found)


def test_the_day_can_be_said(desk: Path) -> None:
    done = call(desk, "assess", "--on", "2026-10-05", "../a.yml")
    assert done.out == "policy/assessment/results/2026-10.yml: 1 person har svarat\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["../a.yml", "../a2.yml"], "En persons svar är exakt lika någon annans."),
        (["--on", "2027-01-01", "../a.yml"], "2027-01-01 har inte varit än."),
        (["../two.yml"], "two.yml:1: unknown-version: Version 2 av formuläret finns inte"),
        (["../wrong.yml", "../worse.yml"], "wrong.yml:4: not-an-answer: ”9” är inget svar på g1-1."),
        (["../wrong.yml", "../worse.yml"], "worse.yml:1: yaml-bracket"),
        (["../latin.yml"], "latin.yml:1: not-utf-8"),
        (["../empty.yml"], "empty.yml:1: missing-key"),
    ],
)
def test_what_cannot_be_taken_in_is_said_and_nothing_is_written(
    desk: Path, arguments: list[str], said: str
) -> None:
    above = desk.parent
    (above / "a2.yml").write_text((above / "a.yml").read_text("utf-8"), "utf-8")
    (above / "two.yml").write_text(result_yml(all_of(4), version=2), "utf-8")
    (above / "wrong.yml").write_text(result_yml(all_of(4) | {"g1-1": 9}), "utf-8")
    (above / "worse.yml").write_text("questionnaire: [1", "utf-8")
    (above / "latin.yml").write_bytes(b"\xe5")
    (above / "empty.yml").write_text("", "utf-8")
    done = call(desk, "assess", *arguments)
    assert done.code == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert not (desk / "policy/assessment/results").exists()


def test_two_people_may_answer_alike_when_somebody_says_so(desk: Path) -> None:
    assert call(desk, "assess", "--alike", "../a.yml").code == 0
    assert call(desk, "assess", "../a.yml").code == 2
    done = call(desk, "assess", "--alike", "../a.yml")
    assert done.out == f"{RESULT_PATH}: 2 personer har svarat\n"


def test_the_path_is_the_month() -> None:
    assert result_path(TODAY) == "policy/assessment/results/2026-11.yml"

"""What applied on a day, for whoever has to settle word against word."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.cli import main
from tests.policy_repo import CHAPTER, MINIMAL, PolicyRepo

PAGE = "policy/chapters/tillganglighet.md"
SLOWER = CHAPTER.replace("tre minuter", "fem minuter")
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(policy_repo: PolicyRepo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a call of `livingpolicy show` on a policy that was added, changed, moved about and cut down."""
    policy_repo.commit("2026-03-01", "Skriv ner policyn", MINIMAL | {PAGE: SLOWER})
    policy_repo.commit("2026-05-10", "Svara inom tre minuter", {PAGE: CHAPTER})
    policy_repo.git("mv", PAGE, "policy/chapters/kontakt.md")
    moved = CHAPTER.replace("---\ntitle", "---\nid: tillganglighet\ntitle", 1)
    policy_repo.commit("2026-06-01", "Byt filens namn", {"policy/chapters/kontakt.md": moved})
    short = moved[: moved.index("## Svar på mejl")]
    policy_repo.commit("2026-08-01", "Ta bort avsnittet om mejl", {"policy/chapters/kontakt.md": short})
    monkeypatch.chdir(policy_repo.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # noon (UTC) on 22 November 2026

    def call(*argv: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(["show", *argv])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.mark.parametrize(
    ("day", "promise"),
    [
        ("2026-03-01", "fem minuter"),
        ("2026-05-09", "fem minuter"),
        ("2026-05-10", "tre minuter"),
        ("2026-11-22", "tre minuter"),
    ],
)
def test_a_section_is_shown_as_it_stood_on_the_day(run: Run, day: str, promise: str) -> None:
    code, out, _ = run("svar-telefon", "--on", day)
    assert (code, f"Löfte: Vi svarar i telefon inom {promise}." in out) == (0, True)


def test_a_move_does_not_change_since_when_it_holds(run: Run) -> None:
    (section,) = json.loads(run("svar-telefon", "--on", "2026-07-01", "--format", "json")[1])["sections"]
    assert (section["since"]["on"], section["certain"]) == ("2026-05-10", True)
    assert section["text"] == "Den som svarar säger företagets namn och sitt eget namn."


@pytest.mark.parametrize(
    ("day", "sections"),
    [
        ("2026-02-28", []),
        ("2026-07-31", ["tillganglighet", "svar-telefon", "svar-mejl"]),
        ("2026-08-01", ["tillganglighet", "svar-telefon"]),
    ],
)
def test_the_whole_policy_is_what_stood_on_the_day(run: Run, day: str, sections: list[str]) -> None:
    code, out, _ = run("--on", day, "--all", "--format", "json")
    assert code == (0 if sections else 1)
    assert [section["id"] for section in json.loads(out)["sections"]] == sections


def test_a_section_that_is_gone_can_still_be_read(run: Run) -> None:
    assert "Vi svarar på mejl samma dag." in run("svar-mejl", "--on", "2026-07-31")[1]
    code, out, _ = run("svar-mejl", "--on", "2026-08-02")
    assert (code, out) == (1, "Avsnittet fanns inte den 2 augusti 2026.\n")


def test_people_read_words_and_no_markup(
    run: Run, policy_repo: PolicyRepo, golden: Callable[[str, str], None]
) -> None:
    text = CHAPTER.replace(
        "Vi svarar på mejl samma dag.", "Vi svarar på **mejl**:\n\n- samma dag\n- med [namn](#svar-telefon)"
    )
    policy_repo.commit("2026-09-01", "Med lista", {"policy/chapters/kontakt.md": text})
    golden("show.sv.txt", run("--on", "2026-09-02", "--all")[1])


@pytest.mark.parametrize(
    "argv",
    [
        ("svar-telefon",),
        ("--on", "2026-05-01"),
        ("svar-telefon", "--all", "--on", "2026-05-01"),
        ("svar-fax", "--on", "2026-05-01"),
        ("svar-telefon", "--on", "2026-11-23"),
        ("svar-telefon", "--on", "i går"),
    ],
)
def test_a_wrong_call_is_answered_in_a_line(run: Run, argv: tuple[str, ...]) -> None:
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert "Error: " in err


def test_an_impossible_date_in_between_makes_the_answer_uncertain(
    run: Run, policy_repo: PolicyRepo, tmp_path: Path
) -> None:
    changed = CHAPTER.replace("tre minuter", "två minuter")
    policy_repo.commit("2031-01-01", "Från framtiden", {"policy/chapters/kontakt.md": changed})
    assert "Osäkert" in run("svar-telefon", "--on", "2026-09-01")[1]

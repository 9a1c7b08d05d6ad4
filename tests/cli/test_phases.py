"""`--verbose` says what takes how long, where it disturbs no one who reads the answer."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from livingpolicy.cli import main
from livingpolicy.phases import listening, phase, speak
from tests.policy_repo import CHAPTER, MINIMAL, POLICY_YML, PolicyRepo
from tests.site.building import make_project

LINE = re.compile(r"^(.+): \d+\.\d\d s$", re.MULTILINE)
READ = ["Läser innehållet", "Läser historiken", "Räknar ut dagar och utfall"]


@pytest.fixture
def root(policy_repo: PolicyRepo, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a policy that is in order, on 22 November 2026."""
    policy_repo.commit("2026-10-01", "Skriv ner policyn", MINIMAL)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")
    monkeypatch.delenv("CI", raising=False)
    return policy_repo.root


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["report"], [*READ, "Skriver svaret"]),
        (["report", "--format", "json"], [*READ, "Skriver svaret"]),
        (["report", "--no-git"], [READ[0], READ[2], "Skriver svaret"]),
        (["targets"], [*READ, "Skriver svaret"]),
        (["check"], [*READ, "Ritar diagram", "Ser över planscherna", "Skriver svaret"]),
        (
            ["check", "--scope", "changed", "--base", "main"],
            ["Läser förslaget och det som gäller", "Ritar diagram", "Ser över planscherna", "Skriver svaret"],
        ),
    ],
    ids=" ".join,
)
def test_each_phase_gets_a_line_and_the_answer_stays_the_same(
    call: list[str], told: list[str], root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, plain = main([*call, "--root", str(root)]), capsys.readouterr()
    assert not LINE.findall(plain.err)
    assert main([*call, "--verbose", "--root", str(root)]) == code
    loud = capsys.readouterr()
    assert LINE.findall(loud.err) == told
    assert loud.out == plain.out
    assert LINE.sub("", loud.err).split() == plain.err.split()


def test_what_failed_is_told_of_too_and_in_the_policys_language(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chapter = CHAPTER.replace("kind: promise", "kin: promise")
    settings = POLICY_YML.replace("language: sv", "language: en")
    PolicyRepo(root).write({"policy/policy.yml": settings, "policy/chapters/tillganglighet.md": chapter})
    assert main(["report", "-v", "--root", str(root)]) == 2
    assert LINE.findall(capsys.readouterr().err) == ["Reading the content"]


def test_a_history_that_refuses_took_its_time_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    PolicyRepo(tmp_path).write(MINIMAL)
    assert main(["report", "-v", "--root", str(tmp_path)]) == 3
    assert LINE.findall(capsys.readouterr().err) == READ[:2]


def test_mkdocs_says_it_when_asked(tmp_path: Path) -> None:
    """The build stops at the wrong content: one phase is enough to see."""
    project = make_project(tmp_path)
    project.repo.write({"policy/policy.yml": "title: Kundpolicy\n"})
    quiet, loud = project.build(), project.build("--verbose")
    assert (quiet.returncode, loud.returncode) == (1, 1)
    assert not re.search(r"Läser innehållet: \d", quiet.stderr)
    assert re.search(r"^DEBUG +-  policy: Läser innehållet: \d+\.\d\d s$", loud.stderr, re.MULTILINE)


def test_what_is_heard_before_the_language_is_known_waits() -> None:
    told: list[str] = []
    with listening(told.append):
        with phase("content"):
            pass
        assert told == []
        speak("en")
        with phase("history"):
            pass
    assert [LINE.findall(line) for line in told] == [["Reading the content"], ["Reading the history"]]
    with phase("content"):
        pass
    assert len(told) == 2

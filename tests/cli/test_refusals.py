"""What the command says when the disk refuses, git is not asked, or a review changes nothing."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from livingpolicy import writing
from livingpolicy.cli import main
from tests.policy_repo import MINIMAL, POLICY_YML, PolicyRepo

REVIEW = ("review", "svar-telefon", "--checked", "Statistiken")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the working directory, with a policy that no repository knows."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # noon (UTC) on 22 November 2026
    monkeypatch.delenv("CI", raising=False)
    PolicyRepo(tmp_path).write(MINIMAL)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("code", "language", "told"),
    [
        (errno.EACCES, "sv", "du har inte rätt att läsa eller skriva här. Ge dig rätt till mappen"),
        (errno.EPERM, "en", "you may not read or write here. Give yourself the right"),
        (errno.ENOSPC, "sv", "disken är full. Frigör utrymme och kör igen."),
        (errno.ENOSPC, "en", "the disk is full. Make room and run again."),
        (errno.EROFS, "sv", "disken går bara att läsa. Arbeta i en mapp"),
        (errno.EIO, "sv", "datorn kan inte läsa eller skriva ("),
    ],
)
def test_a_disk_that_refuses_is_told_of_with_the_cure(
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    code: int,
    language: str,
    told: str,
) -> None:
    settings = POLICY_YML.replace("language: sv", f"language: {language}")
    PolicyRepo(folder).write({"policy/policy.yml": settings})

    def refuse(**where: object) -> tuple[int, str]:
        raise OSError(code, os.strerror(code), f"{where['dir']}/.x.tmp")

    monkeypatch.setattr(writing.tempfile, "mkstemp", refuse)
    assert main(REVIEW) == 3
    err = capsys.readouterr().err
    assert err.startswith(f"{folder}/policy/reviews: {told}")
    assert err.count("\n") == 1
    assert not (folder / "policy/reviews/tillganglighet.yml").exists()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_write_permission(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "policy").chmod(0o555)
    try:
        assert main(REVIEW) == 3
    finally:
        (folder / "policy").chmod(0o755)
    assert "du har inte rätt" in capsys.readouterr().err


def test_a_check_that_asks_no_git_says_that_it_judged_no_date(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--no-git", "--root", str(folder)]) == 0
    err = capsys.readouterr().err
    assert "Inget datum har bedömts" in err
    assert "inget att anmärka på" not in err


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("outcome", "told", "not_told"),
    [
        ("unchanged", "Nästa gång: senast 2027-05-22", "ligger kvar"),
        ("revised", "Nästa gång: senast 2027-05-22", "ligger kvar"),
        ("needs-change", "Kundtjänstchefen ändrar texten. Dagen för nästa granskning ligger kvar", "2027"),
    ],
)
def test_only_a_review_that_restarts_the_clock_names_the_next_day(
    capsys: pytest.CaptureFixture[str], outcome: str, told: str, not_told: str
) -> None:
    assert main([*REVIEW, "--outcome", outcome]) == 0
    out = capsys.readouterr().out
    assert told in out
    assert not_told not in out

"""What the catalogue of faults has and no other file here tries."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from livingpolicy.cli import main
from tests.content.reading import POLICY_PATH, TARGETS_PATH, lines, load, metadata, places, section, write
from tests.history.story import only, rewrite, started, story
from tests.policy_repo import MINIMAL, POLICY_YML, PolicyRepo

INNER = "---\ntitle: Inre\n---\n\n# Inre\n\nText.\n"


@pytest.fixture(autouse=True)
def _a_desk_on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # noon (UTC) on 22 November 2026


def test_a_set_is_a_tag_like_any_other(tmp_path: Path) -> None:
    assert places(tmp_path, metadata("kind: rule\nchannels: !!set {phone}\n")) == [
        "tillganglighet.md:15 yaml-tag"
    ]


def test_a_billion_laughs_are_refused_at_once(tmp_path: Path) -> None:
    """Nine anchors, each nine times the one before: small to read, and too much to write out."""
    laughs = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{name}: &{name} [{', '.join([f'*{before}'] * 9)}]\n"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    started_at = time.process_time()
    assert lines(tmp_path, {POLICY_PATH: laughs + POLICY_YML}) == [
        (
            "policy/policy.yml:1: yaml-anchor: ”&a” är ett ankare eller en hänvisning, och sådana är inte "
            "tillåtna. Skriv ut värdet, eller sätt citattecken runt om det är text."
        )
    ]
    assert time.process_time() - started_at < 2


def test_emoji_stay_on_the_page(tmp_path: Path) -> None:
    """Also those of several characters, and letters beyond the first 65 536."""
    content = load(tmp_path, section("Vi svarar 👩‍👩‍👧 med 𝄞 och 😀.\n"))
    assert content.policy.sections[-1].body == "Vi svarar 👩‍👩‍👧 med 𝄞 och 😀."
    assert content.warnings == ()


def test_a_sparse_file_is_as_large_as_it_says(tmp_path: Path) -> None:
    """3 GB that take no room on the disk would take it in memory."""
    write(tmp_path, {})
    with (tmp_path / TARGETS_PATH).open("wb") as file:
        file.truncate(3 << 30)
    assert places(tmp_path, {}) == ["targets.yml:1 file-too-large"]


def test_a_mailmap_changes_no_answer(tmp_path: Path) -> None:
    """Nobody who committed is told of anyway."""
    repo = started(tmp_path / "repo")
    rewrite(repo, "2026-02-01", "500 kr", "600 kr")
    repo.commit("2026-03-01", "Namn", {".mailmap": "Annan <annan@example.com> <test@example.com>\n"})
    assert story(repo) == only({"mandat": ["2026-02-01 revised"]})


def test_a_bare_repository_is_no_policy(
    policy_repo: PolicyRepo, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It has no files to read, only their history."""
    policy_repo.commit("2026-05-01", "Skriv ner policyn", MINIMAL)
    policy_repo.git("clone", "--quiet", "--bare", str(policy_repo.root), str(tmp_path / "bare"))
    assert main(["report", "--root", str(tmp_path / "bare")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("policy:1: no-policy-folder: Mappen policy finns inte här. ")


def test_a_repository_within_the_policy_is_pointed_out(
    policy_repo: PolicyRepo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What only the inner one knows is a draft at a desk, and wrong on CI."""
    policy_repo.commit("2026-05-01", "Skriv ner policyn", MINIMAL)
    inner = PolicyRepo.create(policy_repo.root / "policy/chapters/inre")
    inner.commit("2026-01-01", "Inre", {"inre.md": INNER})
    call = ["--root", str(policy_repo.root)]
    assert main(["report", "--format", "json", *call]) == 0
    sections = {one["id"]: one for one in json.loads(capsys.readouterr().out)["sections"]}
    assert (sections["inre"]["status"], sections["inre"]["last_revised"]) == ("draft", None)
    monkeypatch.setenv("CI", "true")
    assert main(["check", *call]) == 2
    assert "policy/chapters/inre/inre.md:1: untracked: " in capsys.readouterr().out


def test_when_everything_is_overdue_the_report_lists_it_and_the_gate_fails(
    policy_repo: PolicyRepo, capsys: pytest.CaptureFixture[str]
) -> None:
    """The longest overdue first; a report is an answer all the same."""
    policy_repo.commit("2024-01-01", "Skriv ner policyn", MINIMAL)
    text = MINIMAL["policy/chapters/tillganglighet.md"].replace("samma dag", "inom fyra timmar")
    policy_repo.commit("2024-05-01", "Svara fortare", {"policy/chapters/tillganglighet.md": text})
    call = ["--root", str(policy_repo.root)]
    assert main(["report", "--format", "json", *call]) == 0
    late = [one["days_overdue"] for one in json.loads(capsys.readouterr().out)["sections"]]
    assert len(late) == 3
    assert late == sorted(late, reverse=True)
    assert late[-1] > 700
    assert main(["check", *call]) == 1
    assert capsys.readouterr().out.count(": overdue: ") == 3

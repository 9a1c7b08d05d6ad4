"""Whatever is broken, `livingpolicy doctor` says what and how to cure it, and never breaks itself."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zoneinfo
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from livingpolicy import doctor
from livingpolicy.cli import main
from livingpolicy.doctor import Verdict, machine, packages
from livingpolicy.language import LANGUAGES, catalogue
from tests.policy_repo import CHAPTER, MINIMAL, POLICY_YML, PolicyRepo

ROOT = Path(__file__).parents[2]
NOON = "1795348800"  # noon (UTC) on 22 November 2026
CHAPTER_MD = "policy/chapters/tillganglighet.md"
Checks = dict[str, dict[str, Any]]
Doctor = Callable[..., tuple[int, Checks]]


@pytest.fixture
def repo(tmp_path: Path) -> PolicyRepo:
    """Return a policy that is committed and in order."""
    made = PolicyRepo.create(tmp_path / "kundpolicy")
    made.write({".gitignore": "/.cache/\n"})
    made.commit("2026-05-01", "Skriv ner policyn", MINIMAL)
    return made


@pytest.fixture
def ask(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Doctor:
    """Return a call of the doctor for a folder: the exit code, and what each check found by its name."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("LIVINGPOLICY_NO_CACHE", raising=False)

    def call(root: Path) -> tuple[int, Checks]:
        capsys.readouterr()
        code = main(["doctor", "--format", "json", "--root", str(root)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        document = json.loads(out)
        assert (document["schema"], document["exit_code"]) == (1, code)
        return code, {each["name"]: each for each in document["checks"]}

    return call


def test_nothing_is_wrong_where_nothing_is_wrong(ask: Doctor, repo: PolicyRepo) -> None:
    code, found = ask(repo.root)
    assert code == 0
    needed = set(found) - {"browser", "disk", "packages", "console"}  # of the computer that runs the tests
    assert {name: found[name]["verdict"] for name in needed} == dict.fromkeys(needed, "ok")
    assert [*found][-4:] == ["repository", "history", "uncommitted", "clock"]
    assert found["history"]["values"]["head"] == repo.git("rev-parse", "HEAD")[:10]
    assert repo.git("status", "--porcelain") == ""


def test_people_get_a_line_for_each_check_that_begins_with_a_word(
    repo: PolicyRepo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by colour alone."""
    monkeypatch.setenv("LIVINGPOLICY_CHROMIUM", "/no/such/browser")
    assert main(["doctor", "--root", str(repo.root)]) == 0
    *lines, empty, summary = capsys.readouterr().out.splitlines()
    assert all(re.match(r"(ok|varning|FEL)  +\S", line) for line in lines)
    assert "varning  Webbläsare  LIVINGPOLICY_CHROMIUM pekar på /no/such/browser" in "\n".join(lines)
    assert empty == ""
    assert re.fullmatch(r"I ordning: \d+\. Varningar: \d+\. Fel: 0\.", summary)


def test_a_policy_in_english_is_answered_in_english(
    repo: PolicyRepo, capsys: pytest.CaptureFixture[str]
) -> None:
    repo.write({"policy/policy.yml": POLICY_YML.replace("language: sv", "language: en")})
    main(["doctor", "--root", str(repo.root)])
    out = capsys.readouterr().out
    assert re.search(
        r"^warning +Committed +Files in policy/ that are not as in the latest commit: 1\.", out, re.MULTILINE
    )


# ---- git


def test_without_git(ask: Doctor, repo: PolicyRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    code, found = ask(repo.root)
    assert (code, found["git"]["code"], found["git"]["verdict"]) == (3, "git-missing", "fail")
    assert "sudo apt-get install git" in found["git"]["message"]
    assert "repository" not in found  # the same would be said again
    assert "history" not in found


@pytest.mark.skipif(os.name == "nt", reason="a program of one line of shell")
@pytest.mark.parametrize(
    ("version", "code"),
    [("2.30.9", "git-too-old"), ("2.31.0", "git"), ("2.51.0 (Apple Git-200)", "git"), ("3.0.0", "git")],
)
def test_git_must_be_new_enough(
    version: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "git"
    program.write_text(f'#!/bin/sh\necho "git version {version}"\n')
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert doctor.repository.git().text.partition(".")[2] == code


def test_a_folder_that_is_no_repository(ask: Doctor, tmp_path: Path) -> None:
    PolicyRepo(tmp_path / "plain").write(MINIMAL)
    code, found = ask(tmp_path / "plain")
    assert (code, found["repository"]["code"]) == (3, "not-a-repository")
    assert found["content"]["verdict"] == "ok"


def test_a_repository_without_commits(ask: Doctor, tmp_path: Path) -> None:
    empty = PolicyRepo.create(tmp_path / "empty")
    empty.write(MINIMAL)
    code, found = ask(empty.root)
    assert (code, found["repository"]["code"]) == (3, "no-commits")


def test_a_shallow_clone_is_cured_by_a_command(ask: Doctor, repo: PolicyRepo, tmp_path: Path) -> None:
    repo.commit("2026-06-01", "Mer", {CHAPTER_MD: CHAPTER + "\nMer.\n"})
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.root}", str(tmp_path / "shallow"))
    code, found = ask(tmp_path / "shallow")
    assert (code, found["repository"]["code"]) == (3, "shallow")
    assert "git fetch --unshallow" in found["repository"]["message"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root may give a folder away")
def test_a_repository_of_somebody_else_is_cured_by_the_exact_command(ask: Doctor, repo: PolicyRepo) -> None:
    for place in (repo.root, repo.root / ".git"):
        os.chown(place, 12345, 12345)
    code, found = ask(repo.root)
    assert (code, found["repository"]["code"]) == (3, "dubious-ownership")
    assert f"git config --global --add safe.directory '{repo.root}'" in found["repository"]["message"]


def test_a_partial_clone_is_told_of_before_it_fails(ask: Doctor, repo: PolicyRepo) -> None:
    repo.git("config", "remote.origin.promisor", "true")
    code, found = ask(repo.root)
    assert (code, found["repository"]["code"], found["repository"]["verdict"]) == (
        0,
        "repository-partial",
        "warn",
    )


def test_a_damaged_repository_is_a_failure_of_the_history(ask: Doctor, repo: PolicyRepo) -> None:
    blob = repo.git("rev-parse", f"HEAD:{CHAPTER_MD}")
    (repo.root / ".git/objects" / blob[:2] / blob[2:]).unlink()
    code, found = ask(repo.root)
    assert (code, found["history"]["code"], found["history"]["verdict"]) == (3, "missing-object", "fail")


@pytest.mark.parametrize("by", ["grafts", "replace"])
def test_a_history_that_was_rewritten_for_the_eyes_only(ask: Doctor, repo: PolicyRepo, by: str) -> None:
    repo.commit("2026-06-01", "Mer", {CHAPTER_MD: CHAPTER + "\nMer.\n"})
    head, before = repo.git("rev-parse", "HEAD"), repo.git("rev-parse", "HEAD~1")
    if by == "grafts":
        (repo.root / ".git/info").mkdir(exist_ok=True)
        (repo.root / ".git/info/grafts").write_text(f"{head}\n")
    else:
        repo.git("replace", head, before)
    code, found = ask(repo.root)
    assert (code, found["repository"]["code"]) == (0, "repository-rewritten")


def test_no_branch_is_as_in_ci(ask: Doctor, repo: PolicyRepo) -> None:
    repo.git("checkout", "--quiet", "--detach")
    found = ask(repo.root)[1]
    assert (found["repository"]["code"], found["repository"]["verdict"]) == ("repository-detached", "ok")


def test_a_worktree_is_a_repository_like_others(ask: Doctor, repo: PolicyRepo, tmp_path: Path) -> None:
    repo.git("worktree", "add", "--quiet", "-b", "annan", str(tmp_path / "worktree"))
    code, found = ask(tmp_path / "worktree")
    assert (code, found["repository"]["values"]["branch"]) == (0, "annan")


# ---- the policy


def test_what_is_not_committed_is_counted(ask: Doctor, repo: PolicyRepo) -> None:
    changed = {
        CHAPTER_MD: CHAPTER.replace("samma dag", "inom en timme"),
        "policy/chapters/nytt.md": CHAPTER.replace("svar-", "nytt-"),
    }
    repo.write(changed)
    code, found = ask(repo.root)
    assert (code, found["uncommitted"]["verdict"], found["uncommitted"]["values"]) == (
        0,
        "warn",
        {"count": 2},
    )


def test_wrong_content_is_counted_and_left_to_the_check(ask: Doctor, repo: PolicyRepo) -> None:
    """The environment is fine: the exit code is that of wrong content."""
    repo.write({CHAPTER_MD: CHAPTER.replace("kind: promise", "knd: promise").replace("owner: k", "owner: x")})
    code, found = ask(repo.root)
    assert (code, found["content"]["verdict"]) == (2, "fail")
    assert found["content"]["values"]["errors"] >= 2
    assert found["history"]["verdict"] == "ok"


def test_a_list_of_commits_that_cannot_be_read(ask: Doctor, repo: PolicyRepo) -> None:
    repo.write({".policy-ignore-revs": "inte ett nummer\n"})
    code, found = ask(repo.root)
    assert (code, found["history"]["code"]) == (3, "history-list")


def test_a_folder_without_a_policy(ask: Doctor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "empty").mkdir()
    assert ask(tmp_path / "empty")[1]["content"]["verdict"] == "fail"
    monkeypatch.chdir(tmp_path / "empty")
    assert main(["doctor"]) == 3


def test_a_clock_that_is_behind_the_commits(ask: Doctor, repo: PolicyRepo) -> None:
    repo.commit("2026-11-25", "I övermorgon", {CHAPTER_MD: CHAPTER.replace("samma dag", "samma timme")})
    code, found = ask(repo.root)
    assert (code, found["clock"]["verdict"], found["clock"]["values"]["count"]) == (0, "warn", 1)
    assert "Ställ klockan" in found["clock"]["message"]


def test_a_clock_that_was_set_to_nonsense(
    repo: PolicyRepo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "igår")
    assert main(["doctor", "--root", str(repo.root)]) == 2
    assert "SOURCE_DATE_EPOCH=igår: give seconds since 1970" in capsys.readouterr().err


# ---- the computer


@pytest.mark.parametrize(
    ("free", "verdict"),
    [(49_999_999, "fail"), (50_000_000, "warn"), (499_999_999, "warn"), (500_000_000, "ok")],
)
def test_room_is_needed_before_it_runs_out(
    free: int, verdict: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        def __init__(self, _place: object) -> None:
            self.free = free

    monkeypatch.setattr(machine.shutil, "disk_usage", Usage)
    assert machine.disk(tmp_path).verdict == verdict


def test_a_home_that_cannot_be_written_to(
    ask: Doctor, repo: PolicyRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    code, found = ask(repo.root)
    assert (code, found["cache"]["verdict"], found["history"]["verdict"]) == (0, "warn", "ok")


def test_a_memory_that_is_switched_off_is_no_fault(
    ask: Doctor, repo: PolicyRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIVINGPOLICY_NO_CACHE", "1")
    assert ask(repo.root)[1]["cache"]["code"] == "cache-off"
    monkeypatch.delenv("LIVINGPOLICY_NO_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert ask(repo.root)[1]["cache"]["code"] == "cache-none"


def test_fonts_that_have_nowhere_to_lie(ask: Doctor, repo: PolicyRepo) -> None:
    repo.write({".cache": "a file where a folder should be"})
    code, found = ask(repo.root)
    assert (code, found["fonts"]["code"]) == (3, "fonts-denied")


def test_without_a_browser_only_paper_is_lost(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("LIVINGPOLICY_CHROMIUM", "CHROMIUM_PATH", "PLAYWRIGHT_BROWSERS_PATH"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    if sys.platform == "linux":
        assert (machine.browser().verdict, machine.browser().text) == (Verdict.WARN, "doctor.browser-none")


def test_a_computer_without_time_zones(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in {"tzdata", *(name for name in sys.modules if name.startswith("tzdata."))}:
        monkeypatch.setitem(sys.modules, name, None)
    zoneinfo.reset_tzpath(to=[])
    zoneinfo.ZoneInfo.clear_cache()
    try:
        assert machine.timezone().text == "doctor.timezone-missing"
    finally:
        zoneinfo.reset_tzpath()
        zoneinfo.ZoneInfo.clear_cache()


def run(code: str, root: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the doctor in a Python of its own, after *code*."""
    call = f"{code}\nfrom livingpolicy.cli import main\nsys.exit(main(['doctor', '--root', {str(root)!r}]))"
    environment = os.environ | {"SOURCE_DATE_EPOCH": NOON} | variables
    return subprocess.run(
        [sys.executable, "-c", f"import sys\n{call}"],
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp850"])
def test_a_console_of_few_characters_still_gets_its_answer(encoding: str, repo: PolicyRepo) -> None:
    done = run("", repo.root, PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, "")
    assert re.search(rf"^varning +F.+nster .*\({encoding}\)\. .*PYTHONUTF8=1", done.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    ("module", "check"), [("yaml", "Innehåll"), ("git", "Git"), ("fontpkg_hanken_grotesk", "Typsnitt")]
)
def test_a_package_that_is_missing_is_named(module: str, check: str, repo: PolicyRepo) -> None:
    done = run(f"sys.modules[{module!r}] = None", repo.root)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr + done.stdout
    assert re.search(rf"^FEL +{check} +Det här är inte installerat: {module[:5]}", done.stdout, re.MULTILINE)


def test_a_check_that_breaks_is_a_failure_and_not_a_traceback() -> None:
    (found,) = doctor._guarded("disk", lambda: [1 / 0])  # type: ignore[list-item]
    assert (found.name, found.verdict, found.values) == (
        "disk",
        Verdict.FAIL,
        {"reason": "ZeroDivisionError: division by zero"},
    )


# ---- packages


def test_the_tested_versions_are_those_of_the_lock() -> None:
    lock = packages.locked((ROOT / "requirements.lock").read_text("utf-8"))
    assert {name: frozenset({version}) for name, version in packages.TESTED.items()} == {
        name: lock[name] for name in packages.TESTED
    }


@pytest.mark.parametrize(
    ("today", "code", "verdict"),
    [
        ("2026-05-05", "mkdocs", "ok"),
        ("2026-05-06", "mkdocs-ending", "ok"),
        ("2027-05-05", "mkdocs-ending", "ok"),
        ("2027-05-06", "mkdocs-ended", "warn"),
    ],
)
def test_the_end_of_the_theme_is_named_a_year_before(today: str, code: str, verdict: str) -> None:
    found = packages.site_builder(date.fromisoformat(today))
    assert (found.text.partition(".")[2], found.verdict) == (code, verdict)


@pytest.mark.parametrize(
    ("lock", "code"),
    [
        ("click==1.0 \\\n    --hash=sha256:00\n", "packages-differ"),
        ("no-such-package==1.0\n", "packages-differ"),
        ("no-such-package==1.0 ; sys_platform == 'win32' \\\n    --hash=sha256:00\n", "packages"),
        ("# nothing\n", "packages"),
        (None, "packages-unlocked"),
    ],
)
def test_what_is_installed_is_held_against_the_lock(lock: str | None, code: str, tmp_path: Path) -> None:
    if lock is not None:
        (tmp_path / "requirements.lock").write_text(lock)
    assert packages.packages(tmp_path).text == f"doctor.{code}"


def test_a_version_is_the_same_however_its_zeros_are_written(tmp_path: Path) -> None:
    there = packages._version("fontpkg-hanken-grotesk") or ""
    plain = ".".join(str(int(part)) for part in there.split("."))
    (tmp_path / "requirements.txt").write_text(f"fontpkg-hanken-grotesk=={plain}\n")
    assert packages.packages(tmp_path).text == "doctor.packages"


# ---- words


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_comes_with_a_cure(language: str) -> None:
    """At least two sentences: what, and what to do."""
    source = "".join(path.read_text("utf-8") for path in (ROOT / "src/livingpolicy/doctor").glob("*.py"))
    codes = re.findall(r'(?:warn|fail)\([\w"]+, "([\w-]+)"', source)
    assert len(codes) > 15
    for code in codes:
        text = catalogue(language).texts[f"doctor.{code}"]
        assert re.search(r"[.)] [A-ZÅÄÖ].*\.$", text), (code, text)

"""The command line, called as people and CI call it, on real repositories."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.cli import COMMANDS, main
from tests.policy_repo import CHAPTER, MINIMAL, PolicyRepo

ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(policy_repo: PolicyRepo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a call of `livingpolicy` in the repository: exit code, standard output, standard error."""
    monkeypatch.chdir(policy_repo.root)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # noon (UTC) on 22 November 2026

    def call(*argv: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(argv)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


@pytest.fixture
def published(policy_repo: PolicyRepo) -> PolicyRepo:
    """Return a policy of three sections, added on 1 May and with one revised on 1 July."""
    policy_repo.commit("2026-05-01", "Skriv ner policyn", MINIMAL)
    changed = CHAPTER.replace("samma dag", "inom fyra timmar")
    policy_repo.commit("2026-07-01", "Svara fortare", {"policy/chapters/tillganglighet.md": changed})
    return policy_repo


# ---- report


def test_the_report_says_when_each_section_was_revised(run: Run, published: PolicyRepo) -> None:
    code, out, err = run("report", "--format", "json")
    document = json.loads(out)
    dates = {each["id"]: (each["last_revised"]["on"], each["due_on"]) for each in document["sections"]}
    assert (code, err) == (0, "")
    assert dates == {
        "tillganglighet": ("2026-05-01", "2026-11-01"),
        "svar-telefon": ("2026-05-01", "2026-11-01"),
        "svar-mejl": ("2026-07-01", "2027-01-01"),
    }
    assert document["head"] == published.git("rev-parse", "HEAD")
    assert document["counts"] == {"overdue": 2, "due-soon": 0, "current": 1}


def test_another_today_moves_status_and_never_dates(run: Run, published: PolicyRepo) -> None:
    now, later = (
        json.loads(run("report", "--format", "json", "--today", day)[1])
        for day in ("2026-05-02", "2036-05-02")
    )
    assert {each["status"] for each in now["sections"]} == {"current"}
    assert {each["status"] for each in later["sections"]} == {"overdue"}
    for key in ("last_revised", "due_on", "revisions"):
        assert {each["id"]: each[key] for each in now["sections"]} == {
            each["id"]: each[key] for each in later["sections"]
        }


def test_all_forms_tell_of_all_sections(run: Run, published: PolicyRepo) -> None:
    for form in ("text", "markdown", "json", "csv"):
        _, out, _ = run("report", "--format", form)
        assert all(name in out for name in ("tillganglighet", "svar-telefon", "svar-mejl")), form
    rows = list(csv.DictReader(io.StringIO(run("report", "--format", "csv")[1])))
    assert [row["status"] for row in rows] == ["overdue", "overdue", "current"]


def test_it_works_from_any_folder_of_the_repository(
    run: Run, published: PolicyRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = run("report")
    monkeypatch.chdir(published.root / "policy" / "chapters")
    assert run("report") == here
    monkeypatch.chdir("/")
    assert run("report", "--root", str(published.root)) == here


def test_an_edit_that_is_not_committed_is_a_draft(run: Run, published: PolicyRepo) -> None:
    published.write({"policy/chapters/tillganglighet.md": CHAPTER.replace("sitt eget namn", "sitt förnamn")})
    sections = {each["id"]: each for each in json.loads(run("report", "--format", "json")[1])["sections"]}
    assert (sections["svar-telefon"]["status"], sections["svar-telefon"]["last_revised"]) == ("draft", None)
    assert sections["tillganglighet"]["status"] == "overdue"


def test_without_git_the_report_refuses_and_names_the_way_on(run: Run, tmp_path: Path) -> None:
    for path, text in MINIMAL.items():
        (tmp_path / "plain" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "plain" / path).write_text(text, "utf-8")
    code, out, err = run("report", "--root", str(tmp_path / "plain"))
    assert (code, out) == (3, "")
    assert err.count("\n") >= 1
    code, out, _ = run("report", "--root", str(tmp_path / "plain"), "--no-git", "--format", "json")
    document = json.loads(out)
    assert (code, document["history"], document["head"]) == (0, "unavailable", None)
    assert {each["status"] for each in document["sections"]} == {"unknown"}


def test_a_shallow_clone_is_refused(run: Run, published: PolicyRepo, tmp_path: Path) -> None:
    clone = tmp_path / "shallow"
    published.git("clone", "--quiet", "--depth=1", f"file://{published.root}", str(clone))
    code, out, err = run("report", "--root", str(clone))
    assert (code, out) == (3, "")
    assert "git fetch --unshallow" in err
    assert "fetch-depth: 0" in err


# ---- check


@pytest.mark.parametrize(
    ("today", "code"),
    [("2026-11-01", 0), ("2026-11-02", 0), ("2026-11-15", 0), ("2026-11-16", 1), ("2036-01-01", 1)],
)
def test_the_gate_fails_when_a_section_is_overdue_beyond_the_grace(
    run: Run, published: PolicyRepo, today: str, code: int
) -> None:
    assert run("check", "--today", today)[0] == code
    assert run("check", "--scope", "all", "--today", today)[0] == code


def test_wrong_content_is_told_whole_with_lines_and_exit_code_2(run: Run, published: PolicyRepo) -> None:
    published.write(
        {
            "policy/chapters/tillganglighet.md": CHAPTER.replace("kind: promise", "kind: löfte").replace(
                "owner: kundtjanstchef", "owner: kundtjanst"
            ),
            "policy/chapters/trasig.md": b"---\ntitle: [\n---\n# Trasig\n",
        }
    )
    for command in ("check", "report"):
        code, out, err = run(command)
        lines = [line for line in (out + err).splitlines() if line.startswith("policy/")]
        assert code == 2
        assert {line.split(" ")[0].split(":")[0] for line in lines} == {
            "policy/chapters/tillganglighet.md",
            "policy/chapters/trasig.md",
        }
        assert len(lines) >= 3
        assert "Traceback" not in err


@pytest.mark.parametrize("command", ["check", "report"])
def test_warnings_are_not_counted_as_errors(run: Run, published: PolicyRepo, command: str) -> None:
    text = CHAPTER.replace("kind: promise", "kind: löfte") + "\n#### Undantag\n\nVi svarar.\n"
    published.write({"policy/chapters/tillganglighet.md": text})
    code, _, err = run(command)
    assert code == 2
    assert err.splitlines()[-1] == (
        "1 fel i innehållet. Inget har publicerats; rätta det och kör igen. Dessutom 1 varning."
    )


def test_another_day_to_judge_by_makes_no_review_one_of_the_future(run: Run, published: PolicyRepo) -> None:
    """`--today` moves the status of sections; what is the future only the clock says."""
    ledger = (
        "- {section: svar-telefon, reviewed_on: DAY, by: kundchef, checked: Växeln, outcome: unchanged}\n"
    )
    published.write({"policy/reviews/tillganglighet.yml": ledger.replace("DAY", "2026-05-02")})
    assert run("report", "--today", "2026-05-01")[0] == 0
    published.write({"policy/reviews/tillganglighet.yml": ledger.replace("DAY", "2150-01-01")})
    code, _, err = run("report", "--today", "2150-01-02")
    assert (code, "reviewed-in-future" in err) == (2, True)


def test_on_ci_a_file_that_git_does_not_know_is_wrong(
    run: Run, published: PolicyRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    extra = "# Nytt\n\n## Nytt avsnitt {#nytt-avsnitt}\n\nText.\n"
    published.write({"policy/chapters/nytt.md": f"---\ntitle: Nytt\n---\n\n{extra}"})
    assert run("check", "--today", "2026-08-01")[0] == 0
    monkeypatch.setenv("CI", "true")
    code, out, _ = run("check", "--today", "2026-08-01")
    assert (code, out.split(": ")[:2]) == (2, ["policy/chapters/nytt.md:1", "untracked"])


# ---- review


def test_a_review_moves_the_due_day_and_keeps_the_ledger(run: Run, published: PolicyRepo) -> None:
    ledger = published.root / "policy/reviews/tillganglighet.yml"
    published.write({"policy/reviews/tillganglighet.yml": "# Liggaren, skriv sist.\n"})
    code, out, err = run(
        "review", "svar-telefon", "--checked", "Växelns statistik: 93 %", "--today", "2026-11-20"
    )
    assert code == 0, err
    assert "2027-05-20" in out
    assert ledger.read_text("utf-8").startswith("# Liggaren, skriv sist.\n")
    sections = {each["id"]: each for each in json.loads(run("report", "--format", "json")[1])["sections"]}
    assert (sections["svar-telefon"]["last_reviewed_on"], sections["svar-telefon"]["due_on"]) == (
        "2026-11-20",
        "2027-05-20",
    )


@pytest.mark.parametrize(
    "argv",
    [
        ("svar-fax", "--checked", "Allt"),
        ("svar-telefon", "--checked", "  "),
        ("svar-telefon", "--checked", "Allt", "--by", "chefen"),
        ("svar-telefon", "--checked", "Allt", "--today", "2026-11-23"),
        ("svar-telefon", "--checked", "Med <script>"),
        ("svar-telefon",),
    ],
)
def test_a_review_that_cannot_be_written_leaves_the_ledger_as_it_was(
    run: Run, published: PolicyRepo, argv: tuple[str, ...]
) -> None:
    code, _, err = run("review", *argv)
    assert code == 2
    assert err
    assert not (published.root / "policy/reviews/tillganglighet.yml").exists()


# ---- the call itself


@pytest.mark.parametrize(
    "argv",
    [
        ("rapport",),
        ("report", "--format", "pdf"),
        ("report", "--today", "22/11/2026"),
        ("report", "--today", "2026-1-5"),
        ("report", "--today", "20261122"),
        ("report", "--root", "finns-inte"),
        ("check", "--scope", "some"),
    ],
)
def test_a_wrong_call_is_one_line_and_exit_code_2(run: Run, argv: tuple[str, ...]) -> None:
    code, out, err = run(*argv)
    assert (code, out) == (2, "")
    assert "Error: " in err


def test_outside_a_policy_the_call_is_wrong(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, err = run("report")
    assert code == 2
    assert "--root" in err


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_and_stands_in_the_readme(run: Run, command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert f"livingpolicy {command}" in out
    assert f"livingpolicy {command}" in (ROOT / "README.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("argv", "same_as"),
    [
        ((), ("report",)),
        (("--check",), ("check",)),
        (("--today", "2026-05-02"), ("report", "--today", "2026-05-02")),
        (("--check", "--today", "2030-01-01"), ("check", "--today", "2030-01-01")),
        (("review", "--help"), ("review", "--help")),
    ],
)
def test_the_git_history_script_is_the_same_door(
    published: PolicyRepo, argv: tuple[str, ...], same_as: tuple[str, ...]
) -> None:
    script = [sys.executable, str(ROOT / "scripts/policy_history.py"), *argv]
    module = [sys.executable, "-m", "livingpolicy", *same_as]
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    one, other = (
        subprocess.run(call, cwd=published.root, capture_output=True, check=False, env=environment)
        for call in (script, module)
    )
    assert (one.returncode, one.stdout) == (other.returncode, other.stdout)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_a_console_of_another_code_page_still_gets_the_report(published: PolicyRepo, encoding: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "livingpolicy", "report"],
        cwd=published.root,
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": encoding, "LC_ALL": "C"},
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Svar p" in done.stdout


def test_the_same_commit_and_day_give_the_same_bytes(published: PolicyRepo) -> None:
    """Whatever the time zone, the locale or the seed of the hashes."""
    outputs = {
        subprocess.run(
            [sys.executable, "-m", "livingpolicy", "report", "--format", "json", "--today", "2026-11-22"],
            cwd=published.root,
            capture_output=True,
            check=True,
            env=os.environ | {"TZ": zone, "PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8"},
        ).stdout
        for zone, seed in [("UTC", "0"), ("Pacific/Auckland", "1"), ("America/Los_Angeles", "42")]
    }
    assert len(outputs) == 1

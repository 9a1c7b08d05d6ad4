"""`livingpolicy measure` and `targets`, called as people call them, on real repositories."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy import writing
from livingpolicy.cli import main
from tests.measures.test_history import HEADER, PATH, TARGETS
from tests.policy_repo import MINIMAL, PolicyRepo

Run = Callable[..., tuple[int, str, str]]
BACKLOG = "policy/measurements/oppna-arenden.csv"
REGISTER = TARGETS + "  measured: weekly\n"


@pytest.fixture
def run(policy_repo: PolicyRepo, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a call of `livingpolicy` in a repository with two targets: code, output, errors."""
    policy_repo.commit("2026-05-01", "Skriv ner policyn", {**MINIMAL, "policy/targets.yml": REGISTER})
    monkeypatch.chdir(policy_repo.root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # noon (UTC) on 22 November 2026

    def call(*argv: str) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main(argv)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return call


def content(repo: PolicyRepo, path: str = PATH) -> str:
    return (repo.root / path).read_bytes().decode()


def test_the_first_value_makes_the_file(run: Run, policy_repo: PolicyRepo) -> None:
    code, out, err = run("measure", "svarstid", "2026-10", "2,4", "--within-target", "93", "--n", "812")
    assert code == 0
    assert out == "Svar i telefon, oktober 2026: 93 %, målet var 80 % inom tre minuter. Nått.\n"
    assert err == f"Spara med: git add {PATH} && git commit\n"
    first, note, row = content(policy_repo).splitlines()
    assert (f"{first}\n", row) == (HEADER, "2026-10,2.4,93,812,")
    assert note.startswith("# Utfall för målet Svar i telefon.")


@pytest.mark.parametrize(
    ("given", "row"),
    [
        (("2026-10", "2.4"), "2026-10,2.4,,,"),
        (("2026-10", "2,40"), "2026-10,2.40,,,"),
        (("2026-10", "1 500"), "2026-10,1500,,,"),
        (("2026-10", "1\u00a0500,5"), "2026-10,1500.5,,,"),
        (("2026-10", "3", "--within-target", "93,5 %"), "2026-10,3,93.5,,"),
        (("2026-10", "3", "--comment", "kö,\n lång"), '2026-10,3,,,"kö, lång"'),
        (("2026-10", "3", "--low", "0,5", "--high", "6"), "2026-10,3,,,,0.5,6"),
    ],
)
def test_numbers_may_be_typed_as_people_write_them(
    run: Run, policy_repo: PolicyRepo, given: tuple[str, ...], row: str
) -> None:
    assert run("measure", "svarstid", *given)[0] == 0
    assert content(policy_repo).splitlines()[-1] == row


@pytest.mark.parametrize(("typed", "week"), [("2026-W46", 46), ("2026-w46", 46), ("2026-v46", 46)])
def test_weeks_may_be_typed_in_swedish(run: Run, policy_repo: PolicyRepo, typed: str, week: int) -> None:
    assert run("measure", "oppna-arenden", typed, "140")[0] == 0
    assert content(policy_repo, BACKLOG).endswith(f"\n2026-W{week},140,,,\n")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("svarstd", "2026-10", "2"), "Målet ”svarstd” finns inte i targets.yml. Menade du svarstid?"),
        (("svarstid", "oktober", "2"), "”oktober” är ingen period."),
        (("svarstid", "2026-13", "2"), "Perioden 2026-13 finns inte i almanackan."),
        (("svarstid", "2026-10", "tre"), "”tre” ska vara ett tal."),
        (("svarstid", "2026-10", "3 min"), "”3 min” ska vara ett tal."),
        (("svarstid", "2026-10", "nan"), "”nan” ska vara ett tal."),
        (("svarstid", "2026-10", "--", "-2"), "-2 är mindre än noll"),
        (("svarstid", "2026-10", "2", "--n", "många"), "”många” ska vara ett tal."),
        (("svarstid", "2026-11", "2"), f"{PATH}:3: period-open: Perioden 2026-11 är inte slut"),
        (("svarstid", "2026-W41", "2"), f"{PATH}:3: period-length: "),
        (("svarstid", "2026-10", "2", "--n", "4.5"), f"{PATH}:3: not-whole: "),
        (("svarstid", "2026-10", "2", "--within-target", "104"), f"{PATH}:3: number-range: "),
        (("svarstid", "2026-10", "2", "--low", "3"), f"{PATH}:3: below-low: "),
        (("svarstid", "2026-10", "2", "--comment", "=1+1"), f"{PATH}:3: formula: "),
    ],
)
def test_what_is_wrong_is_said_in_a_line_and_nothing_is_written(
    run: Run, policy_repo: PolicyRepo, given: tuple[str, ...], told: str
) -> None:
    code, out, err = run("measure", *given)
    assert (code, out) == (2, "")
    assert told in err
    assert policy_repo.git("status", "--porcelain") == ""
    assert not (policy_repo.root / PATH).exists()


def test_a_file_that_stood_there_is_put_back_as_it_was(run: Run, policy_repo: PolicyRepo) -> None:
    before = f"\ufeff{HEADER}# Exempel\n2026-09,2.1,94,640,".replace("\n", "\r\n")
    policy_repo.write({PATH: before})
    assert run("measure", "svarstid", "2026-11", "2")[0] == 2
    assert content(policy_repo) == before


def test_a_period_is_written_once_and_over_only_when_somebody_says_so(
    run: Run, policy_repo: PolicyRepo
) -> None:
    policy_repo.write({PATH: f"{HEADER}2026-09,2.1,94,640,\n2026-10,2.4,93,812,ny växel\n"})
    code, _, err = run("measure", "svarstid", "2026-10", "2.5")
    assert code == 2
    assert "2026-10 står redan på rad 3" in err
    assert "2026-10,2.4,93,812,ny växel" in err
    assert "--replace" in err
    code, out, err = run("measure", "svarstid", "2026-10", "2.5", "--within-target", "79,9", "--replace")
    assert (code, "Inte nått" in out) == (0, True)
    assert "Förut stod: 2026-10,2.4,93,812,ny växel" in err
    assert content(policy_repo) == f"{HEADER}2026-09,2.1,94,640,\n2026-10,2.5,79.9,,\n"


def test_a_disk_that_refuses_leaves_the_file_as_it_was(
    run: Run, policy_repo: PolicyRepo, monkeypatch: pytest.MonkeyPatch
) -> None:
    policy_repo.write({PATH: HEADER})

    def refuse(**where: object) -> tuple[int, str]:
        raise OSError(28, "No space left on device", f"{where['dir']}/.x.tmp")

    monkeypatch.setattr(writing.tempfile, "mkstemp", refuse)
    assert run("measure", "svarstid", "2026-10", "2")[0] == 3
    assert content(policy_repo) == HEADER


def test_few_cases_are_taken_down_and_not_told(run: Run) -> None:
    code, out, _ = run("measure", "svarstid", "2026-10", "2.43", "--within-target", "93.75", "--n", "4")
    assert (code, out) == (
        0,
        "Svar i telefon, oktober 2026: färre än fem fall, så värdet visas inte. För få fall.\n",
    )
    for form in ("text", "json", "csv"):
        printed = run("targets", "--format", form)[1]
        assert "2026" in printed
        assert not any(number in printed for number in ("93.75", "93,75", "2.43", "2,43"))


def test_a_share_nobody_asked_for_is_warned_of(run: Run) -> None:
    code, _, err = run("measure", "oppna-arenden", "2026-W46", "140", "--within-target", "93")
    assert (code, f"{BACKLOG}:3: no-share: varning" in err) == (0, True)


def test_without_a_repository_the_value_is_written_and_not_judged(run: Run, tmp_path: Path) -> None:
    PolicyRepo(tmp_path / "plain").write({**MINIMAL, "policy/targets.yml": REGISTER})
    call = ("measure", "svarstid", "2026-10", "2", "--within-target", "93", "--root", str(tmp_path / "plain"))
    code, out, _ = run(*call)
    assert (code, out) == (0, "Svar i telefon, oktober 2026: 93 %. Ej bedömt.\n")


# ---- targets


@pytest.fixture
def measured(run: Run, policy_repo: PolicyRepo) -> Run:
    """Return the call, in a repository where October was missed and one week of the backlog is missing."""
    weeks = "".join(f"2026-W{week},140,,,\n" for week in (43, 44, 46))
    files = {PATH: f"{HEADER}2026-10,2.4,79,812,ny växel\n", BACKLOG: HEADER + weeks}
    policy_repo.commit("2026-11-16", "För in utfall", files)
    return run


def test_the_worst_target_comes_first(measured: Run) -> None:
    code, out, err = measured("targets")
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[1] == "1 inte nått, 1 nått."
    assert lines[4].startswith("! Inte nått  Svar i telefon (svarstid)")
    assert lines[5].startswith("✓ Nått       Öppna ärenden (oppna-arenden)")
    assert "v. 45 2026" in lines[5]


def test_another_today_asks_how_it_will_look(measured: Run) -> None:
    assert measured("targets", "--today", "2027-01-15")[1].splitlines()[1] == "2 med gammalt värde."


def test_without_git_nothing_is_judged_and_with_no_repository_it_refuses(
    measured: Run, tmp_path: Path
) -> None:
    assert "2 ej bedömda." in measured("targets", "--no-git")[1]
    PolicyRepo(tmp_path / "plain").write({**MINIMAL, "policy/targets.yml": REGISTER})
    assert measured("targets", "--root", str(tmp_path / "plain"))[0] == 3


def test_the_report_of_every_night_names_what_was_missed(measured: Run) -> None:
    told = (
        "Svar i telefon (svarstid) nåddes inte: 79 % (oktober 2026), målet var 80 % inom tre minuter. "
        "Ansvarig: Kundchefen."
    )
    for form in ("text", "markdown"):
        out = measured("report", "--format", form)[1].replace("&#40;", "(").replace("&#41;", ")")
        assert told in out
        assert "Öppna ärenden (oppna-arenden) saknar utfall för v. 45 2026." in out
        assert out.index("Svar på mejl") < out.index("Mål och utfall") < out.index(told)
    assert "79" not in measured("report", "--format", "json")[1]


def test_the_spreadsheet_has_every_result(measured: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(measured("targets", "--format", "csv")[1])))
    assert [(row["target"], row["period"], row["verdict"]) for row in rows] == [
        ("svarstid", "2026-10", "missed"),
        ("oppna-arenden", "2026-W46", "met"),
        ("oppna-arenden", "2026-W44", "met"),
        ("oppna-arenden", "2026-W43", "met"),
    ]

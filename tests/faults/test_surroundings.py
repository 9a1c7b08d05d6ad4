"""The answers are those of the policy and the day, wherever and as whomever the program runs."""

from __future__ import annotations

import io
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import pytest

from livingpolicy.cli import main
from tests.assessment.samples import QUESTIONNAIRE_PATH, RESULT_PATH, all_of, questionnaire_yml, result_yml
from tests.content.test_faults_improvements import LUNCH
from tests.content.test_faults_improvements import PATH as IMPROVEMENTS_PATH
from tests.content.test_faults_measurements import GOOD, HEADER, SHARED
from tests.content.test_faults_measurements import PATH as MEASURED_PATH
from tests.policy_repo import CHAPTER, MINIMAL, PolicyRepo, git_environment

NOON = "1795348800"
"""On 22 November 2026, in UTC."""
CALLS: tuple[tuple[str, ...], ...] = (
    *(("report", "--format", form) for form in ("text", "markdown", "json", "csv")),
    *(("check", "--format", form) for form in ("text", "github", "json", "junit", "sarif")),
    *(("targets", "--format", form) for form in ("text", "json", "csv")),
    *(("agenda", "--format", form) for form in ("text", "markdown")),
    *(("log", "svar-mejl", "--format", form) for form in ("text", "json")),
    *(("show", "--all", "--on", "2026-06-01", "--format", form) for form in ("text", "json")),
    ("diff", "HEAD~1"),
)
MEASURE = ("measure", "svarstid", "2026-08", "3.5", "--n", "40", "--comment", "Många på semester – och åska")
NONE: Mapping[str, str] = MappingProxyType({})
SCRIPT = """
import sys
from livingpolicy.cli import main
for call in {calls!r}:
    sys.stdout.write(f"== {{call}} {{main(list(call))}}\\n")
    sys.stdout.flush()
"""


def founded(root: Path) -> PolicyRepo:
    """Return a policy with all that may be measured, tried and asked, changed once."""
    repo = PolicyRepo.create(root)
    files = {
        **MINIMAL,
        "policy/targets.yml": SHARED,
        MEASURED_PATH: GOOD,
        IMPROVEMENTS_PATH: LUNCH,
        QUESTIONNAIRE_PATH: questionnaire_yml(),
        RESULT_PATH: result_yml(*map(all_of, (2, 3, 3, 4, 5)), signs=["olika"]),
    }
    repo.commit("2026-05-01", "Skriv ner policyn", files)
    changed = CHAPTER.replace("samma dag", "inom fyra timmar – även på fredagar")
    repo.commit("2026-07-01", "Svara fortare på mejl: ”åäö”", {"policy/chapters/tillganglighet.md": changed})
    return repo


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> PolicyRepo:
    return founded(tmp_path_factory.mktemp("kund") / "policy")


def run(
    root: Path,
    *before: str,
    calls: Sequence[tuple[str, ...]] = CALLS,
    variables: Mapping[str, str] = NONE,
    umask: int = -1,
) -> subprocess.CompletedProcess[bytes]:
    """Call the program in *root*, one process for all *calls*; *before* goes in front of it."""
    known = {"SOURCE_DATE_EPOCH": NOON, "LIVINGPOLICY_NO_CACHE": "1", "PYTHONUTF8": "1"}
    environment = {name: value for name, value in git_environment().items() if name != "CI"}
    return subprocess.run(
        [*before, sys.executable, "-c", SCRIPT.format(calls=calls)],
        cwd=root,
        env=environment | known | dict(variables),
        capture_output=True,
        check=False,
        umask=umask,
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
@pytest.mark.parametrize("argv", [*CALLS, MEASURE], ids=" ".join)
def test_a_console_of_another_code_page_gets_every_answer(
    repo: PolicyRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoding: str, argv: tuple[str, ...]
) -> None:
    """What it cannot show stands there as an escape; nothing is lost and nothing breaks."""
    root = repo.root
    if argv[0] == "measure":
        root = Path(shutil.copytree(repo.root, tmp_path / "copy"))
    monkeypatch.chdir(root)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    monkeypatch.delenv("CI", raising=False)
    answer, complaint = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(stream, encoding=encoding) for stream in (answer, complaint))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    code = main(argv)
    out.flush()
    err.flush()
    monkeypatch.undo()
    assert code in {0, 1}
    assert answer.getvalue()
    assert b"Traceback" not in complaint.getvalue()
    if "json" in argv:  # to a console that claims ASCII, click speaks UTF-8
        json.loads(answer.getvalue().decode("utf-8" if encoding == "ascii" else encoding))


def test_the_same_commit_and_day_give_the_same_bytes_everywhere(repo: PolicyRepo, tmp_path: Path) -> None:
    """In another folder, time zone and locale, with other rights and another seed of the hashes."""
    moved = tmp_path / "en annan mapp åäö" / "x"
    shutil.copytree(repo.root, moved)
    here = run(repo.root, variables={"TZ": "UTC", "PYTHONHASHSEED": "0"})
    there = run(
        moved,
        variables={"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "LC_ALL": "tr_TR.UTF-8", "LANG": "C"},
        umask=0o077,
    )
    assert here.stdout.count(b"== (") == len(CALLS)
    assert (there.stdout, there.stderr) == (here.stdout, here.stderr)
    assert os.fsencode(repo.root) not in here.stdout


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has other rights")
@pytest.mark.parametrize(("umask", "mode"), [(0o022, 0o644), (0o027, 0o640)])
def test_what_is_written_can_be_read_by_whom_the_umask_says(
    repo: PolicyRepo, tmp_path: Path, umask: int, mode: int
) -> None:
    root = Path(shutil.copytree(repo.root, tmp_path / "copy"))
    (root / MEASURED_PATH).unlink()
    done = run(root, calls=(MEASURE,), umask=umask)
    assert b" 0\n" in done.stdout, done.stderr
    assert stat.S_IMODE((root / MEASURED_PATH).stat().st_mode) == mode


def test_nothing_needs_a_network(repo: PolicyRepo) -> None:
    unshare = shutil.which("unshare")
    if (
        unshare is None
        or subprocess.run([unshare, "-rn", "true"], capture_output=True, check=False).returncode
    ):
        pytest.skip("nobody may take the network away here")
    calls = (("report",), ("check",), ("agenda",))
    alone, here = run(repo.root, unshare, "-rn", calls=calls), run(repo.root, calls=calls)
    assert here.stdout.count(b"== (") == len(calls)
    assert (alone.stdout, alone.stderr) == (here.stdout, here.stderr)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Return a folder that every user may enter, unlike those of the tests."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


NOBODY = 65534


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can be somebody else")
def test_another_user_is_told_what_may_not_be_read(
    open_folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest is checked all the same."""
    PolicyRepo(open_folder).write(
        {
            **MINIMAL,
            "policy/policy.yml": MINIMAL["policy/policy.yml"].replace("per_week: 5", "per_week: 0"),
            MEASURED_PATH: GOOD,
            "policy/targets.yml": SHARED,
        }
    )
    (open_folder / "policy/chapters/tillganglighet.md").chmod(0)
    (open_folder / MEASURED_PATH).chmod(0)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    monkeypatch.delenv("CI", raising=False)
    call = ["check", "--no-git", "--root", str(open_folder)]
    main(call)  # as root, who may read everything: what the program loads late is loaded now
    capsys.readouterr()
    groups = os.getgroups()
    os.setgroups([])
    os.setegid(NOBODY)
    os.seteuid(NOBODY)
    try:
        code = main(call)
    finally:
        os.seteuid(0)
        os.setegid(0)
        os.setgroups(groups)
    told = "".join(capsys.readouterr())
    assert code == 2
    for line in (
        "policy/chapters/tillganglighet.md:1: unreadable: ",
        f"{MEASURED_PATH}:1: unreadable: ",
        "policy/policy.yml:11: number-range: ",
    ):
        assert line in told


LARGE: dict[str, dict[str, str | bytes | None]] = {
    "a chapter just below 2 MB": {
        "policy/chapters/lang.md": "---\ntitle: Lång\n---\n\n# Lång\n\n"
        + "Vi svarar alltid kunden.\n\n" * 76_000
    },
    "40 000 rows": {MEASURED_PATH: HEADER + "2026-10,2.4,93,812,\n" * 40_000},
    "2 MB of synonyms": {"policy/synonyms.yml": "- [mejl, mail]\n" * 120_000},
}
WEIGHED = """
import resource, sys, time
from livingpolicy.cli import main
begun = time.process_time()
code = main(["check", "--no-git"])
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(f"== {code} {time.process_time() - begun:.1f} {megabytes}")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="counts kilobytes as Linux does")
@pytest.mark.parametrize("name", LARGE)
def test_files_at_the_limits_take_bounded_time_and_memory(tmp_path: Path, name: str) -> None:
    """Seconds of work and megabytes; a disk or a neighbour that is slow does not count."""
    PolicyRepo(tmp_path).write({**MINIMAL, "policy/targets.yml": SHARED, **LARGE[name]})
    done = subprocess.run(
        [sys.executable, "-c", WEIGHED],
        cwd=tmp_path,
        env=os.environ | {"SOURCE_DATE_EPOCH": NOON},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Traceback" not in done.stderr
    code, seconds, megabytes = done.stdout.rsplit("== ", 1)[1].split()
    assert code in {"0", "2"}
    assert float(seconds) < 30
    assert int(megabytes) < 500
    assert len(done.stderr) + len(done.stdout) < 200_000

"""What git can do to us, and what we say then."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from livingpolicy.errors import HistoryError
from livingpolicy.gitlog import Repository
from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.model import History
from tests.history.story import (
    ACCESS,
    BOOK,
    REFUND,
    chapter,
    cold,
    lines,
    only,
    read,
    rewrite,
    section,
    started,
    story,
)
from tests.policy_repo import PolicyRepo, git_environment

REAL_GIT = shutil.which("git") or "git"


@pytest.fixture
def repo(tmp_path: Path) -> PolicyRepo:
    return started(tmp_path / "repo")


@pytest.fixture
def grown(repo: PolicyRepo) -> PolicyRepo:
    """A repository whose section `mandat` was revised three times."""
    for month, (old, new) in enumerate((("500", "600"), ("600", "700"), ("700", "800")), start=2):
        rewrite(repo, f"2026-0{month}-01", f"{old} kr", f"{new} kr")
    return repo


GROWN = {"mandat": ["2026-04-01 revised", "2026-03-01 revised", "2026-02-01 revised"]}


def refused(root: PolicyRepo | Path) -> HistoryError:
    with pytest.raises(HistoryError) as caught:
        read(root)
    error = caught.value
    for language in LANGUAGES:
        assert len(catalogue(language).refusal(error)) > 40
    return error


def clone(repo: PolicyRepo, target: Path, *options: str) -> PolicyRepo:
    subprocess.run(
        ["git", "clone", "--quiet", *options, repo.root.as_uri(), str(target)],
        env=git_environment(),
        check=True,
        capture_output=True,
    )
    return PolicyRepo(target)


def loose(repo: PolicyRepo, name: str) -> Path:
    return repo.root / ".git" / "objects" / name[:2] / name[2:]


# Refusing to guess


def test_a_folder_outside_every_repository_is_refused(tmp_path: Path):
    PolicyRepo(tmp_path).write(BOOK)
    assert refused(tmp_path).code == "not-a-repository"


def test_a_repository_without_commits_is_refused(tmp_path: Path):
    repo = PolicyRepo.create(tmp_path / "repo")
    repo.write(BOOK)
    assert refused(repo).code == "no-commits"


def test_a_computer_without_git_is_refused(repo: PolicyRepo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(repo).code == "git-missing"


def test_git_may_be_missing_from_the_start(repo: PolicyRepo, tmp_path: Path):
    """GitPython fails while it is imported, if nobody tells it to be quiet."""
    code = (
        "from tests.history.story import read; from pathlib import Path\n"
        "from livingpolicy.errors import HistoryError\n"
        f"try: read(Path({str(repo.root)!r}))\n"
        "except HistoryError as error: print(error.code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PATH": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "git-missing\n"


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_shallow_clone_is_refused_at_any_depth(grown: PolicyRepo, tmp_path: Path, depth: int):
    error = refused(clone(grown, tmp_path / "clone", f"--depth={depth}"))
    assert error.code == "shallow"


def test_a_clone_that_only_looks_shallow_is_whole(grown: PolicyRepo, tmp_path: Path):
    """A depth of 50 over fewer commits leaves nothing out."""
    assert story(clone(grown, tmp_path / "clone", "--depth=50")) == only(GROWN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cure_for_a_shallow_clone_is_named_for_every_place(language: str):
    text = catalogue(language).refusal(HistoryError("shallow"))
    for cure in (
        "git fetch --unshallow",
        "fetch-depth: 0",
        'GIT_DEPTH: "0"',
        "fetchDepth: 0",
        "depth: full",
    ):
        assert cure in text


def test_a_single_branch_is_enough(grown: PolicyRepo, tmp_path: Path):
    assert story(clone(grown, tmp_path / "clone", "--single-branch", "--no-tags")) == only(GROWN)


def test_a_partial_clone_without_its_origin_is_refused_and_nothing_is_fetched(
    grown: PolicyRepo, tmp_path: Path
):
    grown.git("config", "uploadpack.allowFilter", "true")
    partial = clone(grown, tmp_path / "clone", "--filter=blob:none")
    before = fingerprint(partial.root / ".git")
    for reachable in (True, False):
        if not reachable:
            shutil.move(grown.root, tmp_path / "away")
        error = refused(partial)
        assert error.code == "partial-clone"
        assert fingerprint(partial.root / ".git") == before


def test_a_partial_clone_that_lacks_trees_is_refused(grown: PolicyRepo, tmp_path: Path):
    grown.git("config", "uploadpack.allowFilter", "true")
    partial = clone(grown, tmp_path / "clone", "--filter=tree:0")
    shutil.move(grown.root, tmp_path / "away")
    assert refused(partial).code == "partial-clone"


def test_a_partial_clone_with_all_of_the_policy_is_good_enough(grown: PolicyRepo, tmp_path: Path):
    grown.git("config", "uploadpack.allowFilter", "true")
    partial = clone(grown, tmp_path / "clone", "--filter=blob:limit=1m")
    assert story(partial) == only(GROWN)


def test_a_missing_blob_is_refused_by_name(grown: PolicyRepo):
    name = grown.git("rev-parse", f"HEAD~2:{REFUND}")
    loose(grown, name).unlink()
    error = refused(grown)
    assert (error.code, error.values["object"]) == ("missing-object", name)


@pytest.mark.parametrize("what", ["HEAD~2:{path}", "HEAD~2", "HEAD~2^{{tree}}", "HEAD~2:policy"])
@pytest.mark.parametrize("damage", ["overwritten", "emptied", "gone"])
def test_a_damaged_object_is_refused(grown: PolicyRepo, what: str, damage: str):
    target = loose(grown, grown.git("rev-parse", what.format(path=REFUND)))
    target.chmod(0o600)
    match damage:
        case "overwritten":
            target.write_bytes(b"\x78\x9c rubbish")
        case "emptied":
            target.write_bytes(b"")
        case _:
            target.unlink()
    assert refused(grown).code in {"missing-object", "git-failed"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can give files away")
class TestDubiousOwnership:
    """A folder that belongs to somebody else."""

    @pytest.fixture(autouse=True)
    def _given_away(self, repo: PolicyRepo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("HOME", str(tmp_path / "home"))
        monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
        monkeypatch.delenv("SUDO_UID", raising=False)
        (tmp_path / "home").mkdir()
        for path in (repo.root, *repo.root.rglob("*")):
            os.chown(path, 12345, 12345)

    def test_is_refused_with_the_command_that_cures_it(self, repo: PolicyRepo):
        """The command is printed whole, to be copied."""
        error = refused(repo)
        assert error.code == "dubious-ownership"
        command = f"git config --global --add safe.directory '{repo.root}'"
        assert command in catalogue("sv").refusal(error)

    def test_is_accepted_once_the_command_was_run(self, repo: PolicyRepo, tmp_path: Path):
        """The user's settings are not read for anything else."""
        (tmp_path / "home" / ".gitconfig").write_text(f"[safe]\n\tdirectory = {repo.root}\n")
        assert story(repo) == only({})

    def test_is_refused_while_another_folder_is_trusted(self, repo: PolicyRepo, tmp_path: Path):
        """Trust is for one folder."""
        (tmp_path / "home" / ".gitconfig").write_text("[safe]\n\tdirectory = /somewhere/else\n")
        assert refused(repo).code == "dubious-ownership"


def test_every_refusal_has_words_in_every_language():
    codes = {
        "git-missing",
        "git-too-old",
        "not-a-repository",
        "no-commits",
        "shallow",
        "partial-clone",
        "dubious-ownership",
        "missing-object",
        "git-failed",
        "timeout",
    }
    for language in LANGUAGES:
        assert {f"history.{code}" for code in codes} <= catalogue(language).texts.keys()


# Shapes of a repository


def test_grafts_and_replaced_commits_do_not_rewrite_history(grown: PolicyRepo):
    head, first = grown.git("rev-parse", "HEAD"), grown.git("rev-parse", "HEAD~3")
    info = grown.root / ".git" / "info"
    info.mkdir(exist_ok=True)
    (info / "grafts").write_text(f"{head} {first}\n")
    assert story(grown) == only(GROWN)
    (info / "grafts").unlink()
    other = grown.git(
        "commit-tree", f"{head}^{{tree}}", "-p", first, "-m", "annan", when="2020-01-01T00:00:00Z"
    )
    grown.git("replace", head, other)
    assert story(grown) == only(GROWN)


def test_a_worktree_has_the_same_history(grown: PolicyRepo, tmp_path: Path):
    grown.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "arbete"))
    assert story(tmp_path / "arbete") == only(GROWN)


def test_a_submodule_has_its_own_history(grown: PolicyRepo, tmp_path: Path):
    outer = PolicyRepo.create(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", grown.root.as_uri(), "kund")
    outer.commit("2026-10-01", "Ta in policyn")
    assert story(outer, below="kund") == only(GROWN)


def test_the_policy_may_lie_in_a_folder_of_a_larger_repository(tmp_path: Path):
    repo = PolicyRepo.create(tmp_path / "repo")
    repo.commit("2026-01-10", "Policyn", {f"bolag/å b/{path}": text for path, text in BOOK.items()})
    repo.commit(
        "2026-02-01", "Annat", {"policy/chapters/annan.md": chapter("A", section("a", "A", "x")), "b": "x"}
    )
    rewrite_below(repo, "bolag/å b", "2026-03-01", "500 kr", "600 kr")
    assert story(repo, below="bolag/å b") == only({"mandat": ["2026-03-01 revised"]})


def rewrite_below(repo: PolicyRepo, folder: str, when: str, old: str, new: str) -> None:
    path = f"{folder}/{REFUND}"
    repo.commit(when, "Ändring", {path: (repo.root / path).read_text().replace(old, new)})


def test_it_does_not_matter_from_which_folder_it_is_run(
    grown: PolicyRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for place in (tmp_path, grown.root / "policy" / "chapters", Path("/")):
        monkeypatch.chdir(place)
        assert story(grown) == only(GROWN)


def test_a_repository_of_the_new_kind_of_hashes_works(tmp_path: Path):
    repo = started(tmp_path / "repo", "--object-format=sha256")
    sha = rewrite(repo, "2026-02-01", "500 kr", "600 kr")
    assert len(sha) == 64
    assert story(repo) == only({"mandat": ["2026-02-01 revised"]})
    repo.write({".policy-ignore-revs": f"{sha}\n"})
    assert story(repo) == only({})


def test_a_detached_head_is_the_branch_that_is_read(grown: PolicyRepo):
    grown.git("checkout", "--quiet", "HEAD~1")
    assert story(grown) == only({"mandat": GROWN["mandat"][1:]})


def test_a_sparse_checkout_has_the_history_of_what_is_left_out_too(grown: PolicyRepo):
    grown.commit("2026-05-01", "Kod", {"kod/a.py": "x"})
    grown.git("sparse-checkout", "set", "policy")
    assert not (grown.root / "kod").exists()
    assert story(grown) == only(GROWN)


def test_a_packed_repository_with_a_commit_graph_works(grown: PolicyRepo):
    grown.git("repack", "-q", "-a", "-d")
    grown.git("commit-graph", "write", "--reachable", "--changed-paths")
    assert story(grown) == only(GROWN)


def test_a_lock_of_somebody_else_does_not_matter(grown: PolicyRepo):
    (grown.root / ".git" / "index.lock").write_bytes(b"")
    assert story(grown) == only(GROWN)


def test_links_and_nested_repositories_in_old_versions_are_no_chapters(repo: PolicyRepo, tmp_path: Path):
    (repo.root / "policy" / "chapters" / "lank.md").symlink_to("/etc/hostname")
    inner = PolicyRepo.create(repo.root / "policy" / "inre.md")
    inner.commit("2026-01-11", "Inre", {"a.md": "## Hemligt {#hemligt}\n"})
    repo.commit("2026-02-01", "Länkar")
    (repo.root / "policy" / "chapters" / "lank.md").unlink()
    shutil.rmtree(inner.root)
    repo.commit("2026-02-02", "Bort")
    assert story(repo) == only({})


@pytest.mark.parametrize(
    "name", ["-rf.md", "a b.md", "#.md", "%41.md", '"q".md', "rad\nbrytning.md", "[a-z]*.md", ":!x.md"]
)
def test_file_names_are_taken_literally(repo: PolicyRepo, name: str):
    repo.commit(
        "2026-02-01", "Nytt", {f"policy/chapters/{name}": chapter("Nytt", section("ny", "Ny", "Text."))}
    )
    told = story(repo)
    assert told.pop("ny") == ["2026-02-01 added"]
    assert told == only({})
    assert read(repo).untracked == ()


def test_a_folder_beside_the_policy_with_a_similar_name_is_not_the_policy(repo: PolicyRepo):
    repo.commit(
        "2026-02-01", "Annat", {"policy-old/chapters/a.md": BOOK[REFUND], "sub/policy/b.md": BOOK[REFUND]}
    )
    assert story(repo) == only({})


# Dates


def test_the_day_is_that_of_the_committer_not_of_the_author(repo: PolicyRepo):
    text = (repo.root / REFUND).read_text()
    repo.write({REFUND: text.replace("500 kr", "600 kr")})
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-m", "x", "--date=2020-01-01T12:00:00Z", when="2026-02-01T12:00:00Z")
    repo.git(
        "commit",
        "--quiet",
        "--amend",
        "--no-edit",
        "--date=2020-01-01T12:00:00Z",
        when="2026-03-01T12:00:00Z",
    )
    assert story(repo) == only({"mandat": ["2026-03-01 revised"]})


@pytest.mark.parametrize(
    ("when", "timezone", "day"),
    [
        ("2026-02-02T00:30:00+0100", "Europe/Stockholm", "2026-02-02"),
        ("2026-02-01T23:30:00+0000", "Europe/Stockholm", "2026-02-02"),
        ("2026-02-01T23:30:00+0000", "UTC", "2026-02-01"),
        ("2026-02-01T22:59:59+0000", "Europe/Stockholm", "2026-02-01"),
        ("2026-02-02T10:00:00+1400", "Europe/Stockholm", "2026-02-01"),
        ("2026-02-01T12:00:00-1200", "Pacific/Kiritimati", "2026-02-02"),
        # the night to 29 March: 02:00 becomes 03:00
        ("2026-03-28T23:30:00+0000", "Europe/Stockholm", "2026-03-29"),
        ("2026-03-28T22:59:59+0000", "Europe/Stockholm", "2026-03-28"),
        ("2026-03-29T21:59:59+0000", "Europe/Stockholm", "2026-03-29"),
        ("2026-03-29T22:00:00+0000", "Europe/Stockholm", "2026-03-30"),
        # the night to 25 October: 03:00 becomes 02:00
        ("2026-10-24T21:59:59+0000", "Europe/Stockholm", "2026-10-24"),
        ("2026-10-24T22:00:00+0000", "Europe/Stockholm", "2026-10-25"),
        ("2026-10-25T22:59:59+0000", "Europe/Stockholm", "2026-10-25"),
        ("2026-10-25T23:00:00+0000", "Europe/Stockholm", "2026-10-26"),
    ],
)
def test_a_day_is_a_day_of_the_policys_time_zone(
    repo: PolicyRepo, monkeypatch: pytest.MonkeyPatch, when: str, timezone: str, day: str
):
    monkeypatch.setenv("TZ", "America/New_York")
    rewrite(repo, when, "500 kr", "600 kr")
    assert story(repo, timezone=timezone)["mandat"][0] == f"{day} revised"


def test_a_moment_keeps_its_hour_on_both_sides_of_the_change_of_clocks(repo: PolicyRepo):
    rewrite(repo, "2026-10-25T00:30:00+0000", "500 kr", "600 kr")
    rewrite(repo, "2026-10-25T01:30:00+0000", "600 kr", "700 kr")
    moments = [str(revision.commit.landed_at) for revision in read(repo).revisions["mandat"][:2]]
    assert moments == ["2026-10-25 02:30:00+01:00", "2026-10-25 02:30:00+02:00"]


def dated(repo: PolicyRepo, stamp: str) -> History:
    """Commit a change whose recorded committer date is *stamp*, as it stands."""
    text = (repo.root / REFUND).read_text()
    repo.write({REFUND: text.replace("500 kr", "600 kr")})
    repo.git("add", "--all")
    tree, parent = repo.git("write-tree"), repo.git("rev-parse", "HEAD")
    raw = f"tree {tree}\nparent {parent}\nauthor a <a@b> {stamp}\ncommitter a <a@b> {stamp}\n\nÄndring\n"
    sha = repo.git("hash-object", "-t", "commit", "-w", "--stdin", "--literally", stdin=raw.encode())
    repo.git("update-ref", "HEAD", sha)
    return read(repo)


@pytest.mark.parametrize(
    "stamp",
    [
        "0 +0000",
        "3600 +0000",
        "-1 +0000",
        "-99999999999 +0000",
        "99999999999999 +0000",
        "99999999999999999999999 +0000",
        "abc +0000",
        "18446744073709551615 +0000",
        " +0000",
    ],
)
def test_an_impossible_date_is_shown_as_unknown_and_noted(repo: PolicyRepo, stamp: str):
    history = dated(repo, stamp)
    assert lines(history) == only({"mandat": ["? revised"]})
    assert [note.code.partition("-")[0] for note in history.notes] == ["note.date"]


@pytest.mark.parametrize(
    ("now", "known"),
    [
        ("2026-02-01T22:30:00+00:00", False),
        ("2026-02-01T23:30:00+00:00", True),
        ("2026-02-02T10:00:00+00:00", True),
    ],
)
def test_a_date_is_in_the_future_when_its_day_is(repo: PolicyRepo, now: str, known: bool):
    """A clock a few minutes off is nothing to report; a date of tomorrow is."""
    rewrite(repo, "2026-02-02T12:00:00+0100", "500 kr", "600 kr")
    history = read(repo, now=datetime.fromisoformat(now))
    assert lines(history)["mandat"][0] == ("2026-02-02 revised" if known else "? revised")
    assert [note.code for note in history.notes] == ([] if known else ["note.date-future"])


def test_a_backdated_commit_stands_where_it_landed(repo: PolicyRepo):
    """The order is that of the commits; a wrong clock moves nothing but its own date."""
    rewrite(repo, "2026-03-01", "500 kr", "600 kr")
    rewrite(repo, "2025-01-01", "600 kr", "700 kr")
    rewrite(repo, "2026-04-01", "700 kr", "800 kr")
    assert story(repo)["mandat"] == [
        "2026-04-01 revised",
        "2025-01-01 revised",
        "2026-03-01 revised",
        "2026-01-10 added",
    ]


# Hostile or unusual settings


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("log.showSignature", "true"),
        ("log.showRoot", "false"),
        ("log.follow", "true"),
        ("log.date", "iso"),
        ("log.mailmap", "true"),
        ("log.decorate", "full"),
        ("log.diffMerges", "off"),
        ("diff.relative", "true"),
        ("diff.renames", "copies"),
        ("diff.noprefix", "true"),
        ("diff.ignoreSubmodules", "all"),
        ("core.quotePath", "true"),
        ("core.abbrev", "4"),
        ("core.precomposeUnicode", "true"),
        ("format.pretty", "oneline"),
        ("format.notes", "true"),
        ("color.ui", "always"),
        ("i18n.logOutputEncoding", "ISO-8859-1"),
        ("trailer.separators", "#"),
        ("core.commitGraph", "false"),
    ],
)
def test_settings_of_the_repository_change_no_answer(grown: PolicyRepo, key: str, value: str):
    grown.git("config", key, value)
    assert story(grown, below="") == only(GROWN)


def test_text_in_another_encoding_is_read_as_git_says(repo: PolicyRepo):
    repo.git("config", "i18n.commitEncoding", "ISO-8859-1")
    message = "Höj gränsen".encode("latin-1")
    repo.write({REFUND: (repo.root / REFUND).read_text().replace("500 kr", "600 kr")})
    repo.git("add", "--all")
    repo.git("commit", "--quiet", "-F", "-", when="2026-02-01T12:00:00Z", stdin=message)
    assert read(repo).revisions["mandat"][0].commit.subject == "Höj gränsen"


@pytest.mark.parametrize("body", ["\x01" + "a" * 40, ":100644 100644 x y M", "rad\n\n:000000"])
def test_a_commit_message_cannot_pass_for_output_of_git(grown: PolicyRepo, body: str):
    rewrite(grown, "2026-05-01", "tre minuter", "två minuter", body=body)
    assert story(grown) == only({**GROWN, "svar-telefon": ["2026-05-01 revised"]})


@pytest.fixture
def canary(tmp_path: Path) -> Iterator[tuple[Path, Path]]:
    """A program that leaves a mark when somebody runs it, and the mark."""
    mark = tmp_path / "mark"
    program = tmp_path / "canary.sh"
    program.write_text(f"#!/bin/sh\necho ran >>'{mark}'\ncat >/dev/null 2>&1\nexit 0\n")
    program.chmod(0o755)
    yield program, mark
    assert not mark.exists(), "a program from the repository's settings was run"


def test_no_program_that_the_repository_names_is_run(grown: PolicyRepo, canary: tuple[Path, Path]):
    program = str(canary[0])
    for key in (
        "core.fsmonitor",
        "core.pager",
        "pager.log",
        "core.editor",
        "diff.external",
        "diff.x.textconv",
        "diff.x.command",
        "filter.x.smudge",
        "filter.x.clean",
        "filter.x.process",
        "gpg.program",
        "core.sshCommand",
        "core.askPass",
        "credential.helper",
        "core.alternateRefsCommand",
        "uploadpack.packObjectsHook",
        "interactive.diffFilter",
    ):
        grown.git("config", key, program)
    grown.git("config", "log.showSignature", "true")
    grown.git("config", "filter.x.required", "true")
    grown.git("config", "alias.log", f"!{program}")
    grown.git("config", "alias.cat-file", f"!{program}")
    info = grown.root / ".git" / "info"
    info.mkdir(exist_ok=True)
    (info / "attributes").write_text("* diff=x filter=x\n")
    hooks = grown.root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for hook in (
        "post-checkout",
        "pre-auto-gc",
        "post-index-change",
        "reference-transaction",
        "fsmonitor-watchman",
    ):
        shutil.copy(program, hooks / hook)
    assert story(grown) == only(GROWN)


def test_variables_of_git_are_not_passed_on(
    grown: PolicyRepo, canary: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """A hook runs with `GIT_DIR` and more set; an attacker may set others."""
    other = PolicyRepo.create(tmp_path / "other")
    other.commit("2020-01-01", "Annat", {"policy/chapters/x.md": "## X {#x}\n\nx\n"})
    evil = tmp_path / "evil.config"
    evil.write_text(f"[core]\n\tfsmonitor = {canary[0]}\n[diff]\n\texternal = {canary[0]}\n")
    variables = {
        "GIT_DIR": str(other.root / ".git"),
        "GIT_WORK_TREE": str(other.root),
        "GIT_INDEX_FILE": "/nonexistent",
        "GIT_OBJECT_DIRECTORY": str(other.root / ".git/objects"),
        "GIT_COMMON_DIR": str(other.root / ".git"),
        "GIT_NAMESPACE": "x",
        "GIT_PREFIX": "policy/",
        "GIT_CEILING_DIRECTORIES": str(grown.root.parent),
        "GIT_EXTERNAL_DIFF": str(canary[0]),
        "GIT_PAGER": str(canary[0]),
        "GIT_SSH_COMMAND": str(canary[0]),
        "GIT_CONFIG_GLOBAL": str(evil),
        "GIT_CONFIG_SYSTEM": str(evil),
        "GIT_CONFIG": str(evil),
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "core.fsmonitor",
        "GIT_CONFIG_VALUE_0": str(canary[0]),
        "GIT_CONFIG_PARAMETERS": "'log.showroot=false'",
        "GIT_TRACE": str(tmp_path / "trace"),
        "GIT_DIFF_OPTS": "-u9",
        "GIT_EXEC_PATH": str(tmp_path),
        "GIT_SHALLOW_FILE": "/dev/null",
        "GIT_REPLACE_REF_BASE": "refs/x/",
        "GIT_GLOB_PATHSPECS": "1",
        "GIT_ICASE_PATHSPECS": "1",
        "GIT_LITERAL_PATHSPECS": "0",
        "GIT_PYTHON_TRACE": "full",
        "LC_ALL": "sv_SE.UTF-8",
        "LANGUAGE": "sv",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert story(grown) == only(GROWN)
    assert not (tmp_path / "trace").exists()
    assert {name: os.environ[name] for name in variables} == variables, (
        "the caller's environment is as it was"
    )


def test_settings_of_the_user_and_the_system_are_not_read(
    grown: PolicyRepo, canary: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    home = tmp_path / "home"
    (home / ".config" / "git").mkdir(parents=True)
    (home / ".gitconfig").write_text(
        f"[log]\n\tshowRoot = false\n[diff]\n\trelative = true\n\texternal = {canary[0]}\n"
        f"[core]\n\tfsmonitor = {canary[0]}\n"
    )
    (home / ".config" / "git" / "attributes").write_text("* diff=x\n")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
    assert story(grown) == only(GROWN)


# What it costs, and what it leaves behind


def stand_in(script: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a shell script in the place of git; it finds the real one under `$GIT`."""
    folder.mkdir()
    (folder / "git").write_text(f"#!/bin/sh\nGIT='{REAL_GIT}'\n{script}\n")
    (folder / "git").chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def fingerprint(folder: Path) -> dict[str, tuple[int, int, str]]:
    """Return the mode, the time and the content of everything in a folder."""
    found = {}
    for path in sorted(folder.rglob("*")):
        about = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if stat.S_ISREG(about.st_mode) else ""
        found[str(path)] = (about.st_mode, about.st_mtime_ns, content)
    return found


def test_nothing_is_ever_written(grown: PolicyRepo):
    (grown.root / ".git" / "index").touch()  # a stale index tempts git to refresh it
    grown.write({REFUND: "ändrat\n", ".policy-ignore-revs": "0" * 40})
    before = fingerprint(grown.root)
    read(grown)
    assert fingerprint(grown.root) == before


def test_a_repository_that_nobody_can_write_to_is_read(grown: PolicyRepo):
    for path in (grown.root, *grown.root.rglob("*")):
        if not path.is_symlink():
            path.chmod(path.stat().st_mode & ~0o222)
    try:
        assert story(grown) == only(GROWN)
    finally:
        for path in (grown.root, *grown.root.rglob("*")):
            path.chmod(path.stat().st_mode | 0o200)


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Count the processes of git and what is asked of `cat-file`, by a program in its place."""
    calls, asked = tmp_path / "calls", tmp_path / "asked"
    script = f"""
        echo "$*" >>'{calls}'
        case "$*" in
            *cat-file*) tee -a '{asked}' | exec "$GIT" "$@" ;;
            *) exec "$GIT" "$@" ;;
        esac"""
    stand_in(script, tmp_path / "bin", monkeypatch)
    return calls, asked


def test_the_number_of_processes_does_not_grow_and_every_blob_is_read_once(
    repo: PolicyRepo, counted: tuple[Path, Path]
):
    calls, asked = counted
    for round_number in range(2):
        for number in range(12):
            rewrite(repo, f"2026-0{2 + round_number}-{number + 1:02}", "500 kr", "600 kr")
            rewrite(repo, f"2026-0{2 + round_number}-{number + 1:02}", "600 kr", "500 kr")
        calls.unlink(missing_ok=True)
        asked.unlink(missing_ok=True)
        cold(repo.root)
        assert len(calls.read_text().splitlines()) == 3  # rev-parse, log, cat-file
        names = asked.read_text().split()
        assert len(names) == len(set(names)) == 4  # three files, and the other version of one


def test_no_process_is_left_behind(grown: PolicyRepo):
    before = set(threading.enumerate())
    with Repository(grown.root) as repository:
        objects = repository.blobs([grown.git("rev-parse", f"HEAD:{ACCESS}")] * 3)
        next(objects)
        listening = set(threading.enumerate()) - before
        assert listening, "somebody listens to what git complains of"
    for thread in listening:
        thread.join(5)
        assert not thread.is_alive()


def test_a_git_that_never_answers_is_stopped(
    repo: PolicyRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    stand_in("exec sleep 60", tmp_path / "bin", monkeypatch)
    monkeypatch.setattr("livingpolicy.gitlog.process.TIMEOUT", 0.3)
    assert refused(repo).code == "timeout"


def test_old_git_is_told_to_be_updated(repo: PolicyRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    script = """
        case "$*" in
            *diff-merges*) echo 'fatal: unrecognized argument: --diff-merges=first-parent' >&2; exit 128 ;;
            *) exec "$GIT" "$@" ;;
        esac"""
    stand_in(script, tmp_path / "bin", monkeypatch)
    assert refused(repo).code == "git-too-old"


def test_a_complaint_of_git_counts_even_when_it_says_all_went_well(
    repo: PolicyRepo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    stand_in('"$GIT" "$@"; echo \'error: something is rotten\' >&2', tmp_path / "bin", monkeypatch)
    error = refused(repo)
    assert error.code == "git-failed"
    assert error.values["message"] == "error: something is rotten"


def test_the_same_commit_gives_the_same_answer(grown: PolicyRepo):
    first = read(grown, now=datetime(2026, 11, 22, tzinfo=UTC))
    second = read(grown, now=datetime(2027, 11, 22, tzinfo=UTC))
    assert first == second

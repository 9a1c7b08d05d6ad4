"""What is remembered saves time and changes no answer, whatever happens to it."""

from __future__ import annotations

import ast
import os
import random
import stat
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from livingpolicy import recall as recalling
from livingpolicy.cache import Cache
from livingpolicy.gitlog import Repository
from livingpolicy.model import History
from livingpolicy.revisions import read_history
from tests.history.story import ACCESS, NOW, cold, rewrite, started, working_tree
from tests.history.worlds import build
from tests.policy_repo import PolicyRepo

SOURCE = Path(recalling.__file__).parent


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the user's cache folder, empty."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def repo(tmp_path: Path) -> PolicyRepo:
    repo = started(tmp_path / "repo")
    rewrite(repo, "2026-02-01", "500 kr", "1 000 kr")
    return repo


def warm(repo: PolicyRepo) -> History:
    root = repo.root.resolve()
    return read_history(root, working_tree(root), timezone="Europe/Stockholm", now=NOW)


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return what was read of the log: "all", or "since" a remembered commit."""
    told: list[str] = []
    whole, since = Repository.log, Repository.log_after
    monkeypatch.setattr(Repository, "log", lambda self: (told.append("all"), whole(self))[1])
    monkeypatch.setattr(
        Repository, "log_after", lambda self, commit: (told.append("since"), since(self, commit))[1]
    )
    return told


def test_the_second_time_the_log_is_not_read(kept: Path, repo: PolicyRepo, logs: list[str]):
    assert warm(repo) == warm(repo) == cold(repo.root)
    assert logs == ["all", "all"], "the second is that of the cold reading"


def test_new_commits_are_read_and_no_others(kept: Path, repo: PolicyRepo, logs: list[str]):
    warm(repo)
    rewrite(repo, "2026-03-01", "1 000 kr", "2 000 kr")
    repo.commit("2026-03-02", "Kod", {"kod.txt": "1"})
    rewrite(repo, "2026-03-03", "2 000 kr", "3 000 kr")
    history = warm(repo)
    assert logs == ["all", "since"]
    assert history == cold(repo.root)
    assert len(history.revisions["mandat"]) == 4


def test_a_rewritten_history_is_read_anew(kept: Path, repo: PolicyRepo, logs: list[str]):
    warm(repo)
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    rewrite(repo, "2026-03-01", "500 kr", "700 kr")
    history = warm(repo)
    assert logs == ["all", "since", "all"]
    assert history == cold(repo.root)


def test_a_remembered_branch_that_was_merged_is_not_the_chain(kept: Path, repo: PolicyRepo, logs: list[str]):
    """The remembered commit is an ancestor, but no first parent."""
    repo.git("switch", "--quiet", "-c", "gren")
    rewrite(repo, "2026-03-01", "samma dag", "samma timme")
    warm(repo)
    repo.git("switch", "--quiet", "main")
    repo.merge("2026-04-01", "gren")
    history = warm(repo)
    assert logs == ["all", "since", "all"]
    assert history == cold(repo.root)


def test_another_ignore_list_is_another_answer(kept: Path, repo: PolicyRepo):
    assert len(warm(repo).revisions["mandat"]) == 2
    repo.write({".policy-ignore-revs": repo.git("rev-parse", "HEAD")})
    assert len(warm(repo).revisions["mandat"]) == 1


def test_the_working_tree_and_the_day_are_never_remembered(kept: Path, repo: PolicyRepo):
    assert warm(repo).drafts == frozenset()
    repo.write({ACCESS: (repo.root / ACCESS).read_text().replace("samma dag", "samma vecka")})
    repo.write({"policy/chapters/ny.md": "# Ny\n\nText.\n"})
    assert warm(repo) == cold(repo.root)
    assert warm(repo).drafts == {"svar-mejl", "ny"}
    repo.git("checkout", "--quiet", ACCESS)
    repo.commit("2099-01-01", "Framtid", {})
    assert warm(repo) == cold(repo.root)
    assert {note.code for note in warm(repo).notes} == {"note.date-future"}


def test_the_files_are_the_users_own_and_outside_the_repository(kept: Path, repo: PolicyRepo):
    before = files(repo.root)
    warm(repo)
    assert files(repo.root) == before
    (path,) = files(kept)
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_nothing_is_kept_inside_the_policys_own_folder(repo: PolicyRepo, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(repo.root / "cache"))
    warm(repo)
    assert not (repo.root / "cache").exists()


@pytest.mark.parametrize("value", ["1", "yes"])
def test_it_can_be_switched_off(kept: Path, repo: PolicyRepo, monkeypatch: pytest.MonkeyPatch, value: str):
    monkeypatch.setenv("LIVINGPOLICY_NO_CACHE", value)
    warm(repo)
    assert not kept.exists()


@pytest.mark.parametrize("blocker", ["file", "relative"])
def test_without_a_place_for_it_nothing_is_remembered(
    tmp_path: Path, repo: PolicyRepo, monkeypatch: pytest.MonkeyPatch, blocker: str
):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file") if blocker == "file" else "relative")
    assert warm(repo) == warm(repo) == cold(repo.root)


def test_what_was_kept_for_something_else_is_not_believed(kept: Path, repo: PolicyRepo, logs: list[str]):
    """A file that somebody renamed, or put in place of another."""
    warm(repo)
    (path,) = files(kept)
    content = path.read_bytes()
    head = rewrite(repo, "2026-03-01", "1 000 kr", "2 000 kr")
    path.unlink()
    path.with_name(f"{path.name.partition('-')[0]}-{head}").write_bytes(content)
    assert warm(repo) == cold(repo.root)


def test_only_a_few_files_are_kept(kept: Path, repo: PolicyRepo):
    for number in range(8):
        rewrite(repo, f"2026-03-{number + 1:02}", " kr", "  kr")
        warm(repo)
    assert len(files(kept)) == 4


def test_two_at_once_do_not_disturb_each_other(kept: Path, repo: PolicyRepo):
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: warm(repo), range(8)))
    assert all(history == cold(repo.root) for history in found)
    assert len(files(kept)) == 1


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_damage_changes_the_answer(shared: tuple[PolicyRepo, Path, History], data: st.DataObject):
    """Flipped bytes, a cut end, or something else at the end."""
    repo, path, answer = shared
    whole = path.read_bytes()
    try:
        damage = data.draw(st.sampled_from(["flip", "cut", "grow"]))
        place = data.draw(st.integers(0, len(whole) - 1))
        if damage == "flip":
            broken = (
                whole[:place] + bytes([whole[place] ^ data.draw(st.integers(1, 255))]) + whole[place + 1 :]
            )
        else:
            broken = whole[:place] if damage == "cut" else whole + data.draw(st.binary(min_size=1))
        path.write_bytes(broken)
        assert warm(repo) == answer
    finally:
        path.write_bytes(whole)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[PolicyRepo, Path, History]]:
    """Return a repository, the file that is kept for it, and the right answer."""
    folder = tmp_path_factory.mktemp("damage")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        repo = started(folder / "repo")
        answer = warm(repo)
        (path,) = files(folder / "cache")
        yield repo, path, answer


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 2**32), st.integers(2, 20), st.data())
def test_the_answer_is_the_same_from_the_beginning_from_any_commit_and_from_the_last(
    seed: int, commits: int, data: st.DataObject
):
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        repo, _ = build(Path(name) / "repo", random.Random(seed), commits)
        answer = cold(repo.root)
        chain = repo.git("rev-list", "--first-parent", "HEAD").split()
        for number in data.draw(st.sets(st.integers(0, len(chain) - 1), min_size=1, max_size=4)):
            patch.setenv("XDG_CACHE_HOME", f"{name}/cache-{number}")
            root = repo.root.resolve()
            for at in (chain[number], chain[number // 2], chain[0], chain[0]):
                history = read_history(root, working_tree(root), timezone="Europe/Stockholm", now=NOW, at=at)
            assert history == answer


def test_everything_that_decides_the_answer_makes_what_is_remembered_void():
    """The modules whose digest is part of the key are those that the engine is made of."""
    found: set[Path] = set()
    waiting = [SOURCE / "revisions.py"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("livingpolicy."):
                there = SOURCE.joinpath(*str(node.module).split(".")[1:])
                if there != SOURCE / "model":
                    waiting += there.glob("*.py") if there.is_dir() else [there.with_suffix(".py")]
    names = {path.relative_to(SOURCE).with_suffix("").as_posix() for path in found}
    names = {name for name in names if name.partition("/")[0] not in recalling.RULES}
    assert names <= {*recalling.RULES, "interval", "language"}


def test_without_its_own_source_the_program_remembers_nothing(
    kept: Path, repo: PolicyRepo, monkeypatch: pytest.MonkeyPatch
):
    """It could not tell whether what is kept was made by the same rules."""
    monkeypatch.setattr(recalling, "RULES", ("nowhere",))
    recalling._rules.cache_clear()
    try:
        assert warm(repo) == cold(repo.root)
    finally:
        recalling._rules.cache_clear()
    assert not kept.exists()


def test_a_file_that_belongs_to_somebody_else_is_not_read(
    kept: Path, repo: PolicyRepo, monkeypatch: pytest.MonkeyPatch, logs: list[str]
):
    if not hasattr(os, "getuid"):
        pytest.skip("files have no owner here")
    warm(repo)
    monkeypatch.setattr(os, "getuid", lambda: 4711)
    assert warm(repo) == cold(repo.root)
    assert logs.count("all") == 3


def test_the_largest_files_are_not_kept_for_ever(kept: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("livingpolicy.cache._MOST", 1000)
    for number in range(5):
        cache = Cache(kept / "livingpolicy" / str(number), "0")
        cache.save("a" * 40, bytes(400))
    assert len(files(kept)) == 2
    cache.save("b" * 40, bytes(600))
    assert cache.load("b" * 40) is None, "more than half of everything"

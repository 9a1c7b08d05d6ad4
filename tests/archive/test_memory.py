"""What earlier builds left behind saves work, and never shows: the site is what a build without it makes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.beside import begin
from livingpolicy.render.memory import Memory
from tests.archive.company import MONEY, NEW, REACH, SETTINGS, TARGETS, Archive, archive
from tests.policy_repo import PolicyRepo

MONEY_NOW = "policy/chapters/pengar.md"


@pytest.fixture(scope="module")
def kept(repo: PolicyRepo) -> bytes:
    """What a build of the company's site leaves behind."""
    memory = Memory()
    archive(repo, memory=memory)
    return memory.write()


@pytest.fixture
def own(repo: PolicyRepo, tmp_path: Path) -> PolicyRepo:
    """A copy of the company's repository, to be changed."""
    shutil.copytree(repo.root, tmp_path / "own")
    return PolicyRepo(tmp_path / "own")


def _pages(made: Archive) -> dict[str, str]:
    return made.files | {url: str(page.html) for url, page in made.pages.items()}


def _edit(repo: PolicyRepo, path: str, old: str, new: str) -> None:
    text = (repo.root / path).read_text("utf-8")
    assert old in text
    repo.commit("2026-11-20", "En ändring", {path: text.replace(old, new)})


def _title(repo: PolicyRepo) -> None:
    _edit(repo, "policy/policy.yml", "title: Kundpolicy", "title: Kundlöfte")


def _role(repo: PolicyRepo) -> None:
    _edit(repo, "policy/policy.yml", "Kundtjänstchefen", "Chefen för kundtjänst")


def _owner(repo: PolicyRepo) -> None:
    _edit(repo, REACH, "owner: kundtjanstchef", "owner: kundchef")


def _language(repo: PolicyRepo) -> None:
    _edit(repo, "policy/policy.yml", "language: sv", "language: en")


def _chapter(repo: PolicyRepo) -> None:
    _edit(repo, REACH, "# Tillgänglighet", "# Så når du oss")
    _edit(repo, REACH, "title: Tillgänglighet", "title: Så når du oss")


def _wording(repo: PolicyRepo) -> None:
    _edit(repo, MONEY_NOW, "1 000 kr", "1 500 kr")


def _target(repo: PolicyRepo) -> None:
    _edit(repo, TARGETS, "inom tre minuter", "inom tre minuter, alltid")


def _heading(repo: PolicyRepo) -> None:
    _edit(repo, REACH, "## Mejl och brev", "## Post")


def _moved(repo: PolicyRepo) -> None:
    text = (repo.root / MONEY_NOW).read_text("utf-8")
    reach = (repo.root / REACH).read_text("utf-8")
    files = {MONEY_NOW: None, MONEY: text, REACH: reach.replace("pengar.md#", "ersattning.md#")}
    repo.commit("2026-11-20", "En ny fil", files)


def _renamed(repo: PolicyRepo) -> None:
    text = (repo.root / MONEY_NOW).read_text("utf-8")
    text = text.replace(f"{{#{NEW}}}", "{#ge}").replace("aliases: [mandat]", f"aliases: [mandat, {NEW}]")
    reach = (repo.root / REACH).read_text("utf-8").replace(f"#{NEW}", "#ge")
    repo.commit("2026-11-20", "Ett nytt id", {MONEY_NOW: text, REACH: reach})


def _added(repo: PolicyRepo) -> None:
    reach = (repo.root / REACH).read_text("utf-8")
    repo.commit("2026-11-20", "Chatt", {REACH: f"{reach}\n## Chatt {{#chatt}}\n\nVi svarar i chatten.\n"})


def _retired(repo: PolicyRepo) -> None:
    reach = (repo.root / REACH).read_text("utf-8")
    repo.commit("2026-11-20", "Inga brev", {REACH: reach.partition("## Mejl")[0]})


def _returned(repo: PolicyRepo) -> None:
    reach = (repo.root / REACH).read_text("utf-8")
    text = f"{reach}\n## Fax {{#fax}}\n\nVi svarar på fax samma dag.\n"
    repo.commit("2026-11-20", "Faxen är tillbaka", {REACH: text})


CHANGES = (
    *(_title, _role, _owner, _language, _chapter, _wording, _target),
    *(_heading, _moved, _renamed, _added, _retired, _returned),
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_a_change_shows_as_if_nothing_had_been_remembered(
    change: Callable[[PolicyRepo], None], own: PolicyRepo, kept: bytes
) -> None:
    change(own)
    assert _pages(archive(own, memory=Memory.read(memoryview(kept)))) == _pages(archive(own))


def test_a_commit_written_over_is_told_as_it_reads_now(own: PolicyRepo, kept: bytes) -> None:
    path = own.root / MONEY_NOW
    path.write_text(path.read_text("utf-8").replace("två år.", "tre år."), "utf-8")
    own.git("commit", "--all", "--amend", "--message", "Presentkort gäller i tre år")
    assert _pages(archive(own, memory=Memory.read(memoryview(kept)))) == _pages(archive(own))


def test_an_old_link_leads_where_its_section_has_moved(own: PolicyRepo) -> None:
    _edit(own, REACH, f"[ersättning](pengar.md#{NEW})", "ersättning")
    archive(own, memory=(memory := Memory()))
    own.commit("2026-11-21", "En ny fil", {MONEY_NOW: None, MONEY: (own.root / MONEY_NOW).read_text("utf-8")})
    remembered = archive(own, memory=Memory.read(memoryview(memory.write())))
    assert _pages(remembered) == _pages(archive(own))


@pytest.mark.parametrize("today", ["2026-11-23", "2026-12-01", "2026-12-02", "2028-01-01"])
def test_a_wording_that_begins_to_apply_says_so_the_same_day(
    today: str, repo: PolicyRepo, kept: bytes
) -> None:
    remembered = archive(repo, today=today, memory=Memory.read(memoryview(kept)))
    assert _pages(remembered) == _pages(archive(repo, today=today))


def test_a_site_without_folders_has_links_of_its_own(repo: PolicyRepo, kept: bytes) -> None:
    remembered = archive(repo, folders=False, memory=Memory.read(memoryview(kept)))
    assert _pages(remembered) == _pages(archive(repo, folders=False))


def test_nothing_is_made_a_second_time(repo: PolicyRepo, kept: bytes) -> None:
    memory = Memory.read(memoryview(kept))
    archive(repo, memory=memory)
    assert memory.made == 0


def test_a_new_wording_leaves_the_pages_of_other_sections_alone(own: PolicyRepo, kept: bytes) -> None:
    _wording(own)
    memory = Memory.read(memoryview(kept))
    archive(own, memory=memory)
    fresh = Memory()
    archive(own, memory=fresh)
    # Its pages, its two older wordings and what they changed, and the commit itself.
    assert memory.made < fresh.made / 2


def test_what_is_not_asked_for_any_more_is_forgotten(own: PolicyRepo, kept: bytes) -> None:
    data = kept
    for title in ("Kundlöfte", "Löften", "Våra löften"):
        own.commit("2026-11-20", title, {"policy/policy.yml": SETTINGS.replace("Kundpolicy", title)})
        archive(own, memory=(memory := Memory.read(memoryview(data))))
        data = memory.write()
    assert len(data) < 1.1 * len(kept)


FORK = pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")  # the threads of pytest


@FORK
@pytest.mark.parametrize("processes", [1, 3])
def test_pages_made_in_other_processes_are_the_same(processes: int, repo: PolicyRepo) -> None:
    memory, alone = Memory(), Memory()
    beside = archive(repo, memory=memory, processes=processes)
    assert _pages(beside) == _pages(archive(repo, memory=alone))
    assert memory.made == alone.made, "all that was made there is remembered here"


@FORK
def test_an_unchanged_policy_needs_no_other_process(repo: PolicyRepo, kept: bytes) -> None:
    memory = Memory.read(memoryview(kept))
    archive(repo, memory=memory, processes=1)
    assert memory.made == 0


def _stop() -> bytes:
    os._exit(1)


def _fail() -> bytes:
    raise MemoryError


@FORK
@pytest.mark.parametrize("job", [_stop, _fail, bytes, b"no memory at all".upper])
def test_what_another_process_does_not_bring_is_made_here(job: Callable[[], bytes]) -> None:
    memory = Memory()
    memory.expect(["a piece", "another"], begin(job))
    assert memory.of("a piece", lambda: "made here") == "made here"
    assert memory.of("another", lambda: "made here") == "made here"
    assert memory.of("a third", lambda: "made here") == "made here"


@pytest.mark.parametrize("damage", [b"", b"\x00", b"not marshal at all", b"N"])
def test_a_memory_that_cannot_be_read_is_empty(damage: bytes, repo: PolicyRepo) -> None:
    assert _pages(archive(repo, memory=Memory.read(memoryview(damage)))) == _pages(archive(repo))

"""Read the history of a script-built repository, and say it in lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from livingpolicy.model import History
from livingpolicy.revisions import read_history
from tests.policy_repo import POLICY_YML, PolicyRepo

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

PHONE = (
    "Den som svarar säger företagets namn och sitt eget namn. Svarar ingen inom tre minuter ringer vi upp."
)
MAIL = "Vi svarar på mejl samma dag. Kommer mejlet efter klockan 16 svarar vi nästa arbetsdag."
MONEY = "Du får ge en kund 500 kr utan att fråga."


def section(name: str, title: str, text: str, metadata: str = "") -> str:
    block = f"```yaml\n{metadata.strip()}\n```\n\n" if metadata else ""
    return f"## {title} {{#{name}}}\n\n{block}{text}\n\n"


def chapter(title: str, *sections: str, lead: str = "", front: str = "") -> str:
    return f"---\ntitle: {title}\n{front}---\n\n# {title}\n\n{lead}\n\n{''.join(sections)}"


ACCESS = "policy/chapters/tillganglighet.md"
REFUND = "policy/chapters/ersattning.md"

BOOK: Mapping[str, str] = {
    "policy/policy.yml": POLICY_YML,
    ACCESS: chapter(
        "Tillgänglighet",
        section("svar-telefon", "Svar i telefon", PHONE),
        section("svar-mejl", "Svar på mejl", MAIL),
        lead="Så når kunderna oss.",
    ),
    REFUND: chapter("Ersättning", section("mandat", "Vad du får ge", MONEY), lead="När något gick fel."),
}
"""Two chapters, each with a lead; three sections."""

ALL = {"tillganglighet", "svar-telefon", "svar-mejl", "ersattning", "mandat"}


def working_tree(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.glob("policy/**/*"))
        if path.is_file()
    }


def read(
    repo: PolicyRepo | Path, *, timezone: str = "Europe/Stockholm", now: datetime = NOW, below: str = ""
) -> History:
    """Read the history of the policy in *repo*, or in its folder *below*.

    It is read twice, from the beginning and from what was remembered the last time, with one answer.
    """
    root = (repo if isinstance(repo, Path) else repo.root) / below
    read_anew = cold(root, timezone=timezone, now=now)
    assert read_history(root.resolve(), working_tree(root), timezone=timezone, now=now) == read_anew
    return read_anew


def cold(root: Path, *, timezone: str = "Europe/Stockholm", now: datetime = NOW) -> History:
    """Read the history from the beginning, and remember nothing."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIVINGPOLICY_NO_CACHE", "1")
        return read_history(root.resolve(), working_tree(root), timezone=timezone, now=now)


def lines(history: History) -> dict[str, list[str]]:
    """Return "2026-05-03 revised" for every revision of every section, newest first."""
    return {
        name: [
            f"{revision.commit.landed_at:%Y-%m-%d} {revision.kind}"
            if revision.commit.landed_at
            else f"? {revision.kind}"
            for revision in revisions
        ]
        for name, revisions in history.revisions.items()
    }


def story(repo: PolicyRepo | Path, **options: str) -> dict[str, list[str]]:
    return lines(read(repo, **options))  # type: ignore[arg-type]


def started(root: Path, *options: str) -> PolicyRepo:
    """Return a repository with the book, committed on 10 January 2026."""
    repo = PolicyRepo.create(root, *options)
    repo.commit("2026-01-10", "Policyn", BOOK)
    return repo


def only(changed: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the whole story when only the sections of *changed* have more than their first line."""
    return {name: [*changed.get(name, []), "2026-01-10 added"] for name in ALL | set(changed)}


def rewrite(repo: PolicyRepo, when: str, old: str, new: str, subject: str = "Ändring", body: str = "") -> str:
    """Replace *old* by *new* in every file that has it, and commit; *old* must be somewhere."""
    files = {
        path: data.decode().replace(old, new)
        for path, data in working_tree(repo.root).items()
        if old in data.decode()
    }
    assert files, old
    return repo.commit(when, subject, files, body=body)

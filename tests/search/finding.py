"""Policies to search, and what a browser finds in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from livingpolicy import strictyaml
from livingpolicy.clock import Clock
from livingpolicy.model import Snapshot, Source
from livingpolicy.search.index import Index, index
from livingpolicy.search.written import index_file
from livingpolicy.snapshot import take_snapshot
from tests.content.reading import CLOCK, Files, write
from tests.site.building import PROJECT, latest_day

FIND = PROJECT / "docs" / "javascripts" / "find.js"
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Question:
    """What somebody types, and the sections of which one answers it."""

    part: str
    text: str
    sections: tuple[str, ...]


def questions(name: str) -> list[Question]:
    """Return the questions in a file beside this one."""
    lines = [line for line in (HERE / name).read_text("utf-8").splitlines() if line and line[0] != "#"]
    rows = [line.split("\t") for line in lines[1:]]
    return [Question(part, text, tuple(sections.split())) for part, text, sections in rows]


def snapshot_of(root: Path, files: Files) -> Snapshot:
    """Return the smallest policy with *files* in place of its own, without a history."""
    return take_snapshot(write(root, files), CLOCK, history="none")[0]


def shipped() -> Snapshot:
    """Return this project's own policy; with the synonyms that stand beside this file if it has none."""
    noon = datetime.fromisoformat(f"{latest_day(PROJECT)}T12:00:00").replace(tzinfo=UTC)
    made = take_snapshot(PROJECT, Clock(noon), history="none")[0]
    if made.policy.synonyms:
        return made
    document, _ = strictyaml.read((HERE / "synonyms.yml").read_text("utf-8"), Source("synonyms.yml"))
    assert document is not None
    assert isinstance(document.value, list)
    groups = tuple(tuple(group) for group in document.value)
    return replace(made, policy=replace(made.policy, synonyms=groups))


def script(made: Index) -> str:
    """Return the index as browsers load it."""
    return index_file(made, lambda chapter: f"{chapter}/")[1].decode("utf-8")


def words_of(made: Index) -> Mapping[str, list[str]]:
    """Return the words of each entry, as the index holds them."""
    found: dict[str, list[str]] = {entry.id: [] for entry in made.entries}
    for form, places in zip(made.forms, made.places, strict=True):
        for number, _ in places:
            found[made.entries[number].id].append(form)
    return found


__all__ = ["FIND", "Question", "index", "questions", "script", "shipped", "snapshot_of", "words_of"]

"""What the gate found, as the records that every format writes down."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from livingpolicy.errors import Problem
from livingpolicy.gate import Verdict
from livingpolicy.language import Catalogue


class Level(StrEnum):
    """How much a finding weighs."""

    ERROR = "error"
    """Stops the gate."""
    WARNING = "warning"
    NOTE = "note"
    """For information."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding with its place and its words."""

    level: Level
    code: str
    path: str
    """From the root of the repository, `/`-separated: platforms know files by that."""
    line: int
    message: str
    """What is wrong and what to do, in the policy's language; text of the policy may be part of it."""
    values: Mapping[str, str]


Report = Callable[[Verdict, Catalogue, str], str]
"""A format: the verdict, its language, and the folder of `policy/` from the root of the repository ("" or
"folder/") become a document that ends in a line feed."""


def findings(verdict: Verdict, words: Catalogue, folder: str = "") -> Iterator[Finding]:
    """Yield everything that was found, by place."""
    told = [(Level.WARNING if each.warning else Level.ERROR, each) for each in verdict.problems]
    told += [(Level.NOTE, each) for each in verdict.notes]
    for level, problem in sorted(told, key=lambda pair: pair[1].order):
        yield _finding(level, problem, words, folder)


def _finding(level: Level, problem: Problem, words: Catalogue, folder: str) -> Finding:
    source = problem.source
    return Finding(
        level, problem.code, f"{folder}{source.path}", source.line, words.message(problem), problem.values
    )


def remarks(verdict: Verdict, words: Catalogue) -> list[str]:
    """Return what has no place in a file."""
    return [words.text(note.code, **note.values) for note in verdict.remarks]


def closing(verdict: Verdict, words: Catalogue) -> str:
    """Return the verdict in a line. It quotes nothing of the policy."""
    errors = words.count("check.errors", verdict.errors)
    if verdict.as_of is None:
        return words.text("gate.refused", errors=errors)
    warnings = words.count("check.warnings", len(verdict.problems) - verdict.errors)
    day = words.day(verdict.as_of)
    if verdict.scope == "changed":
        return words.text(
            "gate.verdict",
            changed=words.count("gate.changed", verdict.judged),
            day=day,
            errors=errors,
            warnings=warnings,
            notes=words.count("gate.notes", len(verdict.notes)),
        )
    judged = "check.verdict" if verdict.problems else "check.fine"
    return words.text(
        judged if verdict.dated else "check.undated",
        sections=words.count("check.sections", verdict.judged),
        errors=errors,
        warnings=warnings,
        day=day,
    )

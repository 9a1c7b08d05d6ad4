"""What CI has to say about a snapshot, and with which exit code."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from livingpolicy.errors import ExitCode, Problem
from livingpolicy.model import Outcome, SectionReview, Snapshot, Source, Status
from livingpolicy.review import past_grace

WRONG_CONTENT = frozenset({"untracked"})
"""Findings of the gate that mean "the content is wrong" rather than "somebody is late"."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything the gate found, and what it tells the caller."""

    problems: tuple[Problem, ...]
    """Sorted by place."""
    exit_code: ExitCode

    @property
    def errors(self) -> int:
        """How many of the problems stop the gate."""
        return sum(not problem.warning for problem in self.problems)


def judge(
    snapshot: Snapshot, content_warnings: Iterable[Problem] = (), *, strict: bool = False, on_ci: bool = False
) -> Verdict:
    """Return the verdict on every section: the gate for `main` and for every night.

    *strict* makes every warning an error. *on_ci* refuses policy files that git does not know: there they are
    leftovers of a build, while on an editor's machine they are drafts.
    """
    content = [_raised(problem) if strict else problem for problem in content_warnings]
    review = [_raised(problem) if strict else problem for problem in findings(snapshot, on_ci=on_ci)]
    problems = tuple(sorted((*content, *review), key=lambda problem: problem.order))
    wrong = any(not problem.warning for problem in content) or any(
        not problem.warning and problem.code in WRONG_CONTENT for problem in review
    )
    if wrong:
        return Verdict(problems, ExitCode.WRONG)
    late = any(not problem.warning for problem in review)
    return Verdict(problems, ExitCode.FINDING if late else ExitCode.FINE)


def findings(snapshot: Snapshot, *, on_ci: bool) -> Iterator[Problem]:
    """Yield what the reviews leave to be desired."""
    for item in snapshot.sections:
        yield from _of_section(item, snapshot)
    for path in snapshot.history.untracked:
        if on_ci:
            yield Problem(Source(path), "untracked", {"path": path})


def _of_section(item: SectionReview, snapshot: Snapshot) -> Iterator[Problem]:
    section, reviewed = item.section, item.last_reviewed
    if item.status is Status.OVERDUE and item.due_on:
        late = past_grace(item, snapshot.policy.review, today=snapshot.as_of)
        yield Problem(
            section.source,
            "overdue" if late else "overdue-in-grace",
            {
                "section": section.id,
                "title": section.title,
                "due": item.due_on.isoformat(),
                "days": str(item.days_overdue),
                "owner": section.owner.name,
                "until": snapshot.policy.review.grace.after(item.due_on).isoformat(),
            },
            warning=not late,
        )
    if item.status is Status.UNKNOWN and snapshot.history.complete:
        yield Problem(section.source, "date-unknown", {"title": section.title})
    if reviewed and reviewed.outcome is Outcome.NEEDS_CHANGE and _still_open(item):
        yield Problem(
            reviewed.source,
            "needs-change",
            {
                "title": section.title,
                "reviewed": reviewed.reviewed_on.isoformat(),
                "owner": section.owner.name,
            },
            warning=True,
        )


def _still_open(item: SectionReview) -> bool:
    revised = item.last_revised
    return (
        revised is None
        or revised.landed_at is None
        or item.last_reviewed is None
        or revised.landed_at.date() <= item.last_reviewed.reviewed_on
    )


def _raised(problem: Problem) -> Problem:
    return Problem(problem.source, problem.code, problem.values)

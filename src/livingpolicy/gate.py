"""What CI has to say: about the whole policy every night, about what a change touches in a pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from livingpolicy import dependencies, tending
from livingpolicy.changes import Renamed, WeakeningKind, renamed_in_history
from livingpolicy.effects import late_checks
from livingpolicy.errors import ExitCode, PolicyError, Problem
from livingpolicy.interval import Interval
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import (
    History,
    Note,
    Outcome,
    Policy,
    SectionId,
    Snapshot,
    Source,
    Status,
)
from livingpolicy.proposal import Proposal
from livingpolicy.review import revised_on
from livingpolicy.signals import signals
from livingpolicy.validate.contradictions import CODE

WRONG_CONTENT = frozenset({"untracked", "uncommitted", "id-changed"})
"""Findings of the gate that mean "the content is wrong" rather than "somebody is late"."""

FINDINGS = frozenset({CODE})
"""Warnings of the content that stop the gate, and publishing only under `--strict`: prose may be misread."""

Scope = Literal["all", "changed"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything the gate found, and what it tells the caller."""

    problems: tuple[Problem, ...]
    """Errors and warnings, sorted by place."""
    exit_code: ExitCode
    notes: tuple[Problem, ...] = ()
    """For information: never fail anything, not even under `--strict`. Sorted by place."""
    remarks: tuple[Note, ...] = ()
    """What has no place in a file: about the history, about what was judged."""
    scope: Scope = "all"
    judged: int = 0
    """How many sections were judged: all, or those that the change touches."""
    as_of: date | None = None
    """None: the content is wrong, and nobody came so far as to ask."""
    dated: bool = True
    """False: git was not asked, and only the content was judged."""
    head: str | None = None
    base: str | None = None
    """The commit that a change was compared with."""

    @property
    def errors(self) -> int:
        """How many of the problems stop the gate."""
        return sum(not problem.warning for problem in self.problems)


def refuse(error: PolicyError) -> Verdict:
    """Return the verdict on content that is wrong: nothing else can be judged."""
    return Verdict(error.problems, ExitCode.WRONG)


def judge(
    snapshot: Snapshot, content_warnings: Iterable[Problem] = (), *, strict: bool = False, on_ci: bool = False
) -> Verdict:
    """Return the verdict on every section: the gate for `main` and for every night.

    *strict* makes every warning an error. *on_ci* refuses policy files that are not as a commit has them:
    there they are leftovers of a build, while on an editor's machine they are drafts.
    """
    dated = [problem for item in snapshot.items for problem in tending.late(item, snapshot)]
    content, contradictions = _apart(content_warnings)
    renamed = _renamed(snapshot.policy, renamed_in_history(snapshot.history, _unreviewed(snapshot)))
    problems, exit_code = _weighed(
        content,
        [
            *map(_raised, contradictions),
            *dated,
            *renamed,
            *signals(snapshot),
            *dependencies.findings(snapshot),
            *late_checks(snapshot),
            *_unsaved(snapshot.history, on_ci=on_ci),
        ],
        strict=strict,
    )
    return Verdict(
        problems,
        exit_code,
        remarks=snapshot.history.notes,
        judged=len(snapshot.sections),
        as_of=snapshot.as_of,
        dated=snapshot.history.complete,
        head=snapshot.head,
    )


def judge_proposal(
    proposal: Proposal, content_warnings: Iterable[Problem] = (), *, strict: bool = False, on_ci: bool = False
) -> Verdict:
    """Return the verdict on a change: nobody is stopped by what somebody else has left undone.

    *strict* and *on_ci* are as for `judge`.
    """
    snapshot, changes = proposal.snapshot, proposal.changes
    stopped = {
        item.source: problem
        for item in snapshot.items
        if (problem := tending.untended(item, proposal)) is not None
    }
    written = {line.source for line in changes.reviews}
    told = [problem for problem in signals(snapshot) if problem.source in written]
    weakened = [*_weakened(proposal)]
    told += [problem for problem in weakened if problem.warning]
    waiting, elsewhere = _dependencies(proposal)
    content, contradictions = _apart(content_warnings)
    problems, exit_code = _weighed(
        [*content, *(each for each in contradictions if not _touches(each, proposal))],
        [
            *(_raised(each) for each in contradictions if _touches(each, proposal)),
            *waiting,
            *stopped.values(),
            *_renamed(snapshot.policy, changes.renamed),
            *told,
            *_unexplained(proposal),
            *_unsaved(snapshot.history, on_ci=on_ci),
        ],
        strict=strict,
    )
    notes = [
        tending.elsewhere(item)
        for item in snapshot.items
        if item.status is Status.OVERDUE and item.source not in stopped and not proposal.revises(item)
    ]
    notes += [problem for problem in weakened if not problem.warning]
    notes += elsewhere
    remarks = [*snapshot.history.notes]
    if proposal.lessens:
        counts = {"before": str(proposal.overdue_before), "after": str(proposal.overdue)}
        remarks.append(Note("gate.lessens", counts))
    return Verdict(
        problems,
        exit_code,
        notes=tuple(sorted(notes, key=lambda problem: problem.order)),
        remarks=tuple(remarks),
        scope="changed",
        judged=len(changes.sections),
        as_of=snapshot.as_of,
        head=changes.head,
        base=changes.base,
    )


def _weighed(
    content_warnings: Iterable[Problem], findings: Iterable[Problem], *, strict: bool
) -> tuple[tuple[Problem, ...], ExitCode]:
    """Return all problems in order, and the exit code they amount to."""
    content = [_raised(problem) if strict else problem for problem in content_warnings]
    review = [_raised(problem) if strict else problem for problem in findings]
    problems = tuple(sorted((*content, *review), key=lambda problem: problem.order))
    stopping = [problem for problem in review if not problem.warning]
    if any(not problem.warning for problem in content) or any(
        problem.code in WRONG_CONTENT for problem in stopping
    ):
        return problems, ExitCode.WRONG
    return problems, ExitCode.FINDING if stopping else ExitCode.FINE


def _apart(warnings: Iterable[Problem]) -> tuple[list[Problem], list[Problem]]:
    """Return the warnings of the content, and those of them that are findings."""
    found: tuple[list[Problem], list[Problem]] = ([], [])
    for problem in warnings:
        found[problem.code in FINDINGS].append(problem)
    return found


def _touches(problem: Problem, proposal: Proposal) -> bool:
    """Whether the change touches the section or the target of which *problem* tells that they disagree."""
    changes = proposal.changes
    return changes.of(problem.values["section"]) is not None or problem.values["target"] in changes.targets


def _unsaved(history: History, *, on_ci: bool) -> Iterator[Problem]:
    if on_ci:
        for path in history.untracked:
            yield Problem(Source(path), "untracked", {"path": path})
        for path in history.uncommitted:
            yield Problem(Source(path), "uncommitted", {"path": path})


def _unreviewed(snapshot: Snapshot) -> tuple[SectionId, ...]:
    """Return the sections that nobody has found in order since their text was last revised."""
    settled = {
        (line.section, line.reviewed_on)
        for line in snapshot.reviews
        if line.section is not None and line.outcome is not Outcome.NEEDS_CHANGE
    }
    late = {item.section.id: revised_on(item) or date.max for item in snapshot.sections}
    reviewed = {section for section, day in settled if section in late and day >= late[section]}
    return tuple(section for section in late if section not in reviewed)


def _renamed(policy: Policy, renamed: Iterable[Renamed]) -> Iterator[Problem]:
    """Yield why an id may not change: what was overdue under the old one would seem to be new."""
    sections = {section.id: section for section in policy.sections}
    for pair in renamed:
        section = sections[pair.after]
        values = {
            "section": section.id,
            "title": section.title,
            "before": pair.before,
            "aliases": ", ".join((*section.aliases, pair.before)),
        }
        yield Problem(section.source, "id-changed", values)


def _dependencies(proposal: Proposal) -> tuple[list[Problem], list[Problem]]:
    """Return what keeps targets from being kept: those that the change touches, and others."""
    touched = dependencies.touched(proposal.changes.before, proposal.snapshot.policy)
    found: tuple[list[Problem], list[Problem]] = ([], [])
    for problem in dependencies.findings(proposal.snapshot):
        found[problem.values["target"] not in touched].append(problem)
    return found


def _weakened(proposal: Proposal) -> Iterator[Problem]:
    words = catalogue(proposal.snapshot.policy.language)
    for weaker in proposal.changes.weakenings:
        before, after = (_in_words(value, weaker.kind, words) for value in (weaker.before, weaker.after))
        names = {"section": weaker.section, "target": weaker.target}
        values = {key: name for key, name in names.items() if name}
        values |= {"title": weaker.title, "before": before, "after": after}
        # What lets a text wait looks like a revision, so it is more than a note.
        warning = weaker.kind in {WeakeningKind.POSTPONED, WeakeningKind.TARGET_POSTPONED}
        yield Problem(weaker.source, f"weaker-{weaker.kind}", values, warning=warning)


_INTERVALS = {
    WeakeningKind.INTERVAL,
    WeakeningKind.GRACE,
    WeakeningKind.CEILING,
    WeakeningKind.WARN,
    WeakeningKind.TARGET_INTERVAL,
}


def _in_words(value: str, kind: WeakeningKind, words: Catalogue) -> str:
    """Return a rule as its readers say it: "6 månader", "Riktlinje"."""
    if kind in _INTERVALS:
        return words.interval(Interval.parse(value))
    return words.text(f"kind.{value}") if kind is WeakeningKind.KIND else value


def _unexplained(proposal: Proposal) -> Iterator[Problem]:
    """Yield one warning, however many sections: one reason will do for all of them."""
    if unexplained := proposal.changes.unexplained:
        titles = ", ".join(change.title for change in unexplained)
        yield Problem(unexplained[0].source, "no-reason", {"titles": titles}, warning=True)


def _raised(problem: Problem) -> Problem:
    return Problem(problem.source, problem.code, problem.values)

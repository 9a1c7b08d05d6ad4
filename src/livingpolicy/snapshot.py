"""Files and git become one value, once per run."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Literal

from livingpolicy.clock import Clock
from livingpolicy.errors import HistoryError, Problem
from livingpolicy.levels import stated
from livingpolicy.load import ChapterReader, Content, load_policy
from livingpolicy.model import History, Note, Policy, Snapshot
from livingpolicy.parse import parse_chapter
from livingpolicy.phases import phase, speak
from livingpolicy.progress import progress
from livingpolicy.results import target_states
from livingpolicy.review import review_sections, review_targets
from livingpolicy.revisions import read_history
from livingpolicy.scoring import assess

HistoryUse = Literal["required", "optional", "none"]
"""What to do when git cannot answer: refuse, go on with every date unknown, or do not even ask."""


def take_snapshot(
    root: Path, clock: Clock, *, history: HistoryUse = "required", reader: ChapterReader = parse_chapter
) -> tuple[Snapshot, tuple[Problem, ...]]:
    """Read the policy under *root* (the folder that holds `policy/`) and its history.

    *reader* reads a chapter, as for `load_policy`. Returns the snapshot and the warnings of the content. With
    `optional`, a history that cannot be read leaves its reason as the first of `snapshot.history.notes`.

    Raises:
        PolicyError: the content is wrong; carries every problem of every file.
        HistoryError: git cannot answer, and *history* is `required`.
    """
    with phase("content"):
        content = load_policy(root, clock, reader)
    policy = content.policy
    speak(policy.language)
    try:
        if history == "none":
            read = unread(policy)
        else:
            with phase("history"), progress(policy.language) as tell:
                read = read_history(root, content.files, timezone=policy.timezone, now=clock.now, tell=tell)
    except HistoryError as error:
        error.language = policy.language
        if history == "required":
            raise
        note = Note(f"history.{error.code}", error.values)
        read = unread(policy, note)
    with phase("review"):
        return _judged(content, read, clock.day(policy.timezone)), content.warnings


def _judged(content: Content, read: History, as_of: date) -> Snapshot:
    policy = content.policy
    return Snapshot(
        policy,
        content.reviews,
        read,
        as_of,
        review_sections(policy, read, content.reviews, today=as_of),
        target_reviews=review_targets(policy, read, content.reviews, today=as_of),
        targets=target_states(policy, read, content.measurements, today=as_of),
        assessment=assess(content.questionnaire, content.rounds),
        improvements=content.improvements,
    )


def unread(policy: Policy, *notes: Note) -> History:
    """Return what is known without git: of the levels of targets, those whose day the register gives."""
    targets = {name: stated(target) for name, target in policy.targets.items() if stated(target)}
    return History(revisions={}, complete=False, head=None, notes=notes, targets=targets)

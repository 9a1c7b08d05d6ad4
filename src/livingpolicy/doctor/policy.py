"""The policy itself: whether it can be read, with all of its history, and how long that took."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from time import monotonic

from livingpolicy.clock import Clock
from livingpolicy.doctor.repository import refused
from livingpolicy.doctor.values import Found, fail, ok, warn
from livingpolicy.errors import HistoryError, PolicyError
from livingpolicy.folder import read_folder
from livingpolicy.load import content_of
from livingpolicy.model import History
from livingpolicy.revisions import read_history

SLOW = 10.0
"""Seconds that a history may take to read before somebody should know why."""
_ELSEWHERE = "Europe/Stockholm"
"""Where nobody could read the policy's time zone; only how the days of notes are told depends on it."""


def content(root: Path, clock: Clock) -> tuple[Found, str]:
    """Return whether the content can be published, and the policy's language."""
    try:
        read = content_of(read_folder(root), clock)
    except PolicyError as error:
        return fail("content", "content-wrong", errors=error.errors, warnings=error.warnings), error.language
    language = read.policy.language
    if read.warnings:
        return warn("content", "content-warned", warnings=len(read.warnings)), language
    return ok("content", "content", files=len(read.files)), language


def history(root: Path, clock: Clock) -> Iterator[Found]:
    """Yield whether the history is whole, whether anything waits to be committed, and what the clock says."""
    files = read_folder(root).files
    start = monotonic()
    try:
        read = read_history(root, files, timezone=_ELSEWHERE, now=clock.now)
    except HistoryError as error:
        yield refused("history", error)
        return
    except PolicyError as error:
        yield fail("history", "history-list", count=error.errors)
        return
    seconds = monotonic() - start
    told, code = (warn, "history-slow") if seconds > SLOW else (ok, "history")
    yield told("history", code, seconds=seconds, head=(read.head or "?")[:10])
    loose = {*read.uncommitted, *read.untracked}
    if loose:
        yield warn("uncommitted", "uncommitted", count=len(loose))
    else:
        yield ok("uncommitted", "committed")
    yield _clock(read, clock)


def _clock(read: History, clock: Clock) -> Found:
    now = f"{clock.now:%Y-%m-%d %H:%M} UTC"
    ahead = [note for note in read.notes if note.code == "note.date-future"]
    if ahead:
        return warn("clock", "clock-behind", now=now, commit=str(ahead[0].values["commit"]), count=len(ahead))
    return ok("clock", "clock", now=now)

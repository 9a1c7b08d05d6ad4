"""What git complains of, as a refusal that has a cure."""

from __future__ import annotations

import re
from pathlib import Path

from livingpolicy.errors import HistoryError
from livingpolicy.gitlog.process import TIMEOUT, Failed

HASH = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_OWNED = re.compile(r"dubious ownership in repository at '(.*?)'")


def refusal(failure: Failed, root: Path, name: str = "") -> HistoryError:
    """Name what git says it failed at; *name* is the object that was asked for."""
    message = failure.message
    if failure.timed_out:
        return HistoryError("timeout", seconds=f"{TIMEOUT:.0f}")
    if "not a git repository" in message:
        return HistoryError("not-a-repository", path=str(root))
    if "dubious ownership" in message:
        return HistoryError("dubious-ownership", path=owned(message) or str(root))
    if "ambiguous argument 'HEAD^{commit}'" in message or "Needed a single revision" in message:
        return HistoryError("no-commits")
    if "promisor" in message or "lazy fetching disabled" in message:
        return HistoryError("partial-clone", object=name)
    if "unrecognized argument" in message or "unknown option" in message or "invalid option" in message:
        return HistoryError("git-too-old")
    if lost := HASH.search(message):
        return HistoryError("missing-object", object=name or lost[0])
    return HistoryError("git-failed", message=_short(message))


def owned(message: str) -> str | None:
    """Return the folder whose owner git does not trust."""
    found = _OWNED.search(message)
    return None if found is None else found[1]


def _short(message: str) -> str:
    """Return what git complains of, without its hints."""
    lines = [line.strip() for line in message.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("error:", "fatal:"))]
    return " ".join(telling or lines)[:300] or "?"

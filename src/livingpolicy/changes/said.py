"""What the authors of a change say about it, and about which sections."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from livingpolicy.chain import SETTINGS, TARGETS
from livingpolicy.changes.compare import Difference
from livingpolicy.changes.reasons import commit_reason, request_reason
from livingpolicy.gitlog import LoggedCommit
from livingpolicy.model import Section
from livingpolicy.revisions import is_editorial


@dataclass(frozen=True, slots=True)
class Said:
    """What the authors of a change say about it."""

    commits: Sequence[LoggedCommit]
    """Newest first."""
    ignored: frozenset[str]
    """Hashes of the commits that never count."""
    pull_request: str
    """Its text; empty where there is none."""
    uncommitted: frozenset[str]
    """Files of the working tree that are not as HEAD has them."""

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why, oldest commit first, the pull request last; nothing twice."""
        told = [commit_reason(commit.body) for commit in reversed(self.commits)]
        return tuple(filter(None, dict.fromkeys([*told, request_reason(self.pull_request)])))

    def about(self, *paths: frozenset[str]) -> tuple[list[LoggedCommit], bool]:
        """Return the commits that touched the first of *paths* that any did, and whether there is more."""
        for each in paths:
            commits = [commit for commit in self.commits if each & _paths(commit)]
            loose = bool(each & self.uncommitted)
            if commits or loose:
                return commits, loose
        return [], False

    def editorial(self, *paths: frozenset[str]) -> bool:
        """Whether every author of what is new in *paths* says that it means the same."""
        if is_editorial(self.pull_request.replace("\r\n", "\n")):
            return True
        commits, loose = self.about(*paths)
        claimed = (is_editorial(commit.body) or commit.sha in self.ignored for commit in commits)
        return bool(commits) and not loose and all(claimed)

    def explained(self, difference: Difference, after: Section | None) -> bool:
        """Whether it is written down why, or may still be: what is not committed has no message yet."""
        commits, loose = self.about(*section_paths(difference))
        return (
            loose
            or bool(request_reason(self.pull_request))
            or any(commit_reason(commit.body) for commit in commits)
            or (after is not None and bool(after.metadata.reason))
        )


def section_paths(difference: Difference) -> tuple[frozenset[str], ...]:
    """Return where a section may have changed: in its own files, else with what it inherits."""
    return difference.paths, frozenset({SETTINGS, TARGETS})


def _paths(commit: LoggedCommit) -> frozenset[str]:
    return frozenset(unicodedata.normalize("NFC", change.path) for change in commit.changes)

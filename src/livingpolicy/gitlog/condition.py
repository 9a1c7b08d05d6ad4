"""What state git and a repository are in, for whoever has to mend them: asked, never changed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from livingpolicy.gitlog.commands import ENVIRONMENT
from livingpolicy.gitlog.process import Failed, start
from livingpolicy.gitlog.refusals import refusal
from livingpolicy.gitlog.repository import Repository


@dataclass(frozen=True, slots=True)
class Condition:
    """What of a repository that can be read is still out of the ordinary."""

    branch: str | None
    """None: a commit and no branch is checked out, as CI does."""
    partial: bool
    """The clone was told to leave objects out."""
    rewritten: bool
    """Grafts or replacements show people another history than the one that we read."""


class Examined(Repository):
    """A repository that also tells of its condition."""

    def condition(self) -> Condition:
        """Ask git, and look for the files that say it.

        Raises:
            HistoryError: git refuses.
        """
        branch = self._answer("symbolic-ref", "--quiet", "--short", "HEAD")
        promised = self._answer("config", "--get-regexp", r"^remote\..*\.promisor$")
        replaced = self._answer("for-each-ref", "--count=1", "--format=%(refname)", "refs/replace/")
        grafts = self._root / "".join(self._answer("rev-parse", "--git-common-dir")) / "info" / "grafts"
        return Condition(
            branch=branch[0] if branch else None,
            partial=bool(promised) or any(self._objects.glob("pack/*.promisor")),
            rewritten=bool(replaced) or (grafts.is_file() and grafts.stat().st_size > 0),
        )

    def _answer(self, *arguments: str) -> list[str]:
        """Return the lines that git prints; none when it has nothing to say."""
        try:
            return self._ask(*arguments)
        except Failed as failure:
            if failure.status == 1 and not failure.message:
                return []
            raise refusal(failure, self._root) from failure


def git_version() -> str:
    """Return what git calls itself: "2.43.0".

    Raises:
        HistoryError: git is missing, or cannot say.
    """
    anywhere = Path(sys.executable).anchor
    with start(anywhere, (), ("version",), ENVIRONMENT) as process:
        said = process.output.read().decode("utf-8", "replace").split()
        try:
            process.finish()
        except Failed as failure:
            raise refusal(failure, Path(anywhere)) from failure
    return said[2] if len(said) > 2 else "?"

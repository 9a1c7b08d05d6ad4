"""The only door to a forge: its own command line, `gh`, with constant options and no shell.

`gh` takes the repository from `GH_REPO` or from the folder, and its token from the environment.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from livingpolicy.issues import Action, OpenIssue, Step, read_issues

AUTHOR = "app/github-actions"
"""Who writes what a workflow writes, in the words of `gh`."""
MOST = 5000
"""Issues to look through. Ours could be beyond the last one, so that many are refused."""
_SECONDS = 120


class ForgeError(Exception):
    """The forge cannot be asked."""

    def __init__(self, code: str, **values: object) -> None:
        self.code = code
        """Key under `issues.` in the message catalogue."""
        self.values = values
        super().__init__(code)


def open_issues(root: Path) -> tuple[OpenIssue, ...]:
    """Return every open issue of the repository.

    Raises:
        ForgeError: `gh` is missing, refuses or answers something else, or there are too many.
    """
    answer = _gh(root, "issue", "list", "--state=open", f"--limit={MOST}", "--json=number,title,body,author")
    try:
        there = read_issues(answer)
    except ValueError as error:
        raise ForgeError("unreadable") from error
    if len(there) >= MOST:
        raise ForgeError("too-many", count=MOST)
    return there


def apply(step: Step, root: Path) -> None:
    """Do what a step says.

    Raises:
        ForgeError: `gh` is missing or refuses.
    """
    if step.action is Action.CLOSE:
        _gh(root, "issue", "close", str(step.number), "--reason=completed")
    if step.wanted is None:
        return
    verb = ["create"] if step.number is None else ["edit", str(step.number)]
    with tempfile.TemporaryDirectory() as folder:
        body = Path(folder) / "body.md"
        body.write_text(step.wanted.body, "utf-8", newline="\n")
        # Each is one word however it reads: a title cannot become an option.
        _gh(root, "issue", *verb, f"--title={step.wanted.title}", f"--body-file={body}")


def _gh(root: Path, *words: str) -> str:
    environment = os.environ | {"GH_PROMPT_DISABLED": "1", "GH_NO_UPDATE_NOTIFIER": "1", "NO_COLOR": "1"}
    try:
        done = subprocess.run(  # noqa: S603 - a list of words, no shell
            ["gh", *words],  # noqa: S607 - wherever it is installed
            cwd=root,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except FileNotFoundError as error:
        raise ForgeError("no-gh") from error
    except subprocess.TimeoutExpired as error:
        raise ForgeError("no-answer", seconds=_SECONDS) from error
    if done.returncode:
        raise ForgeError("refused", reason=" ".join(done.stderr.split()) or f"{done.returncode}")
    return done.stdout

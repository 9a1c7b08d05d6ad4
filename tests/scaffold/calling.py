"""Call `livingpolicy` as a script does, and as somebody at a terminal does."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.policy_repo import MINIMAL

NOON = "1795348800"
"""On 22 November 2026."""
LISTED = """
# Kapitlen i ordning.
chapters:
  - tillganglighet  # det första
"""
FILES = {**MINIMAL, "policy/policy.yml": MINIMAL["policy/policy.yml"] + LISTED}
"""The smallest policy, with a list of its chapters."""


@dataclass(frozen=True)
class Called:
    """What came of a call."""

    code: int
    out: str
    err: str = ""


def make(root: Path, files: dict[str, str | bytes] | None = None) -> Path:
    """Write the policy FILES with *files* in place of its own."""
    for path, content in {**FILES, **(files or {})}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def call(root: Path, *arguments: str) -> Called:
    """Call with nobody at the keyboard."""
    done = subprocess.run(
        [sys.executable, "-m", "livingpolicy", *arguments],
        cwd=root,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return Called(done.returncode, done.stdout.decode(), done.stderr.decode())


def answer(root: Path, arguments: Sequence[str], answers: Sequence[str]) -> Called:
    """Call on a terminal and type each of *answers* when it is asked for; `out` is what the screen shows."""
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "livingpolicy", *arguments],
        cwd=root,
        env=_environment(),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    screen, waiting = b"", list(answers)
    seen = 0
    while True:
        if not select.select([ours], [], [], 30)[0]:
            process.kill()
            raise AssertionError(f"nothing happens: {screen.decode()}")
        try:
            shown = os.read(ours, 4096)
        except OSError:  # the other end is closed
            break
        if not shown:
            break
        screen += shown
        if waiting and screen[seen:].endswith(b": "):
            seen = len(screen)
            os.write(ours, waiting.pop(0).encode() + b"\n")
    os.close(ours)
    assert not waiting, f"never asked for: {waiting}\n{screen.decode()}"
    return Called(process.wait(), screen.decode().replace("\r\n", "\n"))


def _environment() -> dict[str, str]:
    clean = {name: value for name, value in os.environ.items() if name != "CI"}
    return clean | {"SOURCE_DATE_EPOCH": NOON, "PYTHONUTF8": "1", "TERM": "dumb"}


def every_file(root: Path) -> dict[str, bytes]:
    """Return the bytes of every file under *root*."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }

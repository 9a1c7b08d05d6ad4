"""What begins with `#!` can be run."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def modes() -> dict[str, str]:
    """Return the mode that git has of every file: "100755" of those that can be run."""
    listed = subprocess.run(["git", "ls-files", "-s", "-z"], cwd=ROOT, capture_output=True, check=False)
    entries = (entry.split("\t", 1) for entry in listed.stdout.decode().split("\0") if entry)
    return {path: told.split()[0] for told, path in entries}


def test_a_script_with_an_interpreter_can_be_run_and_no_other_file() -> None:
    found = modes()
    if not found:
        pytest.skip("not a clone")
    begun = {path for path in found if (ROOT / path).is_file() and (ROOT / path).read_bytes()[:2] == b"#!"}
    assert {path for path, mode in found.items() if mode == "100755"} == begun

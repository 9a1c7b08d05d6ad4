"""The way out of MkDocs is open: ProperDocs, which is maintained, makes the same site of the same files."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.site.building import TODAY, Project, environment, every_file

GENERATOR = re.compile(rb'<meta name="generator" content="mkdocs-[^"]*">')
"""Where either says what it is: the only place in which they differ."""


def test_properdocs_builds_the_same_site_byte_for_byte(project: Project, tmp_path: Path) -> None:
    """In strict mode, with the hooks, the settings and the theme as they are for MkDocs."""
    other = tmp_path / "site"
    done = subprocess.run(
        [sys.executable, "-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml", "-d", str(other)],
        cwd=project.root,
        env=environment(TODAY),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    ours, theirs = every_file(project.site), every_file(other)
    assert b"ProperDocs" in theirs["404.html"]
    assert ours.keys() == theirs.keys()
    assert not [
        path for path, data in ours.items() if GENERATOR.sub(b"", data) != GENERATOR.sub(b"", theirs[path])
    ]

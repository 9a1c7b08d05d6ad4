"""Small git repositories with a policy in them, built by script with fixed dates."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

POLICY_YML = """\
title: Kundpolicy
organisation: Exempelbolaget
language: sv
timezone: Europe/Stockholm
vision: Varje kund ska vilja komma tillbaka.
guiding_words: [Kvalitet, Service, Omtanke, Ansvar]
owner: kundchef
owners:
  kundchef: {name: Kundchefen, team: Ledningen, contact: kundchef@example.com}
  kundtjanstchef: {name: Kundtjänstchefen, team: Kundtjänst, contact: kundtjanst@example.com}
review: {every: 12 months, warn: 30 days, grace: 14 days, ceiling: 24 months, per_week: 5}
phases: []
"""

CHAPTER = """\
---
title: Tillgänglighet
owner: kundtjanstchef
review_every: 6 months
---

# Tillgänglighet

Så når kunderna oss.

## Svar i telefon {#svar-telefon}

```yaml
kind: promise
promise: Vi svarar i telefon inom tre minuter.
```

Den som svarar säger företagets namn och sitt eget namn.

## Svar på mejl {#svar-mejl}

Vi svarar på mejl samma dag.
"""

MINIMAL = {"policy/policy.yml": POLICY_YML, "policy/chapters/tillganglighet.md": CHAPTER}
"""The smallest policy that is valid: one chapter with a lead and two sections."""


NOTHING: Mapping[str, str | bytes | None] = MappingProxyType({})


def git_environment() -> dict[str, str]:
    """Return an environment in which git reads no configuration but the repository's own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return clean | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "LC_ALL": "C"}


@dataclass(frozen=True)
class PolicyRepo:
    """A git repository under *root*, on branch `main`."""

    root: Path

    @classmethod
    def create(cls, root: Path, *options: str) -> PolicyRepo:
        """Make an empty repository; *options* go to `git init`."""
        root.mkdir(parents=True, exist_ok=True)
        repo = cls(root)
        repo.git("init", "--quiet", "--initial-branch=main", *options)
        repo.git("config", "user.name", "Test")
        repo.git("config", "user.email", "test@example.com")
        repo.git("config", "core.autocrlf", "false")
        return repo

    def git(self, *arguments: str, when: str | None = None, stdin: bytes | None = None) -> str:
        """Run git and return what it prints; *when* is the author and committer date."""
        environment = git_environment()
        if when is not None:
            environment |= {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        done = subprocess.run(
            ["git", *arguments], cwd=self.root, env=environment, input=stdin, capture_output=True, check=False
        )
        if done.returncode:
            raise AssertionError(f"git {' '.join(arguments)}: {done.stderr.decode()}")
        return done.stdout.decode("utf-8", "surrogateescape").strip()

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write *files* (path below the root to text or bytes); None removes the file."""
        for path, content in files.items():
            target = self.root / path
            if content is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content if isinstance(content, bytes) else content.encode())

    def commit(
        self,
        when: str,
        subject: str,
        files: Mapping[str, str | bytes | None] | None = None,
        *,
        body: str = "",
    ) -> str:
        """Write *files*, commit everything and return the hash.

        *when* is a day ("2026-05-03", meaning noon in UTC) or anything git reads as a date.
        """
        self.write(files or {})
        self.git("add", "--all")
        message = f"{subject}\n\n{body}" if body else subject
        self.git("commit", "--quiet", "--allow-empty", "-m", message, when=_moment(when))
        return self.git("rev-parse", "HEAD")

    def merge(self, when: str, *branches: str, options: tuple[str, ...] = ("--no-ff",)) -> str:
        """Merge *branches* into the current one and return the hash."""
        self.git(
            "merge", "--quiet", *options, "-m", f"Merge {' '.join(branches)}", *branches, when=_moment(when)
        )
        return self.git("rev-parse", "HEAD")


def _moment(when: str) -> str:
    return f"{when}T12:00:00+00:00" if len(when) == len("2026-05-03") else when

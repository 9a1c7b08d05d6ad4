"""A company's own repository with a policy of two chapters, built through the real hooks."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.assessment.samples import all_of, questionnaire_yml, result_yml
from tests.policy_repo import POLICY_YML, PolicyRepo, git_environment

PROJECT = Path(__file__).parents[2]
MKDOCS = Path(sys.executable).parent / "mkdocs"

REACH = """\
---
title: Tillgänglighet
owner: kundtjanstchef
review_every: 6 months
description: Så når kunderna oss.
---

# Tillgänglighet

Så når kunderna oss, oavsett kanal.

## Svar i telefon {#svar-telefon}

```yaml
kind: promise
promise: Vi svarar i telefon inom tre minuter.
poster: {figure: 3, unit: minuter, text: till svar i telefon}
aliases: [telefon]
situations: [En kund har väntat länge]
steps:
  - Säg ditt namn.
  - Fråga vad kunden behöver.
```

Blir det fel gäller [klagomål](klagomal.md#ta-emot).

| Kanal | Öppet |
| --- | --- |
| Telefon | 8–18 |

## Svar på mejl {#svar-mejl}

```yaml
kind: promise
promise: Vi svarar på mejl inom fyra timmar.
poster: {figure: 4, unit: timmar, text: till svar på mejl}
review_every: 12 months
```

Vi svarar på mejl samma dag.
"""

COMPLAINTS = """\
---
title: Klagomål & beröm
---

# Klagomål & beröm

## Ta emot ett klagomål {#ta-emot}

```yaml
kind: rule
mandate: [{role: medarbetare, up_to: 500, unit: kr, beyond: kundtjanstchef}]
```

Lyssna, och läs [hur kunden når oss](tillganglighet.md). ![Karta](../images/karta.png)

## Lös klagomålet {#los}

```yaml
kind: promise
promise: Vi löser klagomål inom sju dagar.
poster: {figure: 7, unit: dagar, text: till löst klagomål}
```

Bestäm vem som gör vad.

## Säg som det är {#sag-som-det-ar}

```yaml
kind: promise
promise: Vi säger som det är.
poster: {text: Vi säger som det är}
```

Även när beskedet är dåligt.
"""

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010804000000b51c0c02"
    "0000000b4944415478da6364f80f00010501012718e3660000000049454e44ae426082"
)

CONTENT: dict[str, str | bytes | None] = {
    "policy/policy.yml": POLICY_YML
    + 'opening_hours:\n  phone:\n    - {days: mon-fri, from: "08:00", to: "18:00"}\n'
    + "chapters: [tillganglighet, klagomal]\n",
    "policy/chapters/tillganglighet.md": REACH,
    "policy/chapters/klagomal.md": COMPLAINTS,
    "policy/images/karta.png": PNG,
    "policy/assessment/questionnaire.yml": questionnaire_yml(),
    "policy/assessment/results/2025-10.yml": result_yml(*map(all_of, (2, 3, 3)), on="2025-10-08"),
    "policy/assessment/results/2026-04.yml": result_yml(
        *map(all_of, (2, 3, 3, 4, 5)), {**all_of(4), "g7-3": 1}, on="2026-04-14", signs=["olika"]
    ),
}

TODAY = "2026-10-20"
"""The telephone section falls due on 3 November (revised on 3 May, every 6 months): soon."""


@dataclass(frozen=True)
class Project:
    """A working tree with the policy, the site's settings and the hooks, as a company would have it."""

    repo: PolicyRepo

    @property
    def root(self) -> Path:
        """The folder that holds `mkdocs.yml`."""
        return self.repo.root

    @property
    def site(self) -> Path:
        """Where the site is built."""
        return self.root / "site"

    def build(self, *options: str, today: str = TODAY) -> subprocess.CompletedProcess[str]:
        """Run `mkdocs build` on the day *today*."""
        return run(self.root, "build", *options, today=today)

    def read(self, path: str) -> str:
        """Return a built file."""
        return (self.site / path).read_text("utf-8")


def make_project(root: Path) -> Project:
    """Write the project and commit its policy on 3 May 2026."""
    repo = PolicyRepo.create(root)
    equip(root)
    repo.write({".gitignore": "/site/\n/site-headers/\n/.cache/\n"})
    repo.commit("2026-05-03", "Kundpolicyn skrivs ner", CONTENT)
    return Project(repo)


def equip(root: Path) -> None:
    """Put the site's settings, hooks, theme and guides of this project into *root*."""
    for folder in ("hooks", "docs", "src/livingpolicy/theme"):
        without = shutil.ignore_patterns("__pycache__")
        shutil.copytree(PROJECT / folder, root / folder, ignore=without, dirs_exist_ok=True)
    shutil.copy(PROJECT / "mkdocs.yml", root)
    if (fonts := PROJECT / ".cache" / "fonts").is_dir():  # cutting them takes seconds
        shutil.copytree(fonts, root / ".cache" / "fonts", dirs_exist_ok=True)


def run(root: Path, *arguments: str, today: str = TODAY, **machine: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs as the Makefile does; *machine* are variables of the environment."""
    variables = environment(today) | machine
    return subprocess.run(
        [MKDOCS, *arguments], cwd=root, env=variables, capture_output=True, text=True, check=False
    )


def environment(today: str) -> dict[str, str]:
    """Return an environment in which it is noon (UTC) on *today*."""
    noon = datetime.fromisoformat(f"{today}T12:00:00").replace(tzinfo=UTC)
    return git_environment() | {"SOURCE_DATE_EPOCH": str(int(noon.timestamp())), "NO_MKDOCS_2_WARNING": "1"}


def latest_day(root: Path) -> str:
    """Return the latest day that the project itself knows of: of its last commit or its last review."""
    done = subprocess.run(
        ["git", "log", "-1", "--format=%cs"], cwd=root, capture_output=True, text=True, check=False
    )
    ledgers = "".join(path.read_text("utf-8") for path in (root / "policy/reviews").glob("*.yml"))
    return max([*re.findall(r"reviewed_on: (\S+)", ledgers), done.stdout.strip(), TODAY])


def every_file(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below *folder* by relative path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }

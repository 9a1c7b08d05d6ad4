"""A small policy with money, targets and opening hours in it, and proposals to change it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pytest

from livingpolicy.cli import main
from tests.policy_repo import PolicyRepo

SETTINGS, TARGETS = "policy/policy.yml", "policy/targets.yml"
MONEY, ACCESS = "policy/chapters/ersattning.md", "policy/chapters/tillganglighet.md"
LEDGER = "policy/reviews/tillganglighet.yml"
PUBLISHED, TODAY = "2026-10-01", "2026-11-22"
REASON = "Kunderna har klagat på väntan."

POLICY: Mapping[str, str] = {
    SETTINGS: """\
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
  ekonomichef: {name: Ekonomichefen, team: Ekonomi}
review: {every: 12 months, warn: 30 days, grace: 14 days, ceiling: 24 months, per_week: 2}
opening_hours:
  phone: [{days: mon-fri, from: "08:00", to: "17:00"}]
poster: {address: KUND.EXAMPLE.COM, screen_inches: 55, distance_m: 4}
chapters: [tillganglighet, ersattning]
""",
    TARGETS: """\
svarstid-telefon:
  name: Svar i telefon
  wording: inom tre minuter
  at_most: 3
  unit: minutes
  share: 90
  owner: kundtjanstchef
  needs:
    - {department: lager, what: besked om lagersaldo, within: 1, unit: hours}
""",
    ACCESS: """\
---
title: Tillgänglighet
owner: kundtjanstchef
---

# Tillgänglighet

Så når kunderna oss.

## Svar i telefon {#svar-telefon}

```yaml
kind: promise
promise: Vi svarar i telefon inom 3 minuter.
poster: {figure: "3", unit: minuter, text: så snabbt svarar vi}
review_every: 6 months
```

Den som svarar säger företagets namn och sitt eget namn.

## Svar på mejl {#svar-mejl}

Vi svarar på mejl samma dag. Den som svarar skriver under med sitt namn.

## Klagomål {#klagomal}

```yaml
review_every: 6 months
```

Den som tar emot ett klagomål äger det tills kunden är nöjd.
""",
    MONEY: """\
---
title: Ersättning
owner: ekonomichef
---

# Ersättning

Vad kunden får när något har blivit fel.

## Mandat {#mandat}

```yaml
kind: rule
mandate:
  - {role: medarbetare, up_to: 500, unit: kr, beyond: kundtjanstchef}
  - {role: kundtjanstchef, up_to: 5000, unit: kr, beyond: kundchef}
```

Medarbetaren får ge kunden 500 kr utan att fråga. Däröver beslutar kundtjänstchefen.

## Presentkort {#presentkort}

Presentkort gäller i två år.
""",
}


class Edit(NamedTuple):
    """Words that a proposal replaces in a file."""

    path: str
    old: str
    new: str


def edited(*edits: Edit) -> dict[str, str | bytes | None]:
    """Return the files of the policy that *edits* change."""
    files: dict[str, str] = {}
    for path, old, new in edits:
        text = files.get(path, POLICY[path])
        assert old in text, old
        files[path] = text.replace(old, new)
    return dict(files)


@dataclass
class Desk:
    """A repository with the policy on `main`."""

    repo: PolicyRepo
    capsys: pytest.CaptureFixture[str]

    def propose(
        self, *edits: Edit, body: str = REASON, files: Mapping[str, str | bytes | None] | None = None
    ) -> str:
        """Commit to a branch of its own."""
        if self.repo.git("branch", "--show-current") == "main":
            self.repo.git("checkout", "--quiet", "-b", "forslag")
        return self.repo.commit(TODAY, "Ändra", {**edited(*edits), **(files or {})}, body=body)

    def run(self, *argv: str) -> tuple[int, str, str]:
        """Call `livingpolicy diff`: exit code, standard output, standard error."""
        self.capsys.readouterr()
        root = () if "--root" in argv else ("--root", str(self.repo.root))
        code = main(("diff", *argv, *root))
        captured = self.capsys.readouterr()
        return code, captured.out, captured.err

    def told(self, form: str = "text", *argv: str) -> str:
        """Return the report on the branch, against `main`."""
        code, out, err = self.run("main", *argv, "--format", form)
        assert (code, err) == (0, ""), err
        return out

    def document(self, *argv: str) -> dict[str, Any]:
        """Return the report as JSON."""
        document: dict[str, Any] = json.loads(self.told("json", *argv))
        return document

    def opening(self) -> str:
        """Return the paragraph with which the report begins."""
        return " ".join(self.told().split("\n\n")[0].split())

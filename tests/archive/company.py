"""A policy that has seen everything: a repository built by script, and what is made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from livingpolicy.clock import Clock
from livingpolicy.model import Snapshot
from livingpolicy.render.archive.changes import changes_pages
from livingpolicy.render.archive.files import archive_files
from livingpolicy.render.archive.sections import begin_sections
from livingpolicy.render.archive.then import then_pages
from livingpolicy.render.memory import Memory
from livingpolicy.render.pages.values import SitePage, SiteSettings
from livingpolicy.snapshot import take_snapshot
from tests.policy_repo import PolicyRepo

REACH = "policy/chapters/tillganglighet.md"
MONEY = "policy/chapters/ersattning.md"
TARGETS = "policy/targets.yml"
TODAY = "2026-11-22"

SETTINGS = """\
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
poster: {address: KUND.EXAMPLE.COM, screen_inches: 55, distance_m: 4}
"""
"""Its own, so that the hashes in the golden files stay whatever other tests ask of theirs."""

TARGET = """\
svar:
  name: Svar i telefon
  wording: inom fem minuter
  at_most: 5
  unit: minutes
  clock: opening-hours
  owner: kundtjanstchef
  measured: monthly
"""

CHAPTER = """\
---
title: Tillgänglighet
owner: kundtjanstchef
---

# Tillgänglighet

Så når kunderna oss.

## Svar i telefon {#svar-telefon}

```yaml
kind: promise
promise: Vi svarar i telefon {{ target.svar }}.
target: svar
steps:
  - Säg företagets namn.
  - Fråga vad kunden behöver.
```

Vi svarar {{ target.svar }}. Den som svarar säger företagets namn och sitt eget namn.

Kön visas på tavlan. Blir den längre än tio hjälper butiken till.

| Dag | Öppet |
| --- | --- |
| Vardag | 8–18 |
| Lördag | 10–14 |

Fråga alltid:

- vad kunden heter
- vad det gäller

Blir det fel gäller [ersättning](ersattning.md#mandat).

## Svar på mejl {#svar-mejl}

Vi svarar på mejl samma dag.

## Fax {#fax}

Vi svarar på fax inom en vecka.
"""

REFUND = """\
---
title: Ersättning
---

# Ersättning

## Vad du får ge {#mandat}

Du får ge en kund 500 kr utan att fråga.

## Presentkort {#presentkort}

Presentkort gäller i ett år.
"""

NEW = "ersattning-utan-fraga"
"""What the section `mandat` is called today."""

HOSTILE = '<script>alert(1)</script> & ]]> "citat" \x0b\x1b[31m {{ target.svar }} \u202e'
"""What somebody may write as the subject of a commit."""


def first(root: Path) -> PolicyRepo:
    """Return a repository whose policy was written down in January 2025."""
    repo = PolicyRepo.create(root)
    files = {"policy/policy.yml": SETTINGS, TARGETS: TARGET, REACH: CHAPTER, MONEY: REFUND}
    repo.commit("2025-01-10", "Skriv ner policyn", files)
    return repo


def company(root: Path) -> PolicyRepo:
    """Return the same after two years of changes of every kind."""
    repo = first(root)
    reach = CHAPTER.replace("8–18", "8–20").replace(
        "- vad det gäller", "- vad det gäller\n- hur vi når kunden"
    )
    repo.commit(
        "2025-03-05",
        "Öppet till klockan 20 på vardagar (#12)",
        {REACH: reach},
        body="Kunderna ringer efter jobbet.\nDet visar höstens mätning.\n\n"
        "Signed-off-by: Anna Ek <anna@example.com>",
    )
    repo.commit(
        "2025-04-01", "Svar inom tre minuter", {TARGETS: TARGET.replace("fem", "tre").replace("5", "3")}
    )
    repo.commit(
        "2025-05-02", "Ny rubrik", {REACH: (reach := reach.replace("## Svar på mejl", "## Mejl och brev"))}
    )
    refund = REFUND.replace("500 kr", "1 000 kr")
    repo.commit(
        "2025-06-11",
        HOSTILE,
        {MONEY: refund},
        body="Rad ett <b>fet</b>\n\n- en\n- två\n\nReviewed-by: Bo <bo@example.com>",
    )
    gone = reach.partition("## Fax")[0]
    repo.commit("2025-09-01", "Faxen avvecklas", {REACH: gone})
    renamed = refund.replace("{#mandat}", f"{{#{NEW}}}\n\n```yaml\naliases: [mandat]\n```")
    repo.commit(
        "2026-01-15",
        "Mandatet får ett tydligare namn",
        {
            MONEY: None,
            "policy/chapters/pengar.md": renamed,
            REACH: gone.replace("ersattning.md#mandat", f"pengar.md#{NEW}"),
        },
    )
    later = renamed.replace("ett år.", "två år.").replace(
        "{#presentkort}", "{#presentkort}\n\n```yaml\neffective_from: 2026-12-01\n```"
    )
    repo.commit(
        "2026-11-01", "Presentkort gäller i två år från december", {"policy/chapters/pengar.md": later}
    )
    return repo


@dataclass(frozen=True)
class Archive:
    """What is published of the past."""

    snapshot: Snapshot
    files: dict[str, str]
    pages: dict[str, SitePage]

    def under(self, folder: str) -> set[str]:
        """Return the paths below a folder of the site."""
        return {path for path in self.files if path.startswith(f"{folder}/")}


def archive(
    repo: PolicyRepo | Path,
    *,
    today: str = TODAY,
    address: str | None = None,
    folders: bool = True,
    memory: Memory | None = None,
    processes: int = 0,
) -> Archive:
    """Return what is published on *today*, with a *memory* of earlier builds, and *processes* to help."""
    root = repo.root if isinstance(repo, PolicyRepo) else repo
    now = datetime.fromisoformat(f"{today}T12:00:00").replace(tzinfo=UTC)
    snapshot, _ = take_snapshot(root, Clock(now), history="optional")
    settings = SiteSettings(address=address, folders=folders, memory=memory or Memory())
    begin_sections(snapshot, settings, processes, few=0)
    return Archive(
        snapshot,
        {file.path: file.content.decode() for file in archive_files(snapshot, settings)},
        {page.url: page for maker in (changes_pages, then_pages) for page in maker(snapshot, settings)},
    )

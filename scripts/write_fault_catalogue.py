"""Write `docs/felkatalog.md` anew from `tests/faults/catalogue.toml`: what goes wrong, and what happens."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "felkatalog.md"
INTRODUCTION = """\
---
title: Felkatalogen
---

<!-- Skrivs av `make guides` ur tests/faults/catalogue.toml. Ändra där. -->

# Felkatalogen

Det här går fel i verkligheten, och det här gör verktyget då. Varje rad prövas av automatiska tester, eller
säger att den inte gör det än. Sökvägarna leder till testerna i verktygets eget förråd, under `tests/`.

| Ordet | Det betyder |
| --- | --- |
| stoppas | Inget publiceras. Felet står med fil och rad. |
| avstår | Verktyget säger vad som saknas i stället för att gissa. |
| varnas | Sajten byggs, och felet står i svaret. |
| anmärks | Kontrollen faller, men sajten byggs. |
| märks | Den som läser eller granskar ser det. |
| utkast | Avsnittet visas som utkast, utan datum. |
| okänt | Datumet visas som okänt. |
| fungerar | Inget märks. |
| står kvar | Det som redan är publicerat står orört. |
"""


def main() -> int:
    """Write the page, and say so when it was out of date."""
    text = page()
    if not PAGE.exists() or PAGE.read_text("utf-8") != text:
        PAGE.write_text(text, "utf-8", newline="\n")
        sys.stdout.write(f"{PAGE.relative_to(ROOT)}\n")
    return 0


def page() -> str:
    """Return the whole page as Markdown."""
    sys.path.insert(0, str(ROOT))
    try:
        from tests.faults.catalogue import groups
    finally:
        sys.path.remove(str(ROOT))
    found = groups()
    rows = [row for group in found.values() for row in group]
    tried = sum(bool(row.tests) for row in rows)
    parts = [INTRODUCTION, f"{tried} av {len(rows)} rader prövas.\n"]
    for title, group in found.items():
        parts.append(f"## {title}\n\n| När det här händer | Då | Prövas i |\n| --- | --- | --- |\n")
        for row in group:
            places = sorted({test.partition("::")[0] for test in row.tests})
            where = ", ".join(f"`{place}`" for place in places) or f"inte än: {row.missing}"
            parts[-1] += f"| {row.fault} | {row.answer} | {where} |\n"
    return "\n".join(parts)


if __name__ == "__main__":
    sys.exit(main())

"""Add lines to the review ledger without touching what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath

import yaml

from livingpolicy.model import Outcome, SectionId

FOLDER = PurePosixPath("policy/reviews")


def ledger_path(chapter: SectionId) -> PurePosixPath:
    """Return the ledger file of a chapter, relative to the root."""
    return FOLDER / f"{chapter}.yml"


def ledger_line(
    section: SectionId, *, reviewed_on: date, by: str, checked: str, outcome: Outcome, note: str | None = None
) -> str:
    """Return one review as the YAML list item that an editor would write."""
    entry: dict[str, object] = {
        "section": section,
        "reviewed_on": reviewed_on,
        "by": by,
        "checked": checked,
        "outcome": outcome.value,
    }
    if note:
        entry["note"] = note
    return yaml.safe_dump([entry], allow_unicode=True, sort_keys=False, width=10_000)


def with_lines(text: str, lines: Sequence[str]) -> str:
    r"""Return the ledger *text* with *lines* at its end; comments and order stay.

    >>> with_lines("- section: a", ["- section: b\n"])
    '- section: a\n\n- section: b\n'
    """
    kept = text.rstrip()
    if kept in {"[]", "---"}:
        kept = ""
    return "\n\n".join(part.rstrip() for part in (kept, *lines) if part) + "\n"

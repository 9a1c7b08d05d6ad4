"""Add lines to the review ledger without touching what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath
from typing import Literal

import yaml

from livingpolicy.model import Outcome, SectionId
from livingpolicy.parse import TARGETS_LEDGER

FOLDER = PurePosixPath("policy/reviews")


def ledger_path(chapter: SectionId | None) -> PurePosixPath:
    """Return the ledger file of a chapter, or with None that of the targets, relative to the root."""
    return PurePosixPath(TARGETS_LEDGER) if chapter is None else FOLDER / f"{chapter}.yml"


def ledger_line(
    name: str,
    *,
    key: Literal["section", "target"] = "section",
    reviewed_on: date,
    by: str,
    checked: str,
    outcome: Outcome,
    note: str | None = None,
) -> str:
    """Return one review as the YAML list item that an editor would write; *name* is an id."""
    entry: dict[str, object] = {
        key: name,
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

"""Add lines to the review ledger without touching what stands there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path, PurePosixPath

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


def write_ledgers(root: Path, files: Mapping[PurePosixPath, str]) -> None:
    """Write each file whole or not at all.

    Raises:
        OSError: the folder cannot be written.
    """
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside the target, so that the rename is atomic.
        handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".tmp")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
            mode = target.stat().st_mode if target.exists() else 0o666 & ~_umask()
            os.chmod(temporary, mode)  # noqa: PTH101
            os.replace(temporary, target)  # noqa: PTH105
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""Which version of the policy a page shows."""

from __future__ import annotations

from livingpolicy.language import catalogue
from livingpolicy.model import Snapshot


def version_of(snapshot: Snapshot) -> str:
    """Return what a page calls its version, to compare over the telephone: "2026-11-22 · a1b2c3d"."""
    words = catalogue(snapshot.policy.language)
    head = snapshot.head[:7] if snapshot.head else words.text("site.unknown-version")
    version = f"{snapshot.as_of.isoformat()} · {head}"
    return words.text("site.draft-version", version=version) if snapshot.history.drafts else version

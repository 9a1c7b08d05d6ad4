"""A section's history as JSON: a contract that scripts of others depend on (schema 1)."""

from __future__ import annotations

from collections.abc import Sequence

from livingpolicy.diff import summary
from livingpolicy.diff.history import ToldRevision
from livingpolicy.language import Catalogue
from livingpolicy.render import harmless
from livingpolicy.render.why import why

SCHEMA = 1


def log(section: str, told: Sequence[ToldRevision], words: Catalogue) -> str:
    """Return the history document of the section with this id, newest revision first, ended by a line feed.

    `summary` is what changed in one line, null for a section that came, went or moved as a whole.
    """
    document = {
        "schema": SCHEMA,
        "section": section,
        "revisions": [_revision(item, words) for item in told],
    }
    return harmless.document(document)


def _revision(item: ToldRevision, words: Catalogue) -> dict[str, object]:
    revision = item.revision
    landed = revision.commit.landed_at
    reason = why(revision.commit)
    changed = item.difference is not None and item.difference.changed
    return {
        "commit": revision.commit.sha,
        "on": landed.date().isoformat() if landed else None,
        "at": landed.isoformat() if landed else None,
        "subject": reason.subject,
        "body": reason.body,
        "pull_request": reason.pull_request,
        "kind": revision.kind.value,
        "title": revision.title,
        "text": revision.text,
        "targets": {name: target.wording for name, target in revision.targets.items()},
        "summary": summary(item.difference, words) if item.difference and changed else None,
    }

"""The policy as it stood on a day, as JSON (schema 1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from livingpolicy.model import Snapshot
from livingpolicy.past import Standing
from livingpolicy.render import harmless
from livingpolicy.render.report_json import commit

SCHEMA = 1


def past(standing: Sequence[Standing], snapshot: Snapshot, day: date) -> str:
    """Return the document: each section with its Markdown and its metadata as they were written."""
    document = {
        "schema": SCHEMA,
        "policy": snapshot.policy.title,
        "head": snapshot.head,
        "on": day.isoformat(),
        "timezone": snapshot.policy.timezone,
        "sections": [
            {
                "id": item.section,
                "title": item.revision.title,
                "since": commit(item.since.commit),
                "certain": item.certain,
                "metadata": item.revision.metadata,
                "text": item.revision.text,
                "targets": {name: target.wording for name, target in item.revision.targets.items()},
            }
            for item in standing
        ],
    }
    return harmless.document(document)

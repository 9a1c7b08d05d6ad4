"""What machines read: which build this is, and that robots stay away."""

from __future__ import annotations

import json
from collections.abc import Iterable
from hashlib import sha256

from livingpolicy.model import Snapshot
from livingpolicy.render import targets_json
from livingpolicy.render.pages.values import SiteFile, SiteSettings
from livingpolicy.render.report_json import report

ROBOTS = b"User-agent: *\nDisallow: /\n"


def build_id(parts: Iterable[bytes]) -> str:
    """Return 16 hexadecimal digits that change whenever what is published changes."""
    digest = sha256()
    for part in parts:
        digest.update(sha256(part).digest())
    return digest.hexdigest()[:16]


def report_files(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SiteFile]:  # noqa: ARG001 (a FileMaker)
    """Yield the report, the state of every target, and the word to robots."""
    yield SiteFile("api/review.json", report(snapshot).encode())
    yield SiteFile("api/targets.json", targets_json.document(snapshot).encode())
    yield SiteFile("robots.txt", ROBOTS)


def status_file(snapshot: Snapshot, build: str) -> SiteFile:
    """Return the status of the build.

    It is dated by its day, not its moment: two builds of the same commit and day are the same bytes.
    """
    status = {
        "schema": 1,
        "build": build,
        "commit": snapshot.head,
        "built_on": snapshot.as_of.isoformat(),
        "timezone": snapshot.policy.timezone,
    }
    return SiteFile("status.json", (json.dumps(status, indent=2) + "\n").encode())

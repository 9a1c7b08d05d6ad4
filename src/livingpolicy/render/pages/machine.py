"""What machines read: which build this is, and that robots stay away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from livingpolicy.model import Snapshot
from livingpolicy.render import policy_json, targets_json
from livingpolicy.render.contracts import contract_files
from livingpolicy.render.pages.values import SiteFile, SiteSettings
from livingpolicy.render.poster import FOLDER
from livingpolicy.render.report_json import report

_POSTER = re.compile(rf"(?P<folder>{FOLDER}(?:/[^/]+)?)/(?P<build>[0-9a-f]{{16}})\.html")
ROBOTS = b"User-agent: *\nDisallow: /\n"


def build_id(parts: Iterable[bytes]) -> str:
    """Return 16 hexadecimal digits that change whenever what is published changes."""
    digest = sha256()
    for part in parts:
        digest.update(sha256(part).digest())
    return digest.hexdigest()[:16]


def report_files(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SiteFile]:
    """Yield the policy, the report and the state of every target, their schemas, and the word to robots."""
    yield SiteFile("api/policy.json", policy_json.document(snapshot, settings).encode())
    yield SiteFile("api/review.json", report(snapshot, settings.memory.of).encode())
    yield SiteFile("api/targets.json", targets_json.document(snapshot).encode())
    for path, text in contract_files().items():
        yield SiteFile(path, text.encode())
    yield SiteFile("robots.txt", ROBOTS)


def status_file(snapshot: Snapshot, build: str, files: Iterable[SiteFile]) -> SiteFile:
    """Return the status of the build, and which posters are among *files* (see `render/screen.py`).

    It is dated by its day, not its moment: two builds of the same commit and day are the same bytes.
    """
    status = {
        "schema": 1,
        "build": build,
        "commit": snapshot.head,
        "built_on": snapshot.as_of.isoformat(),
        "timezone": snapshot.policy.timezone,
        "posters": posters(files),
    }
    return SiteFile("status.json", (json.dumps(status, indent=2) + "\n").encode())


def posters(files: Iterable[SiteFile]) -> Mapping[str, str]:
    """Return the build id under which each poster is published, by folder: `{"plansch": "0f3c…"}`."""
    found = (_POSTER.fullmatch(file.path) for file in files)
    return {match["folder"]: match["build"] for match in found if match}

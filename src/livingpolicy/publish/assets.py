"""What pages of the release before still ask for after the swap: files whose names change with their content.

A reader's page may be a day old. Its style sheet, script, search index or poster must not be gone. Pages that
were removed, and pictures and data under a name that stays, are gone at once.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from livingpolicy.publish.releases import RECORD, Release
from livingpolicy.writing import write

AFTERWARDS = timedelta(hours=24)
_HASHED = re.compile(r"[^/]+[-.][0-9a-f]{8,64}(?:\.min)?\.(?:css|js|woff2?|png|svg|webp|jpe?g)")
_POSTER = re.compile(r"[0-9a-f]{16}\.html")


def hashed(site: Path) -> frozenset[str]:
    """Return the files of *site* whose name is another when their content is, by path below it."""
    try:
        folders = tuple(json.loads((site / "status.json").read_bytes())["posters"])
    except (OSError, ValueError, KeyError, TypeError):
        folders = ()
    paths = (path.relative_to(site) for path in site.rglob("*") if path.is_file())
    return frozenset(
        path.as_posix()
        for path in paths
        if _HASHED.fullmatch(path.name)
        or (_POSTER.fullmatch(path.name) and path.parent.as_posix() in folders)
    )


def due(before: Release, files: Mapping[str, str], now: datetime) -> Mapping[str, datetime]:
    """Return what a release of *files* after *before* has to carry, and until when.

    A file of an even earlier release keeps its own end; one that lies further ahead than it can, because the
    clock was wrong then, is brought back.
    """
    latest = now + AFTERWARDS
    left = {path: min(until, latest) for path, until in before.carried.items() if until > now}
    left |= dict.fromkeys(hashed(before.site) & before.files.keys(), latest)
    return {path: until for path, until in sorted(left.items()) if path not in files}


def carry(before: Release, site: Path, carried: Mapping[str, datetime]) -> None:
    """Put the files *carried* from *before* into *site*, sharing them on the disk where that is possible."""
    for path in carried:
        source, copy = before.site / path, site / path
        if copy.exists() or not source.is_file():
            continue
        copy.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(source, copy)
        except OSError:
            shutil.copy2(source, copy)


def carry_back(after: Release, back: Release, now: datetime) -> None:
    """Let the release *back*, which is to be served again, hold what pages of *after* ask for."""
    carried = {**due(after, back.files, now)}
    carried |= {path: until for path, until in back.carried.items() if path not in carried}
    write(back.folder / RECORD, replace(back, carried=carried).record())
    carry(after, back.site, carried)


def keep_times(before: Release, files: Mapping[str, str], site: Path) -> None:
    """Give every file of *site* that is as it was in *before* its old time: nobody need fetch it again.

    Servers tell a browser that nothing has changed by a file's time and size.
    """
    for path, digest in files.items():
        if before.files.get(path) == digest and (before.site / path).is_file():
            old = (before.site / path).stat()
            os.utime(site / path, ns=(old.st_atime_ns, old.st_mtime_ns))

"""What a site with a screen publishes, in as many editions as a test wants."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from livingpolicy.render.pages.assets import type_files
from livingpolicy.render.pages.machine import posters, status_file
from livingpolicy.render.pages.values import SiteFile
from livingpolicy.render.poster import poster_page
from livingpolicy.render.screen import screen_files
from tests.poster import samples


@lru_cache
def published(revised: str = "2026-11-12", today: str = "2026-11-22") -> Mapping[str, bytes]:
    """Return all that is published of a policy *revised* then and due after three months, by path."""
    taken = samples.snapshot(samples.PROMISES[:8], revised=revised, today=today)
    made = [
        *(SiteFile(*item) for item in poster_page(taken, fonts=samples.fonts()).items()),
        *screen_files(taken, samples.fonts()),
        *type_files(samples.fonts()),
    ]
    return {file.path: file.content for file in (*made, status_file(taken, "0" * 16, made))}


def edition(number: int, **changes: str) -> tuple[str, Mapping[str, bytes]]:
    """Return the build id of another poster, and its files: no name is that of another edition.

    It says what `published` says, but for its style, script and fonts having other names.
    """
    files = published(**changes)
    (build,) = posters(SiteFile(*item) for item in files.items()).values()
    mine = sha256(f"{number}{build}".encode()).hexdigest()[:16]
    ours = [path for path in files if path.startswith("plansch/")]

    def renamed(text: str) -> str:
        return re.sub(r"-[0-9a-f]{10}(?=\.(?:css|js|woff2))", f"-{mine[:10]}", text.replace(build, mine))

    made = {
        renamed(path): renamed(files[path].decode()).encode()
        if path.endswith((".css", ".html"))
        else files[path]
        for path in ours
    }
    status = json.loads(files["status.json"]) | {"posters": {"plansch": mine}}
    return mine, made | {"status.json": json.dumps(status).encode()}

"""The folder of releases, `.NAME.releases/`: which there are, which one is served, which may go.

- `.livingpolicy` says that the folder is ours, `lock` who publishes, `headers/` how to send what is served.
- `00007-9236d9541c0919b6/` is a release, named after its number and its build: `site/` is what the link NAME
  leads to, `site-headers/` belongs to it, and `release.json`, written last, says what it consists of.
- `building-…/` is a release that is not whole, `gone-…/` one that is being removed.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from livingpolicy.publish.target import MARKER, Target
from livingpolicy.writing import write

SITE = "site"
HEADERS = "site-headers"
RECORD = "release.json"
LINK = "next"
"""The name under which the new link waits."""
_NAME = re.compile(r"(?P<number>\d{5,})-(?P<build>[0-9a-f]{16})")
_UNFINISHED = re.compile(r"(?:building|gone)-.+")
_WORD = """\
Releases of the site beside this folder, made by `livingpolicy publish`. The site is a link into one of them.
Take none of the files away by hand: the command does, and `livingpolicy publish --rollback` needs the rest.
"""


@dataclass(frozen=True, slots=True)
class Release:
    """A site that was published, whole and unchanging."""

    folder: Path
    number: int
    """Counts publications. Never a time: clocks jump."""
    before: str | None
    """The name of the release that was served until this one; None for the first."""
    files: Mapping[str, str]
    """SHA-256 of every file of the site, by path below `site/`."""
    carried: Mapping[str, datetime]
    """Files of earlier releases that pages of theirs still ask for, and until when they are kept."""

    @property
    def name(self) -> str:
        """The release's name, which is that of its folder."""
        return self.folder.name

    @property
    def site(self) -> Path:
        """What readers see."""
        return self.folder / SITE

    def record(self) -> bytes:
        """Return the content of `release.json`."""
        carried = {path: until.isoformat(timespec="seconds") for path, until in self.carried.items()}
        record = {"schema": 1, "before": self.before, "carried": carried, "files": dict(self.files)}
        return (json.dumps(record, indent=1, sort_keys=True) + "\n").encode()


def make_room(target: Target) -> None:
    """Make the folder of releases, and say in it that it is ours."""
    folder = target.releases
    folder.mkdir(mode=0o755, exist_ok=True)
    if not (folder / MARKER).exists():
        write(folder / MARKER, _WORD.encode())
        write(folder / ".gitignore", b"*\n")
    folder.chmod(0o755)  # the web server goes through it


def releases(folder: Path) -> tuple[Release, ...]:
    """Return the releases that are whole, the oldest first."""
    found = (read(path) for path in folder.iterdir() if _NAME.fullmatch(path.name))
    return tuple(sorted((one for one in found if one), key=lambda one: one.number))


def read(folder: Path) -> Release | None:
    """Return the release in *folder*; None if it is none, or not whole."""
    name = _NAME.fullmatch(folder.name)
    if name is None or not (folder / SITE).is_dir():
        return None
    try:
        record = json.loads((folder / RECORD).read_bytes())
        return Release(
            folder,
            int(name["number"]),
            record["before"],
            {str(path): str(digest) for path, digest in record["files"].items()},
            {str(path): datetime.fromisoformat(until) for path, until in record["carried"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def served(target: Target) -> Release | None:
    """Return the release that the link leads to; None if there is no link, or it leads elsewhere."""
    try:
        leads = target.path.parent / target.path.readlink()
    except OSError:
        return None
    return read(leads.parent) if leads.parent.parent == target.releases else None


def link_text(release: Release) -> str:
    """Return what the link says: relative, so that the folder around it may be mounted or moved anywhere."""
    return f"{release.folder.parent.name}/{release.name}/{SITE}"


def next_name(folder: Path, build: str) -> str:
    """Return a name that no release has had as long as the last one is there."""
    names = (_NAME.fullmatch(path.name) for path in folder.iterdir())
    return f"{max((int(name['number']) for name in names if name), default=0) + 1:05d}-{build}"


def digests(site: Path) -> Mapping[str, str]:
    """Return the SHA-256 of every file below *site*, by path with `/`."""
    return {
        path.relative_to(site).as_posix(): sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def damaged(release: Release) -> str | None:
    """Return a file of *release* that is not as it was published; None if all are."""
    found = digests(release.site)
    return next((path for path, digest in release.files.items() if found.get(path) != digest), None)


def settle_headers(release: Release) -> Path | None:
    """Put the headers of *release* where web servers find them; return the place if they are others now.

    Not together with the site, in one step: a server reads its settings only when it is told to.
    """
    place, changed = release.folder.parent / "headers", False
    for path in sorted((release.folder / HEADERS).glob("*")):
        data, settled = path.read_bytes(), place / path.name
        if not settled.is_file() or settled.read_bytes() != data:
            write(settled, data)
            settled.chmod(0o644)
            changed = True
    return place if changed else None


def clean(target: Target) -> None:
    """Remove what a publication that was killed left behind; never what is served, whatever its record is."""
    leads = target.path.resolve()
    for path in target.releases.iterdir():
        if _UNFINISHED.fullmatch(path.name) or (_NAME.fullmatch(path.name) and not read(path)):
            if path.resolve() not in leads.parents:
                remove(path)
        elif path.name == LINK and path.is_symlink():
            path.unlink()
        elif path.suffix == ".tmp":
            path.unlink(missing_ok=True)


def prune(target: Target, keep: int) -> None:
    """Keep *keep* releases: the one that is served, those that were served before it, then the newest."""
    everything = {one.name: one for one in releases(target.releases)}
    current = served(target)
    if current is None:
        return
    order: dict[str, Release] = {}
    while current is not None and current.name not in order:
        order[current.name] = current
        current = everything.get(current.before) if current.before else None
    order |= {name: one for name, one in reversed(everything.items()) if name not in order}
    for one in list(order.values())[keep:]:
        gone = one.folder.with_name(f"gone-{one.name}")
        with suppress(OSError):
            one.folder.rename(gone)  # one that is half removed no longer looks like one
        remove(gone)


def remove(folder: Path) -> None:
    """Remove a folder as far as it goes; the next publication tries again."""
    with suppress(OSError):
        shutil.rmtree(folder)

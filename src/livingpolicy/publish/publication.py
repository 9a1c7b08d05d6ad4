"""Publish: build beside, look it over, swap. Until the swap, nothing that readers see is touched."""

from __future__ import annotations

import errno
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from livingpolicy.errors import ExitCode, PublishError
from livingpolicy.publish import assets, moving
from livingpolicy.publish.disk import flush, flush_one, open_to_readers, put_link
from livingpolicy.publish.lock import locked
from livingpolicy.publish.releases import (
    LINK,
    RECORD,
    SITE,
    Release,
    clean,
    damaged,
    digests,
    link_text,
    make_room,
    next_name,
    prune,
    read,
    releases,
    remove,
    served,
    settle_headers,
)
from livingpolicy.publish.target import Target, There, look
from livingpolicy.writing import write

_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL, errno.EEXIST, errno.EISDIR}
"""What file systems say that have no symbolic links, or cannot put one in another's place."""

Phase = Callable[[str], AbstractContextManager[None]]
"""Takes the name of a phase and lasts as long as it does."""


@dataclass(frozen=True, slots=True)
class Published:
    """How a publication ended."""

    release: Release
    unchanged: bool = False
    """What was built is what is served already."""
    recovered: int | None = None
    """The process of an earlier publication that died."""
    moved: Path | None = None
    """Where the real folder is now that stood at the target."""
    left: str | None = None
    """Where the link led that stood at the target and was not ours."""
    headers: Path | None = None
    """The folder with the headers, if they are others than before."""


@contextmanager
def _silent(_: str) -> Iterator[None]:
    yield


def publish(
    target: Target,
    make: Callable[[Path], str],
    *,
    now: datetime,
    keep: int,
    phase: Phase = _silent,
) -> Published:
    """Let *make* build a site into the folder it is given, and serve it at *target* from then on.

    *make* returns the build id (16 hexadecimal digits), or raises if the site may not be published. *now* is
    aware. Of the releases, *keep* stay.

    Raises:
        PublishError: somebody else publishes, or what *make* raises.
        OSError: the disk refuses.
    """
    make_room(target)
    with locked(target.releases, now) as dead:
        moving.recover(target)
        target = replace(target, there=look(target.path))
        clean(target)
        _try_links(target)
        before = served(target)
        folder = target.releases / f"building-{secrets.token_hex(4)}"
        folder.mkdir(mode=0o755)
        place: str | None = None
        try:
            build = make(folder / SITE)
            files = digests(folder / SITE)
            if before and before.files == files and damaged(before) is None:
                return Published(before, unchanged=True, recovered=dead.pid if dead else None)
            if target.there is There.FOLDER:
                place = moving.prepare(target)
            with phase("keep"):
                carried = assets.due(before, files, now) if before else {}
                if before:
                    assets.keep_times(before, files, folder / SITE)
                    assets.carry(before, folder / SITE, carried)
                last = before.name if before else place
                write(folder / RECORD, Release(folder, 0, last, files, carried).record())
            with phase("flush"):
                open_to_readers(folder)
                flush(folder)
            release = _whole(folder, target.releases / next_name(target.releases, build))
            with phase("swap"):
                left = _left(target)
                _swap(target, release, place)
            headers = settle_headers(release)
            with phase("prune"):
                prune(target, keep)
        finally:
            moving.abandon(target, place)
            remove(folder)
    return Published(
        release,
        recovered=dead.pid if dead else None,
        moved=target.releases / place / SITE if place else None,
        left=left,
        headers=headers,
    )


def roll_back(target: Target, *, now: datetime, phase: Phase = _silent) -> Published:
    """Serve the release again that was served before the present one.

    Raises:
        PublishError: there is none, it is damaged, or somebody else publishes.
        OSError: the disk refuses.
    """
    if target.there is not There.RELEASE:
        raise PublishError("nothing-before", path=str(target.path))
    with locked(target.releases, now):
        clean(target)
        current = served(target)
        before = next(
            (one for one in releases(target.releases) if current and one.name == current.before), None
        )
        if current is None or before is None:
            raise PublishError("nothing-before", path=str(target.path))
        with phase("verify"):
            if broken := damaged(before):
                raise PublishError("damaged", release=before.name, path=broken)
        with phase("keep"):
            assets.carry_back(current, before, now)
            open_to_readers(before.folder)
            flush(before.folder)
        with phase("swap"):
            put_link(link_text(before), target.path, target.releases / LINK)
        return Published(before, headers=settle_headers(before))


def _try_links(target: Target) -> None:
    """Swap a link that nobody sees, so that a file system that cannot is found out before the build."""
    trial = target.releases / "trial"
    try:
        for text in ("one", "other"):
            put_link(text, trial, target.releases / LINK)
        trial.unlink()
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        place, reason = str(target.path.parent), error.strerror or ""
        raise PublishError("no-links", ExitCode.CANNOT_ANSWER, path=place, reason=reason) from error


def _whole(folder: Path, place: Path) -> Release:
    """Give a release that is whole and on the disk its name."""
    folder.rename(place)
    flush_one(place.parent)
    release = read(place)
    assert release is not None  # noqa: S101 - written a moment ago
    return release


def _left(target: Target) -> str | None:
    return str(target.path.readlink()) if target.there is There.OTHER_LINK else None


def _swap(target: Target, release: Release, place: str | None) -> None:
    if target.there is There.FOLDER:
        moving.replace(target, place, link_text(release))
    else:
        put_link(link_text(release), target.path, target.releases / LINK)

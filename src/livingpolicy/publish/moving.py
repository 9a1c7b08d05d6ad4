"""A real folder at the target becomes a release, and a link stands in its place."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from livingpolicy.publish.disk import exchange, flush_one, put_link
from livingpolicy.publish.releases import LINK, RECORD, SITE, Release, digests, next_name
from livingpolicy.publish.target import Target
from livingpolicy.writing import write

_MOVING = "moving"
"""Holds the name of the release that the folder becomes, while it does."""


def prepare(target: Target) -> str | None:
    """Make a place for the folder at the target, and return its name; None if the folder is empty."""
    if not any(target.path.iterdir()):
        return None
    try:
        build = str(json.loads((target.path / "status.json").read_bytes())["build"])
    except (OSError, ValueError, KeyError, TypeError):
        build = ""
    if len(build) != 16 or not set(build) <= set("0123456789abcdef"):
        build = "0" * 16
    place = target.releases / next_name(target.releases, build)
    place.mkdir(mode=0o755)
    write(place / RECORD, Release(place, 0, None, digests(target.path), {}).record())
    return place.name


def replace(target: Target, place: str | None, link: str) -> None:
    """Move the folder to its *place* and put *link* where it was; readers see one or the other.

    Where the system cannot let the two change places in one step, nothing is there for an instant.

    Raises:
        OSError: the folder cannot be moved; it stands where it was.
    """
    beside = target.releases / LINK
    if place is None:
        target.path.rmdir()
        put_link(link, target.path, beside)
        return
    write(target.releases / _MOVING, place.encode())
    try:
        with suppress(FileNotFoundError):
            beside.unlink()
        beside.symlink_to(link, target_is_directory=True)
        if exchange(beside, target.path):
            beside.rename(target.releases / place / SITE)
        else:
            target.path.rename(target.releases / place / SITE)
            beside.replace(target.path)
        flush_one(target.path.parent)
    finally:
        recover(target)


def recover(target: Target) -> bool:
    """Finish a move that was interrupted; return whether there was one.

    What readers had is where they look for it afterwards, as the new release or as the old.
    """
    note = target.releases / _MOVING
    if not note.exists():
        return False
    place, beside = target.releases / note.read_text("utf-8"), target.releases / LINK
    if beside.is_dir() and not beside.is_symlink():
        beside.rename(place / SITE)
    if not target.path.exists() and not target.path.is_symlink() and (place / SITE).is_dir():
        put_link(f"{target.releases.name}/{place.name}/{SITE}", target.path, beside)
    note.unlink()
    return True


def abandon(target: Target, place: str | None) -> None:
    """Take away the place of a folder that was not moved after all."""
    if place is None:
        return
    folder: Path = target.releases / place
    if not (folder / SITE).exists():
        with suppress(OSError):
            (folder / RECORD).unlink(missing_ok=True)
            folder.rmdir()

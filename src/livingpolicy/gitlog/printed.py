"""Read what `git log` prints: commits of the chain, and the files that each left different."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice


@dataclass(frozen=True, slots=True)
class Change:
    """A file that a commit left different from how its first parent has it."""

    path: str
    """Relative to the root, `/`-separated."""
    blob: str | None
    """Hash of the new content; None when there is no file any more (or something that is no file)."""


@dataclass(frozen=True, slots=True)
class LoggedCommit:
    """A commit of the first-parent chain that touches the policy."""

    sha: str
    seconds: int | None
    """Committer time, seconds since 1970; None when git cannot read what is recorded."""
    subject: str
    body: str
    changes: tuple[Change, ...]


_CHUNK = 1 << 16
"""Bytes of the log that are read at once."""
_BATCH = 256
"""Commits that are handed out at once."""


def tokens(output: io.BufferedReader) -> Iterator[bytes]:
    """Yield what stands between the NUL bytes."""
    rest = b""
    while chunk := output.read1(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest.strip(b"\n"):
        yield rest


def commits(output: io.BufferedReader, prefix: str) -> Iterator[LoggedCommit]:
    """Read what `git log` prints, newest first."""
    printed = tokens(output)
    start = len(prefix.encode("utf-8", "surrogateescape"))
    paths: dict[bytes, str] = {}
    header: tuple[str, int | None, str, str] | None = None
    changes: list[Change] = []
    for token in printed:
        mark = token.lstrip(b"\n")
        if mark[:1] == b":":
            name = next(printed, b"")[start:]
            path = paths.get(name)
            if path is None:
                path = paths[name] = name.decode("utf-8", "surrogateescape")
            # ":100644 100644 <old> <new> M": a mode that begins with 10 is an ordinary file
            fields = mark.split(b" ")
            changes.append(Change(path, fields[3].decode("ascii") if fields[1][:2] == b"10" else None))
        elif mark[:1] == b"\x01":
            if header is not None:
                yield LoggedCommit(*header, tuple(changes))
            changes = []
            seconds = next(printed, b"")
            subject, body = next(printed, b""), next(printed, b"")
            header = (
                mark[1:].decode("ascii"),
                _number(seconds),
                subject.decode("utf-8", "replace"),
                body.decode("utf-8", "replace").strip(),
            )
    if header is not None:
        yield LoggedCommit(*header, tuple(changes))


def batches(found: Iterator[LoggedCommit]) -> Iterator[list[LoggedCommit]]:
    """Yield the commits by the batch."""
    while batch := list(islice(found, _BATCH)):
        yield batch


def _number(digits: bytes) -> int | None:
    try:
        return int(digits)
    except ValueError:
        return None


_SIGNED = re.compile(r"^[A-Za-z][A-Za-z-]*-by: .*<([^<>\s]+@[^<>\s]+)>\s*$", re.MULTILINE)


def people(output: io.BufferedReader) -> frozenset[str]:
    """Read the addresses of authors, of committers and of those who signed, in small letters."""
    found: set[str] = set()
    for token in tokens(output):
        author, committer, message = token.decode("utf-8", "replace").split("\n", 2)
        found |= {author, committer, *_SIGNED.findall(message)}
    return frozenset(address.strip().lower() for address in found if "@" in address)

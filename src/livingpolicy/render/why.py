"""Why a revision was made, in its author's words: the commit's message without what only tools read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from livingpolicy.model import Commit

_SUFFIX = re.compile(r"\s*\((?:#|!)(\d{1,9})\)\s*$")
_MERGE = re.compile(r"Merge pull request #(\d{1,9}) from \S+$")
_GITLAB = re.compile(r"^See merge request \S*!(\d{1,9})$", re.MULTILINE)
_TRAILER = re.compile(r"[A-Za-z][A-Za-z0-9-]*: \S.*$|\(cherry picked from commit [0-9a-f]+\)$")


@dataclass(frozen=True, slots=True)
class Why:
    """A commit's message for readers of the policy."""

    subject: str
    body: str
    """Paragraphs, without trailers: these name people and tools."""
    pull_request: int | None
    """Number of the pull or merge request that brought the change, if the message has one."""


def why(commit: Commit) -> Why:
    """Return what the message of *commit* says to readers.

    The subject of a merge made by the forge only names a branch: then the first line of the body is taken.
    """
    subject, body, number = commit.subject.strip(), commit.body.strip(), None
    if found := _MERGE.match(subject):
        number = int(found[1])
        subject, _, body = body.partition("\n") if body else (subject, "", "")
    elif found := _GITLAB.search(body):
        number = int(found[1])
        body = _GITLAB.sub("", body)
        if subject.startswith("Merge branch ") and body.strip():
            subject, _, body = body.strip().partition("\n")
    if found := _SUFFIX.search(subject):
        number = number or int(found[1])
        subject = subject[: found.start()]
    return Why(subject.strip(), _without_trailers(body), number)


def _without_trailers(body: str) -> str:
    paragraphs = body.strip().split("\n\n")
    while paragraphs and all(_TRAILER.match(line) for line in paragraphs[-1].strip().split("\n")):
        paragraphs.pop()
    return "\n\n".join(paragraph.strip() for paragraph in paragraphs)

"""One issue for each owner on a forge: what to do about those that are open. No forge, no clock.

An issue is found again by the marker in its first line. Anybody can type the marker, so an issue counts only
if the account that writes ours wrote it; one by somebody else is neither changed nor closed, and the owner
gets an issue of their own all the same.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

_MARKER = re.compile(r"<!-- livingpolicy:review:([a-z0-9][a-z0-9-]{0,59}) -->(?:\n|$)")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The issue that an owner is to have."""

    owner: str
    """Owner id."""
    title: str
    body: str
    """Begins with the owner's marker."""


@dataclass(frozen=True, slots=True)
class OpenIssue:
    """An issue as the forge has it now."""

    number: int
    title: str
    body: str
    author: str
    """Login, for an app "app/NAME": no person's login can hold a slash."""

    @property
    def owner(self) -> str | None:
        """The owner whom its marker names; None if it has none in its first line."""
        found = _MARKER.match(_even(self.body))
        return found[1] if found else None


class Action(StrEnum):
    """What to do with an issue."""

    CREATE = "create"
    UPDATE = "update"
    LEAVE = "leave"
    """It says already what it should."""
    CLOSE = "close"
    IGNORE = "ignore"
    """It has a marker, but somebody else wrote it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    action: Action
    owner: str
    number: int | None = None
    """None for an issue that is to be created."""
    wanted: Wanted | None = None
    """What it is to say: of an issue to create or to update."""


def marker(owner: str) -> str:
    """Return the first line of the issue of *owner*, which no reader sees."""
    return f"<!-- livingpolicy:review:{owner} -->"


def read_issues(text: str) -> tuple[OpenIssue, ...]:
    """Read what `gh issue list --json number,title,body,author` prints.

    Raises:
        ValueError: it is something else.
    """
    try:
        return tuple(
            OpenIssue(int(one["number"]), str(one["title"]), str(one["body"]), str(one["author"]["login"]))
            for one in json.loads(text)
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"no list of issues: {error}") from error


def plan(wanted: Iterable[Wanted], there: Iterable[OpenIssue], *, author: str) -> tuple[Step, ...]:
    """Return what makes the open issues of *author* into the *wanted* ones, one for each owner.

    Of two for the same owner the older stays. Done twice, the second plan leaves everything as it is.
    """
    ours: dict[str, list[OpenIssue]] = {}
    strangers = []
    for issue in sorted(there, key=lambda issue: issue.number):
        if issue.owner is None:
            continue
        if issue.author == author:
            ours.setdefault(issue.owner, []).append(issue)
        else:
            strangers.append(Step(Action.IGNORE, issue.owner, issue.number))
    steps = [*strangers]
    for one in wanted:
        steps += _steps(one, ours.pop(one.owner, []))
    steps += [Step(Action.CLOSE, owner, each.number) for owner, left in ours.items() for each in left]
    return tuple(steps)


def _steps(wanted: Wanted, there: list[OpenIssue]) -> Iterator[Step]:
    if not there:
        yield Step(Action.CREATE, wanted.owner, None, wanted)
        return
    kept, *twice = there
    if kept.title == wanted.title and _even(kept.body) == _even(wanted.body):
        yield Step(Action.LEAVE, wanted.owner, kept.number)
    else:
        yield Step(Action.UPDATE, wanted.owner, kept.number, wanted)
    yield from (Step(Action.CLOSE, wanted.owner, each.number) for each in twice)


def _even(body: str) -> str:
    """Return a body as we write it: a forge may keep it with other line ends, or without the last one."""
    return body.replace("\r\n", "\n").rstrip()

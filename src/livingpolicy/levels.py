"""Follow every target through the versions of the register, and tell which level was in force when.

No git, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from livingpolicy.model import Commit, Level, RevisionKind, Target
from livingpolicy.versions import LevelVersion, RegisterVersion, TargetVersion


@dataclass(frozen=True, slots=True)
class Statement:
    """What the register said of a target after a commit that changed it."""

    commit: int
    """Index of the commit."""
    kind: RevisionKind | None
    """None: it means the same, and only its form or the day from which it applies is another."""
    name: str
    wording: str
    level: LevelVersion | None
    """None: it was taken out, or what it asked for cannot be read."""
    begins: date | None


@dataclass(slots=True)
class Register:
    """All targets, as far as the commits have gone by."""

    statements: dict[str, list[Statement]] = field(default_factory=dict)
    """By id, oldest first; those that are gone are kept."""
    standing: dict[str, TargetVersion] = field(default_factory=dict)
    """How each was last seen."""

    def commit(
        self, number: int, version: RegisterVersion, *, editorial: bool = False, ignored: bool = False
    ) -> None:
        """Take the next version of `targets.yml`. An entry that cannot be read is taken to be as it was."""
        for name in self.standing.keys() - version.targets.keys() - version.unread:
            last = self.standing.pop(name)
            self._state(name, Statement(number, RevisionKind.RETIRED, last.name, last.wording, None, None))
        for name, target in version.targets.items():
            before = self.standing.get(name)
            self.standing[name] = target
            if before is not None and (before, before.level, before.begins) == (
                target,
                target.level,
                target.begins,
            ):
                continue
            kind = self._kind(name, before, target, editorial=editorial, ignored=ignored)
            self._state(
                name, Statement(number, kind, target.name, target.wording, target.level, target.begins)
            )

    def _kind(
        self, name: str, before: TargetVersion | None, now: TargetVersion, *, editorial: bool, ignored: bool
    ) -> RevisionKind | None:
        if before is None:
            return RevisionKind.REINSTATED if name in self.statements else RevisionKind.ADDED
        if before == now or ignored:
            return None
        return RevisionKind.EDITORIAL if editorial else RevisionKind.REVISED

    def _state(self, name: str, statement: Statement) -> None:
        self.statements.setdefault(name, []).append(statement)

    def drafts(self, targets: Mapping[str, TargetVersion]) -> Iterator[str]:
        """Yield the ids of the *targets* that do not mean what they were last seen to mean."""
        return (name for name, target in targets.items() if self.standing.get(name) != target)

    def packed(self) -> tuple[Any, ...]:
        """Return everything in plain values, for `unpacked`."""
        told = [
            (
                name,
                [(one.commit, one.kind and one.kind.value, *_row(one)) for one in statements],
            )
            for name, statements in self.statements.items()
        ]
        return told, [(name, one.counted, *_row(one)) for name, one in self.standing.items()]

    @classmethod
    def unpacked(cls, rows: tuple[Any, ...]) -> Register:
        """Return the register that `packed` made *rows* of."""
        told, standing = rows
        statements = {
            name: [Statement(commit, kind and RevisionKind(kind), *_read(row)) for commit, kind, *row in one]
            for name, one in told
        }
        return cls(
            statements, {name: TargetVersion(counted, *_read(row)) for name, counted, *row in standing}
        )


def _row(stated: Statement | TargetVersion) -> tuple[object, ...]:
    level, begins = stated.level, stated.begins
    asked = level and (level.at_most, level.at_least, level.unit, level.share, level.wording)
    return stated.name, stated.wording, asked, begins and begins.isoformat()


def _read(row: Iterable[Any]) -> tuple[str, str, LevelVersion | None, date | None]:
    name, wording, asked, begins = row
    return name, wording, asked and LevelVersion(*asked), begins and date.fromisoformat(begins)


@dataclass(frozen=True, slots=True)
class _Span:
    """A level from the commit that brought it."""

    level: LevelVersion
    begins: date | None
    """As the register says."""
    brought: Commit
    taken_out: Commit | None = None

    @property
    def first(self) -> date | None:
        """The day from which it applies; None if nobody can say."""
        return self.begins or _day(self.brought)


def levels(statements: Iterable[tuple[Statement, Commit]]) -> tuple[Level, ...]:
    """Return the levels that a target has had, newest first; *statements* are oldest first.

    What came before a level whose day is not known is left out: nobody can say until when it applied.
    """
    made: list[Level] = []
    gone: date | None = None
    for span in reversed(_spans(statements)):
        first = span.first
        if first is None:
            break
        ended = (_day(span.taken_out) or first) if span.taken_out is not None else gone
        asked = span.level
        made.append(
            Level(
                first,
                asked.at_most,
                asked.at_least,
                asked.unit,
                asked.share,
                asked.wording,
                span.brought,
                ended,
            )
        )
        # Taken out while it waited for its day: with it went the one that was in force until then.
        gone = ended if ended is not None and ended < first else None
    return tuple(made)


def _spans(statements: Iterable[tuple[Statement, Commit]]) -> list[_Span]:
    spans: list[_Span] = []
    for statement, commit in statements:
        last = spans[-1] if spans and spans[-1].taken_out is None else None
        if statement.kind is RevisionKind.RETIRED:
            if last is not None:
                spans[-1] = replace(last, taken_out=commit)
        elif (level := statement.level) is not None:
            if last is not None and _goes_on(last.level, statement):
                spans[-1] = replace(last, level=level, begins=statement.begins)
            else:
                spans.append(_Span(level, statement.begins, commit))
    return spans


def _goes_on(level: LevelVersion, statement: Statement) -> bool:
    """Whether *level* is still in force. A commit that does not count may put it in other words."""
    now = statement.level
    return now == level or (statement.kind is None and now is not None and now.asks_as(level))


def _day(commit: Commit) -> date | None:
    return commit.landed_at.date() if commit.landed_at is not None else None


def stated(target: Target) -> tuple[Level, ...]:
    """Return what the register itself says of a target's levels, where git says nothing."""
    if target.effective_from is None:
        return ()
    first = target.effective_from
    return (
        Level(first, target.at_most, target.at_least, target.unit, target.share, target.wording, commit=None),
    )


def level_on(levels: Sequence[Level], day: date) -> Level | None:
    """Return the level in force on *day*, of *levels*, newest first; None if none was, or nobody can tell."""
    for level in levels:
        if level.effective_from <= day:
            return None if level.ended is not None and level.ended <= day else level
    return None

"""What a target needs of other departments: who is meant, and who waits for whom. Names only, no time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Protocol, TypeVar

from livingpolicy.outline import slug
from livingpolicy.schema import id_fault

Name = TypeVar("Name", int, str)


class Waiting(Protocol):
    """A need, as it is written or as it became."""

    @property
    def department(self) -> str:
        """Who is needed."""

    @property
    def after(self) -> tuple[str, ...]:
        """The departments that must be done first."""


def department_id(name: str) -> str:
    """Return what a department is known by, however its name is written; fit for an address.

    >>> department_id("Inköp"), department_id("inkop")
    ('inkop', 'inkop')
    """
    made = slug(name)
    if not made:
        return f"x-{sha256(name.casefold().encode()).hexdigest()[:8]}"
    return made if id_fault(made) is None else f"x-{made}"


def waits_for(needs: Sequence[Waiting]) -> tuple[tuple[int, ...], ...]:
    """Return for each need the places of those that must be done before it; unknown names are passed over.

    Of a department that is named, those needs count that stand above; if none does, those below. So a
    department can do one thing, wait for another, and go on.
    """
    keys = [department_id(need.department) for need in needs]
    found = []
    for place, need in enumerate(needs):
        before: set[int] = set()
        for name in {department_id(name) for name in need.after}:
            theirs = [other for other, key in enumerate(keys) if key == name]
            above = [other for other in theirs if other < place]
            before.update(above or (theirs if name != keys[place] else ()))
        found.append(tuple(sorted(before)))
    return tuple(found)


def circle(waiting: Mapping[Name, Iterable[Name]]) -> tuple[Name, ...]:
    """Return names of which each waits for the next and the last for the first; none if all can begin.

    >>> circle({"a": ["b"], "b": ["c"], "c": ["b"]})
    ('b', 'c')
    """
    done: set[Name] = set()
    for first in waiting:
        way: list[Name] = []
        ahead = [iter((first,))]
        while ahead:
            name = next(ahead[-1], None)
            if name is None:
                ahead.pop()
                if way:
                    done.add(way.pop())
            elif name in way:
                return tuple(way[way.index(name) :])
            elif name in waiting and name not in done:
                way.append(name)
                ahead.append(iter(waiting[name]))
    return ()

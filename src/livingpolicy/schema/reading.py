"""Hold a YAML mapping against a model, and say everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from livingpolicy.errors import Problem
from livingpolicy.model import Source
from livingpolicy.schema.mapping import fill, keys
from livingpolicy.strictyaml import Document, Path

M = TypeVar("M")

MAX_PROBLEMS = 50
"""Of one mapping; who has more of them has made one mistake fifty times."""


@dataclass(frozen=True, slots=True)
class Read(Generic[M]):
    """A mapping as far as it could be read."""

    value: M | None
    """None: it is no mapping at all. Otherwise the keys in `wrong` hold None or their default."""
    wrong: frozenset[str]
    """Keys with a problem of their own: nothing may be concluded from them."""
    document: Document
    place: Path
    raw: Mapping[str, object]
    """The mapping as it is written, for what can be told of it all the same."""

    def sure(self, *names: str) -> bool:
        """Whether all these keys hold what the editor wrote, or its default."""
        return self.value is not None and self.wrong.isdisjoint(names)

    def source(self, *place: str | int) -> Source:
        """Return where a key of the mapping is written."""
        return self.document.source(*self.place, *place)


def read(model: type[M], document: Document, place: Path = ()) -> tuple[Read[M], tuple[Problem, ...]]:
    """Read the mapping that stands at *place* of *document*; nothing there counts as an empty one."""
    raw = document.value
    for step in place:
        raw = raw[step]  # type: ignore[index]  # the caller has seen the place
    if raw is None:
        raw = {}
    if not isinstance(raw, dict):
        problem = Problem(document.source(*place), "not-mapping", {"key": _key(place)})
        return Read(None, frozenset(), document, place, {}), (problem,)
    empty = [(*place, *where) for where in _empty(raw)]
    problems = [_no_value(document, where) for where in empty[:MAX_PROBLEMS]]
    reported = {where for where in (*document.wrong, *empty) if where[: len(place)] == place}
    wrong = {str(where[len(place)]) for where in reported if where != place}

    values, found = fill(model, raw)
    for fault in found:
        where = (*place, *fault.place)
        if fault.place:
            wrong.add(str(fault.place[0]))
        if not any(where[:length] in reported for length in range(len(place) + 1, len(where) + 1)):
            values_of = {"key": _key(where), **fault.values}
            problems.append(Problem(document.source(*where), fault.code, values_of))
    for name, key in keys(model).items():
        if key.required and key.attribute not in values:
            wrong.add(name)
            values[key.attribute] = None
    return Read(model(**values), frozenset(wrong), document, place, raw), tuple(problems[:MAX_PROBLEMS])


def _no_value(document: Document, where: Path) -> Problem:
    key = _key(where)
    # `{figure: 2,5}` reads as figure 2 and a key named 5.
    code = "comma-in-braces" if key.isdigit() and isinstance(where[-1], str) else "empty-value"
    return Problem(document.source(*where), code, {"key": key})


def _key(where: Path) -> str:
    """Return the key that a place belongs to: items of a list bear none of their own."""
    return next((step for step in reversed(where) if isinstance(step, str)), "")


def _empty(value: object) -> Iterator[Path]:
    """Yield the places without a value."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        if inner is None:
            yield (key,)
        else:
            for place in _empty(inner):
                yield (key, *place)

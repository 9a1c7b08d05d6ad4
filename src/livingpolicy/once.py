"""An answer that many ask for, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from operator import is_
from typing import TypeVar, TypeVarTuple

Asked = TypeVarTuple("Asked")
Answer = TypeVar("Answer")


def once(function: Callable[[*Asked], Answer]) -> Callable[[*Asked], Answer]:
    """Have *function* keep its last answer, for as long as the very same objects are asked about.

    Not for what is equal: a snapshot holds too much to be compared. Its answer must be a value that nobody
    changes.
    """
    last: list[tuple[tuple[object, ...], Answer]] = []

    @wraps(function)
    def ask(*of: *Asked) -> Answer:
        these: tuple[object, ...] = of
        if not (last and all(map(is_, last[0][0], these))):
            last[:] = [(these, function(*of))]
        return last[0][1]

    return ask

"""An answer that many ask for, worked out once."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Asked = TypeVar("Asked")
Answer = TypeVar("Answer")


def once(function: Callable[[Asked], Answer]) -> Callable[[Asked], Answer]:
    """Have *function* keep its last answer, for as long as the very same object is asked about.

    Not for what is equal: a snapshot holds too much to be compared. Its answer must be a value that nobody
    changes.
    """
    last: list[tuple[Asked, Answer]] = []

    @wraps(function)
    def ask(of: Asked) -> Answer:
        if not (last and last[0][0] is of):
            last[:] = [(of, function(of))]
        return last[0][1]

    return ask

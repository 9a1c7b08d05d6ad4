"""Which elements of two sequences correspond: difflib, made symmetrical and bounded in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

_MOST_COMPARISONS = 150_000
"""Pairs of equal elements that difflib may look at; above, what occurs too often is no longer a foothold."""


class Span(NamedTuple):
    """A stretch of both sequences, `[i, i_end)` of the first and `[j, j_end)` of the second."""

    equal: bool
    i: int
    i_end: int
    j: int
    j_end: int

    @property
    def mirrored(self) -> Span:
        """The same stretch with the sequences exchanged."""
        return Span(self.equal, self.j, self.j_end, self.i, self.i_end)


def align(first: Sequence[str], second: Sequence[str]) -> list[Span]:
    """Return the stretches that are equal and those that are not, alternating, from the beginning to the end.

    With the sequences exchanged the answer is the same, exchanged; difflib alone is not that fair.
    """
    if list(second) < list(first):
        return [span.mirrored for span in _align(second, first)]
    return _align(first, second)


def _align(first: Sequence[str], second: Sequence[str]) -> list[Span]:
    shorter = min(len(first), len(second))
    head = 0
    while head < shorter and first[head] == second[head]:
        head += 1
    tail = 0
    while tail < shorter - head and first[-1 - tail] == second[-1 - tail]:
        tail += 1
    inner_first, inner_second = first[head : len(first) - tail], second[head : len(second) - tail]
    found: list[Span] = []
    if head:
        found.append(Span(True, 0, head, 0, head))
    found += _changed(inner_first, inner_second, head)
    if tail:
        found.append(Span(True, len(first) - tail, len(first), len(second) - tail, len(second)))
    return found


def _changed(first: Sequence[str], second: Sequence[str], offset: int) -> list[Span]:
    if not first and not second:
        return []
    if not first or not second:
        return [Span(False, offset, offset + len(first), offset, offset + len(second))]
    popular = _popular(first, second)
    matcher = SequenceMatcher(popular.__contains__ if popular else None, first, second, autojunk=False)
    return [
        Span(tag == "equal", offset + i, offset + i_end, offset + j, offset + j_end)
        for tag, i, i_end, j, j_end in matcher.get_opcodes()
    ]


def _popular(first: Sequence[str], second: Sequence[str]) -> set[str]:
    """Return the most frequent elements, so that what is left makes few enough comparisons."""
    if len(first) * len(second) <= _MOST_COMPARISONS:
        return set()
    here, there = Counter(first), Counter(second)
    costs = {element: count * there[element] for element, count in here.items() if element in there}
    total = sum(costs.values())
    popular: set[str] = set()
    if total <= _MOST_COMPARISONS:
        return popular
    for element, cost in sorted(costs.items(), key=lambda item: (-item[1], item[0])):
        if total <= _MOST_COMPARISONS:
            break
        popular.add(element)
        total -= cost
    return popular

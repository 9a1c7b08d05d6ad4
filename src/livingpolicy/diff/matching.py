"""Which sentence of the one wording is which of the other: unchanged, revised, moved, or none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from livingpolicy.diff.align import align
from livingpolicy.diff.likeness import heaviest_chain, likenesses
from livingpolicy.diff.passage import joined
from livingpolicy.diff.units import Unit
from livingpolicy.diff.values import Shape
from livingpolicy.diff.words import Comparison, compare_words

REVISED = 0.22
"""What is less alike than this is not even looked at; what is more must still be legible."""
MOVED = 0.75
"""Sentences in different places are told as moved and revised when they are at least so alike."""
_MOVED_WEIGHT = 2.5
"""A sentence of fewer words than this is too small to be recognised elsewhere."""
_ROUNDING = 1e-9
_MOST_WORDS = 200_000
"""Words that are compared to find counterparts, in all."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Units that correspond: `[i, i_end)` of the one wording and `[j, j_end)` of the other."""

    i: int
    i_end: int
    j: int
    j_end: int
    comparison: Comparison | None = None
    """None: they read the same."""
    moved: bool = False

    @property
    def mirrored(self) -> Pair:
        """The same pair with the wordings exchanged."""
        comparison = self.comparison.mirrored if self.comparison else None
        return Pair(self.j, self.j_end, self.i, self.i_end, comparison, self.moved)

    def compared(self, comparison: Comparison) -> Pair:
        """The same pair as a revision."""
        return Pair(self.i, self.i_end, self.j, self.j_end, comparison, self.moved)


def matching(before: Sequence[Unit], after: Sequence[Unit]) -> list[Pair]:
    """Return the pairs, in order of *after*; units in none of them were deleted or inserted.

    Symmetrical: with the wordings exchanged the pairs are mirrored.
    """
    if [unit.key for unit in after] < [unit.key for unit in before]:
        pairs = [pair.mirrored for pair in _Matching(after, before).pairs()]
    else:
        pairs = _Matching(before, after).pairs()
    return sorted(pairs, key=lambda pair: pair.j)


class _Matching:
    def __init__(self, first: Sequence[Unit], second: Sequence[Unit]) -> None:
        self.first = first
        self.second = second
        self._budget = _MOST_WORDS

    def pairs(self) -> list[Pair]:
        spans = align([unit.key for unit in self.first], [unit.key for unit in self.second])
        found = [
            Pair(i, i + 1, i - span.i + span.j, i - span.i + span.j + 1)
            for span in spans
            if span.equal
            for i in range(span.i, span.i_end)
        ]
        gaps = [
            (list(range(span.i, span.i_end)), list(range(span.j, span.j_end)))
            for span in spans
            if not span.equal
        ]
        moved = self._moved_whole(gaps)
        found += moved
        gone = {pair.i for pair in moved}
        come = {pair.j for pair in moved}
        left: list[int] = []
        right: list[int] = []
        for gap_first, gap_second in gaps:
            here = [i for i in gap_first if i not in gone]
            there = [j for j in gap_second if j not in come]
            revised = self._revised(here, there)
            found += revised
            taken = {i for pair in revised for i in range(pair.i, pair.i_end)}
            used = {j for pair in revised for j in range(pair.j, pair.j_end)}
            left += [i for i in here if i not in taken]
            right += [j for j in there if j not in used]
        return found + self._moved_revised(left, right)

    def _moved_whole(self, gaps: list[tuple[list[int], list[int]]]) -> list[Pair]:
        """Pair what was taken from one place and put in another as it was."""
        places: dict[str, list[int]] = defaultdict(list)
        for here, _ in reversed(gaps):
            for i in reversed(here):
                if _movable(self.first[i]):
                    places[self.first[i].key].append(i)
        found = []
        for _, there in gaps:
            for j in there:
                if waiting := places.get(self.second[j].key):
                    i = waiting.pop()
                    found.append(Pair(i, i + 1, j, j + 1, moved=True))
        return found

    def _revised(self, here: list[int], there: list[int]) -> list[Pair]:
        """Pair what stands in the same place and is alike, without crossings."""
        compared = self._compared(here, there, REVISED)
        chosen = heaviest_chain(compared)
        pairs = [Pair(i, i + 1, j, j + 1, compared[i, j]) for i, j in chosen]
        return self._joined(here, there, pairs)

    def _compared(self, here: list[int], there: list[int], least: float) -> dict[tuple[int, int], Comparison]:
        """Return the comparisons of units that are at least so alike."""
        if len(here) == len(there) == 1:
            alone = self._alone(here[0], there[0], least)
            if alone is not None:
                return alone
        bags = likenesses(self.first, here, self.second, there)
        found = {}
        for (i, j), likeness in sorted(bags.items(), key=lambda item: (-item[1], item[0])):
            one, other = self.first[i], self.second[j]
            if likeness < least:
                break
            if not _comparable(one, other):
                continue
            self._budget -= len(one.passage.words) + len(other.passage.words)
            if self._budget < 0:
                break
            comparison = compare_words(one.passage, other.passage)
            if one.shape is None:
                # Rows may have changed places: of a table only the words count.
                found[i, j] = Comparison(comparison.spans, comparison.common, likeness)
            elif comparison.likeness >= least and comparison.legible:
                found[i, j] = comparison
        return found

    def _alone(self, i: int, j: int, least: float) -> dict[tuple[int, int], Comparison] | None:
        """Return the same of two units that stand between equal ones, as most that were changed do.

        What they have in common in the same order they have without regard to order too: there is no need to
        count that first. None if there is: in a row the first cell weighs more, and a table counts as a bag.
        """
        one, other = self.first[i], self.second[j]
        size = len(one.passage.words) + len(other.passage.words)
        if one.shape in {None, Shape.ITEM} or not _comparable(one, other) or size > self._budget:
            return None
        comparison = compare_words(one.passage, other.passage)
        found = comparison.likeness >= least and comparison.legible
        if found and comparison.likeness < least + _ROUNDING:
            return None
        if found or likenesses(self.first, [i], self.second, [j]).get((i, j), 0.0) >= least:
            self._budget -= size
        return {(i, j): comparison} if found else {}

    def _joined(self, here: list[int], there: list[int], pairs: list[Pair]) -> list[Pair]:
        """Take a sentence that was cut in two, or two made into one, as one revision."""
        if not here or not there:
            return pairs
        free_first = set(here) - {pair.i for pair in pairs}
        free_second = set(there) - {pair.j for pair in pairs}
        if not free_first and not free_second:
            return pairs
        if not pairs and len(here) + len(there) == 3:
            whole = Pair(here[0], here[-1] + 1, there[0], there[-1] + 1)
            comparison = self._join(whole)
            return [whole.compared(comparison)] if comparison and comparison.legible else []
        found = []
        for pair in pairs:
            grown = pair
            for wider, i, j in _wider(pair, free_first, free_second):
                comparison = self._join(wider)
                extra = self.first[i] if i is not None else self.second[j or 0]
                old = pair.comparison.common if pair.comparison else 0.0
                if comparison and comparison.common - old >= extra.passage.weight / 2 and comparison.legible:
                    grown = wider.compared(comparison)
                    free_first.discard(-1 if i is None else i)
                    free_second.discard(-1 if j is None else j)
                    break
            found.append(grown)
        return found

    def _join(self, pair: Pair) -> Comparison | None:
        """Compare several units as one, if they are sentences of one block on both sides."""
        one, other = self.first[pair.i : pair.i_end], self.second[pair.j : pair.j_end]
        for units in (one, other):
            if len({unit.block for unit in units}) > 1 or units[0].shape in {None, Shape.CODE}:
                return None
        first, second = (joined([unit.passage for unit in units]) for units in (one, other))
        self._budget -= len(first.words) + len(second.words)
        return compare_words(first, second) if self._budget > 0 else None

    def _moved_revised(self, left: list[int], right: list[int]) -> list[Pair]:
        compared = self._compared(left, right, MOVED)
        found: list[Pair] = []
        for (i, j), comparison in sorted(compared.items(), key=lambda item: (-item[1].likeness, item[0])):
            if _movable(self.first[i]) and _movable(self.second[j]):
                if any(pair.i == i or pair.j == j for pair in found):
                    continue
                found.append(Pair(i, i + 1, j, j + 1, comparison, moved=True))
        return found


def _wider(pair: Pair, first: set[int], second: set[int]) -> Iterator[tuple[Pair, int | None, int | None]]:
    """Yield *pair* with one more of the free units, and which that is (of the first, of the second)."""
    if pair.j_end in second:
        yield Pair(pair.i, pair.i_end, pair.j, pair.j_end + 1), None, pair.j_end
    if pair.i_end in first:
        yield Pair(pair.i, pair.i_end + 1, pair.j, pair.j_end), pair.i_end, None
    if pair.j - 1 in second:
        yield Pair(pair.i, pair.i_end, pair.j - 1, pair.j_end), None, pair.j - 1
    if pair.i - 1 in first:
        yield Pair(pair.i - 1, pair.i_end, pair.j, pair.j_end), pair.i - 1, None


def _comparable(one: Unit, other: Unit) -> bool:
    """Whether the one may have become the other."""
    if one.shape in {None, Shape.CODE} or other.shape in {None, Shape.CODE}:
        return one.shape is other.shape
    return (one.shape is Shape.HEADING) == (other.shape is Shape.HEADING)


def _movable(unit: Unit) -> bool:
    return unit.shape not in {Shape.PARAGRAPH, Shape.QUOTE} or unit.passage.weight >= _MOVED_WEIGHT

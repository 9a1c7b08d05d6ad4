"""Which sentence of the one wording is which of the other: unchanged, revised, moved, or none."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from livingpolicy.diff.align import align
from livingpolicy.diff.tokens import Token
from livingpolicy.diff.units import Unit
from livingpolicy.diff.values import Shape
from livingpolicy.diff.words import Comparison, Words, compare_words, sentence_break, weight

REVISED = 0.22
"""What is less alike than this is not even looked at; what is more must still be legible."""
MOVED = 0.75
"""Sentences in different places are told as moved and revised when they are at least so alike."""
_MOVED_WEIGHT = 2.5
"""A sentence of fewer words than this is too small to be recognised elsewhere."""
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
        chosen = _heaviest_chain(compared)
        pairs = [Pair(i, i + 1, j, j + 1, compared[i, j]) for i, j in chosen]
        return self._joined(here, there, pairs)

    def _compared(self, here: list[int], there: list[int], least: float) -> dict[tuple[int, int], Comparison]:
        """Return the comparisons of units that are at least so alike."""
        bags = _bag_likenesses(self.first, here, self.second, there)
        found = {}
        for (i, j), likeness in sorted(bags.items(), key=lambda item: (-item[1], item[0])):
            one, other = self.first[i], self.second[j]
            if likeness < least:
                break
            if not _comparable(one, other):
                continue
            self._budget -= len(one.words) + len(other.words)
            if self._budget < 0:
                break
            comparison = compare_words(one.words, other.words)
            if one.shape is None:
                # Rows may have changed places: of a table only the words count.
                found[i, j] = replace(comparison, likeness=likeness)
            elif comparison.likeness >= least and comparison.legible:
                found[i, j] = comparison
        return found

    def _joined(self, here: list[int], there: list[int], pairs: list[Pair]) -> list[Pair]:
        """Take a sentence that was cut in two, or two made into one, as one revision."""
        if not here or not there:
            return pairs
        free_first = set(here) - {pair.i for pair in pairs}
        free_second = set(there) - {pair.j for pair in pairs}
        if not pairs and len(here) + len(there) == 3:
            pair = Pair(here[0], here[-1] + 1, there[0], there[-1] + 1)
            joined = self._join(pair)
            return [replace(pair, comparison=joined)] if joined and joined.legible else []
        found = []
        for pair in pairs:
            grown = pair
            for wider, extra in _wider(pair):
                i, j = extra
                if (i is not None and i not in free_first) or (j is not None and j not in free_second):
                    continue
                joined = self._join(wider)
                words = self.first[i].words if i is not None else self.second[j or 0].words
                old = grown.comparison.common if grown.comparison else 0.0
                if joined and joined.common - old >= weight(words) / 2 and joined.legible:
                    grown = replace(wider, comparison=joined)
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
        words = joined_words(one), joined_words(other)
        self._budget -= sum(map(len, words))
        return compare_words(*words) if self._budget > 0 else None

    def _moved_revised(self, left: list[int], right: list[int]) -> list[Pair]:
        compared = self._compared(left, right, MOVED)
        found: list[Pair] = []
        for (i, j), comparison in sorted(compared.items(), key=lambda item: (-item[1].likeness, item[0])):
            if _movable(self.first[i]) and _movable(self.second[j]):
                if any(pair.i == i or pair.j == j for pair in found):
                    continue
                found.append(Pair(i, i + 1, j, j + 1, comparison, moved=True))
        return found


def joined_words(units: Sequence[Unit]) -> Words:
    """Return the words of sentences that follow one another."""
    return list(sentence_break([unit.words for unit in units]))


def _wider(pair: Pair) -> list[tuple[Pair, tuple[int | None, int | None]]]:
    """Return *pair* with one more unit, and which that is (of the first, of the second)."""
    return [
        (replace(pair, j_end=pair.j_end + 1), (None, pair.j_end)),
        (replace(pair, i_end=pair.i_end + 1), (pair.i_end, None)),
        (replace(pair, j=pair.j - 1), (None, pair.j - 1)),
        (replace(pair, i=pair.i - 1), (pair.i - 1, None)),
    ]


def _comparable(one: Unit, other: Unit) -> bool:
    """Whether the one may have become the other."""
    if one.shape in {None, Shape.CODE} or other.shape in {None, Shape.CODE}:
        return one.shape is other.shape
    return (one.shape is Shape.HEADING) == (other.shape is Shape.HEADING)


def _movable(unit: Unit) -> bool:
    return unit.shape not in {Shape.PARAGRAPH, Shape.QUOTE} or weight(unit.words) >= _MOVED_WEIGHT


def _bag_likenesses(
    first: Sequence[Unit], here: list[int], second: Sequence[Unit], there: list[int]
) -> dict[tuple[int, int], float]:
    """Return how alike units are without regard to order, for those that share a telling word."""
    few = len(here) * len(there) <= 3_000
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for j in there:
        for key, count in Counter(token.key for token in second[j].words).items():
            postings[key].append((j, count))
    common: dict[tuple[int, int], float] = defaultdict(float)
    weights = {j: weight(second[j].words) for j in there}
    for i in here:
        counted: dict[str, int] = Counter(token.key for token in first[i].words)
        telling: dict[str, Token] = {token.key: token for token in first[i].words}
        for key, count in counted.items():
            # A word that stands everywhere tells nothing, and would make this quadratic.
            if few or len(postings.get(key, ())) <= 30:
                for j, other in postings.get(key, ()):
                    common[i, j] += min(count, other) * telling[key].weight
    totals = {i: weight(first[i].words) for i in here}
    return {(i, j): 2 * shared / (totals[i] + weights[j]) for (i, j), shared in common.items()}


def _heaviest_chain(compared: dict[tuple[int, int], Comparison]) -> list[tuple[int, int]]:
    """Return the pairs of greatest likeness in sum of which no two cross."""
    best: list[tuple[int, float, int]] = []  # by j: the best sum that ends at or before it, and its last link
    links: list[tuple[tuple[int, int], int]] = []
    for i, j in sorted(compared, key=lambda pair: (pair[0], -pair[1])):
        place = bisect_right(best, (j - 1, float("inf"), 0))
        total, link = (best[place - 1][1], best[place - 1][2]) if place else (0.0, -1)
        total += compared[i, j].likeness
        links.append(((i, j), link))
        here = bisect_right(best, (j, float("inf"), 0))
        if here and best[here - 1][1] >= total:
            continue
        end = here
        while end < len(best) and best[end][1] <= total:
            end += 1
        start = here - 1 if here and best[here - 1][0] == j else here
        best[start:end] = [(j, total, len(links) - 1)]
    chain = []
    link = best[-1][2] if best else -1
    while link >= 0:
        pair, link = links[link]
        chain.append(pair)
    return chain[::-1]

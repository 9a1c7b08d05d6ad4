"""Bring both wordings into one reading order: that of the later one, with what is gone where it stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from livingpolicy.diff.matching import Pair
from livingpolicy.diff.units import Unit
from livingpolicy.diff.values import Shape


class Entry(NamedTuple):
    """What stands at one place: a pair, or a unit of one wording alone."""

    i: int | None
    """Index of the unit that stands only in the earlier wording, or stood here before it moved."""
    j: int | None
    """Index of the unit that stands only in the later wording."""
    pair: Pair | None = None
    """The pair that stands here; of a moved one also at its old place, then with `i`."""


class Place(NamedTuple):
    """A block of the common order."""

    before: int | None
    """Index of the block of the earlier wording, when all of it is gone."""
    after: int | None
    """Index of the block of the later wording otherwise."""
    entries: tuple[Entry, ...]


def layout(before: Sequence[Unit], after: Sequence[Unit], pairs: Sequence[Pair]) -> Iterator[Place]:
    """Yield the blocks of both wordings with their units; *pairs* are those of `matching`."""
    gone = _Gone(before, after, pairs)
    starting = {pair.j: pair for pair in pairs}
    yield from gone.blocks_after(None)
    entries: list[Entry] = []
    j = 0
    while j < len(after):
        pair = starting.get(j)
        if pair is None:
            entries.append(Entry(None, j))
            end = j + 1
        else:
            entries += gone.just_before(pair)
            entries.append(Entry(None, None, pair))
            entries += gone.just_after(pair)
            end = pair.j_end
        block = after[end - 1].block
        if end == len(after) or after[end].block != block:
            yield Place(None, block, tuple(entries))
            yield from gone.blocks_after(block)
            entries = []
        j = end


class _Gone:
    """Where to tell of what stands only in the earlier wording."""

    def __init__(self, before: Sequence[Unit], after: Sequence[Unit], pairs: Sequence[Pair]) -> None:
        kept = {i: pair for pair in pairs if not pair.moved for i in range(pair.i, pair.i_end)}
        moved = {pair.i: pair for pair in pairs if pair.moved}
        members: dict[int, list[int]] = defaultdict(list)
        for i, unit in enumerate(before):
            members[unit.block].append(i)
        self._before: dict[int, list[Entry]] = defaultdict(list)
        self._after: dict[int, list[Entry]] = defaultdict(list)
        self._blocks: dict[int | None, list[Place]] = defaultdict(list)
        if len(kept) == len(before):
            return
        ends = {after[pair.j_end - 1].block: pair for pair in sorted(kept.values(), key=lambda pair: pair.j)}

        def goes_on(pair: Pair) -> bool:
            return ends[after[pair.j_end - 1].block] is not pair

        last: Pair | None = None
        for block, indexes in members.items():
            entries = [Entry(i, None, moved.get(i)) for i in indexes if i not in kept]
            siblings = [kept[i] for i in indexes if i in kept]
            if not siblings and last and goes_on(last) and before[indexes[0]].shape not in {None, Shape.CODE}:
                # The blocks around it have become one: it stood in the middle of that.
                self._after[last.j] += entries
                continue
            if not siblings:
                anchor = after[last.j_end - 1].block if last else None
                self._blocks[anchor].append(Place(block, None, tuple(entries)))
                continue
            for entry in entries:
                earlier = [pair for pair in siblings if pair.i < (entry.i or 0)]
                if earlier:
                    self._after[earlier[-1].j].append(entry)
                else:
                    self._before[siblings[0].j].append(entry)
            last = siblings[-1]

    def just_before(self, pair: Pair) -> list[Entry]:
        return self._before.get(pair.j, []) if not pair.moved else []

    def just_after(self, pair: Pair) -> list[Entry]:
        return self._after.get(pair.j, []) if not pair.moved else []

    def blocks_after(self, block: int | None) -> list[Place]:
        """Return the blocks that stood after the one that is now *block* (None: before all) and are gone."""
        return self._blocks.get(block, [])

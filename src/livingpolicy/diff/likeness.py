"""How alike units are whatever the order of their words, and which of them go together."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence

from livingpolicy.diff.units import Unit
from livingpolicy.diff.words import Comparison


def likenesses(
    first: Sequence[Unit], here: list[int], second: Sequence[Unit], there: list[int]
) -> dict[tuple[int, int], float]:
    """Return how alike units are without regard to order, for those that share a telling word."""
    if not here or not there:
        return {}
    few = len(here) * len(there) <= 3_000
    postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for j in there:
        for key, (count, _) in second[j].passage.bag.items():
            postings[key].append((j, count))
    common: dict[tuple[int, int], float] = defaultdict(float)
    for i in here:
        for key, (count, weight) in first[i].passage.bag.items():
            # A word that stands everywhere tells nothing, and would make this quadratic.
            if (found := postings.get(key)) and (few or len(found) <= 30):
                for j, other in found:
                    common[i, j] += min(count, other) * weight
    return {
        (i, j): 2 * shared / (first[i].passage.weight + second[j].passage.weight)
        for (i, j), shared in common.items()
    }


def heaviest_chain(compared: Mapping[tuple[int, int], Comparison]) -> list[tuple[int, int]]:
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

"""Words that follow one another, with what a comparison asks of them found out once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, groupby

from livingpolicy.diff.tokens import Token, sentences
from livingpolicy.diff.values import Mark, Role, Run


@dataclass(frozen=True, eq=False)
class Passage:
    """The words of a sentence, a heading, a cell or a whole paragraph; the first has no blank before it.

    The same source text gives the same passage again, and most of a section stays from one wording to the
    next: what is found out here serves many comparisons.
    """

    words: tuple[Token, ...]

    @cached_property
    def keys(self) -> list[str]:
        """What makes each word the same word."""
        return [token.key for token in self.words]

    @cached_property
    def blanks(self) -> list[bool]:
        """Whether a blank stands before each word."""
        return [token.spaced for token in self.words]

    @cached_property
    def written(self) -> list[str]:
        """Each word with the blank before it."""
        return [f" {token.text}" if token.spaced else token.text for token in self.words]

    @cached_property
    def weights(self) -> list[float]:
        """How much each word says about whether two passages are the same."""
        return [token.weight for token in self.words]

    @cached_property
    def weight(self) -> float:
        """How much they say together."""
        return sum(self.weights)

    @cached_property
    def running(self) -> bool:
        """Whether it is text alone, without targets of links."""
        return [token.role for token in self.words].count(Role.TEXT) == len(self.words)

    @cached_property
    def reading(self) -> str:
        """What the words say, to tell whether others say the same."""
        return "\x1f".join([f" {token.key}" if token.spaced else token.key for token in self.words])

    @cached_property
    def bag(self) -> Mapping[str, tuple[int, float]]:
        """How often each word occurs and how much it says, by its key."""
        counts, weights = Counter(self.keys), dict(zip(self.keys, self.weights, strict=True))
        return {key: (counts[key], weight) for key, weight in weights.items()}

    @cached_property
    def sentences(self) -> tuple[Passage, ...]:
        """The passage cut into its sentences."""
        found = sentences(self.words)
        return (self,) if len(found) == 1 else tuple(passage(words) for words in found)

    @cached_property
    def kept(self) -> tuple[Run, ...]:
        """How it is drawn when nothing in it changed."""
        return self.drawn(Mark.EQUAL)

    def drawn(self, mark: Mark) -> tuple[Run, ...]:
        """Return the words as runs that share a fate: text as one stretch, every target for itself."""
        return tuple(stretches(mark, self, 0, len(self.words)))


def passage(words: Sequence[Token]) -> Passage:
    """Return *words* as they stand at the beginning of a line."""
    if words and words[0].spaced:
        words = (replace(words[0], spaced=False), *words[1:])
    return Passage(tuple(words))


def joined(passages: Sequence[Passage]) -> Passage:
    """Return sentences that follow one another as one."""
    if len(passages) == 1:
        return passages[0]
    first, *others = passages
    return Passage((*first.words, *chain.from_iterable(map(_after_blank, others))))


def _after_blank(passage: Passage) -> tuple[Token, ...]:
    first, *others = passage.words
    return replace(first, spaced=True), *others


def stretches(mark: Mark, passage: Passage, start: int, end: int) -> list[Run]:
    """Return the words `[start, end)` as runs, with the blank before the first of them."""
    if start == end:
        return []
    if passage.running:
        return [Run(mark, "".join(passage.written[start:end]))]
    found: list[Run] = []
    for role, places in groupby(range(start, end), key=lambda place: passage.words[place].role):
        texts = [passage.written[place] for place in places]
        found += [Run(mark, text, role) for text in (("".join(texts),) if role is Role.TEXT else texts)]
    return found

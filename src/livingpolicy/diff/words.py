"""Compare two sentences word by word, the way a reader would tell the change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from livingpolicy.diff.align import Span, align
from livingpolicy.diff.tokens import Token
from livingpolicy.diff.values import Mark, Role, Run

Words = Sequence[Token]


_LEAST_LIKENESS = (0.0, 0.22, 0.22, 0.4, 0.5)
"""By the number of changes: one of half a sentence reads well, five of a word each do not."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The words of two sentences, laid against one another."""

    spans: tuple[Span, ...]
    common: float
    """Weight of the words that both have, in the same order."""
    likeness: float
    """0 nothing in common, 1 the same words."""

    @property
    def legible(self) -> bool:
        """Whether it reads better than the one sentence struck out and the other written beside it."""
        hunks = sum(not span.equal for span in self.spans)
        return self.likeness >= _LEAST_LIKENESS[min(hunks, len(_LEAST_LIKENESS) - 1)]

    @property
    def mirrored(self) -> Comparison:
        """The same comparison with the two sides exchanged."""
        return Comparison(tuple(span.mirrored for span in self.spans), self.common, self.likeness)


def compare_words(first: Words, second: Words) -> Comparison:
    """Lay *first* and *second* against one another; symmetrical."""
    spans = align([token.key for token in first], [token.key for token in second])
    spans = _merged(_without_islands(_with_blanks(spans, first, second), first))
    common = sum(weight(first[span.i : span.i_end]) for span in spans if span.equal)
    total = weight(first) + weight(second)
    return Comparison(tuple(spans), common, 2 * common / total if total else 1.0)


def weight(words: Words) -> float:
    """Return how much *words* say about whether two sentences are the same."""
    return sum(token.weight for token in words)


def _with_blanks(spans: list[Span], first: Words, second: Words) -> list[Span]:
    """Tell words that are the same but for a blank between them as changed: "a/b" and "a / b"."""
    found: list[Span] = []
    for span in spans:
        start = 0
        length = span.i_end - span.i
        place = 1
        while span.equal and place < length:
            if first[span.i + place].spaced != second[span.j + place].spaced:
                found.append(
                    Span(True, span.i + start, span.i + place - 1, span.j + start, span.j + place - 1)
                )
                found.append(
                    Span(
                        False, span.i + place - 1, span.i + place + 1, span.j + place - 1, span.j + place + 1
                    )
                )
                start = place + 1
                place += 1
            place += 1
        found.append(Span(span.equal, span.i + start, span.i_end, span.j + start, span.j_end))
    return _merged(found)


def _merged(spans: list[Span]) -> list[Span]:
    """Return *spans* without empty ones, neighbours of one kind joined."""
    found: list[Span] = []
    for span in spans:
        if span.i == span.i_end and span.j == span.j_end:
            continue
        if found and found[-1].equal == span.equal:
            last = found.pop()
            found.append(Span(span.equal, last.i, span.i_end, last.j, span.j_end))
        else:
            found.append(span)
    return found


def _without_islands(spans: list[Span], first: Words) -> list[Span]:
    """Take a small word that is left alone between two replacements as replaced too: no confetti."""
    found = list(spans)
    for place in range(1, len(spans) - 1):
        span, left, right = spans[place], spans[place - 1], spans[place + 1]
        if not span.equal:
            continue
        island = weight(first[span.i : span.i_end])
        if _replaces(left) and _replaces(right):
            sunk = island <= 0.5 or (island <= 1.5 and island < min(_size(left), _size(right)) / 2)
        else:
            sunk = island <= 0.1 and (_replaces(left) or _replaces(right))
        if sunk:
            found[place] = replace(span, equal=False)
    return found


def _replaces(span: Span) -> bool:
    return span.i < span.i_end and span.j < span.j_end


def _size(span: Span) -> int:
    return max(span.i_end - span.i, span.j_end - span.j)


def runs(spans: Sequence[Span], first: Words, second: Words) -> tuple[Run, ...]:
    """Return what to draw: without the inserted runs it is *first*, without the deleted ones *second*."""
    made = _Runs()
    for span in spans:
        if span.equal:
            made.keep(first[span.i : span.i_end], second[span.j : span.j_end])
        else:
            made.change(first[span.i : span.i_end], second[span.j : span.j_end])
    return made.finished()


def whole(mark: Mark, words: Words) -> tuple[Run, ...]:
    """Return *words* as runs that share a fate."""
    made = _Runs()
    for role, tokens in groupby(words, key=_role):
        made.add_all(mark, tokens, role)
    return made.finished()


@dataclass(slots=True)
class _Hunk:
    deleted: list[Run]
    inserted: list[Run]


class _Runs:
    """Collects runs; what is deleted at a place comes before what is inserted there."""

    def __init__(self) -> None:
        self._done: list[Run] = []
        self._hunk = _Hunk([], [])

    def keep(self, old: Words, new: Words) -> None:
        """Add words that both have."""
        alike = [first.spaced == second.spaced for first, second in zip(old, new, strict=True)]
        place = 0
        for (same, role), group in groupby(zip(alike, map(_role, new), strict=True)):
            end = place + sum(1 for _ in group)
            if same:
                self.add_all(Mark.EQUAL, new[place:end], role)
            else:
                for first, second in zip(old[place:end], new[place:end], strict=True):
                    self.add(Mark.DELETED if first.spaced else Mark.INSERTED, " ", Role.TEXT)
                    self.add(Mark.EQUAL, second.text, second.role)
            place = end

    def change(self, old: Words, new: Words) -> None:
        """Add words that were replaced; a blank that both begin with stays."""
        common = bool(old and new and old[0].spaced and new[0].spaced)
        if common:
            self.add(Mark.EQUAL, " ", Role.TEXT)
        for mark, tokens in ((Mark.DELETED, old), (Mark.INSERTED, new)):
            for place, token in enumerate(tokens):
                blank = token.spaced and not (common and place == 0)
                self.add(mark, (" " if blank else "") + token.text, token.role)

    def add_all(self, mark: Mark, tokens: Iterable[Token], role: Role) -> None:
        """Add words of one role: text as one stretch, every target for itself."""
        texts = [f" {token.text}" if token.spaced else token.text for token in tokens]
        for text in ("".join(texts),) if role is Role.TEXT else texts:
            self.add(mark, text, role)

    def add(self, mark: Mark, text: str, role: Role) -> None:
        """Add *text*."""
        if mark is Mark.EQUAL:
            self._close()
            _append(self._done, Run(mark, text, role))
        elif mark is Mark.DELETED:
            _append(self._hunk.deleted, Run(mark, text, role))
        else:
            _append(self._hunk.inserted, Run(mark, text, role))

    def _close(self) -> None:
        self._done += self._hunk.deleted + self._hunk.inserted
        self._hunk = _Hunk([], [])

    def finished(self) -> tuple[Run, ...]:
        """Return the runs."""
        self._close()
        return tuple(self._done)


def _role(token: Token) -> Role:
    return token.role


def _append(found: list[Run], run: Run) -> None:
    if found and found[-1].mark is run.mark and found[-1].role is run.role is Role.TEXT:
        run = Run(run.mark, found.pop().text + run.text)
    found.append(run)


def sentence_break(sentences: Sequence[Words]) -> Iterator[Token]:
    """Yield the words of several sentences as of one."""
    for number, sentence in enumerate(sentences):
        for place, token in enumerate(sentence):
            yield replace(token, spaced=number > 0) if place == 0 else token

"""Compare two sentences word by word, the way a reader would tell the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from livingpolicy.diff.align import Span, align
from livingpolicy.diff.passage import Passage, stretches
from livingpolicy.diff.values import Mark, Role, Run

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


def compare_words(first: Passage, second: Passage) -> Comparison:
    """Lay *first* and *second* against one another; symmetrical."""
    spans = align(first.keys, second.keys)
    spans = _merged(_without_islands(_with_blanks(spans, first, second), first.weights))
    common = sum(sum(first.weights[span.i : span.i_end]) for span in spans if span.equal)
    total = first.weight + second.weight
    return Comparison(tuple(spans), common, 2 * common / total if total else 1.0)


def _with_blanks(spans: list[Span], first: Passage, second: Passage) -> list[Span]:
    """Tell words that are the same but for a blank between them as changed: "a/b" and "a / b"."""
    found: list[Span] = []
    for span in spans:
        blanks, others = first.blanks[span.i + 1 : span.i_end], second.blanks[span.j + 1 : span.j_end]
        if not span.equal or blanks == others:
            found.append(span)
            continue
        start = 0
        place = 1
        while place < span.i_end - span.i:
            if blanks[place - 1] != others[place - 1]:
                i, j = span.i + place - 1, span.j + place - 1
                found.append(Span(True, span.i + start, i, span.j + start, j))
                found.append(Span(False, i, i + 2, j, j + 2))
                start = place + 1
                place += 1
            place += 1
        found.append(Span(True, span.i + start, span.i_end, span.j + start, span.j_end))
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


def _without_islands(spans: list[Span], weights: Sequence[float]) -> list[Span]:
    """Take a small word that is left alone between two replacements as replaced too: no confetti."""
    found = list(spans)
    for place in range(1, len(spans) - 1):
        span, left, right = spans[place], spans[place - 1], spans[place + 1]
        if not span.equal:
            continue
        island = sum(weights[span.i : span.i_end])
        if _replaces(left) and _replaces(right):
            sunk = island <= 0.5 or (island <= 1.5 and island < min(_size(left), _size(right)) / 2)
        else:
            sunk = island <= 0.1 and (_replaces(left) or _replaces(right))
        if sunk:
            found[place] = Span(False, span.i, span.i_end, span.j, span.j_end)
    return found


def _replaces(span: Span) -> bool:
    return span.i < span.i_end and span.j < span.j_end


def _size(span: Span) -> int:
    return max(span.i_end - span.i, span.j_end - span.j)


def runs(spans: Sequence[Span], first: Passage, second: Passage) -> tuple[Run, ...]:
    """Return what to draw: without the inserted runs it is *first*, without the deleted ones *second*.

    What is deleted at a place comes before what is inserted there; a blank that both begin with stays.
    *spans* are those of a comparison: inside an equal one the blanks are equal too, but for the first.
    """
    found: list[Run] = []
    gone: list[Run] = []
    came: list[Run] = []
    for span in spans:
        if not span.equal:
            gone = stretches(Mark.DELETED, first, span.i, span.i_end)
            came = stretches(Mark.INSERTED, second, span.j, span.j_end)
            if gone and came and first.blanks[span.i] and second.blanks[span.j]:
                _append(found, Run(Mark.EQUAL, " "))
                gone[0], came[0] = _without_blank(gone[0]), _without_blank(came[0])
            continue
        kept: list[Run] = []
        start = span.j
        if first.blanks[span.i] != second.blanks[start]:
            if first.blanks[span.i]:
                _append(gone, Run(Mark.DELETED, " "))
            else:
                _append(came, Run(Mark.INSERTED, " "))
            kept.append(Run(Mark.EQUAL, second.words[start].text, second.words[start].role))
            start += 1
        found += gone + came
        for run in kept + stretches(Mark.EQUAL, second, start, span.j_end):
            _append(found, run)
        gone, came = [], []
    return tuple(found + gone + came)


def _without_blank(run: Run) -> Run:
    return Run(run.mark, run.text[1:], run.role)


def _append(found: list[Run], run: Run) -> None:
    if found and found[-1].mark is run.mark and found[-1].role is run.role is Role.TEXT:
        run = Run(run.mark, found.pop().text + run.text)
    found.append(run)

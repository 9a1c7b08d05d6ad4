"""Tell a difference in one line, for lists of changes: figures first, then what one must or may do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum

from livingpolicy.diff.tokens import Token, tokens
from livingpolicy.diff.values import (
    Block,
    Change,
    Difference,
    Fact,
    Mark,
    Piece,
    Role,
    Row,
    Run,
    Shape,
    Table,
)
from livingpolicy.diff.vocabulary import DUTIES
from livingpolicy.language import Catalogue

LONGEST = 120
"""Characters of a summary, as a rule: the first change is told even if it alone takes more."""
_LONGEST_QUOTE = 60
_LONGEST_HALF = 45
"""Characters of either sentence when one stands for another."""
_MARK = 0.1
"""The weight of punctuation."""


class _Rank(IntEnum):
    FIGURE = 0
    DUTY = 1
    WORDS = 2
    PLACE = 3
    """Moves, links and marks."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    rank: _Rank
    text: str
    came: str = ""
    """The words that are new, when they are a whole sentence, item, …"""
    went: str = ""
    """The words that are gone, likewise."""


def summary(difference: Difference, words: Catalogue, *, longest: int = LONGEST) -> str:
    """Return the difference in one line: "500 kr → 1 000 kr; ny mening: ”Ring kunden först.”"."""
    phrases = sorted(_Phrases(words).all(difference), key=lambda phrase: phrase.rank)
    if not phrases:
        return words.text("diff.none")
    told = phrases[0].text
    for number, phrase in enumerate(phrases[1:], start=1):
        if len(told) + len(phrase.text) + 2 > longest:
            return f"{told}; {words.count('diff.more', len(phrases) - number)}"
        told = f"{told}; {phrase.text}"
    return told


class _Phrases:
    def __init__(self, words: Catalogue) -> None:
        self.words = words

    def all(self, difference: Difference) -> list[_Phrase]:
        """Return a phrase for every change; what went and what came in its place make one."""
        found: list[_Phrase] = []
        for phrase in self._told(difference):
            if found and found[-1].went and phrase.came:
                went = found.pop().went
                rank = _rank(tokens(went), tokens(phrase.came))
                both = (self._quoted(text, _LONGEST_HALF) for text in (went, phrase.came))
                found.append(_Phrase(rank, self._change(*both)))
            elif phrase not in found:
                found.append(phrase)
        return found

    def _told(self, difference: Difference) -> Iterator[_Phrase]:
        title = difference.title
        if title.change is Change.REVISED and title.before and title.after:
            change = self._change(self._quoted(title.before), self._quoted(title.after))
            yield _Phrase(_Rank.WORDS, self.words.text("diff.title", change=change))
        for fact in difference.facts:
            yield from self._fact(fact)
        for part in difference.parts:
            if isinstance(part, Block):
                yield from self._block(part)
            elif isinstance(part, Table):
                yield from self._table(part)

    def _fact(self, fact: Fact) -> Iterator[_Phrase]:
        name = f"{self.words.texts.get(f'diff.fact.{fact.name}', fact.name)}: "
        for line in fact.lines:
            if line.change in {Change.INSERTED, Change.DELETED, Change.MOVED}:
                phrase = self._whole(line.change, "words", line)
                yield _Phrase(phrase.rank, name + phrase.text)
            elif line.change is Change.REVISED:
                yield from self._hunks(line, name)

    def _block(self, block: Block) -> Iterator[_Phrase]:
        pieces = [piece for piece in block.pieces if isinstance(piece, Piece)]
        name = "sentence" if block.shape is Shape.PARAGRAPH and len(pieces) == 1 else block.shape.value
        if block.change in {Change.INSERTED, Change.DELETED, Change.MOVED}:
            yield self._whole(block.change, name, pieces[0])
            return
        if block.shape is Shape.CODE and block.change is Change.REVISED:
            yield _Phrase(_Rank.WORDS, self.words.text("diff.revised.code"))
            return
        inner = "sentence" if len(pieces) > 1 or block.shape is Shape.PARAGRAPH else block.shape.value
        for piece in pieces:
            if piece.change in {Change.INSERTED, Change.DELETED, Change.MOVED}:
                yield self._whole(piece.change, inner, piece)
            if piece.change in {Change.REVISED, Change.MOVED}:
                yield from self._hunks(piece, "")

    def _table(self, table: Table) -> Iterator[_Phrase]:
        if table.change in {Change.INSERTED, Change.DELETED, Change.MOVED}:
            yield self._whole(table.change, "table", table.headings[0])
            return
        for heading in table.headings:
            if heading.change in {Change.INSERTED, Change.DELETED, Change.MOVED}:
                yield self._whole(heading.change, "column", heading)
            elif heading.change is Change.REVISED:
                yield from self._hunks(heading, "")
        for row in table.rows:
            if isinstance(row, Row):
                yield from self._row(row, table.headings)

    def _row(self, row: Row, headings: tuple[Piece, ...]) -> Iterator[_Phrase]:
        if row.change in {Change.INSERTED, Change.DELETED, Change.MOVED}:
            yield self._whole(
                row.change, "row", next((cell for cell in row.cells if cell.runs), row.cells[0])
            )
        if row.change not in {Change.REVISED, Change.MOVED}:
            return
        name = row.cells[0].after or row.cells[0].before
        for place, (cell, heading) in enumerate(zip(row.cells, headings, strict=True)):
            if cell.change is Change.REVISED:
                names = [name, heading.after or heading.before] if place else [heading.after]
                place_name = ", ".join(_short(name, 30) for name in names if name)
                yield from self._hunks(cell, f"{place_name}: " if place_name else "")

    def _whole(self, change: Change, name: str, piece: Piece) -> _Phrase:
        key = {Change.INSERTED: "new", Change.DELETED: "gone", Change.MOVED: "moved"}[change]
        rank = _Rank.PLACE if change is Change.MOVED else _Rank.WORDS
        text = piece.after or piece.before
        told = self.words.text(f"diff.{key}.{name}", text=self._quoted(text))
        if name in {"table", "column", "row"}:
            return _Phrase(rank, told)
        return _Phrase(rank, told, came=text if key == "new" else "", went=text if key == "gone" else "")

    def _hunks(self, piece: Piece, prefix: str) -> Iterator[_Phrase]:
        for hunk in _hunks(piece.runs):
            phrase = self._target(hunk) if hunk.role is not Role.TEXT else self._words(hunk)
            yield _Phrase(phrase.rank, prefix + phrase.text)

    def _target(self, hunk: _Hunk) -> _Phrase:
        key = "changed" if hunk.deleted and hunk.inserted else "new" if hunk.inserted else "gone"
        values = {"before": _short(hunk.deleted), "after": _short(hunk.inserted)}
        return _Phrase(_Rank.PLACE, self.words.text(f"diff.{hunk.role.value}.{key}", **values))

    def _words(self, hunk: _Hunk) -> _Phrase:
        old, new = tokens(hunk.deleted), tokens(hunk.inserted)
        rank = _rank(old, new)
        if len(old) == len(new) == 1 and _is_amount(old[0]) and _is_amount(new[0]):
            return _Phrase(rank, self._change(hunk.deleted, hunk.inserted))
        if not hunk.deleted and len(new) > 3:
            return _Phrase(rank, self.words.text("diff.new.words", text=self._quoted(hunk.inserted)))
        if not hunk.inserted and len(old) > 3:
            return _Phrase(rank, self.words.text("diff.gone.words", text=self._quoted(hunk.deleted)))
        before, after = (self._quoted(hunk.in_context(text)) for text in (hunk.deleted, hunk.inserted))
        return _Phrase(rank, self._change(before, after))

    def _change(self, before: str, after: str) -> str:
        return f"{before.strip()} → {after.strip()}"

    def _quoted(self, text: str, longest: int = _LONGEST_QUOTE) -> str:
        return self.words.text("diff.quoted", text=_short(text, longest))


def _rank(old: list[Token], new: list[Token]) -> _Rank:
    both = [*old, *new]
    if any(token.figure for token in both):
        return _Rank.FIGURE
    if any(token.key.lower() in DUTIES for token in both):
        return _Rank.DUTY
    return _Rank.WORDS if any(token.weight > _MARK for token in both) else _Rank.PLACE


def _is_amount(token: Token) -> bool:
    """Whether a figure can stand alone: "500 kr" and "08.00–17.00", not "3" or "fem minuter"."""
    spelled_out = token.text[0].isalpha()
    return (
        token.figure and not spelled_out and any(not (char.isdigit() or char == " ") for char in token.text)
    )


@dataclass(frozen=True, slots=True)
class _Hunk:
    """What was replaced at one place, with the words before and after it."""

    left: str
    deleted: str
    inserted: str
    right: str
    role: Role

    def in_context(self, text: str) -> str:
        """Return *text* after the last word before it, and before the first after it where that helps."""
        before = after = ""
        if words := [token for token in tokens(self.left) if token.weight > _MARK]:
            before = self.left[self.left.rfind(words[-1].text) :]
        inside = tokens(self.deleted) + tokens(self.inserted)
        replaced = bool(self.deleted and self.inserted)
        least = 2.0 if any(token.figure for token in inside) else 1.0 if replaced else 2 * _MARK
        if (right := tokens(self.right)) and right[0].weight >= least:
            after = self.right[: self.right.find(right[0].text) + len(right[0].text)]
        return f"{before}{text}{after}"


def _hunks(runs: tuple[Run, ...]) -> Iterator[_Hunk]:
    place = 0
    while place < len(runs):
        if runs[place].mark is Mark.EQUAL:
            place += 1
            continue
        start = place
        while place < len(runs) and runs[place].mark is not Mark.EQUAL:
            place += 1
        left = next((run.text for run in reversed(runs[:start]) if run.role is Role.TEXT), "")
        right = next((run.text for run in runs[place:] if run.role is Role.TEXT), "")
        for role in Role:
            here = [run for run in runs[start:place] if run.role is role]
            deleted = "".join(run.text for run in here if run.mark is Mark.DELETED)
            inserted = "".join(run.text for run in here if run.mark is Mark.INSERTED)
            if deleted or inserted:
                yield _Hunk(left, deleted, inserted, right, role)


def _short(text: str, longest: int = _LONGEST_QUOTE) -> str:
    """Return the beginning of *text*, cut between words."""
    text = " ".join(text.split())
    if len(text) <= longest:
        return text
    cut = text[: longest - 1]
    return f"{cut[: cut.rfind(' ')] if ' ' in cut[longest // 2 :] else cut}".rstrip(" ,;:–-") + " …"

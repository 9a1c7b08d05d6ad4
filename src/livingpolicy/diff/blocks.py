"""Cut the Markdown of a section into the blocks a reader sees, without the form they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from livingpolicy.diff.inline import NONE, Names, read
from livingpolicy.diff.passage import Passage
from livingpolicy.diff.tokens import literal_tokens
from livingpolicy.diff.units import TableBlock, TextBlock
from livingpolicy.diff.values import Shape, Wording
from livingpolicy.headings import atx_title, cells, closes_fence, heads_table
from livingpolicy.meaning import definitions
from livingpolicy.wording import definition, visible

_DEEPEST = 30
"""Lists and quotations inside one another beyond this are read as text."""

_FENCE = re.compile(r" {0,3}(?:(`{3,})[^`]*|(~{3,}).*)$")
_HEADING = re.compile(r" {0,3}(#{1,6})(?: |$)")
_SETEXT = re.compile(r" {0,3}(=+|-+) *$")
_BREAK = re.compile(r" {0,3}([*_-])(?: *\1){2,} *$")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"( {0,3}(?:[-+*]|\d{1,9}[.)]))(?:( +)(?=\S)| *$)")
_ATTRIBUTES = re.compile(r"\{ *[#.:][^{}]{0,200}\}$")


def blocks(wording: Wording) -> tuple[TextBlock | TableBlock, ...]:
    """Return the blocks of *wording*; those that show no words are left out. Never raises."""
    return _blocks(wording.text, tuple(wording.targets.items()))


@lru_cache(maxsize=16)  # the wording after one change is the wording before the next
def _blocks(text: str, targets: tuple[tuple[str, str], ...]) -> tuple[TextBlock | TableBlock, ...]:
    lines = [line.expandtabs(4) if "\t" in line else line for line in _lines(text)]
    reader = _Reader(Names(definitions(text), dict(targets)))
    found = reader.read(lines, 0, 0)
    return tuple(block for block in found if isinstance(block, TableBlock) or block.words)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def title(wording: Wording) -> Passage:
    """Return the words of the heading."""
    return read(wording.title, Names({}, wording.targets))


@dataclass(frozen=True, slots=True)
class _Reader:
    names: Names

    def read(self, lines: list[str], items: int, quotes: int) -> Iterator[TextBlock | TableBlock]:
        """Yield the blocks of *lines*, which stand inside so many list items and quotations."""
        place = 0
        while place < len(lines):
            line = lines[place]
            if line[:1].isalpha():
                block, place = self._words(lines, place, items, quotes)
                yield block
            elif not line.strip() or _BREAK.match(line):
                place += 1
            elif line.startswith("    "):
                end = _indented_end(lines, place)
                yield _code([line[4:] for line in lines[place:end]])
                place = end
            elif _FENCE.match(line):
                end = _fence_end(lines, place)
                yield _code(_fenced(lines[place:end]))
                place = end
            elif line.lstrip(" ").startswith("<!--"):
                place = _comment_end(lines, place)
            elif items + quotes < _DEEPEST and _QUOTE.match(line):
                end = _quote_end(lines, place)
                inner = [_QUOTE.sub("", line, count=1) for line in lines[place:end]]
                yield from self.read(inner, items, quotes + 1)
                place = end
            elif items + quotes < _DEEPEST and (item := _ITEM.match(line)):
                end, inner = _item(lines, place, item)
                yield from self._item(inner, items + 1, quotes)
                place = end
            else:
                block, place = self._words(lines, place, items, quotes)
                yield block

    def _words(
        self, lines: list[str], place: int, items: int, quotes: int
    ) -> tuple[TextBlock | TableBlock, int]:
        """Return the table, the heading or the paragraph that begins here, and the index after it."""
        if _heads_table(lines, place):
            end = _table_end(lines, place)
            return self._table(lines[place:end]), end
        if found := _HEADING.match(lines[place]):
            return self._heading(len(found[1]), lines[place][found.end() :]), place + 1
        end, level = _paragraph_end(lines, place, nested=items + quotes < _DEEPEST)
        text = "\n".join(line.strip(" ") for line in lines[place:end] if not definition(line))
        if level:
            return self._heading(level, text), end + 1
        return self._text(Shape.QUOTE if quotes else Shape.PARAGRAPH, quotes, text), end

    def _item(self, lines: list[str], items: int, quotes: int) -> Iterator[TextBlock | TableBlock]:
        first = True
        for block in self.read(lines, items, quotes):
            if first and isinstance(block, TextBlock) and block.shape in {Shape.PARAGRAPH, Shape.QUOTE}:
                yield TextBlock(Shape.ITEM, items, block.passage)
            else:
                yield block
            first = False

    def _heading(self, level: int, text: str) -> TextBlock:
        return self._text(Shape.HEADING, level, _ATTRIBUTES.sub("", atx_title(text.strip())))

    def _text(self, shape: Shape, level: int, text: str) -> TextBlock:
        return TextBlock(shape, level, read(text, self.names))

    def _table(self, lines: list[str]) -> TableBlock:
        if any(map(self.names.matter_to, lines)):
            return _table(tuple(lines), self.names)
        return _table_alone(tuple(lines))


def _table(lines: tuple[str, ...], names: Names) -> TableBlock:
    rows = [cells(line) for line in (lines[0], *lines[2:])]
    width = len(rows[0])
    return TableBlock(
        tuple(tuple(read(cell, names) for cell in (row + [""] * width)[:width]) for row in rows)
    )


@lru_cache(maxsize=64)
def _table_alone(lines: tuple[str, ...]) -> TableBlock:
    return _table(lines, NONE)


def _code(lines: list[str]) -> TextBlock:
    return TextBlock(Shape.CODE, 0, Passage(tuple(literal_tokens(visible("\n".join(lines).strip("\n"))))))


def _indented_end(lines: list[str], place: int) -> int:
    end = place
    while end < len(lines) and (lines[end].startswith("    ") or not lines[end].strip()):
        end += 1
    return end


def _fence_end(lines: list[str], place: int) -> int:
    marker = _marker(lines[place])
    end = place + 1
    while end < len(lines):
        end += 1
        if _closes(lines[end - 1], marker):
            break
    return end


def _fenced(lines: list[str]) -> list[str]:
    """Return what stands inside a fence, without the fence's own indentation."""
    indent = len(lines[0]) - len(lines[0].lstrip(" "))
    closed = len(lines) > 1 and _closes(lines[-1], _marker(lines[0]))
    inner = lines[1:-1] if closed else lines[1:]
    return [line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in inner]


def _marker(line: str) -> str:
    found = _FENCE.match(line)
    assert found is not None  # noqa: S101 (the caller has looked; for the type checker)
    return found[1] or found[2]


def _closes(line: str, marker: str) -> bool:
    return bool(line.strip()) and closes_fence(line, marker[0], len(marker))


def _comment_end(lines: list[str], place: int) -> int:
    end = place
    while end < len(lines):
        end += 1
        if "-->" in lines[end - 1]:
            return end
    return end


def _starts_block(line: str, *, nested: bool) -> bool:
    """Whether *line* ends the paragraph before it."""
    if line[0].isalpha():
        return False
    if _FENCE.match(line) or _HEADING.match(line) or _BREAK.match(line):
        return True
    if not nested:
        return False
    if _QUOTE.match(line):
        return True
    item = _ITEM.match(line)
    return bool(item and item[2] and item[1].strip(" ")[:-1] in {"", "1"})


def _paragraph_end(lines: list[str], place: int, *, nested: bool) -> tuple[int, int]:
    """Return the index after the paragraph, and the level when a line under it makes it a heading."""
    end = place + 1
    while end < len(lines) and lines[end].strip():
        if found := _SETEXT.match(lines[end]):
            return end, 1 if found[1][0] == "=" else 2
        if _starts_block(lines[end], nested=nested) or _heads_table(lines, end):
            break
        end += 1
    return end, 0


def _quote_end(lines: list[str], place: int) -> int:
    end = place + 1
    while end < len(lines) and lines[end].strip():
        if not _QUOTE.match(lines[end]) and (
            _starts_block(lines[end], nested=True) or not _QUOTE.sub("", lines[end - 1]).strip()
        ):
            break
        end += 1
    return end


def _item(lines: list[str], place: int, item: re.Match[str]) -> tuple[int, list[str]]:
    """Return the index after a list item, and its lines without marker and indentation."""
    blanks = len(item[2] or " ")
    width = len(item[1]) + (blanks if blanks < 5 else 1)
    inner = [lines[place][width:]]
    end = place + 1
    while end < len(lines):
        line = lines[end]
        if not line.strip():
            if not any(text.strip() for text in inner):
                break
            inner.append("")
        elif line.startswith(" " * width):
            inner.append(line[width:])
        elif inner[-1].strip() and not _starts_block(line, nested=True) and not _ITEM.match(line):
            inner.append(line.lstrip(" "))
        else:
            break
        end += 1
    return end, inner


def _heads_table(lines: list[str], place: int) -> bool:
    return (
        place + 1 < len(lines)
        and "|" in lines[place]
        and "-" in lines[place + 1]
        and heads_table(lines[place], lines[place + 1].strip())
    )


def _table_end(lines: list[str], place: int) -> int:
    end = place + 2
    while end < len(lines) and lines[end].strip() and not _starts_block(lines[end], nested=True):
        end += 1
    return end

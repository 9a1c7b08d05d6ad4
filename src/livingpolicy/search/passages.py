"""What a reader sees of a section's Markdown, in passages that can be shown by themselves.

Scans lines and renders nothing: the pages have been rendered once already, and a passage needs no markup.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from livingpolicy.headings import cells, closes_fence, heads_table
from livingpolicy.markup import TARGET_REFERENCE
from livingpolicy.wording import MARKUP, definition, shown, visible

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*(\w*)")
_MARK = re.compile(r"[ \t]*(?:>[ \t]?|[-+*][ \t]+|\d{1,9}[.)][ \t]+|#{1,6}[ \t]+)")
"""What a quotation, a list item or a heading begins with."""
_UNDERLINE = re.compile(r"[ \t]*(?:=+|-+|(?:[*_-][ \t]*){3,})[ \t]*")
_ID = re.compile(r"\s*\{\s*#[^{}]*\}\s*$")
_DIAGRAM = re.compile(r"\s*acc(?:Title|Descr)\s*:\s*(.+)")
"""What a diagram says of itself in words; the rest of its code is for drawing."""


def passages(body: str, targets: Mapping[str, str]) -> Iterator[str]:
    """Yield the paragraphs, list items, headings and table rows of *body* without markup.

    *targets* is what `{{ target.ID }}` prints, by id.
    """
    body = TARGET_REFERENCE.sub(lambda found: targets.get(found[1], ""), visible(body))
    for text in _blocks(_COMMENT.sub("", body) if "<!--" in body else body):
        if plain := plain_text(text):
            yield plain


@lru_cache(maxsize=1 << 15)
def plain_text(text: str) -> str:
    """Return inline Markdown as a reader sees it, on one line."""
    if MARKUP.search(text):
        text = "".join(piece for kind, piece in shown(text, {}) if kind == "text")
    return " ".join(text.split())


def _blocks(body: str) -> Iterator[str]:
    open_: list[str] = []
    fence: tuple[str, int, str] | None = None
    table = False
    for line in body.split("\n"):
        if fence is not None:
            if closes_fence(line.lstrip(" >"), fence[0], fence[1]):
                fence = None
            elif fence[2] != "mermaid":
                yield line
            elif found := _DIAGRAM.match(line):
                yield found[1]
            continue
        if open_ and heads_table(open_[-1], line.strip()):
            header = open_.pop()
            yield "\n".join(open_)
            open_, table = [], True
            yield _row(header)
            continue
        begins = _FENCE.match(line)
        bare, marked = _unmarked(line)
        if not bare or begins or marked or _UNDERLINE.fullmatch(line) or definition(line):
            yield "\n".join(open_)
            open_, table = [], False
            if begins:
                fence = (begins[1][0], len(begins[1]), begins[2])
            elif marked and bare:
                open_ = [_ID.sub("", bare)]
        elif table:
            yield _row(line)
        else:
            open_.append(bare)
    yield "\n".join(open_)


def _unmarked(line: str) -> tuple[str, bool]:
    """Return what follows the marks of quotation, list and heading, and whether a passage begins there."""
    begins = False
    while found := _MARK.match(line):
        begins |= ">" not in found[0]
        line = line[found.end() :]
    return line.strip(), begins


def _row(line: str) -> str:
    return " · ".join(text for cell in cells(line.strip()) if (text := cell.strip()))

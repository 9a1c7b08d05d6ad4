"""The report on a proposal in plain text, for a terminal and for a log that obeys what it reads."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from livingpolicy.disclosure import Disclosure
from livingpolicy.language import Catalogue
from livingpolicy.render import harmless
from livingpolicy.render.diff_text import plain
from livingpolicy.render.proposal import Part, told
from livingpolicy.render.proposal_sections import Item

_WIDTH = 100


def text(disclosure: Disclosure, words: Catalogue) -> str:
    """Return the report, every line ended."""
    report = told(disclosure, words)
    lines = [*_wrapped(" ".join(report.opening))]
    for part in report.parts:
        lines += ["", part.heading.upper(), *_part(part, words)]
    return "".join(f"{line.rstrip()}\n" for line in harmless.lines("\n".join(lines)).split("\n"))


def _part(part: Part, words: Catalogue) -> Iterator[str]:
    for point in part.points:
        yield from _wrapped(point, "• ", "  ")
    for quote in part.quotes:
        yield from _wrapped(quote, "| ", "| ")
    for number, item in enumerate(part.items):
        if number and not (item.bare and part.items[number - 1].bare):
            yield ""
        yield from _item(item, words)


def _item(item: Item, words: Catalogue) -> Iterator[str]:
    yield from _wrapped(f"{item.title} ({item.place})" if item.place else item.title)
    for point in item.points:
        yield from _wrapped(point, "  • ", "    ")
    if item.difference is not None:
        for line in plain(item.difference, words).rstrip("\n").split("\n"):
            yield from _wrapped(line, "    ", "    ", blanks=True)


def _wrapped(told: str, first: str = "", rest: str = "", *, blanks: bool = False) -> list[str]:
    """Return *told* as lines; *blanks*: those at the beginning mean something."""
    if blanks:
        rest += " " * (len(told) - len(told.lstrip(" ")))
        first, told = rest, told.strip(" ")
    else:
        told = " ".join(told.split())
    return textwrap.wrap(
        told,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [first.rstrip()]

"""Marks of a merge that somebody has not finished: `<<<<<<<`, `=======`, `>>>>>>>` at the start of a line."""

from __future__ import annotations

import re

_BEGINS = re.compile(r"<{7}(?: .*)?")
_BASE = re.compile(r"\|{7}(?: .*)?")
_MIDDLE = re.compile(r"={7} *")
_ENDS = re.compile(r">{7}(?: .*)?")


def conflicts(text: str) -> tuple[tuple[int, ...], str]:
    """Return the 1-based line of the first mark of each conflict, and *text* with one side of each.

    The other side and the marks become blank lines, so that the rest can be read without a cascade. Signs of
    equality alone are no mark: they underline a heading.
    """
    if "\n<<<<<<<" not in f"\n{text}" and "\n>>>>>>>" not in f"\n{text}":
        return (), text
    lines = text.split("\n")
    found: list[int] = []
    sides: list[list[int]] = []
    for index, line in enumerate(lines):
        if _BEGINS.fullmatch(line):
            found.append(index + 1)
            sides = [[]]
        elif _ENDS.fullmatch(line):
            if not sides:
                found.append(index + 1)
            kept = next((side for side in sides if any(lines[row].strip() for row in side)), [])
            for row in {row for side in sides for row in side} - {*kept}:
                lines[row] = ""
            sides = []
        elif sides and (_MIDDLE.fullmatch(line) or _BASE.fullmatch(line)):
            sides.append([])
        else:
            if sides:
                sides[-1].append(index)
            continue
        lines[index] = ""
    return tuple(found), "\n".join(lines)

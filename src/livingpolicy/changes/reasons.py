"""Why a change is made, as far as its authors wrote it down."""

from __future__ import annotations

import re

from livingpolicy.discretion import discreet
from livingpolicy.revisions import without_trailers

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_TASK = re.compile(r"\s*[-*+] \[[ xX]\] ")
_HEADING = re.compile(r"\s{0,3}#{1,6}\s+(.*?)[\s#]*$")
_WHY = re.compile(r"(varför|skäl|why|reason)\b", re.IGNORECASE)


def commit_reason(body: str) -> str:
    """Return a commit's body without what names people and tools; "" if nothing is left."""
    return discreet(without_trailers(body)).strip()


def request_reason(text: str) -> str:
    """Return the reason that the text of a pull request gives; "" if the form was left as it came.

    Comments, headings and check boxes belong to the form. Where a heading asks why, only the answer below it
    counts.
    """
    answers: list[tuple[str | None, list[str]]] = [(None, [])]
    for line in _COMMENT.sub("", text.replace("\r\n", "\n")).split("\n"):
        if heading := _HEADING.match(line):
            answers.append((heading[1], []))
        elif not _TASK.match(line):
            answers[-1][1].append(line)
    asked = [lines for heading, lines in answers if heading is not None and _WHY.match(heading)]
    told = asked or [lines for _, lines in answers]
    return commit_reason("\n\n".join("\n".join(lines).strip() for lines in told))

"""The report on a proposal in Markdown, for the page of a job and for a comment.

Whatever is quoted stays text: no markup, no link, no mention of a person or an issue, on GitHub and GitLab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from livingpolicy.characters import cleaned
from livingpolicy.disclosure import Disclosure
from livingpolicy.language import Catalogue
from livingpolicy.render.diff_text import GONE, NEW, fragments
from livingpolicy.render.proposal import Part, told
from livingpolicy.render.proposal_sections import Item

_APART = "\u200b"
"""Stands invisibly inside what a forge would turn into a link, a mention or a picture."""
_MARKUP = {ord(character): f"&#{ord(character)};" for character in "\\`*_{}[]<>#|@&~"} | {
    ord("$"): "<span>$</span>"  # the only way to a dollar sign that begins no formula
}
_REFERENCE = re.compile(
    r"(?:[@#!&~%$](?=[\w\"])|:(?=//)|:(?=[\w+-]+:)|\bwww(?=\.)|\bGH-(?=\d))", re.IGNORECASE
)
_BEGINS_BLOCK = re.compile(r"[-+=]|\d{1,9}(?=[.)])")


def markdown(disclosure: Disclosure, words: Catalogue) -> str:
    """Return the report, ended by a line feed."""
    report = told(disclosure, words)
    lines = [f"## {_safe(report.heading)}", "", _safe(" ".join(report.opening))]
    for part in report.parts:
        lines += ["", f"### {_safe(part.heading)}", "", *_part(part, words)]
    return "\n".join([*lines, ""])


def _part(part: Part, words: Catalogue) -> Iterator[str]:
    yield from (f"- {_safe(point)}" for point in part.points)
    for number, quote in enumerate(part.quotes):
        yield from ([">"] if number else [])
        yield f"> {_safe(quote)}"
    for number, item in enumerate(part.items):
        if number:
            yield ""
        yield from _item(item, words)


def _item(item: Item, words: Catalogue) -> Iterator[str]:
    title = f"**{_safe(item.title)}**"
    yield f"{title} ({_safe(item.place)})" if item.place else title
    if item.points:
        yield ""
        yield from (f"- {_safe(point)}" for point in item.points)
    if item.difference is not None:
        yield ""
        lines = "".join(_marked(text, style) for text, style in fragments(item.difference, words))
        for number, line in enumerate(lines.strip("\n").split("\n")):
            yield from ([">"] if number else [])
            yield f"> {_begun(line.strip())}"


def _marked(text: str, style: str) -> str:
    """Return a fragment with its mark as an element; line feeds between fragments stay."""
    for drawn, name in ((GONE, "del"), (NEW, "ins")):
        if style == drawn:
            return "\n".join(f"<{name}>{_escaped(line)}</{name}>" for line in text[2:-2].split("\n"))
    return "\n".join(_escaped(line) for line in text.split("\n"))


def _safe(text: str) -> str:
    """Return *text* on one line, as text wherever it stands."""
    return _begun(_escaped(" ".join(text.split())))


def _begun(line: str) -> str:
    """Return *line* so that it begins no list and no heading."""
    found = _BEGINS_BLOCK.match(line)
    if not found:
        return line
    if found[0].isdigit():
        return f"{found[0]}&#{ord(line[found.end()])};{line[found.end() + 1 :]}"
    return f"&#{ord(found[0])};{line[1:]}"


def _escaped(text: str) -> str:
    apart = _REFERENCE.sub(lambda found: found[0] + _APART, cleaned(text))
    return apart.translate(_MARKUP)

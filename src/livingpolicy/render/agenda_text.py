"""The agenda of the evaluation for a mail or an invitation: as plain text and as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from livingpolicy.agenda import agenda
from livingpolicy.language import Catalogue
from livingpolicy.model import Snapshot
from livingpolicy.render import harmless
from livingpolicy.render.agenda_parts import Part, opening, parts
from livingpolicy.render.report_table import escaped

_WIDTH = 78


def plain(snapshot: Snapshot, words: Catalogue) -> str:
    """Return the agenda for a mail; every line ended."""
    made = agenda(snapshot)
    lines = [words.text("agenda.title", policy=snapshot.policy.title)]
    for sentence in opening(made, snapshot, words):
        lines += textwrap.wrap(sentence, _WIDTH)
    for number, part in enumerate(parts(made, snapshot, words), 1):
        lines += ["", f"{number}. {part.heading} ({part.minutes})", *_plain(part)]
    return harmless.lines("\n".join([*lines, ""]))


def _plain(part: Part) -> Iterator[str]:
    yield from _wrapped(part.ask, "   ")
    for point in part.points:
        head = f"{point.head} ({point.owner})" if point.owner else point.head
        yield from _wrapped(head, "   [ ] ")
        if point.detail:
            yield from _wrapped(point.detail, "       ")
    for note in part.notes:
        yield from _wrapped(note, "   ")


def _wrapped(text: str, indent: str) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))


def markdown(snapshot: Snapshot, words: Catalogue) -> str:
    """Return the agenda with boxes to tick; text of the policy cannot become markup."""
    made = agenda(snapshot)
    first, *rest = opening(made, snapshot, words)
    lines = [f"## {escaped(words.text('agenda.title', policy=snapshot.policy.title))}", ""]
    lines += [f"**{escaped(first)}**", "", escaped(" ".join(rest)), ""]
    for number, part in enumerate(parts(made, snapshot, words), 1):
        lines += [f"### {number}. {escaped(part.heading)} ({escaped(part.minutes)})", ""]
        lines += [*_markdown(part)]
    return harmless.lines("\n".join(lines))


def _markdown(part: Part) -> Iterator[str]:
    yield from (escaped(part.ask), "")
    for point in part.points:
        owner = f" ({escaped(point.owner)})" if point.owner else ""
        detail = f": {escaped(point.detail)}" if point.detail else ""
        yield f"- [ ] **{escaped(point.head)}**{owner}{detail}"
    if part.points:
        yield ""
    for note in part.notes:
        yield from (escaped(note), "")

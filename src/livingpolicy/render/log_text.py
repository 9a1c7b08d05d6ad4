"""A section's history in text: when, what, why and the change itself, newest first."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from livingpolicy.characters import cleaned
from livingpolicy.diff import summary, trimmed
from livingpolicy.diff.history import ToldRevision
from livingpolicy.language import Catalogue
from livingpolicy.render import harmless
from livingpolicy.render.diff_text import FAINT, Fragment, fragments
from livingpolicy.render.why import why

if TYPE_CHECKING:
    from rich.console import Console

STRONG = "bold"
_WIDTH = 100


def plain(title: str, told: Sequence[ToldRevision], words: Catalogue, *, short: bool, whole: bool) -> str:
    """Return the history of the section called *title*, every line ended.

    *short*: a line for each revision. *whole*: with the text that did not change.
    """
    return harmless.lines("".join(text for text, _ in _log(title, told, words, short=short, whole=whole)))


def show(
    title: str,
    told: Sequence[ToldRevision],
    words: Catalogue,
    console: Console,
    *,
    short: bool,
    whole: bool,
) -> None:
    """Print the same in colours."""
    from rich.text import Text

    made = ((cleaned(text), style) for text, style in _log(title, told, words, short=short, whole=whole))
    console.print(Text.assemble(*made), end="")


def _log(
    title: str, told: Sequence[ToldRevision], words: Catalogue, *, short: bool, whole: bool
) -> Iterator[Fragment]:
    yield f"{title}\n", STRONG
    for item in told:
        if short:
            yield f"{_when(item, words)}  {_line(item, words)}\n", ""
        else:
            yield "\n", ""
            yield from _revision(item, words, whole=whole)


def _revision(item: ToldRevision, words: Catalogue, *, whole: bool) -> Iterator[Fragment]:
    commit = item.revision.commit
    reason = why(commit)
    day = words.day(commit.landed_at.date()) if commit.landed_at else words.text("log.no-date")
    places = [commit.sha[:10]]
    if reason.pull_request:
        places.append(words.text("log.pull-request", number=reason.pull_request))
    yield f"{day} · {words.text(f'revision.{item.revision.kind}')}", STRONG
    yield f" · {' · '.join(places)}\n", FAINT
    yield f"{reason.subject}\n", ""
    for paragraph in reason.body.split("\n\n") if reason.body else ():
        yield f"\n{textwrap.fill(paragraph, _WIDTH)}\n", FAINT
    if item.difference is not None:
        yield "\n", ""
        if item.difference.changed:
            yield from fragments(item.difference if whole else trimmed(item.difference), words)
        else:
            yield f"{words.text('log.same-words')}\n", ""


def _when(item: ToldRevision, words: Catalogue) -> str:
    landed = item.revision.commit.landed_at
    return landed.date().isoformat() if landed else words.text("log.no-date")


def _line(item: ToldRevision, words: Catalogue) -> str:
    if item.difference is None:
        return words.text(f"revision.{item.revision.kind}")
    return summary(item.difference, words) if item.difference.changed else words.text("log.same-words")

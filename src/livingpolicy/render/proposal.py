"""What an approver reads of a proposal, in words; how it is set is the business of each format."""

from __future__ import annotations

from dataclasses import dataclass

from livingpolicy.disclosure import Disclosure
from livingpolicy.language import Catalogue
from livingpolicy.render.proposal_attention import attention
from livingpolicy.render.proposal_improvements import improvement_lines
from livingpolicy.render.proposal_opening import opening
from livingpolicy.render.proposal_outcomes import outcome_lines
from livingpolicy.render.proposal_rest import (
    file_lines,
    review_lines,
    setting_lines,
    target_lines,
    told_reasons,
)
from livingpolicy.render.proposal_sections import KINDS, Item, item, kind


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the report under a heading of its own."""

    name: str
    """Of the part, the same in all languages."""
    heading: str
    items: tuple[Item, ...] = ()
    points: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    """Paragraphs in the words of the authors."""


@dataclass(frozen=True, slots=True)
class Told:
    """The report."""

    heading: str
    opening: tuple[str, ...]
    """Sentences; one, and no parts, when nothing changes."""
    parts: tuple[Part, ...]


def told(disclosure: Disclosure, words: Catalogue) -> Told:
    """Return the report on a proposal."""
    heading = words.text("proposal.heading")
    if disclosure.nothing:
        return Told(heading, (words.text("proposal.nothing"),), ())
    sections = {name: Part(name, "", items=_items(name, disclosure, words)) for name in KINDS}
    parts = [
        Part("attention", "", points=tuple(attention(disclosure, words))),
        *(sections[name] for name in KINDS[:4]),
        Part("targets", "", points=tuple(target_lines(disclosure, words))),
        Part("outcomes", "", points=tuple(outcome_lines(disclosure, words))),
        Part("improvements", "", points=tuple(improvement_lines(disclosure, words))),
        Part("settings", "", points=tuple(setting_lines(disclosure, words))),
        *(sections[name] for name in KINDS[4:]),
        Part("reviews", "", points=tuple(review_lines(disclosure, words))),
        Part("reasons", "", quotes=tuple(told_reasons(disclosure))),
        Part("files", "", points=tuple(file_lines(disclosure, words))),
    ]
    named = (
        Part(part.name, words.text(f"proposal.part.{part.name}"), part.items, part.points, part.quotes)
        for part in parts
        if part.items or part.points or part.quotes
    )
    return Told(heading, tuple(opening(disclosure, words)), tuple(named))


def _items(name: str, disclosure: Disclosure, words: Catalogue) -> tuple[Item, ...]:
    return tuple(
        item(change, disclosure, words)
        for change in disclosure.changes.sections
        if kind(change, disclosure, words) == name
    )

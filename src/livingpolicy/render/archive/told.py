"""What a revision changed, as a piece of HTML that stands on many pages and is made once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from markupsafe import Markup

from livingpolicy.diff import Difference, Wording, difference, summary, trimmed
from livingpolicy.diff.history import facts_beside, printed
from livingpolicy.language import catalogue
from livingpolicy.model import Policy, PrintedTarget, Revision
from livingpolicy.render.diff_html import difference_html
from livingpolicy.render.memory import Memory

LONG = 5_000
"""Bytes of HTML: a difference that takes more is folded under the line that sums it up."""


@dataclass(frozen=True, slots=True)
class Told:
    """A difference as it is shown."""

    html: Markup
    """What changed, with what stands next to it."""
    line: str
    """The same in one line."""
    gaps: bool
    """Whether more of the section is left out than is shown."""

    @property
    def long(self) -> bool:
        """Whether it is folded."""
        return len(self.html) > LONG


def told(before: Revision, after: Revision, policy: Policy, memory: Memory) -> Told | None:
    """Return what *after* changed of *before* in HTML; None when the words are the same."""
    sides, roles = (side(before), side(after)), _roles(policy)
    found = memory.of(("told", sides, roles, policy.language), lambda: _told(*sides, roles, policy.language))
    return None if found is None else Told(Markup(found[0]), found[1], found[2])  # noqa: S704 (difference_html)


def whole(before: Revision, after: Revision, policy: Policy, memory: Memory) -> Markup:
    """Return the same with everything that did not change."""
    sides, roles = (side(before), side(after)), _roles(policy)
    html = memory.of(("whole", sides, roles, policy.language), lambda: _whole(*sides, roles, policy.language))
    return Markup(html)  # noqa: S704 (difference_html)


Pairs: TypeAlias = tuple[tuple[str, str], ...]


class Side(NamedTuple):
    """A revision as far as its words go; a tuple, because the memory asks thousands of them how they look."""

    text: str
    title: str
    metadata: str | None
    targets: tuple[tuple[str, PrintedTarget], ...]


def side(revision: Revision) -> Side:
    """Return all that a reader sees of *revision*."""
    return Side(revision.text, revision.title, revision.metadata, tuple(revision.targets.items()))


def _roles(policy: Policy) -> Pairs:
    return tuple((name, owner.name) for name, owner in policy.owners.items())


def _told(before: Side, after: Side, roles: Pairs, language: str) -> tuple[str, str, bool] | None:
    found = _difference(before, after, roles, language)
    if not found.changed:
        return None
    shown = trimmed(found)
    html = difference_html(shown, language)
    line = summary(found, catalogue(language)) if len(html) > LONG else ""
    return str(html), line, shown.parts != found.parts


def _whole(before: Side, after: Side, roles: Pairs, language: str) -> str:
    return str(difference_html(_difference(before, after, roles, language), language))


def _difference(before: Side, after: Side, roles: Pairs, language: str) -> Difference:
    beside = (before.metadata, before.targets) != (after.metadata, after.targets)
    return difference(*(_wording(side, roles, language, beside) for side in (before, after)))


def _wording(side: Side, roles: Pairs, language: str, beside: bool) -> Wording:
    targets = dict(side.targets)
    facts = facts_beside(side.metadata, targets, dict(roles), catalogue(language)) if beside else {}
    return Wording(side.text, side.title, printed(targets), facts)

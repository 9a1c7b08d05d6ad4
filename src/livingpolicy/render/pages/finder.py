"""What do I do when …: every situation the policy speaks of, and the card that answers it.

A card holds what somebody with a customer on the line needs, and unfolds where it stands. It says nothing of
its own: steps, phrases and mandate are those of the section.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from livingpolicy.language import catalogue
from livingpolicy.model import Area, Chapter, Owner, SectionId, SectionReview, Snapshot, Status
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url
from livingpolicy.render.pages.prose import Prose
from livingpolicy.render.pages.sections import MandateRow, mandates, section_url
from livingpolicy.render.pages.values import Group, Heading, SitePage, SiteSettings

MOST_CARDS = 80
"""With more of them the page would be heavy, and each situation leads to its section instead."""

SHOWN_ON_START = 3
"""Situations of each chapter on the start page."""

_OURSELVES = frozenset({Area.OVERVIEW, Area.STAFF})
"""Areas in which no customer waits for an answer."""


@dataclass(frozen=True, slots=True)
class Call:
    """Whom to turn to when the card is not enough."""

    owner: Owner
    decides: bool
    """Whether this role decides beyond the mandate; else it answers for the section."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A section in brief."""

    promise: str | None
    steps: tuple[Markup, ...]
    phrases: tuple[Markup, ...]
    """What one may say, in the policy's words; none where the text says it in its place."""
    text: Markup
    """The whole text, where there are no steps."""
    mandates: tuple[MandateRow, ...]
    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """The section that answers some situations."""

    item: SectionReview
    url: str
    """Where the whole section stands."""
    answer: Answer | None
    """None: who has the situation goes there."""


@dataclass(frozen=True, slots=True)
class Situations:
    """The sections of a chapter that say what to do when something happens."""

    chapter: Chapter
    items: tuple[SectionReview, ...]


def finder_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the finder, unless no section names a situation."""
    policy = snapshot.policy
    words = catalogue(policy.language)
    url = named_url("finder", words, settings)
    found = situations(snapshot)
    if not found:
        return
    prose = Prose(policy, url, settings) if sum(len(made.items) for made in found) <= MOST_CARDS else None
    chapters = [
        (made, [_card(item, snapshot, url, settings, prose) for item in made.items]) for made in found
    ]
    html = (
        environment(policy.language)
        .get_template("site/finder.html")
        .render(chapters=chapters, owner=policy.owner)
    )
    anchor = words.text("site.anchor.situation")
    headings = tuple(Heading(f"{anchor}-{made.chapter.id}", made.chapter.title) for made in found)
    yield SitePage(
        url=url,
        id="finder",
        title=words.text("finder.title"),
        description=words.text("finder.intro"),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=headings,
        anchors=frozenset(heading.id for heading in headings),
        group=Group.FINDER,
        wide=True,
    )


def situations(snapshot: Snapshot) -> tuple[Situations, ...]:
    """Return the sections in force that name a situation, by chapter, in reading order."""
    found: dict[SectionId, list[SectionReview]] = {}
    for item in snapshot.sections:
        if item.section.metadata.situations and item.status not in {Status.RETIRED, Status.UPCOMING}:
            found.setdefault(item.chapter.id, []).append(item)
    return tuple(Situations(items[0].chapter, tuple(items)) for items in found.values())


def customers_first(chapters: tuple[Situations, ...]) -> tuple[Situations, ...]:
    """Return the chapters, those last whose sections are mostly about ourselves; otherwise as they stand."""

    def about_us(made: Situations) -> bool:
        ours = [set(item.section.metadata.areas) <= _OURSELVES for item in made.items]
        return sum(ours) * 2 > len(ours)

    return tuple(sorted(chapters, key=about_us))


def _card(
    item: SectionReview, snapshot: Snapshot, origin: str, settings: SiteSettings, prose: Prose | None
) -> Card:
    """Return the card of *item*; without *prose* it answers nothing itself."""
    answer = _answer(item, snapshot, prose) if prose else None
    return Card(item, section_url(item, origin, settings), answer)


def _answer(item: SectionReview, snapshot: Snapshot, prose: Prose) -> Answer:
    policy, section, metadata = snapshot.policy, item.section, item.section.metadata
    beyond = [
        policy.owners[row.beyond] for row in metadata.mandate if row.beyond and row.beyond in policy.owners
    ]
    calls = [Call(owner, decides=True) for owner in dict.fromkeys(beyond)]
    if section.owner not in beyond:
        calls.append(Call(section.owner, decides=False))
    return Answer(
        promise=metadata.promise,
        steps=tuple(prose.line(step, section) for step in metadata.steps),
        phrases=tuple(prose.quotations(section)) if metadata.steps else (),
        text=Markup() if metadata.steps else prose.brief(section),
        mandates=mandates(item, policy, catalogue(policy.language)),
        calls=tuple(calls),
    )

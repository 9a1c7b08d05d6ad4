"""The page that says which role answers for what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from livingpolicy.language import catalogue
from livingpolicy.model import Owner, SectionReview, Snapshot, Status
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url, page_url, relative
from livingpolicy.render.pages.calendars import role_calendar
from livingpolicy.render.pages.sections import Facts, MandateRow, facts, mandates, section_url
from livingpolicy.render.pages.values import Group, Heading, SitePage, SiteSettings

MOST_SECTIONS = 150
"""Of a policy; with more of them the page would be heavy, and leads to their chapters instead."""


@dataclass(frozen=True, slots=True)
class OwnedSection:
    """A section of a role."""

    title: str
    facts: Facts
    url: str


@dataclass(frozen=True, slots=True)
class OwnedChapter:
    """A chapter in which a role answers for something."""

    title: str
    url: str
    sections: int
    """How many of them are the role's."""


@dataclass(frozen=True, slots=True)
class OwnedTarget:
    """A target of a role."""

    name: str
    wording: str
    url: str


@dataclass(frozen=True, slots=True)
class MandateLine:
    """What a role may decide, and the section that says so."""

    row: MandateRow
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Role:
    """A role with everything it answers for."""

    owner: Owner
    sponsor: bool
    """Whether it answers for the policy as a whole."""
    number: int
    """Of its sections, without those that were retired."""
    sections: tuple[OwnedSection, ...]
    """In reading order; none where the policy has too many to list."""
    chapters: tuple[OwnedChapter, ...]
    """Where they stand, if they are not listed."""
    targets: tuple[OwnedTarget, ...]
    mandates: tuple[MandateLine, ...]
    calendar: str
    """Where its calendar is."""

    @property
    def id(self) -> str:
        """The anchor on the page."""
        return f"role-{self.owner.id}"


def responsibility_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the page of all roles, the one that answers for the whole first."""
    policy = snapshot.policy
    words = catalogue(policy.language)
    url = named_url("responsibility", words, settings)
    living = [item for item in snapshot.sections if item.status is not Status.RETIRED]
    roles = sorted(
        (_role(owner, living, snapshot, url, settings) for owner in policy.owners.values()),
        key=lambda role: not role.sponsor,
    )
    html = settings.memory.of(("responsibility", words.language, roles), lambda: _html(words.language, roles))
    headings = tuple(Heading(role.id, role.owner.name) for role in roles)
    yield SitePage(
        url=url,
        id="responsibility",
        title=words.text("responsibility.title"),
        description=words.text("responsibility.intro"),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=headings,
        anchors=frozenset(heading.id for heading in headings),
        wide=True,
        group=Group.REVIEW,
    )


def _html(language: str, roles: Sequence[Role]) -> str:
    return environment(language).get_template("site/responsibility.html").render(roles=roles)


def _role(
    owner: Owner, living: Sequence[SectionReview], snapshot: Snapshot, url: str, settings: SiteSettings
) -> Role:
    policy = snapshot.policy
    words = catalogue(policy.language)
    theirs = [item for item in living if item.section.owner == owner]
    listed = len(living) <= MOST_SECTIONS
    return Role(
        owner=owner,
        sponsor=owner == policy.owner,
        number=len(theirs),
        sections=tuple(
            OwnedSection(
                item.section.title,
                facts(item, policy, today=snapshot.as_of),
                section_url(item, url, settings),
            )
            for item in (theirs if listed else ())
        ),
        chapters=() if listed else tuple(_chapters(theirs, url, settings)),
        targets=tuple(
            OwnedTarget(
                target.name,
                target.wording,
                relative(named_url("targets", words, settings, target.id), url),
            )
            for target in policy.targets.values()
            if target.owner == owner
        ),
        mandates=tuple(
            MandateLine(row, item.section.title, section_url(item, url, settings))
            for item in living
            if item.section.metadata.mandate
            for row, given in zip(mandates(item, policy, words), item.section.metadata.mandate, strict=True)
            if owner.id in {given.role, given.beyond}
        ),
        calendar=relative(role_calendar(owner, words), url),
    )


def _chapters(items: Iterable[SectionReview], url: str, settings: SiteSettings) -> Iterator[OwnedChapter]:
    """Yield the chapters of *items*, which stand in reading order."""
    for chapter, theirs in groupby(items, key=lambda item: (item.chapter.id, item.chapter.title)):
        address = relative(page_url(chapter[0], settings), url)
        yield OwnedChapter(chapter[1], address, sum(1 for _ in theirs))

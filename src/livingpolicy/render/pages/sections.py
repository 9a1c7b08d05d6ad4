"""A section as readers meet it: what it says, how binding it is, how fresh it is and whom to tell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from livingpolicy.interval import Interval
from livingpolicy.language import Catalogue
from livingpolicy.model import (
    AnyReview,
    Kind,
    Owner,
    Policy,
    PosterText,
    SectionId,
    SectionReview,
    Snapshot,
    Status,
    TargetState,
)
from livingpolicy.render.pages.addresses import (
    anchor,
    edit_address,
    feedback_address,
    named_url,
    page_url,
    relative,
)
from livingpolicy.render.pages.outcome import Outcome, outcome
from livingpolicy.render.pages.prose import HeadingNames, Prose
from livingpolicy.render.pages.values import SiteSettings
from livingpolicy.results import Standing, standing
from livingpolicy.review import late_since, revised_on

SEEN_LATER = frozenset({Status.CURRENT, Status.DUE_SOON, Status.OVERDUE, Status.UPCOMING})
"""Statuses that a calendar alone can change, so that a page that is not rebuilt must find out."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The dates of a section or a target, and its status on the day of the build and on any later day."""

    status: Status
    due_on: date | None
    warn_on: date | None
    """The first day on which it counts as due soon."""
    late_since: date | None
    """The first day on which it is overdue."""
    effective_on: date | None
    """Its first day, when that day was still to come and no older text holds until then."""
    retired_on: date | None
    since: date | None
    """The day since which it reads as it does."""
    reviewed_on: date | None
    owner: Owner

    @property
    def statuses(self) -> tuple[Status, ...]:
        """The status of today and those that a later day may bring."""
        if self.status not in SEEN_LATER:
            return (self.status,)
        later = {self.status}
        if self.due_on:
            later |= {Status.CURRENT, Status.DUE_SOON, Status.OVERDUE}
        elif self.effective_on:
            later.add(Status.UNKNOWN)
        if self.effective_on is None:
            later.discard(Status.UPCOMING)
        return tuple(status for status in Status if status in later)


@dataclass(frozen=True, slots=True)
class MandateRow:
    """What a role may give, in words."""

    role: str
    limit: str
    beyond: str | None


@dataclass(frozen=True, slots=True)
class SectionText:
    """What a section says and how fresh it is: all that is printed of it wherever it stands whole."""

    id: SectionId
    title: str
    kind: Kind
    facts: Facts
    body: Markup
    promise: str | None
    situations: tuple[str, ...]
    steps: tuple[Markup, ...]
    mandate: tuple[MandateRow, ...]


@dataclass(frozen=True, slots=True)
class SectionView:
    """What the template of a chapter prints of a section."""

    says: SectionText
    aliases: tuple[SectionId, ...]
    figure: PosterText | None
    outcome: Outcome | None
    """How it goes with the target that the section names; None without one, or when nobody measures it."""
    review_when: tuple[str, ...]
    reason: str | None
    """Why it was retired."""
    replaced_by: tuple[str, str] | None
    """Address and title of the section that took over."""
    edit: str | None
    wrong: str | None
    """Where to say that something is wrong."""
    place: str | None
    """The section's address as `wrong` says it, when the site has not been told its own."""
    changes: str | None = None
    """Where all its changes are told; None when git knows of none."""
    landed: int | None = None
    """When the latest of them took effect, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class Sections:
    """The sections of a snapshot where they are found at once: who shows them all shall not look for each."""

    snapshot: Snapshot
    by_chapter: Mapping[SectionId, tuple[SectionReview, ...]]
    """In reading order."""
    by_id: Mapping[SectionId, SectionReview]
    measured: Mapping[str, TargetState]
    """The targets that somebody measures, by id."""

    @classmethod
    def of(cls, snapshot: Snapshot) -> Sections:
        """Return the sections of *snapshot*."""
        chapters: dict[SectionId, list[SectionReview]] = {}
        for item in snapshot.sections:
            chapters.setdefault(item.chapter.id, []).append(item)
        return cls(
            snapshot,
            {chapter: tuple(items) for chapter, items in chapters.items()},
            {item.section.id: item for item in snapshot.sections},
            {
                state.target.id: state
                for state in snapshot.targets
                if standing(state) is not Standing.UNMEASURED
            },
        )

    def in_chapter(self, chapter: SectionId) -> tuple[SectionReview, ...]:
        """Return the sections of *chapter*, in reading order."""
        return self.by_chapter.get(chapter, ())


def facts(item: AnyReview, policy: Policy, *, today: date) -> Facts:
    """Return the dates of *item*."""
    revised, begins = revised_on(item), item.effective_from
    return Facts(
        status=item.status,
        due_on=item.due_on,
        warn_on=_warn_on(policy.review.warn, item.due_on) if item.due_on else None,
        late_since=late_since(item.due_on) if item.due_on else None,
        effective_on=begins if item.status is Status.UPCOMING else None,
        retired_on=item.section.metadata.retired_on if isinstance(item, SectionReview) else None,
        since=max(revised, begins) if revised and begins and begins <= today else revised,
        reviewed_on=item.last_reviewed.reviewed_on if item.last_reviewed else None,
        owner=item.owner,
    )


@lru_cache(maxsize=1024)
def _warn_on(warn: Interval, due_on: date) -> date:
    return warn.before(due_on)


def section_text(
    item: SectionReview, snapshot: Snapshot, prose: Prose, names: HeadingNames, words: Catalogue
) -> SectionText:
    """Return what *item* says, of a retired one its dates; *names* is shared by the sections of the page."""
    section, metadata, policy = item.section, item.section.metadata, snapshot.policy
    gone = item.status is Status.RETIRED
    return SectionText(
        id=section.id,
        title=section.title,
        kind=section.kind,
        facts=facts(item, policy, today=snapshot.as_of),
        body=Markup() if gone else prose.block(section, names),
        promise=None if gone else metadata.promise,
        situations=() if gone else metadata.situations,
        steps=() if gone else tuple(prose.line(step, section) for step in metadata.steps),
        mandate=() if gone else mandates(item, policy, words),
    )


def view(
    item: SectionReview,
    sections: Sections,
    prose: Prose,
    names: HeadingNames,
    *,
    version: str,
    words: Catalogue,
) -> SectionView:
    """Return *item* as its chapter's page shows it; *names* is shared by the sections of the page."""
    section, metadata, settings = item.section, item.section.metadata, prose.settings
    gone = item.status is Status.RETIRED
    return SectionView(
        says=section_text(item, sections.snapshot, prose, names, words),
        aliases=section.aliases,
        figure=metadata.poster if metadata.poster and metadata.poster.figure and not gone else None,
        outcome=None if gone else _outcome(item, sections, prose.origin, settings, words),
        review_when=() if gone else metadata.review_when,
        reason=metadata.reason if gone else None,
        replaced_by=_successor(item, sections, prose.origin, settings),
        edit=edit_address(section.source.path, section.source.line, settings),
        wrong=None
        if gone
        else feedback_address(section, url=prose.origin, version=version, settings=settings, words=words),
        place=None if settings.address else anchor(prose.origin, section.id),
        changes=_changes(item, sections.snapshot, prose.origin, settings, words),
        landed=int(item.last_revised.landed_at.timestamp())
        if item.last_revised and item.last_revised.landed_at
        else None,
    )


def _changes(
    item: SectionReview, snapshot: Snapshot, origin: str, settings: SiteSettings, words: Catalogue
) -> str | None:
    if not snapshot.history.revisions.get(item.section.id):
        return None
    return relative(named_url("changes", words, settings, item.section.id), origin)


def _outcome(
    item: SectionReview, sections: Sections, origin: str, settings: SiteSettings, words: Catalogue
) -> Outcome | None:
    state = sections.measured.get(item.section.metadata.target or "")
    if state is None:
        return None
    return outcome(state, origin=origin, settings=settings, words=words, today=sections.snapshot.as_of)


def section_url(item: SectionReview, origin: str, settings: SiteSettings) -> str:
    """Return the way from the page *origin* to a section."""
    return relative(anchor(page_url(item.chapter.id, settings), item.section.id), origin)


def mandates(item: SectionReview, policy: Policy, words: Catalogue) -> tuple[MandateRow, ...]:
    """Return who may give what, in words."""
    return tuple(
        MandateRow(
            policy.role_name(row.role),
            f"{words.number(row.up_to)}\u00a0{row.unit}",
            policy.role_name(row.beyond) if row.beyond else None,
        )
        for row in item.section.metadata.mandate
    )


def _successor(
    item: SectionReview, sections: Sections, origin: str, settings: SiteSettings
) -> tuple[str, str] | None:
    other = sections.by_id.get(item.section.metadata.replaced_by or "")
    return None if other is None else (section_url(other, origin, settings), other.section.title)

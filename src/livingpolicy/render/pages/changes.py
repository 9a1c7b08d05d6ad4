"""What changed lately, commit by commit, as far as the history says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import islice

from livingpolicy.chronicle import Touched, chronicle
from livingpolicy.model import RevisionKind, SectionId, SectionReview, Snapshot
from livingpolicy.render.pages.sections import section_url
from livingpolicy.render.pages.values import SiteSettings
from livingpolicy.render.why import why


@dataclass(frozen=True, slots=True)
class ChangedSection:
    """One section that a commit touched."""

    title: str
    url: str | None
    """None when the section is no longer there."""
    kind: RevisionKind


@dataclass(frozen=True, slots=True)
class Change:
    """One commit as readers see it."""

    on: date
    landed: int
    """The moment in seconds since 1970."""
    subject: str
    sections: tuple[ChangedSection, ...]


def latest_changes(
    snapshot: Snapshot, *, origin: str, settings: SiteSettings, most: int
) -> tuple[Change, ...]:
    """Return the *most* latest changes, newest first; commits without a possible date are left out."""
    present = {item.section.id: item for item in snapshot.sections}
    dated = ((event, event.landed_at) for event in chronicle(snapshot))
    return tuple(
        Change(
            on=landed.date(),
            landed=int(landed.timestamp()),
            subject=why(event.commit).subject,
            sections=tuple(_section(each, present, origin, settings) for each in event.touched),
        )
        for event, landed in islice(((event, landed) for event, landed in dated if landed), most)
    )


def _section(
    touched: Touched, present: Mapping[SectionId, SectionReview], origin: str, settings: SiteSettings
) -> ChangedSection:
    item = present.get(touched.section)
    return ChangedSection(
        title=item.section.title if item else touched.revision.title,
        url=section_url(item, origin, settings) if item else None,
        kind=touched.revision.kind,
    )

"""The calendars beside the pages: one with every day, and one for each role."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Owner, Snapshot
from livingpolicy.outline import slug
from livingpolicy.render.calendar_days import CalendarDay, calendar_days
from livingpolicy.render.pages.values import SiteFile, SiteSettings

EVERYBODY = "review.ics"
"""Everybody's days, relative to the site."""


def role_calendar(owner: Owner, words: Catalogue) -> str:
    """Return where a role's calendar is, relative to the site."""
    return f"{words.text('site.path.calendar')}/{owner.id}.ics"


def calendar_files(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SiteFile]:
    """Yield the calendars. A role without anything to do has an empty one: its address stays the same."""
    policy = snapshot.policy
    words = catalogue(policy.language)
    domain = ".".join(filter(None, (slug(policy.title), slug(policy.organisation)))) or "livingpolicy"
    days = calendar_days(snapshot, settings, words)
    written = _Written(snapshot, settings, words.language, domain)
    yield written.calendar(EVERYBODY, words.text("calendar.name", policy=policy.title), days)
    for owner in policy.owners.values():
        name = words.text("calendar.name-of", policy=policy.title, owner=owner.name)
        theirs = [day for day in days if day.role in {None, owner.id}]
        yield written.calendar(role_calendar(owner, words), name, theirs)


@dataclass(frozen=True)
class _Written:
    """Calendars that share their events."""

    snapshot: Snapshot
    settings: SiteSettings
    language: str
    domain: str
    events: dict[CalendarDay, bytes] = field(default_factory=dict)
    """What has been written."""

    def calendar(self, path: str, name: str, days: Sequence[CalendarDay]) -> SiteFile:
        """Return the calendar called *name*; one that is as it was on this day is not written again."""
        about = {
            "language": self.language,
            "timezone": self.snapshot.policy.timezone,
            "made_on": self.snapshot.as_of,
            "source": urljoin(self.settings.address, path) if self.settings.address else None,
        }
        if not days:  # it shows when the clocks are changed, and the computer knows of that, not we
            return SiteFile(path, self._calendar(name, about, days))
        parts = ("calendar", name, about, self.domain, self.settings.address, days)
        return SiteFile(path, self.settings.memory.of(parts, lambda: self._calendar(name, about, days)))

    def _calendar(self, name: str, about: Mapping[str, Any], days: Iterable[CalendarDay]) -> bytes:
        from livingpolicy.render.calendar import calendar, event  # late: the library takes a while

        site, made_on = self.settings.address, self.snapshot.as_of
        for day in days:
            if day not in self.events:
                self.events[day] = event(day, made_on=made_on, domain=self.domain, site=site)
        return calendar(name, (self.events[day] for day in days), **about)

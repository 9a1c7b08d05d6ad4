"""The calendars beside the pages: one with every day, and one for each role."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from urllib.parse import urljoin

from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Owner, Snapshot
from livingpolicy.outline import slug
from livingpolicy.render.calendar_days import calendar_days
from livingpolicy.render.pages.values import SiteFile, SiteSettings

EVERYBODY = "review.ics"
"""Everybody's days, relative to the site."""


def role_calendar(owner: Owner, words: Catalogue) -> str:
    """Return where a role's calendar is, relative to the site."""
    return f"{words.text('site.path.calendar')}/{owner.id}.ics"


def calendar_files(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SiteFile]:
    """Yield the calendars. A role without anything to do has an empty one: its address stays the same."""
    from livingpolicy.render.calendar import calendar, event

    policy = snapshot.policy
    words = catalogue(policy.language)
    domain = ".".join(filter(None, (slug(policy.title), slug(policy.organisation)))) or "livingpolicy"
    days = calendar_days(snapshot, settings, words)
    events = [
        (day.role, event(day, made_on=snapshot.as_of, domain=domain, site=settings.address)) for day in days
    ]
    written = partial(calendar, language=words.language, timezone=policy.timezone, made_on=snapshot.as_of)

    name = words.text("calendar.name", policy=policy.title)
    yield SiteFile(
        EVERYBODY, written(name, (made for _, made in events), source=_published(EVERYBODY, settings))
    )
    for owner in policy.owners.values():
        path = role_calendar(owner, words)
        name = words.text("calendar.name-of", policy=policy.title, owner=owner.name)
        theirs = (made for role, made in events if role in {None, owner.id})
        yield SiteFile(path, written(name, theirs, source=_published(path, settings)))


def _published(path: str, settings: SiteSettings) -> str | None:
    return urljoin(settings.address, path) if settings.address else None

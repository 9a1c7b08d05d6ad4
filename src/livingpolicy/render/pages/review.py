"""The page of reviews: what is due, for whom and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from livingpolicy.forecast import forecast
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import AnyReview, Owner, SectionReview, Snapshot, Status
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url, relative
from livingpolicy.render.pages.health import counted_dates, tally
from livingpolicy.render.pages.outcome import target_url
from livingpolicy.render.pages.sections import Facts, facts, section_url
from livingpolicy.render.pages.values import Group, Heading, SitePage, SiteSettings
from livingpolicy.render.pages.version import version_of
from livingpolicy.review import worst_first
from livingpolicy.signals import signals

AHEAD = (30, 90)
"""Days for which each owner's load is counted."""
MOST = 150
"""Rows of the list, those that are due first: with thousands the page would be heavy and not be read."""

MOST_EARLY = 20
"""Proposals to begin early: the first ones, for the others change when these are done."""


@dataclass(frozen=True, slots=True)
class Row:
    """A section or a target in the list."""

    item: AnyReview
    facts: Facts
    url: str
    beside: str
    """The chapter of a section; of a target the word "Mål"."""


@dataclass(frozen=True, slots=True)
class OwnerLoad:
    """What a role has before it."""

    owner: Owner
    items: int
    """Sections and targets."""
    overdue: int
    ahead: tuple[int, ...]
    """How many fall due within each of `AHEAD`, the overdue ones not counted."""
    next_on: date | None
    dates: str
    """What a later day needs to count anew: `due`, or `due/due/from` when upcoming."""


@dataclass(frozen=True, slots=True)
class Month:
    """How many sections and targets fall due in a month."""

    first: date
    due: int
    share: int
    """Of the busiest month, in percent."""


def review_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the page of reviews."""
    policy = snapshot.policy
    words = catalogue(policy.language)
    url = named_url("review", words, settings)
    told = [words.message(signal) for signal in signals(snapshot)]
    living = [item for item in snapshot.items if item.status is not Status.RETIRED]
    html = (
        environment(policy.language)
        .get_template("site/review.html")
        .render(
            tally=tally(snapshot),
            rows=[
                Row(item, facts(item, policy, today=snapshot.as_of), *_place(item, url, settings, words))
                for item in worst_first(snapshot.items)[:MOST]
            ],
            later=max(0, len(snapshot.items) - MOST),
            targets=bool(snapshot.target_reviews),
            owners=_owners(living, snapshot.as_of),
            ahead=AHEAD,
            months=_months(living, snapshot.as_of),
            forecast=forecast(living, policy.review, today=snapshot.as_of),
            signals=told,
            most_early=MOST_EARLY,
            per_week=policy.review.per_week,
            as_of=snapshot.as_of,
            version=version_of(snapshot),
            history=snapshot.history.complete,
        )
    )
    everything = "items" if snapshot.target_reviews else "sections"
    headings = tuple(
        Heading(name, words.text(f"site.review.{text}"))
        for name, text in (("owners", "owners"), ("months", "months"), ("sections", everything))
    )
    if told:
        headings = (*headings, Heading("ledger", words.text("ledger.heading")))
    yield SitePage(
        url=url,
        id="review",
        title=words.text("site.review.title"),
        description=words.text("site.review.description"),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=headings,
        anchors=frozenset(heading.id for heading in headings),
        wide=True,
        group=Group.REVIEW,
    )


def _place(item: AnyReview, origin: str, settings: SiteSettings, words: Catalogue) -> tuple[str, str]:
    """Return the way from the page *origin* to *item*, and what stands beside its name."""
    if isinstance(item, SectionReview):
        return section_url(item, origin, settings), item.chapter.title
    return relative(target_url(item.id, words, settings), origin), words.text("site.review.target")


def _owners(items: Iterable[AnyReview], today: date) -> list[OwnerLoad]:
    by_owner: dict[str, list[AnyReview]] = {}
    for item in items:
        by_owner.setdefault(item.owner.id, []).append(item)
    loads = [_load(theirs, today) for theirs in by_owner.values()]
    return sorted(loads, key=lambda load: (-load.overdue, load.next_on or date.max, load.owner.name))


def _load(items: list[AnyReview], today: date) -> OwnerLoad:
    coming = sorted(item.due_on for item in items if item.due_on and item.due_on >= today)
    return OwnerLoad(
        owner=items[0].owner,
        items=len(items),
        overdue=sum(item.status is Status.OVERDUE for item in items),
        ahead=tuple(sum(day <= today + timedelta(days=days) for day in coming) for days in AHEAD),
        next_on=coming[0] if coming else None,
        dates=counted_dates(
            (item.due_on, item.due_on, item.effective_from)
            if item.status is Status.UPCOMING
            else (item.due_on,)
            for item in items
            if item.due_on
        ),
    )


def _months(items: Iterable[AnyReview], today: date) -> list[Month]:
    """Return every month from today's to the last in which something falls due."""
    due = Counter(item.due_on.replace(day=1) for item in items if item.due_on and item.due_on >= today)
    if not due:
        return []
    months = []
    first = today.replace(day=1)
    while first <= max(due):
        months.append(Month(first, due[first], round(100 * due[first] / max(due.values()))))
        first = (first + timedelta(days=31)).replace(day=1)
    return months

"""The start page: what we stand for, what we promise, where it is written and how fresh it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from livingpolicy.language import catalogue
from livingpolicy.model import Kind, PosterText, SectionReview, Snapshot, Status
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url, page_url, poster_url
from livingpolicy.render.pages.changes import latest_changes
from livingpolicy.render.pages.chapter import summary
from livingpolicy.render.pages.finder import SHOWN_ON_START, customers_first, situations
from livingpolicy.render.pages.health import Tally, longest_untouched, tally
from livingpolicy.render.pages.hours import opening_hours
from livingpolicy.render.pages.sections import section_url
from livingpolicy.render.pages.targets import glance
from livingpolicy.render.pages.values import Group, Heading, SitePage, SiteSettings
from livingpolicy.render.poster import promises

CHANGES = 4
"""How many of the latest commits the start page tells of."""


@dataclass(frozen=True, slots=True)
class ChapterLine:
    """A chapter in the list."""

    title: str
    url: str
    summary: str
    sections: int


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """A promise that stands on the poster, and where it is explained."""

    url: str
    poster: PosterText


@dataclass(frozen=True, slots=True)
class Oldest:
    """The section nobody has looked at for the longest time."""

    item: SectionReview
    url: str


@dataclass(frozen=True, slots=True)
class Health:
    """Written, used, current: only what is known."""

    chapters: int
    sections: int
    promises: int
    tally: Tally
    oldest: Oldest | None


def start_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the start page."""
    policy = snapshot.policy
    words = catalogue(policy.language)
    templates = environment(policy.language)
    in_force = [item for item in snapshot.sections if item.status not in {Status.RETIRED, Status.UPCOMING}]
    html = templates.get_template("site/start.html").render(
        promises=[
            PromiseLine(section_url(item, "", settings), item.section.metadata.poster)
            for item in promises(snapshot)
            if item.section.metadata.poster
        ],
        glance=glance(snapshot, "", settings, words),
        chapters=[
            ChapterLine(
                chapter.title,
                page_url(chapter.id, settings),
                summary(chapter),
                sum(section.id != chapter.id for section in chapter.sections),
            )
            for chapter in policy.chapters
        ],
        situations=customers_first(situations(snapshot)),
        shown=SHOWN_ON_START,
        finder_url=named_url("finder", words, settings),
        hours=opening_hours(policy, words),
        changes=latest_changes(snapshot, origin="", settings=settings, most=CHANGES),
        history=snapshot.history.complete,
        health=_health(snapshot, in_force, settings),
        as_of=snapshot.as_of,
        review_url=named_url("review", words, settings),
        changes_url=named_url("changes", words, settings),
        poster_url=poster_url(settings),
        targets_url=named_url("targets", words, settings),
    )
    contents = words.text("site.anchor.contents")
    hero = templates.get_template("site/hero.html").render(policy=policy)
    yield SitePage(
        url="",
        id="start",
        title=words.text("site.start"),
        description=policy.vision,
        html=Markup(html),  # noqa: S704  # from our escaping environment
        hero=Markup(hero),  # noqa: S704  # as above
        headings=(Heading(contents, words.text("site.chapters")),),
        anchors=frozenset({contents}),
        wide=True,
        group=Group.START,
    )


def _health(snapshot: Snapshot, in_force: list[SectionReview], settings: SiteSettings) -> Health:
    oldest = longest_untouched(in_force)
    return Health(
        chapters=len(snapshot.policy.chapters),
        sections=len(in_force),
        promises=sum(item.section.kind is Kind.PROMISE for item in in_force),
        tally=tally(snapshot),
        oldest=Oldest(oldest, section_url(oldest, "", settings)) if oldest else None,
    )

"""A chapter's page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from livingpolicy.language import catalogue
from livingpolicy.model import Chapter, SectionId, Snapshot
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import page_url
from livingpolicy.render.pages.prose import HeadingNames, Prose, first_sentence
from livingpolicy.render.pages.sections import Sections, SectionView, view
from livingpolicy.render.pages.values import Group, Heading, SitePage, SiteSettings
from livingpolicy.render.pages.version import version_of


@dataclass(frozen=True, slots=True)
class Place:
    """What a chapter is called, and where it stands among the others."""

    language: str
    id: SectionId
    title: str
    number: int
    chapters: int


_VERSION = "\0version\0"
"""Stands for the version while a page is made, for each commit has another: no text of a policy holds it."""


def chapter_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the page of every chapter, in reading order."""
    version = quote(version_of(snapshot), safe="")
    sections = Sections.of(snapshot)
    for number, chapter in enumerate(snapshot.policy.chapters, start=1):
        yield _page(chapter, number, sections, settings=settings, version=version)


def _page(
    chapter: Chapter, number: int, sections: Sections, *, settings: SiteSettings, version: str
) -> SitePage:
    """Return the page of *chapter*; *version* as an address spells it."""
    policy = sections.snapshot.policy
    words = catalogue(policy.language)
    url = page_url(chapter.id, settings)
    prose = Prose(policy, url, settings)
    names = HeadingNames.of_chapter(chapter)
    views = [
        view(item, sections, prose, names, version=_VERSION, words=words)
        for item in sections.in_chapter(chapter.id)
    ]
    lead = views.pop(0) if chapter.lead is not None else None
    place = Place(words.language, chapter.id, chapter.title, number, len(policy.chapters))
    html = settings.memory.of(("chapter", place, lead, views), lambda: _html(place, lead, views)).replace(
        quote(_VERSION), version
    )
    return SitePage(
        url=url,
        id=chapter.id,
        title=chapter.title,
        description=summary(chapter),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=tuple(Heading(shown.says.id, shown.says.title) for shown in views),
        anchors=frozenset(alias for section in chapter.sections for alias in section.aliases)
        | names.taken
        | {chapter.id},
        chapter=chapter.id,
        path=chapter.source.path,
        group=Group.POLICY,
    )


def _html(place: Place, lead: SectionView | None, sections: Sequence[SectionView]) -> str:
    """Return the chapter: its lead, then each section under its line of dates."""
    return (
        environment(place.language)
        .get_template("site/chapter.html")
        .render(place=place, lead=lead, sections=sections)
    )


def summary(chapter: Chapter) -> str:
    """Return one line on what a chapter is about; "" when it does not say."""
    if chapter.description:
        return chapter.description
    return first_sentence(chapter.lead.body) if chapter.lead else ""

"""A chapter's page."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from livingpolicy.language import catalogue
from livingpolicy.model import Chapter, Snapshot
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import page_url
from livingpolicy.render.pages.prose import HeadingNames, Prose, first_sentence
from livingpolicy.render.pages.sections import view
from livingpolicy.render.pages.values import Group, Heading, SitePage, SiteSettings
from livingpolicy.render.pages.version import version_of


def chapter_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the page of every chapter, in reading order."""
    version = version_of(snapshot)
    for chapter in snapshot.policy.chapters:
        yield chapter_page(chapter, snapshot, settings=settings, version=version)


def chapter_page(chapter: Chapter, snapshot: Snapshot, *, settings: SiteSettings, version: str) -> SitePage:
    """Return the page of *chapter*: its lead, then each section under its line of dates."""
    policy = snapshot.policy
    words = catalogue(policy.language)
    url = page_url(chapter.id, settings)
    prose = Prose(policy, url, settings)
    names = HeadingNames.of_chapter(chapter)
    views = [
        view(item, snapshot, prose, names, settings=settings, version=version, words=words)
        for item in snapshot.sections
        if item.chapter.id == chapter.id
    ]
    lead = views.pop(0) if chapter.lead is not None else None
    html = (
        environment(policy.language)
        .get_template("site/chapter.html")
        .render(
            chapter=chapter,
            number=policy.chapters.index(chapter) + 1,
            chapters=len(policy.chapters),
            lead=lead,
            sections=views,
        )
    )
    return SitePage(
        url=url,
        id=chapter.id,
        title=chapter.title,
        description=summary(chapter),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=tuple(Heading(line.item.section.id, line.item.section.title) for line in views),
        anchors=frozenset(alias for section in chapter.sections for alias in section.aliases)
        | names.taken
        | {chapter.id},
        chapter=chapter.id,
        path=chapter.source.path,
        group=Group.POLICY,
    )


def summary(chapter: Chapter) -> str:
    """Return one line on what a chapter is about; "" when it does not say."""
    if chapter.description:
        return chapter.description
    return first_sentence(chapter.lead.body) if chapter.lead else ""

"""Every page on one section: its changes and its wordings, made again only when something in them is new."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from livingpolicy.model import SectionId, Snapshot
from livingpolicy.render.archive.editions import edition_pages, standings
from livingpolicy.render.archive.events import Places
from livingpolicy.render.archive.history import history_pages
from livingpolicy.render.archive.shell import Sheet, Shell
from livingpolicy.render.pages.prose import Prose
from livingpolicy.render.pages.values import SiteFile, SiteSettings


def section_files(snapshot: Snapshot, settings: SiteSettings) -> Iterator[SiteFile]:
    """Yield the pages of every section that ever stood."""
    places, shell = Places.of(snapshot, settings), Shell(snapshot, settings)
    # Every edition lies as deep as any other, so that the way to a chapter is the same from all.
    prose = Prose(snapshot.policy, places.edition("x", "x"), settings)
    for section in places.editions:
        for url, title, html in _remembered(section, places, prose):
            yield shell.file(url, title, Markup(html))  # noqa: S704  # from our escaping environment


def _remembered(section: SectionId, places: Places, prose: Prose) -> list[tuple[str, str, str]]:
    """Return address, title and HTML of each page; from the memory, if nothing in them is new."""
    made_of = (
        "section",
        section,
        places.snapshot.history.revisions[section],
        places.present(section),
        standings(section, places),
        places.outlook,
        prose.ways_digest,
    )
    return places.settings.memory.of(made_of, lambda: [*map(_plain, _pages(section, places, prose))])


def _pages(section: SectionId, places: Places, prose: Prose) -> Iterator[Sheet]:
    # The changes come first: they compare neighbouring wordings, and what they find serves the chronicle.
    yield from history_pages(section, places)
    yield from edition_pages(section, places, prose)


def _plain(sheet: Sheet) -> tuple[str, str, str]:
    return sheet.url, sheet.title, sheet.html

"""Every page on one section: its changes and its wordings, made again only when something in them is new."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from livingpolicy.beside import begin
from livingpolicy.model import SectionId, Snapshot
from livingpolicy.render.archive.editions import edition_pages, standings
from livingpolicy.render.archive.events import Places
from livingpolicy.render.archive.history import history_pages
from livingpolicy.render.archive.shell import Sheet, Shell
from livingpolicy.render.pages.prose import Prose
from livingpolicy.render.pages.values import SiteFile, SiteSettings

FEW = 150
"""Sections whose pages are made in less time than another process takes to begin."""
OURS = 0.3
"""The part of the sections that this process makes itself, when it is done with the rest of the site."""


def section_files(snapshot: Snapshot, settings: SiteSettings) -> Iterator[SiteFile]:
    """Yield the pages of every section that ever stood."""
    shelf = _Shelf.of(snapshot, settings)
    # The last first: another process may have begun with the others.
    found = {section: shelf.pages(section) for section in reversed([*shelf.places.editions])}
    shell = Shell(snapshot, settings)
    for section in shelf.places.editions:
        for url, title, html in found[section]:
            yield shell.file(url, title, Markup(html))  # noqa: S704  # from our escaping environment


def begin_sections(snapshot: Snapshot, settings: SiteSettings, processes: int, few: int = FEW) -> None:
    """Begin to make what nobody remembers in other *processes*, if it is of more than *few* sections.

    The memory awaits it.
    """
    if not processes:
        return
    shelf, memory = _Shelf.of(snapshot, settings), settings.memory
    new = [section for section in shelf.places.editions if not memory.knows(shelf.made_of(section))]
    if len(new) <= few:
        return
    theirs = new[: -max(1, int(len(new) * OURS))]
    for number in range(processes):
        share = theirs[number::processes]
        memory.expect(map(shelf.made_of, share), begin(partial(_make, share, snapshot, settings)))


def _make(sections: Sequence[SectionId], snapshot: Snapshot, settings: SiteSettings) -> bytes:
    """Return the memory of somebody who has made the pages of *sections*."""
    memory = settings.memory.branch()
    shelf = _Shelf.of(snapshot, replace(settings, memory=memory))
    for section in sections:
        shelf.pages(section)
    return memory.write()


@dataclass(frozen=True)
class _Shelf:
    places: Places
    prose: Prose

    @classmethod
    def of(cls, snapshot: Snapshot, settings: SiteSettings) -> _Shelf:
        places = Places.of(snapshot, settings)
        # Every edition lies as deep as any other, so that the way to a chapter is the same from all.
        return cls(places, Prose(snapshot.policy, places.edition("x", "x"), settings))

    def pages(self, section: SectionId) -> list[tuple[str, str, str]]:
        """Return address, title and HTML of each page; from the memory, if nothing in them is new."""
        return self.places.settings.memory.of(
            self.made_of(section), lambda: [*map(_plain, _pages(section, self.places, self.prose))]
        )

    def made_of(self, section: SectionId) -> object:
        """Return all that the pages of *section* depend on."""
        return (
            "section",
            section,
            self.places.snapshot.history.revisions[section],
            self.places.present(section),
            standings(section, self.places),
            self.places.outlook,
            self.prose.ways_digest,
        )


def _pages(section: SectionId, places: Places, prose: Prose) -> Iterator[Sheet]:
    # The changes come first: they compare neighbouring wordings, and what they find serves the chronicle.
    yield from history_pages(section, places)
    yield from edition_pages(section, places, prose)


def _plain(sheet: Sheet) -> tuple[str, str, str]:
    return sheet.url, sheet.title, sheet.html

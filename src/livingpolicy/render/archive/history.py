"""The history of each section on pages of its own: how it came to read as it does, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from livingpolicy.chronicle import before
from livingpolicy.language import catalogue
from livingpolicy.model import Revision, RevisionKind, SectionId
from livingpolicy.render.archive.events import Places, Reason, reason
from livingpolicy.render.archive.shell import Sheet
from livingpolicy.render.archive.told import Told, told, whole
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url, up

MOST_BYTES = 70_000
MOST_WHOLE = 3
"""Changes, the newest, that can be unfolded to the whole section; of the older ones the wording is a page."""
MOST_WHOLE_BYTES = 12_000


@dataclass(frozen=True, slots=True)
class Entry:
    """A revision as its section's page prints it."""

    id: str
    landed: int | None
    why: Reason
    kind: RevisionKind
    title: str
    compared: bool
    told: Told | None
    whole: Markup | None
    edition: str | None
    """Address of the wording it brought, relative to the site."""
    since: date | None
    until: date | None
    followed: bool


def history_pages(section: SectionId, places: Places) -> Iterator[Sheet]:
    """Yield the pages of one section, under each id that it has had."""
    words = catalogue(places.snapshot.policy.language)
    template = environment(words.language).get_template("archive/section.html")
    revisions = places.snapshot.history.revisions[section]
    today = places.present(section)
    for name in (section, *places.aliases(section)):
        pages = [*_pages(_entries(section, name, revisions, places))]
        for number, page in enumerate(pages, start=1):
            url = places.history(name, number)
            html = template.render(
                title=revisions[0].title,
                chapter=today[1] if today else None,
                here=up(url) + today[0] if today else None,
                entries=page,
                root=up(url),
                changes=up(url) + named_url("changes", words, places.settings),
                newer=up(url) + places.history(name, number - 1) if number > 1 else None,
                older=up(url) + places.history(name, number + 1) if number < len(pages) else None,
            )
            yield Sheet(url, words.text("changes.of", title=revisions[0].title), html)


def _entries(
    section: SectionId, name: SectionId, revisions: Sequence[Revision], places: Places
) -> Iterator[Entry]:
    policy, memory = places.snapshot.policy, places.settings.memory
    editions = {edition.revision.commit.sha: edition for edition in places.editions[section]}
    for number, revision in enumerate(revisions):
        earlier = before(revisions, number)
        found = told(earlier, revision, policy, memory) if earlier else None
        all_of_it = None
        if earlier and found and found.gaps and number < MOST_WHOLE:
            all_of_it = whole(earlier, revision, policy, memory)
        edition = editions.get(revision.commit.sha)
        landed = revision.commit.landed_at
        yield Entry(
            id=f"c_{revision.commit.sha[:10]}",
            landed=int(landed.timestamp()) if landed and revision.kind.changes_meaning else None,
            why=reason(revision.commit),
            kind=revision.kind,
            title=revision.title,
            compared=earlier is not None,
            told=found,
            whole=all_of_it if all_of_it is not None and len(all_of_it) <= MOST_WHOLE_BYTES else None,
            edition=places.edition(name, edition.name) if edition else None,
            since=edition.since if edition else None,
            until=edition.until if edition else None,
            followed=edition.followed if edition else False,
        )


def _pages(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield the entries of each page."""
    page: list[Entry] = []
    room = MOST_BYTES
    for entry in entries:
        size = _size(entry)
        if page and size > room:
            yield page
            page, room = [], MOST_BYTES
        page.append(entry)
        room -= size
    if page:
        yield page


def _size(entry: Entry) -> int:
    body = sum(len(line) for paragraph in entry.why.paragraphs for line in paragraph)
    return 900 + body + sum(len(html) for html in (entry.told.html if entry.told else "", entry.whole or ""))

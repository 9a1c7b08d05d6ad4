"""A commit as readers meet it: why, when, and what it did to each section, ready for a template."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from markupsafe import Markup

from livingpolicy.chronicle import Event, Touched
from livingpolicy.editions import Edition, all_editions
from livingpolicy.language import catalogue
from livingpolicy.model import Commit, RevisionKind, SectionId, Snapshot
from livingpolicy.once import once
from livingpolicy.render.archive.told import Told, told
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import anchor, named_url, page_url, up
from livingpolicy.render.pages.values import SiteSettings
from livingpolicy.render.why import why

MOST_TOLD = 12
"""Sections that one commit shows word by word; of the others it names what happened."""
MOST_BYTES = 30_000
"""… and so many bytes of HTML, so that a page is never heavy."""
MOST_NAMED = 150

_ITEM = re.compile(r"\s*(?:[-*+•–]|\d{1,3}[.)])\s")
_UNPRINTABLE = re.compile(
    r"[^\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufdcf\ufdf0-\ufffd\U00010000-\U0010ffff]|[\u202a-\u202e\u2066-\u2069]"
)


@dataclass(frozen=True, slots=True)
class Reason:
    """What a commit says of itself."""

    on: date | None
    subject: str
    paragraphs: tuple[tuple[str, ...], ...]
    """Lines of each."""
    pull_request: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """A section that a commit changed."""

    section: SectionId
    title: str
    kind: RevisionKind
    url: str | None
    """Where it stands today; None when it is gone."""
    chapter: str | None
    history: str
    edition: str | None
    """The wording that the commit brought; None when it took the section away."""
    compared: bool
    """Whether there was a wording before it."""
    told: Told | None
    """None: the words are the same."""


@dataclass(frozen=True, slots=True)
class Listed:
    """Sections to which the same happened, without the words."""

    kind: RevisionKind
    items: tuple[Part, ...]
    more: int
    """How many are not named."""


@dataclass(frozen=True, slots=True)
class EventView:
    """A commit as a template prints it."""

    id: str
    landed: int | None
    """Seconds since 1970."""
    why: Reason
    parts: tuple[Part, ...]
    lists: tuple[Listed, ...]


@dataclass(frozen=True)
class Places:
    """Where everything about the past stands on a site."""

    snapshot: Snapshot
    settings: SiteSettings
    editions: Mapping[SectionId, tuple[Edition, ...]]
    _names: dict[tuple[SectionId, str], str] = field(default_factory=dict)
    _today: dict[SectionId, tuple[str, str]] = field(default_factory=dict)
    _aliases: dict[SectionId, tuple[SectionId, ...]] = field(default_factory=dict)
    _paths: dict[SectionId, str] = field(default_factory=dict)

    @classmethod
    @once  # every kind of page of the past asks
    def of(cls, snapshot: Snapshot, settings: SiteSettings) -> Places:
        """Return the places of *snapshot*."""
        made = cls(snapshot, settings, all_editions(snapshot))
        for section, found in made.editions.items():
            for edition in found:
                made._names[section, edition.revision.commit.sha] = edition.name
        for item in snapshot.sections:
            url = anchor(page_url(item.chapter.id, settings), item.section.id)
            made._today[item.section.id] = url, item.chapter.title
            made._aliases[item.section.id] = item.section.aliases
            made._paths[item.section.id] = item.section.source.path
        return made

    def present(self, section: SectionId) -> tuple[str, str] | None:
        """Return the address and the chapter's title of a section; None when it is gone."""
        return self._today.get(section)

    @property
    def outlook(self) -> tuple[object, ...]:
        """What every page of the past takes from today, besides the place of what it tells of."""
        policy = self.snapshot.policy
        roles = [(name, owner.name) for name, owner in policy.owners.items()]
        return policy.language, policy.title, roles, self.settings.folders

    def path(self, section: SectionId) -> str:
        """Return the file that a section stands in; of one that is gone, a file where it may have stood."""
        return self._paths.get(section, "policy/chapters/x.md")

    def history(self, section: SectionId, part: int = 1) -> str:
        """Return the address of all changes of a section."""
        below = section if part == 1 else f"{section}/{part}"
        return named_url("changes", catalogue(self.snapshot.policy.language), self.settings, below)

    def edition(self, section: SectionId, name: str) -> str:
        """Return the address of an edition: the same however the site calls its other pages."""
        words = catalogue(self.snapshot.policy.language)
        return f"{words.text('site.path.versions')}/{section}/{name}.html"

    def aliases(self, section: SectionId) -> tuple[SectionId, ...]:
        """Return the ids that a section had before: whoever wrote one down finds the section under it."""
        return self._aliases.get(section, ())

    def edition_of(self, touched: Touched) -> str | None:
        """Return the address of the edition that a commit brought."""
        name = self._names.get((touched.section, touched.revision.commit.sha))
        return None if name is None else self.edition(touched.section, name)

    def archive(self, period: str) -> str:
        """Return the address of the changes of a period: a year, a month, a part of it."""
        words = catalogue(self.snapshot.policy.language)
        below = f"{words.text('changes.path.archive')}/{period}"
        return named_url("changes", words, self.settings, below)


def reason(commit: Commit) -> Reason:
    """Return the words of *commit*; characters that no page can show are taken out."""
    said = why(commit)
    body = printable(said.body)
    return Reason(
        commit.landed_at.date() if commit.landed_at else None,
        " ".join(printable(said.subject).split()) or commit.sha[:10],
        tuple(tuple(_lines(each)) for each in body.split("\n\n") if each.strip()),
        said.pull_request,
    )


def _lines(paragraph: str) -> list[str]:
    """Return a paragraph as it is meant: lines that were only wrapped become one, those of a list stay."""
    found: list[str] = []
    for line in paragraph.strip().split("\n"):
        if found and not _ITEM.match(line):
            found[-1] = f"{found[-1]} {line.strip()}"
        else:
            found.append(line.strip())
    return found


def printable(text: str) -> str:
    """Return *text* without what no page can hold: control characters, halves of pairs, turned writing."""
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))


def event_id(commit: Commit) -> str:
    """Return the id under which a commit stands on a page; no id of a section has it."""
    return f"c_{commit.sha[:10]}"


def event_html(event: Event, places: Places, origin: str, *, level: int) -> Markup:
    """Return the commit in HTML for the page *origin*; *level* is that of its heading."""
    standing = [(places.present(each.section), places.edition_of(each)) for each in event.touched]
    made_of = ("event", event, standing, places.outlook, up(origin), level)
    html = places.settings.memory.of(made_of, lambda: _event_html(event, places, origin, level))
    return Markup(html)  # noqa: S704  # from our escaping environment


def _event_html(event: Event, places: Places, origin: str, level: int) -> str:
    template = environment(places.snapshot.policy.language).get_template("archive/event.html")
    return str(template.module.event(_view(event, places, origin), level))  # type: ignore[attr-defined]


def _view(event: Event, places: Places, origin: str) -> EventView:
    shown: list[Part] = []
    listed: dict[RevisionKind, list[Part]] = {}
    size = 0
    for touched in event.touched:
        part = part_of(touched, places, origin)
        fits = len(shown) < MOST_TOLD and size < MOST_BYTES
        if fits and (part.compared or len(event.touched) == 1):
            shown.append(part)
            size += len(part.told.html) if part.told else 0
        else:
            listed.setdefault(part.kind, []).append(part)
    return EventView(
        id=event_id(event.commit),
        landed=int(event.landed_at.timestamp()) if event.landed_at else None,
        why=reason(event.commit),
        parts=tuple(shown),
        lists=tuple(
            Listed(kind, tuple(listed[kind][:MOST_NAMED]), max(0, len(listed[kind]) - MOST_NAMED))
            for kind in RevisionKind
            if kind in listed
        ),
    )


def part_of(touched: Touched, places: Places, origin: str) -> Part:
    """Return what a commit did to one section, for the page *origin*."""
    today = places.present(touched.section)
    edition = places.edition_of(touched)
    root = up(origin)
    return Part(
        section=touched.section,
        title=touched.revision.title,
        kind=touched.revision.kind,
        url=root + today[0] if today else None,
        chapter=today[1] if today else None,
        history=root + places.history(touched.section),
        edition=root + edition if edition else None,
        compared=touched.before is not None,
        told=told(touched.before, touched.revision, places.snapshot.policy, places.settings.memory)
        if touched.before
        else None,
    )

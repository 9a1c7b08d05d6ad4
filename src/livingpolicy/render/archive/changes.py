"""The page of changes, and behind it every change there has been, period by period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby

from markupsafe import Markup

from livingpolicy.chronicle import Event, chronicle
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Snapshot
from livingpolicy.render.archive.events import Places, event_html
from livingpolicy.render.archive.periods import UNDATED, Period, periods, sized
from livingpolicy.render.archive.shell import Shell
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url, up
from livingpolicy.render.pages.values import Group, Heading, SiteFile, SitePage, SiteSettings

MOST_NEW = 30
"""Changes on the first page."""
NEW_BYTES = 45_000
"""… and how much room they may take beside the theme."""
MOST_BYTES = 80_000
"""How much room the changes of a page of the archive may take."""
MOST_SECTIONS = 300
"""A policy with more leads from its chapters to the changes of a section, and has no list of all."""


@dataclass(frozen=True, slots=True)
class Month:
    """The changes of a month in HTML."""

    id: str
    first: date | None
    """None: the dates are not known."""
    events: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """The way to another page."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class ChapterLinks:
    """A chapter with its sections."""

    title: str
    sections: tuple[Link, ...]


def changes_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterator[SitePage]:
    """Yield the page of the latest changes."""
    words = catalogue(snapshot.policy.language)
    url = named_url("changes", words, settings)
    places = Places.of(snapshot, settings)
    events = chronicle(snapshot)
    shown: list[Event] = []
    made: list[Markup] = []
    room = NEW_BYTES
    for event in events[:MOST_NEW]:
        fragment = event_html(event, places, url, level=3)
        if shown and len(fragment) > room:
            break
        shown.append(event)
        made.append(fragment)
        room -= len(fragment)
    months = _months(shown, made)
    html = (
        environment(words.language)
        .get_template("archive/changes.html")
        .render(
            months=months,
            history=snapshot.history.complete,
            then=up(url) + named_url("then", words, settings),
            feed=up(url) + "changes.atom",
            years=[
                Link(_year(name, words), up(url) + places.archive(name))
                for name in dict.fromkeys(
                    f"{event.landed_at:%Y}" if event.landed_at else "" for event in events
                )
                if name
            ],
            older=len(events) > len(shown),
            title=partial(_title, words=words),
            chapters=_chapters(snapshot, places, url),
        )
    )
    yield SitePage(
        url=url,
        id=words.text("site.anchor.changes"),
        title=words.text("changes.title"),
        description=words.text("changes.description"),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=tuple(Heading(month.id, _title(month.first, words)) for month in months),
        anchors=frozenset(month.id for month in months),
        wide=True,
        group=Group.REVIEW,
    )


def period_files(snapshot: Snapshot, settings: SiteSettings) -> Iterator[SiteFile]:
    """Yield the pages of the archive: every change, in the years and months it was made."""
    words = catalogue(snapshot.policy.language)
    places, shell = Places.of(snapshot, settings), Shell(snapshot, settings)
    events = chronicle(snapshot)
    # As long as the address itself is, every page of the archive lies in the same folder.
    origin = places.archive("2026")
    made = {event.commit.sha: event_html(event, places, origin, level=3) for event in events}
    laid_out = [*periods(sized(events, [len(made[event.commit.sha]) for event in events]), most=MOST_BYTES)]
    template = environment(words.language).get_template("archive/period.html")
    flat = [period for period in laid_out if period.events]
    for period in laid_out:
        url = places.archive(period.name)
        place = flat.index(period) if period.events else -1
        title = _name(period, words)
        html = template.render(
            title=title,
            months=_months(period.events, [made[event.commit.sha] for event in period.events]),
            links=[
                Link(_name(Period(name, ()), words), up(url) + places.archive(name)) for name in period.months
            ],
            newer=_way(flat[place - 1], places, url, words) if place > 0 else None,
            older=_way(flat[place + 1], places, url, words) if 0 <= place < len(flat) - 1 else None,
            changes=up(url) + named_url("changes", words, settings),
            name=partial(_title, words=words),
        )
        full = words.text("changes.of-period", period=title)
        yield shell.file(url, full, Markup(html))  # noqa: S704  # from our escaping environment


def _way(period: Period, places: Places, origin: str, words: Catalogue) -> Link:
    return Link(_name(period, words), up(origin) + places.archive(period.name))


def _months(events: Sequence[Event], made: Sequence[Markup]) -> list[Month]:
    def first(pair: tuple[Event, Markup]) -> date | None:
        landed = pair[0].landed_at
        return landed.date().replace(day=1) if landed else None

    found: dict[str, Month] = {}
    for month, group in groupby(zip(events, made, strict=True), key=first):
        name = f"m_{month:%Y-%m}" if month else "m_0"
        while name in found:  # a clock was wrong, and the month is there a second time
            name += "_"
        found[name] = Month(name, month, tuple(html for _, html in group))
    return [*found.values()]


def _title(first: date | None, words: Catalogue) -> str:
    name = words.month(first) if first else words.text("changes.no-date")
    return name[:1].upper() + name[1:]


def _name(period: Period, words: Catalogue) -> str:
    if period.month is None:
        return _year(period.name, words)
    if period.month == UNDATED:
        name = words.text("changes.no-date")
    else:
        name = words.month(date.fromisoformat(f"{period.month}-01"))
    return name if period.part == 1 else words.text("changes.part", period=name, number=period.part)


def _year(name: str, words: Catalogue) -> str:
    return words.text("changes.no-date") if name == UNDATED[:4] else name


def _chapters(snapshot: Snapshot, places: Places, origin: str) -> list[ChapterLinks]:
    if len(snapshot.policy.sections) > MOST_SECTIONS:
        return []

    def links(sections: Iterable[tuple[str, str]]) -> tuple[Link, ...]:
        known = [(section, title) for section, title in sections if section in places.editions]
        return tuple(Link(title, up(origin) + places.history(section)) for section, title in known)

    found = [
        ChapterLinks(chapter.title, links((section.id, section.title) for section in chapter.sections))
        for chapter in snapshot.policy.chapters
    ]
    today = {section.id for section in snapshot.policy.sections}
    gone = links(
        (section, history[0].revision.title)
        for section, history in places.editions.items()
        if section not in today
    )
    words = catalogue(snapshot.policy.language)
    if gone:
        found.append(ChapterLinks(words.text("changes.gone"), gone))
    return [chapter for chapter in found if chapter.sections]

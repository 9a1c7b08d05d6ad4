"""The page that tells how the policy read on any day, and what stands behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from markupsafe import Markup

from livingpolicy.editions import Edition, edition_on
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import SectionId, Snapshot
from livingpolicy.render.archive.events import Places
from livingpolicy.render.archive.shell import Shell
from livingpolicy.render.archive.told import side
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url, up
from livingpolicy.render.pages.values import Group, SiteFile, SitePage, SiteSettings

DATA = "days.js"
NAME = "livingPolicyDays"
"""The variable that the script sets: a page opened from a disk may run a script, but may fetch nothing."""
MOST_ROWS = 20_000
"""Rows of all lists together. A policy for which there would be more has one for each year, or none."""
MOST_ON_PAGE = 600
"""Sections. With more the lists would be heavy, and each section's own page tells from when to when."""


@dataclass(frozen=True, slots=True)
class Row:
    """A section in a list of what applied."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Part:
    """The sections of a chapter of today, or those that are gone."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """The last day of a month or a year in which something changed."""

    name: str
    """ "2026-05" or "2026"."""
    last: date


def then_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterator[SitePage]:
    """Yield the page on which a day is picked."""
    words = catalogue(snapshot.policy.language)
    url = named_url("then", words, settings)
    places = Places.of(snapshot, settings)
    days = _days(places.editions)
    html = (
        environment(words.language)
        .get_template("archive/then.html")
        .render(
            history=snapshot.history.complete,
            first=min(days, default=None),
            last=snapshot.as_of,
            data=up(url) + _data(words),
            version=up(url) + f"{words.text('site.path.versions')}/",
            changes=up(url) + f"{words.text('site.path.changes')}/",
            ending="/" if settings.folders else ".html",
            years=[
                (year, [(month, up(url) + _list_url(month.name, words, settings)) for month in of_year])
                for year, of_year in _by_year(_lists(places, snapshot.as_of))
            ],
        )
    )
    yield SitePage(
        url=url,
        id=words.text("site.anchor.then"),
        title=words.text("then.title"),
        description=words.text("then.description"),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        wide=True,
        group=Group.REVIEW,
    )


def then_files(snapshot: Snapshot, settings: SiteSettings) -> Iterator[SiteFile]:
    """Yield the data by which the script finds what applied on any day, and a list for each month."""
    if not snapshot.history.complete:
        return
    words = catalogue(snapshot.policy.language)
    places, shell = Places.of(snapshot, settings), Shell(snapshot, settings)
    yield SiteFile(_data(words), _script(places, words))
    template = environment(words.language).get_template("archive/month.html")
    for day in _lists(places, snapshot.as_of):
        url = _list_url(day.name, words, settings)
        title = words.text("then.on", day=words.day(day.last))
        parts = _parts(places, day.last, url, words)
        html = template.render(
            title=title,
            parts=parts,
            number=sum(len(part.rows) for part in parts),
            then=up(url) + named_url("then", words, settings),
        )
        yield shell.file(url, title, Markup(html))  # noqa: S704  # from our escaping environment


def _data(words: Catalogue) -> str:
    return f"{words.text('site.path.then')}/{DATA}"


def _list_url(name: str, words: Catalogue, settings: SiteSettings) -> str:
    return named_url("then", words, settings, name)


def _days(editions: Mapping[SectionId, Sequence[Edition]]) -> set[date]:
    """Return the days on which something began or ended."""
    both = ((each.since, each.until) for found in editions.values() for each in found)
    return {day for days in both for day in days if day is not None}


def _lists(places: Places, today: date) -> list[Day]:
    """Return the months, or the years, for which a list is made, newest first."""
    days = {day for day in _days(places.editions) if day <= today}
    months = {day.replace(day=1) for day in days}
    if len(places.editions) > MOST_ON_PAGE:
        return []
    if len(months) * len(places.editions) > MOST_ROWS:
        months = {day.replace(month=1, day=1) for day in days}
        if len(months) * len(places.editions) > MOST_ROWS:
            return []
        return [
            Day(f"{day.year}", min(date(day.year, 12, 31), today)) for day in sorted(months, reverse=True)
        ]
    return [
        Day(f"{first:%Y-%m}", min((first + timedelta(days=31)).replace(day=1) - timedelta(days=1), today))
        for first in sorted(months, reverse=True)
    ]


def _by_year(days: Sequence[Day]) -> list[tuple[str, list[Day]]]:
    years: dict[str, list[Day]] = {}
    for day in days:
        years.setdefault(day.name[:4], []).append(day)
    return list(years.items())


def _parts(places: Places, day: date, origin: str, words: Catalogue) -> list[Part]:
    rows: dict[str, list[Row]] = {}
    for section, found in places.editions.items():
        edition = edition_on(found, day)
        if edition is not None:
            today = places.present(section)
            url = up(origin) + places.edition(section, edition.name)
            chapter = today[1] if today else words.text("changes.gone")
            rows.setdefault(chapter, []).append(Row(edition.revision.title, url))
    return [Part(chapter, tuple(found)) for chapter, found in rows.items()]


def _script(places: Places, words: Catalogue) -> bytes:
    """Return every section with its chapter and its editions, newest first, as a script that sets `NAME`.

    An edition is its name, its first day and the first day without it; its title, where that is not the title
    of the newest; and the name of the first edition that reads the same, where there is an older one.
    """
    chapters: dict[str, list[object]] = {}
    for section, found in places.editions.items():
        today = places.present(section)
        title = found[0].revision.title
        told = []
        first = {side(each.revision): each.name for each in found}  # newest first: the oldest is what stays
        for each in found:
            row = [each.name, _iso(each.since), _iso(each.until)]
            other = each.revision.title if each.revision.title != title else None
            oldest = first[side(each.revision)]
            again = oldest if oldest != each.name else None
            more = [other, again] if again else [other] if other else []
            told.append([*row, *more])
        chapters.setdefault(today[1] if today else words.text("changes.gone"), []).append(
            [section, title, told]
        )
    document = {"schema": 1, "chapters": [[title, sections] for title, sections in chapters.items()]}
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return f"globalThis.{NAME}={text};\n".encode()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

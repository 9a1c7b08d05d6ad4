"""The page of the evaluation: its agenda, to print; what is tried; and what became of what was tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from livingpolicy.agenda import Agenda, agenda
from livingpolicy.language import catalogue
from livingpolicy.model import Improvement, SectionId, Snapshot
from livingpolicy.render.agenda_parts import Part, Point, opening, parts
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url, relative
from livingpolicy.render.pages.calendars import EVERYBODY
from livingpolicy.render.pages.sections import section_url
from livingpolicy.render.pages.values import Group, Heading, SitePage, SiteSettings


@dataclass(frozen=True, slots=True)
class Line:
    """A point of the agenda, and where it is explained."""

    point: Point
    url: str | None


@dataclass(frozen=True, slots=True)
class Item:
    """A part of the agenda with its links."""

    part: Part
    minutes: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Something with a page of its own."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Tried:
    """An improvement with what it refers to."""

    improvement: Improvement
    late: bool
    coming: bool
    """It has not begun yet."""
    target: Link | None
    sections: tuple[Link, ...]


def evaluation_pages(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SitePage]:
    """Yield the page of the evaluation."""
    policy = snapshot.policy
    words = catalogue(policy.language)
    url = named_url("evaluation", words, settings)
    made = agenda(snapshot)
    links = _Links(snapshot, settings, url)
    tried = [links.tried(one) for one in snapshot.improvements]
    html = (
        environment(policy.language)
        .get_template("site/evaluation.html")
        .render(
            agenda=made,
            opening=opening(made, snapshot, words)[1:],
            items=_items(made, snapshot, links),
            working=[one for one in tried if one.improvement.in_work],
            finished=sorted((one for one in tried if not one.improvement.in_work), key=_latest_first),
            calendar=relative(EVERYBODY, url),
        )
    )
    headings = tuple(Heading(name, words.text(f"evaluation.{name}")) for name in ("agenda", "work", "done"))
    yield SitePage(
        url=url,
        id="evaluation",
        title=words.text("evaluation.title"),
        description=words.text("evaluation.description"),
        html=Markup(html),  # noqa: S704  # from our escaping environment
        headings=headings,
        anchors=frozenset({heading.id for heading in headings} | {one.improvement.id for one in tried}),
        wide=True,
        group=Group.TARGETS,
    )


def _items(made: Agenda, snapshot: Snapshot, links: _Links) -> list[Item]:
    words = catalogue(snapshot.policy.language)
    return [
        Item(part, made.minutes[part.topic], tuple(Line(point, links.of(point)) for point in part.points))
        for part in parts(made, snapshot, words)
    ]


def _latest_first(one: Tried) -> int:
    check = one.improvement.check
    return -check.checked_on.toordinal() if check else 0


class _Links:
    """The ways from one page to sections and targets."""

    def __init__(self, snapshot: Snapshot, settings: SiteSettings, origin: str) -> None:
        self._sections = {item.section.id: item for item in snapshot.sections}
        self._targets = snapshot.policy.targets
        self._words = catalogue(snapshot.policy.language)
        self._settings = settings
        self._origin = origin
        self._today = snapshot.as_of

    def of(self, point: Point) -> str | None:
        if point.improvement is not None:
            return f"#{point.improvement}"
        if point.target is not None and point.target in self._targets:
            return self._target(point.target)
        item = self._sections.get(point.section or "")
        return section_url(item, self._origin, self._settings) if item else None

    def tried(self, one: Improvement) -> Tried:
        target = self._targets.get(one.target or "")
        return Tried(
            improvement=one,
            late=one.is_late(self._today),
            coming=one.started_on > self._today,
            target=Link(target.name, self._target(target.id)) if target else None,
            sections=tuple(self._section(name) for name in one.sections if name in self._sections),
        )

    def _section(self, name: SectionId) -> Link:
        item = self._sections[name]
        return Link(item.section.title, section_url(item, self._origin, self._settings))

    def _target(self, name: str) -> str:
        return relative(named_url("targets", self._words, self._settings, below=name), self._origin)

"""The policy as its editors wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from typing import TypeAlias

from livingpolicy.interval import Interval

SectionId: TypeAlias = str
"""`^[a-z0-9][a-z0-9-]{0,59}$`, unique in the whole policy, never changed."""

UNITS = ("minutes", "hours", "working-days", "days", "percent", "count", "score")
"""What a target is counted in."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """Where something is written."""

    path: str
    """Relative to the repository, always `/`-separated."""
    line: int = 1
    """1-based."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Owner:
    """A role that answers for sections; never a person."""

    id: str
    name: str
    """As it reads in a sentence: "Kundtjänstchefen"."""
    team: str | None
    contact: str | None
    """A mailbox or a telephone number of the role."""


class Kind(StrEnum):
    """How binding a section is."""

    PROMISE = "promise"
    """Customers may hold us to it."""
    RULE = "rule"
    """Staff must."""
    GUIDELINE = "guideline"
    """Staff decide."""


class Area(StrEnum):
    """What part of the customer's dealings with us a section is about."""

    OVERVIEW = "overview"
    SPEED = "speed"
    COMMUNICATION = "communication"
    FOLLOW_UP = "follow-up"
    COMPLAINTS = "complaints"
    RETENTION = "retention"
    STAFF = "staff"


class Phase(StrEnum):
    """Where in the customer's dealings with us."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"
    BETWEEN = "between"


class Channel(StrEnum):
    """How the customer reaches us."""

    PHONE = "phone"
    MAIL = "mail"
    CHAT = "chat"
    WEB = "web"
    SOCIAL = "social"
    VISIT = "visit"
    POST = "post"


@dataclass(frozen=True, slots=True)
class PosterText:
    """What a section says on the poster: a figure with its unit and text, or a statement alone."""

    text: str
    figure: str | None = None
    """At most three characters: "3", "24", "0"."""
    unit: str | None = None
    shows_value: bool = True
    """Whether the latest measured value of the section's target stands below it."""
    for_visitors: bool = False
    """Whether it may stand on a poster that visitors read."""
    value_for_visitors: bool = False
    """Whether its measured value may stand there too: only if somebody wrote so."""


@dataclass(frozen=True, slots=True)
class Mandate:
    """What a role may give without asking."""

    role: str
    up_to: float
    unit: str
    beyond: str | None
    """Owner id of the role that decides above the limit."""


@dataclass(frozen=True, slots=True)
class SectionMetadata:
    """What stands in a section's `yaml` block, with what it inherits filled in."""

    kind: Kind = Kind.GUIDELINE
    promise: str | None = None
    """As customers may read it: targets are in words here, in `situations` and in `poster`."""
    poster: PosterText | None = None
    target: str | None = None
    prints: tuple[str, ...] = ()
    """The targets that stand in words there."""
    channels: tuple[Channel, ...] = ()
    phases: tuple[Phase, ...] = ()
    areas: tuple[Area, ...] = ()
    situations: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    mandate: tuple[Mandate, ...] = ()
    review_when: tuple[str, ...] = ()
    effective_from: date | None = None
    retired_on: date | None = None
    reason: str | None = None
    """Why the section was retired."""
    replaced_by: SectionId | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The unit of dates, owners and reviews."""

    id: SectionId
    title: str
    body: str
    """Markdown below the heading and its `yaml` block, LF line ends, NFC."""
    metadata: SectionMetadata
    owner: Owner
    interval: Interval
    aliases: tuple[SectionId, ...]
    source: Source
    """The line of the heading (line 1 of the file for a chapter's lead)."""
    body_line: int
    """1-based line of the file on which `body` begins."""

    @property
    def kind(self) -> Kind:
        """How binding the section is."""
        return self.metadata.kind


@dataclass(frozen=True, slots=True)
class Chapter:
    """One Markdown file, one page of the site."""

    id: SectionId
    title: str
    description: str | None
    sections: tuple[Section, ...]
    """The text before the first `##` comes first, as a section with the chapter's id, unless it is empty."""
    source: Source

    @property
    def lead(self) -> Section | None:
        """The text before the first `##`, if there is any."""
        return self.sections[0] if self.sections and self.sections[0].id == self.id else None


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """`review:` in `policy.yml`."""

    every: Interval
    warn: Interval
    """How long before the due day a section counts as due soon."""
    grace: Interval
    """How long overdue before the nightly gate fails."""
    ceiling: Interval
    """No section may be left alone for longer than this."""
    per_week: int
    """How many sections and targets the owners can review in a week."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """When a channel is open on some days of the week, in the policy's time zone."""

    days: tuple[int, ...]
    """ISO weekdays, Monday is 1."""
    opens: str
    """`HH:MM`."""
    closes: str
    """`HH:MM`, `24:00` for midnight."""


@dataclass(frozen=True, slots=True)
class Gap:
    """What the policy leaves out on purpose; what is not named is meant as a whole."""

    areas: tuple[Area, ...]
    channels: tuple[Channel, ...]
    phases: tuple[Phase, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Colours:
    """A company's own colours as `#rrggbb`; None: ours."""

    panel: str | None = None
    """Behind the guiding words; also that of figures and rules."""
    accent: str | None = None
    """The vision, and behind statements."""
    paper: str | None = None
    ink: str | None = None


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture file below `policy/`, and what it holds."""

    path: str
    """Relative to the repository: `policy/images/logo.svg`."""
    data: bytes | None = field(default=None, repr=False)
    """None: it was not read, because only the policy's words were asked for."""


@dataclass(frozen=True, slots=True)
class PosterSettings:
    """`poster:` in `policy.yml`."""

    address: str | None
    """The short address under the QR code."""
    screen_inches: float
    distance_m: float
    """So many metres away it is to be read."""
    upright: bool = False
    """Whether the screen hangs upright."""
    colours: Colours = Colours()
    typeface: str = "bricolage-grotesque"
    """Of figures and guiding words: this one, or `hanken-grotesk`."""
    logo: Logo | None = None
    logo_dark: Logo | None = None
    """For a dark ground; None: the other one, on white."""
    hyphens: tuple[str, ...] = ()
    """Words with a hyphen wherever they may be broken: "åter-betalning"."""
    source: Source = field(default=Source("policy/policy.yml"), compare=False)


@dataclass(frozen=True, slots=True)
class PosterPlan:
    """One poster: the one that every policy has, or an entry of `posters:` in `policy.yml`."""

    name: str
    """Its place in the address; empty for the one that every policy has."""
    title: str
    settings: PosterSettings
    visitors: bool = False
    """Whether visitors read it: then only what a section allows is shown."""
    areas: tuple[Area, ...] = ()
    channels: tuple[Channel, ...] = ()
    sections: tuple[SectionId, ...] = ()
    """Chosen one by one, and shown first, in this order."""

    def takes(self, section: SectionId, areas: Iterable[Area], channels: Iterable[Channel]) -> bool:
        """Whether it chooses a section of these areas and channels; one that chooses nothing takes all."""
        if section in self.sections:
            return True
        if not self.areas and not self.channels:
            return not self.sections
        return (not self.areas or not set(self.areas).isdisjoint(areas)) and (
            not self.channels or not set(self.channels).isdisjoint(channels)
        )


TWO_MONTHS = Interval(2, "months")
"""After so long a change shows its effect, and so often the whole is evaluated, if nothing else is said."""


_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Evaluation:
    """`evaluation:` in `policy.yml`: the meeting that looks at the whole."""

    every: Interval = TWO_MONTHS
    first_on: date | None = None
    """None: nobody has said when, and no day is made up."""

    def days(self) -> Iterator[date]:
        """Yield the days of the meetings, without end; none if the first is not known.

        Each is counted from the first, so that a meeting on the 31st goes back to it after a shorter month.
        One that would fall on a weekend is held on the Monday after.
        """
        if self.first_on is None:
            return
        yield self.first_on
        for number in count(1):
            day = Interval(number * self.every.count, self.every.unit).after(self.first_on)
            yield day if day.weekday() < _SATURDAY else day + timedelta(days=7 - day.weekday())


TIME_UNITS = ("minutes", "hours", "working-days", "days")
"""The units in which something takes time."""


@dataclass(frozen=True, slots=True)
class Need:
    """What another department must do for a target to be reached."""

    department: str
    what: str
    within: float
    """If `target` is given, what that promises."""
    unit: str
    """One of `TIME_UNITS`."""
    agreed_on: date | None
    after: tuple[str, ...] = ()
    """Departments of the same target that must be done before this one can begin."""
    channel: Channel | None = None
    """In whose opening hours minutes and hours are counted; None: on the target's clock."""
    target: str | None = None
    """The target that says how long the department takes, whose own needs come before it is reached."""
    source: Source = field(default=Source("policy/targets.yml"), compare=False)


@dataclass(frozen=True, slots=True)
class Target:
    """A number to reach."""

    id: str
    name: str
    wording: str
    """What `{{ target.ID }}` prints: "inom tre minuter"."""
    at_most: float | None
    at_least: float | None
    unit: str
    clock: str | None
    share: float | None
    """Percent of cases that must be within the limit."""
    channel: Channel | None
    owner: Owner
    interval: Interval
    """How often it is asked whether the target is the right one."""
    measured: str | None
    needs: tuple[Need, ...]
    source: Source
    effective_from: date | None = None
    """The day from which it asks what it asks now; None: since git has it so."""


@dataclass(frozen=True, slots=True)
class Policy:
    """The whole, as it stands in the working tree."""

    title: str
    organisation: str
    language: str
    """`sv` or `en`."""
    timezone: str
    """IANA name."""
    vision: str
    guiding_words: tuple[str, ...]
    owner: Owner
    """Who answers for the policy as a whole, and for what names no owner of its own."""
    owners: Mapping[str, Owner]
    review: ReviewRules
    opening_hours: Mapping[Channel, tuple[OpeningHours, ...]]
    poster: PosterSettings
    chapters: tuple[Chapter, ...]
    targets: Mapping[str, Target]
    evaluation: Evaluation = Evaluation()
    country: str = "SE"
    """Whose public holidays are kept: two letters, as in ISO 3166."""
    closed_days: tuple[date, ...] = ()
    """Days on which the company is closed, beside the public holidays."""
    not_covered: tuple[Gap, ...] = ()
    """What it leaves out on purpose."""
    synonyms: tuple[tuple[str, ...], ...] = ()
    """Groups of words and short phrases that mean the same to whoever searches."""
    more_posters: tuple[PosterPlan, ...] = ()
    """Those under `posters:`, as they are written."""

    @property
    def posters(self) -> tuple[PosterPlan, ...]:
        """Every poster, the one that every policy has first."""
        return (PosterPlan("", self.title, self.poster), *self.more_posters)

    @property
    def sections(self) -> tuple[Section, ...]:
        """Every section in reading order."""
        return tuple(section for chapter in self.chapters for section in chapter.sections)

    def role_name(self, role: str) -> str:
        """Return what a role is called: one that answers for nothing has no name but its word."""
        return self.owners[role].name if role in self.owners else role[:1].upper() + role[1:]

    def current_id(self, name: SectionId) -> SectionId:
        """Return the id of the section called *name*, which may be one that it had before."""
        return next((section.id for section in self.sections if name in section.aliases), name)

"""The files and blocks that an editor writes, key by key. What follows from several keys is in `validate`."""

# ruff: noqa: RUF009 - required() and optional() declare fields, as dataclasses.field() does

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from livingpolicy.interval import Interval
from livingpolicy.model import (
    TIME_UNITS,
    TWO_MONTHS,
    UNITS,
    Area,
    Benefit,
    Channel,
    Criterion,
    Decision,
    Kind,
    Outcome,
    Phase,
)
from livingpolicy.schema.fields import (
    ADDRESS,
    COLOUR,
    COUNTRY,
    DAY,
    DAYS,
    FIGURE,
    HYPHENED,
    ID,
    INTERVAL,
    LOGO,
    TEXT,
    TIME,
    TIMEZONE,
    TITLE,
    flag,
    member,
    number,
    one_or_several,
    several,
    table,
    text,
    word,
)  # fmt: skip
from livingpolicy.schema.mapping import nested, optional, required

CHANNELS = several(member(Channel))
PHASES = several(member(Phase))
AREAS = several(member(Area))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerEntry:
    """A role that answers for sections."""

    name: str = required(text(60))
    team: str | None = optional(text(60))
    contact: str | None = optional(text(100))


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewEntry:
    """How often sections are reviewed, and when the gate speaks up."""

    every: Interval = optional(INTERVAL, Interval(12, "months"))
    warn: Interval = optional(INTERVAL, Interval(30, "days"))
    grace: Interval = optional(INTERVAL, Interval(14, "days"))
    ceiling: Interval = optional(INTERVAL, Interval(24, "months"))
    per_week: int = optional(number(1, 1000, whole=True), 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursEntry:
    """When a channel is open on some days of the week."""

    days: tuple[int, ...] = required(DAYS)
    opens: str = required(TIME, key="from")
    closes: str = required(TIME, key="to")


@dataclass(frozen=True, slots=True, kw_only=True)
class GapEntry:
    """What the policy leaves out on purpose. What is not named is meant as a whole."""

    areas: tuple[Area, ...] = optional(AREAS, ())
    channels: tuple[Channel, ...] = optional(CHANNELS, ())
    phases: tuple[Phase, ...] = optional(PHASES, ())
    reason: str = required(TEXT)


INCHES = number(10, 200)
METRES = number(0.5, 50)
HANGS = word("landscape", "portrait")


@dataclass(frozen=True, slots=True, kw_only=True)
class ColoursEntry:
    """The company's colours; what cannot be read is made darker or lighter, with a warning."""

    panel: str | None = optional(COLOUR)
    accent: str | None = optional(COLOUR)
    paper: str | None = optional(COLOUR)
    ink: str | None = optional(COLOUR)


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterSettingsEntry:
    """The poster on the office screen."""

    address: str | None = optional(ADDRESS)
    screen_inches: float = optional(INCHES, 55.0)
    distance_m: float = optional(METRES, 4.0)
    format: str = optional(HANGS, "landscape")
    colours: ColoursEntry = optional(nested(ColoursEntry), ColoursEntry())
    typeface: str = optional(word("bricolage-grotesque", "hanken-grotesk"), "bricolage-grotesque")
    logo: str | None = optional(LOGO)
    logo_dark: str | None = optional(LOGO)
    hyphens: tuple[str, ...] = optional(several(HYPHENED), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class MorePosterEntry:
    """A poster of its own, with some of the promises; what is not given is as under `poster`."""

    title: str = required(text(30))
    audience: str = required(word("staff", "visitors"))
    areas: tuple[Area, ...] = optional(AREAS, ())
    channels: tuple[Channel, ...] = optional(CHANNELS, ())
    sections: tuple[str, ...] = optional(several(ID), ())
    address: str | None = optional(ADDRESS)
    screen_inches: float | None = optional(INCHES)
    distance_m: float | None = optional(METRES)
    format: str | None = optional(HANGS)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationEntry:
    """The meeting that looks at the whole: how often, and when it was held first."""

    every: Interval = optional(INTERVAL, TWO_MONTHS)
    first_on: date | None = optional(DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyFile:
    """The settings of the policy."""

    title: str = required(TITLE)
    organisation: str = required(TITLE)
    language: str = required(word("sv", "en"))
    timezone: str = required(TIMEZONE)
    vision: str = required(text(100, words=8))
    guiding_words: tuple[str, ...] = required(several(text(16), least=3, most=5))
    owner: str = required(ID)
    owners: Mapping[str, OwnerEntry] = required(table(ID, nested(OwnerEntry), least=1))
    review: ReviewEntry = optional(nested(ReviewEntry), ReviewEntry())
    opening_hours: Mapping[Channel, tuple[HoursEntry, ...]] | None = optional(
        table(member(Channel), several(nested(HoursEntry)))
    )
    poster: PosterSettingsEntry = optional(nested(PosterSettingsEntry), PosterSettingsEntry())
    posters: Mapping[str, MorePosterEntry] | None = optional(table(ID, nested(MorePosterEntry)))
    evaluation: EvaluationEntry = optional(nested(EvaluationEntry), EvaluationEntry())
    chapters: tuple[str, ...] | None = optional(several(ID))
    channels: tuple[Channel, ...] = optional(CHANNELS, ())
    phases: tuple[Phase, ...] = optional(PHASES, ())
    areas: tuple[Area, ...] = optional(AREAS, ())
    country: str = optional(COUNTRY, "SE")
    closed_days: tuple[date, ...] = optional(several(DAY), ())
    not_covered: tuple[GapEntry, ...] = optional(several(nested(GapEntry)), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class ChapterFront:
    """The front matter of a chapter."""

    id: str | None = optional(ID)
    title: str = required(TITLE)
    owner: str | None = optional(ID)
    review_every: Interval | None = optional(INTERVAL)
    channels: tuple[Channel, ...] | None = optional(CHANNELS)
    phases: tuple[Phase, ...] | None = optional(PHASES)
    areas: tuple[Area, ...] | None = optional(AREAS)
    description: str | None = optional(text(300))


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterEntry:
    """What the section says on the poster."""

    figure: str | None = optional(FIGURE)
    unit: str | None = optional(text(9))
    text: str = required(text(42, words=7))
    value: str | None = optional(word("shown", "hidden"))
    visitors: bool = optional(flag(), False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MandateEntry:
    """What a role may give without asking."""

    role: str = required(ID)
    up_to: float = required(number(0, 1e12))
    unit: str = required(text(30))
    beyond: str | None = optional(ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionBlock:
    """The metadata of a section."""

    kind: Kind = optional(member(Kind), Kind.GUIDELINE)
    promise: str | None = optional(text(300))
    poster: PosterEntry | None = optional(nested(PosterEntry))
    target: str | None = optional(ID)
    other_numbers: tuple[str, ...] = optional(several(text(60)), ())
    owner: str | None = optional(ID)
    review_every: Interval | None = optional(INTERVAL)
    channels: tuple[Channel, ...] | None = optional(CHANNELS)
    phases: tuple[Phase, ...] | None = optional(PHASES)
    areas: tuple[Area, ...] | None = optional(AREAS)
    situations: tuple[str, ...] = optional(several(TEXT), ())
    steps: tuple[str, ...] = optional(several(TEXT), ())
    mandate: tuple[MandateEntry, ...] = optional(several(nested(MandateEntry)), ())
    review_when: tuple[str, ...] = optional(several(TEXT), ())
    effective_from: date | None = optional(DAY)
    retired_on: date | None = optional(DAY)
    reason: str | None = optional(TEXT)
    replaced_by: str | None = optional(ID)
    aliases: tuple[str, ...] = optional(several(ID), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedEntry:
    """What another department must do for a target to be reached."""

    department: str = required(TITLE)
    what: str = required(TEXT)
    within: float | None = optional(number(0, 1e9))
    unit: str | None = optional(word(*TIME_UNITS))
    agreed_on: date | None = optional(DAY)
    after: tuple[str, ...] = optional(one_or_several(TITLE), ())
    channel: Channel | None = optional(member(Channel))
    target: str | None = optional(ID)


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetEntry:
    """A number to reach."""

    name: str = required(TITLE)
    wording: str = required(TITLE)
    at_most: float | None = optional(number(0, 1e9))
    at_least: float | None = optional(number(0, 1e9))
    unit: str = required(word(*UNITS))
    clock: str | None = optional(word("opening-hours", "around-the-clock"))
    share: float | None = optional(number(1, 100))
    channel: Channel | None = optional(member(Channel))
    owner: str | None = optional(ID)
    review_every: Interval | None = optional(INTERVAL)
    measured: str | None = optional(word("daily", "weekly", "monthly", "quarterly", "yearly"))
    effective_from: date | None = optional(DAY)
    needs: tuple[NeedEntry, ...] = optional(several(nested(NeedEntry)), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class ImprovementEntry:
    """A problem, what is done about it, and how that turned out."""

    problem: str = required(text(300))
    criteria: tuple[Criterion, ...] = optional(several(member(Criterion)), ())
    why: str | None = optional(TEXT)
    action: str = required(TEXT)
    target: str | None = optional(ID)
    sections: tuple[str, ...] = optional(several(ID), ())
    owner: str = required(ID)
    started_on: date = required(DAY)
    effect_check_on: date | None = optional(DAY)
    checked_on: date | None = optional(DAY)
    result: Benefit | None = optional(member(Benefit))
    result_note: str | None = optional(TEXT)
    decision: Decision | None = optional(member(Decision))
    reason: str | None = optional(TEXT)


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerEntry:
    """A person looked, and wrote down what was checked. Names either a section or a target."""

    section: str | None = optional(ID)
    target: str | None = optional(ID)
    reviewed_on: date = required(DAY)
    by: str = required(ID)
    checked: str = required(TEXT)
    outcome: Outcome = required(member(Outcome))
    note: str | None = optional(TEXT)

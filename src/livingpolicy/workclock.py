"""When time passes: opening hours, working days, public holidays, and nights on which the clocks are changed.

A promise and what it waits for are counted in one of four units. *Minutes* and *hours* run: around the clock
they are real time, so a night on which the clocks are put forward does not shorten them; on opening hours
they stand still while the channel is closed. *Days* and *working days* are counted as people count them: the
day on which something begins is not counted, and the whole of the last one is. A day that is a public holiday
has the opening hours of a Sunday, and no work is done on it.

No files, no git, no clock. The calendar of holidays is a library's, imported when a year is asked for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from livingpolicy.model import TIME_UNITS, Channel, OpeningHours, Policy

SECONDS: Mapping[str, int] = {"minutes": 60, "hours": 3600}
"""The units that run, in seconds."""
DAYS = frozenset(TIME_UNITS) - frozenset(SECONDS)
"""The units that are counted day by day."""

FARTHEST = 3660
"""Days ahead that are looked at. What takes longer than ten years is not going to happen."""

STEP = timedelta(hours=1)
"""How close to each other the moments are at which `starts` lets something begin."""
LATE = timedelta(minutes=10)
"""How long before closing the last of them is."""

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked, and where their midnights are."""

    timezone: str
    """IANA name."""
    country: str = "SE"
    """Two letters, as in ISO 3166."""
    language: str = "sv"
    """In which the holidays are named, if the library can."""
    closed_days: frozenset[date] = frozenset()
    """Days on which the company itself is closed."""

    def holiday(self, day: date) -> str | None:
        """Return the name of the public holiday on *day*, None when there is none.

        Sweden's Midsummer, Christmas and New Year's Eves are among them. They are no holidays by law, but
        nobody works, and the law on time limits (1930:173) counts them as holidays.
        """
        return _holidays(self.country, self.language, day.year)[0].get(day)

    def is_working(self, day: date) -> bool:
        """Whether work is done on *day*: it is neither in a weekend, nor a holiday, nor closed."""
        named, weekend = _holidays(self.country, self.language, day.year)
        return day.weekday() not in weekend and day not in named and day not in self.closed_days

    def is_weekday(self, day: date) -> bool:
        """Whether *day* is no part of the weekend, worked or not."""
        return day.weekday() not in _holidays(self.country, self.language, day.year)[1]

    def begins(self, day: date) -> int:
        """Return when *day* begins, in seconds since 1970."""
        return int(datetime.combine(day, time(), ZoneInfo(self.timezone)).timestamp())

    def day(self, second: int) -> date:
        """Return the day that *second* belongs to. Midnight is the end of a day, not the beginning of one."""
        return self.moment(second - 1).date()

    def moment(self, second: int) -> datetime:
        """Return *second* as people read it."""
        return datetime.fromtimestamp(second, ZoneInfo(self.timezone))


@dataclass(frozen=True, slots=True)
class _Year:
    """What passes in a year, for looking up in sorted lists."""

    opens: list[int]
    closes: list[int]
    before: list[int]
    """How many seconds have passed in the year when each span opens, and after the last one."""
    counted: Mapping[str, list[int]]
    """For each unit of `DAYS` the days that are counted, as ordinals."""

    def passed(self, second: int) -> int:
        """Return how many seconds have passed in the year at *second*."""
        place = bisect_right(self.closes, second)
        return self.before[place] + (max(0, second - self.opens[place]) if place < len(self.opens) else 0)


@dataclass(frozen=True, slots=True)
class WorkClock:
    """What makes time pass."""

    calendar: Calendar
    hours: tuple[OpeningHours, ...] | None = None
    """The channel's opening hours; None: around the clock. Without any the clock stands still for ever."""
    _years: dict[int, _Year] = field(default_factory=dict, compare=False, repr=False)

    def open(self, day: date) -> tuple[tuple[int, int], ...]:
        """Return from when to when time passes on *day*, in seconds since 1970."""
        return tuple(self._spans(day))

    def year(self, year: int) -> _Year:
        """Return what passes in a year, looked up once."""
        if year not in self._years:
            self._years[year] = _year(self, year)
        return self._years[year]

    def counts(self, day: date, unit: str) -> bool:
        """Whether *day* is counted, when *unit* is one of `DAYS`.

        A working day is one for the country. A day is any day; on opening hours, one on which it is open.
        """
        if unit == "working-days":
            return self.calendar.is_working(day)
        return self.hours is None or bool(self.open(day))

    def _spans(self, day: date) -> Iterator[tuple[int, int]]:
        calendar = self.calendar
        if self.hours is None:
            yield calendar.begins(day), calendar.begins(day + _ONE_DAY)
            return
        if day in calendar.closed_days:
            return
        # On a holiday the hours of a Sunday apply, as the sign on the door says.
        weekday = 7 if calendar.holiday(day) else day.isoweekday()
        ends = 0
        for one in sorted(self.hours, key=lambda each: each.opens):
            if weekday in one.days:
                begins = max(ends, self._second(day, one.opens, last=False))
                ends = max(ends, self._second(day, one.closes, last=True))
                if begins < ends:
                    yield begins, ends

    def _second(self, day: date, at: str, *, last: bool) -> int:
        """Return when it is *at* on *day*; the last time, if the clocks are put back and it is so twice."""
        if at == "24:00":
            return self.calendar.begins(day + _ONE_DAY)
        wall = datetime.combine(day, time.fromisoformat(at), ZoneInfo(self.calendar.timezone))
        times = [int(wall.replace(fold=fold).timestamp()) for fold in (0, 1)]
        return max(times) if last else times[0]


@dataclass(frozen=True, slots=True)
class Stretch:
    """How long something takes, from a moment to another."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """Real time, whatever the clocks were changed to in between."""
        return self.end.astimezone(UTC) - self.start.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Clocks:
    """Every clock of a policy."""

    calendar: Calendar
    hours: tuple[tuple[Channel, tuple[OpeningHours, ...]], ...] = ()
    """The channels whose opening hours are written down."""

    def clock(self, name: str | None, channel: Channel | None, unit: str) -> WorkClock | None:
        """Return the clock called *name* on which *unit* is counted; None: the *channel*'s hours are unknown.

        Without a name time passes around the clock. Working days are the same whatever the clock.
        """
        if name != "opening-hours" or unit == "working-days":
            return _clock(self.calendar, None)
        hours = dict(self.hours).get(channel) if channel else None
        return _clock(self.calendar, hours) if hours else None


def clocks_of(policy: Policy) -> Clocks:
    """Return the clocks that the policy's settings make."""
    closed = frozenset(policy.closed_days)
    calendar = Calendar(policy.timezone, policy.country, policy.language, closed)
    return Clocks(calendar, tuple(policy.opening_hours.items()))


def deadline(start: datetime, amount: float, unit: str, clock: WorkClock) -> datetime | None:
    """Return when *amount* of *unit* has passed since *start*, None if that takes more than ten years.

    At midnight a day has ended: a deadline of two days from Monday is the midnight after Wednesday. No days
    at all are the rest of the day, or of the next that is counted.

    Raises:
        ValueError: *start* has no time zone, *unit* is no time, *amount* is negative or half a day.
    """
    if start.tzinfo is None or unit not in TIME_UNITS or amount < 0:
        raise ValueError(f"{amount} {unit} from {start}")
    if unit in DAYS and amount != int(amount):
        raise ValueError(f"{amount} {unit}: days are counted whole")
    second = _second_of(start)
    end = _day_after(second, int(amount), unit, clock) if unit in DAYS else _run(second, amount, unit, clock)
    return None if end is None else clock.calendar.moment(end)


def elapsed(start: datetime, end: datetime, unit: str, clock: WorkClock) -> float:
    """Return how much of *unit* passes from *start* to *end*, 0 if that is the earlier one.

    Days are whole: the least number whose deadline is not before *end*. The inverse of `deadline`.

    Raises:
        ValueError: *start* or *end* has no time zone, or *unit* is no time.
    """
    if start.tzinfo is None or end.tzinfo is None or unit not in TIME_UNITS:
        raise ValueError(f"{unit} from {start} to {end}")
    begins, ends = _second_of(start), _second_of(end)
    if ends <= begins:
        return 0
    calendar = clock.calendar
    if unit in SECONDS:
        if clock.hours is None:
            return (ends - begins) / SECONDS[unit]
        years = range(calendar.moment(begins).year, calendar.moment(ends).year + 1)
        return (
            sum(clock.year(one).passed(ends) - clock.year(one).passed(begins) for one in years)
            / SECONDS[unit]
        )
    first, last = calendar.day(begins), calendar.day(ends)
    if last == first:
        return 0
    if unit == "days" and clock.hours is None:
        return (last - first).days
    counted = 0
    for year in range(first.year, last.year + 1):
        days = clock.year(year).counted[unit]
        counted += bisect_right(days, last.toordinal()) - bisect_right(days, first.toordinal())
    return counted + (not clock.counts(last, unit))


def starts(clock: WorkClock, first: date, last: date) -> Iterator[datetime]:
    """Yield moments from *first* to *last* at which something may begin, in order.

    While the channel is open: when it opens, every hour, and ten minutes before it closes. At midnight
    nothing begins, for nobody could say on which day.
    """
    step, late = int(STEP.total_seconds()), int(LATE.total_seconds())
    for day in _days(first, last):
        midnight = clock.calendar.begins(day)
        for opens, closes in clock.open(day):
            moments = {*range(opens, closes - late, step), max(opens, closes - late)} - {midnight}
            yield from map(clock.calendar.moment, sorted(moments))


def worst_case(amount: float, unit: str, clock: WorkClock, first: date, last: date) -> Stretch | None:
    """Return the longest that *amount* of *unit* can take, beginning from *first* to *last*; the first such.

    None when the clock stands still.
    """
    found: Stretch | None = None
    for start in starts(clock, first, last):
        end = deadline(start, amount, unit, clock)
        if end is not None and (found is None or Stretch(start, end).length > found.length):
            found = Stretch(start, end)
    return found


def countries() -> Mapping[str, str]:
    """Return the countries whose holidays are known: two letters, and the name in English."""
    from holidays.registry import COUNTRIES

    return {names[1]: key.replace("_", " ").title() for key, names in COUNTRIES.items()}


@lru_cache(maxsize=32)  # so that a clock remembers the days that it has looked up
def _clock(calendar: Calendar, hours: tuple[OpeningHours, ...] | None) -> WorkClock:
    return WorkClock(calendar, hours)


def _run(second: int, amount: float, unit: str, clock: WorkClock) -> int | None:
    left = round(amount * SECONDS[unit])
    latest = second + FARTHEST * 86400
    if clock.hours is None or left == 0:
        return second + left if second + left <= latest else None
    first = clock.calendar.moment(second).year
    for year in range(first, clock.calendar.moment(latest).year + 1):
        known = clock.year(year)
        wanted = known.passed(second) + left
        if wanted <= known.before[-1]:
            place = bisect_left(known.before, wanted) - 1
            end = known.opens[place] + wanted - known.before[place]
            return end if end <= latest else None
        left = wanted - known.before[-1]
    return None


def _day_after(second: int, amount: int, unit: str, clock: WorkClock) -> int | None:
    day = clock.calendar.day(second)
    if amount == 0 and clock.counts(day, unit):
        return clock.calendar.begins(day + _ONE_DAY)
    left, latest = max(amount, 1), day + timedelta(days=FARTHEST)
    if unit == "days" and clock.hours is None:
        return clock.calendar.begins(day + timedelta(days=left) + _ONE_DAY) if left <= FARTHEST else None
    for year in range(day.year, latest.year + 1):
        days = clock.year(year).counted[unit]
        place = bisect_right(days, day.toordinal()) + left - 1
        if place < len(days):
            end = date.fromordinal(days[place])
            return clock.calendar.begins(end + _ONE_DAY) if end <= latest else None
        left = place - len(days) + 1
    return None


def _year(clock: WorkClock, year: int) -> _Year:
    days = list(_days(date(year, 1, 1), date(year, 12, 31)))
    spans = [span for day in days for span in clock.open(day)] if clock.hours is not None else []
    before = [0]
    for opens, closes in spans:
        before.append(before[-1] + closes - opens)
    counted = {unit: [day.toordinal() for day in days if clock.counts(day, unit)] for unit in DAYS}
    return _Year([opens for opens, _ in spans], [closes for _, closes in spans], before, counted)


def _days(first: date, last: date) -> Iterator[date]:
    """Yield every day from *first* to *last*, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _second_of(moment: datetime) -> int:
    return int(moment.timestamp())


@lru_cache(maxsize=64)
def _holidays(country: str, language: str, year: int) -> tuple[Mapping[date, str], frozenset[int]]:
    """Return the holidays of a year with their names, and the weekdays (Monday is 0) of the weekend."""
    from holidays import country_holidays

    known = country_holidays(country)
    categories = tuple({"public", "de_facto"} & set(known.supported_categories))
    named = (each for each in known.supported_languages if each.startswith(language))
    found = country_holidays(country, years=year, categories=categories, language=next(named, None))
    return dict(found.items()), frozenset(found.weekend)

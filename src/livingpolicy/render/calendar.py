"""Days as iCalendar files (RFC 5545, RFC 7986) to subscribe to.

`SEQUENCE` counts what moved a day; of two versions with the same one the later `DTSTAMP` holds (RFC 5546).
The library writes each line, escaped and folded. Its components would do that too, in five times the time:
with a thousand sections that is seconds of every build.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from urllib.parse import urljoin

from icalendar import Timezone, vDate, vDatetime, vInt, vText, vUri
from icalendar.parser import Contentline, Parameters

from livingpolicy.render.calendar_days import CalendarDay

ONCE_A_DAY = "P1D"
"""How often a subscriber asks again."""


def event(day: CalendarDay, *, made_on: date, domain: str, site: str | None) -> bytes:
    """Return *day* as an event that lasts all of it.

    Args:
        day: What, and when.
        made_on: The day of the snapshot: two calendars of the same commit and day are the same bytes.
        domain: Makes the event's id another than that of the same section in another policy.
        site: Address of the site, ending in `/`; None: it is not known, and nothing is linked.
    """
    lines = [
        _text("BEGIN", "VEVENT"),
        _text("UID", f"{day.key}@{domain}"),
        _moment("DTSTAMP", datetime.combine(made_on, time(), UTC)),
        _day("DTSTART", day.on),
        _day("DTEND", day.on + timedelta(days=1)),
        _line("SEQUENCE", vInt(day.sequence)),
    ]
    if day.changed_at is not None:
        lines.append(_moment("LAST-MODIFIED", day.changed_at))
    lines += [_text("SUMMARY", day.summary), _text("DESCRIPTION", day.what)]
    if site is not None:
        lines.append(_line("URL", vUri(urljoin(site, day.page))))
    # The last day for something keeps nobody from other appointments.
    lines += [_text("TRANSP", "TRANSPARENT"), _text("END", "VEVENT")]
    return b"".join(lines)


def calendar(
    name: str, events: Iterable[bytes], *, language: str, timezone: str, made_on: date, source: str | None
) -> bytes:
    """Return the calendar called *name*.

    Args:
        name: What a subscriber sees in the list of calendars.
        events: What `event` returned.
        language: Of the texts: `sv` or `en`.
        timezone: IANA name of the policy's time zone.
        made_on: The day of the snapshot.
        source: Where the calendar is published; None when that is not known.
    """
    lines = [
        _text("BEGIN", "VCALENDAR"),
        _text("VERSION", "2.0"),
        _text("PRODID", f"-//Living Policy//livingpolicy//{language.upper()}"),
        _text("CALSCALE", "GREGORIAN"),
        _text("METHOD", "PUBLISH"),
        _text("NAME", name),
        _text("X-WR-CALNAME", name),
        _line("REFRESH-INTERVAL", vText(ONCE_A_DAY), VALUE="DURATION"),
        _text("X-PUBLISHED-TTL", ONCE_A_DAY),
    ]
    if source is not None:
        lines.append(_line("SOURCE", vUri(source), VALUE="URI"))
    # A calendar must hold something; whoever has nothing to do may have subscribed all the same.
    lines.append(b"".join(events) or _zone(timezone, made_on.year))
    return b"".join([*lines, _text("END", "VCALENDAR")])


# Many events share a chapter, an owner, a day: their lines are the same, and folding is slow.
@lru_cache(maxsize=1024)
def _text(name: str, text: str) -> bytes:
    return _line(name, vText(text))


@lru_cache(maxsize=1024)
def _day(name: str, day: date) -> bytes:
    return _line(name, vDate(day), VALUE="DATE")


@lru_cache(maxsize=1024)
def _moment(name: str, moment: datetime) -> bytes:
    return _line(name, vDatetime(moment))


def _line(name: str, value: object, **parameters: str) -> bytes:
    line: bytes = Contentline.from_parts(name, Parameters(parameters), value).to_ical()
    return line + b"\r\n"


def _zone(timezone: str, year: int) -> bytes:
    zone: bytes = Timezone.from_tzid(
        timezone, first_date=date(year, 1, 1), last_date=date(year + 1, 1, 1)
    ).to_ical()
    return zone

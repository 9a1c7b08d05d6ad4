"""A strict reader of RFC 5545, written from the grammar and independent of the library that writes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, datetime

LONGEST = 75
"""Octets of a line, without its end."""
_NAME = r"[A-Za-z0-9-]+"
_QUOTED = r'"[^"\x00-\x08\x0a-\x1f\x7f]*"'
_PLAIN = r'[^";:,\x00-\x08\x0a-\x1f\x7f]*'
_LINE = re.compile(
    rf"(?P<name>{_NAME})(?P<parameters>(?:;{_NAME}=(?:{_QUOTED}|{_PLAIN})(?:,(?:{_QUOTED}|{_PLAIN}))*)*):(?P<value>.*)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)|\\$", re.DOTALL)
_UTC = re.compile(r"[0-9]{8}T[0-9]{6}Z")
_DAY = re.compile(r"[0-9]{8}")

TEXTS = {"SUMMARY", "DESCRIPTION", "UID", "NAME", "X-WR-CALNAME", "PRODID", "X-PUBLISHED-TTL", "COMMENT"}
AT_MOST_ONCE = {
    "UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE", "SUMMARY", "DESCRIPTION", "URL", "TRANSP",
    "LAST-MODIFIED", "PRODID", "VERSION", "METHOD", "CALSCALE", "REFRESH-INTERVAL", "SOURCE",
}  # fmt: skip
NEEDED = {"VCALENDAR": {"PRODID", "VERSION"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"}}


@dataclass(frozen=True)
class Property:
    """A content line."""

    name: str
    parameters: dict[str, str]
    value: str
    """Of a text, as it is meant: without escapes."""


@dataclass
class Component:
    """What stands between BEGIN and END."""

    name: str
    properties: list[Property] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)

    def get(self, name: str) -> Property | None:
        """Return the property of that name; there is one at most."""
        found = [one for one in self.properties if one.name == name]
        assert len(found) <= 1, name
        return found[0] if found else None

    def __getitem__(self, name: str) -> str:
        """Return the value of a property that is there."""
        found = self.get(name)
        assert found is not None, name
        return found.value


def read(data: bytes) -> Component:
    """Return the calendar, or fail at the first thing that the standard does not allow."""
    calendar, rest = _component(unfolded(data))
    assert not rest, "something follows the calendar"
    assert calendar.name == "VCALENDAR"
    assert calendar["VERSION"] == "2.0"
    assert calendar.components, "a calendar holds at least one component"
    uids = [event["UID"] for event in events(calendar)]
    assert len(set(uids)) == len(uids), "an id twice"
    for event in events(calendar):
        _check(event)
    return calendar


def events(calendar: Component) -> list[Component]:
    """Return the events of a calendar."""
    return [one for one in calendar.components if one.name == "VEVENT"]


def day(event: Component, name: str = "DTSTART") -> date:
    """Return the whole day of a property."""
    found = event.get(name)
    assert found is not None
    assert found.parameters == {"VALUE": "DATE"}
    assert _DAY.fullmatch(found.value)
    return date.fromisoformat(found.value)


def moment(event: Component, name: str) -> datetime:
    """Return the moment of a property that must be in UTC."""
    value = event[name]
    assert _UTC.fullmatch(value), value
    return datetime.strptime(value, "%Y%m%dT%H%M%S%z")


def unfolded(data: bytes) -> list[str]:
    """Return the content lines."""
    assert data.endswith(b"\r\n"), "the last line is not ended"
    physical = data[:-2].split(b"\r\n")
    for line in physical:
        assert len(line) <= LONGEST, f"{len(line)} octets: {line!r}"
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line), f"control character: {line!r}"
        line.decode("utf-8")  # a fold never cuts a character
    lines: list[bytes] = []
    for line in physical:
        if line.startswith((b" ", b"\t")):
            lines[-1] += line[1:]
        else:
            assert line, "an empty line"
            lines.append(line)
    return [line.decode("utf-8") for line in lines]


def _component(lines: list[str]) -> tuple[Component, list[str]]:
    begin, *rest = lines
    name, _, kind = begin.partition(":")
    assert name == "BEGIN", begin
    found = Component(kind)
    while rest:
        if rest[0].startswith("BEGIN:"):
            inner, rest = _component(rest)
            found.components.append(inner)
            continue
        line, *rest = rest
        if line.startswith("END:"):
            assert line == f"END:{kind}", line
            names = [one.name for one in found.properties]
            assert not {one for one in names if names.count(one) > 1} & AT_MOST_ONCE
            assert NEEDED.get(kind, set()) <= set(names)
            return found, rest
        found.properties.append(_property(line))
    raise AssertionError(f"{kind} does not end")


def _property(line: str) -> Property:
    match = _LINE.fullmatch(line)
    assert match, line
    parameters = {}
    for parameter in re.findall(rf";({_NAME})=({_QUOTED}|{_PLAIN})", match["parameters"]):
        parameters[parameter[0].upper()] = parameter[1].strip('"')
    name, value = match["name"].upper(), match["value"]
    if name in TEXTS:
        assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), f"not escaped: {line}"
        value = _ESCAPE.sub(_meant, value)
    return Property(name, parameters, value)


def _meant(found: re.Match[str]) -> str:
    meant = {"\\": "\\", ";": ";", ",": ",", "n": "\n", "N": "\n"}.get(found[1] or "")
    assert meant is not None, f"no such escape: {found[0]}"
    return meant


def _check(event: Component) -> None:
    """Fail unless *event* lasts whole days and says when it was written."""
    assert day(event, "DTEND") > day(event)
    moment(event, "DTSTAMP")
    if event.get("LAST-MODIFIED"):
        moment(event, "LAST-MODIFIED")
    assert re.fullmatch(r"[0-9]+", event["SEQUENCE"])

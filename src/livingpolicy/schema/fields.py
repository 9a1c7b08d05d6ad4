"""The kinds of value that an editor writes, each with its own words when it is wrong, and its JSON Schema."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeVar

from livingpolicy.interval import Interval
from livingpolicy.outline import slug
from livingpolicy.spelling import VALUES, near
from livingpolicy.strictyaml import Path

T = TypeVar("T")
K = TypeVar("K", bound=str)
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a value: the code and values of a `Problem` that does not know its place yet."""

    code: str
    values: Mapping[str, str]
    place: Path = ()
    """Where it is wrong, seen from the value that was read."""


class Faults(Exception):  # noqa: N818 - several at once
    """A value cannot be read; everything that is wrong with it."""

    def __init__(self, found: Iterable[Fault]) -> None:
        super().__init__()
        self.found = tuple(found)

    def below(self, step: str | int) -> list[Fault]:
        """Return the faults as seen from the list or mapping that holds the value under *step*."""
        return [replace(fault, place=(step, *fault.place)) for fault in self.found]


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A kind of value."""

    read: Callable[[object], T]
    """Turn what `strictyaml` read into the value that is kept; raises `Faults`."""
    schema: Mapping[str, Any]
    """The same rule as JSON Schema, for editors' tools; may be more lenient."""
    keys: Collection[str] = ()
    """The keys that may stand in it, when it is a mapping with fixed keys."""
    inner: Field[Any] | None = None
    """What it holds, when it is a list or a mapping with free keys."""


def fault(code: str, **values: str) -> Faults:
    """Return the exception for one thing that is wrong."""
    return Faults([Fault(code, values)])


ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,59}$"
DATE_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
INTERVAL_PATTERN = r"^[1-9][0-9]{0,3} (days?|weeks?|months?|years?|dag|dagar|vecka|veckor|månad|månader|år)$"
COUNTRY_PATTERN = r"^[A-Z]{2}$"
TIME_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]$|^24:00$"
LONGEST_TEXT = 1000

DEVICE_NAMES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{digit}" for port in ("com", "lpt") for digit in range(10))}
)
"""File names that Windows keeps for itself."""
FIRST_YEAR, LAST_YEAR = 1900, 2199

_ID = re.compile(ID_PATTERN)
_DIGITS = re.compile(r"(?:[0-9]{1,3}(?:\s[0-9]{3})+(?![0-9])|[0-9]+)(?:[.,][0-9]+)?")
"""A number as people write it: "1 500", "2,5"."""
_BLANKS = re.compile(r"[ \t\n]+")


def id_fault(text: str) -> str | None:
    """Return the code of what makes *text* unfit as an id, None if nothing does."""
    if not _ID.match(text) or "\n" in text:
        return "bad-id"
    return "reserved-id" if text in DEVICE_NAMES or text == "index" else None


def shown(value: object) -> str:
    """Return *value* as an editor wrote it, shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    text = str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _text(value: object) -> str:
    """Return text on one line, NFC, without blanks around it."""
    if isinstance(value, dict) and len(value) == 1:
        key, inner = next(iter(value.items()))
        # `- Säg: hej` is a mapping to YAML
        raise fault("colon-in-list", text=f"{shown(key)}: {shown(inner)}")
    if isinstance(value, (dict, list)):
        raise fault("not-one-value")
    if not isinstance(value, str):
        raise fault("not-text", text=shown(value))
    text = unicodedata.normalize("NFC", _BLANKS.sub(" ", value).strip(" "))
    if not text:
        raise fault("empty-value")
    if "<" in text or ">" in text:
        raise fault("angle-bracket", text=shown(text))
    return text


def text(longest: int = LONGEST_TEXT, words: int | None = None) -> Field[str]:
    """A text of at most *longest* characters and so many *words*."""

    def read(value: object) -> str:
        found = _text(value)
        if len(found) > longest:
            raise fault("too-long", text=shown(found), length=str(len(found)), limit=str(longest))
        if words is not None and (count := len(found.split())) > words:
            raise fault("too-many-words", text=shown(found), length=str(count), limit=str(words))
        return found

    schema: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": longest}
    if words is not None:
        schema["pattern"] = rf"^\s*\S+(\s+\S+){{0,{words - 1}}}\s*$"
    return Field(read, schema)


def _one_of(known: Callable[[str], T], names: Collection[str]) -> Callable[[object], T]:
    def validate(value: object) -> T:
        if isinstance(value, str):
            word = unicodedata.normalize("NFC", value.strip())
            if word in names:
                return known(word)
            raise fault("not-allowed", text=shown(word), known=near(word, names, VALUES))
        if isinstance(value, (dict, list)):
            raise fault("not-one-value")
        raise fault("not-allowed", text=shown(value), known=near(shown(value), names, VALUES))

    return validate


def word(*names: str) -> Field[str]:
    """One of *names*."""
    return Field(_one_of(str, names), {"type": "string", "enum": list(names)})


def member(kind: type[E]) -> Field[E]:
    """A member of *kind*, by its value."""
    names = [item.value for item in kind]
    return Field(_one_of(kind, names), {"type": "string", "enum": names})


def number(least: float, most: float, *, whole: bool = False) -> Field[Any]:
    """A number between *least* and *most*, both included; an int when *whole*, else a float."""

    def read(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            digits = _DIGITS.search(value) if isinstance(value, str) else None
            proposal = re.sub(r"\s", "", digits[0]).replace(",", ".") if digits else f"{least:g}"
            raise fault("not-number", text=shown(value), proposal=proposal)
        if not least <= value <= most:
            raise fault("number-range", text=shown(value), least=f"{least:g}", most=f"{most:g}")
        if whole and value != int(value):
            raise fault("not-whole", text=shown(value), proposal=str(round(value)))
        return int(value) if whole else float(value)

    return Field(read, {"type": "integer" if whole else "number", "minimum": least, "maximum": most})


def flag() -> Field[bool]:
    """True or false."""

    def read(value: object) -> bool:
        if not isinstance(value, bool):
            raise fault("not-flag", text=shown(value))
        return value

    return Field(read, {"type": "boolean"})


def _id(value: object) -> str:
    found = _text(value)
    if (code := id_fault(found)) is not None:
        raise fault(code, id=shown(found), proposal=slug(found) or "…")
    return found


def _day(value: object) -> date:
    found = _text(value)
    if not re.match(DATE_PATTERN, found):
        raise fault("date-form", text=shown(found))
    try:
        day = date.fromisoformat(found)
    except ValueError:
        raise fault("no-such-date", text=found) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise fault("date-year", text=found)
    return day


def _interval(value: object) -> Interval:
    if isinstance(value, int) and not isinstance(value, bool):
        raise fault("interval-form", text=shown(value), proposal=f"{max(value, 1)} months")
    found = _text(value)
    try:
        return Interval.parse(found)
    except ValueError:
        raise fault("interval-form", text=shown(found), proposal="6 months") from None


def _time(value: object) -> str:
    if isinstance(value, (int, float)) and 0 <= value <= 24:
        proposal = f"{int(value):02}:{round(value % 1 * 100):02}"
        raise fault("time-form", text=shown(value), proposal=proposal)
    found = _text(value)
    if not re.match(TIME_PATTERN, found):
        digits = re.fullmatch(r"([0-9]{1,2})[.:]([0-9]{2})", found)
        proposal = f"{int(digits[1]):02}:{digits[2]}" if digits else "08:00"
        raise fault("time-form", text=shown(found), proposal=proposal)
    return found


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAYS_PATTERN = rf"^({'|'.join(WEEKDAYS)})(-({'|'.join(WEEKDAYS)}))?(, ?({'|'.join(WEEKDAYS)}))*$"


def _days(value: object) -> tuple[int, ...]:
    """Read "mon-fri", "sat" or "mon, wed" as ISO weekdays."""
    days: list[int] = []
    for part in _text(value).lower().split(","):
        ends = [_weekday(name) for name in part.split("-")]
        if len(ends) > 2 or ends[0] > ends[-1]:
            raise fault("days-form", text=shown(value))
        days.extend(range(ends[0], ends[-1] + 1))
    if len(set(days)) < len(days):
        raise fault("days-form", text=shown(value))
    return tuple(sorted(days))


def _weekday(name: str) -> int:
    return WEEKDAYS.index(_one_of(str, WEEKDAYS)(name.strip())) + 1


def _timezone(value: object) -> str:
    from zoneinfo import ZoneInfo

    found = _text(value)
    try:
        ZoneInfo(found)
    except (LookupError, ValueError, OSError):
        raise fault("timezone", text=shown(found)) from None
    return found


def _country(value: object) -> str:
    found = _text(value)
    if not re.match(COUNTRY_PATTERN, found):
        raise fault(
            "country", text=shown(found), known=found.upper() if len(found) == 2 else "SE, NO, DK, FI"
        )
    return found


def _figure(value: object) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, float):
        raise fault("not-text", text=shown(value))
    found = _text(value)
    if len(found) > 3:
        raise fault("too-long", text=shown(found), length=str(len(found)), limit="3")
    return found


_ADDRESS = re.compile(
    r"(https?://)?[a-z0-9][a-z0-9-]*(\.[a-z0-9-]+)*(:[0-9]{1,5})?(/[a-z0-9._~/-]*)?", re.IGNORECASE
)


def _address(value: object) -> str:
    found = _text(value)
    if len(found) > 60 or not _ADDRESS.fullmatch(found):
        raise fault("address-form", text=shown(found))
    return found


_COLOUR = re.compile(r"#?([0-9a-f]{6})", re.IGNORECASE)


def _colour(value: object) -> str:
    """Return a colour as `#0a4552`."""
    found = _COLOUR.fullmatch(_text(value)) if isinstance(value, str) else None
    if found is None:
        raise fault("colour-form", text=shown(value))
    return f"#{found[1].lower()}"


_LOGO = re.compile(r"images/logo[\w-]*\.(svg|png|webp)", re.ASCII)


def _logo(value: object) -> str:
    found = _text(value)
    if not _LOGO.fullmatch(found):
        raise fault("logo-form", text=shown(found))
    return found


def _hyphened(value: object) -> str:
    """Return a word with hyphens where it may be broken: "åter-betalning"."""
    found = _text(value)
    parts = found.split("-")
    if len(parts) < 2 or not all(len(part) > 1 and part.isalpha() for part in parts):
        raise fault("hyphen-form", text=shown(found))
    return found


def several(item: Field[T], least: int = 0, most: int | None = None) -> Field[tuple[T, ...]]:
    """A list of *item*, each once, as a tuple."""

    def read(value: object) -> tuple[T, ...]:
        if not isinstance(value, list):
            raise fault("not-list", text=shown(value))
        items: dict[T, None] = {}
        found: list[Fault] = []
        for place, inner in enumerate(value):
            try:
                items[item.read(inner)] = None
            except Faults as faults:
                found += faults.below(place)
        if not found and not least <= len(items) <= (most or len(items)):
            found.append(
                Fault("list-length", {"count": str(len(items)), "least": str(least), "most": str(most)})
            )
        if found:
            raise Faults(found)
        return tuple(items)

    schema: dict[str, Any] = {"type": "array", "items": item.schema, "minItems": least}
    return Field(read, schema if most is None else {**schema, "maxItems": most}, inner=item)


def one_or_several(item: Field[T]) -> Field[tuple[T, ...]]:
    """One *item*, or a list of them, as a tuple."""
    listed = several(item)

    def read(value: object) -> tuple[T, ...]:
        return listed.read(value) if isinstance(value, list) else (item.read(value),)

    return Field(read, {"anyOf": [item.schema, listed.schema]}, inner=item)


def table(key: Field[K], item: Field[T], least: int = 0) -> Field[Mapping[K, T]]:
    """A mapping from *key* to *item*."""

    def read(value: object) -> Mapping[K, T]:
        if not isinstance(value, dict):
            raise fault("not-mapping")
        items: dict[K, T] = {}
        found: list[Fault] = []
        for name, inner in value.items():
            try:
                items[key.read(name)] = item.read(inner)
            except Faults as faults:
                found += faults.below(name)
        if len(value) < least:
            found.append(Fault("empty-value", {}))
        if found:
            raise Faults(found)
        return items

    schema = {"type": "object", "propertyNames": key.schema, "additionalProperties": item.schema}
    return Field(read, {**schema, "minProperties": least}, inner=item)


def _string(pattern: str) -> Mapping[str, str]:
    return {"type": "string", "pattern": pattern}


TEXT = text()
TITLE = text(150)
ID = Field(_id, _string(ID_PATTERN))
DAY = Field(_day, {"type": "string", "format": "date", "pattern": DATE_PATTERN})
INTERVAL = Field(_interval, _string(INTERVAL_PATTERN))
TIME = Field(_time, _string(TIME_PATTERN))
DAYS = Field(_days, _string(_DAYS_PATTERN))
COUNTRY = Field(_country, _string(COUNTRY_PATTERN))
TIMEZONE = Field(_timezone, {"type": "string", "minLength": 1})
FIGURE = Field(_figure, {"type": ["string", "integer"], "maxLength": 3, "minimum": -99, "maximum": 999})
COLOUR = Field(_colour, _string("^#?[0-9a-fA-F]{6}$"))
LOGO = Field(_logo, _string(r"^images/logo[A-Za-z0-9_-]*\.(svg|png|webp)$"))
HYPHENED = Field(_hyphened, _string("^[^- ]+(-[^- ]+)+$"))
ADDRESS = Field(_address, {"type": "string", "minLength": 1, "maxLength": 60})

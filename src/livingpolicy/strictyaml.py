"""YAML as an editor needs it: plain values that know their lines, and one clear problem for each mistake.

Values are those of the YAML 1.2 core kind: null, true, false, numbers and text; `18:00` and `2026-11-03` are
text. Refused: tags, anchors, aliases, merge keys, duplicate keys, a second document, unquoted yes and no,
more than 64 levels, numbers of more than 15 digits, text of more than 20 kB, tabs as indentation.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from livingpolicy import characters
from livingpolicy.errors import Problem
from livingpolicy.model import Source

MAX_LEVELS = 64
MAX_DIGITS = 15
MAX_BYTES = 20_000
"""Of one scalar, in UTF-8."""
MAX_VALUES = 100_000

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands: ("owners", "kundchef", "name"), ("needs", 0)."""


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML text as plain values."""

    value: object
    """None, bool, int, float, str, list or dict (keys are always text); None for an empty text."""
    lines: Mapping[Path, int]
    """1-based line of the file: of the key in a mapping, of the item in a list."""
    path: str
    """The file, relative to the repository."""
    wrong: frozenset[Path] = frozenset()
    """Values that a problem is reported for already; what stands there is no more than a stand-in."""

    def source(self, *place: str | int) -> Source:
        """Return where *place* is written, or the nearest thing around it that is."""
        while place and place not in self.lines:
            place = place[:-1]
        return Source(self.path, self.lines[place])


class _Wrong(Exception):  # noqa: N818 - never leaves this module
    """The text cannot be understood any further. *line* is 0-based, within the text."""

    def __init__(self, code: str, line: int, values: Mapping[str, str]) -> None:
        super().__init__(code)
        self.code, self.line, self.values = code, line, values


def read(text: str, source: Source, *, loader: Any = None) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read *text*, whose first line stands at *source*.

    Returns the document and what is wrong with it. None in place of the document: the text cannot be
    understood, and there is exactly one problem. *loader* is PyYAML's, by default the fast one.
    """
    lines = text.split("\n")
    reader = _Reader(source, lines)
    try:
        if (tab := _tab(lines)) is not None:
            raise _Wrong("yaml-tab", tab, {})
        value = reader.document(_events(text, loader or _LOADER))
    except _Wrong as wrong:
        return None, (reader.problem(wrong.code, wrong.line, wrong.values),)
    except yaml.YAMLError as error:
        cause = _explained(error, lines, reader.open)
        return None, (reader.problem(cause.code, cause.line, cause.values),)
    document = Document(value, reader.lines, source.path, frozenset(reader.wrong))
    return document, tuple(reader.problems)


_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _events(text: str, loader: Any) -> Iterator[yaml.Event]:
    yield from yaml.parse(text, Loader=loader)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line if event.start_mark else 0


def _tab(lines: list[str]) -> int | None:
    for number, line in enumerate(lines):
        if "\t" in line and "\t" in line[: len(line) - len(line.lstrip(" \t"))] and line.strip():
            return number
    return None


class _Reader:
    """Builds the values of one document from its events, without recursion over what it has not counted."""

    def __init__(self, source: Source, written: list[str]) -> None:
        self.source = source
        self.written = written
        """The lines of the text."""
        self.lines: dict[Path, int] = {(): source.line}
        self.problems: list[Problem] = []
        self.wrong: set[Path] = set()
        self.open: list[tuple[int, str]] = []
        """The lines of the brackets that are open, and what closes them."""

    def problem(self, code: str, line: int, values: Mapping[str, str]) -> Problem:
        return Problem(Source(self.source.path, self.source.line + line), code, values)

    def note(self, place: Path, code: str, line: int, **values: str) -> None:
        """Report a value and go on."""
        self.wrong.add(place)
        self.problems.append(self.problem(code, line, values))

    def document(self, events: Iterator[yaml.Event]) -> object:
        value: object = None
        seen = False
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if seen:
                    raise _Wrong("yaml-two-documents", _line(event), {})
                if event.version or event.tags:
                    raise _Wrong("yaml-tag", _line(event), {"text": "%"})
                seen = True
                value = self.value(next(events), events, ())
        return value

    def value(self, event: yaml.Event, events: Iterator[yaml.Event], place: Path) -> object:
        """Return the value that starts with *event*, taking from *events* what belongs to it."""
        line = _line(event)
        if isinstance(event, yaml.AliasEvent):
            raise _Wrong("yaml-anchor", line, {"text": f"*{event.anchor}"})
        if not isinstance(event, yaml.NodeEvent):
            raise _Wrong("yaml-syntax", line, {})
        if event.anchor is not None:
            raise _Wrong("yaml-anchor", line, {"text": f"&{event.anchor}"})
        if getattr(event, "tag", None) is not None:
            raise _Wrong("yaml-tag", line, {"text": _short(event.tag)})  # type: ignore[attr-defined]
        if len(place) > MAX_LEVELS:
            raise _Wrong("yaml-deep", line, {"levels": str(MAX_LEVELS)})
        self.lines.setdefault(place, self.source.line + line)
        if len(self.lines) > MAX_VALUES:
            raise _Wrong("yaml-many", line, {"limit": str(MAX_VALUES)})
        if isinstance(event, yaml.ScalarEvent):
            return self.scalar(event, place)
        is_list = isinstance(event, yaml.SequenceStartEvent)
        self.open.append((line, "]" if is_list else "}"))
        found = self.sequence(events, place) if is_list else self.mapping(events, place)
        self.open.pop()
        return found

    def sequence(self, events: Iterator[yaml.Event], place: Path) -> list[object]:
        items: list[object] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            items.append(self.value(event, events, (*place, len(items))))
        return items

    def mapping(self, events: Iterator[yaml.Event], place: Path) -> dict[str, object]:
        items: dict[str, object] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            line = _line(event)
            key = self.key(event, (*place, ""))
            inner = (*place, key)
            if key in items:
                self.note(inner, "duplicate-key", line, key=_short(key), first=str(self.lines[inner]))
                self.value(next(events), events, (*inner, ""))
                continue
            self.lines[inner] = self.source.line + line
            items[key] = self.value(next(events), events, inner)
        return items

    def key(self, event: yaml.Event, place: Path) -> str:
        line = _line(event)
        if isinstance(event, yaml.MappingStartEvent):
            # `x: {{ target.id }}` or `x: {a}: b`: braces that were meant as text
            raise _Wrong("yaml-quote", line, {"text": "{"})
        if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
            self.value(event, iter(()), place)  # refuses aliases, anchors and tags in their own words
            raise _Wrong("yaml-syntax", line, {})
        if event.value == "<<" and event.implicit[0]:
            raise _Wrong("yaml-anchor", line, {"text": "<<"})
        self.text(event.value, place, line)
        return event.value

    def scalar(self, event: yaml.ScalarEvent, place: Path) -> object:
        text = event.value
        line = _line(event)
        self.text(text, place, line)
        if not event.implicit[0]:
            return text
        if (cut := self.cut(event)) is not None:
            whole = f"{text} {cut}".lstrip()
            self.note(place, "yaml-hash", _line(event), text=_short(cut), quoted=_quoted(whole))
            return whole
        if text in _NULL:
            return None
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        if text.lower() in _SPOKEN:
            self.note(place, "yaml-yes-no", line, text=text)
        elif text.lower() in _NOT_FINITE:
            self.note(place, "yaml-number", line, text=text)
        elif _INT.fullmatch(text) or _FLOAT.fullmatch(text):
            return self.number(text, place, line)
        return text

    def cut(self, event: yaml.ScalarEvent) -> str | None:
        """Return what a ` #` took away of a value without quotes, None if it begins a remark.

        One blank before and none after (`Ring #1 först`) is how people write words, not remarks.
        """
        end = event.end_mark
        if end is None or end.line >= len(self.written):
            return None
        found = _CUT.fullmatch(self.written[end.line], end.column)
        return found[1] if found else None

    def number(self, text: str, place: Path, line: int) -> int | float | str:
        if sum(char.isdigit() for char in text) > MAX_DIGITS or not math.isfinite(float(text)):
            self.note(place, "yaml-number", line, text=_short(text))
            return text
        return int(text) if _INT.fullmatch(text) else float(text)

    def text(self, text: str, place: Path, line: int) -> None:
        if len(text.encode("utf-8", "surrogatepass")) > MAX_BYTES:
            raise _Wrong("yaml-long", line, {"limit": str(MAX_BYTES // 1000)})
        for _, char in characters.forbidden(text):
            # Written as an escape ("\u202e"): the file itself has been looked through already.
            self.note(place, "forbidden-character", line, char=characters.named(char))


_CUT = re.compile(r" (#[^\s#].*?)\s*")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_SPOKEN = frozenset({"yes", "no", "on", "off", "ja", "nej"})
_NOT_FINITE = frozenset({".nan", ".inf", "+.inf", "-.inf", "nan", "inf", "+inf", "-inf", "infinity"})
_INT = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


def _short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


_NO_BLANK = re.compile(r"\s*(?:- +)*(?P<key>[a-zåäö_]+):(?P<value>[^\s:/].*)")
_VALUE = re.compile(r"^\s*(?:- +)*(?:(?P<key>[^\s\"'#\[\]{},:][^:#]*?):[ ]+)?(?P<value>\S.*)$")


def _explained(error: yaml.YAMLError, lines: list[str], brackets: list[tuple[int, str]]) -> _Wrong:
    """Return what an editor most likely did, from where PyYAML stopped and what stands there.

    *brackets* are those that are open: their 0-based lines, and what closes them.
    """
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        position = getattr(error, "position", 0)
        return _Wrong("yaml-syntax", "\n".join(lines).count("\n", 0, max(position, 0)), {})
    context = getattr(error, "context_mark", None)
    opened = min(context.line if context else mark.line, len(lines) - 1)
    line = min(mark.line, len(lines) - 1)
    problem = error.problem or ""  # type: ignore[attr-defined]
    about = error.context or ""  # type: ignore[attr-defined]
    found = _VALUE.match(lines[line])
    key, value = (found["key"] or "", found["value"]) if found else ("", "")

    if "quoted scalar" in about:
        if "escape" in problem:
            return _Wrong("yaml-backslash", line, {})
        return _Wrong("yaml-open-quote", opened, {})
    if value[:1] in set("@`%*&!|>") or (value[:1] in set("\"'[{") and "block mapping" in about):
        return _Wrong("yaml-quote", line, {"text": value[:1]})
    if "cannot start any token" in problem:
        return _Wrong("yaml-quote", line, {"text": lines[line][mark.column : mark.column + 1]})
    if "flow" in about:
        place, close = brackets[-1] if brackets else (line, "]")
        return _Wrong("yaml-bracket", place, {"close": close})
    if "mapping values" in problem:
        return _second_colon(lines, line)
    if "':'" in problem:
        if (joined := _joined(lines[opened], opened)) is not None:
            return joined
        return _Wrong("yaml-no-colon", opened, {"text": _short(lines[opened].strip())})
    if key and lines[line][:1] == " ":
        return _Wrong("yaml-indent", line, {})
    if "expected" in problem or "not allowed" in problem:
        return _Wrong("yaml-indent", line, {})
    return _Wrong("yaml-syntax", line, {})


def _second_colon(lines: list[str], line: int) -> _Wrong:
    """Return the problem of a *line* that has a key where none may begin."""
    inner = re.match(r"^\s*(?:- +)*([^:]+): +(.*\S)\s*$", lines[line])
    if inner and ":" in inner[2]:
        return _Wrong("yaml-colon", line, {"key": inner[1], "quoted": _quoted(inner[2])})
    above = next((number for number in range(line - 1, -1, -1) if lines[number].strip()), line)
    if (joined := _joined(lines[above], above)) is not None:
        return joined
    if ":" not in lines[above]:
        return _Wrong("yaml-no-colon", above, {"text": _short(lines[above].strip())})
    return _Wrong("yaml-indent", line, {})


def _joined(line: str, number: int) -> _Wrong | None:
    """Return the problem of a *line* whose key and value stand together, as in `kind:promise`."""
    found = _NO_BLANK.fullmatch(line)
    if found is None:
        return None
    return _Wrong("yaml-no-blank", number, {"key": found["key"], "text": _short(found["value"].strip())})


def _quoted(text: str) -> str:
    """Return *text* within the quotes that need no escapes."""
    return f'"{text}"' if '"' not in text else "'" + text.replace("'", "''") + "'"

"""Mend what is mechanical in a file of the policy: line ends, quotes, dates, ids. No word that a reader sees.

A line is changed only where the strict reader has a problem, and only if it reads the change and has that
problem no more. What can be mended in two ways that mean different things is left to a person.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from livingpolicy import characters, strictyaml
from livingpolicy.assessment import parse_assessment
from livingpolicy.assessment_files import is_assessment
from livingpolicy.conflicts import conflicts
from livingpolicy.errors import Problem
from livingpolicy.model import Source
from livingpolicy.outline import decode, outline
from livingpolicy.parse import (
    IMPROVEMENTS_YML,
    POLICY_YML,
    TARGETS_YML,
    parse_chapter,
    parse_improvements,
    parse_ledger,
    parse_settings,
    parse_targets,
)
from livingpolicy.quoting import quoted
from livingpolicy.scaffold import free_id
from livingpolicy.schema import ChapterFront, SectionBlock, read

MOST = 500
"""Fixes in one stretch of YAML; a file with more has another kind of trouble."""


@dataclass(frozen=True, slots=True)
class Fix:
    """One thing that was mended; the words for it are `fix.CODE`."""

    source: Source
    code: str
    values: Mapping[str, str]


def mended(path: str, data: bytes, taken: frozenset[str]) -> tuple[bytes, tuple[Fix, ...]]:
    """Return the content of the file at *path* mended, and what was done, by line.

    *taken* are the ids that no section may get. What is not UTF-8, or of an unfinished merge, is returned
    as it is, and so are measured values: spreadsheets want their byte order mark and line ends.
    """
    if path.endswith(".csv"):
        return data, ()
    try:
        text = data.decode("utf-8")
        lines = decode(data).split("\n")
    except UnicodeDecodeError:
        return data, ()
    if conflicts("\n".join(lines))[0]:
        return data, ()
    fixes = list(_encoding(path, text))
    for index, line in enumerate(lines):
        if not unicodedata.is_normalized("NFC", line):
            lines[index] = unicodedata.normalize("NFC", line)
            fixes.append(Fix(Source(path, index + 1), "not-nfc", {}))
    # Invisible characters can be line ends to one reader and none to another: first they must go.
    if not characters.forbidden("\n".join(lines)):
        for stretch in _stretches(path, "\n".join(lines)):
            fixes += stretch.mend(lines)
        if path.endswith(".md"):
            fixes += _ids(path, lines, taken)
    if lines[-1]:
        fixes.append(Fix(Source(path, len(lines)), "final-newline", {}))
        lines.append("")
    # Two of a kind on one line are one to whoever reads of them.
    last = {(fix.source.line, fix.code): lines[fix.source.line - 1].strip() for fix in fixes}
    done = tuple(Fix(Source(path, line), code, {"text": text}) for (line, code), text in sorted(last.items()))
    return "\n".join(lines).encode("utf-8") if fixes else data, done


def _encoding(path: str, text: str) -> Iterator[Fix]:
    if text.startswith("\ufeff"):
        yield Fix(Source(path), "byte-order-mark", {})
    if "\r" in text:
        yield Fix(Source(path, text.count("\n", 0, text.index("\r")) + 1), "line-ends", {})


@dataclass(frozen=True, slots=True)
class _Reading:
    """What the strict reader says of a stretch."""

    unreadable: Problem | None
    problems: tuple[Problem, ...]
    value: object


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Lines of YAML within a file."""

    path: str
    first: int
    """Index of the first line."""
    last: int
    """Index of the line after the last."""
    check: Callable[[str, Source], tuple[Problem, ...]]

    def read(self, lines: list[str]) -> _Reading:
        text, source = "\n".join(lines[self.first : self.last]), Source(self.path, self.first + 1)
        document, problems = strictyaml.read(text, source)
        if document is None:
            return _Reading(problems[0], (), None)
        return _Reading(None, self.check(text, source), document.value)

    def mend(self, lines: list[str]) -> Iterator[Fix]:
        """Change *lines* in place, one problem after the other, and yield what was done."""
        hopeless: set[object] = set()
        for _ in range(MOST):
            reading = self.read(lines)
            for problem in [reading.unreadable] if reading.unreadable else reading.problems:
                fixes = () if problem.order in hopeless else self.cure(lines, reading, problem)
                if fixes:
                    yield from fixes
                    break
                hopeless.add(problem.order)
            else:
                return

    def cure(self, lines: list[str], before: _Reading, problem: Problem) -> tuple[Fix, ...]:
        """Change *lines* so that *problem* is gone; nothing if there is no way, or no single best one."""
        ways: list[tuple[tuple[float, int], object, list[str]]] = []
        for way in _ways(lines, self.first, self.last, problem):
            after = self.read(way)
            if (rank := self.rank(way, before, after, problem)) is not None:
                ways.append((rank, after.value, way))
        best = [(value, way) for rank, value, way in ways if rank == min(ways, key=lambda way: way[0])[0]]
        if not best or any(value != best[0][0] for value, _ in best):
            return ()
        changed = [index for index in range(self.first, self.last) if lines[index] != best[0][1][index]]
        lines[:] = best[0][1]
        return tuple(
            Fix(Source(self.path, index + 1), problem.code, {"text": lines[index].strip()})
            for index in changed
        )

    def rank(
        self, way: list[str], before: _Reading, after: _Reading, problem: Problem
    ) -> tuple[float, int] | None:
        """Say how good *way* is as a cure of *problem*, less is better; None: it is no cure."""
        if after.unreadable is not None:
            line = after.unreadable.source.line
            if before.unreadable is None or not _further(problem, after.unreadable):
                return None
            above = replace(self, last=line - 1).read(way)
            return -line, len(above.problems) if above.unreadable is None else MOST
        if before.unreadable is None and (
            len(after.problems) > len(before.problems) or _times(problem, after) >= _times(problem, before)
        ):
            return None
        return float("-inf"), len(after.problems)


def _further(problem: Problem, following: Problem) -> bool:
    """Whether a text that *following* makes unreadable is read further than before *problem* was mended."""
    if problem.code == "yaml-tab":
        return following.code not in {"yaml-tab", "yaml-indent"}
    return following.source.line > problem.source.line


def _times(problem: Problem, reading: _Reading) -> int:
    """Count the problems of that kind on that line; what they quote may change with a cure that is none."""
    return sum((one.code, one.source) == (problem.code, problem.source) for one in reading.problems)


def _stretches(path: str, text: str) -> Iterator[_Stretch]:
    """Yield the YAML of a file; what cannot be told apart from text is left out."""
    whole = text.count("\n") + 1
    if path == POLICY_YML:
        yield _Stretch(path, 0, whole, lambda text, _: parse_settings(text)[1])
    elif path == TARGETS_YML:
        yield _Stretch(path, 0, whole, lambda text, _: parse_targets(text)[1])
    elif path == IMPROVEMENTS_YML:
        yield _Stretch(path, 0, whole, lambda text, _: parse_improvements(text)[1])
    elif is_assessment(path):
        yield _Stretch(path, 0, whole, lambda text, source: parse_assessment({source.path: text})[1])
    elif not path.endswith(".md"):
        yield _Stretch(path, 0, whole, lambda text, source: parse_ledger(source.path, text)[1])
    else:
        cut = outline(text)
        if cut.front_matter and cut.front_matter_closed:
            yield _stretch(path, cut.front_matter_line, cut.front_matter, ChapterFront)
        if cut.open_fence is None:
            for section in (cut.lead, *cut.sections):
                if section.metadata:
                    yield _stretch(path, section.metadata_line, section.metadata, SectionBlock)


def _stretch(path: str, line: int, text: str, model: type[Any]) -> _Stretch:
    def check(text: str, source: Source) -> tuple[Problem, ...]:
        document, problems = strictyaml.read(text, source)
        return (*problems, *read(model, document)[1]) if document is not None else problems

    return _Stretch(path, line - 1, line + text.count("\n"), check)


def _ways(lines: list[str], first: int, last: int, problem: Problem) -> Iterator[list[str]]:
    """Yield the ways in which *problem* may be mended, as the lines of the whole file."""
    index = problem.source.line - 1
    if problem.code == "yaml-tab":
        used = (len(line) - len(line.lstrip(" ")) for line in lines[first:last] if line[:1] == " ")
        for width in dict.fromkeys((min(used, default=2), 2, 4, 8)):  # that of the other lines first
            way = list(lines)
            for row in range(first, last):
                start = lines[row][: len(lines[row]) - len(lines[row].lstrip(" \t"))]
                way[row] = start.expandtabs(width) + lines[row].lstrip(" \t")
            yield way
    elif first <= index < last:
        for line in _LINES.get(problem.code, _none)(lines[index], problem.values.get("text", "")):
            yield [*lines[:index], line, *lines[index + 1 :]]


_PARTS = re.compile(
    r"(?P<start>\s*(?:- +)*)"
    r"(?P<key>[^\s\"'#\[\]{},:][^:#]*?:[ ]+)?"
    r"(?P<value>\S.*?)"
    r"(?P<end>\s*|\s{2,}#.*|\s#(?:\s.*)?)"
)


def _within_quotes(line: str, _: str) -> Iterator[str]:
    """Yield *line* with quotes around what follows its key, and around all of an item of a list."""
    found = _PARTS.fullmatch(line)
    if found is None:
        return
    start, key, value, end = found["start"], found["key"] or "", found["value"], found["end"]
    if key:
        yield f"{start}{key}{quoted(value)}{end}"
    if "-" in start and not (key and value[0] in "\"'"):
        yield f"{start}{quoted(key + value)}{end}"


def _blank_after_colon(line: str, _: str) -> Iterator[str]:
    key, colon, value = line.partition(":")
    yield f"{key}{colon} {value}"


def _text_within_quotes(line: str, text: str) -> Iterator[str]:
    for start, end in _places(line, text, r"[\s\[{,:-]", r"[\s\]},]"):
        yield f"{line[:start]}{quoted(text)}{line[end:]}"


def _text_or_item_within_quotes(line: str, text: str) -> Iterator[str]:
    yield from _text_within_quotes(line, text)
    found = _PARTS.fullmatch(line)
    if found and found["key"] and "-" in found["start"]:
        yield from list(_within_quotes(line, text))[1:]


def _full_date(line: str, text: str) -> Iterator[str]:
    found = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    if found is None:
        return
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return
    for start, end in _places(line, text, r"[\s\[{,:\"']", r"[\s\]},\"']"):
        yield f"{line[:start]}{day.isoformat()}{line[end:]}"


def _places(line: str, text: str, before: str, after: str) -> Iterator[tuple[int, int]]:
    """Yield where *text* stands alone in *line*."""
    if text:
        for found in re.finditer(rf"(?:(?<=^)|(?<={before})){re.escape(text)}(?=$|{after})", line):
            yield found.span()


def _none(_line: str, _text: str) -> Iterator[str]:
    return iter(())


_LINES: Mapping[str, Callable[[str, str], Iterator[str]]] = {
    "yaml-colon": _within_quotes,
    "yaml-no-blank": _blank_after_colon,
    "yaml-quote": _within_quotes,
    "yaml-yes-no": _text_or_item_within_quotes,
    "colon-in-list": _text_or_item_within_quotes,
    "not-text": _text_within_quotes,
    "date-form": _full_date,
}
"""For the code of a problem: the ways to write its line anew, from the line and the text it is about."""


_ATX = re.compile(r"(?P<title> {0,3}##[ \t]+.*?)(?P<end>[ \t]+#+[ \t]*|[ \t]*)")
_UNDERLINE = re.compile(r" {0,3}-+[ \t]*")


def _ids(path: str, lines: list[str], taken: frozenset[str]) -> Iterator[Fix]:
    """Mend the ids that are mistyped, then give one to each section that has none; given ids are taken."""
    text = "\n".join(lines)
    if outline(text).open_fence is not None:
        return
    given = set(taken)
    problems = [
        one for one in parse_chapter(path, text)[1] if one.code in {"mistyped-id", "section-without-id"}
    ]
    for problem in sorted(problems, key=lambda one: one.code):
        meant = problem.values["proposal"]
        mistyped = problem.code == "mistyped-id"
        if meant == "…" or (mistyped and meant in given):
            continue
        name = meant if mistyped else free_id(problem.values["title"], given, "")
        index = problem.source.line - 1
        found = _ATX.fullmatch(lines[index])
        if found is None:
            below = (row for row in range(index + 1, len(lines)) if _UNDERLINE.fullmatch(lines[row]))
            index = next(below, index + 1) - 1
        title, end = (found["title"], found["end"].rstrip()) if found else (lines[index].rstrip(), "")
        line = (
            f"{title.removesuffix(problem.values['text']).rstrip() if mistyped else title} {{#{name}}}{end}"
        )
        section = next((one for one in outline(_with(lines, index, line)).sections if one.id == name), None)
        if section is not None and section.title == problem.values["title"]:
            given.add(name)
            lines[index] = line
            yield Fix(Source(path, index + 1), problem.code, {"text": line.strip()})


def _with(lines: list[str], index: int, line: str) -> str:
    return "\n".join([*lines[:index], line, *lines[index + 1 :]])

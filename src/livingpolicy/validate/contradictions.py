"""Numbers of the text against the numbers of the target register.

Which number speaks of a target? Only in a section that has it as its `target`, or in a paragraph that prints
it, and only a number of the same dimension: time with time, percent with percent, ärenden with ärenden. The
promise and the poster are about the target: there it is enough that no number is the target's. Running text
is about other things too: there a number counts only as a limit ("inom fem minuter"), and not if it is ten
times more or less.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from livingpolicy.errors import Problem
from livingpolicy.markup import TARGET_REFERENCE
from livingpolicy.model import Source
from livingpolicy.parse import WrittenPolicy, WrittenSection
from livingpolicy.schema import Read, TargetEntry
from livingpolicy.validate.numerals import number_at, tokens
from livingpolicy.validate.quantities import MINUTES, Dimension, Quantity, quantities

CODE = "number-contradicts"
_FAR = 10
"""A limit that is so many times another is about something else: "inom en vecka" beside three minutes."""
_DAY = MINUTES["days"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a target asks for, as a text may say it."""

    target: str
    entry: TargetEntry
    source: Source
    dimension: Dimension
    amount: Fraction
    things: frozenset[str]
    """What is counted: "ärenden"."""

    @property
    def share(self) -> Fraction:
        """The percent of cases that must be within the limit."""
        return Fraction(str(self.entry.share if self.entry.share is not None else 100))

    def comparable(self, said: Quantity) -> bool:
        """Whether *said* may speak of the target at all."""
        times = {Dimension.TIME, Dimension.WORKING_DAYS}
        return said.dimension is self.dimension or {said.dimension, self.dimension} == times

    def is_said(self, said: Quantity) -> bool:
        """Whether *said* is what the target asks, or may be: a week may be five working days."""
        if said.dimension is self.dimension:
            return said.says(self.amount)
        if not self.comparable(said):
            return False
        if self.dimension is Dimension.WORKING_DAYS:
            return any(self.amount <= end / _DAY <= 2 * self.amount + 2 for end in (said.low, said.high))
        # While we are open a working day may be a few hours only.
        shortest = Fraction(_DAY, 6) if self.entry.clock == "opening-hours" else Fraction(_DAY)
        return said.high * shortest <= self.amount <= (2 * said.high + 2) * _DAY

    def is_far_from(self, said: Quantity) -> bool:
        """Whether *said* is so much more or less that it must be something else."""
        if Dimension.THINGS in {said.dimension, self.dimension} or said.dimension is Dimension.PERCENT:
            return False
        ours, theirs = (
            amount * (_DAY if dimension is Dimension.WORKING_DAYS else 1)
            for dimension, amount in ((self.dimension, self.amount), (said.dimension, said.high))
        )
        return ours >= theirs * _FAR or theirs >= ours * _FAR


_PREPOSITIONS = frozenset({"av", "i", "på", "per", "om", "för", "of", "in", "on", "a", "an", "for"})


def asked_by(name: str, entry: Read[TargetEntry]) -> Asked | None:
    """Return what a target of the register asks for; None if that cannot be read, or compared with text."""
    target = entry.value
    if target is None or not entry.sure("at_most", "at_least", "unit", "wording", "share"):
        return None
    limits = [limit for limit in (target.at_most, target.at_least) if limit is not None]
    if len(limits) != 1:
        return None
    amount, things = Fraction(str(limits[0])), frozenset[str]()
    if target.unit in MINUTES:
        dimension, amount = Dimension.TIME, amount * MINUTES[target.unit]
    elif target.unit == "working-days":
        dimension = Dimension.WORKING_DAYS
    elif target.unit == "percent":
        dimension = Dimension.PERCENT
    else:
        dimension, things = Dimension.THINGS, frozenset(_counted(target.wording))
    return Asked(name, target, entry.source(), dimension, amount, things)


def _counted(wording: str) -> Iterator[str]:
    """Yield the word after a number: what is counted."""
    words = tokens(wording)
    for place in range(len(words)):
        number = number_at(words, place)
        after = place + number.length if number is not None and not number.article else len(words)
        if after < len(words) and words[after].text.isalpha() and words[after].text not in _PREPOSITIONS:
            yield words[after].text


def the_wording_says_the_number(written: WrittenPolicy) -> Iterator[Problem]:
    """The words of a target say its number, if they say one of its kind.

    Passes: `wording: inom tre minuter`, `at_most: 3`, `unit: minutes`; `wording: samma dag`.
    Fails: `wording: inom fem minuter` with `at_most: 3`.
    """
    for name, entry in (written.targets or {}).items():
        asked = asked_by(name, entry)
        if asked is None:
            continue
        said = [one for one in quantities(asked.entry.wording, asked.things) if asked.comparable(one)]
        if said and not any(map(asked.is_said, said)):
            key = "at_most" if asked.entry.at_most is not None else "at_least"
            values = {
                "name": asked.entry.name or name,
                "text": asked.entry.wording[said[0].start : said[0].end],
                "key": key,
                "limit": f"{getattr(asked.entry, key):g} {asked.entry.unit}",
            }
            yield Problem(entry.source("wording"), "wording-contradicts", values)


def the_text_agrees_with_the_register(written: WrittenPolicy) -> Iterator[Problem]:
    """A number of the text that speaks of a target says what the register says. The gate stops on it.

    Passes: `target: svarstid-telefon` (three minutes) over "inom tre minuter", "3 min" or "inom en vecka".
    Fails: the same over `promise: Vi svarar inom fem minuter.`, unless `other_numbers: [fem minuter]`.
    """
    asked = {
        name: found
        for name, entry in (written.targets or {}).items()
        if (found := asked_by(name, entry)) is not None and _applies(entry, written)
    }
    for section in written.sections:
        if section.block.value is not None and section.block.sure("target", "other_numbers"):
            yield from _Reader(section, asked).problems(written)


def _applies(entry: Read[TargetEntry], written: WrittenPolicy) -> bool:
    """Whether a target is in force. Until its day comes, the number before it is the right one."""
    if entry.value is None or not entry.sure("effective_from"):
        return False
    return entry.value.effective_from is None or entry.value.effective_from <= written.today


@dataclass(frozen=True, slots=True)
class _Part:
    """A sentence, a cell or a heading."""

    text: str
    source: Source
    """Where its first line stands."""
    printed: tuple[str, ...] = ()
    """The targets that its paragraph prints."""
    about: bool = False
    """Whether it is the promise or the poster, which are about the target."""
    bare: bool = False
    """Whether it holds a number and no sentence."""

    def speaks_of(self, target: Asked, said: Quantity) -> bool:
        """Whether *said* is meant as what *target* asks."""
        if not target.comparable(said):
            return False
        far = target.is_far_from(said)
        return self.bare or (said.limit and (self.about or not far)) or (self.about and not far)


class _Reader:
    """Reads one section, with the targets that it may speak of."""

    def __init__(self, section: WrittenSection, asked: Mapping[str, Asked]) -> None:
        self.section, self.asked = section, asked
        block = section.block.value
        self.own = asked.get(block.target) if block is not None and block.target is not None else None
        self.others = block.other_numbers if block is not None else ()
        self.things = frozenset(thing for one in asked.values() for thing in one.things)

    def problems(self, written: WrittenPolicy) -> Iterator[Problem]:
        """Yield every number that contradicts a target, and every exception that excepts nothing."""
        block = self.section.block.value
        if block is None or not (self.own or self.others or "target." in self.section.raw.body):
            return
        begins, ends = block.effective_from, block.retired_on
        if (begins and begins > written.today) or (ends and ends <= written.today):
            return
        excepted = [tuple(quantities(phrase, self.things)) for phrase in self.others]
        seen: list[Quantity] = []
        for part in _parts(self.section):
            said = list(quantities(part.text, self.things))
            seen += said
            for one in self._wrong(part, [each for each in said if not _among(each, excepted)]):
                yield self._problem(part, *one)
        for place, (phrase, found) in enumerate(zip(self.others, excepted, strict=True)):
            source = self.section.block.source("other_numbers", place)
            if not found:
                yield Problem(source, "other-number-none", {"text": phrase}, warning=True)
            elif not any(_among(one, [found]) for one in seen):
                yield Problem(source, "other-number-unused", {"text": phrase}, warning=True)

    def _wrong(self, part: _Part, said: list[Quantity]) -> Iterator[tuple[Quantity, Asked, bool]]:
        """Yield what contradicts, with what it contradicts, and whether it is the share."""
        near = [self.asked[name] for name in part.printed if name in self.asked]
        known = [self.own, *near] if self.own is not None else near
        right = {id(one) for one in said for target in known if target.is_said(one)}
        shares = [target for target in known if target.entry.share is not None] if right or near else []
        for one in said:
            if one.dimension is Dimension.PERCENT and shares and _is_share(one, part.text):
                if not any(one.says(target.share) for target in shares):
                    yield one, shares[0], True
                continue
            if right:
                continue
            target = next((each for each in known if part.speaks_of(each, one)), None)
            if target is not None:
                yield one, target, False
                if part.about:
                    return

    def _problem(self, part: _Part, one: Quantity, target: Asked, share: bool) -> Problem:
        words = " ".join(part.text[one.start : one.end].split())
        source = Source(part.source.path, part.source.line + part.text.count("\n", 0, one.start))
        values = {
            "section": self.section.id or "",
            "target": target.target,
            "name": target.entry.name or target.target,
            "text": words,
            "asked": f"{target.entry.share:g} %" if share else target.entry.wording,
            "place": str(target.source),
        }
        return Problem(source, CODE, values, warning=True)


def _is_share(said: Quantity, text: str) -> bool:
    """Whether a percentage is one of cases: "minst 90 procent", "90 procent av samtalen", "nio av tio"."""
    after = text[said.end :].lstrip()
    return said.limit or after.startswith(("av ", "of ")) or " av " in text[said.start : said.end]


def _among(said: Quantity, excepted: Iterable[Collection[Quantity]]) -> bool:
    return any(
        (one.dimension, one.low, one.high) == (said.dimension, said.low, said.high)
        for each in excepted
        for one in each
    )


def _parts(section: WrittenSection) -> Iterator[_Part]:
    block = section.block.value
    if block is None:
        return
    yield _Part(section.raw.title, section.source)
    if block.promise is not None and section.block.sure("promise"):
        promise, printed = _without_references(block.promise)
        yield _Part(promise, section.block.source("promise"), printed, about=True)
    if block.poster is not None and section.block.sure("poster") and block.poster.figure is not None:
        text, _ = _without_references(block.poster.text)
        poster = f"{block.poster.figure} {block.poster.unit or ''} {text}"
        yield _Part(poster, section.block.source("poster"), about=True, bare=True)
    for place, step in enumerate(block.steps):
        text, printed = _without_references(step)
        yield _Part(text, section.block.source("steps", place), printed)
    yield from _sentences(section.raw.body, section.source.path, section.raw.body_line)


def _without_references(text: str) -> tuple[str, tuple[str, ...]]:
    """Return *text* with its references blank, and what they print: a digit of an id is no number."""
    printed = tuple(found[1] for found in TARGET_REFERENCE.finditer(text))
    return _blank(text), printed


def _blank(text: str) -> str:
    return TARGET_REFERENCE.sub(lambda found: " " * len(found[0]), text)


_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|^ {0,3}(```+|~~~+).*?^ {0,3}\1|`[^`\n]*`|\]\([^)\n]*\)|[*_]", re.DOTALL | re.MULTILINE
)
_PARAGRAPH = re.compile(r"\n[ \t]*\n|\n(?=[ \t]*(?:[|>#]|[-+][ ]|[0-9]{1,3}[.)][ ]))")
_SENTENCE = re.compile(r"(?<!\bca)(?<!\bkl)[.!?]+[”\"»)]*\s+|\|")


def _sentences(body: str, path: str, line: int) -> Iterator[_Part]:
    """Yield the sentences and cells of *body*, which begins on *line*, with all positions kept."""
    text = _UNSEEN.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), body)
    for start, end in _cut(text, _PARAGRAPH, 0, len(text)):
        printed = tuple(found[1] for found in TARGET_REFERENCE.finditer(text, start, end))
        for first, last in _cut(text, _SENTENCE, start, end):
            words = _blank(text[first:last])
            if words.strip():
                yield _Part(words, Source(path, line + text.count("\n", 0, first)), printed)


def _cut(text: str, between: re.Pattern[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    for found in between.finditer(text, start, end):
        yield start, found.end()
        start = found.end()
    yield start, end

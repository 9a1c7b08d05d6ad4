"""Lengths of time, shares and amounts as they stand in a text, Swedish and English, for comparing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from livingpolicy.validate.numerals import Number, Token, number_at, tokens


class Dimension(StrEnum):
    """What can be compared with what."""

    TIME = "time"
    """In minutes, day and night."""
    WORKING_DAYS = "working-days"
    PERCENT = "percent"
    THINGS = "things"
    """Of one kind, named by a word."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something."""

    dimension: Dimension
    low: Fraction
    high: Fraction
    """The same as `low`, unless it is a span: "tre till fyra minuter"."""
    start: int
    end: int
    """Where it stands in the text."""
    limit: bool = False
    """Whether words before it make it a limit: "inom", "högst", "within", "at least"."""

    def says(self, amount: Fraction) -> bool:
        """Whether it is this amount; of a span, one of its ends."""
        return amount in {self.low, self.high}


MINUTES: Mapping[str, int] = {"minutes": 1, "hours": 60, "days": 24 * 60}
"""The units of targets that are lengths of time, day and night."""

_TIMES: Mapping[Fraction, str] = {
    Fraction(1, 60): "sekund sekunder sekunders sek second seconds sec",
    Fraction(1): "minut minuter minuters minute minutes min mins",
    Fraction(15): "kvart",
    Fraction(30): "halvtimme halvtimma",
    Fraction(60): "timme timma timmar timmars tim hour hours hr hrs h",
    Fraction(24 * 60): "dygn dygns dag dagar dagars day days",
    Fraction(7 * 24 * 60): "vecka veckor veckors week weeks",
}
_WORKING_DAYS = (
    "arbetsdag", "arbetsdagar", "arbetsdagars", "vardag", "vardagar", "vardagars", "bankdag", "bankdagar",
    "weekday", "weekdays",
)  # fmt: skip
_UNITS = {word: (Dimension.TIME, size) for size, words in _TIMES.items() for word in words.split()}
_UNITS |= {word: (Dimension.WORKING_DAYS, Fraction(1)) for word in _WORKING_DAYS}
_UNITS |= {word: (Dimension.PERCENT, Fraction(1)) for word in ("procent", "percent", "%")}
_WHOLE = {"minuten": 1, "timmen": 60, "halvtimmen": 30, "dygnet": 24 * 60}
"""What "inom timmen" and the like mean, in minutes. "Inom veckan" may end on Sunday."""
_HINT = re.compile(
    r"sek|min|tim|[0-9]\s*h|kvart|dygn|dag|veck|%|procent|cent|second|hour|day|week|\b(?:av|of)\b",
    re.IGNORECASE,
)
"""What every length of time and every share has somewhere."""
_ABBREVIATED = frozenset({"min", "sek", "tim", "h", "s"})
"""Also words and endings: these count after digits only."""
_ATTRIBUTES = frozenset({"hela", "helgfria", "full", "whole", "working", "business"})
_WORKING = frozenset({"working", "business"})
_HALVES = frozenset({"halv", "halvt", "half"})

_AROUND = frozenset({"ca", "cirka", "ungefär", "omkring", "about", "around", "approximately", "."})
"""Words that may stand between a limit and its number."""
_LIMITS = (
    "inom", "högst", "senast", "max", "maximalt", "längst", "minst", "lägst",
    "som mest", "som högst", "som längst",
    "within", "at most", "at least", "no later than", "not later than", "no more than", "not more than",
    "no longer than", "not longer than", "maximum", "minimum",
)  # fmt: skip
_MORE = ("mer än", "mera än", "längre än", "fler än", "mindre än", "more than", "longer than", "less than")
"""Limits of time only where somebody says no: "ingen väntar mer än fem minuter"."""
_AHEAD = frozenset({"före", "innan", "before"})
"""What makes a time a notice: "senast två veckor före en helg"."""
_NO = frozenset(("inte", "ingen", "inget", "inga", "aldrig", "ej", "not", "no", "never", "nobody", "none"))


def quantities(text: str, things: Collection[str] = ()) -> Iterator[Quantity]:
    """Yield the quantities of *text* in their order; *things* are words that can be counted ("ärenden").

    >>> [(one.dimension.value, str(one.high)) for one in quantities("Inom ett dygn, eller 90 procent.")]
    [('time', '1440'), ('percent', '90')]
    """
    if not _HINT.search(text) and not any(thing in text.lower() for thing in things):
        return  # most sentences
    words, place = tokens(text), 0
    while place < len(words):
        found = _span_at(words, place, things) or _whole_at(words, place)
        if found is None:
            number = number_at(words, place)
            place += number.length if number is not None else 1
            continue
        dimension, low, high, length = found
        limit = _text(words, place + length) not in _AHEAD and _is_limit(words, place, dimension)
        yield Quantity(dimension, low, high, words[place].start, words[place + length - 1].end, limit)
        place += length


_Found = tuple[Dimension, Fraction, Fraction, int]
"""Dimension, lowest and highest amount, and how many tokens it takes."""


def _span_at(words: Sequence[Token], place: int, things: Collection[str]) -> _Found | None:
    first = _number(words, place)
    if first is None:
        return None
    share = _share(words, place, first)
    if share is not None:
        return share
    number, after = first, place + first.length
    if _joins(words, place, after) and not first.article:
        second = _number(words, after + 1)
        if second is not None and not second.article:
            number, after = second, after + 1 + second.length
    unit = _unit(words, after, number, things)
    if unit is None:
        return None
    dimension, size, taken = unit
    low, high = sorted((first.value * size, number.value * size))
    end = after + taken
    if [word.text for word in words[end : end + 3]] == ["and", "a", "half"]:
        low, high, end = low + size / 2, high + size / 2, end + 3
    return dimension, low, high, end - place


def _joins(words: Sequence[Token], place: int, after: int) -> bool:
    """Whether the number at *place* is the beginning of a span."""
    if _text(words, place - 1) in {"mellan", "between"}:
        return _text(words, after) in {"och", "and"}
    return _text(words, after) in {"-", "–", "till", "to", "eller", "or"}


def _number(words: Sequence[Token], place: int) -> Number | None:
    """Return the number at *place*; "en halv", "half an" and "tre kvart" count in their unit."""
    if _text(words, place) in _HALVES:
        taken = 2 if _text(words, place + 1) in {"a", "an"} else 1
        return Number(Fraction(1, 2), taken)
    number = number_at(words, place)
    if number is not None and number.article and _text(words, place + 1) in _HALVES:
        return Number(Fraction(1, 2), 2)
    return number


def _unit(
    words: Sequence[Token], place: int, number: Number, things: Collection[str]
) -> tuple[Dimension, Fraction, int] | None:
    """Return what is counted: its dimension, its size in that, and how many tokens name it."""
    taken = 0
    attribute = _text(words, place)
    if attribute in _ATTRIBUTES:
        place, taken = place + 1, 1
    word = _text(words, place)
    if word in things or (_text(words, place + 1) in things and not number.article and word.isalpha()):
        return Dimension.THINGS, Fraction(1), taken + (1 if word in things else 2)
    if word == "per" and _text(words, place + 1) == "cent":
        return Dimension.PERCENT, Fraction(1), taken + 2
    if word not in _UNITS or (word in _ABBREVIATED and words[place - 1].digits is None):
        return None
    dimension, size = _UNITS[word]
    if attribute in _WORKING:
        return (Dimension.WORKING_DAYS, Fraction(1), 2) if word in {"day", "days"} else None
    return dimension, size, taken + 1


def _share(words: Sequence[Token], place: int, part: Number) -> _Found | None:
    """Return "nio av tio" or "9 out of 10" as percent."""
    after = place + part.length
    if _text(words, after) == "out" and _text(words, after + 1) == "of":
        after += 2
    elif _text(words, after) == "av":
        after += 1
    else:
        return None
    whole = number_at(words, after)
    if (
        whole is None
        or whole.article
        or part.article
        or whole.value not in _WHOLES
        or part.value > whole.value
    ):
        return None
    amount = part.value / whole.value * 100
    return Dimension.PERCENT, amount, amount, after + whole.length - place


_WHOLES = frozenset({Fraction(3), Fraction(4), Fraction(5), Fraction(10), Fraction(20), Fraction(100)})


def _whole_at(words: Sequence[Token], place: int) -> _Found | None:
    size = _WHOLE.get(words[place].text)
    if size is None or place == 0 or words[place - 1].text != "inom":
        return None
    return Dimension.TIME, Fraction(size), Fraction(size), 1


def _is_limit(words: Sequence[Token], place: int, dimension: Dimension) -> bool:
    while place > 0 and words[place - 1].text in _AROUND:
        place -= 1
    if _ends(words, place, _LIMITS):
        return True
    if not _ends(words, place, _MORE):
        return False
    return dimension in {Dimension.PERCENT, Dimension.THINGS} or any(
        word.text in _NO for word in words[max(0, place - 10) : place]
    )


def _ends(words: Sequence[Token], place: int, phrases: Collection[str]) -> bool:
    before = [word.text for word in words[max(0, place - 3) : place]]
    return any(before[-len(phrase) :] == phrase for phrase in map(str.split, phrases))


def _text(words: Sequence[Token], place: int) -> str:
    return words[place].text if 0 <= place < len(words) else ""

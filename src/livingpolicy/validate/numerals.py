"""Numbers in digits and in words, Swedish and English, as they stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

_SWEDISH = (
    "noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "tretton",
    "fjorton", "femton", "sexton", "sjutton", "arton", "nitton",
)  # fmt: skip
_ENGLISH = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_SWEDISH_TENS = ("tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio")
_ENGLISH_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def number_words(number: int) -> frozenset[str]:
    """Return the words for *number*; none outside 0 to 100.

    >>> sorted(number_words(21))
    ['tjugoen', 'tjugoett', 'twenty one', 'twenty-one']
    """
    if number == 1:
        return frozenset({"en", "ett", "one"})
    if number == 100:
        return frozenset({"hundra", "etthundra", "hundred", "one hundred", "a hundred"})
    if not 0 <= number <= 100:
        return frozenset()
    if number < 20:
        return frozenset({_SWEDISH[number], _ENGLISH[number]})
    swedish, english, units = _SWEDISH_TENS[number // 10 - 2], _ENGLISH_TENS[number // 10 - 2], number % 10
    if not units:
        return frozenset({swedish, english})
    found = {swedish + _SWEDISH[units], f"{english}-{_ENGLISH[units]}", f"{english} {_ENGLISH[units]}"}
    return frozenset(found | ({f"{swedish}en"} if units == 1 else set()))


def states(sentence: str, figure: str) -> bool:
    """Whether *sentence* holds *figure*, in digits or in words, as a number of its own.

    >>> states("Vi svarar inom tre minuter.", "3"), states("Vi svarar inom 30 minuter.", "3")
    (True, False)
    """
    forms = {figure}
    if figure.isascii() and figure.isdigit():
        forms |= number_words(int(figure))
    plain = " ".join(sentence.lower().split())
    # Not inside another number: 3 is neither in 30 nor in 2,3.
    return any(
        re.search(rf"(?<!\w)(?<!\d[.,]){re.escape(form.lower())}(?!\w)(?![.,]\d)", plain) for form in forms
    )


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a number in digits or a sign of a text."""

    text: str
    """In small letters."""
    start: int
    end: int
    digits: Fraction | None = None
    """What it says, if it is written in digits."""


_TOKEN = re.compile(
    r"(?P<digits>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\d.,]?\d)|\d+(?:[.,]\d+)*)|[^\W\d_]+|[^\w\s]"
)


def tokens(text: str) -> tuple[Token, ...]:
    """Cut *text* into words, numbers and signs."""
    found = []
    for match in _TOKEN.finditer(text):
        value = _value(match["digits"]) if match["digits"] else None
        found.append(Token(match[0].lower(), match.start(), match.end(), value))
    return tuple(found)


def _value(digits: str) -> Fraction | None:
    """Return what *digits* say; None if they are no number: `2.1.3`, `20261122`."""
    plain = re.sub(r"\s", "", digits).replace(",", ".")
    return Fraction(plain) if re.fullmatch(r"\d{1,7}(?:\.\d{1,3})?", plain) else None


@dataclass(frozen=True, slots=True)
class Number:
    """A number that begins at some token."""

    value: Fraction
    length: int
    """How many tokens it takes."""
    article: bool = False
    """Whether it is the word for one, which may be none: "en", "ett", "a"."""


_ARTICLES = frozenset({"en", "ett", "a", "an"})


def number_at(words: Sequence[Token], place: int) -> Number | None:
    """Return the number that begins at *place* of *words*, with the half after it; None if there is none."""
    found = _whole(words, place)
    if found is None:
        return None
    for half in (("och", "en", "halv"), ("och", "ett", "halvt"), ("and", "a", "half")):
        after = place + found.length
        if tuple(word.text for word in words[after : after + 3]) == half:
            return Number(found.value + Fraction(1, 2), found.length + 3)
    return found


def _whole(words: Sequence[Token], place: int) -> Number | None:
    if place >= len(words):
        return None
    first = words[place]
    if first.digits is not None:
        return Number(first.digits, 1)
    if first.text not in _beginnings() and "hundra" not in first.text:
        return None  # nearly every word of a text
    if first.text == "halvannan":
        return Number(Fraction(3, 2), 1)
    value, length = _in_words(words, place)
    if not length and first.text in {"a", "hundred"}:
        value, length = 1, int(first.text == "a")
    if _text(words, place + length) in {"hundred", "hundra"} and value < 10:
        value, length = value * 100, length + 1
        rest = place + length + (_text(words, place + length) == "and")
        more, others = _in_words(words, rest)
        if others and 0 < more < 100:
            value, length = value + more, rest + others - place
    if not length:
        return Number(Fraction(1), 1, article=True) if first.text in _ARTICLES else None
    return Number(Fraction(value), length, article=length == 1 and first.text in _ARTICLES)


def _in_words(words: Sequence[Token], place: int) -> tuple[int, int]:
    """Return the number that a word says, or an English pair of them, and how many tokens that takes."""
    pair = f"{_text(words, place)}-{_text(words, place + 2)}"
    if _text(words, place + 1) == "-" and pair in _words():
        return _words()[pair], 3
    pair = f"{_text(words, place)} {_text(words, place + 1)}"
    if pair in _words():
        return _words()[pair], 2
    word = _text(words, place)
    if word in _words():
        return _words()[word], 1
    hundreds, found, rest = word.partition("hundra")
    if found and (not hundreds or hundreds in _SWEDISH[1:10]) and (not rest or rest in _words()):
        return 100 * (_SWEDISH.index(hundreds) if hundreds else 1) + (_words()[rest] if rest else 0), 1
    return 0, 0


def _text(words: Sequence[Token], place: int) -> str:
    return words[place].text if place < len(words) else ""


@lru_cache(1)
def _beginnings() -> frozenset[str]:
    """Return every word that a number can begin with, but for those with "hundra" in them."""
    return frozenset({"halvannan", "hundred", *_ARTICLES, *(re.split(r"[- ]", word)[0] for word in _words())})


@lru_cache(1)
def _words() -> Mapping[str, int]:
    return {word: number for number in range(100) for word in number_words(number)}


def numbers(text: str) -> Iterator[Fraction]:
    """Yield the numbers of *text* in their order, articles left out.

    >>> [str(number) for number in numbers("Två av 10 kunder väntar 2,5 minuter, en hundra.")]
    ['2', '10', '5/2', '100']
    """
    words, place = tokens(text), 0
    while place < len(words):
        found = number_at(words, place)
        if found is not None and not found.article:
            yield found.value
        place += found.length if found is not None else 1

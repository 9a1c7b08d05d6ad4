"""Numbers from 0 to 100 in words, Swedish and English, for comparing a figure with a sentence."""

from __future__ import annotations

import re

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

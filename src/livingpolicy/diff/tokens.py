"""Cut text into the words a reader compares: an amount with its unit is one word, a mark is another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from livingpolicy.diff.values import Role
from livingpolicy.diff.vocabulary import ABBREVIATIONS, MONTHS, NUMERALS, SMALL, UNITS, UNITS_BEGIN
from livingpolicy.wording import styleless

_NUMBER = r"(?:\d{1,3}(?: \d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,:]\d+)*)"
_DASH = "[-‐‑‒–—−]"
_AMOUNT = (
    rf"(?:(?<!\w)[§$€£±~≈<>≤≥+−] ?)?{_NUMBER}(?: ?{_DASH} ?{_NUMBER})?(?:(?: ?%|[ -]?(?:{UNITS}))(?!\w)"
    rf"|(?:-?[^\W\d_]+)*)"
)
_WORD = r"[^\W_](?:[\w\u0300-\u036f])*"
_TOKEN = re.compile(
    r"(?P<placeholder>\{\{ ?target\.[a-z0-9-]{1,60} ?\}\})"
    r"|(?P<address>https?://[^\s<>]*[^\s<>.,;:!?)”\"']|(?:www\.)[\w-]+\.[\w./-]*\w"
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+)"
    rf"|(?P<figure>\d{{4}}-\d\d-\d\d(?!\d)"
    rf"|(?:\+\d{{1,3}}(?: ?\(0\))?[ -]?)?\d{{1,4}}[-–]\d{{2,3}}(?: \d{{2,3}})+(?!\d)"
    rf"|\d{{1,2}} (?i:{MONTHS})(?: \d{{4}})?(?!\w)"
    rf"|{_AMOUNT}"
    rf"|(?<!\w)(?i:{NUMERALS}) (?i:{UNITS})(?!\w))"
    rf"|(?P<abbreviation>(?:[^\W\d_]{{1,3}}\.){{2,4}})"
    rf"|(?P<word>{_WORD}(?:(?:{_DASH}|[’'´]){_WORD})*(?:-(?=[\s,/)]|$))?)"
    r"|\.{2,}|-{2,}|_+|[^\w\s][\u0300-\u036f\ufe0e\ufe0f\u200d]*|\S"
)
"""Every alternative is bounded or walks forward only, so that no text is slow."""
_PLAIN = re.compile(r"([^\W\d_]+)[.,;:!?]?")
_JOINED = re.compile(rf"(?i:{NUMERALS}|{MONTHS}|{UNITS}|{UNITS_BEGIN})")
"""Words that may be part of an amount or a date, and so stand in one token with what is beside them."""


@dataclass(frozen=True, slots=True)
class Token:
    """The least that is deleted or inserted."""

    text: str
    """As it was written, with one blank for any white space inside."""
    key: str
    """What makes it the same word: no style of quotation marks or dashes."""
    spaced: bool = False
    """A blank stands before it."""
    role: Role = Role.TEXT
    figure: bool = False
    """A number or an amount."""
    weight: float = 1.0
    """How much it says about whether two sentences are the same: 0.1 for a mark, 0.4 for a small word."""


def tokens(text: str) -> list[Token]:
    """Return the words and marks of *text*, in which every white space is one blank.

    >>> [token.text for token in tokens("Högst 1 000 kr, 90 % inom fem minuter.")]
    ['Högst', '1 000 kr', ',', '90 %', 'inom', 'fem minuter', '.']
    """
    found: list[Token] = []
    first, *others = text.split(" ")
    waiting = [first]
    for chunk in others:
        alone = _alone(chunk)
        if alone is None:
            waiting.append(chunk)
            continue
        found += _cut(" ".join(waiting))
        found += alone
        waiting = [""]
    found += _cut(" ".join(waiting))
    return found


@lru_cache(maxsize=8192)  # of the words of a language few make up most of any text
def _alone(chunk: str) -> tuple[Token, ...] | None:
    """Return the words of what stands between two blanks; None if they may go on beyond the blanks."""
    plain = _PLAIN.fullmatch(chunk)
    return None if plain is None or _JOINED.fullmatch(plain[1]) else _cut(f" {chunk}")


@lru_cache(maxsize=2048)
def _cut(text: str) -> tuple[Token, ...]:
    found = []
    for match in _TOKEN.finditer(text):
        start = match.start()
        found.append(_token(match[0], match.lastgroup, spaced=start > 0 and text[start - 1] == " "))
    return tuple(found)


def _token(text: str, kind: str | None, *, spaced: bool) -> Token:
    key = text if text.isalnum() else styleless(text)
    match kind:
        case "figure":
            return Token(text, key, spaced, figure=True, weight=1.0 + 0.5 * text.count(" "))
        case "word":
            return Token(text, key, spaced, weight=0.4 if key.lower() in SMALL else 1.0)
        case "placeholder" | "address" | "abbreviation":
            return Token(text, key, spaced)
        case _:
            return Token(text, key, spaced, weight=0.1)


def literal_tokens(text: str) -> list[Token]:
    """Return the words, marks and blanks of *text* as they stand: nothing in code is form.

    >>> [token.text for token in literal_tokens("a:  1")]
    ['a', ':', '  ', '1']
    """
    return [
        Token(found, found, weight=1.0 if found[0].isalnum() else 0.1)
        for found in re.findall(r"\n|[^\S\n]+|\w+|[^\w\s]", text)
    ]


_CLOSING = frozenset("\"'”’»)]")
_OPENING = frozenset("\"'”“„‘’«»([–—-")


def sentences(words: Sequence[Token]) -> list[Sequence[Token]]:
    """Cut a paragraph into its sentences.

    >>> [len(sentence) for sentence in sentences(tokens("Ring kl. 8. Mejla sedan, t.ex. Sam."))]
    [5, 6]
    """
    found: list[Sequence[Token]] = []
    start = 0
    for place, word in enumerate(words[:-1], start=1):
        text = word.text
        if text[-1].isalnum() and text[0] not in ".…" and word.role is Role.TEXT:
            continue  # clear at a glance, and nearly always: no sentence ends with it
        if words[place].spaced and _ends(words, place, start) and _begins(words, place):
            found.append(words[start:place])
            start = place
    if words:
        found.append(words[start:])
    return found


def _ends(words: Sequence[Token], place: int, start: int) -> bool:
    """Whether a sentence that began at *start* ends before *place*."""
    last = place - 1
    while last > start and (words[last].text in _CLOSING or words[last].role is not Role.TEXT):
        last -= 1
    end = words[last].text
    if end in {"!", "?"} or end[0] == "…" or (end[0] == "." and len(end) > 1):
        return True
    return end == "." and last > start and words[last - 1].text.lower() not in ABBREVIATIONS


def _begins(words: Sequence[Token], place: int) -> bool:
    """Whether a sentence may begin at *place*."""
    while place < len(words) - 1 and words[place].text in _OPENING:
        place += 1
    first = words[place].text[0]
    return not first.islower() and first not in ".,;:!?)…"

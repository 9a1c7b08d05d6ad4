"""Characters that have no place in a policy: invisible ones, and those that turn text around."""

from __future__ import annotations

import re
import unicodedata

LOST = "\ufffd"
"""Stands where a program could not read a character."""

_FORBIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters; tab and line feed are text
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # turn the direction of the text around
    "\u180e\u200b\u200c\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\u115f\u1160\u3164\uffa0"  # invisible
    "\u2028\u2029"  # end a line for some readers of the file and not for others
    "\ufffd"  # stands where a character was lost
    "\ud800-\udfff"
    "\ufffe\uffff\U0001fffe\U0001ffff\U000e0000-\U000e0fff"
    "]"
    # Zero-width joiner: only to join emoji.
    "|(?<![\u2600-\u27bf\ufe0f\U0001f000-\U0001faff])\u200d|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_SUSPECT = re.compile(r"[^\t\n -~¡-ɏ]")
"""Everything but tab, line feed, ASCII and the Latin letters: a fast way past ordinary text."""


def forbidden(text: str) -> list[tuple[int, str]]:
    r"""Return the place (index in *text*) and the character of the first of each kind.

    >>> forbidden("svar\u200bs\u200btid")
    [(4, '\u200b')]
    """
    if _SUSPECT.search(text) is None:
        return []
    first: dict[str, int] = {}
    for found in _FORBIDDEN.finditer(text):
        first.setdefault(found[0], found.start())
    return [(place, char) for char, place in first.items()]


def cleaned(text: str) -> str:
    """Return *text* without its forbidden characters; the lines stay, so that the rest can be checked."""
    return _FORBIDDEN.sub("", text)


def named(char: str) -> str:
    """Return how to speak of a character that cannot be shown: "U+200B ZERO WIDTH SPACE"."""
    name = unicodedata.name(char, "")
    return f"U+{ord(char):04X} {name}".rstrip()


_MOJIBAKE = re.compile(r"Ã[¥¤¶…„–©¨]|â€[œ™\x9d\x94“”]")


def misread(text: str) -> int | None:
    """Return the index where UTF-8 was once read as another encoding ("pÃ¥" for "på"), None if nowhere."""
    found = _MOJIBAKE.search(text)
    return found.start() if found else None

"""Cut a text into words the way questions are cut: small letters, no diacritics, hyphens both ways.

`docs/javascripts/find.js` does the same; a test in the browser holds the two side by side.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o", "œ": "oe", "đ": "d", "ł": "l", "\u00ad": None})
_SWEDISH = str.maketrans("åäöéüáà", "aaoeuaa")
_PLAIN = re.compile("[\0-\x7f\u00a0·–—‘’“”…]*")
"""Text that has no letter left to fold: nearly all of what is written."""
_GAP = re.compile("(?<=[0-9])[ \u00a0\u202f](?=[0-9]{3}(?![0-9]))")
"""Between thousands: "3 000" is one number."""
_WORD = re.compile("[^\\W_]+(?:[-'’\u2010\u2011][^\\W_]+)*")
_JOINT = re.compile("([-'’\u2010\u2011])")


def folded(text: str) -> str:
    """Return *text* as people type who are in a hurry: small letters, no dots or accents.

    >>> folded("Återbetalning på Café Øst")
    'aterbetalning pa cafe ost'
    """
    text = text.lower().translate(_SWEDISH)
    if _PLAIN.fullmatch(text):
        return text
    decomposed = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


@lru_cache(maxsize=1 << 15)  # whoever serves the site while they write asks for nearly the same every time
def words(text: str) -> tuple[str, ...]:
    """Return the words of *text* in order; one with a hyphen as a whole and then in parts.

    >>> words("E-postens 3 000 svar, måndag-fredag 8-18")
    ('epostens', 'postens', '3000', 'svar', 'mandagfredag', 'mandag', 'fredag', '8', '18')
    """
    return tuple(word for found in _WORD.findall(_GAP.sub("", folded(text))) for word in _parts(found))


@lru_cache(maxsize=1 << 14)
def _parts(found: str) -> tuple[str, ...]:
    pieces = _JOINT.split(found)
    if len(pieces) == 1:
        return (found,)
    whole = "".join(pieces[::2])
    if whole.isdigit():
        return tuple(pieces[::2])
    if any(joint in "'’" for joint in pieces[1::2]):
        return (whole,)
    return (whole, *(piece for piece in pieces[::2] if len(piece) > 1))

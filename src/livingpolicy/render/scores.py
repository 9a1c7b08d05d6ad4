"""Scores of the self-assessment as people read them: one decimal, which never says more than the band."""

from __future__ import annotations

from fractions import Fraction

from livingpolicy.language import Catalogue
from livingpolicy.model import Spread
from livingpolicy.scoring import MEAN_BORDERS, TOTAL_BORDERS, tenths


def total_shown(value: Fraction, words: Catalogue) -> str:
    """Return a total, "24,6"; 27.96 is "27,9", for it is not an asset yet."""
    return tenths_shown(tenths(value, TOTAL_BORDERS), words)


def mean_shown(value: Fraction, words: Catalogue) -> str:
    """Return the mean of a group or a statement, "3,5"."""
    return tenths_shown(tenths(value, MEAN_BORDERS), words)


def means_shown(spread: Spread, words: Catalogue) -> str:
    """Return the lowest and the highest mean, "2,0–4,5"."""
    return words.text(
        "assessment.spread", low=mean_shown(spread.low, words), high=mean_shown(spread.high, words)
    )


def tenths_shown(number: int, words: Catalogue) -> str:
    """Return so many tenths with the decimal mark of the language."""
    whole, tenth = divmod(number, 10)
    return f"{whole}{words.text('number.decimal')}{tenth}"

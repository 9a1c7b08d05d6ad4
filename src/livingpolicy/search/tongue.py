"""What of a language the search must know: stems at build time, endings and small words in the browser."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from livingpolicy.search.words import folded, words
from livingpolicy.validate.numerals import number_words

NUMERALS = (0, *range(2, 21), *range(30, 101, 10))
"""Told apart from no word: in Swedish, one is an article."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """A language as the browser gets to know it; every text folded."""

    stemmer: str
    """Its name in snowballstemmer."""
    endings: tuple[str, ...]
    """Inflections, for words of a question that stand nowhere in the policy: "svarstidernas"."""
    after_vowels: tuple[str, ...]
    """Inflections of words that end in a vowel, which the stemmer does not know."""
    derivations: tuple[str, ...]
    """What makes a word of another kind: reklam-era, reklam-ation."""
    links: tuple[str, ...]
    """What may stand between the parts of a compound. None: words are not put together."""
    small: tuple[str, ...]
    """Words that carry a question more than they say what it is about."""


def _listed(text: str) -> tuple[str, ...]:
    return tuple(folded(text).split())


SWEDISH = Tongue(
    stemmer="swedish",
    endings=_listed(
        "a ad ade ades ande andes ar are aren arens arna arnas arne as at d dde de des e en ens er erna"
        " ernas ers es et ets het heten hetens heter heterna hets n na nas ns or orna ornas r re rs s st"
        " ste t te ten ts"
    ),
    derivations=_listed(
        "ad an and ande ans ar are ation bar else en end ende ens er era erad erande ering ig ing ion lig"
        " ning sam tion"
    ),
    after_vowels=("n", "ns", "t", "ts"),
    links=("", "s", "e", "o"),
    small=_listed(
        "alla allt alltid att av bara behöver blev bli blir blivit bör de dem den denna deras dess det"
        " detta dig din dina ditt du där då efter ej eller en er era ert ett fick finns från får få för ge"
        " genom gick gör göra ha hade han har henne hennes hen hens hit hjälpa honom hos hur här i in inga"
        " ingen inget innan inte ja jag ju kan kanske kom kommer kunde kunna man med medan mej mig min"
        " mina mitt mot mycket måste ni nog nu någon något några när och om oss på redan sa sade sedan sej"
        " senast ska skall skulle samtidigt sig sin sina sitt snälla som så säga säger till under upp ut"
        " utan vad var vara varför varit vart vem vet vi vid vilka vilken vilket vill vår våra vårt är åt"
        " över"
    ),
)
ENGLISH = Tongue(
    stemmer="english",
    endings=_listed("s d ed er ers es ing ings ly y ied ies"),
    derivations=_listed("able al ance ation e ement er ful ion ity less ment ness or tion"),
    after_vowels=(),
    links=(),
    small=_listed(
        "a about all also am an and any are as at be been but by can could did do does for from get give"
        " go had has have he her him his how i if in into is it its just like make may me might must my no"
        " not of on or our out she should so some than that the their them then there these they this"
        " those to too up us was we were what when where which who whom whose why will with would you your"
    ),
)
TONGUES: Mapping[str, Tongue] = {"sv": SWEDISH, "en": ENGLISH}


def stems(forms: list[str], tongue: Tongue) -> list[str]:
    """Return the stem of each of *forms*: what its inflections have in common.

    Snowball leaves the definite form of a word that ends in a vowel as it is ("kvittot", "garantin"): such a
    form gets the stem of the word, if that stands among *forms* too.
    """
    found = {form: _stem(form, tongue.stemmer) for form in forms}
    for form in forms:
        for ending in tongue.after_vowels:
            base = form.removesuffix(ending)
            if base != form and len(base) > 2 and base[-1] in "aeiouy" and base in found:
                found[form] = found[base]
    return [found[form] for form in forms]


@lru_cache(maxsize=1 << 16)
def _stem(form: str, language: str) -> str:
    return str(_stemmer(language).stemWord(form))


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer(language)


def numerals(forms: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    """Return the ways of writing each number that stands among *forms*: `("3", "three", "tre")`."""
    known = frozenset(forms)
    groups = (
        (str(number), *sorted(folded(text) for text in number_words(number) if len(words(text)) == 1))
        for number in NUMERALS
    )
    return tuple(group for group in groups if not known.isdisjoint(group))

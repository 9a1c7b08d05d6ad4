"""The Swedish and English words that a comparison must know: units, numerals, small words, duties."""

from __future__ import annotations

NUMERALS = (
    "en|ett|två|tre|fyra|fem|sex|sju|åtta|nio|tio|elva|tolv|tretton|fjorton|femton|sexton|sjutton|arton|nitton"
    "|tjugo|trettio|fyrtio|femtio|sextio|sjuttio|åttio|nittio|hundra|tusen|noll|halv|halva|halvt|ingen|inga"
    "|inget|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
    "|zero|half|no"
)
"""Numbers in words, as alternatives of a pattern; one before a unit makes an amount."""

UNITS = (
    "%|‰|°C|€|kr|kronor|kronors|krona|öre|tkr|mkr|mnkr|sek|eur|euro|euros|dollars?|pounds?|pence"
    "|procent|procentenhet(?:er)?|percent|per cent|percentage points?"
    "|sekund(?:er)?s?|s|seconds?|minut(?:er)?s?|min|minutes?|tim(?:me|mar)?s?|halvtimmar|h|hours?|dygns?"
    "|(?:arbets|var|kalender|bank|helg|vecko)?dag(?:ar)?s?|(?:(?:working|business|calendar) )?days?"
    "|veck(?:a|or)s?|weeks?|månad(?:er)?s?|mån|months?|kvartal|quarters?|års?|years?"
    "|gång(?:er)?|times?|st|stycken|poäng|points?|personer|people|kg|g|km|m|cm|mm|l|cl|dl|ml|m²|m2|kB|MB|GB"
)
"""What stays with its number, as alternatives of a pattern."""

UNITS_BEGIN = "per|cent|percentage|working|business|calendar"
"""The parts of units of two words that are no units themselves, as alternatives of a pattern."""

MONTHS = (
    "jan(?:uari|uary)?|feb(?:ruari|ruary)?|mars|march|apr(?:il)?|maj|may|juni|june?|juli|july?|aug(?:usti|ust)?"
    "|sep(?:tember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
"""What stays with the day before it and the year after it."""

_SMALL = """
och eller men att som i på av till för med om inom från hos vid den det de en ett är har kan ska vi du hen han
hon man ni oss dig sig sin sitt sina så då när där här också samt än vår vårt våra din ditt dina blir får inte
and or but that which in on of to for with if within from at by the a an is are has have can will we you they
it our your us not be as this
"""
SMALL = frozenset(_SMALL.split())
"""Words that two sentences have in common without saying the same."""

_DUTIES = """
inte aldrig alltid ska skall bör måste får kan behöver bara endast minst högst senast tidigast ingen
inget inga not never always shall should must may can cannot only no least most within before after
"""
DUTIES = frozenset(_DUTIES.split())
"""Words that turn a rule around: told right after the figures."""

_ABBREVIATIONS = (
    "kl ca nr tel st dvs resp ev exkl inkl max min ung jfr bl t ex s o m mr mrs dr no vs incl approx"
)
ABBREVIATIONS = frozenset(_ABBREVIATIONS.split())
"""A full stop after one of these ends no sentence."""

"""What an editor may have meant: the nearest known word, also across languages."""

from __future__ import annotations

from collections.abc import Collection, Mapping

KEYS: Mapping[str, str] = {
    "address": "adress",
    "after": "efter",
    "agreed_on": "avtalat avtalad avtalat_den",
    "aliases": "alias",
    "answered_on": "datum dag besvarad svarade svarade_den",
    "answers": "svar",
    "areas": "delar omrade omraden",
    "at_least": "minst",
    "at_most": "hogst",
    "by": "granskad_av granskare reviewer",
    "ceiling": "tak",
    "channel": "channels kanal kanaler",
    "channels": "kanal kanaler",
    "chapters": "kapitel",
    "checked": "kontrollerat",
    "clock": "klocka",
    "closed_days": "closed stangda_dagar stangt",
    "contact": "email epost kontakt mail mejl",
    "country": "land",
    "days": "dagar",
    "department": "avdelning",
    "description": "beskrivning syfte",
    "effective_from": "galler_fran",
    "every": "varje",
    "figure": "figur siffra",
    "from": "fran",
    "grace": "respit",
    "groups": "grupper",
    "guiding_words": "ledord ledorden",
    "kind": "slag sort typ type",
    "language": "lang sprak",
    "management": "chef chefer ledning ledningen",
    "mandate": "mandat",
    "measured": "mats matt",
    "name": "namn",
    "needs": "behov",
    "note": "anteckning kommentar",
    "opening_hours": "oppettider",
    "organisation": "bolag company foretag organization",
    "other_numbers": "andra_tal ovriga_tal",
    "outcome": "resultat utfall",
    "owner": "agare ansvarig",
    "owners": "ansvariga",
    "phases": "fas faser",
    "poster": "plansch",
    "promise": "lofte",
    "questionnaire": "enkat formular",
    "reason": "orsak skal",
    "replaced_by": "ersatts_av",
    "respondents": "deltagare personer svarande",
    "retired_on": "upphavd upphavd_den",
    "review": "granskning",
    "review_every": "granska granskas granskas_varje interval intervall review_in review_interval",
    "review_when": "granskas_nar",
    "reviewed_on": "date datum granskad granskad_den last_reviewed review_date reviewed",
    "role": "roll",
    "section": "avsnitt",
    "sections": "avsnitt",
    "share": "andel",
    "signs": "tecken varningstecken",
    "situations": "situation situationer",
    "statements": "pastaenden",
    "steps": "steg",
    "target": "mal",
    "text": "pastaende",
    "timezone": "tidszon tz",
    "title": "heading rubrik titel",
    "to": "till",
    "unit": "enhet",
    "version": "utgava",
    "warn": "varna",
    "what": "vad",
    "within": "inom",
    "wording": "lydelse ordalydelse",
}
"""For a key: what it is called in Swedish or by other tools, folded."""

VALUES: Mapping[str, str] = {
    "after": "efter",
    "around-the-clock": "dygnet_runt",
    "before": "fore",
    "between": "mellan",
    "chat": "chatt",
    "communication": "kommunikation",
    "complaints": "klagomal",
    "count": "antal",
    "daily": "dagligen",
    "days": "dag dagar",
    "during": "under",
    "en": "engelska english",
    "follow-up": "uppfoljning",
    "fri": "fre",
    "guideline": "riktlinje",
    "hours": "timmar timme",
    "mail": "e_post email epost mejl",
    "minutes": "minut minuter",
    "mon": "man",
    "monthly": "manadsvis varje_manad",
    "needs-change": "behover_andras",
    "opening-hours": "oppettider",
    "overview": "oversikt",
    "percent": "% procent",
    "phone": "telefon",
    "post": "brev",
    "promise": "lofte",
    "quarterly": "kvartalsvis",
    "retention": "kundvard",
    "revised": "andrad andrat",
    "rule": "regel",
    "sat": "lor",
    "score": "poang",
    "social": "sociala_medier",
    "speed": "snabbhet",
    "staff": "medarbetare personal",
    "sun": "son",
    "sv": "svenska swedish",
    "thu": "tor tors",
    "tue": "tis",
    "unchanged": "oforandrad oforandrat ok",
    "visit": "besok butik",
    "web": "webb webbplats",
    "wed": "ons",
    "weekly": "veckovis",
    "working-days": "arbetsdagar",
    "yearly": "arsvis",
}
"""For a value: what it is called in Swedish, folded."""

_SHOWN = 8


def near(word: str, known: Collection[str], meanings: Mapping[str, str] | None = None) -> str:
    """Return what to propose instead of *word*: the nearest of *known*, or the first eight of them.

    >>> near("ägare", ["id", "owner"], KEYS)
    'owner'
    >>> near("x", ["id", "owner"])
    'id, owner'
    """
    match = nearest(word, known, meanings)
    if match is not None:
        return match
    words = sorted(known) or ["…"]
    return ", ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")


def nearest(
    word: str, known: Collection[str], meanings: Mapping[str, str] | None = None, *, cutoff: float = 0.65
) -> str | None:
    """Return the member of *known* that *word* most likely stands for, None when nothing is near.

    *cutoff* is the similarity asked for, from 0 to 1.
    """
    from difflib import get_close_matches  # late: only when something is wrong

    folded = _folded(word)
    for candidate in sorted(known):
        if folded in (meanings or {}).get(candidate, "").split():
            return candidate
    by_folded = {_folded(item): item for item in sorted(known)}
    matches = get_close_matches(folded, by_folded, n=1, cutoff=cutoff)
    return by_folded[matches[0]] if matches else None


def _folded(word: str) -> str:
    """Return *word* in small letters without accents, blanks and hyphens as underscores."""
    from unicodedata import combining, normalize

    plain = "".join(char for char in normalize("NFKD", word[:100].casefold()) if not combining(char))
    return "_".join(plain.replace("-", " ").replace("_", " ").split())

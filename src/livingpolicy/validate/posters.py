"""Rules about the posters as a whole: how much stands on each, for whom, in which colours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from livingpolicy.colours import TEXT, palette
from livingpolicy.errors import Problem
from livingpolicy.logos import LogoError, picture
from livingpolicy.model import Area, Channel, Colours, Kind, PosterPlan, PosterSettings, SectionId, Source
from livingpolicy.parse import WrittenPolicy
from livingpolicy.schema import PolicyFile, SectionBlock
from livingpolicy.spelling import near

FEWEST, MOST = 4, 12
"""Promises on a poster."""
MOST_WORDS = 75
MOST_AFAR, AFAR = 6, 4 / 55
"""So many promises can be read from so many metres for each inch of the screen."""
RESERVED = frozenset({"kontroll", "check"})
"""The page that tells of a printed poster whether it still holds."""


@dataclass(frozen=True, slots=True)
class _Promise:
    """A promise that a section lets stand on posters, with what it inherits."""

    id: SectionId
    block: SectionBlock
    areas: tuple[Area, ...]
    channels: tuple[Channel, ...]
    source: Source

    def stands(self, day: date) -> bool:
        """Whether it holds on *day*."""
        block = self.block
        begun = block.effective_from is None or block.effective_from <= day
        return begun and (block.retired_on is None or block.retired_on > day)

    @property
    def words(self) -> int:
        poster = self.block.poster
        return (
            sum(len((text or "").split()) for text in (poster.figure, poster.unit, poster.text))
            if poster
            else 0
        )


@dataclass(frozen=True, slots=True)
class _Poster:
    """A poster as it is written: `plan.settings` holds only its size and distance."""

    plan: PosterPlan
    source: Source
    asked_for: bool
    """False: nobody has written a word about posters."""


def posters_are_short(written: WrittenPolicy) -> Iterator[Problem]:
    """A poster has 4 to 12 promises, and all its words are no more than 75; so on every day to come.

    Passes: six promises of seven words.
    Fails: thirteen promises; 76 words. Warns: three promises; none, though there is a `poster:`.
    """
    settings = written.settings
    if settings.value is None:
        return
    texts = (
        [settings.value.vision, *settings.value.guiding_words]
        if settings.sure("vision", "guiding_words")
        else None
    )
    for poster in _posters(written):
        days = [_chosen(poster.plan, written, day) for day in _days(written)]
        now, fullest = days[0], max(days, key=len)
        title = {"title": poster.plan.title}
        if len(fullest) > MOST:
            yield Problem(
                poster.source, "poster-full", {"count": str(len(fullest)), "limit": str(MOST), **title}
            )
        if len(now) < FEWEST and (now or poster.asked_for):
            hidden = poster.plan.visitors and _chosen(
                replace(poster.plan, visitors=False), written, _days(written)[0]
            )
            code = "poster-visitors" if hidden and not now else "poster-thin"
            yield Problem(
                poster.source, code, {"count": str(len(now)), "least": str(FEWEST), **title}, warning=True
            )
        if texts is None:
            continue
        count = max(sum(one.words for one in chosen) for chosen in days) + sum(
            len(text.split()) for text in texts
        )
        if count > MOST_WORDS:
            yield Problem(
                poster.source, "poster-wordy", {"count": str(count), "limit": str(MOST_WORDS), **title}
            )


def posters_are_read_from_afar(written: WrittenPolicy) -> Iterator[Problem]:
    """What is read from four metres on a screen of 55 inches has six promises at most.

    Passes: eight promises with `distance_m: 3`.
    Fails: nothing; the fit says what cannot be read. Warns: eight promises with `distance_m: 4`.
    """
    for poster in _posters(written):
        settings = poster.plan.settings
        count = max(len(_chosen(poster.plan, written, day)) for day in _days(written))
        if MOST_AFAR < count <= MOST and settings.distance_m / settings.screen_inches >= AFAR:
            values = {
                "title": poster.plan.title,
                "count": str(count),
                "limit": str(MOST_AFAR),
                "distance": _number(f"{settings.distance_m:g}", written.settings.value),
                "inches": f"{settings.screen_inches:g}",
            }
            yield Problem(poster.source, "poster-crowded", values, warning=True)


def posters_choose_what_is_there(written: WrittenPolicy) -> Iterator[Problem]:
    """A poster under `posters:` has a name of its own and names sections that may stand on it.

    Passes: `posters: {reception: {title: Reception, audience: visitors, sections: [svar-telefon]}}`.
    Fails: a poster called `kontroll`; a section that is unknown, says no `poster`, or, where visitors read
    it, no `visitors: true`.
    """
    settings = written.settings
    if settings.value is None or not settings.sure("posters"):
        return
    known = {*written.ids, *written.aliases}
    promises = {one.id: one for one in _promises(written)}
    for name, entry in (settings.value.posters or {}).items():
        if name in RESERVED:
            yield Problem(settings.source("posters", name), "poster-name", {"name": name})
        if not written.all_sections_seen:
            continue
        for place, section in enumerate(entry.sections):
            source = settings.source("posters", name, "sections", place)
            chosen = promises.get(written.aliases.get(section, section))
            if section not in known:
                yield Problem(source, "unknown-section", {"id": section, "known": near(section, known)})
            elif chosen is None:
                yield Problem(source, "poster-section", {"id": section})
            elif entry.audience == "visitors" and chosen.block.poster and not chosen.block.poster.visitors:
                yield Problem(source, "poster-staff-only", {"id": section, "title": entry.title})


def colours_can_be_read(written: WrittenPolicy) -> Iterator[Problem]:
    """A company's colours give letters a contrast of 7:1; where they do not, a darker or lighter shade does.

    Passes: `colours: {panel: "#0a4552"}`.
    Fails: nothing. Warns: `colours: {panel: "#3388cc"}`, on which neither white nor black can be read.
    """
    settings = written.settings
    if settings.value is None or not settings.sure("poster"):
        return
    entry = settings.value.poster.colours
    for one in palette(Colours(entry.panel, entry.accent, entry.paper, entry.ink)).corrections:
        if getattr(entry, one.name) is None:
            continue  # ours, and made to suit what the editor chose
        values = {
            "name": one.name,
            "given": one.given,
            "used": one.used,
            "ratio": _number(f"{one.before:.1f}", settings.value),
            "better": _number(f"{one.after:.1f}", settings.value),
            "least": f"{TEXT:g}",
        }
        yield Problem(settings.source("poster", "colours", one.name), "colour-contrast", values, warning=True)


def logos_can_be_seen(written: WrittenPolicy) -> Iterator[Problem]:
    """A logo is a still picture of its own kind, and an SVG holds shapes and nothing else.

    Passes: `logo: images/logo.svg`, a drawing of paths.
    Fails: a file that is not there; an SVG with a script, a picture or a typeface in it; a strip.
    """
    settings = written.settings
    if settings.value is None or not settings.sure("poster"):
        return
    for key in ("logo", "logo_dark"):
        name = getattr(settings.value.poster, key)
        path = f"policy/{name}"
        if name is None or path in written.unread:
            continue
        data = written.logos.get(path)
        if data is None:
            # Of another commit only the names of pictures are known, and no SVG is among them.
            if written.logos_seen:
                yield Problem(settings.source("poster", key), "logo-missing", {"path": path})
            continue
        try:
            picture(path, data)
        except LogoError as error:
            yield Problem(Source(path), error.code, error.values)


def _number(text: str, policy: PolicyFile | None) -> str:
    return text if policy is not None and policy.language == "en" else text.replace(".", ",")


def _posters(written: WrittenPolicy) -> Iterator[_Poster]:
    settings = written.settings
    if settings.value is None:
        return
    usual = settings.value.poster
    if settings.sure("poster", "title"):
        asked = "poster" in settings.raw
        first = next((one.source for one in _promises(written)), settings.source())
        source = settings.source("poster") if asked else first
        plan = PosterPlan("", settings.value.title, _size(usual.screen_inches, usual.distance_m))
        yield _Poster(plan, source, asked)
    for name, entry in (settings.value.posters or {}).items() if settings.sure("posters", "poster") else ():
        plan = PosterPlan(
            name=name,
            title=entry.title,
            settings=_size(entry.screen_inches or usual.screen_inches, entry.distance_m or usual.distance_m),
            visitors=entry.audience == "visitors",
            areas=entry.areas,
            channels=entry.channels,
            sections=tuple(written.aliases.get(section, section) for section in entry.sections),
        )
        yield _Poster(plan, settings.source("posters", name), True)


def _size(inches: float, metres: float) -> PosterSettings:
    return PosterSettings(None, inches, metres)


def _promises(written: WrittenPolicy) -> Iterator[_Promise]:
    """Yield every section that may stand on a poster, some day or other."""
    policy = written.settings.value
    for chapter in written.chapters:
        front = chapter.front.value
        for section in chapter.sections:
            block = section.block.value
            if block is None or section.id is None or block.poster is None or block.kind is not Kind.PROMISE:
                continue
            inherited = [one for one in (front, policy) if one is not None]
            areas = next((one.areas for one in (block, *inherited) if one.areas is not None), ())
            channels = next((one.channels for one in (block, *inherited) if one.channels is not None), ())
            yield _Promise(section.id, block, areas, channels, section.block.source("poster"))


def _chosen(plan: PosterPlan, written: WrittenPolicy, day: date) -> list[_Promise]:
    return [
        one
        for one in _promises(written)
        if one.stands(day)
        and plan.takes(one.id, one.areas, one.channels)
        and (not plan.visitors or (one.block.poster is not None and one.block.poster.visitors))
    ]


def _days(written: WrittenPolicy) -> list[date]:
    """Return today and every coming day on which a promise begins to hold."""
    coming = {
        one.block.effective_from
        for one in _promises(written)
        if one.block.effective_from is not None and one.block.effective_from > written.today
    }
    return [written.today, *sorted(coming)]

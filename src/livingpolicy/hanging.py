"""What is written about posters becomes how each of them hangs: where, how large, for whom."""

from __future__ import annotations

from livingpolicy.model import Colours, Logo, PosterPlan, PosterSettings, PosterText
from livingpolicy.parse import WrittenPolicy
from livingpolicy.schema import PolicyFile
from livingpolicy.schema.models import PosterEntry


def poster_settings(written: WrittenPolicy, settings: PolicyFile) -> PosterSettings:
    """Return how the poster hangs that every policy has. *written* has passed every rule."""
    entry = settings.poster
    chosen = entry.colours
    return PosterSettings(
        address=entry.address,
        screen_inches=entry.screen_inches,
        distance_m=entry.distance_m,
        upright=entry.format == "portrait",
        colours=Colours(chosen.panel, chosen.accent, chosen.paper, chosen.ink),
        typeface=entry.typeface,
        logo=_logo(entry.logo, written),
        logo_dark=_logo(entry.logo_dark, written),
        hyphens=entry.hyphens,
        source=written.settings.source("poster"),
    )


def more_posters(written: WrittenPolicy, settings: PolicyFile) -> tuple[PosterPlan, ...]:
    """Return the posters under `posters:`; what one does not say is as under `poster:`."""
    usual = poster_settings(written, settings)
    return tuple(
        PosterPlan(
            name=name,
            title=entry.title,
            settings=PosterSettings(
                address=entry.address or usual.address,
                screen_inches=entry.screen_inches or usual.screen_inches,
                distance_m=entry.distance_m or usual.distance_m,
                upright=entry.format == "portrait" if entry.format else usual.upright,
                colours=usual.colours,
                typeface=usual.typeface,
                logo=usual.logo,
                logo_dark=usual.logo_dark,
                hyphens=usual.hyphens,
                source=written.settings.source("posters", name),
            ),
            visitors=entry.audience == "visitors",
            areas=entry.areas,
            channels=entry.channels,
            sections=tuple(written.aliases.get(section, section) for section in entry.sections),
        )
        for name, entry in (settings.posters or {}).items()
    )


def poster_text(entry: PosterEntry) -> PosterText:
    """Return what a section says on posters.

    Its measured value stands below it unless it is hidden; where visitors read it, only if that is written.
    """
    return PosterText(
        text=entry.text,
        figure=entry.figure,
        unit=entry.unit,
        shows_value=entry.value != "hidden",
        for_visitors=entry.visitors,
        value_for_visitors=entry.visitors and entry.value == "shown",
    )


def _logo(path: str | None, written: WrittenPolicy) -> Logo | None:
    """Return the logo that is written as `images/logo.svg`, with what it holds."""
    if path is None:
        return None
    return Logo(f"policy/{path}", written.logos.get(f"policy/{path}"))

"""Style sheets and typefaces that are written by the build."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from livingpolicy.diagrams import style_sheet
from livingpolicy.fonts import POSTER_ONLY, FontFile, css, licences
from livingpolicy.model import Snapshot
from livingpolicy.render.pages.values import SiteFile, SiteSettings


def diagram_files(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SiteFile]:  # noqa: ARG001 (a FileMaker)
    """Yield the rules of the diagrams; every page links to them, so the file is there also without any."""
    yield SiteFile("stylesheets/diagrams.css", style_sheet(settings.diagrams))


def type_files(fonts: Sequence[FontFile]) -> Iterable[SiteFile]:
    """Yield the *fonts*, their licences and the style sheet that names them."""
    shown = [font for font in fonts if (font.family, font.weight) != POSTER_ONLY]
    yield SiteFile("stylesheets/fonts.css", css(shown, "../fonts/").encode())
    for font in shown:
        yield SiteFile(f"fonts/{font.name}", font.data)
    for name, licence in licences().items():
        yield SiteFile(f"fonts/{name}", licence)

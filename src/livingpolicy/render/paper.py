"""The whole policy on one page for paper: cover, contents, every section in force, version on every sheet.

A document of its own, without the theme: nothing has to be hidden or undone when it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from livingpolicy.diagrams import style_sheet
from livingpolicy.fonts import POSTER_ONLY, FontFile, css
from livingpolicy.language import catalogue
from livingpolicy.model import Chapter, Snapshot, Status
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import relative
from livingpolicy.render.pages.health import tally
from livingpolicy.render.pages.prose import HeadingNames, Prose
from livingpolicy.render.pages.sections import SectionView, view
from livingpolicy.render.pages.values import SiteFile, SiteSettings
from livingpolicy.render.pages.version import version_of


@dataclass(frozen=True, slots=True)
class PaperChapter:
    """A chapter on paper."""

    chapter: Chapter
    lead: SectionView | None
    sections: tuple[SectionView, ...]


def paper_files(snapshot: Snapshot, settings: SiteSettings, fonts: Sequence[FontFile]) -> Iterable[SiteFile]:
    """Yield the page and its style sheets. The typefaces are those of the site, in `fonts/`."""
    folder = catalogue(snapshot.policy.language).text("site.path.whole")
    style = (_resource("paper.css") + _sheet(snapshot)).encode() + style_sheet(settings.diagrams)
    name = f"paper-{sha256(style).hexdigest()[:12]}.css"
    yield SiteFile(f"{folder}/{name}", style)
    shown = [font for font in fonts if (font.family, font.weight) != POSTER_ONLY]
    yield SiteFile(f"{folder}/fonts.css", css(shown, "../fonts/").encode())
    yield SiteFile(f"{folder}/index.html", _page(snapshot, settings, folder=folder, style=name).encode())


def paper_address(snapshot: Snapshot, settings: SiteSettings) -> str:
    """Return the address of the page on the site."""
    folder = catalogue(snapshot.policy.language).text("site.path.whole")
    return f"{folder}/" if settings.folders else f"{folder}/index.html"


def _page(snapshot: Snapshot, settings: SiteSettings, *, folder: str, style: str) -> str:
    policy = snapshot.policy
    prose = Prose(policy, f"{folder}/", settings, whole=True)
    names = HeadingNames.of_chapter(*policy.chapters)
    return (
        environment(policy.language)
        .get_template("paper/paper.html.j2")
        .render(
            policy=policy,
            chapters=[_chapter(chapter, snapshot, prose, names) for chapter in policy.chapters],
            tally=tally(snapshot),
            as_of=snapshot.as_of,
            known=snapshot.history.complete,
            version=version_of(snapshot),
            style=style,
            icon=relative("images/favicon.svg", f"{folder}/"),
            home=relative("" if settings.folders else "index.html", f"{folder}/"),
        )
    )


def _chapter(chapter: Chapter, snapshot: Snapshot, prose: Prose, names: HeadingNames) -> PaperChapter:
    words = catalogue(snapshot.policy.language)
    views = [
        view(item, snapshot, prose, names, settings=SiteSettings(), version="", words=words)
        for item in snapshot.sections
        if item.chapter.id == chapter.id and item.status is not Status.RETIRED
    ]
    lead = views.pop(0) if views and views[0].item.section.id == chapter.id else None
    return PaperChapter(chapter, lead, tuple(views))


def _sheet(snapshot: Snapshot) -> str:
    """Return what stands in the margin of every sheet, for browsers that print there."""
    policy, words = snapshot.policy, catalogue(snapshot.policy.language)
    left = (
        f"{policy.title} · {policy.organisation} · {words.text('site.version', version=version_of(snapshot))}"
    )
    return (
        "@page {\n"
        f"  @bottom-left {{ content: {_string(left)}; }}\n"
        f'  @bottom-right {{ content: counter(page) " / " counter(pages); }}\n'
        "}\n@page :first {\n  @bottom-left { content: none; }\n  @bottom-right { content: none; }\n}\n"
    )


def _string(text: str) -> str:
    """Return *text* as a string of a style sheet, whatever it holds."""
    return (
        '"'
        + "".join(char if char.isalnum() or char in " ·-." else f"\\{ord(char):x} " for char in text)
        + '"'
    )


def _resource(name: str) -> str:
    return (files("livingpolicy") / "templates" / "paper" / name).read_text("utf-8")

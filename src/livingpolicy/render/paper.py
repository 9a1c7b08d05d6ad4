"""The whole policy on one page for paper: cover, contents, every section in force, version on every sheet.

A document of its own, without the theme: nothing has to be hidden or undone when it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

from markupsafe import Markup

from livingpolicy.diagrams import style_sheet
from livingpolicy.fonts import POSTER_ONLY, FontFile, css
from livingpolicy.language import catalogue
from livingpolicy.model import Chapter, SectionId, Snapshot, Status
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import relative
from livingpolicy.render.pages.health import tally
from livingpolicy.render.pages.prose import HeadingNames, Prose
from livingpolicy.render.pages.sections import Sections, SectionText, section_text
from livingpolicy.render.pages.values import SiteFile, SiteSettings
from livingpolicy.render.pages.version import version_of


@dataclass(frozen=True, slots=True)
class PaperChapter:
    """A chapter on paper."""

    id: SectionId
    title: str
    lead: SectionText | None
    sections: tuple[SectionText, ...]


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
    sections = Sections.of(snapshot)
    words = catalogue(policy.language)
    chapters = [_chapter(chapter, sections, prose, names) for chapter in policy.chapters]
    return (
        environment(policy.language)
        .get_template("paper/paper.html.j2")
        .render(
            policy=policy,
            chapters=chapters,
            parts=[_html(words.language, number, made, settings) for number, made in enumerate(chapters, 1)],
            tally=tally(snapshot),
            as_of=snapshot.as_of,
            known=snapshot.history.complete,
            version=version_of(snapshot),
            style=style,
            icon=relative("images/favicon.svg", f"{folder}/"),
            home=relative("" if settings.folders else "index.html", f"{folder}/"),
        )
    )


def _chapter(chapter: Chapter, sections: Sections, prose: Prose, names: HeadingNames) -> PaperChapter:
    words = catalogue(sections.snapshot.policy.language)
    texts = [
        section_text(item, sections.snapshot, prose, names, words)
        for item in sections.in_chapter(chapter.id)
        if item.status is not Status.RETIRED
    ]
    lead = texts.pop(0) if texts and texts[0].id == chapter.id else None
    return PaperChapter(chapter.id, chapter.title, lead, tuple(texts))


def _html(language: str, number: int, chapter: PaperChapter, settings: SiteSettings) -> Markup:
    def made() -> str:
        template = environment(language).get_template("paper/chapter.html.j2")
        return template.render(number=number, chapter=chapter)

    return Markup(settings.memory.of(("paper", language, number, chapter), made))  # noqa: S704  # ours, escaped


def _sheet(snapshot: Snapshot) -> str:
    """Return what stands at the foot of every sheet: in its margin, where the browser prints there."""
    policy, words = snapshot.policy, catalogue(snapshot.policy.language)
    left = (
        f"{policy.title} · {policy.organisation} · {words.text('site.version', version=version_of(snapshot))}"
    )
    return (
        "@page {\n"
        f"  @bottom-left {{ content: {_string(left)}; }}\n"
        f'  @bottom-right {{ content: counter(page) " / " counter(pages); }}\n'
        "}\n@page :first {\n  @bottom-left { content: none; }\n  @bottom-right { content: none; }\n}\n"
        f":root {{\n  --sheet: {_string(left)};\n}}\n"
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

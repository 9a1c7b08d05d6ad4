"""The whole site of a policy, as values."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from livingpolicy.fonts import FontFile, css, licences
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Snapshot
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import page_url
from livingpolicy.render.pages.chapter import chapter_page
from livingpolicy.render.pages.machine import build_id, machine_files
from livingpolicy.render.pages.prose import Prose
from livingpolicy.render.pages.review import review_page
from livingpolicy.render.pages.start import start_page
from livingpolicy.render.pages.values import Site, SiteFile, SiteSettings
from livingpolicy.render.poster import FOLDER, poster_page


def version_of(snapshot: Snapshot, words: Catalogue) -> str:
    """Return what a page calls its version: "2026-11-22 · a1b2c3d"."""
    head = snapshot.head[:7] if snapshot.head else words.text("site.unknown-version")
    version = f"{snapshot.as_of.isoformat()} · {head}"
    return words.text("site.draft-version", version=version) if snapshot.history.drafts else version


def site(
    snapshot: Snapshot, settings: SiteSettings, *, fonts: Sequence[FontFile], problems: Sequence[str] = ()
) -> Site:
    """Return the site of *snapshot*, with the poster and the *fonts* that both are set in.

    *problems* are lines on why what has been written since is not shown.
    """
    policy = snapshot.policy
    words = catalogue(policy.language)
    templates = environment(policy.language)
    version = version_of(snapshot, words)
    review_url = page_url(words.text("site.path.review"), settings)
    poster_url = f"{FOLDER}/" if settings.folders else f"{FOLDER}/index.html"
    chapters = tuple(
        chapter_page(chapter, snapshot, settings=settings, version=version) for chapter in policy.chapters
    )
    start = start_page(snapshot, settings=settings, review_url=review_url, poster_url=poster_url)
    review = review_page(snapshot, review_url, settings=settings, version=version)
    poster = tuple(SiteFile(*item) for item in poster_page(snapshot, fonts=fonts).items())
    type_ = (
        SiteFile("stylesheets/fonts.css", css(fonts, "../fonts/").encode()),
        *(SiteFile(f"fonts/{font.name}", font.data) for font in fonts),
        *(SiteFile(f"fonts/{name}", licence) for name, licence in licences().items()),
    )
    build = build_id(
        [page.hero.encode() + page.html.encode() for page in (start, *chapters, review)]
        + [file.content for file in poster]
    )
    return Site(
        language=words.language,
        title=policy.title,
        start=start,
        chapters=chapters,
        review=review,
        poster=poster_url,
        version=version,
        footer=Markup(  # noqa: S704  # from our escaping environment
            templates.get_template("site/footer.html").render(policy=policy, version=version)
        ),
        missing=Markup(templates.get_template("site/missing.html").render()),  # noqa: S704  # as above
        notice=_notice(snapshot, problems, words),
        files=(*poster, *type_, *machine_files(snapshot, build)),
        images=_images(snapshot, settings),
    )


def taken_ids(snapshot: Snapshot, others: Iterable[str]) -> tuple[str, ...]:
    """Return a line for each chapter whose id is another page's address; *others* are names in `docs/`."""
    words = catalogue(snapshot.policy.language)
    taken = {*others, words.text("site.path.review"), FOLDER, "api", "assets", "fonts", "search"}
    return tuple(
        words.text("site.problem.taken", source=chapter.source, id=chapter.id)
        for chapter in snapshot.policy.chapters
        if chapter.id in taken
    )


def _notice(snapshot: Snapshot, problems: Sequence[str], words: Catalogue) -> Markup:
    notes = () if snapshot.history.complete else snapshot.history.notes[:1]
    html = (
        environment(words.language)
        .get_template("site/notice.html")
        .render(
            known=snapshot.history.complete,
            reason=" ".join(words.text(note.code, **note.values) for note in notes),
            problems=problems,
        )
    )
    return Markup(html.strip())  # noqa: S704  # from our escaping environment


def _images(snapshot: Snapshot, settings: SiteSettings) -> tuple[str, ...]:
    prose = Prose(snapshot.policy, "", settings)
    return tuple(sorted({path for section in snapshot.policy.sections for path in prose.images(section)}))

"""The whole site of a policy, as values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from markupsafe import Markup

from livingpolicy.chronicle import newest
from livingpolicy.fonts import FontFile
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Snapshot
from livingpolicy.render.archive.changes import changes_pages
from livingpolicy.render.archive.files import archive_files
from livingpolicy.render.archive.then import then_pages
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.about import about_pages
from livingpolicy.render.pages.addresses import poster_url
from livingpolicy.render.pages.assessment import assessment_pages
from livingpolicy.render.pages.assets import diagram_files, type_files
from livingpolicy.render.pages.calendars import calendar_files
from livingpolicy.render.pages.chapter import chapter_pages
from livingpolicy.render.pages.coverage import coverage_pages
from livingpolicy.render.pages.departments import department_pages
from livingpolicy.render.pages.evaluation import evaluation_pages
from livingpolicy.render.pages.finder import finder_pages
from livingpolicy.render.pages.machine import build_id, report_files, status_file
from livingpolicy.render.pages.prose import Prose
from livingpolicy.render.pages.responsibility import responsibility_pages
from livingpolicy.render.pages.review import review_pages
from livingpolicy.render.pages.search import search_control, search_files, search_pages
from livingpolicy.render.pages.start import start_pages
from livingpolicy.render.pages.target import target_pages
from livingpolicy.render.pages.targets import targets_pages
from livingpolicy.render.pages.values import Site, SiteFile, SitePage, SiteSettings
from livingpolicy.render.pages.version import version_of
from livingpolicy.render.paper import paper_address, paper_files
from livingpolicy.render.poster import poster_files
from livingpolicy.render.poster_pages import poster_check_files
from livingpolicy.render.screen import screen_files

PageMaker: TypeAlias = Callable[[Snapshot, SiteSettings], Iterable[SitePage]]
FileMaker: TypeAlias = Callable[[Snapshot, SiteSettings], Iterable[SiteFile]]

PAGES: tuple[PageMaker, ...] = (
    start_pages,
    finder_pages,
    chapter_pages,
    targets_pages,
    target_pages,
    department_pages,
    evaluation_pages,
    changes_pages,
    then_pages,
    assessment_pages,
    review_pages,
    responsibility_pages,
    coverage_pages,
    about_pages,
    search_pages,
)
"""Everything that writes pages; within a part of the navigation they stand in this order."""

FILES: tuple[FileMaker, ...] = (
    report_files,
    calendar_files,
    diagram_files,
    archive_files,
    poster_check_files,
    search_files,
)
"""Everything that writes files beside them, such as data and calendars."""


def site(
    snapshot: Snapshot, settings: SiteSettings, *, fonts: Sequence[FontFile], problems: Sequence[str] = ()
) -> Site:
    """Return the site of *snapshot*, with the poster and the *fonts* that both are set in.

    *problems* are lines on why what has been written since is not shown.
    """
    policy = snapshot.policy
    words = catalogue(policy.language)
    templates = environment(policy.language)
    version = version_of(snapshot)
    pages = tuple(page for maker in PAGES for page in maker(snapshot, settings))
    poster = tuple(SiteFile(*item) for item in poster_files(snapshot, fonts=fonts).items())
    made = (
        *poster,
        *paper_files(snapshot, settings, fonts),
        *screen_files(snapshot, fonts),
        *(file for maker in FILES for file in maker(snapshot, settings)),
    )
    build = build_id(
        [page.hero.encode() + page.html.encode() for page in pages] + [file.content for file in made]
    )
    return Site(
        language=words.language,
        title=policy.title,
        pages=pages,
        poster=poster_url(settings),
        paper=paper_address(snapshot, settings),
        version=version,
        footer=Markup(  # noqa: S704  # from our escaping environment
            templates.get_template("site/footer.html").render(
                policy=policy, version=version, newest=_newest(snapshot)
            )
        ),
        missing=Markup(templates.get_template("site/missing.html").render()),  # noqa: S704  # as above
        notice=_notice(snapshot, problems, words),
        search=search_control(snapshot, settings, pages, made),
        files=(*made, *type_files(fonts), status_file(snapshot, build, made)),
        images=picture_paths(snapshot, settings),
    )


def taken_ids(made: Site, snapshot: Snapshot, others: Iterable[str]) -> tuple[str, ...]:
    """Return a line for each chapter whose id is another page's address; *others* are names in `docs/`."""
    addresses = [page.url for page in made.others] + [file.path for file in made.files] + [made.poster]
    taken = {*others, *(address.split("/")[0].removesuffix(".html") for address in addresses)}
    words = catalogue(snapshot.policy.language)
    return tuple(
        words.text("site.problem.taken", source=chapter.source, id=chapter.id)
        for chapter in snapshot.policy.chapters
        if chapter.id in taken | {"assets", "search"}
    )


def _newest(snapshot: Snapshot) -> int | None:
    """Return the moment of the latest change, by which a reader's browser knows what is new to them."""
    landed = newest(snapshot)
    return int(landed.timestamp()) if landed else None


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


def picture_paths(snapshot: Snapshot, settings: SiteSettings) -> tuple[str, ...]:
    """Return the pictures that the policy uses, relative to the repository."""
    prose = Prose(snapshot.policy, "", settings)
    return tuple(sorted({path for section in snapshot.policy.sections for path in prose.images(section)}))

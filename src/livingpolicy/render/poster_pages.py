"""The pages behind a printed poster: does the paper on the wall still hold, and what has changed since?

One page lists the changes with their days, for whoever reads the version off the paper. One for each edition
answers at once, because the QR code on the paper leads there. None of them needs a script.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from livingpolicy.language import catalogue
from livingpolicy.model import PosterPlan, Snapshot
from livingpolicy.render.archive.shell import Shell
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import up
from livingpolicy.render.pages.sections import section_url
from livingpolicy.render.pages.values import SiteFile, SiteSettings
from livingpolicy.render.pages.version import version_of
from livingpolicy.render.poster import FOLDER, folder
from livingpolicy.render.poster_door import edition_path
from livingpolicy.render.poster_editions import PosterChange, poster_changes
from livingpolicy.render.why import why

MOST = 200
"""Editions that have a page, the newest: nobody leaves paper on a wall for longer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is to be said of one poster to whoever holds an edition of it."""

    title: str
    url: str
    """Where it hangs today, relative to the site."""
    changes: tuple[PosterChange, ...]
    """Since the edition, newest first; empty: the paper holds."""


def poster_check_files(snapshot: Snapshot, settings: SiteSettings) -> Iterable[SiteFile]:
    """Yield the page that lists what changed on the posters, and one for every edition of them."""
    words = catalogue(snapshot.policy.language)
    changes = {plan.name: poster_changes(snapshot, plan) for plan in snapshot.policy.posters}
    shell = Shell(snapshot, settings)
    template = environment(words.language).get_template("site/poster_check.html")
    places = {item.id: section_url(item, "", settings) for item in snapshot.sections}

    def page(url: str, answers: Sequence[Answer], edition: PosterChange | None) -> SiteFile:
        html = template.render(
            answers=answers,
            edition=edition,
            version=version_of(snapshot),
            as_of=snapshot.as_of,
            known=snapshot.history.complete,
            root=up(url),
            check=check_url(snapshot, settings),
            places=places,
            why=lambda change: why(change.commit).subject,
        )
        return shell.file(url, words.text("poster-check.title"), Markup(html))  # noqa: S704  # from our escaping environment

    everything = [_answer(plan, changes[plan.name], settings) for plan in snapshot.policy.posters]
    yield page(check_url(snapshot, settings), everything, None)
    editions = {change.name: change for found in changes.values() for change in found[:MOST]}
    for name, edition in editions.items():
        answers = [
            _answer(plan, _since(edition, changes[plan.name]), settings)
            for plan in snapshot.policy.posters
            if any(change.name == name for change in changes[plan.name])
        ]
        yield page(f"{edition_path(name)}/index.html", answers, edition)


def check_url(snapshot: Snapshot, settings: SiteSettings) -> str:
    """Return the address of the page that lists what changed on the posters."""
    name = catalogue(snapshot.policy.language).text("site.path.poster-check")
    return f"{FOLDER}/{name}/" if settings.folders else f"{FOLDER}/{name}.html"


def _answer(plan: PosterPlan, changes: Sequence[PosterChange], settings: SiteSettings) -> Answer:
    return Answer(plan.title, f"{folder(plan)}/" + ("" if settings.folders else "index.html"), tuple(changes))


def _since(edition: PosterChange, changes: Sequence[PosterChange]) -> Sequence[PosterChange]:
    """Return the changes that came after *edition*; they are newest first."""
    return changes[: [change.name for change in changes].index(edition.name)]

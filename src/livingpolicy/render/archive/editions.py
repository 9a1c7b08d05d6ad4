"""Every wording of every section on a page whose address never changes, and which says that it is older."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from livingpolicy.diff.history import facts_beside, printed
from livingpolicy.editions import Edition, edition_on
from livingpolicy.language import catalogue
from livingpolicy.model import SectionId
from livingpolicy.render.archive.events import Places, Reason, reason
from livingpolicy.render.archive.shell import Sheet
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import named_url, up
from livingpolicy.render.pages.prose import Prose


@dataclass(frozen=True, slots=True)
class EditionView:
    """An edition as its page prints it."""

    edition: Edition
    standing: str
    """`now`, `coming`, `old` or `gone`: replaced by another wording, or by none."""
    title: str
    facts: Mapping[str, tuple[Markup, ...]]
    body: Markup
    why: Reason
    address: str
    """Of this page on the site, for paper."""
    here: str | None
    """Where the section stands today."""
    chapter: str | None
    history: str
    older: str | None
    newer: str | None
    compared: str | None
    """Where it stands beside what applies today; None when that is the same, or the days are not known."""


def edition_pages(section: SectionId, places: Places, prose: Prose) -> Iterator[Sheet]:
    """Yield the page of every edition of one section, under each id that it has had.

    *prose* writes for a page as deep as they are.
    """
    policy = places.snapshot.policy
    words = catalogue(policy.language)
    template = environment(words.language).get_template("archive/edition.html")
    roles = {name: owner.name for name, owner in policy.owners.items()}
    found, today, path = places.editions[section], places.present(section), places.path(section)
    for number, (edition, standing) in enumerate(zip(found, standings(section, places), strict=True)):
        revision = edition.revision
        targets = printed(revision.targets)
        body = prose.past(revision.text, path, targets)
        facts = {
            name: tuple(prose.past_line(line, path, targets) for line in lines)
            for name, lines in facts_beside(revision.metadata, revision.targets, roles, words).items()
        }
        title = words.text("then.edition-title", title=revision.title)
        for name in (section, *places.aliases(section)):
            url = places.edition(name, edition.name)
            view = EditionView(
                edition=edition,
                standing=standing,
                title=revision.title,
                facts=facts,
                body=body,
                why=reason(revision.commit),
                address=url,
                here=up(url) + today[0] if today else None,
                chapter=today[1] if today else None,
                history=up(url) + places.history(name),
                older=_beside(found, number + 1, name, url, places),
                newer=_beside(found, number - 1, name, url, places),
                compared=_compared(section, edition, url, places) if standing == "old" else None,
            )
            yield Sheet(url, title, template.render(view=view, title=policy.title))


def standings(section: SectionId, places: Places) -> list[str]:
    """Return how each edition of a section stands on the day of the build (see `EditionView`)."""
    found, as_of = places.editions[section], places.snapshot.as_of
    in_force = edition_on(found, as_of)
    replaced = "old" if in_force and places.present(section) else "gone"

    def standing(edition: Edition) -> str:
        if edition is in_force:
            return "now"
        return "coming" if edition.since and edition.since > as_of else replaced

    return [*map(standing, found)]


def _beside(
    found: tuple[Edition, ...], number: int, name: SectionId, origin: str, places: Places
) -> str | None:
    if not 0 <= number < len(found):
        return None
    return up(origin) + places.edition(name, found[number].name)


def _compared(section: SectionId, edition: Edition, origin: str, places: Places) -> str | None:
    if edition.since is None:
        return None
    words = catalogue(places.snapshot.policy.language)
    then = named_url("then", words, places.settings)
    return f"{up(origin)}{then}#{edition.since.isoformat()}../{section}"

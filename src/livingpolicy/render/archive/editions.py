"""Every wording of every section on a page whose address never changes, and which says that it is older."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from livingpolicy.diff.history import facts_beside, printed
from livingpolicy.editions import Edition, edition_on
from livingpolicy.language import catalogue
from livingpolicy.model import SectionId, Snapshot
from livingpolicy.render.archive.events import Places, Reason, reason
from livingpolicy.render.archive.shell import Shell
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import up
from livingpolicy.render.pages.prose import Prose
from livingpolicy.render.pages.values import SiteFile, SiteSettings


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
    here: str | None
    """Where the section stands today."""
    chapter: str | None
    history: str
    older: str | None
    newer: str | None


def edition_files(snapshot: Snapshot, settings: SiteSettings) -> Iterator[SiteFile]:
    """Yield the page of every edition, under each id that its section has had."""
    policy = snapshot.policy
    words = catalogue(policy.language)
    places, shell = Places.of(snapshot, settings), Shell(snapshot, settings)
    template = environment(words.language).get_template("archive/edition.html")
    roles = {name: owner.name for name, owner in policy.owners.items()}
    paths = {section.id: section.source.path for section in policy.sections}
    # Every edition lies as deep as any other, so that the way to a chapter is the same from all.
    prose = Prose(policy, places.edition("x", "x"), settings)
    for section, found in places.editions.items():
        in_force = edition_on(found, snapshot.as_of)
        today = places.present(section)
        path = paths.get(section, "policy/chapters/x.md")
        for number, edition in enumerate(found):
            revision = edition.revision
            body = prose.past(revision.text, path, printed(revision.targets))
            targets = printed(revision.targets)
            facts = {
                name: tuple(prose.past_line(line, path, targets) for line in lines)
                for name, lines in facts_beside(revision.metadata, revision.targets, roles, words).items()
            }
            title = words.text("then.edition-title", title=revision.title)
            for name in (section, *places.aliases(section)):
                url = places.edition(name, edition.name)
                view = EditionView(
                    edition=edition,
                    standing=_standing(edition, in_force, snapshot, gone=today is None),
                    title=revision.title,
                    facts=facts,
                    body=body,
                    why=reason(revision.commit),
                    here=up(url) + today[0] if today else None,
                    chapter=today[1] if today else None,
                    history=up(url) + places.history(name),
                    older=_beside(found, number + 1, name, url, places),
                    newer=_beside(found, number - 1, name, url, places),
                )
                html = template.render(view=view, span=edition, title=policy.title)
                yield shell.file(url, title, Markup(html))  # noqa: S704  # from our escaping environment


def _standing(edition: Edition, in_force: Edition | None, snapshot: Snapshot, *, gone: bool) -> str:
    if edition is in_force:
        return "now"
    if edition.since is not None and edition.since > snapshot.as_of:
        return "coming"
    return "gone" if gone or in_force is None else "old"


def _beside(
    found: tuple[Edition, ...], number: int, name: SectionId, origin: str, places: Places
) -> str | None:
    if not 0 <= number < len(found):
        return None
    return up(origin) + places.edition(name, found[number].name)

"""Where the files and sections of a policy stand on its site, for every page that leads to them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from livingpolicy.model import Policy, SectionId
from livingpolicy.once import once
from livingpolicy.render.pages.addresses import page_url
from livingpolicy.render.pages.values import SiteSettings


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses relative to the site."""

    pages: Mapping[str, str]
    """Of each chapter, by its file."""
    ids: Mapping[str, SectionId]
    """Of each chapter, by its file."""
    all: Mapping[str, str]
    """Of each chapter by its file, and of each section by `#` and every id that it has had."""
    digest: str
    """Changes with any of them."""
    wordings: str
    """Digits that change with the words of any target."""


@once  # every page asks, and whoever leads to one section must know where all of them are
def ways(policy: Policy, settings: SiteSettings) -> Ways:
    """Return the ways of the site of *policy*."""
    pages = {chapter.source.path: page_url(chapter.id, settings) for chapter in policy.chapters}
    names = {
        f"#{name}": f"{pages[chapter.source.path]}#{section.id}"
        for chapter in policy.chapters
        for section in chapter.sections
        for name in (section.id, *section.aliases)
    }
    wordings = [(target.id, target.wording) for target in policy.targets.values()]
    return Ways(
        pages=pages,
        ids={chapter.source.path: chapter.id for chapter in policy.chapters},
        all=pages | names,
        digest=_digest(pages | names),
        wordings=_digest(wordings),
    )


def _digest(value: object) -> str:
    return sha256(repr(value).encode()).hexdigest()

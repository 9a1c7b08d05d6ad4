"""What a site is, before any generator has seen it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from markupsafe import Markup

from livingpolicy.model import SectionId


class Feedback(StrEnum):
    """Where "Stämmer inte?" leads."""

    MAIL = "mail"
    """A prefilled mail to the owner's mailbox."""
    ISSUE = "issue"
    """The repository's issue form, prefilled."""
    NONE = "none"


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What the pages must know of where they will live."""

    edit_base: str | None = None
    """Address of the repository's root in the forge's editor, ending in `/`; None: no edit links."""
    repository: str | None = None
    """Address of the repository, for its issue form."""
    address: str | None = None
    """Address of the published site, ending in `/`; only for what leaves the site, such as a mail."""
    feedback: Feedback = Feedback.MAIL
    folders: bool = True
    """`telefon/` instead of `telefon.html`."""


@dataclass(frozen=True, slots=True)
class Heading:
    """An entry of a page's own table of contents."""

    id: str
    title: str


@dataclass(frozen=True, slots=True)
class SitePage:
    """One page, ready to be put between a header and a footer."""

    url: str
    """Relative to the site: "" is the start page, `tillganglighet/` a chapter."""
    id: str
    """Of its main heading."""
    title: str
    description: str
    html: Markup
    hero: Markup = Markup()  # noqa: RUF009  # immutable
    """Stands above the page in its full width."""
    headings: tuple[Heading, ...] = ()
    anchors: frozenset[str] = frozenset()
    """Every id that other pages may link to, old ids of renamed sections included."""
    chapter: SectionId | None = None
    path: str | None = None
    """The file an editor changes, relative to the repository; None when we write the page."""
    wide: bool = False
    """Without the navigation beside it."""

    @property
    def source(self) -> str:
        """What a generator may take for the page's source file: the real one, or one that could be."""
        return self.path or f"{self.url.removesuffix('.html').rstrip('/') or 'index'}.md"


@dataclass(frozen=True, slots=True)
class SiteFile:
    """Something published beside the pages."""

    path: str
    """Relative to the site, `/`-separated."""
    content: bytes


@dataclass(frozen=True, slots=True)
class Site:
    """Everything a generator needs to know of a policy."""

    language: str
    title: str
    start: SitePage
    chapters: tuple[SitePage, ...]
    review: SitePage
    poster: str
    """Address of the poster, which is no page of the site."""
    version: str
    """ "2026-11-22 · a1b2c3d", to compare over the telephone."""
    footer: Markup
    missing: Markup
    """What stands on the page for an address that leads nowhere."""
    notice: Markup
    """Stands above every page; empty when all is well."""
    files: tuple[SiteFile, ...]
    images: tuple[str, ...]
    """Pictures the policy uses, relative to the repository; published without the `policy/`."""

    @property
    def pages(self) -> tuple[SitePage, ...]:
        """Every page that we write."""
        return (self.start, *self.chapters, self.review)

"""What a site is, before any generator has seen it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from markupsafe import Markup

from livingpolicy.diagrams import Diagram
from livingpolicy.model import SectionId
from livingpolicy.render.memory import Memory


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
    memory: Memory = field(default_factory=Memory, compare=False, repr=False)
    """What earlier builds made of the same words, and what this one adds."""
    diagrams: Mapping[str, Diagram] = field(default_factory=lambda: MappingProxyType({}))
    """What has been drawn, by its source; a diagram that is not here is shown as it was written."""


class Group(StrEnum):
    """The part of the navigation that leads to a page; `site.group.<value>` in the catalogue names it."""

    START = "start"
    FINDER = "finder"
    POLICY = "policy"
    TARGETS = "targets"
    """What we have promised ourselves, and how it goes."""
    REVIEW = "review"
    """Whether the policy is current: what is due, what changed, who answers."""
    ABOUT = "about"


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
    group: Group | None = None
    """None: no entry in the navigation; other pages lead here."""

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
    pages: tuple[SitePage, ...]
    """Every page that we write, in the order of the navigation."""
    poster: str
    """Address of the poster, which is no page of the site."""
    paper: str
    """Address of the whole policy for paper, which is no page of the site either."""
    version: str
    """ "2026-11-22 · a1b2c3d", to compare over the telephone."""
    footer: Markup
    missing: Markup
    """What stands on the page for an address that leads nowhere."""
    notice: Markup
    """Stands above every page; empty when all is well."""
    search: Markup
    """The button in the header and the dialogue that it opens."""
    files: tuple[SiteFile, ...]
    images: tuple[str, ...]
    """Pictures the policy uses, relative to the repository; published without the `policy/`."""

    @property
    def start(self) -> SitePage:
        """The page at the site's own address."""
        return next(page for page in self.pages if page.group is Group.START)

    @property
    def chapters(self) -> tuple[SitePage, ...]:
        """The pages of the chapters, in reading order."""
        return tuple(page for page in self.pages if page.chapter is not None)

    @property
    def others(self) -> tuple[SitePage, ...]:
        """The pages that are no file of the policy, the start page among them."""
        return tuple(page for page in self.pages if page.chapter is None)

    def group(self, group: Group) -> tuple[SitePage, ...]:
        """Return the pages that stand in one part of the navigation."""
        return tuple(page for page in self.pages if page.group is group)

    def page(self, name: str) -> SitePage:
        """Return the page whose main heading has the id *name*.

        Raises:
            KeyError: there is none.
        """
        for page in self.pages:
            if page.id == name:
                return page
        raise KeyError(name)

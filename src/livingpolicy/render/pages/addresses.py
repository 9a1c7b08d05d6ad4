"""Where things are: addresses within the site, in the forge's editor, and back to the owner of a text."""

from __future__ import annotations

import posixpath
from urllib.parse import quote, urlencode, urljoin

from livingpolicy.language import Catalogue
from livingpolicy.model import Section, SectionId
from livingpolicy.render.pages.values import Feedback, SiteSettings
from livingpolicy.render.poster import FOLDER

FORM = "stammer-inte.yml"
"""The issue form in `.github/ISSUE_TEMPLATE/`, whose fields are called `avsnitt` and `version`."""


def page_url(name: str, settings: SiteSettings) -> str:
    """Return the address of a page relative to the site: `tillganglighet/` or `tillganglighet.html`."""
    return f"{name}/" if settings.folders else f"{name}.html"


def poster_url(settings: SiteSettings) -> str:
    """Return the address of the poster, which is no page of the site."""
    return f"{FOLDER}/" if settings.folders else f"{FOLDER}/index.html"


def named_url(name: str, words: Catalogue, settings: SiteSettings, below: str = "") -> str:
    """Return the address of one of our own pages, or of the page *below* it: `mal/`, `mal/svarstid-telefon/`.

    *name* is a key of `site.path` in the catalogue.
    """
    return page_url(words.text(f"site.path.{name}") + (f"/{below}" if below else ""), settings)


def relative(target: str, origin: str) -> str:
    """Return the way from the page *origin* to *target*, both relative to the site.

    >>> relative("klagomal/#form", "tillganglighet/")
    '../klagomal/#form'
    >>> relative("", "klagomal/")
    '../'
    >>> relative("klagomal/#form", "klagomal/")
    '#form'
    """
    page, hash_, anchor = target.partition("#")
    if page == origin and hash_:
        return f"#{anchor}"
    here, there = origin.split("/")[:-1], [part for part in page.split("/") if part not in {"", "."}]
    if ".." in there:
        way = posixpath.relpath(page, "/".join(here) or ".")
    else:
        same = 0
        while same < min(len(here), len(there)) and here[same] == there[same]:
            same += 1
        way = "/".join([".."] * (len(here) - same) + there[same:]) or "."
    if not page or page.endswith("/"):
        way += "/"
    return f"{way}{hash_}{anchor}"


def up(origin: str) -> str:
    """Return the way from the page *origin* to the site's own address: what an address is put behind.

    Longer than what `relative` finds, and much faster: for pages in their thousands.

    >>> up("version/svar/a1b2c3d4e5/") + "klagomal/#form"
    '../../../klagomal/#form'
    """
    return "../" * origin.count("/")


def edit_address(path: str, line: int, settings: SiteSettings) -> str | None:
    """Return the address at which the forge opens *path* (relative to the repository) for editing."""
    if settings.edit_base is None:
        return None
    return f"{urljoin(settings.edit_base, quote(path))}#L{line}"


def feedback_address(
    section: Section, *, url: str, version: str, settings: SiteSettings, words: Catalogue
) -> str | None:
    """Return where a reader says that a section is wrong, with section, version and address filled in."""
    place = f"{url}#{section.id}"
    if settings.address:
        place = urljoin(settings.address, place)
    if settings.feedback is Feedback.ISSUE and settings.repository:
        fields = {
            "template": FORM,
            "title": words.text("site.wrong.subject", title=section.title),
            "avsnitt": place,
            "version": version,
        }
        return f"{settings.repository.rstrip('/')}/issues/new?{urlencode(fields, quote_via=quote)}"
    if settings.feedback is Feedback.MAIL and section.owner.contact and "@" in section.owner.contact:
        fields = {
            "subject": words.text("site.wrong.subject", title=section.title),
            "body": words.text(
                "site.wrong.body", title=section.title, section=section.id, version=version, address=place
            ),
        }
        return f"mailto:{quote(section.owner.contact, safe='@')}?{urlencode(fields, quote_via=quote)}"
    return None


def anchor(page: str, section: SectionId) -> str:
    """Return the address of a section on its page."""
    return f"{page}#{section}"

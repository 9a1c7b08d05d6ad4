"""The pages of one part of the navigation, in a line above each that has no room for them beside it."""

from __future__ import annotations

from markupsafe import Markup

from livingpolicy.language import catalogue
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.addresses import relative
from livingpolicy.render.pages.values import Group, Site, SitePage

NAMED = (Group.TARGETS, Group.REVIEW)
"""The parts whose pages are all ours, with a name of their own."""


def part_line(page: SitePage, site: Site) -> Markup:
    """Return links to the pages of the part in which *page* stands; empty where it stands alone."""
    if page.group not in NAMED or not page.wide:
        return Markup()
    pages = site.group(page.group)
    if len(pages) < 2:
        return Markup()
    html = (
        environment(site.language)
        .get_template("site/part.html")
        .render(
            name=catalogue(site.language).text(f"site.group.{page.group}"),
            pages=[(other.title, relative(other.url, page.url), other.url == page.url) for other in pages],
        )
    )
    return Markup(html)  # noqa: S704  # from our escaping environment

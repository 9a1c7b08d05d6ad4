"""Name the site after the policy, speak its language, and lead to its chapters in their order."""

from __future__ import annotations

import re
from math import isqrt
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from livingpolicy.language import Catalogue, catalogue
from livingpolicy.render.pages.part import part_line
from livingpolicy.render.pages.values import Group, Site, SitePage

MANY = 40
"""Chapters. Half of the build time of a large site is its navigation, on every page anew unless pruned."""

_BLANK = re.compile(r"\s*\n\s*")


@event_priority(80)  # after the pages
def on_config(config: MkDocsConfig) -> None:
    """Replace what mkdocs.yml cannot know. The theme prints every name as it is, so all are escaped here."""
    made = config.extra["site"]
    words = catalogue(made.language)
    docs = Path(config.docs_dir)
    guides = [name for name in config.extra["policy"]["guides"] if (docs / name).is_file()]
    guides += sorted(path.name for path in docs.glob("*.md") if path.name not in guides)
    config.site_name = escape(made.title)
    config.nav = [
        *(_entry(page) for group in (Group.START, Group.FINDER) for page in made.group(group)),
        {config.site_name: _chapters(made, words)},
        *(_part(made, group, words) for group in (Group.TARGETS, Group.REVIEW) if made.group(group)),
        {escape(words.text("site.group.about")): [*map(_entry, made.group(Group.ABOUT)), *guides]},
    ]
    config.mdx_configs["toc"] |= {
        "title": words.text("site.toc"),
        "permalink_title": words.text("site.permalink"),
    }
    config.theme["language"] = made.language
    for option in config.theme["palette"]:
        option["toggle"]["name"] = words.text(f"site.palette.{option['toggle']['name']}")
    if len(made.chapters) > MANY:
        config.theme["features"].append("navigation.prune")
    if "navigation.instant" not in config.theme["features"]:  # which looks there for what it may load
        config.theme.static_templates.discard("sitemap.xml")
    # Else the theme writes the way to the root into a script of each page, and each needs a hash of its own.
    config.extra.setdefault("scope", urlsplit(config.site_url or "").path or "/")


def _part(made: Site, group: Group, words: Catalogue) -> dict[str, Any]:
    """Return a part of the navigation; a page that is alone in its part stands for it."""
    pages = made.group(group)
    if len(pages) == 1:
        return _entry(pages[0])
    return {escape(words.text(f"site.group.{group}")): [_entry(page) for page in pages]}


def _chapters(made: Site, words: Catalogue) -> list[dict[str, Any]]:
    """Return the chapters; many of them by numbers, for nobody finds one among hundreds."""
    entries = [_entry(page) for page in made.group(Group.POLICY)]
    if len(entries) <= MANY:
        return entries
    size = isqrt(len(entries) - 1) + 1
    return [
        {words.text("site.chapters-from", first=begin + 1, last=min(begin + size, len(entries))): part}
        for begin in range(0, len(entries), size)
        for part in [entries[begin : begin + size]]
    ]


def _entry(page: SitePage) -> dict[str, Any]:
    return {escape(page.title): page.source}


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    """Lead to the poster and to the whole policy for paper, which are files of their own and no pages."""
    made = config.extra["site"]
    words = catalogue(made.language)
    for part in nav.items:
        if isinstance(part, Section) and part.title == config.site_name:
            part.children.append(Link(escape(words.text("paper.title")), made.paper))
    nav.items.insert(-1, Link(escape(words.text("site.poster-title")), made.poster))


def on_page_context(context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation) -> None:  # noqa: ARG001
    """Lead to the pages of the same part where the theme does not, because the page takes the whole width."""
    ours = config.extra["pages"].get(page.file.src_uri)
    page.meta["part"] = part_line(ours, config.extra["site"]) if ours else ""


def on_post_page(output: str, *, page: Page, config: MkDocsConfig) -> str:  # noqa: ARG001
    """Take out the blank lines around the article: a third of what the theme writes is air."""
    begin, end = output.find("<article"), output.rfind("</article>")
    return _BLANK.sub("\n", output[:begin]) + output[begin:end] + _BLANK.sub("\n", output[end:])

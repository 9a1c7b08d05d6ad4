"""Name the site after the policy, speak its language, and lead to its chapters in their order."""

from __future__ import annotations

from pathlib import Path

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Navigation

from livingpolicy.language import catalogue

MANY = 40
"""Chapters. Half of the build time of a large site is its navigation, on every page anew unless pruned."""


@event_priority(80)  # after the pages, and before the search plugin asks for the language
def on_config(config: MkDocsConfig) -> None:
    """Replace what mkdocs.yml cannot know. The theme prints every name as it is, so all are escaped here."""
    made = config.extra["site"]
    words = catalogue(made.language)
    docs = Path(config.docs_dir)
    guides = [name for name in config.extra["policy"]["guides"] if (docs / name).is_file()]
    guides += sorted(path.name for path in docs.glob("*.md") if path.name not in guides)
    config.site_name = escape(made.title)
    config.nav = [
        {escape(made.start.title): made.start.source},
        {config.site_name: [{escape(page.title): page.source} for page in made.chapters]},
        {escape(made.review.title): made.review.source},
        {escape(words.text("site.edit-group")): guides},
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
    config.theme.static_templates.discard("sitemap.xml")


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    """Lead to the poster, which is a file of its own and no page."""
    made = config.extra["site"]
    nav.items.insert(3, Link(escape(catalogue(made.language).text("site.poster-title")), made.poster))

"""Give MkDocs the pages the core has written and the files beside them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from livingpolicy.fonts import font_files
from livingpolicy.language import catalogue
from livingpolicy.render.pages.site import site, taken_ids
from livingpolicy.render.pages.values import Feedback, SitePage, SiteSettings


@event_priority(90)  # after the snapshot, and before the search plugin asks for the language
def on_config(config: MkDocsConfig) -> None:
    """Write every page now: whatever goes wrong, the old site is still untouched."""
    snapshot, options = config.extra["snapshot"], config.extra["policy"]
    words = catalogue(snapshot.policy.language)
    docs = Path(config.docs_dir)
    if taken := taken_ids(snapshot, {path.stem for path in docs.iterdir()}):
        raise PluginError("\n".join(taken))
    fonts = font_files(Path(config.config_file_path).resolve().parent / ".cache" / "fonts")
    settings = _settings(config, options["feedback"])
    made = site(snapshot, settings, fonts=fonts, problems=config.extra["problems"])
    guides = [name for name in options["guides"] if (docs / name).is_file()]
    guides += sorted(path.name for path in docs.glob("*.md") if path.name not in guides)

    config.extra["site"] = made
    config.site_name = escape(made.title)  # the theme prints it as it is, as it does every title
    config.theme["language"] = made.language
    for option in config.theme["palette"]:
        option["toggle"]["name"] = words.text(f"site.palette.{option['toggle']['name']}")
    config.mdx_configs["toc"] |= {
        "title": words.text("site.toc"),
        "permalink_title": words.text("site.permalink"),
    }
    config.theme.static_templates.discard("sitemap.xml")  # robots are told to stay away
    config.nav = [
        {escape(made.start.title): "index.md"},
        {config.site_name: [{escape(page.title): page.path} for page in made.chapters]},
        {escape(made.review.title): _uri(made.review)},
        {words.text("site.edit-group"): guides},
    ]


def on_files(files: Files, *, config: MkDocsConfig) -> None:
    """Add the pages and files that lie in no folder."""
    made = config.extra["site"]
    if sitemap := files.get_file_from_path("sitemap.xml"):
        files.remove(sitemap)  # as it is no template any more, MkDocs takes it for a file of the theme
    for page in (made.start, made.review):
        files.append(File.generated(config, _uri(page), content=""))
    for file in made.files:
        files.append(File.generated(config, file.path, content=file.content))


def on_nav(nav: Navigation, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    """Lead to the poster, which is a file of its own and no page."""
    made = config.extra["site"]
    title = catalogue(made.language).text("site.poster-title")
    nav.items.insert(3, Link(escape(title), made.poster))


def on_page_read_source(*, page: Page, config: MkDocsConfig) -> str | None:
    """Leave a page of ours empty for MkDocs' Markdown: the core has read it already."""
    return "" if _ours(page, config) else None


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Put the core's page in place, with the headings and anchors that MkDocs and its search ask for."""
    ours = _ours(page, config)
    if ours is None:
        return html
    page.toc = get_toc(
        [
            {
                "level": 1,
                "id": ours.id,
                "name": escape(ours.title),
                "children": [
                    {"level": 2, "id": heading.id, "name": escape(heading.title), "children": []}
                    for heading in ours.headings
                ],
            }
        ]
    )
    page.present_anchor_ids = set(ours.anchors)
    page.meta = {"description": escape(ours.description), "hero": ours.hero, "ours": True}
    if ours.wide:
        page.meta["hide"] = ["navigation", "toc"] if ours.hero else ["navigation"]
    if ours.chapter is None:
        page.meta["search"] = {"exclude": True}  # it repeats what the chapters say
    return str(ours.html)


def _settings(config: MkDocsConfig, feedback: str) -> SiteSettings:
    docs = urljoin(f"{config.repo_url.rstrip('/')}/", config.edit_uri) if config.repo_url else config.edit_uri
    return SiteSettings(
        edit_base=urljoin(docs, "../") if docs else None,
        repository=config.repo_url,
        address=f"{config.site_url.rstrip('/')}/" if config.site_url else None,
        feedback=Feedback(feedback),
        folders=config.use_directory_urls,
    )


def _ours(page: Page, config: MkDocsConfig) -> SitePage | None:
    return next((ours for ours in config.extra["site"].pages if _uri(ours) == page.file.src_uri), None)


def _uri(page: SitePage) -> str:
    return page.path or f"{page.url.removesuffix('.html').rstrip('/') or 'index'}.md"

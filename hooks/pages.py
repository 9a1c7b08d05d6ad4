"""Give MkDocs the pages the core has written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import click
from markupsafe import escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from livingpolicy.beside import spare_processors
from livingpolicy.compiling import keep_templates, recall_templates
from livingpolicy.errors import PolicyError
from livingpolicy.fonts import font_files
from livingpolicy.language import catalogue
from livingpolicy.model import Snapshot
from livingpolicy.phases import listening, phase, speak
from livingpolicy.pieces import keep_pieces, recall_pieces
from livingpolicy.render.archive.sections import begin_sections
from livingpolicy.render.environment import environment
from livingpolicy.render.pages.site import site, taken_ids
from livingpolicy.render.pages.values import Feedback, SitePage, SiteSettings
from livingpolicy.render.poster_check import passed

log = get_plugin_logger("policy")


_OTHER_SEARCH = ("assets/javascripts/lunr/", "assets/javascripts/workers/")
"""What the theme's own search needs."""


@event_priority(90)  # after the snapshot
def on_config(config: MkDocsConfig) -> None:
    """Write every page now: whatever goes wrong, the old site is still untouched."""
    root = Path(config.config_file_path).resolve().parent
    snapshot = config.extra["snapshot"]
    settings = replace(_settings(config), memory=recall_pieces(root))
    with listening(log.debug):  # what takes how long, with `mkdocs -v`
        speak(snapshot.policy.language)
        compiled = recall_templates(root, snapshot.policy.language)
        compiled.serve(environment(snapshot.policy.language), also=snapshot.policy.language)
        begin_sections(snapshot, settings, spare_processors())
        with phase("posters"):
            _posters(snapshot, root)
        with phase("fonts"):
            fonts = font_files(root / ".cache" / "fonts")
        with phase("pages"):
            made = site(snapshot, settings, fonts=fonts, problems=config.extra["problems"])
    if taken := taken_ids(made, snapshot, (path.stem for path in Path(config.docs_dir).iterdir())):
        raise PluginError("\n".join(taken))
    keep_pieces(root, snapshot.head, settings.memory)
    config.extra["site"] = made
    config.extra["pages"] = {page.source: page for page in made.pages}
    config.extra["compiled"] = compiled


def _posters(snapshot: Snapshot, root: Path) -> None:
    """Say from how far each poster can be read; one that cannot be read stops the build."""
    words = catalogue(snapshot.policy.language)
    try:
        for one in passed(snapshot, root / ".cache" / "fonts"):
            log.info(one.line)
            for problem in one.advice:
                log.info(words.problem(problem))
    except PolicyError as error:
        for problem in error.problems:
            click.echo(words.problem(problem), err=True)
        raise PluginError(words.count("site.problem.summary", error.errors)) from error


class _Read(Page):
    """A page that the core has read: setting MkDocs' Markdown up for it would take longer than writing it."""

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Leave everything to `on_page_content`."""
        self.content = ""


@event_priority(-50)  # after the chapters
def on_files(files: Files, *, config: MkDocsConfig) -> None:
    """Add the pages that lie in no folder."""
    made = config.extra["site"]
    for page in made.others:
        listed = InclusionLevel.INCLUDED if page.group else InclusionLevel.NOT_IN_NAV
        files.append(File.generated(config, page.source, content="", inclusion=listed))
    for page in made.pages:
        if source := files.get_file_from_path(page.source):
            _Read(escape(page.title), source, config)
    searching = any("search" in name for name in config.plugins)
    for file in list(files):
        if file.src_uri.endswith(".map") or (file.src_uri.startswith(_OTHER_SEARCH) and not searching):
            files.remove(file)  # the theme brings them and nobody asks for them
    sitemap = files.get_file_from_path("sitemap.xml")
    if sitemap and "navigation.instant" not in config.theme["features"]:
        files.remove(sitemap)  # robots are told to stay away


def on_page_read_source(*, page: Page, config: MkDocsConfig) -> str | None:
    """Leave a page of ours empty for MkDocs' Markdown: the core has read it already."""
    return "" if _ours(page, config) else None


def on_page_content(html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Put the core's page in place, with the headings and anchors that MkDocs asks for."""
    ours = _ours(page, config)
    if ours is None:
        return html
    headings = [
        {"level": 2, "id": heading.id, "name": escape(heading.title), "children": []}
        for heading in ours.headings
    ]
    page.toc = get_toc([{"level": 1, "id": ours.id, "name": escape(ours.title), "children": headings}])  # type: ignore[typeddict-item]
    page.present_anchor_ids = set(ours.anchors)
    page.title = escape(ours.title)  # a page outside the navigation would be called after its address
    page.meta = {"description": escape(ours.description), "hero": ours.hero, "ours": True}
    if ours.wide:
        page.meta["hide"] = ["navigation", "toc"] if ours.hero else ["navigation"]
    return str(ours.html)


def on_env(env: Any, *, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    """Let the theme take its templates from what earlier builds compiled."""
    config.extra["compiled"].serve(env)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Keep what this build compiled."""
    root = Path(config.config_file_path).resolve().parent
    keep_templates(root, config.extra["snapshot"].policy.language, config.extra["compiled"])


def _settings(config: MkDocsConfig) -> SiteSettings:
    docs = urljoin(f"{config.repo_url.rstrip('/')}/", config.edit_uri) if config.repo_url else config.edit_uri
    return SiteSettings(
        edit_base=urljoin(docs, "../") if docs else None,
        repository=config.repo_url,
        address=f"{config.site_url.rstrip('/')}/" if config.site_url else None,
        feedback=Feedback(config.extra["policy"]["feedback"]),
        folders=config.use_directory_urls,
        diagrams=config.extra["diagrams"],
    )


def _ours(page: Page, config: MkDocsConfig) -> SitePage | None:
    found: SitePage | None = config.extra["pages"].get(page.file.src_uri)
    return found

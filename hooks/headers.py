"""Write the headers for the web server beside the site, and refuse pages that they would break."""

from __future__ import annotations

from pathlib import Path

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.utils import get_theme_dir

from livingpolicy.headers import snippets
from livingpolicy.inline import read_site, script_patterns
from livingpolicy.language import catalogue
from livingpolicy.writing import write


def on_post_build(*, config: MkDocsConfig) -> None:
    """Put nginx.conf and its like into `<site>-headers/`, where no visitor comes. `serve` needs none."""
    if config.extra["serving"]:
        return
    site = Path(config.site_dir)
    words = catalogue(config.extra["site"].language)
    partials = Path(get_theme_dir(config.theme.name or "")) / "partials" / "javascripts"
    theirs = script_patterns(path.read_text("utf-8") for path in sorted(partials.glob("*.html")))
    found = read_site(site, theirs)
    for fault in found.faults:
        place = f"{site.name}/{fault.path}:{fault.line}"
        click.echo(words.text(f"headers.{fault.code}", place=place, what=fault.what), err=True)
    if found.faults:
        raise PluginError(words.count("headers.summary", len(found.faults)))
    for name, text in snippets(found.hashes, words).items():
        write(site.with_name(f"{site.name}-headers") / name, text.encode("utf-8"))

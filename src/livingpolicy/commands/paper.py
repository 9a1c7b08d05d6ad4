"""`livingpolicy paper`: the whole policy as a PDF."""

from __future__ import annotations

from pathlib import Path

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import clock_option, root_option, verbose_option
from livingpolicy.diagrams import draw_all
from livingpolicy.errors import ExitCode, PrintError
from livingpolicy.fonts import font_files
from livingpolicy.language import catalogue
from livingpolicy.phases import phase
from livingpolicy.printing import pdf
from livingpolicy.render.pages.site import picture_paths
from livingpolicy.render.pages.values import SiteSettings
from livingpolicy.render.paper import paper_address, paper_files
from livingpolicy.snapshot import take_snapshot
from livingpolicy.writing import write


@click.command("paper")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@verbose_option
@clock_option
@root_option
def command(file: Path, clock: Clock, root: Path) -> ExitCode:
    """Write the whole policy into FILE as a PDF of A4 pages; needs Chromium, Chrome or Edge."""
    snapshot, _ = take_snapshot(root, clock)
    with phase("fonts"):
        fonts = font_files(root / ".cache" / "fonts")
    with phase("diagrams"):
        diagrams = draw_all(snapshot.policy, root / ".cache" / "diagrams")
    settings = SiteSettings(folders=False, diagrams=diagrams)
    with phase("pages"):
        files = {made.path: made.content for made in paper_files(snapshot, settings, fonts)}
    files |= {f"fonts/{font.name}": font.data for font in fonts}
    files |= {
        path.removeprefix("policy/"): (root / path).read_bytes() for path in picture_paths(snapshot, settings)
    }
    words = catalogue(snapshot.policy.language)
    try:
        with phase("browser"):
            printed = pdf(files, paper_address(snapshot, settings))
    except PrintError as error:
        error.language = words.language
        raise
    write(file, printed)
    click.echo(words.text("printing.written", path=file), err=True)
    return ExitCode.FINE

"""`livingpolicy poster`: a poster on paper, as a picture, or as one file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import clock_option, root_option
from livingpolicy.errors import ExitCode, PrintError
from livingpolicy.fonts import font_files
from livingpolicy.language import catalogue
from livingpolicy.model import PosterPlan, Snapshot
from livingpolicy.printing import pdf, png
from livingpolicy.render.poster import folder, poster_page
from livingpolicy.render.poster_alone import alone
from livingpolicy.render.poster_check import passed
from livingpolicy.snapshot import take_snapshot
from livingpolicy.writing import write

SIZE = (3840, 2160)


class Size(click.ParamType[tuple[int, int]]):
    """A size of a picture in pixels, `3840x2160`."""

    name = "size"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, int]:
        """Return width and height, or end the call with one line."""
        if isinstance(value, tuple):
            return value
        found = re.fullmatch(r"([1-9][0-9]{2,4})[x×]([1-9][0-9]{2,4})", value)
        if found is None or max(int(found[1]), int(found[2])) > 16384:
            self.fail(
                f"{value!r} is no size. Write width and height in pixels, for example 3840x2160.", param, ctx
            )
        return int(found[1]), int(found[2])


_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("poster")
@click.option(
    "--pdf", "pdf_file", type=_FILE, metavar="FILE", help="One A3 page; needs Chromium, Chrome or Edge."
)
@click.option("--png", "png_file", type=_FILE, metavar="FILE", help="A picture of any --size; needs one too.")
@click.option(
    "--html", "html_file", type=_FILE, metavar="FILE", help="One file with everything in it, for a USB stick."
)
@click.option(
    "--size", type=Size(), metavar="WxH", help="Of the picture in pixels. Default: 3840x2160, or upright."
)
@click.option(
    "--format", "form", type=click.Choice(["landscape", "portrait"]), help="Default: as policy.yml says."
)
@click.option(
    "--theme",
    type=click.Choice(["light", "dark"]),
    default="light",
    show_default=True,
    help="Of its colours.",
)
@click.option("--name", metavar="POSTER", default="", help="One of those under posters in policy.yml.")
@clock_option
@root_option
def command(
    pdf_file: Path | None,
    png_file: Path | None,
    html_file: Path | None,
    size: tuple[int, int] | None,
    form: str | None,
    theme: str,
    name: str,
    clock: Clock,
    root: Path,
) -> ExitCode:
    """Write the poster as PDF, PNG or HTML; several at once will do."""
    if not (pdf_file or png_file or html_file):
        raise click.UsageError("Say what to write: --pdf FILE, --png FILE or --html FILE.")
    snapshot, _ = take_snapshot(root, clock, history="optional")
    plan = _plan(snapshot, name)
    passed(snapshot, root / ".cache" / "fonts")
    words = catalogue(snapshot.policy.language)
    upright = form == "portrait" if form else plan.settings.upright
    files = poster_page(snapshot, plan, fonts=font_files(root / ".cache" / "fonts"))
    page = f"{folder(plan)}/index.html"
    query = "&".join(part for part in ("tema=mork" * (theme == "dark"), "format=staende" * upright) if part)
    made: list[tuple[Path, bytes]] = []
    try:
        if html_file:
            made.append((html_file, alone(files, plan, theme=theme, sheet="portrait" if upright else "")))
        if pdf_file:
            made.append((pdf_file, pdf(files, f"{page}?{query}")))
        if png_file:
            made.append((png_file, _picture(files, f"{page}?{query}", size, upright=upright)))
    except PrintError as error:
        error.language = words.language
        raise
    for path, data in made:
        write(path, data)
        click.echo(words.text("printing.written", path=path), err=True)
    return ExitCode.FINE


def _picture(files: Mapping[str, bytes], page: str, size: tuple[int, int] | None, *, upright: bool) -> bytes:
    width, height = size or (SIZE[::-1] if upright else SIZE)
    return png(files, page, width=width, height=height)


def _plan(snapshot: Snapshot, name: str) -> PosterPlan:
    posters = snapshot.policy.posters
    found = next((plan for plan in posters if plan.name == name), None)
    if found is None:
        known = ", ".join(plan.name for plan in posters if plan.name)
        raise click.UsageError(
            f"There is no poster {name!r} in policy.yml." + (f" There are: {known}." if known else "")
        )
    return found

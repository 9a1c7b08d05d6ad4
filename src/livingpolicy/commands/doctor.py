"""`livingpolicy doctor`: what of the environment is wrong, and how to cure it."""

from __future__ import annotations

from pathlib import Path

import click

from livingpolicy.commands.options import ROOT_HELP, find_root, read_clock
from livingpolicy.doctor import examine, exit_code
from livingpolicy.errors import ExitCode
from livingpolicy.language import catalogue
from livingpolicy.render.doctor import document, text


@click.command("doctor")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="For whom.",
)
@click.option("--root", type=click.Path(exists=True, file_okay=False, path_type=Path), help=ROOT_HELP)
def command(form: str, root: Path | None) -> ExitCode:
    """Say what of the environment is wrong and how to cure it: a line for each check.

    Exit codes: 0 all works (there may be warnings), 2 only the content is wrong, 3 something else fails.
    """
    found, language = examine(_policy(root), read_clock(None))
    words = catalogue(language)
    click.echo(document(found, words) if form == "json" else text(found, words), nl=False)
    return exit_code(found)


def _policy(given: Path | None) -> Path | None:
    """Return the folder that holds `policy/`; None when there is none, which is a finding like others."""
    try:
        root = find_root(given)
    except click.UsageError:
        return None
    return root

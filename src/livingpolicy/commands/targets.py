"""`livingpolicy targets`: where every target stands, and what is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import NO_GIT_HELP, clock_option, root_option, verbose_option
from livingpolicy.errors import ExitCode
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Snapshot
from livingpolicy.phases import phase
from livingpolicy.snapshot import take_snapshot

FORMAT_HELP = "text is a table on a terminal and aligned columns in a pipe; csv has every result."


@click.command("targets")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help=FORMAT_HELP,
)
@click.option("--no-git", is_flag=True, help=NO_GIT_HELP)
@verbose_option
@clock_option
@root_option
def command(form: str, no_git: bool, clock: Clock, root: Path) -> ExitCode:
    """Print where every target stands: what was reached, what was asked for then, what is missing.

    The worst first. Values that rest on fewer than five cases are never printed.
    """
    snapshot, warnings = take_snapshot(root, clock, history="none" if no_git else "required")
    words = catalogue(snapshot.policy.language)
    for note in snapshot.history.notes:
        click.echo(words.text(note.code, **note.values), err=True)
    if warnings:
        click.echo(words.count("report.warnings", len(warnings)), err=True)
    with phase("print"):
        _print(form, snapshot, words)
    return ExitCode.FINE


def _print(form: str, snapshot: Snapshot, words: Catalogue) -> None:
    if form == "json":
        from livingpolicy.render.targets_json import document

        click.echo(document(snapshot), nl=False)
        return
    if form == "text" and sys.stdout.isatty():
        from rich.console import Console

        from livingpolicy.render.targets_terminal import show

        show(snapshot, words, Console())
        return
    from livingpolicy.render import targets_table

    text = targets_table.comma_separated(snapshot) if form == "csv" else targets_table.plain(snapshot, words)
    click.echo(text, nl=False)

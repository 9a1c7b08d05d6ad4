"""`livingpolicy report`: when each section was last revised and reviewed, who owns it, what is due."""

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

PEOPLE = ("text", "markdown")
"""The formats that are read rather than processed."""

FORMAT_HELP = "text is a table on a terminal and aligned columns in a pipe."


@click.command("report")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json", "csv"]),
    default="text",
    show_default=True,
    help=FORMAT_HELP,
)
@click.option(
    "--by-owner", is_flag=True, help="A part for each owner, who is latest first; text or markdown."
)
@click.option("--no-git", is_flag=True, help=NO_GIT_HELP)
@verbose_option
@clock_option
@root_option
def command(form: str, by_owner: bool, no_git: bool, clock: Clock, root: Path) -> ExitCode:
    """Print when each section was last revised and reviewed, and what is due; worst first."""
    if by_owner and form not in PEOPLE:
        raise click.UsageError("--by-owner goes with --format text or markdown.")
    snapshot, warnings = take_snapshot(root, clock, history="none" if no_git else "required")
    words = catalogue(snapshot.policy.language)
    for note in snapshot.history.notes:
        click.echo(words.text(note.code, **note.values), err=True)
    if warnings:
        click.echo(words.count("report.warnings", len(warnings)), err=True)
    with phase("print"):
        _print(form, snapshot, words, by_owner=by_owner)
    return ExitCode.FINE


def _print(form: str, snapshot: Snapshot, words: Catalogue, *, by_owner: bool) -> None:
    if form == "json":
        from livingpolicy.render.report_json import report

        click.echo(report(snapshot), nl=False)
        return
    if form == "text" and not by_owner and sys.stdout.isatty():
        from rich.console import Console

        from livingpolicy.render.report_terminal import show

        show(snapshot, words, Console())
        return
    from livingpolicy.render import report_table

    if form == "csv":
        text = report_table.comma_separated(snapshot)
    elif form == "markdown":
        text = report_table.markdown(snapshot, words, by_owner=by_owner)
    else:
        text = report_table.plain(snapshot, words, by_owner=by_owner)
    click.echo(text, nl=False)

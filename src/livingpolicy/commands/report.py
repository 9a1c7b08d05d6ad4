"""`livingpolicy report`: when each section was last revised and reviewed, who owns it, what is due."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import NO_GIT_HELP, clock_option, root_option
from livingpolicy.errors import ExitCode
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Snapshot
from livingpolicy.snapshot import take_snapshot

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
@click.option("--no-git", is_flag=True, help=NO_GIT_HELP)
@clock_option
@root_option
def command(form: str, no_git: bool, clock: Clock, root: Path) -> ExitCode:
    """Print when each section was last revised and reviewed, and what is due; worst first."""
    snapshot, warnings = take_snapshot(root, clock, history="none" if no_git else "required")
    words = catalogue(snapshot.policy.language)
    for note in snapshot.history.notes:
        click.echo(words.text(note.code, **note.values), err=True)
    if warnings:
        click.echo(words.count("report.warnings", len(warnings)), err=True)
    _print(form, snapshot, words)
    return ExitCode.FINE


def _print(form: str, snapshot: Snapshot, words: Catalogue) -> None:
    if form == "json":
        from livingpolicy.render.report_json import report

        click.echo(report(snapshot), nl=False)
        return
    if form == "text" and sys.stdout.isatty():
        from rich.console import Console

        from livingpolicy.render.report_terminal import show

        show(snapshot, words, Console())
        return
    from livingpolicy.render import report_table

    forms = {"text": report_table.plain, "markdown": report_table.markdown}
    text = forms[form](snapshot, words) if form in forms else report_table.comma_separated(snapshot)
    click.echo(text, nl=False)

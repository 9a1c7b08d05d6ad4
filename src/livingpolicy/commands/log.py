"""`livingpolicy log`: how a section came to read as it does, word by word."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import clock_option, root_option
from livingpolicy.diff.history import told_revisions
from livingpolicy.errors import ExitCode
from livingpolicy.language import catalogue
from livingpolicy.snapshot import take_snapshot


@click.command("log")
@click.argument("section")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="text marks what is gone [-so-] and what is new {+so+}, in colours on a terminal.",
)
@click.option("--short", is_flag=True, help="One line for each revision.")
@click.option("--whole", is_flag=True, help="Show the text that did not change too.")
@clock_option
@root_option
def command(section: str, form: str, short: bool, whole: bool, clock: Clock, root: Path) -> ExitCode:
    """Print every revision of SECTION (its id): when, what kind, why, and what changed; newest first."""
    snapshot, _ = take_snapshot(root, clock, history="required")
    words = catalogue(snapshot.policy.language)
    name = snapshot.policy.current_id(section)
    revisions = snapshot.history.revisions.get(name, ())
    if not revisions:
        raise click.UsageError(words.text("log.unknown-section", section=section))
    told = [*told_revisions(revisions, snapshot.policy, words)]
    title = f"{revisions[0].title} ({name})"
    if form == "json":
        from livingpolicy.render.log_json import log

        click.echo(log(name, told, words), nl=False)
    elif sys.stdout.isatty():
        from rich.console import Console

        from livingpolicy.render.log_text import show

        show(title, told, words, Console(highlight=False), short=short, whole=whole)
    else:
        from livingpolicy.render.log_text import plain

        click.echo(plain(title, told, words, short=short, whole=whole), nl=False)
    return ExitCode.FINE

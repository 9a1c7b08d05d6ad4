"""`livingpolicy agenda`: what the evaluation every second month speaks of, to paste in the invitation."""

from __future__ import annotations

from pathlib import Path

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import NO_GIT_HELP, clock_option, root_option
from livingpolicy.errors import ExitCode
from livingpolicy.language import catalogue
from livingpolicy.snapshot import take_snapshot


@click.command("agenda")
@click.option("--format", "form", type=click.Choice(["text", "markdown"]), default="text", show_default=True)
@click.option("--no-git", is_flag=True, help=NO_GIT_HELP)
@clock_option
@root_option
def command(form: str, no_git: bool, clock: Clock, root: Path) -> ExitCode:
    """Print the agenda of the next evaluation: half an hour on what was missed, tried, due and changed."""
    from livingpolicy.render import agenda_text

    snapshot, _ = take_snapshot(root, clock, history="none" if no_git else "required")
    words = catalogue(snapshot.policy.language)
    for note in snapshot.history.notes:
        click.echo(words.text(note.code, **note.values), err=True)
    click.echo((agenda_text.markdown if form == "markdown" else agenda_text.plain)(snapshot, words), nl=False)
    return ExitCode.FINE

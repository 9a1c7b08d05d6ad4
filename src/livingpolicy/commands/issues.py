"""`livingpolicy issues`: one issue for each owner, kept up to date where the policy lives."""

from __future__ import annotations

from pathlib import Path

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import clock_option, root_option
from livingpolicy.errors import ExitCode
from livingpolicy.forge import AUTHOR, ForgeError, apply, open_issues
from livingpolicy.issues import plan
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Snapshot
from livingpolicy.render.owner_issues import wanted
from livingpolicy.snapshot import take_snapshot

AUTHOR_HELP = "Login that writes the issues, as gh names it. Issues by others are never touched."


@click.command("issues")
@click.option(
    "--platform",
    type=click.Choice(["github"]),
    default="github",
    show_default=True,
    help="Through its own command line: gh.",
)
@click.option("--author", metavar="LOGIN", default=AUTHOR, show_default=True, help=AUTHOR_HELP)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@clock_option
@root_option
def command(platform: str, author: str, dry_run: bool, clock: Clock, root: Path) -> ExitCode:  # noqa: ARG001
    """Open, rewrite or close the issue of each owner, by what is overdue or soon due."""
    snapshot, _ = take_snapshot(root, clock, history="required")
    words = catalogue(snapshot.policy.language)
    try:
        _keep(snapshot, words, root, author=author, dry_run=dry_run)
    except ForgeError as error:
        click.echo(words.text(f"issues.{error.code}", **error.values), err=True)
        return ExitCode.CANNOT_ANSWER
    return ExitCode.FINE


def _keep(snapshot: Snapshot, words: Catalogue, root: Path, *, author: str, dry_run: bool) -> None:
    steps = plan(wanted(snapshot, words), open_issues(root), author=author)
    for step in steps:
        if not dry_run:
            apply(step, root)
        click.echo(words.text(f"issues.{step.action}", owner=step.owner, number=step.number))
    if not steps:
        click.echo(words.text("issues.nothing"), err=True)
    if dry_run:
        click.echo(words.text("issues.dry-run"), err=True)

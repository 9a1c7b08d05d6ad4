"""`livingpolicy check`: the gate."""

from __future__ import annotations

import os
from pathlib import Path

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import NO_GIT_HELP, clock_option, root_option
from livingpolicy.errors import ExitCode
from livingpolicy.gate import judge
from livingpolicy.language import catalogue
from livingpolicy.snapshot import take_snapshot


@click.command("check")
@click.option(
    "--scope",
    type=click.Choice(["all"]),
    default="all",
    show_default=True,
    expose_value=False,
    help="Which sections to judge.",
)
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option("--no-git", is_flag=True, help=f"{NO_GIT_HELP} Only the content is judged.")
@clock_option
@root_option
def command(strict: bool, no_git: bool, clock: Clock, root: Path) -> ExitCode:
    """Fail (1) on sections overdue beyond the grace, (2) on wrong content, (3) when git cannot answer."""
    snapshot, warnings = take_snapshot(root, clock, history="none" if no_git else "required")
    words = catalogue(snapshot.policy.language)
    for note in snapshot.history.notes:
        click.echo(words.text(note.code, **note.values), err=True)
    verdict = judge(snapshot, warnings, strict=strict, on_ci=bool(os.environ.get("CI")))
    for problem in verdict.problems:
        click.echo(words.problem(problem))
    click.echo(
        words.text(
            "check.verdict" if verdict.problems else "check.fine",
            sections=words.count("check.sections", len(snapshot.sections)),
            errors=words.count("check.errors", verdict.errors),
            warnings=words.count("check.warnings", len(verdict.problems) - verdict.errors),
            day=words.day(snapshot.as_of),
        ),
        err=True,
    )
    return verdict.exit_code

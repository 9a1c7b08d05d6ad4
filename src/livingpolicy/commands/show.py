"""`livingpolicy show`: the text of a section, or of the whole policy, as it stood on a day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import Day, clock_option, root_option
from livingpolicy.errors import ExitCode
from livingpolicy.language import catalogue
from livingpolicy.past import policy_on, section_on
from livingpolicy.snapshot import take_snapshot


@click.command("show")
@click.argument("section", required=False)
@click.option(
    "--on", "day", type=Day(), required=True, help="The day, YYYY-MM-DD; what had landed by its end."
)
@click.option("--all", "everything", is_flag=True, help="Every section that stood on that day.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@clock_option
@root_option
def command(
    section: str | None, day: date, everything: bool, form: str, clock: Clock, root: Path
) -> ExitCode:
    """Print SECTION (its id) as it stood on a day, or with --all the whole policy."""
    snapshot, _ = take_snapshot(root, clock, history="required")
    words = catalogue(snapshot.policy.language)
    if everything == (section is not None):
        raise click.UsageError(words.text("show.which"))
    if day > Clock(clock.now).day(snapshot.policy.timezone):
        raise click.UsageError(words.text("show.future", day=day.isoformat()))
    if section is None:
        standing = tuple(policy_on(snapshot, day))
    else:
        name = snapshot.policy.current_id(section)
        revisions = snapshot.history.revisions.get(name, ())
        if not revisions:
            raise click.UsageError(words.text("log.unknown-section", section=section))
        found = section_on(name, revisions, day)
        standing = (found,) if found else ()
    if form == "json":
        from livingpolicy.render.past_json import past

        click.echo(past(standing, snapshot, day), nl=False)
    else:
        from livingpolicy.render.past_text import past_text

        click.echo(past_text(standing, snapshot, day, words), nl=False)
    return ExitCode.FINE if standing else ExitCode.FINDING

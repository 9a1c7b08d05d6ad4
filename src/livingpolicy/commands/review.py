"""`livingpolicy review`: write down that somebody looked, and what was checked."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path, PurePosixPath

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import clock_option, root_option
from livingpolicy.errors import ExitCode, PolicyError
from livingpolicy.language import catalogue
from livingpolicy.ledger import ledger_line, ledger_path, with_lines, write_ledgers
from livingpolicy.load import load_policy
from livingpolicy.model import Chapter, Outcome, Policy, Section


@click.command("review")
@click.argument("sections", nargs=-1, required=True, metavar="SECTION…")
@click.option("--checked", required=True, help="What you looked at, in a sentence.")
@click.option(
    "--outcome",
    type=click.Choice([outcome.value for outcome in Outcome]),
    default=Outcome.UNCHANGED.value,
    show_default=True,
    help="What you found. needs-change does not restart the clock.",
)
@click.option("--by", "role", help="Owner id of the role that reviewed. Default: the section's owner.")
@click.option("--note", help="Anything the next reviewer should know.")
@clock_option
@root_option
def command(
    sections: tuple[str, ...],
    checked: str,
    outcome: str,
    role: str | None,
    note: str | None,
    clock: Clock,
    root: Path,
) -> ExitCode:
    """Add a line to the review ledger for each SECTION (its id)."""
    content = load_policy(root, clock)
    policy = content.policy
    words = catalogue(policy.language)
    day = clock.day(policy.timezone)
    if not checked.strip():
        raise click.UsageError(words.text("review.nothing-checked"))
    if role is not None and role not in policy.owners:
        raise click.UsageError(words.text("review.unknown-role", role=role, known=", ".join(policy.owners)))

    if day > Clock(clock.now).day(policy.timezone):
        raise click.UsageError(words.text("review.future", day=day.isoformat()))

    lines: dict[PurePosixPath, list[str]] = defaultdict(list)
    found = [_find(policy, name) for name in dict.fromkeys(sections)]
    for chapter, section in found:
        line = ledger_line(
            section.id,
            reviewed_on=day,
            by=role or section.owner.id,
            checked=checked.strip(),
            outcome=Outcome(outcome),
            note=note,
        )
        lines[ledger_path(chapter.id)].append(line)

    before = {path: content.files.get(str(path)) for path in lines}
    after = {path: with_lines((before[path] or b"").decode("utf-8-sig"), lines[path]) for path in lines}
    write_ledgers(root, after)
    try:
        load_policy(root, clock)
    except PolicyError:
        # The line itself made the ledger wrong: put back what stood there before saying so.
        write_ledgers(root, {path: data.decode() for path, data in before.items() if data is not None})
        for path in (path for path, data in before.items() if data is None):
            (root / path).unlink()
        raise
    for _, section in found:
        click.echo(
            words.text("review.written", title=section.title, due=section.interval.after(day).isoformat())
        )
    click.echo(words.text("review.commit", files=" ".join(map(str, after))), err=True)
    return ExitCode.FINE


def _find(policy: Policy, name: str) -> tuple[Chapter, Section]:
    for chapter in policy.chapters:
        for section in chapter.sections:
            if name == section.id or name in section.aliases:
                return chapter, section
    words = catalogue(policy.language)
    raise click.UsageError(words.text("review.unknown-section", section=name))

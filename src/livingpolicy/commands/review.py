"""`livingpolicy review`: write down that somebody looked, and what was checked."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import clock_option, root_option
from livingpolicy.commands.questions import Questions, on_terminal
from livingpolicy.errors import ExitCode
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.ledger import ledger_line, ledger_path, with_lines
from livingpolicy.load import load_policy
from livingpolicy.model import Chapter, Outcome, Policy, Section
from livingpolicy.writing import written


@click.command("review")
@click.argument("sections", nargs=-1, metavar="SECTION…")
@click.option("--checked", help="What you looked at, in a sentence. Asked for on a terminal.")
@click.option(
    "--outcome",
    type=click.Choice([outcome.value for outcome in Outcome]),
    help="What you found. needs-change does not restart the clock. Default: unchanged.",
)
@click.option("--by", "role", help="Owner id of the role that reviewed. Default: the section's owner.")
@click.option("--note", help="Anything the next reviewer should know.")
@clock_option
@root_option
def command(
    sections: tuple[str, ...],
    checked: str | None,
    outcome: str | None,
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
    if role is not None and role not in policy.owners:
        raise click.UsageError(words.text("review.unknown-role", role=role, known=", ".join(policy.owners)))
    if day > Clock(clock.now).day(policy.timezone):
        raise click.UsageError(words.text("review.future", day=day.isoformat()))
    found = [_find(policy, name) for name in dict.fromkeys(sections)]
    ask = Questions(words, asks=on_terminal())
    if not found:
        found = [_find(policy, ask.need("section", None, lambda name: _known(policy, name), flag="SECTION"))]
    if checked is None and ask.asks:
        checked, outcome = _looked(ask, found, outcome)
    checked = ask.need("checked", checked, lambda text: _sentence(words, text), flag="--checked")

    lines: dict[str, list[str]] = defaultdict(list)
    for chapter, section in found:
        line = ledger_line(
            section.id,
            reviewed_on=day,
            by=role or section.owner.id,
            checked=checked,
            outcome=Outcome(outcome or Outcome.UNCHANGED),
            note=note,
        )
        lines[str(ledger_path(chapter.id))].append(line)
    after = {path: _with_lines(content.files.get(path, b""), lines[path]) for path in lines}
    with written(root, after, content.files, policy.language):
        load_policy(root, clock)  # what the line itself makes wrong is told, and the ledger put back

    for _, section in found:
        click.echo(_told(words, section, outcome, section.interval.after(day)))
    click.echo(words.text("review.commit", files=" ".join(after)), err=True)
    return ExitCode.FINE


def _told(words: Catalogue, section: Section, outcome: str | None, due: date) -> str:
    """Return what the line does to the section: only who found it in order moves the day."""
    if outcome == Outcome.NEEDS_CHANGE:
        return words.text("review.wants-change", title=section.title, owner=section.owner.name)
    return words.text("review.written", title=section.title, due=due.isoformat())


def _looked(ask: Questions, found: list[tuple[Chapter, Section]], outcome: str | None) -> tuple[str, str]:
    """Ask what was checked and what came of it, with the sections' names in sight."""
    for _, section in found:
        click.echo(f"{section.source}: {section.title}", err=True)
    checked = ask.need("checked", None, lambda text: _sentence(ask.words, text), flag="--checked")
    meanings = {known.value: ask.words.text(f"review.outcome.{known}") for known in Outcome}
    default = Outcome.UNCHANGED.value
    return checked, ask.one_of("outcome", outcome, meanings, flag="--outcome", default=default)


def _sentence(words: Catalogue, text: str) -> str:
    if not text.strip():
        raise click.UsageError(words.text("review.nothing-checked"))
    return text.strip()


def _with_lines(before: bytes, lines: list[str]) -> bytes:
    """Return the ledger with *lines* at its end, which end as the lines before them do."""
    text = before.decode("utf-8")
    kept = text.rstrip()
    after = with_lines(text, lines)
    if "\r\n" in text and after.startswith(kept):
        after = kept + after[len(kept) :].replace("\n", "\r\n")
    return after.encode("utf-8")


def _known(policy: Policy, name: str) -> str:
    _find(policy, name.strip())
    return name.strip()


def _find(policy: Policy, name: str) -> tuple[Chapter, Section]:
    for chapter in policy.chapters:
        for section in chapter.sections:
            if name == section.id or name in section.aliases:
                return chapter, section
    words = catalogue(policy.language)
    raise click.UsageError(words.text("review.unknown-section", section=name))

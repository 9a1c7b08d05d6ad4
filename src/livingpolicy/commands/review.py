"""`livingpolicy review`: write down that somebody looked, and what was checked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import clock_option, root_option
from livingpolicy.commands.questions import Questions, on_terminal
from livingpolicy.errors import ExitCode
from livingpolicy.interval import Interval
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.ledger import ledger_line, ledger_path, with_lines
from livingpolicy.load import load_policy
from livingpolicy.model import Outcome, Owner, Policy, Source
from livingpolicy.writing import written


@dataclass(frozen=True, slots=True)
class _Reviewed:
    """What is reviewed."""

    key: Literal["section", "target"]
    id: str
    title: str
    owner: Owner
    interval: Interval
    source: Source
    ledger: str
    """Path of the file that gets the line."""


@click.command("review")
@click.argument("names", nargs=-1, metavar="ID…")
@click.option("--checked", help="What you looked at, in a sentence. Asked for on a terminal.")
@click.option(
    "--outcome",
    type=click.Choice([outcome.value for outcome in Outcome]),
    help="What you found. needs-change does not restart the clock. Default: unchanged.",
)
@click.option("--by", "role", help="Owner id of the role that reviewed. Default: who answers for it.")
@click.option("--note", help="Anything the next reviewer should know.")
@clock_option
@root_option
def command(
    names: tuple[str, ...],
    checked: str | None,
    outcome: str | None,
    role: str | None,
    note: str | None,
    clock: Clock,
    root: Path,
) -> ExitCode:
    """Add a line to the review ledger for each section or target (its ID).

    An ID that both a section and a target have is written section.ID or target.ID.
    """
    content = load_policy(root, clock)
    policy = content.policy
    words = catalogue(policy.language)
    day = clock.day(policy.timezone)
    if role is not None and role not in policy.owners:
        raise click.UsageError(words.text("review.unknown-role", role=role, known=", ".join(policy.owners)))
    if day > Clock(clock.now).day(policy.timezone):
        raise click.UsageError(words.text("review.future", day=day.isoformat()))
    found = [_find(policy, name) for name in dict.fromkeys(names)]
    ask = Questions(words, asks=on_terminal())
    if not found:
        found = [_find(policy, ask.need("section", None, lambda name: _known(policy, name), flag="ID"))]
    if checked is None and ask.asks:
        checked, outcome = _looked(ask, found, outcome)
    checked = ask.need("checked", checked, lambda text: _sentence(words, text), flag="--checked")

    lines: dict[str, list[str]] = defaultdict(list)
    for item in found:
        line = ledger_line(
            item.id,
            key=item.key,
            reviewed_on=day,
            by=role or item.owner.id,
            checked=checked,
            outcome=Outcome(outcome or Outcome.UNCHANGED),
            note=note,
        )
        lines[item.ledger].append(line)
    after = {path: _with_lines(content.files.get(path, b""), lines[path]) for path in lines}
    with written(root, after, content.files, policy.language):
        load_policy(root, clock)  # what the line itself makes wrong is told, and the ledger put back

    for item in found:
        click.echo(_told(words, item, outcome, item.interval.after(day)))
    click.echo(words.text("review.commit", files=" ".join(after)), err=True)
    return ExitCode.FINE


def _told(words: Catalogue, item: _Reviewed, outcome: str | None, due: date) -> str:
    """Return what the line does to the section or target: only who found it in order moves the day."""
    if outcome == Outcome.NEEDS_CHANGE:
        return words.text("review.wants-change", title=item.title, owner=item.owner.name)
    return words.text("review.written", title=item.title, due=due.isoformat())


def _looked(ask: Questions, found: list[_Reviewed], outcome: str | None) -> tuple[str, str]:
    """Ask what was checked and what came of it, with the names in sight."""
    for item in found:
        click.echo(f"{item.source}: {item.title}", err=True)
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


def _find(policy: Policy, name: str) -> _Reviewed:
    words = catalogue(policy.language)
    found = list(_called(policy, name))
    if not found:
        raise click.UsageError(words.text("review.unknown-section", section=name))
    if len(found) > 1:
        raise click.UsageError(words.text("review.two", id=name))
    return found[0]


def _called(policy: Policy, name: str) -> Iterator[_Reviewed]:
    """Yield the section and the target that *name* stands for: an id, alone or after what it is of."""
    key, dot, rest = name.partition(".")
    only, wanted = (key, rest) if dot else (None, name)
    if only in {None, "section"}:
        for chapter in policy.chapters:
            for one in chapter.sections:
                if wanted == one.id or wanted in one.aliases:
                    path = str(ledger_path(chapter.id))
                    yield _Reviewed("section", one.id, one.title, one.owner, one.interval, one.source, path)
    if only in {None, "target"} and (target := policy.targets.get(wanted)) is not None:
        path = str(ledger_path(None))
        yield _Reviewed("target", target.id, target.name, target.owner, target.interval, target.source, path)

"""`livingpolicy measure`: write down what was reached in a period."""

from __future__ import annotations

from pathlib import Path

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import clock_option, root_option
from livingpolicy.errors import ExitCode
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.load import load_policy
from livingpolicy.measurements import NoNumberError, as_written, measurements_path, read_number
from livingpolicy.model import Period, Snapshot, Target
from livingpolicy.period import NoPeriodError, read_period, written_period
from livingpolicy.rows import NewRow, new_file, standing_row, with_row
from livingpolicy.snapshot import take_snapshot
from livingpolicy.spelling import near
from livingpolicy.writing import written

PERIOD_HELP = "PERIOD is 2026-10-05, 2026-W41, 2026-10, 2026-Q3 or 2026, as the target is measured."


@click.command("measure", epilog=PERIOD_HELP)
@click.argument("target")
@click.argument("period")
@click.argument("value")
@click.option("--within-target", metavar="PERCENT", help="Percent of cases that kept the limit.")
@click.option("--n", "cases", metavar="CASES", help="How many cases it rests on; fewer than 5 are not shown.")
@click.option("--low", metavar="VALUE", help="Nine cases of ten are at least this.")
@click.option("--high", metavar="VALUE", help="Nine cases of ten are at most this.")
@click.option("--comment", metavar="TEXT", help="Why it went as it did, in a sentence.")
@click.option("--replace", is_flag=True, help="Write over the row of the period, if there is one.")
@clock_option
@root_option
def command(
    target: str,
    period: str,
    value: str,
    within_target: str | None,
    cases: str | None,
    low: str | None,
    high: str | None,
    comment: str | None,
    replace: bool,
    clock: Clock,
    root: Path,
) -> ExitCode:
    """Write down the VALUE that was reached in PERIOD for TARGET (its id), in the target's unit."""
    content = load_policy(root, clock)
    policy = content.policy
    words = catalogue(policy.language)
    if target not in policy.targets:
        known = near(target, policy.targets.keys())
        raise click.UsageError(words.text("measure.unknown-target", id=target, known=known))
    meant = policy.targets[target]
    numbers = {
        "value": value,
        "within_target": within_target and within_target.strip().removesuffix("%"),
        "n": cases,
        "low": low,
        "high": high,
    }
    cells = {name: _number(words, given) for name, given in numbers.items() if given is not None}
    row = NewRow(_period(words, period), {**cells, "comment": " ".join((comment or "").split())})

    path = measurements_path(target)
    before = content.files.get(path)
    there = standing_row(before, row.period) if before else None
    if there and not replace:
        values = {"period": written_period(row.period), "line": there[0], "row": there[1], "path": path}
        raise click.UsageError(words.text("measure.there-already", **values))
    note = words.text("measure.note", name=meant.name)
    after = with_row(before, row) if before else new_file(row, note)
    with written(root, {path: after}, content.files, policy.language):
        # What the row itself makes wrong is told, and the file put back.
        snapshot, warnings = take_snapshot(root, clock, history="optional")

    click.echo(_told(snapshot, meant, row.period, words))
    if there:
        click.echo(words.text("measure.before", row=there[1]), err=True)
    for warning in warnings:
        if warning.source.path == path:
            click.echo(words.problem(warning), err=True)
    click.echo(words.text("review.commit", files=path), err=True)
    return ExitCode.FINE


def _period(words: Catalogue, text: str) -> Period:
    """Read a period, also in small letters and with the Swedish "v41" and "k3"."""
    try:
        return read_period(text.strip().upper().replace("V", "W").replace("K", "Q"))
    except NoPeriodError as error:
        raise click.UsageError(words.text(f"problem.{error.code}", text=text)) from None


def _number(words: Catalogue, text: str) -> str:
    """Return a number as a file has it; on the command line it may have a decimal comma."""
    plain = as_written(text.strip())
    try:
        read_number(plain)
    except NoNumberError as error:
        values = {"text": text, "proposal": error.proposal}
        raise click.UsageError(words.text(f"problem.{error.code}", **values)) from None
    return plain


def _told(snapshot: Snapshot, target: Target, period: Period, words: Catalogue) -> str:
    from livingpolicy.render.targets_words import told_result

    state = next(state for state in snapshot.targets if state.target.id == target.id)
    result = next(result for result in state.results if result.measurement.period == period)
    return told_result(result, target, words)

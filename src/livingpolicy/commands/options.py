"""Options that every command takes, and what they turn into."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from livingpolicy.clock import Clock
from livingpolicy.phases import listening

Command = TypeVar("Command", bound=Callable[..., Any])

ROOT_HELP = "Folder that holds policy/. Default: the nearest one at or above the working directory."
TODAY_HELP = "Judge reviews as on this day (YYYY-MM-DD). Moves the status of sections, never a date."
NO_GIT_HELP = "Do not ask git: every date is unknown."


class Day(click.ParamType[date]):
    """A day written `YYYY-MM-DD`."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day, or end the call with one line."""
        if isinstance(value, date):
            return value
        try:
            # The standard library also reads "20261122" and week dates.
            if len(value) != len("YYYY-MM-DD"):
                raise ValueError(value)
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day. Write it as YYYY-MM-DD, for example 2026-11-22.", param, ctx)


def root_option(command: Command) -> Command:
    """Add `--root`."""
    return click.option(
        "--root",
        type=click.Path(exists=True, file_okay=False, path_type=Path),
        callback=lambda _ctx, _param, value: find_root(value),
        help=ROOT_HELP,
    )(command)


def clock_option(command: Command) -> Command:
    """Add `--today`; the command receives a `Clock`."""
    return click.option(
        "--today",
        "clock",
        type=Day(),
        callback=lambda _ctx, _param, value: read_clock(value),
        help=TODAY_HELP,
    )(command)


def verbose_option(command: Command) -> Command:
    """Add `--verbose`: a line on standard error for every phase, with its time."""
    return click.option(
        "-v",
        "--verbose",
        is_flag=True,
        expose_value=False,
        callback=_listen,
        help="Say on standard error what takes how long.",
    )(command)


def _listen(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        ctx.with_resource(listening(lambda line: click.echo(line, err=True)))


def read_clock(today: date | None) -> Clock:
    """Return the clock of this run.

    Raises:
        click.UsageError: `SOURCE_DATE_EPOCH` is not a number.
    """
    try:
        return Clock.read(today)
    except ValueError as error:
        raise click.UsageError(f"{error}: give seconds since 1970, or leave it unset.") from None


def find_root(given: Path | None) -> Path:
    """Return the folder that holds `policy/`, absolute.

    Raises:
        click.UsageError: no folder at or above the working directory holds one.
    """
    if given is not None:
        return given.resolve()
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "policy").exists():
            return folder
    raise click.UsageError(f"There is no policy/ in {here} or above it. Go there, or say --root DIR.")

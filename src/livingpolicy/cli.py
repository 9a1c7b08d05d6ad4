"""The one door for people and CI: parses the call, and turns refusals into a line and an exit code."""

from __future__ import annotations

import contextlib
import errno
import importlib
import io
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from livingpolicy import __version__
from livingpolicy.errors import DiskError, ExitCode, HistoryError, PolicyError, PrintError, PublishError
from livingpolicy.language import catalogue

COMMANDS = (
    "report",
    "check",
    "diff",
    "issues",
    "agenda",
    "review",
    "targets",
    "measure",
    "assess",
    "log",
    "show",
    "paper",
    "poster",
    "publish",
    "new",
    "fix",
    "init",
    "doctor",
)
"""In the order of `--help`; each is `livingpolicy.commands.NAME`."""


class LateGroup(click.Group):
    """A group that imports a command when it is called, so that none pays for another's libraries."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the commands in the order of COMMANDS."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return the command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"livingpolicy.commands.{cmd_name}")
        command: click.Command = module.command
        return command


@click.group(
    cls=LateGroup, context_settings={"help_option_names": ["-h", "--help"]}, subcommand_metavar="COMMAND …"
)
@click.version_option(__version__, message="livingpolicy %(version)s")
def cli() -> None:
    """Keep a customer policy written, used and current.

    Exit codes: 0 fine, 1 a finding, 2 the content or the call is wrong, 3 the environment cannot answer.
    """


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; *argv* without the program's name."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A console of another code page still gets the report, å as \xe5, rather than a traceback.
            stream.reconfigure(errors="backslashreplace")
    try:
        outcome = cli.main(args=argv, prog_name="livingpolicy", standalone_mode=False)
    except PolicyError as error:
        _print_policy_error(error)
        return ExitCode.WRONG
    except HistoryError as error:
        click.echo(catalogue(error.language).refusal(error), err=True)
        return ExitCode.CANNOT_ANSWER
    except PrintError as error:
        words = catalogue(error.language)
        click.echo(words.text(f"printing.{error.code}", **error.values), err=True)
        return ExitCode.CANNOT_ANSWER
    except PublishError as error:
        _print_publish_error(error)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.WRONG
    except click.Abort:
        return 130
    except BrokenPipeError:
        # The reader of the pipe has seen enough (`| head`); the flush at exit must not complain either.
        with contextlib.suppress(OSError):
            sys.stdout.close()
        return ExitCode.FINE
    except OSError as error:
        click.echo(_disk_refusal(error), err=True)
        return ExitCode.CANNOT_ANSWER
    except Exception:
        # A bug of ours keeps its traceback, but must not exit with Python's 1: CI would read it as "overdue".
        traceback.print_exc()
        return ExitCode.CANNOT_ANSWER
    return int(outcome or 0)


_DISK = {
    errno.EACCES: "denied",
    errno.EPERM: "denied",
    errno.ENOSPC: "full",
    getattr(errno, "EDQUOT", errno.ENOSPC): "full",  # Windows knows no quotas
    errno.EROFS: "read-only",
}


def _disk_refusal(error: OSError) -> str:
    """Return what the disk refuses, and the cure; in Swedish where nobody knew the policy's language."""
    words = catalogue(error.language if isinstance(error, DiskError) else "sv")
    place = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else None
    if place is not None and place.suffix == ".tmp":
        place = place.parent  # the name of a file that is written beside its target says nothing
    return words.text(
        f"disk.{_DISK.get(error.errno or 0, 'other')}",
        place=place if place is not None else words.text("disk.somewhere"),
        reason=error.strerror or type(error).__name__,
    )


def _print_publish_error(error: PublishError) -> None:
    words = catalogue(error.language)
    if error.code == "found":
        told = words.count("publish.found", int(error.values["count"]))
    else:
        told = words.text(f"publish.{error.code}", **error.values)
    click.echo(f"{told} {words.text('publish.untouched')}", err=True)


def _print_policy_error(error: PolicyError) -> None:
    words = catalogue(error.language)
    for problem in error.problems:
        click.echo(words.problem(problem), err=True)
    summary = words.count("check.refused", error.errors)
    if error.warnings:
        summary += " " + words.count("check.refused-also", error.warnings)
    click.echo(summary, err=True)

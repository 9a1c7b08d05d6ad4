"""`livingpolicy diff`: what a proposal changes, for the one who approves it."""

from __future__ import annotations

import os
from pathlib import Path

import click

from livingpolicy.changes import NoBaseError, content_at, read_changes
from livingpolicy.clock import Clock
from livingpolicy.commands.options import clock_option, root_option
from livingpolicy.commands.proposed import published, pull_request_option, renderer
from livingpolicy.disclosure import Disclosure, disclose
from livingpolicy.errors import ExitCode, HistoryError
from livingpolicy.language import catalogue
from livingpolicy.load import Content, load_policy
from livingpolicy.model import History
from livingpolicy.revisions import read_history

FORMATS = {
    "text": "proposal_text:text",
    "markdown": "proposal_markdown:markdown",
    "json": "proposal_json:document",
}
"""Module under `render/` and its function, imported when asked for."""


@click.command("diff")
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice([*FORMATS]),
    default="text",
    show_default=True,
    help="markdown is for the page of a job or a comment; text marks what is gone [-so-] and new {+so+}.",
)
@pull_request_option
@clock_option
@root_option
def command(
    base: str | None, head: str | None, form: str, pull_request: str, clock: Clock, root: Path
) -> ExitCode:
    """Tell in plain words what HEAD changes since it left BASE, and what an approver should look at.

    BASE is the published branch when left out, HEAD the working folder; what is not committed there is
    included for policy/ only. Fails (2) when the content of HEAD is wrong, (3) when there is nothing to
    compare with; what changed never makes it fail.
    """
    language = "sv"
    try:
        commit, content = content_at(root, head, clock) if head else (None, load_policy(root, clock))
        language = content.policy.language
        changes = read_changes(
            root, content, clock, bases=published(base, os.environ), pull_request=pull_request, head=commit
        )
        history = _history(root, content, clock, at=changes.base) if changes.measurements else None
    except NoBaseError as error:
        click.echo(catalogue(language).text(f"proposal.refused.{error.code}", **error.values), err=True)
        return ExitCode.CANNOT_ANSWER
    except HistoryError as error:
        error.language = language
        raise
    click.echo(_report(form, disclose(changes, history), language), nl=False)
    return ExitCode.FINE


def _history(root: Path, content: Content, clock: Clock, *, at: str) -> History:
    """Return the history as it was when the change began: by it, what was measured is judged."""
    return read_history(root, content.files, timezone=content.policy.timezone, now=clock.now, at=at)


def _report(form: str, disclosure: Disclosure, language: str) -> str:
    return str(renderer(FORMATS[form])(disclosure, catalogue(language)))

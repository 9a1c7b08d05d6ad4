"""`livingpolicy check`: the gate."""

from __future__ import annotations

import importlib
import os
from dataclasses import replace
from pathlib import Path

import click

from livingpolicy.changes import NoBaseError
from livingpolicy.clock import Clock
from livingpolicy.commands.options import NO_GIT_HELP, clock_option, root_option, verbose_option
from livingpolicy.commands.proposed import published, pull_request_option, renderer
from livingpolicy.diagrams import draw_all
from livingpolicy.errors import ExitCode, HistoryError, PolicyError, Problem
from livingpolicy.gate import Scope, Verdict, judge, judge_proposal, refuse
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.model import Note, Snapshot
from livingpolicy.phases import phase, speak
from livingpolicy.proposal import take_proposal
from livingpolicy.render.findings import Report, closing, remarks
from livingpolicy.snapshot import take_snapshot

FORMATS = {
    "text": "findings_text:text",
    "github": "findings_github:github",
    "json": "findings_json:document",
    "junit": "findings_junit:junit",
    "sarif": "findings_sarif:sarif",
}
"""Module under `render/` and its function, imported when asked for."""

SCOPE_HELP = "all: every section, overdue beyond the grace. changed: only what the change touches."
BASE_HELP = (
    "Branch or commit that the change is meant for. Default: the target of the pull or merge request, "
    "else origin's main branch."
)
FORMAT_HELP = "github prints annotations for the job; json, junit and sarif are documents."


@click.command("check")
@click.option(
    "--scope", type=click.Choice(["all", "changed"]), default="all", show_default=True, help=SCOPE_HELP
)
@click.option("--base", metavar="REF", help=BASE_HELP)
@click.option(
    "--format", "form", type=click.Choice([*FORMATS]), default="text", show_default=True, help=FORMAT_HELP
)
@pull_request_option
@click.option("--strict", is_flag=True, help="Warnings fail too.")
@click.option(
    "--fix", is_flag=True, help="First show what can be mended without a decision, and offer to do it."
)
@click.option("--no-git", is_flag=True, help=f"{NO_GIT_HELP} Only the content is judged.")
@verbose_option
@clock_option
@root_option
def command(
    scope: Scope,
    base: str | None,
    form: str,
    pull_request: str,
    strict: bool,
    fix: bool,
    no_git: bool,
    clock: Clock,
    root: Path,
) -> ExitCode:
    """Fail (1) on late reviews, (2) on wrong content, (3) when git cannot answer."""
    if fix:
        importlib.import_module("livingpolicy.commands.fix").offer(root, clock)
    on_ci = bool(os.environ.get("CI"))
    bases = None if no_git or scope == "all" else published(base, os.environ)
    why_all = Note("gate.without-git", {}) if no_git and scope == "changed" else None
    try:
        verdict, language = _verdict(
            root, clock, bases, pull_request=pull_request, strict=strict, no_git=no_git, on_ci=on_ci
        )
    except PolicyError as error:
        if form == "text":
            raise
        verdict, language = refuse(error), error.language
    except HistoryError as error:
        if form != "github":
            raise
        from livingpolicy.render.findings_github import annotation

        # What git complained of may be part of the refusal, so it goes where it is escaped and nowhere else.
        click.echo(annotation("error", catalogue(error.language).refusal(error)), nl=False)
        return ExitCode.CANNOT_ANSWER
    if why_all is not None:
        verdict = replace(verdict, remarks=(why_all, *verdict.remarks))
    with phase("print"):
        _print(form, verdict, catalogue(language), root)
    return verdict.exit_code


def _verdict(
    root: Path,
    clock: Clock,
    bases: tuple[str, ...] | None,
    *,
    pull_request: str,
    strict: bool,
    no_git: bool,
    on_ci: bool,
) -> tuple[Verdict, str]:
    """Return the verdict and its language: on the change since *bases*, or on everything if that is None."""
    why_all: tuple[Note, ...] = ()
    if bases is not None:
        try:
            with phase("proposal"):
                proposal, warnings = take_proposal(root, clock, bases=bases, pull_request=pull_request)
        except NoBaseError as error:
            why_all = (Note(f"gate.{error.code}", error.values),)
        else:
            speak(proposal.snapshot.policy.language)
            advice = _advice(proposal.snapshot, root)
            verdict = _noted(judge_proposal(proposal, warnings, strict=strict, on_ci=on_ci), advice)
            return verdict, proposal.snapshot.policy.language
    snapshot, warnings = take_snapshot(root, clock, history="none" if no_git else "required")
    advice = _advice(snapshot, root)
    verdict = _noted(judge(snapshot, warnings, strict=strict, on_ci=on_ci), advice)
    return replace(verdict, remarks=(*why_all, *verdict.remarks)), snapshot.policy.language


def _advice(snapshot: Snapshot, root: Path) -> tuple[Problem, ...]:
    """Draw every diagram, and return what is to be said of posters that are hard to read.

    Raises:
        PolicyError: one cannot be read at all from where people stand.
    """
    from livingpolicy.render.poster_check import passed  # late: a policy without posters never pays for it

    with phase("diagrams"):
        draw_all(snapshot.policy)
    with phase("posters"):
        found = passed(snapshot, root / ".cache" / "fonts")
    return tuple(problem for one in found for problem in one.advice)


def _noted(verdict: Verdict, advice: tuple[Problem, ...]) -> Verdict:
    notes = tuple(sorted((*verdict.notes, *advice), key=lambda problem: problem.order))
    return replace(verdict, notes=notes)


def _print(form: str, verdict: Verdict, words: Catalogue, root: Path) -> None:
    """Print the findings on standard output, and the verdict in a line on standard error."""
    report: Report = renderer(FORMATS[form])
    if form == "text":
        # People read this in their editor, whose paths are those of the folder.
        for remark in remarks(verdict, words):
            click.echo(remark, err=True)
        click.echo(report(verdict, words, ""), nl=False)
    else:
        click.echo(report(verdict, words, _folder(root)), nl=False)
    click.echo(closing(verdict, words), err=True)


def _folder(root: Path) -> str:
    """Return where *root* lies in its repository: "" at the top, "folder/" below. Asks no git."""
    for top in (root, *root.parents):
        if (top / ".git").exists():
            below = root.relative_to(top).as_posix()
            return "" if below == "." else f"{below}/"
    return ""

"""`livingpolicy init`: a policy repository to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from shlex import quote

import click

from livingpolicy.commands.questions import Questions, on_terminal
from livingpolicy.errors import ExitCode
from livingpolicy.language import LANGUAGES, catalogue
from livingpolicy.schema.fields import TITLE
from livingpolicy.starter import NAMES, fresh_files
from livingpolicy.writing import write


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(path_type=Path))
@click.option("--language", type=click.Choice(LANGUAGES), help="Of the policy and its site. Default: sv.")
@click.option("--title", metavar="TEXT", help="Name of the policy.")
@click.option("--organisation", metavar="TEXT", help="Name of the company.")
@click.option("--no-input", is_flag=True, help="Ask nothing, take the proposals.")
def command(
    folder: Path, language: str | None, title: str | None, organisation: str | None, no_input: bool
) -> ExitCode:
    """Write a small policy with all that its site needs into DIR, which must be new or empty.

    It passes `check` and builds as it stands. On a terminal, what you leave out is asked for.
    """
    asks = on_terminal() and not no_input
    ask = Questions(catalogue(language or LANGUAGES[0]), asks=asks)
    folder = folder.resolve()
    _refuse_what_is_there(folder, ask)
    languages = {"sv": "svenska", "en": "English"}
    language = ask.one_of("language", language, languages, flag="--language", default=LANGUAGES[0])
    ask = Questions(catalogue(language), asks=asks)
    names = NAMES[language]
    title = ask.need("policy-title", title, ask.value(TITLE, "title"), flag="--title", default=names[0])
    organisation = ask.need(
        "organisation",
        organisation,
        ask.value(TITLE, "organisation"),
        flag="--organisation",
        default=names[1],
    )
    _write(folder, fresh_files(language, title=title, organisation=organisation), ask)
    return ExitCode.FINE


def _refuse_what_is_there(folder: Path, ask: Questions) -> None:
    """End the call if something would lie beside the policy; a repository without files is empty."""
    if folder.exists() and not folder.is_dir():
        raise click.UsageError(ask.words.text("init.no-folder", folder=folder))
    others = sorted({path.name for path in folder.iterdir()} - {".git"}) if folder.exists() else []
    if others:
        raise click.UsageError(ask.words.text("init.not-empty", folder=folder, name=others[0]))


def _write(folder: Path, files: Mapping[str, bytes], ask: Questions) -> None:
    for path, data in files.items():
        write(folder / path, data)
    words = ask.words
    click.echo(words.count("init.written", len(files), folder=folder))
    click.echo(
        words.text("init.next", folder=quote(str(folder)), subject=words.text("init.subject")), err=True
    )

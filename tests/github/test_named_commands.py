"""Every command that a workflow or a page of the documentation names can be given as it stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from livingpolicy.cli import cli
from tests.github.test_workflows import ROOT, WORKFLOWS

PAGES = sorted(
    (
        *WORKFLOWS,
        # Those about errors quote messages.
        *(path for path in (ROOT / "docs").glob("*.md") if not path.name.startswith("fel")),
        ROOT / ".github/pull_request_template.md",
        ROOT / ".github/CODEOWNERS",
    )
)


def commands(text: str, program: str) -> Iterator[list[str]]:
    """The words after *program* in code: a line of a block or a workflow, or between backticks."""
    for words in re.findall(rf"(?<![\w/.-])(?:\.venv/bin/)?{program} ([a-z.][^\n`|>)\"]*)", text):
        yield words.split()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_command_and_its_options_exist(path):
    context = click.Context(cli)
    for name, *arguments in commands(path.read_text("utf-8"), "livingpolicy"):
        command = cli.get_command(context, name)
        assert command, name
        if isinstance(command, click.Group) and arguments:
            command = command.get_command(context, arguments.pop(0))
            assert command, name
        options = {flag: option for option in command.params for flag in option.opts}
        for flag, value in zip(arguments, [*arguments[1:], ""], strict=False):
            if not flag.startswith("--"):
                continue
            assert flag in options, f"{name} {flag}"
            if isinstance(options[flag].type, click.Choice):
                assert value in options[flag].type.choices, f"{name} {flag} {value}"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_make_target_exists(path: Path):
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target, *_ in commands(path.read_text("utf-8"), "make"):
        assert re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), target

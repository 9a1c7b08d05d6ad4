"""`livingpolicy fix`: mend what is mechanical, after showing it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import click

from livingpolicy.clock import Clock
from livingpolicy.commands.options import clock_option, root_option
from livingpolicy.commands.questions import on_terminal
from livingpolicy.errors import ExitCode, PolicyError
from livingpolicy.fixes import Fix, mended
from livingpolicy.folder import read_folder
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.load import load_policy
from livingpolicy.outline import decode
from livingpolicy.scaffold import ids_in
from livingpolicy.writing import written


@click.command("fix")
@click.option("--write", is_flag=True, help="Do it. Without this, only show it.")
@clock_option
@root_option
def command(write: bool, clock: Clock, root: Path) -> ExitCode:
    """Show what can be mended without a decision, and with --write mend it.

    Quotes, dates, line ends, missing ids: one line for each with the reason, then the change itself. The exit
    code is 1 when something is left to be written.
    """
    return fix(root, clock, write=write)


def fix(root: Path, clock: Clock, *, write: bool) -> ExitCode:
    """Print what can be mended under *root*, and mend it when *write* says so."""
    found = _find(root, clock)
    _show(found, err=False)
    if write:
        _mend(found, root, clock)
    elif found.fixes:
        click.echo(found.words.count("fix.proposed", len(found.fixes)), err=True)
    return ExitCode.FINDING if found.fixes and not write else ExitCode.FINE


def offer(root: Path, clock: Clock) -> None:
    """Print what can be mended on standard error, and mend it if somebody at a terminal agrees."""
    found = _find(root, clock)
    _show(found, err=True)
    if not found.fixes:
        return
    if on_terminal() and click.confirm(found.words.text("fix.agree"), err=True):
        _mend(found, root, clock)
    else:
        click.echo(found.words.count("fix.proposed", len(found.fixes)), err=True)


@dataclass(frozen=True, slots=True)
class _Found:
    words: Catalogue
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    """The files that change."""
    fixes: tuple[Fix, ...]


def _find(root: Path, clock: Clock) -> _Found:
    before = read_folder(root).files
    after, fixes = _mended(before)
    language, _ = _errors(root, clock)
    return _Found(catalogue(language), before, after, tuple(fixes))


def _show(found: _Found, *, err: bool) -> None:
    for one in found.fixes:
        reason = found.words.text(f"fix.{one.code}", **one.values)
        click.echo(f"{one.source}: {one.code}: {reason}", err=err)
    for path, data in found.after.items():
        click.echo("".join(_diff(path, found.before[path], data)), nl=False, err=err)
    if not found.fixes:
        click.echo(found.words.text("fix.nothing"), err=True)


def _mend(found: _Found, root: Path, clock: Clock) -> None:
    with written(root, found.after, found.before, found.words.language):
        _, left = _errors(root, clock)
    if found.fixes:
        click.echo(found.words.count("fix.done", len(found.fixes)), err=True)
    if left:
        click.echo(found.words.count("fix.left", left), err=True)


def _mended(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[Fix]]:
    """Return the files that change, and what is done in all of them."""
    taken = ids_in(files)
    after: dict[str, bytes] = {}
    fixes: list[Fix] = []
    for path, data in files.items():
        changed, found = mended(path, data, taken)
        if found:
            after[path] = changed
            fixes += found
            taken |= ids_in({path: changed})
    return after, fixes


def _errors(root: Path, clock: Clock) -> tuple[str, int]:
    """Return the policy's language and how many errors it has."""
    try:
        return load_policy(root, clock).policy.language, 0
    except PolicyError as error:
        return error.language, error.errors


def _diff(path: str, before: bytes, after: bytes) -> Iterator[str]:
    """Yield the change as a unified diff of the lines; their ends are told in words alone."""
    # A fix neither adds nor takes away a line, so they stand side by side.
    pairs = list(zip(decode(before).split("\n"), decode(after).split("\n"), strict=False))
    changed = [index for index, (old, new) in enumerate(pairs) if old != new]
    if changed:
        yield f"--- a/{path}\n+++ b/{path}\n"
    while changed:
        end = next(
            (place for place, index in enumerate(changed) if index != changed[0] + place), len(changed)
        )
        first, last = max(changed[0] - 1, 0), min(changed[end - 1] + 2, len(pairs))
        yield f"@@ -{first + 1},{last - first} +{first + 1},{last - first} @@\n"
        stretch = pairs[changed[0] : changed[end - 1] + 1]
        yield from (f" {old}\n" for old, _ in pairs[first : changed[0]])
        yield from (f"-{old}\n" for old, _ in stretch)
        yield from (f"+{new}\n" for _, new in stretch)
        yield from (f" {old}\n" for old, _ in pairs[changed[end - 1] + 1 : last])
        del changed[:end]

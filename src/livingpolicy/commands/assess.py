"""`livingpolicy assess`: take the answers of the form into the result of a month."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from livingpolicy.assessment import (
    WrittenAssessment,
    parse_assessment,
    parse_result,
    people,
    questionnaires,
)
from livingpolicy.assessment_files import is_assessment
from livingpolicy.clock import Clock
from livingpolicy.commands.options import Day, clock_option, root_option
from livingpolicy.errors import ExitCode, PolicyError, Problem
from livingpolicy.folder import MAX_BYTES, printable
from livingpolicy.language import Catalogue, catalogue
from livingpolicy.load import Content, load_policy
from livingpolicy.model import Source
from livingpolicy.outline import decode
from livingpolicy.recording import Recorded, remarks, repeated, result_path, result_text
from livingpolicy.schema import Read
from livingpolicy.schema.assessment import ResultFile
from livingpolicy.validate.assessment import result_problems
from livingpolicy.writing import written


@click.command("assess")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option("--on", "day", type=Day(), help="The day it counts from. Default: the latest in the files.")
@click.option("--alike", is_flag=True, help="Two people may have given the same answers.")
@clock_option
@root_option
def command(files: tuple[Path, ...], day: date | None, alike: bool, clock: Clock, root: Path) -> ExitCode:
    """Add the answers in each FILE, which the form has written, to the result of the month.

    All at once, so that nothing tells one person's answers from another's. The files may be deleted then.
    """
    content = load_policy(root, clock)
    words = catalogue(content.policy.language)
    if content.questionnaire is None:
        raise click.UsageError(words.text("assess.no-questionnaire"))
    today = Clock(clock.now).day(content.policy.timezone)
    if day is not None and day > today:
        raise click.UsageError(words.text("assess.future", day=day.isoformat()))
    asked = _asked(content)
    read = _read(files, asked, content.policy.language, today)
    answered_on = day or max(each.answered_on for each in read)
    path = result_path(answered_on)
    before = next((each for each in content.rounds if each.source.path == path), None)
    version = _version(read, before.questionnaire.version if before else None, words)
    known = before.respondents if before else ()
    everybody = (*known, *(person for each in read for person in each.people))
    if (again := repeated(everybody) - repeated(known)) and not alike:
        raise click.UsageError(words.count("assess.again", again))

    text = content.files[path].decode("utf-8") if path in content.files else ""
    recorded = Recorded(
        day or (before.answered_on if before else answered_on), version, everybody, remarks(text)
    )
    order = questionnaires(asked, {})[version]
    after = {path: result_text(recorded, order).encode("utf-8")}
    with written(root, after, content.files, content.policy.language):
        load_policy(root, clock)
    click.echo(words.count("assess.written", len(everybody), path=path))
    click.echo(words.text("assess.remove"), err=True)
    click.echo(words.text("review.commit", files=path), err=True)
    return ExitCode.FINE


def _asked(content: Content) -> WrittenAssessment:
    texts = {path: decode(data) for path, data in content.files.items() if is_assessment(path)}
    return parse_assessment(texts)[0]


def _read(files: tuple[Path, ...], asked: WrittenAssessment, language: str, today: date) -> list[Recorded]:
    """Return what every file says.

    Raises:
        PolicyError: something is wrong with some of them; all of it.
    """
    problems: list[Problem] = []
    found: list[Recorded] = []
    for file in dict.fromkeys(files):
        name = printable(file.as_posix())
        entry, wrong = _parsed(name, file)
        if entry is not None:
            wrong = (*wrong, *result_problems(entry, asked.versions, today=today))
        problems += wrong
        if entry is not None and entry.value is not None and not wrong:
            value = entry.value
            found.append(Recorded(value.answered_on, value.questionnaire, people(entry)))
    if problems:
        raise PolicyError(problems, language)
    return found


def _parsed(name: str, file: Path) -> tuple[Read[ResultFile] | None, tuple[Problem, ...]]:
    with file.open("rb") as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return None, (Problem(Source(name), "file-too-large", {"limit": str(MAX_BYTES // 1_000_000)}),)
    try:
        text = decode(data)
    except UnicodeDecodeError as error:
        values = {"offset": str(error.start), "byte": f"0x{data[error.start]:02X}"}
        return None, (Problem(Source(name, data.count(b"\n", 0, error.start) + 1), "not-utf-8", values),)
    return parse_result(name, text)


def _version(read: list[Recorded], before: int | None, words: Catalogue) -> int:
    versions = {each.version for each in read} | ({before} if before else set())
    if len(versions) > 1:
        raise click.UsageError(words.text("assess.versions", versions=", ".join(map(str, sorted(versions)))))
    return versions.pop()

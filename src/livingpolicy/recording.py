"""Take what the form of the self-assessment has written into the result of a month.

What says who answered when is left behind: the people stand in the order of their answers, under one day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from livingpolicy.assessment_files import RESULTS
from livingpolicy.model import Questionnaire, Respondent


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a result file says."""

    answered_on: date
    version: int
    people: tuple[Respondent, ...]
    head: str = ""
    """The lines of remarks above it, as they stand."""


def result_path(day: date) -> str:
    """Return where the answers of the month of *day* are kept.

    >>> result_path(date(2026, 9, 15))
    'policy/assessment/results/2026-09.yml'
    """
    return f"{RESULTS}/{day:%Y-%m}.yml"


def remarks(text: str) -> str:
    """Return the lines of remarks at the top of *text*."""
    lines = text.split("\n")
    count = next(
        (number for number, line in enumerate(lines) if line.strip() and line[:1] != "#"), len(lines)
    )
    return "\n".join(lines[:count]).strip("\n")


def repeated(people: Iterable[Respondent]) -> int:
    """Count the people whose answers somebody before them gave as well, down to the last one."""
    found = [_key(person) for person in people]
    return len(found) - len(set(found))


def result_text(recorded: Recorded, questionnaire: Questionnaire) -> str:
    """Return the file, in which neither order nor form tells the people apart."""
    order = [statement.id for statement in questionnaire.statements]
    lines = [recorded.head, ""] if recorded.head else []
    lines += [
        f"questionnaire: {recorded.version}",
        f"answered_on: {recorded.answered_on.isoformat()}",
        "respondents:",
    ]
    for person in sorted(recorded.people, key=lambda person: _rank(person, order)):
        lines += _person(person, order, [sign.id for sign in questionnaire.signs])
    return "\n".join(lines) + "\n"


def _person(person: Respondent, statements: Sequence[str], signs: Sequence[str]) -> Iterable[str]:
    yield "  - answers:"
    for name in statements:
        if name in person.answers:
            yield f"      {name}: {person.answers[name]}"
    if person.signs is not None:
        yield f"    signs: [{', '.join(name for name in signs if name in person.signs)}]"


def _rank(person: Respondent, order: Sequence[str]) -> tuple[object, ...]:
    # Everything that the file will say of a person, so that its place in it says nothing more.
    return (
        tuple(person.answers.get(name, 0) for name in order),
        person.signs is not None,
        sorted(person.signs or ()),
    )


def _key(person: Respondent) -> tuple[object, ...]:
    answers: Mapping[str, int] = person.answers
    return tuple(sorted(answers.items())), frozenset(person.signs or ())

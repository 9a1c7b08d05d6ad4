"""Questionnaires and answers for the tests, as files and as values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from livingpolicy.model import (
    AssessmentRound,
    Questionnaire,
    Respondent,
    Source,
    Statement,
    StatementGroup,
    WarningSign,
)

SIZES = (4, 4, 3, 3, 3, 5, 3)
"""How many statements each of the seven groups has."""
MANAGEMENT = frozenset({"g1-2", "g6-5"})
"""The statements for management only."""

QUESTIONNAIRE_PATH = "policy/assessment/questionnaire.yml"
RESULT_PATH = "policy/assessment/results/2026-09.yml"


def ids(sizes: Sequence[int] = SIZES) -> list[list[str]]:
    """Return the ids of the statements by group: `g1-1`, `g1-2` and so on."""
    return [
        [f"g{group}-{number}" for number in range(1, size + 1)] for group, size in enumerate(sizes, start=1)
    ]


def questionnaire_yml(version: int = 1) -> str:
    """Return the text of a questionnaire; the first statement leads to `svar-telefon`."""
    lines = [f"version: {version}", "groups:"]
    for number, statements in enumerate(ids(), start=1):
        lines += [f"  - id: g{number}", f"    name: Grupp {number}", "    statements:"]
        for name in statements:
            extra = ", management: true" if name in MANAGEMENT else ""
            extra += ", sections: [svar-telefon]" if name.endswith("-1") else ""
            lines.append(f"      - {{id: {name}, text: Vi gör {name}{extra}}}")
    lines += [
        "signs:",
        "  - {id: brander, name: Vi släcker bränder, text: Allt blir bråttom, sections: [svar-mejl]}",
    ]
    lines += ["  - {id: olika, name: Olika besked, text: Det beror på vem som svarar}"]
    return "\n".join(lines) + "\n"


def result_yml(
    *people: Mapping[str, int], on: str = "2026-09-15", version: int = 1, signs: Sequence[str] | None = ()
) -> str:
    """Return the text of a result; every person recognised the same *signs*."""
    lines = [f"questionnaire: {version}", f"answered_on: {on}", "respondents:"]
    for person in people:
        lines.append(f"  - answers: {{{', '.join(f'{name}: {answer}' for name, answer in person.items())}}}")
        if signs is not None:
            lines.append(f"    signs: [{', '.join(signs)}]")
    return "\n".join(lines) + "\n"


def all_of(answer: int) -> dict[str, int]:
    """Return the answers of somebody who says *answer* to everything that everybody is asked."""
    return {name: answer for group in ids() for name in group if name not in MANAGEMENT}


def questionnaire(sizes: Sequence[int] = SIZES, version: int = 1) -> Questionnaire:
    """Return a questionnaire as a value."""
    groups = tuple(
        StatementGroup(
            f"g{number}",
            f"Grupp {number}",
            tuple(
                Statement(name, f"Vi gör {name}", name in MANAGEMENT, ("svar-telefon",))
                for name in statements
            ),
        )
        for number, statements in enumerate(ids(sizes), start=1)
    )
    signs = (
        WarningSign("brander", "Vi släcker bränder", "Allt blir bråttom", ("svar-telefon",)),
        WarningSign("olika", "Olika besked", "Det beror på vem som svarar", ()),
    )
    return Questionnaire(version, groups, signs)


def asked(
    people: Iterable[Mapping[str, int]],
    *,
    on: str = "2026-09-15",
    sizes: Sequence[int] = SIZES,
    version: int = 1,
    signs: Sequence[str] | None = (),
) -> AssessmentRound:
    """Return a round in which these *people* answered; all recognised the same *signs*."""
    return AssessmentRound(
        date.fromisoformat(on),
        questionnaire(sizes, version),
        tuple(Respondent(dict(person), None if signs is None else tuple(signs)) for person in people),
        Source(f"policy/assessment/results/{on[:7]}.yml"),
    )


def answers_with_sums(sums: Sequence[int], sizes: Sequence[int] = SIZES) -> dict[str, int]:
    """Return answers to everything, whose sum in each group is as given."""
    found = {}
    for group, wanted in zip(ids(sizes), sums, strict=True):
        low, more = divmod(wanted, len(group))
        assert (1 <= low < 5) or (low == 5 and not more)
        for number, name in enumerate(group):
            found[name] = low + (number < more)
    return found

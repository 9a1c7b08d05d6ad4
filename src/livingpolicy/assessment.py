"""The files of the self-assessment, `policy/assessment/`, and what they become.

`questionnaire.yml` is what is asked today. Whoever changes it keeps the version before as
`questionnaire-1.yml` (its number), by which older results are still counted. `results/2026-09.yml` is what
everybody answered in a month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeVar

from livingpolicy import strictyaml
from livingpolicy.assessment_files import FOLDER, QUESTIONNAIRE_YML, RESULT, is_assessment
from livingpolicy.errors import Problem
from livingpolicy.model import (
    AssessmentRound,
    Questionnaire,
    Respondent,
    SectionId,
    Source,
    Statement,
    StatementGroup,
    WarningSign,
)
from livingpolicy.schema import Read, read
from livingpolicy.schema.assessment import ANSWER, QuestionnaireFile, ResultFile

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class WrittenAssessment:
    """The self-assessment as its editors wrote it."""

    questionnaires: Mapping[str, Read[QuestionnaireFile]]
    """By path; `questionnaire.yml` is the one that is asked today."""
    results: Mapping[str, Read[ResultFile]]
    """By path."""
    whole: bool
    """False: a questionnaire cannot be read, and no version may be called unknown."""

    @property
    def versions(self) -> Mapping[int, Read[QuestionnaireFile]]:
        """The questionnaires by their version; of two with the same, the one that is asked today."""
        found: dict[int, Read[QuestionnaireFile]] = {}
        for path in sorted(self.questionnaires, key=lambda path: path == QUESTIONNAIRE_YML):
            entry = self.questionnaires[path]
            if entry.value is not None and entry.sure("version"):
                found[entry.value.version] = entry
        return found


NOT_ASKED = WrittenAssessment(MappingProxyType({}), MappingProxyType({}), whole=True)
"""No self-assessment at all."""


def parse_assessment(
    texts: Mapping[str, str], unread: frozenset[str] = frozenset()
) -> tuple[WrittenAssessment, tuple[Problem, ...]]:
    """Read the files of the self-assessment among *texts*; *unread* are paths that could not be read."""
    questionnaires: dict[str, Read[QuestionnaireFile]] = {}
    results: dict[str, Read[ResultFile]] = {}
    problems: list[Problem] = []
    whole = not any(path.startswith(f"{FOLDER}/questionnaire") or path == FOLDER for path in unread)
    for path, text in texts.items():
        if RESULT.fullmatch(path):
            entry, found = parse_result(path, text)
            if entry is not None and path not in unread:
                results[path] = entry
            problems += found
        elif is_assessment(path):
            asked, found = _read(QuestionnaireFile, path, text)
            if asked is not None and path not in unread:
                questionnaires[path] = asked
            whole = whole and asked is not None and asked.sure("version")
            problems += found
    return WrittenAssessment(questionnaires, results, whole), tuple(problems)


def parse_result(path: str, text: str) -> tuple[Read[ResultFile] | None, tuple[Problem, ...]]:
    """Read what was answered: a file of the policy, or one that a form has written."""
    return _read(ResultFile, path, text)


def _read(model: type[M], path: str, text: str) -> tuple[Read[M] | None, tuple[Problem, ...]]:
    document, problems = strictyaml.read(text, Source(path))
    if document is None:
        return None, problems
    entry, found = read(model, document)
    return (entry if entry.value is not None else None), (*problems, *found)


def questionnaire(written: WrittenAssessment, aliases: Mapping[SectionId, SectionId]) -> Questionnaire | None:
    """Return what is asked today. *written* has passed every rule; *aliases* are ids that were given up."""
    entry = written.questionnaires.get(QUESTIONNAIRE_YML)
    return _questionnaire(entry, aliases) if entry is not None else None


def questionnaires(
    written: WrittenAssessment, aliases: Mapping[SectionId, SectionId]
) -> Mapping[int, Questionnaire]:
    """Return every version that was ever asked. *written* has passed every rule."""
    return {version: _questionnaire(entry, aliases) for version, entry in written.versions.items()}


def rounds(written: WrittenAssessment, aliases: Mapping[SectionId, SectionId]) -> tuple[AssessmentRound, ...]:
    """Return what was answered, newest first. *written* has passed every rule."""
    versions = questionnaires(written, aliases)
    found = [_round(entry, versions) for entry in written.results.values()]
    return tuple(sorted(found, key=lambda each: (each.answered_on, each.source), reverse=True))


def people(entry: Read[ResultFile]) -> tuple[Respondent, ...]:
    """Return everybody in a result that has passed every rule."""
    return tuple(
        Respondent(
            MappingProxyType({name: ANSWER.read(value) for name, value in person.answers.items()}),
            person.signs,
        )
        for person in _sure(entry).respondents
    )


def _round(entry: Read[ResultFile], versions: Mapping[int, Questionnaire]) -> AssessmentRound:
    result = _sure(entry)
    return AssessmentRound(
        answered_on=result.answered_on,
        questionnaire=versions[result.questionnaire],
        respondents=people(entry),
        source=entry.source(),
    )


def _questionnaire(entry: Read[QuestionnaireFile], aliases: Mapping[SectionId, SectionId]) -> Questionnaire:
    asked = _sure(entry)

    def now(sections: tuple[str, ...]) -> tuple[SectionId, ...]:
        return tuple(dict.fromkeys(aliases.get(section, section) for section in sections))

    return Questionnaire(
        version=asked.version,
        groups=tuple(
            StatementGroup(
                group.id,
                group.name,
                tuple(
                    Statement(each.id, each.text, each.management, now(each.sections))
                    for each in group.statements
                ),
            )
            for group in asked.groups
        ),
        signs=tuple(WarningSign(sign.id, sign.name, sign.text, now(sign.sections)) for sign in asked.signs),
    )


def _sure(entry: Read[M]) -> M:
    if entry.value is None:
        raise AssertionError("this is for what has passed every rule")
    return entry.value

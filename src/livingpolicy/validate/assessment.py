"""Rules about the self-assessment: what is asked, and what was answered."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from livingpolicy.assessment_files import EARLIER, QUESTIONNAIRE_YML, RESULT, RESULTS
from livingpolicy.errors import Problem
from livingpolicy.model import Source
from livingpolicy.parse import WrittenPolicy
from livingpolicy.schema import Read, id_fault, shown
from livingpolicy.schema.assessment import ANSWER, GROUPS, QuestionnaireFile, ResultFile
from livingpolicy.schema.fields import Faults
from livingpolicy.spelling import near

Questionnaires = Mapping[int, Read[QuestionnaireFile]]
"""By version."""


def questionnaires_follow_each_other(written: WrittenPolicy) -> Iterator[Problem]:
    """Earlier versions bear their number in their name, and what is asked today has the highest.

    Passes: `questionnaire.yml` with `version: 2`, and the one before it as `questionnaire-1.yml`.
    Fails: both with `version: 1`; results without any `questionnaire.yml`.
    """
    asked = written.assessment.questionnaires
    if QUESTIONNAIRE_YML not in asked and written.assessment.whole:
        others = sorted([*asked, *written.assessment.results])
        if others:
            yield Problem(Source(others[0]), "no-questionnaire")
    highest = 0
    for path, entry in asked.items():
        found = EARLIER.fullmatch(path)
        if found is None or entry.value is None or not entry.sure("version"):
            continue
        highest = max(highest, entry.value.version)
        if int(found[1]) != entry.value.version:
            values = {"version": str(entry.value.version)}
            yield Problem(entry.source("version"), "questionnaire-name", values)
    today = asked.get(QUESTIONNAIRE_YML)
    if today is not None and today.value is not None and today.sure("version"):
        version = today.value.version
        if version <= highest:
            values = {"version": str(version), "highest": str(highest), "proposal": str(highest + 1)}
            yield Problem(today.source("version"), "questionnaire-version", values)


def there_are_seven_groups(written: WrittenPolicy) -> Iterator[Problem]:
    """The bands of the total rest on seven groups, each with something that everybody answers.

    Passes: seven groups with at least one statement for all in each.
    Fails: six groups; a group whose statements are all `management: true`.
    """
    for entry in written.assessment.questionnaires.values():
        if entry.value is None or not entry.sure("groups"):
            continue
        groups = entry.value.groups
        if len(groups) != GROUPS:
            values = {"count": str(len(groups)), "groups": str(GROUPS)}
            yield Problem(entry.source("groups"), "group-count", values)
        for place, group in enumerate(groups):
            if all(statement.management for statement in group.statements):
                yield Problem(entry.source("groups", place), "nobody-asked", {"name": group.name})


def statements_have_ids_of_their_own(written: WrittenPolicy) -> Iterator[Problem]:
    """Groups, statements and warning signs have an id each, by which answers find them.

    Passes: a group and a statement that are both called `snabba-svar`.
    Fails: two statements with `id: snabba-svar`, also in different groups.
    """
    for entry in written.assessment.questionnaires.values():
        if entry.value is None:
            continue
        groups = entry.value.groups if entry.sure("groups") else ()
        signs = entry.value.signs if entry.sure("signs") else ()
        statements = [
            (each.id, entry.source("groups", place, "statements", inner, "id"))
            for place, group in enumerate(groups)
            for inner, each in enumerate(group.statements)
        ]
        named = [(group.id, entry.source("groups", place, "id")) for place, group in enumerate(groups)]
        recognised = [(sign.id, entry.source("signs", place, "id")) for place, sign in enumerate(signs)]
        for ids in (named, statements, recognised):
            yield from _twice(ids)


def _twice(ids: Collection[tuple[str, Source]]) -> Iterator[Problem]:
    first: dict[str, Source] = {}
    for name, source in ids:
        if name in first:
            yield Problem(source, "duplicate-id", {"id": name, "first": str(first[name])})
        first.setdefault(name, source)


def the_sections_that_help_are_known(written: WrittenPolicy) -> Iterator[Problem]:
    """What a weak statement leads to is a section of the policy, by its id or one it had before.

    An earlier version only counts its own results: its sections may be gone.

    Passes: `sections: [svar-telefon]`, a section.
    Fails: `sections: [svar-telefn]`.
    """
    entry = written.assessment.questionnaires.get(QUESTIONNAIRE_YML)
    if entry is None or entry.value is None or not written.all_sections_seen:
        return
    known = written.ids | written.aliases.keys()
    named = []
    if entry.sure("groups"):
        named += [
            (name, entry.source("groups", place, "statements", inner, "sections", number))
            for place, group in enumerate(entry.value.groups)
            for inner, each in enumerate(group.statements)
            for number, name in enumerate(each.sections)
        ]
    if entry.sure("signs"):
        named += [
            (name, entry.source("signs", place, "sections", number))
            for place, sign in enumerate(entry.value.signs)
            for number, name in enumerate(sign.sections)
        ]
    for name, source in named:
        if name not in known:
            yield Problem(source, "unknown-section", {"id": name, "known": near(name, written.ids)})


def results_are_of_known_statements(written: WrittenPolicy) -> Iterator[Problem]:
    """A result answers what a questionnaire asked, with 1 to 5, and has happened.

    Passes: `{snabba-svar: 4}`.
    Fails: `{snabba-svar: 6}`; `{snaba-svar: 4}`; `questionnaire: 3` where there are two.
    """
    # Without any questionnaire, that is the mistake.
    versions = written.assessment.versions if written.assessment.whole else {}
    for entry in written.assessment.results.values():
        yield from result_problems(entry, versions, today=written.today)


def there_is_one_result_a_month(written: WrittenPolicy) -> Iterator[Problem]:
    """The file of a result is called after its month, so that there is one for each.

    Passes: `results/2026-09.yml` with `answered_on: 2026-09-15`.
    Fails: `results/september.yml`; beside it, a second file for the same month.
    """
    for path, entry in sorted(written.assessment.results.items()):
        found = RESULT.fullmatch(path)
        if found is None or entry.value is None or not entry.sure("answered_on"):
            continue
        month = f"{entry.value.answered_on:%Y-%m}"
        if found[1] == month:
            continue
        proper = f"{RESULTS}/{month}.yml"
        there = proper in written.assessment.results
        values = {"path": proper, "day": entry.value.answered_on.isoformat()}
        yield Problem(entry.source("answered_on"), "duplicate-result" if there else "result-name", values)


def result_problems(entry: Read[ResultFile], versions: Questionnaires, *, today: date) -> Iterator[Problem]:
    """Yield what is wrong with one result.

    *versions* are the questionnaires there are; none: that is not known, or said already.
    """
    if entry.value is None:
        return
    if entry.sure("answered_on") and entry.value.answered_on > today:
        values = {"day": entry.value.answered_on.isoformat(), "today": today.isoformat()}
        yield Problem(entry.source("answered_on"), "answered-in-future", values)
    people = entry.raw.get("respondents")
    if isinstance(people, list):
        yield from _nothing_answered(entry, people)
        if versions and entry.sure("questionnaire"):
            yield from _unasked(entry, people, versions)


def _nothing_answered(entry: Read[ResultFile], people: list[object]) -> Iterator[Problem]:
    if not people:
        yield Problem(entry.source("respondents"), "no-answers")
    for place, person in enumerate(people):
        if isinstance(person, dict) and person.get("answers") == {}:
            yield Problem(entry.source("respondents", place), "nothing-answered")


def _unasked(entry: Read[ResultFile], people: list[object], versions: Questionnaires) -> Iterator[Problem]:
    """Yield what is no answer to what was asked. Looks at what is written, be it only partly right."""
    version = entry.value.questionnaire if entry.value is not None else 0
    asked = versions.get(version)
    if asked is None:
        values = {"version": str(version), "known": ", ".join(map(str, sorted(versions)))}
        yield Problem(entry.source("questionnaire"), "unknown-version", values)
        return
    if asked.value is None or not asked.sure("groups", "signs"):
        return
    statements = {each.id for group in asked.value.groups for each in group.statements}
    signs = {sign.id for sign in asked.value.signs}
    for place, person in enumerate(people):
        if not isinstance(person, dict):
            continue
        answers, recognised = person.get("answers"), person.get("signs")
        for name, answer in answers.items() if isinstance(answers, dict) else ():
            source = entry.source("respondents", place, "answers", name)
            if name not in statements:
                values = {"id": name, "version": str(version), "known": near(name, statements)}
                yield Problem(source, "unknown-statement", values)
            elif answer is not None and not _is_answer(answer):  # nothing at all is told already
                yield Problem(source, "not-an-answer", {"text": shown(answer), "id": name})
        for number, name in enumerate(recognised if isinstance(recognised, list) else ()):
            if isinstance(name, str) and id_fault(name) is None and name not in signs:
                values = {"id": name, "version": str(version), "known": near(name, signs)}
                yield Problem(entry.source("respondents", place, "signs", number), "unknown-sign", values)


def _is_answer(value: object) -> bool:
    try:
        ANSWER.read(value)
    except Faults:
        return False
    return True

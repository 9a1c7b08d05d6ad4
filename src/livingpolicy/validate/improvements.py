"""Rules about the problems that are worked on."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.errors import Problem
from livingpolicy.model import MOST_IN_WORK, TWO_MONTHS, Decision
from livingpolicy.parse import WrittenPolicy
from livingpolicy.schema import ImprovementEntry, Read
from livingpolicy.spelling import near


def _entries(written: WrittenPolicy) -> Iterator[tuple[str, Read[ImprovementEntry], ImprovementEntry]]:
    for name, entry in (written.improvements or {}).items():
        if entry.value is not None:
            yield name, entry, entry.value


def the_sections_are_known(written: WrittenPolicy) -> Iterator[Problem]:
    """An improvement names sections that exist, by id or alias; a retired one will do.

    Passes: `sections: [svar-telefon]`.
    Fails: `sections: [svar-telefn]`.
    """
    if not written.all_sections_seen:
        return
    known = {*written.ids, *written.aliases}
    for _, entry, value in _entries(written):
        for place, section in enumerate(value.sections if entry.sure("sections") else ()):
            if section not in known:
                values = {"id": section, "known": near(section, known)}
                yield Problem(entry.source("sections", place), "unknown-section", values)


def a_problem_is_chosen_for_a_reason(written: WrittenPolicy) -> Iterator[Problem]:
    """An improvement says why this problem was chosen: by criteria, in a sentence, or both.

    Passes: `criteria: [frequent, costly]`.
    Fails: neither `criteria` nor `why`.
    """
    for name, entry, value in _entries(written):
        if entry.sure("criteria", "why") and not value.criteria and value.why is None:
            yield Problem(entry.source(), "improvement-why", {"id": name})


def the_days_follow_each_other(written: WrittenPolicy) -> Iterator[Problem]:
    """An improvement starts, is to be checked on a later day, and is checked then or later, but not tomorrow.

    Passes: `started_on: 2026-09-01`, `effect_check_on: 2026-11-01`, `checked_on: 2026-11-03`.
    Fails: `effect_check_on: 2026-09-01`; `checked_on: 2026-08-31`; a `checked_on` that is still to come.
    Warns: `checked_on: 2026-10-31`.
    """
    for name, entry, value in _entries(written):
        if not entry.sure("started_on"):
            continue
        started, check_on, checked = value.started_on, value.effect_check_on, value.checked_on
        sure = entry.sure("effect_check_on")
        if sure and check_on is not None and check_on <= started:
            values = {"started": str(started), "check": str(check_on)}
            yield Problem(entry.source("effect_check_on"), "improvement-check-day", values)
            continue
        if checked is None or not entry.sure("checked_on"):
            continue
        source = entry.source("checked_on")
        planned = check_on or TWO_MONTHS.after(started)
        if checked > written.today:
            values = {"day": str(checked), "today": str(written.today)}
            yield Problem(source, "improvement-checked-in-future", values)
        elif checked < started:
            values = {"day": str(checked), "started": str(started)}
            yield Problem(source, "improvement-checked-before-start", values)
        elif sure and checked < planned:
            values = {"id": name, "day": str(checked), "check": str(planned)}
            yield Problem(source, "improvement-checked-early", values, warning=True)


_RESULT = ("checked_on", "result", "result_note")


def a_result_is_whole(written: WrittenPolicy) -> Iterator[Problem]:
    """A result says when it was seen and what; a decision rests on a result; who gives up says why.

    Passes: `checked_on`, `result` and `result_note` together, and then `decision: keep`.
    Fails: `result: better` alone; `decision: keep` without a result; `decision: retire` without `reason`.
    """
    for name, entry, value in _entries(written):
        missing = [key for key in _RESULT if entry.sure(key) and getattr(value, key) is None]
        if missing and any(key in entry.raw for key in _RESULT):
            place = next(key for key in _RESULT if key in entry.raw)
            values = {"id": name, "keys": ", ".join(missing)}
            yield Problem(entry.source(place), "improvement-result", values)
        elif len(missing) == len(_RESULT) and entry.sure("decision") and value.decision is not None:
            yield Problem(entry.source("decision"), "improvement-undecided", {"id": name})
        retired = entry.sure("decision", "reason") and value.decision is Decision.RETIRE
        if retired and value.reason is None:
            yield Problem(entry.source("decision"), "improvement-retired", {"id": name})


def at_most_three_are_in_work(written: WrittenPolicy) -> Iterator[Problem]:
    """No more than three problems wait for their decision.

    Passes: three without `decision`, however many with one.
    Fails: a fourth without `decision`.
    """
    in_work = [(name, entry) for name, entry, _ in _entries(written) if "decision" not in entry.raw]
    if len(in_work) > MOST_IN_WORK:
        names = ", ".join(name for name, _ in in_work)
        values = {"count": str(len(in_work)), "most": str(MOST_IN_WORK), "names": names}
        yield Problem(in_work[MOST_IN_WORK][1].source(), "improvements-too-many", values)

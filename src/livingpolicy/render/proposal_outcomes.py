"""The measured values that a proposal brings, in words for the one who approves it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from livingpolicy.disclosure import Disclosure, OutcomeChange
from livingpolicy.language import Catalogue
from livingpolicy.model import Measurement, Result, Verdict
from livingpolicy.render.proposal_words import changed
from livingpolicy.render.targets_words import outcome, period, told_result

MOST_OF_A_TARGET = 6
"""New values of one target that are told one by one; who brings in a year of them is told how they stand."""


def outcome_lines(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    """Yield what became of each value; many new ones of a target in one line."""
    for _, group in groupby(disclosure.outcomes, key=lambda change: change.target.id):
        changes = list(group)
        new = [change.after for change in changes if change.before is None and change.after is not None]
        if len(new) > MOST_OF_A_TARGET:
            yield _many(changes[0].target.name, new, words)
        for change in changes:
            if change.rewrites or len(new) <= MOST_OF_A_TARGET:
                yield _one(change, words)


def _many(name: str, results: Sequence[Result], words: Catalogue) -> str:
    counted = Counter(result.verdict for result in results)
    verdicts = [
        words.count(f"measured.count.{verdict}", counted[verdict]) for verdict in Verdict if counted[verdict]
    ]
    return words.text(
        "proposal.outcome.many",
        name=name,
        count=len(results),
        first=period(results[-1].measurement.period, words),
        last=period(results[0].measurement.period, words),
        verdicts=", ".join(verdicts),
    )


def _one(change: OutcomeChange, words: Catalogue) -> str:
    before, after = change.before, change.after
    result = after or before
    if result is None:
        return ""
    where = {"name": change.target.name, "period": period(result.measurement.period, words)}
    if after is None:
        return words.text("proposal.outcome.gone", **where)
    if before is None:
        return _with_comment(told_result(after, change.target, words), after, words)
    was, becomes = (outcome(each, change.target, words) for each in (before, after))
    verdict = words.text(f"standing.{after.verdict}")
    if was == becomes:
        fields = ", ".join(
            words.text(f"proposal.outcome.field.{name}")
            for name in _differing(before.measurement, after.measurement)
        )
        told = words.text("proposal.outcome.details", **where, fields=fields, verdict=verdict)
    else:
        told = words.text(
            "proposal.outcome.changed", **where, change=changed(was, becomes, words), verdict=verdict
        )
    return _with_comment(told, after, words)


_FIELDS = ("value", "within_target", "n", "low", "high", "comment")


def _differing(before: Measurement, after: Measurement) -> Iterator[str]:
    return (name for name in _FIELDS if getattr(before, name) != getattr(after, name))


def _with_comment(told: str, result: Result, words: Catalogue) -> str:
    comment = result.measurement.comment
    if comment is None or result.verdict is Verdict.WITHHELD:
        return told
    return f"{told} {words.text('proposal.outcome.comment', comment=comment)}"

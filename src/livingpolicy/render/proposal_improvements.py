"""What a proposal does to the problems in work, in words for the one who approves it."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.changes import ImprovementChange, Step
from livingpolicy.disclosure import Disclosure
from livingpolicy.language import Catalogue
from livingpolicy.render.agenda_parts import ended
from livingpolicy.render.proposal_words import named


def improvement_lines(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    """Yield what happens to each improvement."""
    for change in disclosure.changes.improvements:
        yield _line(change, words)


def _line(change: ImprovementChange, words: Catalogue) -> str:
    one = change.improvement
    check = one.check
    changed = [words.text(f"proposal.improvement.field.{field}") for field in change.fields]
    return words.text(
        f"proposal.improvement.{change.step}",
        problem=one.problem.rstrip("."),
        action=ended(one.action),
        owner=one.owner.name,
        check=words.day(one.check_on),
        benefit=words.text(f"benefit.{check.benefit}").lower() if check else "",
        note=ended(check.note) if check else "",
        reason=ended(one.reason) if one.reason else "",
        fields=named(list(dict.fromkeys(changed)), words, 9) if changed else "",
    ).strip()


def improvement_attention(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    """Yield what an approver should look at closely."""
    for change in disclosure.changes.improvements:
        problem = change.improvement.problem.rstrip(".")
        if change.step is Step.GONE:
            yield words.text("proposal.attention.improvement-gone", problem=problem)
        elif change.rewrites:
            yield words.text("proposal.attention.improvement-rewritten", problem=problem)
        elif change.postponed and change.before and change.after:
            yield words.text(
                "proposal.attention.improvement-postponed",
                problem=problem,
                before=words.day(change.before.check_on),
                after=words.day(change.after.check_on),
            )

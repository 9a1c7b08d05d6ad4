"""What an approver should look at closely: what weakens the rules, or their watch, in a friendly change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from livingpolicy.changes import Effect, Weakening, WeakeningKind
from livingpolicy.disclosure import Amount, Disclosure, Guard
from livingpolicy.interval import Interval
from livingpolicy.language import Catalogue
from livingpolicy.render.proposal_improvements import improvement_attention
from livingpolicy.render.proposal_opening import interval_groups, interval_sentence
from livingpolicy.render.proposal_sections import figure_differs
from livingpolicy.render.proposal_words import MOST_NAMES, figure, files, intervals, named

_TOLD_ELSEWHERE = frozenset(
    {WeakeningKind.INTERVAL, WeakeningKind.MANDATE, WeakeningKind.TARGET, WeakeningKind.TARGET_GONE}
)


def attention(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    """Yield a sentence for each; the heaviest first."""
    changes = disclosure.changes
    yield from _lost(disclosure, words)
    for pair in changes.renamed:
        section = changes.of(pair.after)
        title = section.title if section else pair.after
        yield words.text("proposal.attention.renamed", title=title, before=pair.before, after=pair.after)
    yield from _mandates(disclosure, words)
    for weakening in changes.weakenings:
        if weakening.kind not in _TOLD_ELSEWHERE:
            yield _weakening(weakening, words)
    for target in disclosure.targets:
        if target.easier:
            key = "target-gone" if target.after is None else "target"
            yield words.text(f"proposal.attention.{key}", title=target.name)
    for change in changes.sections:
        if change.effect is Effect.EDITORIAL and figure_differs(change, disclosure, words):
            yield words.text("proposal.attention.editorial-figure", title=change.title)
    for group in interval_groups(disclosure, longer=True)[MOST_NAMES:]:
        yield interval_sentence(group, "longer", words)
    if rewritten := sum(change.rewrites for change in disclosure.outcomes):
        yield words.count("proposal.attention.outcomes-rewritten", rewritten)
    yield from _reviews(disclosure, words)
    yield from _guards(disclosure, words)
    yield from improvement_attention(disclosure, words)
    if changes.unexplained:
        titles = [change.title for change in changes.unexplained]
        yield words.text("proposal.attention.no-reason", names=named(titles, words))


def _lost(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    for change in disclosure.changes.sections:
        before, after = change.before, change.after
        if change.effect is Effect.RETIRED and after is None:
            yield words.text("proposal.attention.section-gone", title=change.title)
        elif before and after and before.metadata.promise and not after.metadata.promise:
            yield words.text("proposal.attention.promise-gone", title=change.title)


def _guards(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    told = {weakening.kind for weakening in disclosure.changes.weakenings}
    for guard, paths in disclosure.guards.items():
        if guard is not Guard.IGNORED or WeakeningKind.IGNORED not in told:
            yield words.text(f"proposal.guard.{guard}", files=files(paths, words))


def _mandates(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    titles = {section.id: section.title for section in disclosure.changes.after.sections}
    for section, figures in disclosure.figures.items():
        for told in figures:
            if told.amount is Amount.MANDATE and (told.raised or told.before is None):
                yield words.text(
                    "proposal.attention.mandate",
                    title=titles.get(section, section),
                    subject=disclosure.changes.after.role_name(told.subject),
                    change=figure(told, words),
                )


def _weakening(weakening: Weakening, words: Catalogue) -> str:
    before, after = weakening.before, weakening.after
    match weakening.kind:
        case WeakeningKind.KIND:
            before, after = words.text(f"kind.{before}"), words.text(f"kind.{after}")
        case WeakeningKind.GRACE | WeakeningKind.CEILING | WeakeningKind.WARN:
            change = intervals(Interval.parse(before), Interval.parse(after), words)
            return words.text(f"proposal.attention.{weakening.kind}", change=change)
        case WeakeningKind.TARGET_INTERVAL:
            before, after = (words.interval(Interval.parse(each)) for each in (before, after))
        case WeakeningKind.TARGET_CLOCK:
            before, after = (words.text(f"clock.{each}") for each in (before, after))
        case WeakeningKind.POSTPONED | WeakeningKind.TARGET_POSTPONED | WeakeningKind.TARGET_SINCE:
            after = words.day(date.fromisoformat(after))
        case WeakeningKind.IGNORED:
            after = after[:10]
        case _:
            pass
    return words.text(
        f"proposal.attention.{weakening.kind}", title=weakening.title, before=before, after=after
    )


def _reviews(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    changes = disclosure.changes
    if changes.reviews_gone:
        yield words.count("proposal.attention.reviews-gone", changes.reviews_gone)
    most = changes.after.review.per_week
    days = Counter((stamp.by, stamp.review.reviewed_on) for stamp in disclosure.stamps)
    for (by, day), count in days.items():
        if count > most:
            yield words.text(
                "proposal.attention.many-reviews", by=by, day=words.day(day), count=count, most=most
            )
    for stamp in disclosure.stamps:
        if stamp.other_role:
            yield words.text(
                "proposal.attention.other-role", by=stamp.by, title=stamp.title, owner=stamp.owner
            )

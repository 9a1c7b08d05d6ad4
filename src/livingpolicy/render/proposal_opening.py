"""The paragraph with which the report on a proposal begins."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.changes import Effect, SectionChange
from livingpolicy.disclosure import Disclosure, IntervalChange, Topic
from livingpolicy.language import Catalogue
from livingpolicy.render.proposal_sections import KINDS, in_short, kind
from livingpolicy.render.proposal_words import MOST_NAMES, figure, intervals, named

_IN_SHORT = frozenset({Effect.REVISED, Effect.RETITLED, Effect.EDITORIAL})
"""What of a section is told by its words or figures already in the opening."""
_SAID = (Topic.VISION, Topic.GUIDING_WORDS, Topic.OPENING_HOURS, Topic.ROLE)


def opening(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    """Yield the sentences."""
    changes = disclosure.changes
    told = [*_counted(disclosure, words), *_settings(disclosure, words)]
    if not changes.files:
        told.insert(0, words.text("proposal.same-policy"))
    elif not any(change.effect.needs_reason for change in changes.sections) and not disclosure.targets:
        told.insert(0, words.text("proposal.same-meaning"))
    yield from told
    if disclosure.poster:
        yield words.text("proposal.short.poster")
    if disclosure.concerned:
        yield words.text("proposal.short.concerned", names=named(disclosure.concerned, words, 8))
    for group in interval_groups(disclosure, longer=True)[:MOST_NAMES]:
        yield interval_sentence(group, "longer", words)
    for group in interval_groups(disclosure, longer=False)[:MOST_NAMES]:
        yield interval_sentence(group, "shorter", words)
    if disclosure.outcomes:
        yield words.count("proposal.count.outcome", len(disclosure.outcomes))
    if changes.improvements:
        yield words.count("proposal.count.improvement", len(changes.improvements))
    if changes.reviews:
        yield words.count("proposal.count.review", len(changes.reviews))
    if changes.before is None:
        yield words.text("proposal.before-wrong")


def _counted(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    slowed = {change.section for change in disclosure.intervals}
    kinds = [(kind(change, disclosure, words), change) for change in disclosure.changes.sections]
    for name in KINDS:
        chosen = [change for here, change in kinds if here == name]
        if name == "details":  # a new interval has a sentence of its own
            chosen = [change for change in chosen if change.id not in slowed]
        if chosen:
            names = named(_titles(chosen, disclosure, words), words)
            yield words.count(f"proposal.count.{name}", len(chosen), names=names)
        if name == "editorial" and disclosure.targets:
            yield _targets(disclosure, words)


def _targets(disclosure: Disclosure, words: Catalogue) -> str:
    alone = len(disclosure.targets) == 1
    titles = [
        _titled(target.name, figure(target.figures[0], words) if target.figures else "", words, alone=alone)
        for target in disclosure.targets
    ]
    return words.count("proposal.count.target", len(titles), names=named(titles, words))


def _titles(chosen: list[SectionChange], disclosure: Disclosure, words: Catalogue) -> list[str]:
    short = (in_short(change, disclosure, words) if change.effect in _IN_SHORT else "" for change in chosen)
    return [
        _titled(change.title, told, words, alone=len(chosen) == 1)
        for change, told in zip(chosen, short, strict=True)
    ]


def _titled(title: str, change: str, words: Catalogue, *, alone: bool) -> str:
    if not change:
        return title
    return words.text(
        "proposal.with-figure-alone" if alone else "proposal.with-figure", title=title, change=change
    )


def _settings(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    topics = {change.topic for change in disclosure.settings}
    yield from (words.text(f"proposal.short.{topic}") for topic in _SAID if topic in topics)
    if disclosure.pictures:
        yield words.text("proposal.short.pictures")


def interval_groups(disclosure: Disclosure, *, longer: bool) -> list[list[IntervalChange]]:
    """Return the sections whose interval becomes longer, or shorter, those of the same change together."""
    groups: dict[tuple[str, str], list[IntervalChange]] = {}
    for change in disclosure.intervals:
        if change.longer is longer:
            groups.setdefault((str(change.before), str(change.after)), []).append(change)
    return list(groups.values())


def interval_sentence(group: list[IntervalChange], name: str, words: Catalogue) -> str:
    """Return "Granskningsintervallet för A och B förlängs 6 → 24 månader."."""
    return words.text(
        f"proposal.short.{name}",
        names=named([change.title for change in group], words),
        change=intervals(group[0].before, group[0].after, words),
    )

"""What the editors wrote becomes the policy: names are resolved, and what is not written is inherited."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from livingpolicy.hanging import more_posters, poster_settings, poster_text
from livingpolicy.markup import printed, target_references
from livingpolicy.measurements import WrittenMeasurement
from livingpolicy.model import (
    TWO_MONTHS,
    Chapter,
    EffectCheck,
    Evaluation,
    Gap,
    Improvement,
    Mandate,
    Measurement,
    Need,
    OpeningHours,
    Owner,
    Policy,
    Review,
    ReviewRules,
    Section,
    SectionId,
    SectionMetadata,
    Source,
    Target,
)
from livingpolicy.parse import WrittenChapter, WrittenPolicy, WrittenSection
from livingpolicy.schema import (
    ChapterFront,
    ImprovementEntry,
    LedgerEntry,
    NeedEntry,
    PolicyFile,
    Read,
    TargetEntry,
)

M = TypeVar("M")


def assemble(written: WrittenPolicy) -> tuple[Policy, tuple[Review, ...]]:
    """Return the policy and its reviews. *written* has passed every rule."""
    settings = _sure(written.settings)
    owners = {
        name: Owner(name, entry.name, entry.team, entry.contact) for name, entry in settings.owners.items()
    }
    order = {name: place for place, name in enumerate(settings.chapters or ())}
    chapters = sorted(written.chapters, key=lambda chapter: (order.get(chapter.id or "", 0), chapter.path))
    aliases = written.aliases
    review = settings.review
    targets = written.targets or {}
    in_words = {name: _sure(entry).wording for name, entry in targets.items()}
    policy = Policy(
        title=settings.title,
        organisation=settings.organisation,
        language=settings.language,
        timezone=settings.timezone,
        vision=settings.vision,
        guiding_words=settings.guiding_words,
        owner=owners[settings.owner],
        owners=MappingProxyType(owners),
        review=ReviewRules(review.every, review.warn, review.grace, review.ceiling, review.per_week),
        opening_hours=MappingProxyType(
            {
                channel: tuple(OpeningHours(one.days, one.opens, one.closes) for one in hours)
                for channel, hours in (settings.opening_hours or {}).items()
            }
        ),
        poster=poster_settings(written, settings),
        more_posters=more_posters(written, settings),
        chapters=tuple(_chapter(chapter, settings, owners, in_words) for chapter in chapters),
        targets=MappingProxyType(
            {name: _target(name, entry, settings, owners, targets) for name, entry in targets.items()}
        ),
        evaluation=Evaluation(settings.evaluation.every, settings.evaluation.first_on),
        country=settings.country,
        closed_days=settings.closed_days,
        synonyms=written.synonyms,
        not_covered=tuple(
            Gap(gap.areas, gap.channels, gap.phases, gap.reason) for gap in settings.not_covered
        ),
    )
    reviews = tuple(_review(entry, aliases) for entry in written.reviews)
    return policy, tuple(sorted(reviews, key=lambda one: (one.reviewed_on, one.source)))


def improvements(written: WrittenPolicy) -> tuple[Improvement, ...]:
    """Return what is tried and was tried, as it stands. *written* has passed every rule."""
    roles = _sure(written.settings).owners
    owners = {name: Owner(name, entry.name, entry.team, entry.contact) for name, entry in roles.items()}
    entries = (written.improvements or {}).items()
    return tuple(_improvement(name, entry, owners, written.aliases) for name, entry in entries)


def measured(written: WrittenPolicy) -> Mapping[str, tuple[Measurement, ...]]:
    """Return what was measured by target, newest first. *written* has passed every rule."""
    return MappingProxyType(
        {
            file.target: tuple(
                sorted((_measurement(row) for row in file.rows), key=lambda one: one.period, reverse=True)
            )
            for file in written.measurements
            if file.rows
        }
    )


def _measurement(row: WrittenMeasurement) -> Measurement:
    if row.period is None or row.value is None:
        raise AssertionError("measured() is for what has passed every rule")
    return Measurement(
        row.period, row.value, row.within_target, row.n, row.low, row.high, row.comment, row.source
    )


def _sure(entry: Read[M]) -> M:
    if entry.value is None:
        raise AssertionError("assemble() is for what has passed every rule")
    return entry.value


def _chapter(
    chapter: WrittenChapter, settings: PolicyFile, owners: Mapping[str, Owner], in_words: Mapping[str, str]
) -> Chapter:
    front = _sure(chapter.front)
    return Chapter(
        id=str(chapter.id),
        title=front.title,
        description=front.description,
        sections=tuple(_section(section, front, settings, owners, in_words) for section in chapter.sections),
        source=Source(chapter.path),
    )


def _section(
    section: WrittenSection,
    front: ChapterFront,
    settings: PolicyFile,
    owners: Mapping[str, Owner],
    in_words: Mapping[str, str],
) -> Section:
    """Return the section with what it inherits from its chapter and from `policy.yml`.

    *in_words* is what `{{ target.ID }}` prints, by id.
    """
    block = _sure(section.block)
    poster = poster_text(block.poster) if block.poster else None
    plain = (block.promise or "", *block.situations, poster.text if poster else "")
    metadata = SectionMetadata(
        kind=block.kind,
        promise=printed(block.promise, in_words) if block.promise else block.promise,
        poster=replace(poster, text=printed(poster.text, in_words)) if poster else None,
        target=block.target,
        prints=tuple(dict.fromkeys(name for text in plain for name in target_references(text))),
        channels=_first(block.channels, front.channels, settings.channels),
        phases=_first(block.phases, front.phases, settings.phases),
        areas=_first(block.areas, front.areas, settings.areas),
        situations=tuple(printed(situation, in_words) for situation in block.situations),
        steps=block.steps,
        mandate=tuple(Mandate(one.role, one.up_to, one.unit, one.beyond) for one in block.mandate),
        review_when=block.review_when,
        effective_from=block.effective_from,
        retired_on=block.retired_on,
        reason=block.reason,
        replaced_by=block.replaced_by,
    )
    return Section(
        id=str(section.id),
        title=unicodedata.normalize("NFC", section.raw.title) or front.title,
        body=unicodedata.normalize("NFC", section.raw.body),
        metadata=metadata,
        owner=owners[_first(block.owner, front.owner, settings.owner)],
        interval=_first(block.review_every, front.review_every, settings.review.every),
        aliases=block.aliases,
        source=section.source,
        body_line=section.raw.body_line,
    )


def _first(own: M | None, chapter: M | None, policy: M) -> M:
    """Return the nearest value that is written."""
    if own is not None:
        return own
    return chapter if chapter is not None else policy


def _target(
    name: str,
    entry: Read[TargetEntry],
    settings: PolicyFile,
    owners: Mapping[str, Owner],
    targets: Mapping[str, Read[TargetEntry]],
) -> Target:
    target = _sure(entry)
    return Target(
        id=name,
        name=target.name,
        wording=target.wording,
        at_most=target.at_most,
        at_least=target.at_least,
        unit=target.unit,
        clock=target.clock,
        share=target.share,
        channel=target.channel,
        owner=owners[target.owner or settings.owner],
        interval=target.review_every or settings.review.every,
        effective_from=target.effective_from,
        measured=target.measured,
        needs=tuple(
            _need(one, entry.source("needs", place), targets) for place, one in enumerate(target.needs)
        ),
        source=entry.source(),
    )


def _need(need: NeedEntry, source: Source, targets: Mapping[str, Read[TargetEntry]]) -> Need:
    """Return the need; the target that it names, if any, says how long it takes."""
    promise = _sure(targets[need.target]) if need.target else None
    within, unit = (promise.at_most, promise.unit) if promise else (need.within, need.unit)
    return Need(
        department=need.department,
        what=need.what,
        within=within or 0.0,
        unit=unit or "hours",
        agreed_on=need.agreed_on,
        after=need.after,
        channel=need.channel,
        target=need.target,
        source=source,
    )


def _review(entry: Read[LedgerEntry], aliases: Mapping[str, SectionId]) -> Review:
    review = _sure(entry)
    return Review(
        section=aliases.get(review.section, review.section) if review.section is not None else None,
        reviewed_on=review.reviewed_on,
        by=review.by,
        checked=review.checked,
        outcome=review.outcome,
        note=review.note,
        source=entry.source(),
        target=review.target,
    )


def _improvement(
    name: str, entry: Read[ImprovementEntry], owners: Mapping[str, Owner], aliases: Mapping[str, SectionId]
) -> Improvement:
    written = _sure(entry)
    check = None
    if written.result is not None and written.checked_on is not None and written.result_note is not None:
        check = EffectCheck(written.checked_on, written.result, written.result_note)
    return Improvement(
        id=name,
        problem=written.problem,
        criteria=written.criteria,
        why=written.why,
        action=written.action,
        target=written.target,
        sections=tuple(aliases.get(section, section) for section in written.sections),
        owner=owners[written.owner],
        started_on=written.started_on,
        check_on=written.effect_check_on or TWO_MONTHS.after(written.started_on),
        check=check,
        decision=written.decision,
        reason=written.reason,
        source=entry.source(),
    )

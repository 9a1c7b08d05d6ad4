"""What a proposal does beside the sections: targets, settings, reviews, files; and why it is made."""

from __future__ import annotations

import re
from collections.abc import Iterator

from livingpolicy.disclosure import Disclosure, SettingChange, TargetChange, Topic
from livingpolicy.language import Catalogue
from livingpolicy.measurements import measurements_path
from livingpolicy.model import Target
from livingpolicy.render.agenda_parts import ended
from livingpolicy.render.proposal_opening import interval_groups, interval_sentence
from livingpolicy.render.proposal_words import MOST_NAMES, changed, figure, files, named, settings

_LONGEST_REASON = 600
"""Characters of a reason; who wants more opens the proposal."""
_MOST_REASONS = 5
_SIGNED = re.compile(r"^[ \t]*[A-Za-z-]+-by:.*$", re.MULTILINE)
_ADDRESS = re.compile(r"<?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>?")


def target_lines(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    """Yield what became of each target."""
    for change in disclosure.targets:
        if change.before is None:
            wording = change.after.wording if change.after else ""
            yield words.text("proposal.target.new", name=change.name, wording=wording)
        elif change.after is None:
            yield words.text("proposal.target.gone", name=change.name)
        else:
            yield from _target(change, change.before, change.after, words)


def _target(change: TargetChange, before: Target, after: Target, words: Catalogue) -> Iterator[str]:
    figures = [
        words.text(f"proposal.amount.{told.amount}", subject="", change=figure(told, words))
        for told in change.figures
    ]
    if figures:
        yield words.text("proposal.target.figures", name=change.name, figures=", ".join(figures))
    fields = [_field(field, before, after, words) for field in change.fields]
    if fields:
        key = "fields" if figures else "fields-alone"
        yield words.text(f"proposal.target.{key}", name=change.name, fields=named(fields, words, 9))


def _field(field: str, before: Target, after: Target, words: Catalogue) -> str:
    change, names = "", ""
    match field:
        case "wording":
            change = changed(before.wording, after.wording, words)
        case "owner":
            change = changed(before.owner.name, after.owner.name, words)
        case "interval":
            change = settings(before.interval, after.interval, words)
        case "needs":
            differing = [
                need
                for need in (*after.needs, *before.needs)
                if not (need in after.needs and need in before.needs)
            ]
            names = named(list(dict.fromkeys(need.department for need in differing)), words)
        case _:
            pass
    return words.text(f"proposal.target.{field}", change=change, names=names)


def setting_lines(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    """Yield the settings that differ."""
    for change in disclosure.settings:
        yield words.text(
            f"proposal.setting.{change.topic}",
            subject=_subject(change, words),
            change=settings(change.before, change.after, words),
        )
    for group in interval_groups(disclosure, longer=False)[MOST_NAMES:]:
        yield interval_sentence(group, "shorter", words)


def _subject(change: SettingChange, words: Catalogue) -> str:
    if change.topic is Topic.OPENING_HOURS:
        return words.text(f"channel.{change.subject}")
    return change.subject


def review_lines(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    """Yield the lines that come into the ledger."""
    for stamp in disclosure.stamps:
        review = stamp.review
        line = words.text(
            "proposal.review.line",
            title=stamp.title,
            outcome=words.text(f"proposal.review.{review.outcome}"),
            by=stamp.by,
            day=words.day(review.reviewed_on),
            checked=ended(review.checked),
        )
        note = words.text("proposal.review.note", note=ended(review.note)) if review.note else ""
        yield f"{line} {note}".strip()


def told_reasons(disclosure: Disclosure) -> Iterator[str]:
    """Yield the paragraphs of the reasons, shortened, without addresses and lines that name people."""
    for reason in disclosure.changes.reasons[:_MOST_REASONS]:
        text = _ADDRESS.sub("…", _SIGNED.sub("", reason)).strip()
        if len(text) > _LONGEST_REASON:
            text = text[: text[:_LONGEST_REASON].rfind(" ")] + " …"
        yield from (paragraph for paragraph in re.split(r"\n\s*\n", text) if paragraph.strip())


def file_lines(disclosure: Disclosure, words: Catalogue) -> Iterator[str]:
    """Yield the files that nothing else is said of; those that watch over the policy are told elsewhere."""
    for name, paths in (
        ("pictures", disclosure.pictures),
        ("policy", tuple(_untold(disclosure))),
        ("elsewhere", disclosure.elsewhere),
    ):
        if paths:
            yield words.text(f"proposal.files.{name}", files=files(paths, words))


def _untold(disclosure: Disclosure) -> Iterator[str]:
    """Yield the files of the policy in which something changed that no reader will see."""
    changes = disclosure.changes
    if changes.before is None:
        return
    slowed = {change.section for change in disclosure.intervals}
    told = {section.source.path for section in changes.after.sections if section.id in slowed}
    for change in changes.sections:
        told |= {side.source.path for side in (change.before, change.after) if side}
        told.add(change.source.path)
    if disclosure.settings or changes.weakenings:
        told.add("policy/policy.yml")
    if disclosure.targets:
        told.add("policy/targets.yml")
    if changes.improvements:
        told.add("policy/improvements.yml")
    told |= {measurements_path(change.target.id) for change in disclosure.outcomes}
    ledgers = bool(changes.reviews or changes.reviews_gone)
    for path in changes.files:
        if path not in told and not (ledgers and path.startswith("policy/reviews/")):
            yield path

"""The report on a proposal as JSON: a contract that scripts of others depend on (schema 1)."""

from __future__ import annotations

import json
from collections.abc import Mapping

from livingpolicy.changes import SectionChange
from livingpolicy.characters import cleaned
from livingpolicy.diff import summary
from livingpolicy.disclosure import (
    Disclosure,
    Figure,
    OutcomeChange,
    Setting,
    SettingChange,
    Stamp,
    TargetChange,
)
from livingpolicy.interval import Interval
from livingpolicy.language import Catalogue
from livingpolicy.model import OpeningHours
from livingpolicy.render.proposal import told
from livingpolicy.render.proposal_rest import told_reasons
from livingpolicy.render.proposal_sections import chapter_title, told_difference
from livingpolicy.render.proposal_words import figure
from livingpolicy.render.targets_json import measured_result

SCHEMA = 1


def document(disclosure: Disclosure, words: Catalogue) -> str:
    """Return the document, ended by a line feed.

    `opening` and the points of `attention` are sentences in the policy's language; the rest are facts.
    """
    changes, report = disclosure.changes, told(disclosure, words)
    attention = next((part.points for part in report.parts if part.name == "attention"), ())
    content = {
        "schema": SCHEMA,
        "base": changes.base,
        "head": changes.head,
        "empty": disclosure.nothing,
        "base_readable": changes.before is not None,
        "opening": list(report.opening),
        "attention": list(attention),
        "sections": [_section(change, disclosure, words) for change in changes.sections],
        "intervals": [
            {
                "section": change.section,
                "title": change.title,
                "before": str(change.before),
                "after": str(change.after),
                "longer": change.longer,
            }
            for change in disclosure.intervals
        ],
        "targets": [_target(change, words) for change in disclosure.targets],
        "outcomes": [_outcome(change) for change in disclosure.outcomes],
        "improvements": [
            {
                "id": change.improvement.id,
                "problem": change.improvement.problem,
                "step": change.step.value,
                "fields": list(change.fields),
                "rewrites": change.rewrites,
            }
            for change in changes.improvements
        ],
        "settings": [_setting(change) for change in disclosure.settings],
        "poster": disclosure.poster,
        "concerned": list(disclosure.concerned),
        "reviews": [_review(stamp) for stamp in disclosure.stamps],
        "reviews_gone": changes.reviews_gone,
        "weakenings": [
            {
                "kind": each.kind.value,
                "path": each.source.path,
                "line": each.source.line,
                "section": each.section,
                "target": each.target,
                "before": each.before,
                "after": each.after,
            }
            for each in changes.weakenings
        ],
        "reasons": list(told_reasons(disclosure)),
        "unexplained": [change.id for change in changes.unexplained],
        "guards": {guard.value: list(paths) for guard, paths in disclosure.guards.items()},
        "pictures": list(disclosure.pictures),
        "elsewhere": list(disclosure.elsewhere),
    }
    written = json.dumps(_harmless(content), ensure_ascii=False, indent=2)
    # Written to the log of a job, this would be read as a command of the old form.
    return written.replace("##[", "#\\u0023[") + "\n"


def _section(change: SectionChange, disclosure: Disclosure, words: Catalogue) -> dict[str, object]:
    changes = disclosure.changes
    section, policy = change.after or change.before, changes.after if change.after else changes.before
    difference = told_difference(change, changes, words) if change.written_before else None
    return {
        "id": change.id,
        "title": change.title,
        "effect": change.effect.value,
        "moved": change.moved,
        "path": change.source.path,
        "line": change.source.line,
        "chapter": chapter_title(change.id, policy) if policy else None,
        "owner": section.owner.id if section else None,
        "explained": change.explained,
        "figures": [_figure(each, words) for each in disclosure.figures.get(change.id, ())],
        "summary": summary(difference, words) if difference and difference.changed else None,
    }


def _figure(told: Figure, words: Catalogue) -> dict[str, object]:
    return {
        "amount": told.amount.value,
        "subject": told.subject or None,
        "before": told.before,
        "after": told.after,
        "unit_before": told.unit_before,
        "unit": told.unit,
        "text": figure(told, words),
    }


def _target(change: TargetChange, words: Catalogue) -> dict[str, object]:
    effect = "new" if change.before is None else "gone" if change.after is None else "changed"
    return {
        "id": change.id,
        "name": change.name,
        "effect": effect,
        "easier": change.easier,
        "figures": [_figure(each, words) for each in change.figures],
        "fields": list(change.fields),
    }


def _outcome(change: OutcomeChange) -> dict[str, object]:
    effect = "new" if change.before is None else "gone" if change.after is None else "changed"
    return {
        "target": change.target.id,
        "name": change.target.name,
        "effect": effect,
        "before": measured_result(change.before) if change.before else None,
        "after": measured_result(change.after) if change.after else None,
    }


def _setting(change: SettingChange) -> dict[str, object]:
    return {
        "topic": change.topic.value,
        "subject": change.subject or None,
        "before": _value(change.before),
        "after": _value(change.after),
    }


def _value(value: Setting) -> object:
    if isinstance(value, Interval):
        return str(value)
    if isinstance(value, tuple):
        return [
            {"days": list(each.days), "from": each.opens, "to": each.closes}
            if isinstance(each, OpeningHours)
            else each
            for each in value
        ]
    return value


def _review(stamp: Stamp) -> dict[str, object]:
    review = stamp.review
    return {
        "section": review.section,
        "target": review.target,
        "reviewed_on": review.reviewed_on.isoformat(),
        "by": review.by,
        "checked": review.checked,
        "outcome": review.outcome.value,
        "note": review.note,
        "other_role": stamp.other_role,
    }


def _harmless(value: object) -> object:
    """Return *value* with no character in any text that a terminal would obey."""
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, Mapping):
        return {key: _harmless(each) for key, each in value.items()}
    return [_harmless(each) for each in value] if isinstance(value, list) else value

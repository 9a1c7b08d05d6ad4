"""The policy as data for other systems, such as a chat bot or a switchboard (schema 1).

It says who answers and what applies, never who wrote it: no authors, no subjects of commits. What a retired
section said is left out, as on its page.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from livingpolicy.language import Catalogue, catalogue
from livingpolicy.markup import printed
from livingpolicy.model import Chapter, Owner, SectionReview, Snapshot, Status, Target
from livingpolicy.render import harmless
from livingpolicy.render.pages.addresses import anchor, page_url
from livingpolicy.render.pages.outcome import target_url
from livingpolicy.render.pages.values import SiteSettings
from livingpolicy.render.poster_choice import promises
from livingpolicy.review import revised_on

SCHEMA = 1
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
"""What editors tell each other."""


def document(snapshot: Snapshot, settings: SiteSettings) -> str:
    """Return the document, everything in the order of the policy, ending in a line feed.

    Addresses are relative to the site, the targets of the text are in words.
    """
    policy = snapshot.policy
    words = catalogue(policy.language)
    wordings = {target.id: target.wording for target in policy.targets.values()}
    items = {item.id: item for item in snapshot.sections}
    content = {
        "schema": SCHEMA,
        "title": policy.title,
        "organisation": policy.organisation,
        "language": policy.language,
        "timezone": policy.timezone,
        "version": {"head": snapshot.head, "as_of": snapshot.as_of.isoformat()},
        "history": "complete" if snapshot.history.complete else "unavailable",
        "owner": policy.owner.id,
        "owners": [_owner(owner) for owner in policy.owners.values()],
        "chapters": [_chapter(chapter, items, wordings, settings) for chapter in policy.chapters],
        "targets": [_target(target, words, settings) for target in policy.targets.values()],
        "poster": [_figure(item) for item in promises(snapshot)],
    }
    return harmless.document(content, settings.memory.of)


def _owner(owner: Owner) -> dict[str, object]:
    return {"id": owner.id, "name": owner.name, "team": owner.team, "contact": owner.contact}


def _chapter(
    chapter: Chapter,
    items: Mapping[str, SectionReview],
    wordings: Mapping[str, str],
    settings: SiteSettings,
) -> dict[str, object]:
    return {
        "id": chapter.id,
        "title": chapter.title,
        "description": chapter.description,
        "path": chapter.source.path,
        "address": page_url(chapter.id, settings),
        "sections": [_section(items[section.id], wordings, settings) for section in chapter.sections],
    }


def _section(item: SectionReview, wordings: Mapping[str, str], settings: SiteSettings) -> dict[str, object]:
    section, metadata = item.section, item.section.metadata
    gone = item.status is Status.RETIRED
    return {
        "id": section.id,
        "aliases": list(section.aliases),
        "title": section.title,
        "address": anchor(page_url(item.chapter.id, settings), section.id),
        "kind": section.kind.value,
        "owner": section.owner.id,
        "status": item.status.value,
        "last_revised_on": _iso(revised_on(item)),
        "last_reviewed_on": item.last_reviewed.reviewed_on.isoformat() if item.last_reviewed else None,
        "due_on": None if gone else _iso(item.due_on),
        "effective_from": _iso(metadata.effective_from),
        "retired_on": _iso(metadata.retired_on),
        "reason": metadata.reason,
        "replaced_by": metadata.replaced_by,
        "channels": [channel.value for channel in metadata.channels],
        "phases": [phase.value for phase in metadata.phases],
        "areas": [area.value for area in metadata.areas],
        "target": None if gone else metadata.target,
        "promise": None if gone else metadata.promise,
        "situations": [] if gone else list(metadata.situations),
        "steps": [] if gone else [_shown(step, wordings) for step in metadata.steps],
        "text": None if gone else _shown(section.body, wordings),
    }


def _target(target: Target, words: Catalogue, settings: SiteSettings) -> dict[str, object]:
    return {
        "id": target.id,
        "name": target.name,
        "wording": target.wording,
        "owner": target.owner.id,
        "address": target_url(target.id, words, settings),
    }


def _figure(item: SectionReview) -> dict[str, object]:
    poster = item.section.metadata.poster
    assert poster is not None  # noqa: S101  # who is on the poster has a text for it
    return {
        "section": item.id,
        "figure": poster.figure,
        "unit": poster.unit,
        "text": poster.text,
        "for_visitors": poster.for_visitors,
    }


def _shown(text: str, wordings: Mapping[str, str]) -> str:
    """Return Markdown as readers get it: without comments, targets in words."""
    text = _COMMENT.sub("", text) if "<!--" in text else text
    return printed(text, wordings).strip()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None

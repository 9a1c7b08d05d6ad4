"""Rules about the review ledger."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from livingpolicy.errors import Problem
from livingpolicy.parse import TARGETS_LEDGER, WrittenPolicy
from livingpolicy.schema import LedgerEntry, Read
from livingpolicy.spelling import near

_KEYS = frozenset({"section", "target", "reviewed_on", "by", "checked", "outcome", "note"})


def reviews_are_of_one_thing(written: WrittenPolicy) -> Iterator[Problem]:
    """A line of the ledger names either a section or a target.

    Passes: `section: svar-telefon`, or `target: svarstid-telefon`.
    Fails: neither, or both.
    """
    for review in written.reviews:
        entry = review.value
        if entry is None or not review.sure("section", "target"):
            continue
        if entry.section is not None and entry.target is not None:
            values = {"section": entry.section, "target": entry.target}
            yield Problem(review.source("target"), "review-of-both", values)
        elif entry.section is None and entry.target is None and review.raw.keys() <= _KEYS:
            # A key that is not known may be the one that is missing, and is a problem of its own.
            yield Problem(review.source(), "review-of-nothing")


def reviews_are_of_known_sections(written: WrittenPolicy) -> Iterator[Problem]:
    """A line of the ledger names a section, by its id or an alias, in the file of the section's chapter.

    Passes: `section: svar-telefon` in `reviews/tillganglighet.yml`.
    Fails: `section: svar-telefn`. Warns: the line stands in another chapter's file.
    """
    chapters = {
        section.id: chapter.id
        for chapter in written.chapters
        for section in chapter.sections
        if section.id is not None
    }
    aliases = written.aliases
    targets = written.targets or {}
    for review, section in _named(written, "section"):
        name = aliases.get(section, section)
        source = review.source("section")
        if name not in chapters:
            if section in targets:
                yield Problem(source, "target-as-section", {"id": section})
            elif written.all_sections_seen:
                yield Problem(source, "unknown-section", {"id": name, "known": near(name, chapters.keys())})
        elif chapters[name] is not None and posixpath.basename(source.path) != f"{chapters[name]}.yml":
            yield Problem(source, "other-ledger", {"id": name, "file": f"{chapters[name]}.yml"}, warning=True)


def reviews_are_of_known_targets(written: WrittenPolicy) -> Iterator[Problem]:
    """A line of the ledger that names a target names one of the register, in the targets' own file.

    Passes: `target: svarstid-telefon` in `reviews/targets.yml`.
    Fails: `target: svarstid-telefn`. Warns: the line stands in a chapter's file.
    """
    if written.targets is None:
        return
    for review, target in _named(written, "target"):
        source = review.source("target")
        if not written.targets:
            yield Problem(source, "no-targets", {"id": target})
        elif target not in written.targets:
            yield Problem(source, "unknown-target", {"id": target, "known": near(target, written.targets)})
        elif source.path != TARGETS_LEDGER:
            values = {"id": target, "file": posixpath.basename(TARGETS_LEDGER)}
            yield Problem(source, "target-in-other-ledger", values, warning=True)


def _named(written: WrittenPolicy, key: str) -> Iterator[tuple[Read[LedgerEntry], str]]:
    """Yield the lines that name a section or a target (*key*) and not both, with its id."""
    for review in written.reviews:
        entry = review.value
        if entry is not None and review.sure(key) and (entry.section is None or entry.target is None):
            name = getattr(entry, key)
            if name is not None:
                yield review, name


def reviews_are_not_in_the_future(written: WrittenPolicy) -> Iterator[Problem]:
    """Nobody reviews tomorrow.

    Passes: `reviewed_on:` today or earlier.
    Fails: a later day.
    """
    for review in written.reviews:
        if review.value is not None and review.sure("reviewed_on"):
            day = review.value.reviewed_on
            if day > written.today:
                values = {"day": str(day), "today": str(written.today)}
                yield Problem(review.source("reviewed_on"), "reviewed-in-future", values)

"""Rules about ids: chapters, sections, aliases, and what replaces what."""

from __future__ import annotations

from collections.abc import Iterator

from livingpolicy.errors import Problem
from livingpolicy.model import SectionId, Source
from livingpolicy.parse import POLICY_YML, WrittenPolicy
from livingpolicy.spelling import near


def ids_are_unique(written: WrittenPolicy) -> Iterator[Problem]:
    """An id names one chapter, section, alias or heading in the whole policy.

    Passes: `{#svar-telefon}` once.
    Fails: `{#svar-telefon}` in two chapters, or once more under `aliases`.
    """
    first: dict[SectionId, Source] = {}
    for name, source in _ids(written):
        if name in first:
            yield Problem(source, "duplicate-id", {"id": name, "first": str(first[name])})
        else:
            first[name] = source
    for chapter in written.chapters:
        here = dict(first)
        for heading in chapter.markup.headings:
            if heading.id is None or heading.level <= 2:
                continue
            source = Source(chapter.path, heading.line)
            if heading.id in here:
                yield Problem(source, "duplicate-id", {"id": heading.id, "first": str(here[heading.id])})
            here.setdefault(heading.id, source)


def _ids(written: WrittenPolicy) -> Iterator[tuple[SectionId, Source]]:
    """Yield every id with its place, those in use before those that were given up."""
    for chapter in written.chapters:
        if chapter.id is not None:
            yield chapter.id, chapter.front.source("id")
    for section in written.sections:
        if section.id is not None and not section.lead:
            yield section.id, section.source
    for section in written.sections:
        if section.block.value is not None:
            for alias in section.block.value.aliases:
                yield alias, section.block.source("aliases")


def there_are_chapters(written: WrittenPolicy) -> Iterator[Problem]:
    """A policy has at least one chapter.

    Passes: `policy/chapters/tillganglighet.md`.
    Fails: a folder without any `.md` file.
    """
    if not written.chapters and written.all_chapters_seen:
        yield Problem(Source(POLICY_YML), "no-chapters")


def the_list_of_chapters_is_complete(written: WrittenPolicy) -> Iterator[Problem]:
    """`chapters` in `policy.yml`, when it is there, names every chapter and nothing else.

    Passes: `chapters: [tillganglighet]` beside `tillganglighet.md`.
    Fails: `chapters: [tillgänglighet]`, or a chapter that is not in the list.
    """
    settings = written.settings
    if settings.value is None or not settings.sure("chapters") or settings.value.chapters is None:
        return
    known = {chapter.id for chapter in written.chapters if chapter.id is not None}
    if all(chapter.id is not None for chapter in written.chapters) and written.all_chapters_seen:
        for place, name in enumerate(settings.value.chapters):
            if name not in known:
                source = settings.source("chapters", place)
                yield Problem(source, "unknown-chapter", {"id": name, "known": near(name, known)})
    for chapter in written.chapters:
        if chapter.id is not None and chapter.id not in settings.value.chapters:
            values = {"id": chapter.id, "path": chapter.path}
            yield Problem(settings.source("chapters"), "chapter-not-listed", values)


def a_retired_section_says_why(written: WrittenPolicy) -> Iterator[Problem]:
    """`retired_on` comes with `reason`; `reason` and `replaced_by` only with `retired_on`.

    Passes: `retired_on: 2026-11-01`, `reason: Ersatt av det nya löftet`, `replaced_by: svar-telefon`.
    Fails: `retired_on` alone; `replaced_by` alone, of an unknown section, or of the section itself.
    """
    known = written.ids
    for section in written.sections:
        block = section.block.value
        if block is None:
            continue
        retired = section.block.sure("retired_on") and block.retired_on is not None
        if retired and block.reason is None and section.block.sure("reason"):
            yield Problem(
                section.block.source("retired_on"), "retired-without-reason", {"title": section.name}
            )
        for key in ("reason", "replaced_by"):
            if not retired and section.block.sure("retired_on", key) and getattr(block, key) is not None:
                yield Problem(section.block.source(key), "not-retired", {"key": key})
        name = block.replaced_by
        if name is None:
            continue
        source = section.block.source("replaced_by")
        if name == section.id:
            yield Problem(source, "replaces-itself", {"id": name})
        elif name not in known and written.all_sections_seen:
            yield Problem(source, "unknown-section", {"id": name, "known": near(name, known)})

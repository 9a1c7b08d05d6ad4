"""Texts become what their editors wrote, with everything that is wrong within one file."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from livingpolicy import markup, strictyaml
from livingpolicy.assessment import NOT_ASKED, WrittenAssessment
from livingpolicy.errors import Problem
from livingpolicy.markup import Markup
from livingpolicy.measurements import WrittenMeasurements
from livingpolicy.mistyped import MistypedId, mistyped_id, swallows
from livingpolicy.model import SectionId, Source
from livingpolicy.outline import Outline, RawSection, outline, slug
from livingpolicy.schema import (
    ChapterFront,
    ImprovementEntry,
    LedgerEntry,
    PolicyFile,
    Read,
    SectionBlock,
    TargetEntry,
    id_fault,
    read,
    shown,
)
from livingpolicy.strictyaml import Document

POLICY_YML = "policy/policy.yml"
TARGETS_YML = "policy/targets.yml"
TARGETS_LEDGER = "policy/reviews/targets.yml"
IMPROVEMENTS_YML = "policy/improvements.yml"

ADDRESSES = frozenset(
    {
        "404", "andringar", "ansvar", "api", "as-it-was", "assets", "avdelningar", "calendar", "changes",
        "coverage", "departments", "drift", "evaluation", "find", "fonts", "granskning", "hela-policyn",
        "images", "index", "javascripts", "kalender", "mal", "nar", "om", "p", "plansch", "redaktor",
        "responsibility", "search", "self-assessment", "sjalvvardering", "skarm", "sok", "som-det-gallde",
        "start", "stylesheets", "tackning", "targets", "utvardering", "version", "whole-policy",
    }
)  # fmt: skip
"""Pages and folders of the site that no chapter may take."""

M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class WrittenSection:
    """A section as its editor wrote it."""

    id: SectionId | None
    """None: it has none, or one that cannot be used."""
    raw: RawSection
    block: Read[SectionBlock]
    source: Source
    """The line of the heading."""
    lead: bool = False
    """Whether it is the text before the first `##`, whose id is the chapter's."""

    @property
    def name(self) -> str:
        """What to call the section in a message."""
        return self.raw.title or self.id or ""


@dataclass(frozen=True, slots=True)
class WrittenChapter:
    """A chapter as its editor wrote it."""

    id: SectionId | None
    path: str
    front: Read[ChapterFront]
    sections: tuple[WrittenSection, ...]
    """The lead first, if it holds anything."""
    markup: Markup
    whole: bool
    """False: some of its sections may have gone unseen."""


@dataclass(frozen=True, slots=True)
class WrittenPolicy:
    """Everything that was read, on the day it was read: what the rules of `validate` look at."""

    settings: Read[PolicyFile]
    chapters: tuple[WrittenChapter, ...]
    """By path."""
    targets: Mapping[str, Read[TargetEntry]] | None
    """By id; None: the register cannot be read, and no target may be called unknown."""
    reviews: tuple[Read[LedgerEntry], ...]
    images: Mapping[str, int]
    """Size in bytes of every picture, by path."""
    unread: frozenset[str]
    """Files and folders that could not be read."""
    today: date
    measurements: tuple[WrittenMeasurements, ...] = ()
    """By path."""
    improvements: Mapping[str, Read[ImprovementEntry]] | None = field(default_factory=dict)
    """By id; None: they cannot be read."""
    assessment: WrittenAssessment = NOT_ASKED
    synonyms: tuple[tuple[str, ...], ...] = ()
    logos: Mapping[str, bytes] = field(default_factory=dict)
    """What the logos hold, by path."""
    logos_seen: bool = False
    """False: of another commit than the one that lies here, logos are not read."""

    @property
    def sections(self) -> Iterator[WrittenSection]:
        """Every section of every chapter."""
        return (section for chapter in self.chapters for section in chapter.sections)

    @property
    def ids(self) -> frozenset[SectionId]:
        """The id of every section in use."""
        return frozenset(section.id for section in self.sections if section.id is not None)

    @property
    def aliases(self) -> Mapping[SectionId, SectionId]:
        """The ids that were given up, and the section that each now stands for."""
        return {
            alias: section.id
            for section in self.sections
            if section.block.value is not None and section.id is not None
            for alias in section.block.value.aliases
        }

    @property
    def all_sections_seen(self) -> bool:
        """Whether a section that is not here does not exist."""
        return (
            all(chapter.whole and chapter.id is not None for chapter in self.chapters)
            and all(section.id is not None and section.block.sure("aliases") for section in self.sections)
            and self.all_chapters_seen
        )

    @property
    def all_chapters_seen(self) -> bool:
        """Whether a chapter that is not here does not exist."""
        return not any(f"{path}/".startswith("policy/chapters/") for path in self.unread)


def parse_settings(text: str) -> tuple[Read[PolicyFile], tuple[Problem, ...]]:
    """Read `policy.yml`."""
    return _read(PolicyFile, text, Source(POLICY_YML))


def parse_targets(text: str) -> tuple[Mapping[str, Read[TargetEntry]] | None, tuple[Problem, ...]]:
    """Read `targets.yml`; an empty file has no targets."""
    return _register(TargetEntry, text, Source(TARGETS_YML))


def parse_improvements(
    text: str,
) -> tuple[Mapping[str, Read[ImprovementEntry]] | None, tuple[Problem, ...]]:
    """Read `improvements.yml`; an empty file has none."""
    return _register(ImprovementEntry, text, Source(IMPROVEMENTS_YML))


def _register(
    model: type[M], text: str, source: Source
) -> tuple[Mapping[str, Read[M]] | None, tuple[Problem, ...]]:
    """Read a file whose entries stand under their ids."""
    document, problems = strictyaml.read(text, source)
    if document is None or document.value is None:
        return (None if document is None else {}), problems
    if not isinstance(document.value, dict):
        return None, (*problems, Problem(document.source(), "not-mapping", {"key": ""}))
    entries: dict[str, Read[M]] = {}
    found = list(problems)
    for name in document.value:
        entries[name], wrong = read(model, document, (name,))
        found += wrong
        found += _id_problem(name, "", document.source(name))
    return entries, tuple(found)


def parse_ledger(path: str, text: str) -> tuple[tuple[Read[LedgerEntry], ...], tuple[Problem, ...]]:
    """Read a file of the ledger, a list of reviews; an empty file has none."""
    document, problems = strictyaml.read(text, Source(path))
    if document is None or document.value is None:
        return (), problems
    if not isinstance(document.value, list):
        return (), (*problems, Problem(document.source(), "ledger-form", {"key": ""}))
    reads = [read(LedgerEntry, document, (place,)) for place in range(len(document.value))]
    return tuple(entry for entry, _ in reads), (*problems, *(one for _, wrong in reads for one in wrong))


def parse_chapter(path: str, text: str) -> tuple[WrittenChapter, tuple[Problem, ...]]:
    """Read a chapter; *path* is relative to the root."""
    cut = outline(text)
    front, front_problems = _front(path, cut)
    content = markup.read(_without_front_matter(text, cut))
    problems = [*front_problems, *_title_problems(path, cut, front)]
    problems += [Problem(Source(path, one.line), one.code, one.values, one.warning) for one in content.faults]
    chapter_id, id_problems = _chapter_id(path, front, cut.lead)
    problems += id_problems
    sections = []
    swallowed = False
    for raw in (cut.lead, *cut.sections):
        if raw is cut.lead and raw.metadata is None and not _visible(raw.body):
            continue
        block, wrong = _block(path, raw)
        problems += wrong
        if raw is cut.lead:
            section_id = chapter_id
        else:
            section_id = raw.id if raw.id is not None and id_fault(raw.id) is None else None
            problems += _heading_problems(path, raw, content)
        open_box = any(problem.code == "open-metadata" for problem in wrong)
        swallowed |= open_box
        if raw.metadata_line and not open_box and not _visible(raw.body):
            problems.append(Problem(Source(path, raw.line), "empty-section", {"title": raw.title}))
        sections.append(WrittenSection(section_id, raw, block, Source(path, raw.line), raw is cut.lead))
    for heading in content.headings:
        if heading.level > 2 and heading.id is not None:
            problems += _id_problem(heading.id, heading.title, Source(path, heading.line))
        elif heading.level > 2 and (meant := mistyped_id(heading.title)) and "#" in meant.written:
            problems.append(_mistyped(meant, Source(path, heading.line)))
    if cut.open_fence is not None and not swallowed:
        problems.append(Problem(Source(path, cut.open_fence), "open-fence"))
    # An id that is mistyped is no list of attributes, and a box that is never closed is in its place.
    told = {("attribute-list", one.source.line) for one in problems if one.code == "mistyped-id"}
    told.add(("late-metadata", cut.open_fence or 0))
    problems = [one for one in problems if (one.code, one.source.line) not in told]
    whole = cut.open_fence is None and not swallowed and not _hidden_heading(content)
    return WrittenChapter(chapter_id, path, front, tuple(sections), content, whole), tuple(problems)


def _read(model: type[M], text: str, source: Source) -> tuple[Read[M], tuple[Problem, ...]]:
    document, problems = strictyaml.read(text, source)
    if document is None:
        return nothing(source), problems
    found, wrong = read(model, document)
    return found, (*problems, *wrong)


def nothing(source: Source) -> Read[Any]:
    """Return a mapping that cannot be read."""
    return Read(None, frozenset(), Document(None, {(): source.line}, source.path), (), {})


def _front(path: str, cut: Outline) -> tuple[Read[ChapterFront], tuple[Problem, ...]]:
    if cut.front_matter is None:
        title = cut.titles[0][0] if cut.titles else "…"
        return nothing(Source(path)), (Problem(Source(path), "no-front-matter", {"title": title}),)
    if not cut.front_matter_closed:
        return nothing(Source(path)), (Problem(Source(path), "front-matter-open"),)
    return _read(ChapterFront, cut.front_matter, Source(path, cut.front_matter_line))


def _without_front_matter(text: str, cut: Outline) -> str:
    """Return *text* with blank lines in place of the front matter."""
    if cut.front_matter is None:
        return text
    lines = text.split("\n")
    count = cut.front_matter.count("\n") + 1 + cut.front_matter_closed if cut.front_matter else 1
    return "\n".join([""] * (1 + count) + lines[1 + count :])


def _title_problems(path: str, cut: Outline, front: Read[ChapterFront]) -> Iterator[Problem]:
    expected = front.value.title if front.value is not None and front.sure("title") else None
    if not cut.titles:
        yield Problem(Source(path, cut.lead.line), "no-heading", {"title": expected or "…"})
        return
    title, line = cut.titles[0]
    if expected is not None and unicodedata.normalize("NFC", title) != expected:
        yield Problem(Source(path, line), "title-differs", {"heading": title, "title": expected})
    for other, place in cut.titles[1:]:
        yield Problem(Source(path, place), "second-heading", {"heading": other})


def _chapter_id(
    path: str, front: Read[ChapterFront], lead: RawSection
) -> tuple[SectionId | None, list[Problem]]:
    stem = unicodedata.normalize("NFC", posixpath.basename(path).removesuffix(".md"))
    if front.value is not None and not front.sure("id"):
        return None, []
    chapter_id = front.value.id if front.value is not None else None
    if chapter_id is None:
        if id_fault(stem) is not None:
            if front.value is None:
                return None, []
            values = {"name": stem, "proposal": slug(stem) or slug(lead.title) or "kapitel"}
            return None, [Problem(front.source(), "chapter-without-id", values)]
        chapter_id = stem
    problems = []
    if chapter_id in ADDRESSES:
        problems.append(Problem(front.source("id"), "reserved-address", {"id": chapter_id}))
    if lead.id is not None and lead.id != chapter_id:
        values = {"id": lead.id, "chapter": chapter_id}
        problems.append(Problem(Source(path, lead.line), "heading-id", values))
    return chapter_id, problems


def _block(path: str, raw: RawSection) -> tuple[Read[SectionBlock], tuple[Problem, ...]]:
    if raw.metadata is None:
        return read(SectionBlock, Document({}, {(): raw.line}, path))
    block, problems = _read(SectionBlock, raw.metadata, Source(path, raw.metadata_line))
    if swallows(raw.metadata, readable=block.value is not None):
        source = Source(path, raw.metadata_line - 1)
        return nothing(source), (
            Problem(source, "open-metadata", {"text": shown(raw.metadata.split("\n")[0])}),
        )
    return block, problems


def _id_problem(name: str, title: str, source: Source) -> Iterator[Problem]:
    if (code := id_fault(name)) is not None:
        yield Problem(source, code, {"id": shown(name), "proposal": slug(name) or slug(title) or "…"})


_LATE_METADATA = re.compile(
    r"^(?:`{3,}|~{3,})[ \t]*ya?ml[ \t]*\n(?:kind|owner|promise|review_every|target|poster):", re.MULTILINE
)


def _heading_problems(path: str, raw: RawSection, content: Markup) -> Iterator[Problem]:
    source = Source(path, raw.line)
    meant = mistyped_id(raw.title) if raw.id is None else None
    if not raw.title:
        yield Problem(source, "empty-heading")
    if meant is not None:
        yield _mistyped(meant, source)
    elif raw.id is None:
        if not any(fault.line == raw.line and fault.code == "attribute-list" for fault in content.faults):
            values = {"title": raw.title, "proposal": slug(raw.title) or "…"}
            yield Problem(source, "section-without-id", values)
    else:
        yield from _id_problem(raw.id, raw.title, source)
    if not raw.metadata_line and not _visible(raw.body):
        yield Problem(source, "empty-section", {"title": raw.title})
    if not _hidden_heading(content) and (late := _LATE_METADATA.search(raw.body)) is not None:
        line = raw.body_line + raw.body.count("\n", 0, late.start())
        yield Problem(Source(path, line), "late-metadata", {"title": raw.title}, warning=True)


def _mistyped(meant: MistypedId, source: Source) -> Problem:
    return Problem(source, "mistyped-id", {"text": meant.written, "title": meant.title, "proposal": meant.id})


def _hidden_heading(content: Markup) -> bool:
    """Whether what was meant as a heading is text, so that what follows it is no section yet."""
    return any(fault.code == "joined-heading" for fault in content.faults)


def _visible(body: str) -> bool:
    """Whether readers see anything of *body*."""
    return bool(re.sub(r"<!--.*?-->", "", body, flags=re.DOTALL).strip() if "<!--" in body else body.strip())

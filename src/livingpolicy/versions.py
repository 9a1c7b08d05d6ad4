"""Read one version of a chapter as far as it can be read, for comparing it with the next.

Old versions may be broken: here nothing is refused that the strict reader refuses, and what cannot be read
stays unknown (None) instead of becoming empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any, TypeAlias

from livingpolicy import strictyaml
from livingpolicy.headings import atx_title
from livingpolicy.meaning import SUBSTANCE, canonical, definitions, digest, facts, meaning, reads_same
from livingpolicy.model import UNITS, Source
from livingpolicy.outline import Outline, RawSection, decode, identified, outline, slug
from livingpolicy.wording import Definitions, wording


@dataclass(frozen=True, slots=True)
class Facts:
    """What counts of a section's metadata."""

    counted: str
    """As `meaning.facts` writes it."""
    owner: str | None
    target: str | None
    aliases: tuple[str, ...]


NOTHING = Facts("", None, None, ())
_UNREAD = Facts("?", None, None, ())
"""Stands for what nobody has asked for yet."""
_PRINTED = re.compile(r"\{\{\s*target\.([a-z0-9][a-z0-9-]*)\s*\}\}")


@dataclass(slots=True, eq=False)
class SectionVersion:
    """A section as one version of its file has it. What it means is worked out when somebody asks."""

    id: str | None
    """As written in braces; None without any. A lead carries the id of its chapter's front matter."""
    title: str
    body: str
    metadata: str | None
    links: Definitions
    """The file's link targets, if the section can use any."""
    lead: bool
    _facts: Facts | None = field(default=_UNREAD, repr=False)
    _meaning: bytes | None = field(default=None, repr=False)
    _targets: tuple[str, ...] | None = field(default=None, repr=False)

    def packed(self) -> tuple[object, ...]:
        """Return the section in plain values, for `unpacked`."""
        facts = self._facts
        known = (
            ()
            if facts is _UNREAD
            else None
            if facts is None
            else (facts.counted, facts.owner, facts.target, facts.aliases)
        )
        return self.id, self.title, self.body, self.metadata, dict(self.links), self.lead, known

    @classmethod
    def unpacked(cls, row: tuple[Any, ...]) -> SectionVersion:
        """Return the section that `packed` made *row* of."""
        name, title, body, metadata, links, lead, facts = row
        known = _UNREAD if facts == () else None if facts is None else Facts(*facts)
        return cls(name, title, body, metadata, links, lead, known)

    @property
    def slug(self) -> str:
        """What stands in for the id before a section has one."""
        return slug(self.title)

    @property
    def facts(self) -> Facts | None:
        """What the metadata say; None if they cannot be read."""
        if self._facts is _UNREAD:
            self._facts = NOTHING if self.metadata is None else _facts(self.metadata)
        return self._facts

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets that the section prints, by id."""
        if self._targets is None:
            printed = _PRINTED.findall(self.body) if "{{" in self.body else []
            if (known := self.facts) is not None and known.target is not None:
                printed.append(known.target)
            self._targets = tuple(dict.fromkeys(printed))
        return self._targets

    @property
    def meaning(self) -> bytes:
        """The digest of what a reader sees of the text."""
        if self._meaning is None:
            self._meaning = digest(meaning(self.body, self.links))
        return self._meaning

    def reads_as(self, other: SectionVersion) -> bool:
        """Whether a reader sees the same text."""
        if self.links == other.links:
            quick = None if self.body != other.body else True
            quick = reads_same(self.body, other.body) if quick is None else quick
            if quick is not None:
                return quick
        return self.meaning == other.meaning

    @property
    def name(self) -> str:
        """What a reader sees of the title."""
        return wording(self.title, self.links)


@dataclass(slots=True, eq=False)
class FileVersion:
    """A chapter as one commit has it."""

    owner: str | None
    """As the front matter has it; None if it names none or cannot be read."""
    sections: tuple[SectionVersion, ...]
    """The lead first, unless it is empty."""
    links: Definitions
    known: Mapping[str, _Part]
    """What was made of each slice of the text, to be recognised in the version beside it."""

    @property
    def named(self) -> bool:
        """Whether every section but the lead has an id, as in every valid policy."""
        return all(section.id is not None or section.lead for section in self.sections)


def read_chapter(data: bytes, before: FileVersion | None) -> FileVersion | None:
    """Read a chapter; sections that stand as they do in *before* are taken over from it unread.

    None: the file cannot be read at all: it is not UTF-8, or a fence without an end swallows its sections.
    """
    try:
        text = decode(data)
    except UnicodeDecodeError:
        return None
    links = definitions(text)
    known = before.known if before is not None and before.links == links else {}
    return _by_slices(text, links, known) or _whole(text, links)


def _by_slices(text: str, links: Definitions, known: Mapping[str, _Part]) -> FileVersion | None:
    """Read a chapter slice by slice; None if a slice cannot be understood without the others.

    A line that begins with `## ` starts a section unless something around it is still open: slices that leave
    nothing open can be read apart, and most have been read before.
    """
    first, *others = f"{text.rstrip()}\n".split("\n## ")
    now: dict[str, _Part] = {}
    key = f"\n{first}"
    head = now[key] = known.get(key) or _head(first, links)
    if not isinstance(head, _Head):
        return None
    sections = [head.lead] if head.lead is not None else []
    for slice_ in others:
        section = known.get(slice_) or _plain(slice_, links) or _alone(f"## {slice_}", links)
        if not isinstance(section, SectionVersion):
            return None
        now[slice_] = section
        sections.append(section)
    return FileVersion(head.front.owner, tuple(sections), links, now)


_HTML_LINE = re.compile(r"^ {0,3}<", re.MULTILINE)


_TELLING = re.compile(r"\n {0,3}(?:`{3}|~{3}|<|#{1,2}(?:\s|$)|(?:=+|-+)[ \t]*(?:\n|$))")
"""A line for which the whole scanner must be asked."""
_BLOCK = "```yaml\n"


def _plain(text: str, links: Definitions) -> SectionVersion | None:
    """Read a slice written as nearly all are, as `outline` would; None if it is written otherwise.

    The slice begins with the title, has its metadata in an ordinary fence, and then only text.
    """
    title, _, body = text.rstrip().partition("\n")
    body = body.lstrip("\n")
    metadata: str | None = None
    if body.startswith(_BLOCK):
        end = body.find("\n```", len(_BLOCK) - 1)
        if end < 0 or body[end + 4 : end + 5] not in {"", "\n"}:
            return None
        metadata, body = body[len(_BLOCK) : end], body[end + 4 :].lstrip("\n")
        if "```" in metadata:
            return None
    if _TELLING.search(f"\n{body}") or body[:1].isspace():
        return None
    title, name = identified(atx_title(title))
    return SectionVersion(
        name or None, title, body, metadata, links if links and "[" in text else {}, lead=False
    )


def _alone(text: str, links: Definitions) -> SectionVersion | None:
    """Read the slice of one section; None if it may not end where the slice ends."""
    cut = outline(text)
    if len(cut.sections) != 1 or cut.open_fence is not None or _HTML_LINE.search(text):
        return None
    return _section(cut.sections[0], links)


def _head(text: str, links: Definitions) -> _Head | None:
    """Read the slice before the first section; None if it may not end where the slice ends."""
    cut = outline(text)
    if cut.sections or cut.open_fence is not None or not cut.front_matter_closed or _HTML_LINE.search(text):
        return None
    return _head_of(cut, links)


def _whole(text: str, links: Definitions) -> FileVersion | None:
    cut = outline(text)
    if cut.open_fence is not None:
        return None
    head = _head_of(cut, links)
    sections = [_section(raw, links) for raw in cut.sections]
    if head.lead is not None:
        sections.insert(0, head.lead)
    return FileVersion(head.front.owner, tuple(sections), links, {})


def _head_of(cut: Outline, links: Definitions) -> _Head:
    front = _front(cut.front_matter) if cut.front_matter is not None else _NO_FRONT
    if cut.lead.metadata is None and not cut.lead.body:
        return _Head(front, None)
    lead = _section(cut.lead, links)
    lead.id, lead.lead, lead.title = front.id, True, lead.title or front.title
    return _Head(front, lead)


def _section(raw: RawSection, links: Definitions) -> SectionVersion:
    used = links if links and "[" in raw.raw else {}
    return SectionVersion(raw.id or None, raw.title, raw.body, raw.metadata, used, lead=False)


@dataclass(frozen=True, slots=True)
class _Front:
    id: str | None
    title: str
    owner: str | None


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands before the first section."""

    front: _Front
    lead: SectionVersion | None


_Part: TypeAlias = SectionVersion | _Head | None

_NO_FRONT = _Front(None, "", None)
_SIMPLE = re.compile(r"^(id|title|owner):[ \t]*[\"']?([^\"'#\n]*?)[\"']?[ \t]*$", re.MULTILINE)


@lru_cache(1024)
def _front(text: str) -> _Front:
    """Read front matter, line by line if it is no YAML."""
    found = mapping(text)
    if found is None:
        found = dict(_SIMPLE.findall(text))
    return _Front(_name(found, "id"), _name(found, "title") or "", _name(found, "owner"))


_COUNTED = SUBSTANCE | {"aliases"}
_KEY = re.compile(r"^([A-Za-z_]+)[ \t]*:", re.MULTILINE)


@lru_cache(1024)
def _facts(text: str) -> Facts | None:
    """Read what counts of a section's metadata; None if it cannot be read.

    The other keys are left out first, with all that belongs to them: most commits that touch metadata touch
    only those, and what is left has been read before.
    """
    keys = list(_KEY.finditer(text))
    if not keys or all(key[1] in _COUNTED for key in keys):
        return _read_facts(text)
    ends = [key.start() for key in keys[1:]] + [len(text)]
    counted = [text[key.start() : end] for key, end in zip(keys, ends, strict=True) if key[1] in _COUNTED]
    return _read_facts(text[: keys[0].start()] + "".join(counted))


@lru_cache(4096)
def _read_facts(text: str) -> Facts | None:
    found = mapping(text)
    if found is None:
        return None
    aliases = found.get("aliases")
    names = tuple(str(alias) for alias in aliases) if isinstance(aliases, list) else ()
    return Facts(facts(found), _name(found, "owner"), _name(found, "target"), names)


def _name(found: Mapping[str, object], key: str) -> str | None:
    value = found.get(key)
    return value if isinstance(value, str) and value else None


def mapping(text: str) -> Mapping[str, object] | None:
    """Return the mapping that *text* writes in YAML; None if it writes something else or cannot be read."""
    document, _ = strictyaml.read(text, Source(""))
    if document is None or document.value is None:
        return {} if document is not None else None
    return document.value if isinstance(document.value, dict) else None


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts of `policy.yml`."""

    owner: str | None


def read_settings(data: bytes) -> Settings | None:
    """Read `policy.yml`; None if it cannot be read."""
    found = mapping_of(data)
    return None if found is None else settings_of(found)


def settings_of(found: Mapping[str, object]) -> Settings:
    """Return what counts of `policy.yml`, read as *found*."""
    return Settings(_name(found, "owner"))


TARGET_SUBSTANCE = ("name", "wording", "at_most", "at_least", "unit", "clock", "share", "channel")
"""What counts of a target for the sections that print it; not who measures it, and how often."""


@dataclass(frozen=True, slots=True)
class LevelVersion:
    """What a target asks for, as one version of `targets.yml` has it."""

    at_most: float | None
    at_least: float | None
    unit: str
    share: float | None
    wording: str

    def asks_as(self, other: LevelVersion) -> bool:
        """Whether both ask for the same number, in whatever words."""
        return replace(self, wording=other.wording) == other


@dataclass(frozen=True, slots=True)
class TargetVersion:
    """A target as one version of `targets.yml` has it; equal if it means the same."""

    counted: str
    """What counts of it."""
    name: str = field(compare=False)
    wording: str = field(compare=False)
    level: LevelVersion | None = field(default=None, compare=False)
    """None: it states none, or was taken from where none was kept."""
    begins: date | None = field(default=None, compare=False)
    """The day from which it says that it applies."""


@dataclass(frozen=True, slots=True)
class RegisterVersion:
    """`targets.yml` as one commit has it."""

    targets: Mapping[str, TargetVersion]
    unread: frozenset[str]
    """The ids under which something else than a target stands."""


NO_REGISTER = RegisterVersion({}, frozenset())


def read_targets(data: bytes) -> Mapping[str, TargetVersion] | None:
    """Read `targets.yml`: each target by its id; None if it cannot be read."""
    found = mapping_of(data)
    return None if found is None else register_of(found).targets


def register_of(found: Mapping[str, object]) -> RegisterVersion:
    """Return the targets of `targets.yml`, read as *found*."""
    targets = {name: _target(name, target) for name, target in found.items() if isinstance(target, dict)}
    return RegisterVersion(targets, frozenset(found.keys() - targets))


def _target(name: str, target: Mapping[str, object]) -> TargetVersion:
    counted = "\n".join(f"{key}: {canonical(target[key])}" for key in TARGET_SUBSTANCE if key in target)
    wording = _name(target, "wording") or ""
    return TargetVersion(
        counted, _name(target, "name") or name, wording, _level(target, wording), _day(target)
    )


def _level(target: Mapping[str, object], wording: str) -> LevelVersion | None:
    """Return what a target asks for; None unless that is one number of something that can be counted."""
    numbers = [target.get(key) for key in ("at_most", "at_least", "share")]
    if any(each is not None and not _is_number(each) for each in numbers):
        return None
    at_most, at_least, share = (None if each is None else float(str(each)) for each in numbers)
    unit = _name(target, "unit")
    if (at_most is None) == (at_least is None) or unit not in UNITS:
        return None
    return LevelVersion(at_most, at_least, unit, share, wording)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _day(target: Mapping[str, object]) -> date | None:
    text = _name(target, "effective_from")
    try:
        return date.fromisoformat(text) if text is not None and len(text) == len("2026-10-01") else None
    except ValueError:
        return None


def mapping_of(data: bytes) -> Mapping[str, object] | None:
    """Return the mapping that a file writes in YAML; None if it writes something else or cannot be read."""
    try:
        return mapping(decode(data))
    except UnicodeDecodeError:
        return None

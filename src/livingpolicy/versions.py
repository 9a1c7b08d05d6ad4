"""Read one version of a chapter as far as it can be read, for comparing it with the next.

Old versions may be broken: here nothing is refused that the strict reader refuses, and what cannot be read
stays unknown (None) instead of becoming empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from livingpolicy import strictyaml
from livingpolicy.meaning import canonical, definitions, digest, facts, meaning
from livingpolicy.model import Source
from livingpolicy.outline import RawSection, decode, outline, slug
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
_PRINTED = re.compile(r"\{\{\s*target\.([a-z0-9][a-z0-9-]*)\s*\}\}")


@dataclass(slots=True, eq=False)
class SectionVersion:
    """A section as one version of its file has it."""

    id: str | None
    """As written in braces; None without any. A lead carries the id of its chapter's front matter."""
    title: str
    body: str
    metadata: str | None
    links: Definitions
    """The file's link targets, if the section can use any."""
    lead: bool
    _read: tuple[str, bytes] | None = field(default=None, repr=False)

    @property
    def slug(self) -> str:
        """What stands in for the id before a section has one."""
        return slug(self.title)

    @property
    def facts(self) -> Facts | None:
        """What the metadata say; None if they cannot be read."""
        return NOTHING if self.metadata is None else _facts(self.metadata)

    @property
    def targets(self) -> tuple[str, ...]:
        """The targets that the section prints, by id."""
        printed = _PRINTED.findall(self.body) if "{{" in self.body else []
        known = self.facts
        if known is not None and known.target is not None:
            printed.append(known.target)
        return tuple(dict.fromkeys(printed))

    @property
    def meaning(self) -> tuple[str, bytes]:
        """What a reader sees of the title, and the digest of what a reader sees of the text."""
        if self._read is None:
            body = meaning(self.body, self.links)
            self._read = wording(self.title, self.links), digest(body)
        return self._read


@dataclass(slots=True, eq=False)
class FileVersion:
    """A chapter as one commit has it."""

    owner: str | None
    """As the front matter has it; None if it names none or cannot be read."""
    sections: tuple[SectionVersion, ...]
    """The lead first, unless it is empty."""
    by_text: Mapping[str, SectionVersion]
    """The sections by their whole text, to be recognised in the next version."""
    links: Definitions


def read_chapter(data: bytes, before: FileVersion | None) -> FileVersion | None:
    """Read a chapter; sections that stand as they do in *before* are taken over from it unread.

    None: the file cannot be read at all: it is not UTF-8, or a fence without an end swallows its sections.
    """
    try:
        text = decode(data)
    except UnicodeDecodeError:
        return None
    cut = outline(text)
    if cut.open_fence is not None:
        return None
    links = definitions(text)
    known = before.by_text if before is not None and before.links == links else {}
    front = _front(cut.front_matter) if cut.front_matter is not None else _NO_FRONT
    sections: list[SectionVersion] = []
    by_text: dict[str, SectionVersion] = {}
    lead_text = f"{front.id}\n{front.title}\n{cut.lead.raw}"
    for raw in (cut.lead, *cut.sections):
        lead = raw is cut.lead
        if lead and raw.metadata is None and not raw.body:
            continue
        key = lead_text if lead else raw.raw
        section = known.get(key) or _section(raw, links, lead, front)
        if key not in by_text:
            by_text[key] = section
        sections.append(section)
    return FileVersion(front.owner, tuple(sections), by_text, links)


def _section(raw: RawSection, links: Definitions, lead: bool, front: _Front) -> SectionVersion:
    used = links if "[" in raw.raw else {}
    title = raw.title or (front.title if lead else "")
    return SectionVersion(front.id if lead else raw.id or None, title, raw.body, raw.metadata, used, lead)


@dataclass(frozen=True, slots=True)
class _Front:
    id: str | None
    title: str
    owner: str | None


_NO_FRONT = _Front(None, "", None)
_SIMPLE = re.compile(r"^(id|title|owner):[ \t]*[\"']?([^\"'#\n]*?)[\"']?[ \t]*$", re.MULTILINE)


@lru_cache(1024)
def _front(text: str) -> _Front:
    """Read front matter, line by line if it is no YAML."""
    found = mapping(text)
    if found is None:
        found = dict(_SIMPLE.findall(text))
    return _Front(_name(found, "id"), _name(found, "title") or "", _name(found, "owner"))


@lru_cache(4096)
def _facts(text: str) -> Facts | None:
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
    found = _mapping_of(data)
    return None if found is None else Settings(_name(found, "owner"))


TARGET_SUBSTANCE = ("name", "wording", "at_most", "at_least", "unit", "clock", "share", "channel")
"""What counts of a target for the sections that print it; not who measures it, and how often."""


def read_targets(data: bytes) -> Mapping[str, str] | None:
    """Read `targets.yml`: what counts of each target, by id; None if it cannot be read."""
    found = _mapping_of(data)
    if found is None:
        return None
    return {
        name: "\n".join(f"{key}: {canonical(target[key])}" for key in TARGET_SUBSTANCE if key in target)
        for name, target in found.items()
        if isinstance(target, dict)
    }


def _mapping_of(data: bytes) -> Mapping[str, object] | None:
    try:
        return mapping(decode(data))
    except UnicodeDecodeError:
        return None

"""Cut a Markdown file into its sections. Reads structure only: no meaning, no checks, no files.

The strict reader and the history both cut with this, so that they never disagree about what a section is.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace

from livingpolicy.headings import Heading, closes_fence, headings


@dataclass(frozen=True, slots=True)
class RawSection:
    """A heading with all that follows it up to the next `##`."""

    id: str | None
    """What stands in `{#…}` after the title, unchecked; None when nothing does."""
    title: str
    """The heading without the braces, inline Markdown as written; empty for a lead without an H1."""
    line: int
    """1-based line of the heading; for the lead that of the H1, or 1."""
    metadata: str | None
    """The text inside the `yaml` block directly under the heading."""
    metadata_line: int
    """1-based line of the first inner line of that block; 0 without one."""
    body: str
    """What follows, without the `yaml` block and the blank lines around."""
    body_line: int
    """1-based line of the file on which `body` begins."""
    raw: str
    """The whole slice as it stands, without blank lines at its end, for cheap equality."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A file cut into its front matter, its lead and its sections."""

    front_matter: str | None
    """The text between the `---` lines; None without any."""
    front_matter_line: int
    """1-based line of its first inner line; 0 without any."""
    front_matter_closed: bool
    """False: the second `---` is missing; `front_matter` is then what stands before a blank line or a `#`."""
    titles: tuple[tuple[str, int], ...]
    """Every H1 with its line."""
    lead: RawSection
    """The text before the first `##`, the first H1 excluded."""
    sections: tuple[RawSection, ...]
    """One for every `##` heading."""
    open_fence: int | None
    """1-based line of a code fence that is never closed."""


def decode(data: bytes) -> str:
    """Return the text of a file with LF line ends and without a byte order mark; nothing else is touched.

    Raises:
        UnicodeDecodeError: *data* is not UTF-8.
    """
    text = data.decode("utf-8").removeprefix("\ufeff")
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def outline(text: str) -> Outline:
    """Cut *text* into its sections. Never raises; broken text gives what can be told of it."""
    lines = text.split("\n")
    front, first, closed = _front_matter(lines)
    structure = headings(text, lines, first)
    starts = [found for found in structure.found if found.level == 2]
    ends = [found.start for found in starts[1:]] + [len(lines)]
    return Outline(
        front_matter=front,
        front_matter_line=0 if front is None else 2,
        front_matter_closed=closed,
        titles=tuple(
            (identified(found.title)[0], found.start + 1) for found in structure.found if found.level == 1
        ),
        lead=_lead(lines, first, starts[0].start if starts else len(lines), structure.found),
        sections=tuple(
            _cut(lines, found, found.start, found.end, end) for found, end in zip(starts, ends, strict=False)
        ),
        open_fence=None if structure.open_fence is None else structure.open_fence + 1,
    )


_FOLDED = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ß": "ss", "đ": "d", "ð": "d", "þ": "th", "ł": "l"})
_LINK_TARGET = re.compile(r"\]\([^()\n]*\)")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


def slug(title: str) -> str:
    """Return an id for a heading: letters without their accents, hyphens for the rest, at most 60 characters.

    >>> slug("Svar på mejl")
    'svar-pa-mejl'
    """
    plain = _LINK_TARGET.sub("]", title).lower().translate(_FOLDED)
    plain = "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))
    return _NOT_SLUG.sub("-", plain.lower()).strip("-")[:60].rstrip("-")


def _front_matter(lines: list[str]) -> tuple[str | None, int, bool]:
    """Return the front matter, the index of the first line after it, and whether it is closed."""
    if lines[0].rstrip(" \t") != "---":
        return None, 0, True
    for index in range(1, len(lines)):
        if lines[index].startswith(("---", "...")) and lines[index].rstrip(" \t") in {"---", "..."}:
            return "\n".join(lines[1:index]), index + 1, True
    end = 1
    while end < len(lines) and lines[end].strip() and not lines[end].startswith("#"):
        end += 1
    return "\n".join(lines[1:end]), end, False


def _lead(lines: list[str], first: int, end: int, found: list[Heading]) -> RawSection:
    """Return the text before the first `##`, under the first H1 if there is one."""
    if not found or found[0].level != 1:
        return replace(_cut(lines, Heading(1, "", first, first), first, first, end), line=1)
    title = found[0]
    if not any(line.strip() for line in lines[first : title.start]):
        return _cut(lines, title, first, title.end, end)
    # Blank lines stand in for the H1, so that the lines of the body are still those of the file.
    blanked = [*lines[: title.start], *[""] * (title.end - title.start), *lines[title.end : end]]
    raw = _cut(lines, title, first, title.end, end).raw
    return replace(_cut(blanked, title, first, first, end), raw=raw)


_YAML_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*ya?ml[ \t]*", re.IGNORECASE)


def _cut(lines: list[str], heading: Heading, start: int, below: int, end: int) -> RawSection:
    """Make a section of lines[start:end] whose text begins at index *below*."""
    title, explicit = identified(heading.title)
    while end > below and not lines[end - 1].strip():
        end -= 1
    raw = "\n".join(lines[start:end])
    below = _next_text(lines, below, end)
    metadata, metadata_line = None, 0
    if below < end and (fence := _YAML_FENCE.fullmatch(lines[below])):
        for index in range(below + 1, end):
            if closes_fence(lines[index], fence[1][0], len(fence[1])):
                metadata, metadata_line = "\n".join(lines[below + 1 : index]), below + 2
                below = _next_text(lines, index + 1, end)
                break
    body = "\n".join(lines[below:end])
    return RawSection(explicit, title, heading.start + 1, metadata, metadata_line, body, below + 1, raw)


def _next_text(lines: list[str], index: int, end: int) -> int:
    while index < end and not lines[index].strip():
        index += 1
    return index


def identified(title: str) -> tuple[str, str | None]:
    """Split "Svar på mejl {#svar-mejl}" into its title and its id."""
    if not title.endswith("}"):
        return title, None
    brace = title.rfind("{")
    inside = title[brace + 1 : -1].strip(" \t")
    if brace < 0 or not inside.startswith("#") or len(inside.split()) != 1:
        return title, None
    return title[:brace].rstrip(" \t"), inside[1:]

"""Find where the sections of a Markdown file start. Reads structure only: no meaning, no checks, no files.

One scanner serves the strict reader and the history, so that the two never disagree about what a section is. It
follows CommonMark with tables as far as top-level headings go, in one pass over the lines, and never raises.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

_BOM = "\ufeff"


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
    """1-based line of its first inner line."""
    front_matter_closed: bool
    """False: the second `---` is missing, and `front_matter` is what stands before the first blank line or `#`."""
    titles: tuple[tuple[str, int], ...]
    """Every H1 with its line."""
    lead: RawSection
    """The text before the first `##`, the first H1 excluded."""
    sections: tuple[RawSection, ...]
    """One for every `##` heading."""
    open_fence: int | None
    """Line of a code fence that is never closed."""


def decode(data: bytes) -> str:
    """Return the text of a file with LF line ends and without a byte order mark; nothing else is touched.

    Raises:
        UnicodeDecodeError: *data* is not UTF-8.
    """
    text = data.decode("utf-8").removeprefix(_BOM)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def outline(text: str) -> Outline:
    """Cut *text* into its sections. Never raises; broken text gives what can be told of it."""
    lines = text.split("\n")
    front, first, closed = _front_matter(lines)
    scan = _Scan(first)
    scan.read(lines)
    titles = tuple(
        (_identified(found.title)[0], found.start + 1) for found in scan.headings if found.level == 1
    )
    starts = [found for found in scan.headings if found.level == 2]
    ends = [found.start for found in starts[1:]] + [len(lines)]
    return Outline(
        front_matter=front,
        front_matter_line=2 if front is not None else 0,
        front_matter_closed=closed,
        titles=titles,
        lead=_lead(lines, first, starts[0].start if starts else len(lines), scan.headings),
        sections=tuple(_section(lines, found, end) for found, end in zip(starts, ends, strict=False)),
        open_fence=scan.open_fence,
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


def _lead(lines: list[str], first: int, end: int, headings: list[_Heading]) -> RawSection:
    """Return the text before the first `##` as a section titled by the first H1."""
    found = headings[0] if headings and headings[0].level == 1 and headings[0].start < end else None
    if found is None:
        return _cut(lines, "", None, 1, first, first, end)
    title, explicit = _identified(found.title)
    before = lines[first : found.start]
    if not any(line.strip() for line in before):
        return _cut(lines, title, explicit, found.start + 1, first, found.end, end)
    # Blank lines stand in for the H1, so that the lines of the body are still those of the file.
    blanked = [*lines[: found.start], *[""] * (found.end - found.start), *lines[found.end : end]]
    cut = _cut(blanked, title, explicit, found.start + 1, first, first, end)
    return RawSection(
        cut.id, title, cut.line, None, 0, cut.body, cut.body_line, "\n".join(lines[first:end]).rstrip("\n")
    )


def _section(lines: list[str], found: _Heading, end: int) -> RawSection:
    title, explicit = _identified(found.title)
    return _cut(lines, title, explicit, found.start + 1, found.start, found.end, end)


_YAML_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*ya?ml[ \t]*", re.IGNORECASE)


def _cut(
    lines: list[str], title: str, explicit: str | None, line: int, start: int, below: int, end: int
) -> RawSection:
    """Make a section of lines[start:end] whose text begins at index *below*."""
    while end > below and not lines[end - 1].strip():
        end -= 1
    raw = "\n".join(lines[start:end])
    while below < end and not lines[below].strip():
        below += 1
    metadata, metadata_line = None, 0
    if below < end and (fence := _YAML_FENCE.fullmatch(lines[below])):
        for index in range(below + 1, end):
            if _closes(lines[index], fence[1][0], len(fence[1])):
                metadata, metadata_line = "\n".join(lines[below + 1 : index]), below + 2
                below = index + 1
                while below < end and not lines[below].strip():
                    below += 1
                break
    return RawSection(
        explicit, title, line, metadata, metadata_line, "\n".join(lines[below:end]), below + 1, raw
    )


def _identified(title: str) -> tuple[str, str | None]:
    """Split "Svar på mejl {#svar-mejl}" into its title and its id."""
    if not title.endswith("}"):
        return title, None
    brace = title.rfind("{")
    inside = title[brace + 1 : -1].strip(" \t")
    if brace < 0 or not inside.startswith("#") or len(inside.split()) != 1:
        return title, None
    return title[:brace].rstrip(" \t"), inside[1:]


@dataclass(frozen=True, slots=True)
class _Heading:
    level: int
    title: str
    start: int
    """Index of its first line."""
    end: int
    """Index of the line after it."""


_BREAK = re.compile(r"([*_-])(?: *\1){2,} *")
_BULLET = re.compile(r"([*+-]|[0-9]{1,9}[.)])( +|$)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_SETEXT = re.compile(r"(?:=+|-+) *")
_HTML_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl"
    "|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hr|html|iframe|legend"
    "|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td"
    "|tfoot|th|thead|title|tr|track|ul"
)
_BLANK_LINE = re.compile(r"(?!)")
"""Matches nothing: these blocks end at a blank line."""
_HTML_STARTS = (
    (re.compile(r"<(?:script|pre|style|textarea)(?=\s|>|$)", re.IGNORECASE), re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_HTML_TAGS})(?=\s|/?>|$)", re.IGNORECASE), _BLANK_LINE),
)  # fmt: skip
_LONE_TAG = re.compile(
    r"(?:<[A-Za-z][A-Za-z0-9-]*"
    r"(?:\s+[A-Za-z_:][A-Za-z0-9:._-]*(?:\s*=\s*(?:[^\"'=<>`\x00-\x20]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>"
    r"|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*$"
)
_DEFINITION = re.compile(
    r"[ \t]*\[(?=[^\]]*[^\]\s])(?:[^\[\]\\]|\\.){1,999}\]:[ \t]*\n?[ \t]*(?:<(?:[^<>\n\\]|\\.)*>|[^\s<]\S*)"
    r"(?:(?:[ \t]+|[ \t]*\n[ \t]*)(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t]*(?:\n|$)",
    re.DOTALL,
)
_DELIMITER = re.compile(r"\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")

_TEXT_START = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZåäöÅÄÖ[(\"'”»!?&%$@\\{}/.,;)")
"""A line at top level that starts with one of these can only be text."""


@dataclass(slots=True)
class _Item:
    """A list item, or (width 0) a block quote, that is still open."""

    width: int
    filled: bool = False


@dataclass(slots=True)
class _Scan:
    """The open blocks while the lines go by."""

    first: int
    """Index of the first line after the front matter."""
    headings: list[_Heading] = field(default_factory=list)
    open_fence: int | None = None
    containers: list[_Item] = field(default_factory=list)
    paragraph: list[str] | None = None
    """The lines of the open paragraph."""
    fence: tuple[str, int] | None = None
    html_end: re.Pattern[str] | None = None
    table: bool = False

    def read(self, lines: list[str]) -> None:
        """Find the headings of levels 1 and 2 that stand in no list and no quotation."""
        for index in range(self.first, len(lines)):
            line = lines[index]
            if not self.containers and self.fence is None and self.html_end is None and not self.table:
                # Most lines of a policy are plain text at top level or blank.
                if not line:
                    self.paragraph = None
                    continue
                if line[0] in _TEXT_START:
                    if self.paragraph is None:
                        self.paragraph = [line]
                    else:
                        self.paragraph.append(line)
                    continue
            self._line(line.expandtabs(4) if "\t" in line else line, index)
        if self.fence is None:
            self.open_fence = None

    def _line(self, line: str, index: int) -> None:
        rest, matched = self._inside(line)
        lazy = matched < len(self.containers)
        if not lazy and self._goes_on(rest):
            return
        self._start(rest, matched, lazy, index)

    def _inside(self, line: str) -> tuple[str, int]:
        """Return what is left of *line* inside the open containers it continues, and how many those are."""
        rest = line
        for number, item in enumerate(self.containers):
            bare = rest.lstrip(" ")
            indent = len(rest) - len(bare)
            if item.width == 0:
                if indent > 3 or not bare.startswith(">"):
                    return rest, number
                rest = bare[2:] if bare.startswith("> ") else bare[1:]
            elif not bare:
                if not item.filled:
                    return rest, number
            elif indent >= item.width:
                rest = rest[item.width :]
                item.filled = True
            else:
                return rest, number
        return rest, len(self.containers)

    def _goes_on(self, rest: str) -> bool:
        """Whether an open fence or HTML block takes the line."""
        if self.fence is not None:
            if _closes(rest, *self.fence):
                self.fence = None
            return True
        if self.html_end is not None:
            blank = not rest.strip(" ")
            if blank if self.html_end is _BLANK_LINE else self.html_end.search(rest):
                self.html_end = None
            return True
        return False

    def _start(self, rest: str, matched: int, lazy: bool, index: int) -> None:
        """Open the blocks that begin on the line, or add it to the paragraph."""
        while True:
            bare = rest.lstrip(" ")
            indent = len(rest) - len(bare)
            if not bare:
                self._leave(matched)
                return
            if self.paragraph is not None and bare[0] not in "\"'(" and _only_definitions(self.paragraph):
                self.paragraph = None
            going = self.paragraph is not None
            if indent > 3:
                if self.paragraph is not None:
                    self.paragraph.append(rest)
                else:
                    self._leave(matched)
                return
            if going and not lazy and self._closes_paragraph(bare, index):
                return
            going = self.paragraph is not None
            char = bare[0]
            if char == ">":
                self._leave(matched)
                self.containers.append(_Item(0))
                matched += 1
                lazy = False
                rest = bare[2:] if bare.startswith("> ") else bare[1:]
                continue
            if char == "#" and (level := _level(bare)):
                self._leave(matched)
                if not self.containers and level <= 2:
                    self.headings.append(_Heading(level, _atx_title(bare[level:]), index, index + 1))
                return
            if char in "`~" and (fence := _FENCE.match(bare)):
                self._leave(matched)
                marker = fence[1] or fence[2]
                self.fence = (marker[0], len(marker))
                self.open_fence = index + 1
                return
            if char == "<" and self._html(bare, matched, going or self.table):
                return
            if char in "*_-" and _BREAK.fullmatch(bare):
                self._leave(matched)
                return
            if (item := _BULLET.match(bare)) and self._may_interrupt(bare, item, going and not lazy):
                self._leave(matched)
                empty = item.end() == len(bare)
                blanks = 1 if empty or len(item[2]) > 4 else len(item[2])
                self.containers.append(_Item(indent + len(item[1]) + blanks, filled=not empty))
                matched += 1
                lazy = False
                rest = bare[len(item[1]) + blanks :]
                if empty:
                    return
                continue
            self._text(bare, matched, lazy)
            return

    def _leave(self, matched: int) -> None:
        """Close the open paragraph, and the containers that the line does not continue."""
        del self.containers[matched:]
        self.paragraph = self.fence = self.html_end = None
        self.table = False

    def _text(self, bare: str, matched: int, lazy: bool) -> None:
        if self.paragraph is not None:
            self.paragraph.append(bare)
        elif not (self.table and not lazy):
            self._leave(matched)
            self.paragraph = [bare]

    def _closes_paragraph(self, bare: str, index: int) -> bool:
        """Whether the line makes a table or a heading of the open paragraph."""
        assert self.paragraph is not None  # noqa: S101 - the caller has looked; for the type checker
        if bare[0] not in "|:-=":
            return False
        if bare[0] != "=" and _DELIMITER.fullmatch(bare) and _heads_table(self.paragraph[-1], bare):
            self.paragraph = None
            self.table = True
            return True
        if not _SETEXT.fullmatch(bare):
            return False
        skipped = _definitions(self.paragraph)
        if not self.containers:
            title = " ".join(line.strip(" \t") for line in self.paragraph[skipped:])
            start = index - len(self.paragraph) + skipped
            self.headings.append(_Heading(1 if bare[0] == "=" else 2, title, start, index + 1))
        self.paragraph = None
        return True

    def _html(self, bare: str, matched: int, going: bool) -> bool:
        for start, end in _HTML_STARTS:
            if start.match(bare):
                self._leave(matched)
                self.html_end = None if end.search(bare) else end
                return True
        if not going and _LONE_TAG.match(bare):
            self._leave(matched)
            self.html_end = _BLANK_LINE
            return True
        return False

    def _may_interrupt(self, bare: str, item: re.Match[str], going: bool) -> bool:
        """Whether a list may begin here: inside a paragraph only with text, and only with the number one."""
        if not going:
            return True
        return item.end() < len(bare) and (item[1] in "*+-" or item[1][:-1] == "1")


def _closes(line: str, char: str, length: int) -> bool:
    """Whether *line* ends a fence of *length* times *char*."""
    bare = line.strip(" \t")
    return (
        len(bare) >= length
        and bare[0] == char
        and not bare.strip(char)
        and len(line) - len(line.lstrip(" ")) < 4
        and not line.startswith("\t")
    )


def _level(bare: str) -> int:
    """Return the level of an ATX heading, 0 if the line is none."""
    rest = bare.lstrip("#")
    level = len(bare) - len(rest)
    return level if level <= 6 and (not rest or rest[0] == " ") else 0


def _atx_title(text: str) -> str:
    """Return the heading's text without the closing hashes."""
    text = text.strip(" \t")
    opened = text.rstrip("#")
    return opened.rstrip(" \t") if not opened or opened[-1] in " \t" else text


def _definitions(paragraph: list[str]) -> int:
    """Return how many lines at the start of a paragraph only define link targets."""
    if not paragraph[0].lstrip(" ").startswith("["):
        return 0
    text, place = "\n".join(paragraph), 0
    while place < len(text) and (found := _DEFINITION.match(text, place)):
        place = found.end()
    return len(paragraph) if place >= len(text) else text.count("\n", 0, place)


def _only_definitions(paragraph: list[str]) -> bool:
    return paragraph[0].lstrip(" ").startswith("[") and _definitions(paragraph) >= len(paragraph)


def _heads_table(header: str, delimiter: str) -> bool:
    """Whether *header* and *delimiter* are the first two rows of a table."""
    if "|" not in header or len(delimiter) < 2 or delimiter.startswith("- ") or header.startswith("    "):
        return False
    return _columns(header) == _columns(delimiter) > 0


_PIPE = re.compile(r"(?<!\\)\|")


def _columns(row: str) -> int:
    """Return how many cells a table row has."""
    cells = _PIPE.split(row.strip(" \t"))
    return len(cells) - (cells[0] == "") - (len(cells) > 1 and cells[-1] == "")

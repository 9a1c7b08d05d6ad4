"""Find the headings of the first two levels in a Markdown file, as CommonMark with tables sees them.

Nearly every file is read by `_plain`, which looks only at the lines that can matter; the others by `_Scan`,
which follows lists, quotations, HTML blocks and underlined headings line by line. Both are linear and never
raise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading that stands in no list and no quotation."""

    level: int
    """1 or 2."""
    title: str
    """As written, with braces, without hashes or underline."""
    start: int
    """Index of its first line."""
    end: int
    """Index of the line after it."""


@dataclass(frozen=True, slots=True)
class Headings:
    """What the lines of a file say of its structure."""

    found: list[Heading]
    open_fence: int | None
    """Index of the line of a code fence that is never closed."""


def headings(text: str, lines: list[str], first: int) -> Headings:
    """Return the headings from the line with index *first* on; *lines* are those of *text*."""
    return _plain(text, lines, first) or _scanned(lines, first)


def closes_fence(line: str, char: str, length: int) -> bool:
    """Whether *line* ends a fence of *length* times *char*."""
    bare = line.strip(" \t")
    return (
        len(bare) >= length
        and bare[0] == char
        and not bare.strip(char)
        and not line.startswith(("    ", "\t", " \t", "  \t", "   \t"))
    )


_TELLING = re.compile(r"\n( {0,3})(#{1,6}(?=[ \t\n])|`{3,}|~{3,}|<|(?:=+|-+)(?=[ \t]*\n))([^\n]*)")
"""A line that can matter to where a section starts."""


def _plain(text: str, lines: list[str], first: int) -> Headings | None:
    """Read a file written as nearly all are; None if it needs the whole scanner.

    A `#` in the first column ends every list and quotation, so that these need not be looked at: only a fence
    in the first column can hide it. HTML, underlines and indented headings and fences need the scanner.
    """
    found: list[Heading] = []
    fence: tuple[str, int] | None = None
    opened, line = 0, first
    text = f"\n{text}\n"
    place = sum(map(len, lines[:first])) + first
    for match in _TELLING.finditer(text, place):
        line += text.count("\n", place, match.start())
        place = match.start()
        indent, mark, rest = match.groups()
        char = mark[0]
        if fence is not None:
            if char == fence[0] and len(mark) >= fence[1] and not rest.strip(" \t"):
                fence = None
        elif char in "=-":
            if place and text[place - 1] != "\n":
                return None
        elif indent or char == "<":
            return None
        elif char == "#":
            if len(mark) <= 2:
                found.append(Heading(len(mark), atx_title(rest), line, line + 1))
        elif char == "~" or "`" not in rest:
            fence, opened = (char, len(mark)), line
    return Headings(found, opened if fence is not None else None)


def _scanned(lines: list[str], first: int) -> Headings:
    scan = _Scan()
    for index in range(first, len(lines)):
        scan.line(lines[index], index)
    # A fence in a list or a quotation ends with it, and so before the next heading: it swallows nothing.
    swallows = scan.fence is not None and not scan.containers
    return Headings(scan.found, scan.opened if swallows else None)


_BREAK = re.compile(r"([*_-])(?: *\1){2,} *")
_BULLET = re.compile(r"([*+-]|[0-9]{1,9}[.)])( +|$)")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_SETEXT = re.compile(r"(?:=+|-+) *")
_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl"
    "|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hr|html|iframe|legend"
    "|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td"
    "|tfoot|th|thead|title|tr|track|ul"
)
_BLANK = re.compile(r"(?!)")
"""Stands for the end of HTML blocks that a blank line ends; matches nothing."""
_RAW_TAGS = "script|pre|style|textarea"
_HTML = (
    (
        re.compile(rf"<(?:{_RAW_TAGS})(?=\s|>|$)", re.IGNORECASE),
        re.compile(rf"</(?:{_RAW_TAGS})>", re.IGNORECASE),
    ),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![A-Z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_BLOCK_TAGS})(?=\s|/?>|$)", re.IGNORECASE), _BLANK),
)
"""How each kind of HTML block starts and ends."""
_LONE_TAG = re.compile(
    r"(?:<[A-Za-z][A-Za-z0-9-]*"
    r"(?:\s+[A-Za-z_:][A-Za-z0-9:._-]*(?:\s*=\s*(?:[^\"'=<>`\x00-\x20]+|'[^']*'|\"[^\"]*\"))?)*\s*/?>"
    r"|</[A-Za-z][A-Za-z0-9-]*\s*>)\s*$"
)
_DEFINITION = re.compile(
    r"[ \t]*\[(?=[^\]]*[^\]\s])(?:[^\[\]\\]|\\.){1,999}\]:[ \t]*\n?[ \t]*(?:<(?:[^<>\n\\]|\\.)*>|[^\s<]\S*)"
    r"(?:(?:[ \t]+|[ \t]*\n[ \t]*)"
    r"(?:\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|\((?:[^()\\]|\\.)*\)))?[ \t]*(?:\n|$)",
    re.DOTALL,
)
_PIPE = re.compile(r"(?<!\\)\|")
_DASHES = re.compile(r":?-+:?")

_DEPTH = 64
"""So many lists and quotations inside one another are told apart; what lies deeper is text."""


@dataclass(slots=True)
class _Container:
    """A list item, or a block quote (width 0), that is still open."""

    width: int
    """Columns that its content is indented by."""
    filled: bool = False
    """Whether anything stands in it yet."""


@dataclass(slots=True)
class _Scan:
    """The blocks that are open while the lines go by."""

    found: list[Heading] = field(default_factory=list)
    opened: int = 0
    """Index of the line of the last fence."""
    containers: list[_Container] = field(default_factory=list)
    paragraph: list[str] | None = None
    """The lines of the open paragraph."""
    fence: tuple[str, int] | None = None
    html_end: re.Pattern[str] | None = None
    table: bool = False

    def line(self, line: str, index: int) -> None:
        """Take the next line of the file."""
        line = line.expandtabs(4) if "\t" in line else line
        rest, matched = self._inside(line)
        lazy = matched < len(self.containers)
        if not lazy and self._goes_on(rest):
            return
        while True:
            bare = rest.lstrip(" ")
            indent = len(rest) - len(bare)
            if not bare:
                self._leave(matched)
                return
            if self._extends(rest, bare, indent, lazy, matched, index):
                return
            inner = self._opened_container(
                bare, indent, matched, going=self.paragraph is not None and not lazy
            )
            if inner is None:
                break
            matched, lazy, rest = matched + 1, False, inner
        if not self._opened_leaf(bare, matched, index):
            self._text(bare, matched, lazy)

    def _inside(self, line: str) -> tuple[str, int]:
        """Return what is left of *line* inside the open containers it continues, and how many those are."""
        rest = line
        for number, item in enumerate(self.containers):
            bare = rest.lstrip(" ")
            indent = len(rest) - len(bare)
            if item.width == 0:
                if indent > 3 or not bare.startswith(">"):
                    return rest, number
                rest = bare[1:].removeprefix(" ")
            elif indent < item.width if bare else not item.filled:
                return rest, number
            elif bare:
                rest = rest[item.width :]
                item.filled = True
        return rest, len(self.containers)

    def _goes_on(self, rest: str) -> bool:
        """Whether an open fence or HTML block takes the line."""
        if self.fence is not None:
            if closes_fence(rest, *self.fence):
                self.fence = None
            return True
        if self.html_end is not None:
            if self.html_end.search(rest) or (self.html_end is _BLANK and not rest.strip(" ")):
                self.html_end = None
            return True
        return False

    def _extends(self, rest: str, bare: str, indent: int, lazy: bool, matched: int, index: int) -> bool:
        """Whether the line is indented code, or the text or the underline of the open paragraph."""
        if self.paragraph is not None and bare[0] not in "\"'(" and _only_definitions(self.paragraph):
            self.paragraph = None
        if indent > 3:
            if self.paragraph is None:
                self._leave(matched)
            else:
                self.paragraph.append(rest)
            return True
        if self.paragraph is None or lazy or bare[0] not in "|:-=":
            return False
        if heads_table(self.paragraph[-1], bare):
            self.paragraph = None
            self.table = True
            return True
        if not _SETEXT.fullmatch(bare):
            return False
        if not self.containers:
            skipped = _definitions(self.paragraph)
            title = " ".join(line.strip(" \t") for line in self.paragraph[skipped:])
            start = index - len(self.paragraph) + skipped
            self.found.append(Heading(1 if bare[0] == "=" else 2, title, start, index + 1))
        self.paragraph = None
        return True

    def _opened_container(self, bare: str, indent: int, matched: int, *, going: bool) -> str | None:
        """Open the quotation or list item that begins here and return what follows its mark, else None."""
        if matched >= _DEPTH:
            return None
        if bare[0] == ">":
            self._leave(matched)
            self.containers.append(_Container(0))
            return bare[1:].removeprefix(" ")
        item = _BULLET.match(bare)
        if item is None or _BREAK.fullmatch(bare):
            return None
        empty = item.end() == len(bare)
        if going and (empty or (item[1] not in "*+-" and item[1][:-1] != "1")):
            return None  # inside a paragraph, a list begins only with text, and only with the number one
        self._leave(matched)
        blanks = 1 if empty or len(item[2]) > 4 else len(item[2])
        self.containers.append(_Container(indent + len(item[1]) + blanks, filled=not empty))
        return bare[len(item[1]) + blanks :]

    def _opened_leaf(self, bare: str, matched: int, index: int) -> bool:
        """Whether a heading, fence, rule or HTML block begins here."""
        if bare[0] == "#" and (level := _level(bare)):
            self._leave(matched)
            if not self.containers and level <= 2:
                self.found.append(Heading(level, atx_title(bare[level:]), index, index + 1))
            return True
        if fence := _FENCE.match(bare):
            self._leave(matched)
            mark = fence[1] or fence[2]
            self.fence, self.opened = (mark[0], len(mark)), index
            return True
        if _BREAK.fullmatch(bare):
            self._leave(matched)
            return True
        return bare[0] == "<" and self._opened_html(bare, matched)

    def _opened_html(self, bare: str, matched: int) -> bool:
        for start, end in _HTML:
            if start.match(bare):
                self._leave(matched)
                self.html_end = None if end.search(bare) else end
                return True
        if self.paragraph is None and not self.table and _LONE_TAG.match(bare):
            self._leave(matched)
            self.html_end = _BLANK
            return True
        return False

    def _text(self, bare: str, matched: int, lazy: bool) -> None:
        if self.paragraph is not None:
            self.paragraph.append(bare)
        elif lazy or not self.table:
            self._leave(matched)
            self.paragraph = [bare]

    def _leave(self, matched: int) -> None:
        """Close what is open, and the containers that the line does not continue."""
        del self.containers[matched:]
        self.paragraph = self.fence = self.html_end = None
        self.table = False


def _level(bare: str) -> int:
    """Return the level of an ATX heading, 0 if the line is none."""
    rest = bare.lstrip("#")
    level = len(bare) - len(rest)
    return level if level <= 6 and (not rest or rest[0] == " ") else 0


def atx_title(text: str) -> str:
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
    # A definition takes three lines at most in practice; the bound keeps long paragraphs linear.
    return len(paragraph) <= 8 and _definitions(paragraph) >= len(paragraph)


def heads_table(header: str, delimiter: str) -> bool:
    """Whether *header* and *delimiter* are the first two rows of a table."""
    if "|" not in header or header.startswith("    ") or len(delimiter) < 2 or delimiter.startswith("- "):
        return False
    dashes = cells(delimiter)
    return (
        all(_DASHES.fullmatch(cell.strip(" ")) for cell in dashes) and len(cells(header)) == len(dashes) > 0
    )


def cells(row: str) -> list[str]:
    """Return the cells of a table row, as written."""
    found = _PIPE.split(row.strip(" \t"))
    return found[found[0] == "" : len(found) - (len(found) > 1 and found[-1] == "")]

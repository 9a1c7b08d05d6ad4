"""What a section means: equal for texts that read the same, different once any word has changed.

Scans lines and renders nothing. Taken away is what no reader sees (`history.md`, "Meaning of the dates").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from livingpolicy.headings import atx_title, cells, closes_fence, heads_table
from livingpolicy.wording import MARKUP, Definitions, definition, styleless, visible, wording

RULES = 1
"""Number of these rules; raised when a text may get another digest than before."""

SUBSTANCE = frozenset(
    {"kind", "promise", "mandate", "target", "steps", "owner", "effective_from", "retired_on"}
)
"""The metadata that count. `steps` do, because staff follow them word by word."""

_DEFAULT_KIND = "guideline"
_PART = "\x06"
_CELL = "\x07"


def digest(text: str) -> bytes:
    """Return 16 bytes that stand for *text*."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def definitions(text: str) -> Definitions:
    """Return the link targets that a file defines apart from its text (`[label]: target`)."""
    if "]:" not in text:
        return {}
    found: dict[str, str] = {}
    fence: tuple[str, int] | None = None
    for line in text.split("\n"):
        if fence is not None:
            if closes_fence(line, *fence):
                fence = None
        elif opened := _FENCE.match(line):
            fence = (opened[2][0], len(opened[2]))
        elif "]:" in line and (defined := definition(line)):
            found.setdefault(*defined)
    return found


def meaning(body: str, links: Definitions) -> str:
    """Return what a reader sees of a section's Markdown, for comparing.

    The structure stays: paragraphs, list items with their depth, headings without their level, table cells,
    code line by line. *links* are the `definitions` of the whole file.
    """
    if _is_running_text(body):
        body = visible(body)
        if MARKUP.search(body) is None:
            words = [" ".join(text.split()) for text in _BLANK_LINES.split(styleless(body).strip())]
        else:
            words = [wording(text, links) for text in _BLANK_LINES.split(body.strip())]
        return "".join([f"{_PART}text0 {text}" for text in words if text])
    scan = _Blocks(links)
    for line in body.split("\n"):
        scan.line(line)
    scan.close()
    return "".join(scan.parts)


def reads_same(one: str, other: str) -> bool | None:
    """Whether two bodies read the same, if that can be told from their words alone; None if it cannot.

    Equal to comparing what `meaning` returns, and quicker: most new versions of a section have the same words
    in other lines, or differ in a few plain ones.
    """
    if not (_is_running_text(one) and _is_running_text(other)):
        return None
    words, others = (_BLANK_LINES.sub(f" {_PART} ", body.strip()).split() for body in (one, other))
    if words == others:
        return True
    if "<" in one or "[" in one or "<" in other or "[" in other:
        return None
    start, end = _first_difference(words, others), -1
    shorter = min(len(words), len(others)) - start
    while -end <= shorter and words[end] == others[end]:
        end -= 1
    changed = (*words[start : len(words) + end + 1], *others[start : len(others) + end + 1])
    # Between blanks, a plain word shows whatever stands around it, and the two have not the same.
    return False if all(map(_PLAIN_WORD.fullmatch, changed)) else None


def _first_difference(words: list[str], others: list[str]) -> int:
    for number, (word, other) in enumerate(zip(words, others, strict=False)):
        if word != other:
            return number
    return min(len(words), len(others))


def facts(metadata: Mapping[str, object]) -> str:
    """Return what counts of a section's metadata, the same for every way of writing it."""
    counted = {
        key: metadata[key] for key in metadata.keys() & SUBSTANCE if metadata[key] not in (None, [], "")
    }
    if counted.get("kind") == _DEFAULT_KIND:
        del counted["kind"]
    if isinstance(mandate := counted.get("mandate"), list):
        counted["mandate"] = sorted(map(canonical, mandate))
    counted.pop("owner", None)
    return canonical(counted) if counted else ""


def canonical(value: object) -> str:
    """Write a value of YAML so that its order of keys and its quotes do not matter."""
    if isinstance(value, Mapping):
        pairs = sorted(f"{key}={canonical(inner)}" for key, inner in value.items())
        return _CELL + _CELL.join(pairs) + _PART
    if isinstance(value, list):
        return _CELL + _CELL.join(map(canonical, value)) + _PART
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return wording(str(value), {})


_PLAIN_WORD = re.compile(r"[A-Za-z0-9ÅÄÖåäöé.,:;!?%]+")
_STRUCTURE = re.compile(r"\n[ \t]*(?:[^A-Za-zÅÄÖåäö0-9\s]|[0-9]{1,9}[.)](?:\s|$))")
"""The beginning of a line that may be more than running text."""
_BLANK_LINES = re.compile(r"\n\s*\n")
_FENCE = re.compile(r"( *)(`{3,}|~{3,})(?!.*`)[ \t]*(.*)")
_QUOTE = re.compile(r" {0,3}> ?")
_ITEM = re.compile(r"( *)([*+-]|[0-9]{1,9}[.)])(?: ( *)|$)(.*)")
_RULE = re.compile(r" *([*_-])(?: *\1){2,} *")
_ATX = re.compile(r" *#{1,6}(?: |$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+) *")


def _is_running_text(body: str) -> bool:
    """Whether a body has nothing but paragraphs, without a hard break."""
    return "\\" not in body and _STRUCTURE.search(f"\n{body}") is None


@dataclass(slots=True)
class _Blocks:
    """The block that is open while the lines go by; `parts` gets each one when it ends."""

    links: Definitions
    parts: list[str] = field(default_factory=list)
    mark: str = ""
    """What kind of block is open."""
    text: list[str] = field(default_factory=list)
    """Its lines; none when no paragraph is open."""
    blank: bool = True
    """Whether the line before was blank."""
    quotes: int = 0
    items: list[tuple[int, bool]] = field(default_factory=list)
    """The open list items: columns of their content, whether they are numbered."""
    fence: tuple[str, int] | None = None
    fence_indent: int = 0
    comment: bool = False
    table: bool = False

    def line(self, line: str) -> None:
        if self.fence is not None:
            self._code(line)
            return
        if self.comment:
            _, found, line = line.partition("-->")
            if not found:
                return
            self.comment = False
        rest, quotes = self._unquoted(line.expandtabs(4) if "\t" in line else line)
        bare = rest.strip()
        if not bare:
            self.blank = True
            self.close()
            return
        self._take(rest, bare, quotes)
        self.blank = False

    def close(self) -> None:
        """Write the open block down."""
        self.table = False
        if self.text:
            self.parts.append(f"{_PART}{self.mark} {wording(chr(10).join(self.text), self.links)}")
            self.text.clear()

    def _unquoted(self, line: str) -> tuple[str, int]:
        quotes = 0
        while ">" in line and (found := _QUOTE.match(line)):
            line = line[found.end() :]
            quotes += 1
        return line, quotes

    def _take(self, rest: str, bare: str, quotes: int) -> None:
        char = bare[0]
        if char.isalpha() and self.text and not self.table and quotes <= self.quotes:
            self.text.append(bare)
            return
        if char in "`~" and (fence := _FENCE.match(rest)):
            self.close()
            self.fence, self.fence_indent = (fence[2][0], len(fence[2])), len(fence[1])
            self.parts.append(f"{_PART}code {fence[3].strip()}")
        elif bare.startswith("<!--"):
            self._comment(bare)
        elif self.text and char in "=-" and quotes == self.quotes and _UNDERLINE.fullmatch(rest):
            self.mark = "heading"
            self.close()
        elif char in "|:-" and self.text and heads_table(self.text[-1], bare):
            self._table()
        elif char in "*_-" and _RULE.fullmatch(rest):
            self.close()
            self.parts.append(f"{_PART}rule")
        elif char == "#" and _ATX.match(rest):
            self.close()
            self.mark, self.text = "heading", [atx_title(bare.lstrip("#"))]
            self.close()
        elif self.table and quotes == self.quotes:
            self._row(bare)
        elif (item := _ITEM.match(rest)) and self._begins_item(item):
            self._item(item, quotes)
        elif self.text and quotes <= self.quotes:
            self.text.append(bare)
        elif char != "[" or not definition(rest):
            self._paragraph(rest, bare, quotes)

    def _code(self, line: str) -> None:
        assert self.fence is not None  # noqa: S101 - the caller has looked; for the type checker
        line = line.expandtabs(4) if "\t" in line else line
        if closes_fence(line.lstrip(" "), *self.fence):
            self.fence = None
            self.blank = True
            return
        indent = min(self.fence_indent, len(line) - len(line.lstrip(" ")))
        self.parts.append(f"{_CELL}{visible(line[indent:].rstrip())}")

    def _comment(self, bare: str) -> None:
        _, found, after = bare[4:].partition("-->")
        if not found:
            self.comment = True
        elif after.strip():
            self._take(after, after.strip(), self.quotes)

    def _table(self) -> None:
        """Make a table of the last line of the paragraph."""
        header = self.text.pop()
        self.close()
        self.table = True
        self._row(header)

    def _row(self, bare: str) -> None:
        self.parts.append(f"{_PART}row " + _CELL.join(wording(cell, self.links) for cell in cells(bare)))

    def _begins_item(self, item: re.Match[str]) -> bool:
        """Whether a list item begins here: inside a paragraph outside lists only with text and number one."""
        if self.items:
            return True
        if len(item[1]) > 3:
            return False
        return not self.text or (item[4] != "" and (item[2] in "*+-" or item[2][:-1] == "1"))

    def _item(self, item: re.Match[str], quotes: int) -> None:
        self.close()
        indent, numbered = len(item[1]), item[2] not in "*+-"
        sibling = None
        while self.items and indent < self.items[-1][0]:
            sibling = self.items.pop()
        first = sibling is None or not sibling[1]
        number = f"{int(item[2][:-1])}" if numbered and first else ""
        blanks = 1 + (len(item[3]) if item[3] and len(item[3]) < 4 else 0)
        self.mark = f"{'number' if numbered else 'item'}{len(self.items)}{'>' * quotes}{number}"
        self.items.append((indent + len(item[2]) + blanks, numbered))
        self.quotes = quotes
        self.text = [item[4]] if item[4] else []
        if not item[4]:
            self.parts.append(f"{_PART}{self.mark}")
        elif (fence := _FENCE.match(item[4])) or item[4].startswith("#"):
            self.text = []
            self.parts.append(f"{_PART}{self.mark}")
            self._take(item[4], item[4], quotes)
            if fence:
                self.fence_indent = self.items[-1][0]

    def _paragraph(self, rest: str, bare: str, quotes: int) -> None:
        self.close()
        indent = len(rest) - len(rest.lstrip(" "))
        while self.items and indent < self.items[-1][0]:
            self.items.pop()
        self.mark = f"text{len(self.items)}{'>' * quotes}"
        self.quotes = quotes
        self.text = [bare]

"""What the Markdown of a chapter contains, and what in it has no place there.

HTML comments are allowed and never published: they are how an editor leaves a note to the next one. All other
raw HTML is refused, and so are attribute lists (`{: .class}`) except the id of a heading. `{{ … }}` and
`{% … %}` and `--8<--` are text like any other, but for `{{ target.ID }}`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt

from livingpolicy import characters
from livingpolicy.mistyped import JOINED_HEADING
from livingpolicy.outline import slug

if TYPE_CHECKING:
    from markdown_it.token import Token

MAX_NESTING = 100
MAX_LINE = 20_000
"""Characters on one line. Some Markdown takes quadratic time, and nobody reads such a line."""
MAX_PARAGRAPH = 30_000
"""Characters without a blank line between."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or an image."""

    address: str
    """As written, entities decoded, percent signs not."""
    line: int
    """1-based line of the file."""
    alt: str | None = None
    """The text of an image; None for a link."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of any level that stands in no list and no quotation."""

    level: int
    title: str
    id: str | None
    """What stands in `{#…}`, unchecked."""
    line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that has no place in the text: code and values of a `Problem`."""

    code: str
    line: int
    values: Mapping[str, str]
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Markup:
    """What a text contains."""

    links: tuple[Link, ...] = ()
    images: tuple[Link, ...] = ()
    headings: tuple[Heading, ...] = ()
    targets: tuple[Link, ...] = ()
    """Every `{{ target.ID }}` outside of code, the ID as address."""
    faults: tuple[Fault, ...] = ()

    @property
    def anchors(self) -> frozenset[str]:
        """What a link may name after `#`: explicit ids, and slugs of the headings without one."""
        found: set[str] = {heading.id for heading in self.headings if heading.id}
        for heading in self.headings:
            if heading.id is None and heading.level > 1:
                name = base = slug(heading.title)
                number = 0
                while name in found:
                    number += 1
                    name = f"{base}_{number}"
                found.add(name)
        return frozenset(found - {""})


TARGET_REFERENCE = re.compile(r"\{\{\s*target\.([^\s{}]*)\s*\}\}")


def read(text: str) -> Markup:
    """Return what *text* (LF line ends, front matter blanked) contains. Takes bounded time on any text."""
    if (fault := _too_much(text)) is not None:
        return Markup(faults=(fault,))
    references: dict[str, Any] = {}
    reader = _Reader(text, references)
    for token in _PARSER.parse(_without_plain(text), references):
        reader.block(token)
    return Markup(
        tuple(reader.links),
        tuple(reader.images),
        tuple(reader.headings),
        tuple(reader.targets),
        (*reader.faults, *_skipped_levels(reader.headings)),
    )


def target_references(text: str) -> Iterator[str]:
    """Yield the ids in `{{ target.ID }}`."""
    for found in TARGET_REFERENCE.finditer(text):
        yield found[1]


def printed(text: str, targets: Mapping[str, str]) -> str:
    """Return *text* with targets in words; *targets* is what `{{ target.ID }}` prints, by id.

    A target that is not among them stays as it was written.
    """
    if "{{" not in text:
        return text
    return TARGET_REFERENCE.sub(lambda found: targets.get(found[1], found[0]), text)


def fenced(text: str) -> Iterator[tuple[str, str, int]]:
    """Yield the info string, the content and the line (0-based) of each fenced block of *text*."""
    for token in _parser().parse(text):
        if token.type == "fence" and token.map:
            yield token.info.strip(), token.content, token.map[0]


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": MAX_NESTING}).enable("table")
    # Every address becomes a link here, so that the dangerous ones are refused and not printed as text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]  # noqa: ARG005
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    # Most paragraphs hold neither links nor entities, and need not be taken apart.
    return parser.disable(["inline", "text_join"])


_PARSER = _parser()
_NEEDS_PARSING = re.compile(r"[\[<]|&(?:#|[A-Za-z][A-Za-z0-9]*;)")
_PLAIN = re.compile(r"(?<=\n\n)(?:[^\W\d_][^\n]*\n)+(?=\n(\n*[^\W\d_#`|])?|\Z)")
"""A paragraph in the first column, and whether what follows it ends every list and quotation as it does."""
_TELLING = re.compile(rf"[`#{{]|{_NEEDS_PARSING.pattern}|(?i:script|data)\s*:")
"""What may make a plain paragraph tell of more than that it is there."""


def _without_plain(text: str) -> str:
    """Return *text* without its plain paragraphs, line for line: most of a policy holds nothing to find.

    HTML would go on through blank lines, so that a text with any stays as it is.
    """
    return text if "<" in text else _PLAIN.sub(_left_out, text)


def _left_out(found: re.Match[str]) -> str:
    if _TELLING.search(found[0]):
        return found[0]
    stands = "" if found[1] or found.end() == len(found.string) else "x"
    return stands + "\n" * found[0].count("\n")


_CONTAINERS = re.compile(r"(?:[ \t]{0,40}(?:>|[-*+](?=[ \t])|[0-9]{1,9}[.)](?=[ \t])))*")


def _too_much(text: str) -> Fault | None:
    """Return the first thing that would take too long to read."""
    paragraph = 0
    for number, line in enumerate(text.split("\n"), start=1):
        if len(line) > MAX_LINE:
            return Fault("line-too-long", number, {"length": str(len(line)), "limit": str(MAX_LINE)})
        paragraph = paragraph + len(line) if line.strip() else 0
        if paragraph > MAX_PARAGRAPH:
            return Fault("line-too-long", number, {"length": str(paragraph), "limit": str(MAX_PARAGRAPH)})
        if len(line) > MAX_NESTING and (_opened(line) > MAX_NESTING or _marks(line) > 5 * MAX_NESTING):
            return Fault("nested-too-deep", number, {"limit": str(MAX_NESTING)})
    return None


def _opened(line: str) -> int:
    """Return how many levels of lists and quotations *line* opens or continues, at most."""
    opened = _CONTAINERS.match(line)
    indent = len(line) - len(line.lstrip(" \t"))
    return max(len(re.findall(r"[>.)*+-]", opened[0])) if opened else 0, indent // 2)


def _marks(line: str) -> int:
    return max(line.count("["), line.count("*") // 4, line.count("_") // 4, line.count("<"))


_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_COMMENT = re.compile(r"<!--(?!-?>).*?-->", re.DOTALL)
_AUTOLINK = re.compile(r"<[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*>|<[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+>")
_HTML = re.compile(r"<(?=[A-Za-z/?!])[^>\n]{0,40}>?")
_ATTRIBUTES = re.compile(r"\{:[^}\n]*\}?|(?<!\{)\{\s*(?:[#.][\w-]+|[\w-]+\s*=)[^}\n]*\}")
_HEADING_ID = re.compile(r"\{\s*#([^\s{}]+)\s*\}\s*$")
_SCRIPT = re.compile(r"(?:\(|<|\]:)\s*(javascript|vbscript|data)\s*:", re.IGNORECASE)
_LOOSE_REFERENCE = re.compile(r"\[[^\[\]\n]+\]\[[^\[\]\n]*\]")
_DELIMITER_ROW = re.compile(r"[|:\- \t]*(?:\|[ \t]*:?-|-:?[ \t]*\|)[|:\- \t]*")


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    """Return *text* with what *pattern* finds made blank, every character and line in its place."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


class _Reader:
    """Collects what the tokens of one text hold."""

    def __init__(self, text: str, references: dict[str, Any]) -> None:
        self.lines = text.split("\n")
        self.references = references
        """The link targets that are defined anywhere in the text."""
        self.links: list[Link] = []
        self.images: list[Link] = []
        self.headings: list[Heading] = []
        self.targets: list[Link] = []
        self.faults: list[Fault] = []
        self.level = 0
        """Of the heading that is open; 0 outside."""
        self.columns = 0
        """Of the table that is open."""

    def fault(self, code: str, line: int, *, warning: bool = False, **values: str) -> None:
        self.faults.append(Fault(code, line, values, warning))

    def block(self, token: Token) -> None:
        """Take in one block token."""
        line = token.map[0] + 1 if token.map else 0
        if token.level >= MAX_NESTING:
            self.fault("nested-too-deep", line, limit=str(MAX_NESTING))
        match token.type:
            case "html_block":
                self.html(token.content, line)
            case "heading_open":
                self.level = int(token.tag[1:])
            case "inline":
                self.inline(token, line)
                self.level = 0
            case "paragraph_open":
                self.lost_table(line, token.map[1] if token.map else line)
            case "table_open":
                self.columns = 0
            case "tr_open":
                self.row(line)
            case _:
                pass

    def lost_table(self, first: int, last: int) -> None:
        """Point at the ruler of a table that is none, because its heading has another number of cells."""
        for line in range(first + 1, last + 1):
            if _DELIMITER_ROW.fullmatch(self.lines[line - 1].lstrip("> ")):
                self.fault("table-broken", line, warning=True)

    def row(self, line: int) -> None:
        """Compare the cells of a table's row with those of its heading."""
        bare = self.lines[line - 1].lstrip("> \t").rstrip()
        cells = re.split(r"(?<!\\)\|", bare)
        count = len(cells) - (cells[0].strip() == "") - (len(cells) > 1 and cells[-1].strip() == "")
        if not self.columns:
            self.columns = count
        elif count != self.columns:
            self.fault("table-cells", line, warning=True, count=str(count), columns=str(self.columns))

    def html(self, content: str, line: int) -> None:
        """Refuse HTML other than comments, once a block."""
        rest = _blanked(_COMMENT, content)
        if rest.lstrip().startswith("<!--"):
            self.fault("open-comment", line + rest.count("\n", 0, rest.index("<!--")))
        elif (found := _HTML.search(rest)) is not None:
            self.fault("raw-html", line + rest.count("\n", 0, found.start()), html=found[0])
        elif rest.strip():
            # text after a comment on its line is part of the HTML block, and would not be published
            place = len(rest) - len(rest.lstrip())
            self.fault("text-in-comment", line + rest.count("\n", 0, place), text=rest.strip()[:40])

    def inline(self, token: Token, line: int) -> None:
        """Take in the text of a paragraph, heading or cell."""
        raw = token.content
        heading_id = _HEADING_ID.search(raw) if self.level else None
        if self.level and token.level == 1:
            title = raw[: heading_id.start()].rstrip() if heading_id else raw
            self.headings.append(Heading(self.level, title, heading_id[1] if heading_id else None, line))
        visible = _blanked(_COMMENT, _blanked(_CODE, raw) if "`" in raw else raw)
        if heading_id is not None:
            visible = visible[: heading_id.start()]

        def at(place: int) -> int:
            return line + raw.count("\n", 0, place)

        if "##" in visible and not self.level and token.level == 1:
            for joined in JOINED_HEADING.finditer(visible):
                self.fault(
                    "joined-heading", at(joined.start("marks")), marks=joined["marks"], title=joined["title"]
                )
            visible = _blanked(JOINED_HEADING, visible)
        if "<" in visible and (found := _HTML.search(_blanked(_AUTOLINK, visible))):
            self.fault("raw-html", at(found.start()), html=found[0])
        elif self.level and ("<" in visible or ">" in visible):
            self.fault("angle-bracket", line, text=raw[:60])
        if "{" in visible and (found := _ATTRIBUTES.search(visible)):
            self.fault("attribute-list", at(found.start()), text=found[0])
        for reference in TARGET_REFERENCE.finditer(visible):
            self.targets.append(Link(reference[1], at(reference.start())))
        if ":" in visible and (found := _SCRIPT.search(visible)):
            self.fault("link-scheme", at(found.start()), link=found[1] + ":")
        elif _NEEDS_PARSING.search(raw):
            children: list[Token] = []
            _PARSER.inline.parse(raw, _PARSER, self.references, children)
            self.children(children, line)

    def children(self, tokens: list[Token], line: int) -> None:
        """Take in links, images and text within a paragraph that begins on *line*."""
        for token in tokens:
            if token.type in {"softbreak", "hardbreak"}:
                line += 1
            elif token.type == "link_open":
                self.links.append(Link(str(token.attrGet("href")), line))
            elif token.type == "image":
                self.images.append(Link(str(token.attrGet("src")), line, token.content))
            elif token.type in {"text", "text_special"}:
                if "](" in token.content:
                    link = token.content[token.content.rfind("[", 0, token.content.index("](")) :]
                    self.fault("loose-link", line, text=link[:60])
                elif (found := _LOOSE_REFERENCE.search(token.content)) is not None:
                    self.fault("loose-reference", line, text=found[0])
                for _, char in characters.forbidden(token.content):
                    # Written as an entity: the file itself has been looked through already.
                    self.fault("forbidden-character", line, char=characters.named(char))


def _skipped_levels(headings: list[Heading]) -> Iterator[Fault]:
    before = 1
    for heading in headings:
        if heading.level > before + 1:
            values = {"level": "#" * heading.level, "expected": "#" * (before + 1), "title": heading.title}
            yield Fault("heading-skipped", heading.line, values, warning=True)
        before = heading.level

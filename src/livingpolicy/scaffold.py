"""The text of new chapters and sections, and its place in files that keep all that stands there.

Texts are those of the files themselves, with their own line ends.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from posixpath import basename

from livingpolicy import strictyaml
from livingpolicy.model import SectionId, Source
from livingpolicy.outline import decode, outline, slug
from livingpolicy.parse import parse_chapter
from livingpolicy.quoting import scalar
from livingpolicy.schema import id_fault

LONGEST_ID = 60


def free_id(title: str, taken: Collection[str], fallback: str) -> SectionId:
    """Return an id for *title* that is not *taken*; *fallback* for a title without letters.

    >>> free_id("Svar på mejl", {"svar-pa-mejl"}, "avsnitt")
    'svar-pa-mejl-2'
    """
    wanted = slug(title) or fallback
    found, number = wanted, 1
    while found in taken or id_fault(found) is not None:
        number += 1
        found = f"{wanted[: LONGEST_ID - len(str(number)) - 1].rstrip('-')}-{number}"
    return found


def ids_in(files: Mapping[str, bytes]) -> frozenset[SectionId]:
    """Return every id that the chapters among *files* use or have used, of headings and aliases too."""
    return frozenset(_ids(files))


def _ids(files: Mapping[str, bytes]) -> Iterator[SectionId]:
    for path, data in files.items():
        if not path.endswith(".md"):
            continue
        yield basename(path).removesuffix(".md").lower()
        try:
            chapter, _ = parse_chapter(path, decode(data))
        except UnicodeDecodeError:
            continue
        yield from filter(None, (chapter.id, *(heading.id for heading in chapter.markup.headings)))
        for section in chapter.sections:
            if section.id is not None:
                yield section.id
            if section.block.value is not None:
                yield from section.block.value.aliases


def chapter_text(title: str, lead: str, fields: Mapping[str, str | None]) -> str:
    """Return a chapter with front matter and *lead* as its text; *fields* without a value are left out."""
    front = "\n".join(f"{key}: {scalar(value)}" for key, value in {"title": title, **fields}.items() if value)
    return f"---\n{front}\n---\n\n# {title}\n\n{lead}\n"


def section_text(title: str, name: SectionId, body: str, fields: Mapping[str, str | None]) -> str:
    """Return a section with its metadata, if there are any, and *body* as its text."""
    block = "\n".join(f"{key}: {scalar(value)}" for key, value in fields.items() if value)
    metadata = f"```yaml\n{block}\n```\n\n" if block else ""
    return f"## {title} {{#{name}}}\n\n{metadata}{body}\n"


_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_LINE_END = re.compile(r"\r\n|\r|\n")


def with_section(text: str, section: str, after: SectionId | None) -> tuple[str, int]:
    """Return a chapter's *text* with *section* in it, and the 1-based line of its heading.

    It stands after the section *after*, after the lead when that is the chapter, at the end when it is None.
    """
    cut = outline(decode(text.encode("utf-8")))
    lines = _LINE.findall(text)
    starts = [known.line - 1 for known in cut.sections]
    end = len(lines)
    if after is not None:
        place = next((index for index, known in enumerate(cut.sections) if known.id == after), -1)
        end = [*starts, end][place + 1]
    while end and not lines[end - 1].strip():
        end -= 1
    newline = _newline(text)
    if end and not _LINE_END.search(lines[end - 1]):
        lines[end - 1] += newline
    lines[end:end] = [newline, section.replace("\n", newline)]
    return "".join(lines), end + 2


def with_chapter(text: str, chapter: SectionId, after: SectionId | None) -> str:
    """Return `policy.yml` with *chapter* in its list of chapters, after *after* or at the end.

    A policy without such a list is returned as it is: its chapters stand in the order of their paths.
    """
    document, _ = strictyaml.read(decode(text.encode("utf-8")), Source(""))
    names = document.value.get("chapters") if document and isinstance(document.value, dict) else None
    if document is None or not isinstance(names, list) or not names:
        return text
    place = names.index(after) if after in names else len(names) - 1
    lines = _LINE.findall(text)
    index = document.lines["chapters", place] - 1
    newline = _newline(text)
    if found := re.match(r"[ \t]*-[ \t]+", lines[index]):
        if not _LINE_END.search(lines[index]):
            lines[index] += newline
        lines.insert(index + 1, f"{found[0]}{chapter}{newline}")
        return "".join(lines)
    key = sum(map(len, lines[: document.lines["chapters",] - 1]))
    items = list(_items(text, text.index("[", key) + 1))
    start, end = items[place]
    indent = re.search(r"(?:\r\n|\r|\n)([ \t]*)\Z", text[:start])
    between = f",{newline}{indent[1]}" if indent else ", "
    return f"{text[:end]}{between}{chapter}{text[end:]}"


_FLOW = re.compile(
    r"(?P<blank>\s+(?:#[^\r\n]*)?)|(?P<item>\"[^\"]*\"|'[^']*'|[^\s,\]\[{}\"'][^\s,\]]*)|(?P<end>\])|."
)


def _items(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield where each item of the list `[…]` begins and ends; *start* is the place after its bracket."""
    for found in _FLOW.finditer(text, start):
        if found.lastgroup == "end":
            return
        if found.lastgroup == "item":
            yield found.span()


def _newline(text: str) -> str:
    found = _LINE_END.search(text)
    return found[0] if found else "\n"

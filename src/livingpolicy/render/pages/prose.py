"""The editors' Markdown as HTML safe to publish: links led to pages, targets in words, nothing raw."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from itertools import pairwise
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from livingpolicy.diagrams import Diagram, is_diagram
from livingpolicy.markup import TARGET_REFERENCE
from livingpolicy.model import Chapter, Policy, Section, SectionId
from livingpolicy.outline import slug
from livingpolicy.render.pages.addresses import page_url, relative
from livingpolicy.render.pages.values import SiteSettings

Made = TypeVar("Made")

_EXPLICIT = re.compile(r"\s*\{\s*#([^\s{}]+)\s*\}\s*$")
_ALIGNMENT = {f"text-align:{side}": f"lp-{side}" for side in ("left", "center", "right")}

_TAGS = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a", "img"),
    *("ul", "ol", "li", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title", "loading"},
    "ol": {"start"},
    "td": {"data-label"},
    **{heading: {"id"} for heading in ("h3", "h4", "h5", "h6")},
}
_CLASSES = {"table": {"lp-table"}, "th": set(_ALIGNMENT.values()), "td": set(_ALIGNMENT.values())}


@dataclass(frozen=True)
class Prose:
    """How text of *policy* is written out on the page whose address is *origin*."""

    policy: Policy
    origin: str
    settings: SiteSettings
    whole: bool = False
    """Every chapter stands on this page: links between them stay on it."""

    def block(self, section: Section, names: HeadingNames) -> Markup:
        """Return the body of *section*; *names* is shared by the sections of a chapter."""
        body, path, drawn = section.body, section.source.path, self.settings.diagrams
        if drawn and "mermaid" in body.lower():
            html, titles = self._block(body, path, drawn)
        else:
            html, titles = self._remembered("block", body, path, lambda: self._block(body, path, {}))
        for number, title in enumerate(titles):
            html = html.replace(f'id="{_NAME.format(number)}"', f'id="{names.of(title)}"')
        return Markup(html)  # noqa: S704  # it was sanitised, and an id is nothing but letters and hyphens

    def _block(self, body: str, path: str, drawn: Mapping[str, Diagram]) -> tuple[str, tuple[str, ...]]:
        """Return *body* with a place for the id of each heading that has none, and their titles."""
        tokens = _parser().parse(body)
        self._prepare(tokens, path)
        titles: list[str] = []
        _give_ids(tokens, lambda title: _named_later(title, titles))
        if not self.whole:  # which is for paper, where no row becomes a card
            _label_cells(tokens)
        found = _diagrams(tokens, drawn)
        html = _clean(_parser().renderer.render(tokens, _parser().options, {}))
        return str(_with_diagrams(html, found)), tuple(titles)

    def _remembered(self, form: str, text: str, path: str, make: Callable[[], Made]) -> Made:
        """Return what was made of *text*: what names no place is the same on every page."""
        place = (path, self.origin, self.whole, self.ways_digest) if _TIED.search(text) else ()
        targets = self._targets_digest if _NAMING.search(text) else ""
        return self.settings.memory.of((form, text, place, targets), make)

    def past(self, text: str, path: str, targets: Mapping[str, str]) -> Markup:
        """Return the body of a section as it was in the chapter *path*; *targets* are in the words of then.

        A picture is told in words, for only today's are kept. A link leads where its section stands today;
        one to what is gone is plain text.
        """
        return self._past(text, path, targets, inline=False)

    def past_line(self, text: str, path: str, targets: Mapping[str, str]) -> Markup:
        """Return one line of its metadata as it was, likewise."""
        return self._past(text, path, targets, inline=True)

    def _past(self, text: str, path: str, targets: Mapping[str, str], *, inline: bool) -> Markup:
        parts = (text, path, tuple(targets.items()), self.ways_digest, self.origin)
        html = self.settings.memory.of(
            ("past", inline, parts),
            lambda: _past(text, path, targets, self._ways, self.origin, inline=inline),
        )
        return Markup(html)  # noqa: S704  # it was sanitised

    def quotations(self, section: Section) -> Iterator[Markup]:
        """Yield what stands in the quotations of *section*: in a policy, what one may say."""
        if ">" not in section.body:
            return
        tokens = _parser().parse(section.body)
        self._prepare(tokens, section.source.path)
        for inside in _within(tokens, "blockquote"):
            yield _clean(_parser().renderer.render(inside, _parser().options, {}))

    def brief(self, section: Section) -> Markup:
        """Return the body of *section* with headings that are none of the page's."""
        tokens = _parser().parse(section.body)
        self._prepare(tokens, section.source.path)
        _label_cells(tokens)
        _give_ids(tokens, HeadingNames(set()).of)
        for token in tokens:
            if token.type in {"heading_open", "heading_close"}:
                token.tag, token.attrs = "p", {}
        return _clean(_parser().renderer.render(tokens, _parser().options, {}))

    def line(self, text: str, section: Section) -> Markup:
        """Return one line of *section*'s metadata: emphasis, links and targets, no blocks."""
        path = section.source.path
        return Markup(self._remembered("line", text, path, lambda: self._line(text, path)))  # noqa: S704

    def _line(self, text: str, path: str) -> str:
        tokens = _parser().parseInline(text)
        self._prepare(tokens, path)
        return str(_clean(_parser().renderer.render(tokens, _parser().options, {})))

    def images(self, section: Section) -> Iterator[str]:
        """Yield the pictures of *section*, relative to the repository."""
        if "images/" not in section.body:  # nearly every section: not worth parsing a second time
            return
        for token in _every(_parser().parse(section.body)):
            if token.type == "image":
                path = _inside(section.source.path, str(token.attrs.get("src", "")))
                if path is not None and path.startswith("policy/images/"):
                    yield path

    def _prepare(self, tokens: Sequence[Token], path: str) -> None:
        for token in _every(tokens):
            match token.type:
                case "text":
                    token.content = TARGET_REFERENCE.sub(self._target, token.content)
                case "link_open":
                    token.attrs["href"] = self._link(str(token.attrs.get("href", "")), path)
                case "image":
                    token.attrs["src"] = self._picture(str(token.attrs.get("src", "")), path)
                    token.attrs["loading"] = "lazy"
                case "th_open" | "td_open" | "table_open":
                    _restyle(token)

    def _target(self, match: re.Match[str]) -> str:
        target = self.policy.targets.get(match[1])
        return target.wording if target else match[0]

    def _link(self, href: str, path: str) -> str:
        inside = _inside(path, href)
        if inside is None:
            return href
        anchor = urlsplit(href).fragment
        page = self._pages.get(inside)
        if page is not None and self.whole:
            return f"#{anchor or self._ids[inside]}"
        if page is None and PurePosixPath(inside).parts[0] == "docs":
            page = page_url(PurePosixPath(inside).stem, self.settings)
        if page is None:
            return href
        return relative(f"{page}#{anchor}" if anchor else page, self.origin)

    def _picture(self, src: str, path: str) -> str:
        inside = _inside(path, src)
        return src if inside is None else relative(inside.removeprefix("policy/"), self.origin)

    @cached_property
    def _ids(self) -> Mapping[str, SectionId]:
        return {chapter.source.path: chapter.id for chapter in self.policy.chapters}

    @cached_property
    def _ways(self) -> Mapping[str, str]:
        """Where every file of the policy and every section is, under each id that it has had."""
        names = {
            f"#{name}": f"{self._pages[chapter.source.path]}#{section.id}"
            for chapter in self.policy.chapters
            for section in chapter.sections
            for name in (section.id, *section.aliases)
        }
        return self._pages | names

    @cached_property
    def ways_digest(self) -> str:
        """Digits that change with the place of any file or section."""
        return sha256(repr(self._ways).encode()).hexdigest()

    @cached_property
    def _targets_digest(self) -> str:
        wordings = [(target.id, target.wording) for target in self.policy.targets.values()]
        return sha256(repr(wordings).encode()).hexdigest()

    @cached_property
    def _pages(self) -> dict[str, str]:
        return {chapter.source.path: page_url(chapter.id, self.settings) for chapter in self.policy.chapters}


def _past(
    text: str,
    path: str,
    targets: Mapping[str, str],
    ways: Mapping[str, str],
    origin: str,
    *,
    inline: bool,
) -> str:
    tokens = _parser().parseInline(text) if inline else _parser().parse(text)
    for block in tokens:
        open_links: list[bool] = []
        for token in block.children or ():
            match token.type:
                case "text":
                    token.content = TARGET_REFERENCE.sub(
                        lambda match: targets.get(match[1], match[0]), token.content
                    )
                case "link_open":
                    href = _past_link(str(token.attrs.get("href", "")), path, ways, origin)
                    open_links.append(href is None)
                    token.attrs = {"href": href or ""}
                    token.hidden = href is None
                case "link_close":
                    token.hidden = open_links.pop()
                case "image":
                    token.type, token.content = "text", f"[{token.content}]"
                    token.children = None
    for token, block in pairwise(tokens):
        if token.type == "heading_open" and block.children and block.children[-1].type == "text":
            block.children[-1].content = _EXPLICIT.sub("", block.children[-1].content)
    for token in tokens:
        if token.type in {"th_open", "td_open", "table_open"}:
            _restyle(token)
    _label_cells(tokens)
    return str(_clean(_parser().renderer.render(tokens, _parser().options, {})))


def _past_link(href: str, path: str, ways: Mapping[str, str], origin: str) -> str | None:
    inside = _inside(path, href)
    if inside is None:
        return href
    place = ways.get(f"#{urlsplit(href).fragment}") or ways.get(inside)
    return None if place is None else relative(place, origin)


@dataclass(frozen=True)
class HeadingNames:
    """Hands out the ids of headings within sections: the same as `markup` lets links lead to."""

    taken: set[str]

    @classmethod
    def of_chapter(cls, *chapters: Chapter) -> HeadingNames:
        """Begin with every id that is written out in the chapters of a page."""
        sections = [section for chapter in chapters for section in chapter.sections]
        written = {section.id for section in sections}
        for section in sections:
            headings = (line for line in section.body.splitlines() if line.startswith("#"))
            written |= {found[1] for line in headings if (found := _EXPLICIT.search(line))}
        return cls(written)

    def of(self, title: str) -> str:
        """Return the id of the next heading, whose text is *title*."""
        if found := _EXPLICIT.search(title):
            return found[1]
        name = base = slug(title)
        number = 0
        while name in self.taken:
            number += 1
            name = f"{base}_{number}"
        self.taken.add(name)
        return name


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark").enable("table")
    # Raw HTML is parsed, so that a comment disappears; everything else of it is shown as it was typed.
    parser.add_render_rule("html_block", _raw)
    parser.add_render_rule("html_inline", _raw)
    return parser


def _raw(_renderer: object, tokens: Sequence[Token], index: int, _options: object, _env: object) -> str:
    content = tokens[index].content
    return "" if content.lstrip().startswith("<!--") else str(Markup.escape(content))


def _every(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _every(token.children or ())


def _levels(tokens: Sequence[Token], name: str) -> Iterator[tuple[Token, int]]:
    """Yield each token with the number of blocks called *name* that it stands in, or opens or closes."""
    level = 0
    for token in tokens:
        level += token.type == f"{name}_open"
        yield token, level
        level -= token.type == f"{name}_close"


def _within(tokens: Sequence[Token], name: str) -> Iterator[list[Token]]:
    """Yield the tokens inside each outermost block called *name*."""
    inside: list[Token] = []
    for token, level in _levels(tokens, name):
        if level:
            inside.append(token)
        if level == 1 and token.type == f"{name}_close":
            yield inside[1:-1]
            inside = []


def _inside(path: str, href: str) -> str | None:
    """Return the file of the repository that *href*, written in the file *path*, leads to."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return None
    if not parts.path:
        return path
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))


_PLACE = "\ue000{}\ue001"
"""Where a diagram goes, through the sanitiser. Whoever writes these characters moves a diagram, no more."""
_NAME = "\ue002{}\ue003"
"""The id of a heading that is yet to be named, likewise."""
_TIED = re.compile(r"[\[<|]")
"""What a link, a picture or a table is not written without: HTML that differs from page to page."""
_NAMING = re.compile(r"[{&]")
"""What the name of a target is not written without."""


def _diagrams(tokens: Sequence[Token], drawn: Mapping[str, Diagram]) -> list[Diagram]:
    """Leave a place for each diagram that has been drawn, and return these in their order."""
    found: list[Diagram] = []
    for token in _every(tokens):
        if token.type == "fence" and is_diagram(token.info) and token.content in drawn:
            place = _PLACE.format(len(found))
            found.append(drawn[token.content])
            token.type, token.content = "html_block", place
    return found


def _with_diagrams(html: Markup, drawn: Sequence[Diagram]) -> Markup:
    """Put the diagrams in their places; they have been sanitised by a list of their own."""
    for number, diagram in enumerate(drawn):
        figure = Markup('<figure class="lp-diagram">{}</figure>').format(Markup(diagram.svg))  # noqa: S704
        html = html.replace(_PLACE.format(number), figure)
    return html


def _give_ids(tokens: Sequence[Token], name: Callable[[str], str]) -> None:
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            token.attrs["id"] = name(inline.content)
            if inline.children and inline.children[-1].type == "text":
                inline.children[-1].content = _EXPLICIT.sub("", inline.children[-1].content)


def _named_later(title: str, titles: list[str]) -> str:
    """Return the id that *title* bears, or the place of one: which it gets depends on what stands before."""
    if found := _EXPLICIT.search(title):
        return found[1]
    titles.append(title)
    return _NAME.format(len(titles) - 1)


def _restyle(token: Token) -> None:
    """Say by a class how a cell is aligned, and that a table is ours: else the theme wraps it anew."""
    if token.type == "table_open":
        token.attrs["class"] = "lp-table"
    elif style := str(token.attrs.pop("style", "")):
        token.attrs["class"] = _ALIGNMENT[style]


def _label_cells(tokens: Sequence[Token]) -> None:
    """Write each column's heading on its cells: on a phone a row is shown as a card."""
    headings: list[str] = []
    column = 0
    for token, inline in pairwise(tokens):
        match token.type:
            case "table_open":
                headings = []
            case "tr_open":
                column = 0
            case "th_open":
                headings.append(_plain(inline))
            case "td_open":
                token.attrs["data-label"] = headings[column] if column < len(headings) else ""
                column += 1


def _plain(inline: Token) -> str:
    return "".join(
        " " if token.type in {"softbreak", "hardbreak"} else token.content
        for token in _every(inline.children or ())
        if not token.children
    )


def _clean(html: str) -> Markup:
    return Markup(  # noqa: S704  # sanitised here and nowhere else
        nh3.clean(
            html,
            tags=_TAGS,
            attributes=_ATTRIBUTES,
            allowed_classes=_CLASSES,
            url_schemes={"http", "https", "mailto", "tel"},
            link_rel=None,
            attribute_filter=_attribute,
        )
    )


def _attribute(tag: str, attribute: str, value: str) -> str | None:
    """Return *value* as it may be published; a picture comes from the site itself or not at all."""
    if tag == "img" and attribute == "src" and (urlsplit(value).scheme or urlsplit(value).netloc):
        return None
    return value


@lru_cache(maxsize=1024)
def first_sentence(text: str) -> str:
    """Return the first sentence of Markdown *text* without markup; "" when no paragraph comes first.

    >>> first_sentence("Så **når** kunderna oss. Alltid.")
    'Så når kunderna oss.'
    """
    tokens = _parser().parse(text)
    if len(tokens) < 2 or tokens[0].type != "paragraph_open":
        return ""
    plain = re.sub(r"\s+", " ", _plain(tokens[1]))
    return re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", plain, maxsplit=1)[0].strip()

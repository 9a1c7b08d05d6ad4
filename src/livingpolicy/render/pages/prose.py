"""The editors' Markdown as HTML safe to publish: links led to pages, targets in words, nothing raw."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import TypeVar
from urllib.parse import urlsplit

from markdown_it.token import Token
from markupsafe import Markup

from livingpolicy.diagrams import Diagram, is_diagram
from livingpolicy.markup import TARGET_REFERENCE
from livingpolicy.model import Chapter, Policy, Section
from livingpolicy.outline import slug
from livingpolicy.render.pages.addresses import page_url, relative
from livingpolicy.render.pages.markdown import (
    EXPLICIT,
    block_tokens,
    every,
    file_of,
    give_ids,
    label_cells,
    line_tokens,
    plain,
    published,
    restyle,
    within,
)
from livingpolicy.render.pages.past import past_html
from livingpolicy.render.pages.values import SiteSettings
from livingpolicy.render.pages.ways import Ways, ways

Made = TypeVar("Made")


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
        tokens = block_tokens(body)
        self._prepare(tokens, path)
        titles: list[str] = []
        give_ids(tokens, lambda title: _named_later(title, titles))
        if not self.whole:  # which is for paper, where no row becomes a card
            label_cells(tokens)
        found = _diagrams(tokens, drawn)
        html = published(tokens)
        return str(_with_diagrams(html, found)), tuple(titles)

    def _remembered(self, form: str, text: str, path: str, make: Callable[[], Made]) -> Made:
        """Return what was made of *text*: what names no place is the same on every page."""
        place = (path, self.origin, self.whole, self._ways.digest) if _TIED.search(text) else ()
        targets = self._ways.wordings if _NAMING.search(text) else ""
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
        parts = (text, path, tuple(targets.items()), self._ways.digest, self.origin)
        html = self.settings.memory.of(
            ("past", inline, parts),
            lambda: past_html(text, path, targets, self._ways.all, self.origin, inline=inline),
        )
        return Markup(html)  # noqa: S704  # it was sanitised

    def quotations(self, section: Section) -> Iterator[Markup]:
        """Yield what stands in the quotations of *section*: in a policy, what one may say."""
        if ">" not in section.body:
            return
        tokens = block_tokens(section.body)
        self._prepare(tokens, section.source.path)
        for inside in within(tokens, "blockquote"):
            yield published(inside)

    def brief(self, section: Section) -> Markup:
        """Return the body of *section* with headings that are none of the page's."""
        tokens = block_tokens(section.body)
        self._prepare(tokens, section.source.path)
        label_cells(tokens)
        give_ids(tokens, HeadingNames(set()).of)
        for token in tokens:
            if token.type in {"heading_open", "heading_close"}:
                token.tag, token.attrs = "p", {}
        return published(tokens)

    def line(self, text: str, section: Section) -> Markup:
        """Return one line of *section*'s metadata: emphasis, links and targets, no blocks."""
        path = section.source.path
        return Markup(self._remembered("line", text, path, lambda: self._line(text, path)))  # noqa: S704

    def _line(self, text: str, path: str) -> str:
        tokens = line_tokens(text)
        self._prepare(tokens, path)
        return str(published(tokens))

    def images(self, section: Section) -> Iterator[str]:
        """Yield the pictures of *section*, relative to the repository."""
        if "images/" not in section.body:  # nearly every section: not worth parsing a second time
            return
        for token in every(block_tokens(section.body)):
            if token.type == "image":
                path = file_of(section.source.path, str(token.attrs.get("src", "")))
                if path is not None and path.startswith("policy/images/"):
                    yield path

    def _prepare(self, tokens: Sequence[Token], path: str) -> None:
        for token in every(tokens):
            match token.type:
                case "text":
                    token.content = TARGET_REFERENCE.sub(self._target, token.content)
                case "link_open":
                    token.attrs["href"] = self._link(str(token.attrs.get("href", "")), path)
                case "image":
                    token.attrs["src"] = self._picture(str(token.attrs.get("src", "")), path)
                    token.attrs["loading"] = "lazy"
                case "th_open" | "td_open" | "table_open":
                    restyle(token)

    def _target(self, match: re.Match[str]) -> str:
        target = self.policy.targets.get(match[1])
        return target.wording if target else match[0]

    def _link(self, href: str, path: str) -> str:
        inside = file_of(path, href)
        if inside is None:
            return href
        anchor = urlsplit(href).fragment
        page = self._ways.pages.get(inside)
        if page is not None and self.whole:
            return f"#{anchor or self._ways.ids[inside]}"
        if page is None and PurePosixPath(inside).parts[0] == "docs":
            page = page_url(PurePosixPath(inside).stem, self.settings)
        if page is None:
            return href
        return relative(f"{page}#{anchor}" if anchor else page, self.origin)

    def _picture(self, src: str, path: str) -> str:
        inside = file_of(path, src)
        return src if inside is None else relative(inside.removeprefix("policy/"), self.origin)

    @property
    def ways_digest(self) -> str:
        """Digits that change with the place of any file or section."""
        return self._ways.digest

    @cached_property
    def _ways(self) -> Ways:
        return ways(self.policy, self.settings)


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
            written |= {found[1] for line in headings if (found := EXPLICIT.search(line))}
        return cls(written)

    def of(self, title: str) -> str:
        """Return the id of the next heading, whose text is *title*."""
        if found := EXPLICIT.search(title):
            return found[1]
        name = base = slug(title)
        number = 0
        while name in self.taken:
            number += 1
            name = f"{base}_{number}"
        self.taken.add(name)
        return name


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
    for token in every(tokens):
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


def _named_later(title: str, titles: list[str]) -> str:
    """Return the id that *title* bears, or the place of one: which it gets depends on what stands before."""
    if found := EXPLICIT.search(title):
        return found[1]
    titles.append(title)
    return _NAME.format(len(titles) - 1)


@lru_cache(maxsize=1024)
def first_sentence(text: str) -> str:
    """Return the first sentence of Markdown *text* without markup; "" when no paragraph comes first.

    >>> first_sentence("Så **når** kunderna oss. Alltid.")
    'Så når kunderna oss.'
    """
    tokens = block_tokens(text)
    if len(tokens) < 2 or tokens[0].type != "paragraph_open":
        return ""
    text = re.sub(r"\s+", " ", plain(tokens[1]))
    return re.split(r"(?<=[.!?]) (?=[A-ZÅÄÖ])", text, maxsplit=1)[0].strip()

"""Markdown as tokens, and tokens as HTML that is safe to publish: nothing raw, nothing from elsewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from urllib.parse import unquote, urlsplit

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

EXPLICIT = re.compile(r"\s*\{\s*#([^\s{}]+)\s*\}\s*$")
"""The id that a heading bears in writing: `{#lugn-ton}`."""

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


def block_tokens(text: str) -> list[Token]:
    """Return the tokens of Markdown *text*."""
    return _parser().parse(text)


def line_tokens(text: str) -> list[Token]:
    """Return the tokens of one line: emphasis and links, no blocks."""
    return _parser().parseInline(text)


def published(tokens: Sequence[Token]) -> Markup:
    """Return *tokens* in HTML, sanitised."""
    return _clean(_parser().renderer.render(tokens, _parser().options, {}))


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


def every(tokens: Sequence[Token]) -> Iterator[Token]:
    """Yield each token, and after it those inside it."""
    for token in tokens:
        yield token
        yield from every(token.children or ())


def _levels(tokens: Sequence[Token], name: str) -> Iterator[tuple[Token, int]]:
    """Yield each token with the number of blocks called *name* that it stands in, or opens or closes."""
    level = 0
    for token in tokens:
        level += token.type == f"{name}_open"
        yield token, level
        level -= token.type == f"{name}_close"


def within(tokens: Sequence[Token], name: str) -> Iterator[list[Token]]:
    """Yield the tokens inside each outermost block called *name*."""
    inside: list[Token] = []
    for token, level in _levels(tokens, name):
        if level:
            inside.append(token)
        if level == 1 and token.type == f"{name}_close":
            yield inside[1:-1]
            inside = []


def file_of(path: str, href: str) -> str | None:
    """Return the file of the repository that *href*, written in the file *path*, leads to."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return None
    if not parts.path:
        return path
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))


def give_ids(tokens: Sequence[Token], name: Callable[[str], str]) -> None:
    """Give each heading the id that *name* says, and take one that is written out from its text."""
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            token.attrs["id"] = name(inline.content)
            if inline.children and inline.children[-1].type == "text":
                inline.children[-1].content = EXPLICIT.sub("", inline.children[-1].content)


def restyle(token: Token) -> None:
    """Say by a class how a cell is aligned, and that a table is ours: else the theme wraps it anew."""
    if token.type == "table_open":
        token.attrs["class"] = "lp-table"
    elif style := str(token.attrs.pop("style", "")):
        token.attrs["class"] = _ALIGNMENT[style]


def label_cells(tokens: Sequence[Token]) -> None:
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
                headings.append(plain(inline))
            case "td_open":
                token.attrs["data-label"] = headings[column] if column < len(headings) else ""
                column += 1


def plain(inline: Token) -> str:
    """Return the text of a paragraph or a cell without markup."""
    return "".join(
        " " if token.type in {"softbreak", "hardbreak"} else token.content
        for token in every(inline.children or ())
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

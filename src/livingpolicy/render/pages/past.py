"""Text of the policy as it was: told in the words of then, with links to where things stand today."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from urllib.parse import urlsplit

from livingpolicy.markup import TARGET_REFERENCE
from livingpolicy.render.pages.addresses import relative
from livingpolicy.render.pages.markdown import (
    EXPLICIT,
    block_tokens,
    file_of,
    label_cells,
    line_tokens,
    published,
    restyle,
)


def past_html(
    text: str,
    path: str,
    targets: Mapping[str, str],
    ways: Mapping[str, str],
    origin: str,
    *,
    inline: bool,
) -> str:
    """Return Markdown *text*, which stood in the file *path*, as HTML for the page *origin*.

    *targets* are in the words of then; *ways* lead to every file and section of today. A picture is told in
    words, for only today's are kept; a link to what is gone is plain text.
    """
    tokens = line_tokens(text) if inline else block_tokens(text)
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
            block.children[-1].content = EXPLICIT.sub("", block.children[-1].content)
    for token in tokens:
        if token.type in {"th_open", "td_open", "table_open"}:
            restyle(token)
    label_cells(tokens)
    return str(published(tokens))


def _past_link(href: str, path: str, ways: Mapping[str, str], origin: str) -> str | None:
    inside = file_of(path, href)
    if inside is None:
        return href
    place = ways.get(f"#{urlsplit(href).fragment}") or ways.get(inside)
    return None if place is None else relative(place, origin)

"""Every page is whole and keeps robots away; nothing of a template is left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from livingpolicy.publish.proof.finding import Facts, Finding, Tree

_LEFT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{\{|\{%", re.DOTALL)


def whole_pages(tree: Tree, _: Facts) -> Iterator[Finding]:
    """Yield pages that stop short, that robots may keep, or whose build is not the same at both ends."""
    for path, page in tree.pages.items():
        if not page.ends:
            yield Finding(path, 0, "cut-off")
        if "noindex" not in page.robots:
            yield Finding(path, 0, "indexed")
        if "html" in page.builds and page.builds.get("end") != page.builds["html"]:
            yield Finding(path, 0, "no-end")


def leftovers(tree: Tree, facts: Facts) -> Iterator[Finding]:
    """Yield what looks like a template's code outside code, unless an editor wrote just that."""
    for path, page in tree.pages.items():
        for said in page.said:
            if "{" in said.text or "&#123;" in said.text:
                text = unescape(said.text)
                for match in _LEFT.finditer(text):
                    if not facts.written(match[0]):
                        line = said.line + text.count("\n", 0, match.start())
                        yield Finding(path, line, "leftover", match[0][:60])

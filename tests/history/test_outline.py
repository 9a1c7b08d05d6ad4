"""Where the sections of a file start."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from livingpolicy.outline import decode, outline, slug
from tests.policy_repo import CHAPTER

MARKDOWN = MarkdownIt("commonmark").enable("table")


def headings(text: str) -> list[tuple[int, int]]:
    """Return (level, line) of every heading of the first two levels as CommonMark sees it."""
    return [
        (int(token.tag[1]), token.map[0] + 1)
        for token in MARKDOWN.parse(text)
        if token.type == "heading_open" and token.level == 0 and token.tag in {"h1", "h2"} and token.map
    ]


def found(text: str) -> list[tuple[int, int]]:
    read = outline(text)
    return sorted(
        [(1, line) for _, line in read.titles] + [(2, section.line) for section in read.sections],
        key=lambda pair: pair[1],
    )


FRAGMENTS = [
    "", "", "", "Text.", "Mer text", "## Avsnitt {#ett}", "# Kapitel", "### Djupare", "#hashtagg", "####### sju",
    "```", "~~~", "````", "```yaml", "``` a`b", "---", "===", "--", "=", "- - -", "***", "-", "- punkt", "* punkt",
    "1. ett", "2. två", "1)", "10. tio", "> citat", ">", "<!-- dold", "-->", "<!-- hel -->", "<div>",
    "</div>", "<pre>", "</pre>", "<b>", "<a href='x'>", "<?php", "?>", "<!DOCTYPE x>", "<![CDATA[", "]]>",
    "| a | b |", "|---|---|", "| --- |", "|:-:|", "a | b", "--- | ---", "[mål]: /sida", "[mål]: /sida 'titel'",
    "[mål]:", "/sida", "'titel'", "\\## inget", "Rubrik", "{{ target.x }}", "```inline```",
]  # fmt: skip
INDENTS = ["", "", "", "", " ", "  ", "   ", "    ", "\t", "     ", "> ", "- ", "-   ", "1. ", " \t"]

lines = st.tuples(st.sampled_from(INDENTS), st.sampled_from(FRAGMENTS), st.sampled_from(["", "", " ", " ##", "\t"]))
documents = st.lists(lines.map("".join), max_size=14).map("\n".join)


@settings(max_examples=1500, deadline=None)
@given(documents.filter(lambda text: not text.rstrip(" \t").startswith("---")))
@example("- punkt\nrad\n---\n")
@example("text\n| a |\n|---|\n---\n")
@example("[mål]: /sida\n---\n")
def test_the_scanner_sees_the_headings_that_markdown_sees(text: str):
    """Two readers of the same file must never disagree about what a section is."""
    assert found(text) == headings(text)

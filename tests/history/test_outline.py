"""Where the sections of a file start."""

from __future__ import annotations

import re
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
    "", "", "", "Text.", "Mer text", "## Avsnitt {#ett}", "# Kapitel", "### Djupare", "#hashtagg",
    "####### sju", "```", "~~~", "````", "```yaml", "``` a`b", "---", "===", "--", "=", "- - -",
    "***", "-", "- punkt", "* punkt", "1. ett", "2. två", "1)", "10. tio", "> citat", ">",
    "<!-- dold", "-->", "<!-- hel -->", "<div>", "</div>", "<pre>", "</pre>", "<b>", "<a href='x'>",
    "<?php", "?>", "<!DOCTYPE x>", "<![CDATA[", "]]>", "| a | b |", "|---|---|", "| --- |", "|:-:|",
    "a | b", "--- | ---", "[mål]: /sida", "[mål]: /sida 'titel'", "/sida", "'titel'", "\\## inget",
    "Rubrik", "{{ target.x }}", "```inline```",
]  # fmt: skip
INDENTS = ["", "", "", "", " ", "  ", "   ", "    ", "\t", "     ", "> ", "- ", "-   ", "1. ", " \t"]

lines = st.tuples(
    st.sampled_from(INDENTS), st.sampled_from(FRAGMENTS), st.sampled_from(["", "", " ", " ##", "\t"])
)
# markdown-it takes a `>` behind four blanks for a quotation's own; CommonMark does not.
documents = (
    st.lists(lines.map("".join), max_size=14)
    .map("\n".join)
    .filter(
        lambda text: not text.startswith("---") and not re.search(r"^(?:    |\t| \t).*>", text, re.MULTILINE)
    )
)


@settings(max_examples=800, deadline=None)
@given(documents)
@example("- punkt\nrad\n---\n")
@example("text\n| a |\n|---|\n---\n")
@example("[mål]: /sida\n---\n")
def test_the_scanner_sees_the_headings_that_markdown_sees(text: str):
    """Two readers of the same file must never disagree about what a section is."""
    assert found(text) == headings(text)


def sections(text: str) -> list[tuple[str | None, str]]:
    return [(section.id, section.title) for section in outline(text).sections]


def test_a_chapter_is_cut_into_its_lead_and_its_sections():
    read = outline(CHAPTER)
    assert read.titles == (("Tillgänglighet", 7),)
    assert (read.lead.title, read.lead.body, read.lead.line) == ("Tillgänglighet", "Så når kunderna oss.", 7)
    assert sections(CHAPTER) == [("svar-telefon", "Svar i telefon"), ("svar-mejl", "Svar på mejl")]
    phone = read.sections[0]
    assert phone.metadata == "kind: promise\npromise: Vi svarar i telefon inom tre minuter."
    assert phone.body == "Den som svarar säger företagets namn och sitt eget namn."
    lines = CHAPTER.split("\n")
    assert lines[phone.metadata_line - 1] == "kind: promise"
    assert lines[phone.body_line - 1] == phone.body
    assert read.front_matter is not None
    assert read.front_matter.startswith("title: Tillgänglighet\n")
    assert read.front_matter_closed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("## Ett {#ett}\n", [("ett", "Ett")]),
        ("## Ett { #ett }\n", [("ett", "Ett")]),
        ("## Ett {#ett} ##\n", [("ett", "Ett")]),
        ("## Ett{#ett}\n", [("ett", "Ett")]),
        ("## Ett {#}\n", [("", "Ett")]),
        ("## Ett {#ett .klass}\n", [(None, "Ett {#ett .klass}")]),
        ("## Ett {ett}\n", [(None, "Ett {ett}")]),
        ("## {#ett}\n", [("ett", "")]),
        ("##\n", [(None, "")]),
        ("Ett {#ett}\n---\n", [("ett", "Ett")]),
        ("Ett\nmed två rader {#ett}\n---\n", [("ett", "Ett med två rader")]),
        ("##Ett\n", []),
        ("### Djupare {#d}\n", []),
        ("<h2>Ett</h2>\n", []),
        ("```\n## Ett\n```\n", []),
        ("~~~\n```\n## Ett\n~~~\n", []),
        ("    ## Ett\n", []),
        ("<!--\n## Ett\n-->\n", []),
        ("---\n## kommentar\n---\n", []),
        ("- punkt\n\n  ## Ett\n", []),
        ("> ## Ett\n", []),
        ("- ```\n## Ett\n", [(None, "Ett")]),
        ("| a |\n|---|\n| b |\n---\n", []),
        ("text\n## Ett\n", [(None, "Ett")]),
        ("", []),
    ],
)
def test_what_is_a_section_and_what_is_its_id(text: str, expected: list[tuple[str | None, str]]):
    assert sections(text) == expected


@pytest.mark.parametrize(
    ("text", "metadata", "body"),
    [
        ("## A\n```yaml\nkind: rule\n```\nText.\n", "kind: rule", "Text."),
        ("## A\n\n\n```yaml\nkind: rule\n```\n\nText.\n\n\n", "kind: rule", "Text."),
        ("## A\n~~~~ YAML\nkind: rule\n~~~~\nText.\n", "kind: rule", "Text."),
        ("## A\n```yaml\n```\nText.\n", "", "Text."),
        ("## A\nText.\n```yaml\nkind: rule\n```\n", None, "Text.\n```yaml\nkind: rule\n```"),
        ("## A\n```yaml\nkind: rule\n", None, "```yaml\nkind: rule"),
        ("## A\n", None, ""),
    ],
)
def test_metadata_is_the_yaml_block_directly_under_the_heading(text: str, metadata: str | None, body: str):
    section = outline(text).sections[0]
    assert (section.metadata, section.body) == (metadata, body)


@pytest.mark.parametrize(
    ("text", "front", "closed"),
    [
        ("---\ntitle: A\n---\n# A\n", "title: A", True),
        ("---\ntitle: A\n...\n# A\n", "title: A", True),
        ("---\n---\n# A\n", "", True),
        ("---\ntitle: A\n# A\n", "title: A", False),
        ("---\ntitle: A\n\n# A\n", "title: A", False),
        ("---", "", False),
        ("# A\n---\n", None, True),
    ],
)
def test_front_matter_stands_between_two_lines_of_dashes(text: str, front: str | None, closed: bool):
    read = outline(text)
    assert (read.front_matter, read.front_matter_closed) == (front, closed)


def test_a_fence_that_is_never_closed_is_named():
    assert outline("## A\n\n```\ntext\n## B\n").open_fence == 3
    assert outline("```\n```\n").open_fence is None


def test_text_above_the_chapter_title_belongs_to_the_lead():
    lead = outline("Ovanför.\n\n# Kapitel\n\nUnder.\n\n## A\n").lead
    assert (lead.title, lead.line, lead.body, lead.body_line) == (
        "Kapitel",
        3,
        "Ovanför.\n\n\n\nUnder.",
        1,
    )


def test_a_lead_without_a_title_begins_on_line_one():
    lead = outline("Bara text.\n").lead
    assert (lead.title, lead.line, lead.body) == ("", 1, "Bara text.")


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), documents))
def test_reading_never_fails_and_every_body_stands_where_it_says(text: str):
    text = decode(text.encode("utf-8", "replace"))
    in_file = text.split("\n")
    for section in (outline(text).lead, *outline(text).sections):
        body = section.body.split("\n")
        at = in_file[section.body_line - 1 : section.body_line - 1 + len(body)]
        assert section.body == "" or [line for line in body if line] == [
            line for line, kept in zip(at, body, strict=True) if kept
        ]


def test_line_ends_and_byte_order_mark_are_not_text():
    assert decode("\ufeff## Ä\r\nb\rc\n".encode()) == "## Ä\nb\nc\n"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Svar på mejl", "svar-pa-mejl"),
        ("ÅÄÖ é ü ø", "aao-e-u-o"),
        ("A\u030a", "a"),
        ("**Fet** & [länk](https://example.com/x)", "fet-lank"),
        ("2 § Regler", "2-regler"),
        ("Ord " * 40, ("ord-" * 40)[:59]),
        ("…", ""),
        ("日本", ""),
    ],
)
def test_a_slug_is_the_title_in_plain_letters(title: str, expected: str):
    assert slug(title) == expected


@pytest.mark.parametrize(
    "line",
    [
        "- ",
        "> ",
        "[a]: /b (x\n",
        "[a]: /b\n",
        "x\n---\n",
        "| a ",
        "<a b",
        "# # ",
        "```\n",
        "<!--\n",
        "[a",
        "1. ",
    ],
)
def test_hostile_text_takes_time_in_proportion_to_its_length(line: str):
    start = time.process_time()
    outline(line * 40_000 + "\n---\n")
    assert time.process_time() - start < 3


@pytest.mark.parametrize("around", ["", "<div>\n\n</div>\n\n"])
@pytest.mark.parametrize("item", ["- ````", "- text\n  ```\n  kod", "> ```\n> kod"])
def test_a_fence_left_open_in_a_list_or_a_quotation_swallows_nothing(around: str, item: str):
    """Whether the file is read by its telling lines or, for its HTML, line by line."""
    cut = outline(f"{around}## A {{#a}}\n\n{item}\n\n## B {{#b}}\n\n{item}\n")
    assert ([section.id for section in cut.sections], cut.open_fence) == (["a", "b"], None)

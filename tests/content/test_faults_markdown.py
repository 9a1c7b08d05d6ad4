"""Mistakes in the text of a chapter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from livingpolicy.language import LANGUAGES
from tests.content.reading import (
    CHAPTER_PATH,
    Fault,
    Files,
    chapter,
    ledger,
    metadata,
    places,
    policy,
    section,
    targets,
    wording,
)
from tests.policy_repo import CHAPTER

FAULTS: list[Fault] = [
    ("no H1", chapter("# Tillgänglighet\n", ""), ["tillganglighet.md:1 no-heading"]),
    ("two H1", chapter("Så når kunderna oss.", "# Öppettider"), ["tillganglighet.md:9 second-heading"]),
    (
        "an H1 that is not the title",
        chapter("# Tillgänglighet\n", "# Svarstider\n"),
        ["tillganglighet.md:7 title-differs"],
    ),
    (
        "a merge that was not finished",
        section("<<<<<<< HEAD\n- ett\n=======\n- två\n>>>>>>> gren\n"),
        ["tillganglighet.md:22 merge-conflict"],
    ),
    (
        "two of them, one with what both began with, and a mark that was left over",
        {
            **section(
                "<<<<<<< HEAD\n||||||| a1b2c3\nEtt.\n=======\nTvå. <b>\n>>>>>>> gren\n\nVi svarar.\n\n"
                ">>>>>>> gren\n"
            ),
            **ledger("svar-telefon", "svar-post"),
        },
        ["tillganglighet.md:22 merge-conflict", "tillganglighet.md:31 merge-conflict"],
    ),
    (
        "a merge of the metadata, with another section on the other side",
        {
            **metadata("<<<<<<< HEAD\nkind: rule\n=======\nkind: promise\npromise: [\n>>>>>>> gren\n"),
            **ledger(),
        },
        ["tillganglighet.md:14 merge-conflict"],
    ),
    (
        "a merge of the settings",
        policy("owner: kundchef\n", "<<<<<<< HEAD\nowner: kundchef\n=======\nowner: vd\n>>>>>>> gren\n"),
        ["policy.yml:7 merge-conflict"],
    ),
    (
        "a merge of the targets",
        {
            **targets("  at_most: 3\n", "<<<<<<<\n  at_most: 3\n=======\n  at_most: 2\n>>>>>>>\n"),
            **metadata("target: svarstd\n"),
        },
        ["targets.yml:4 merge-conflict"],
    ),
    (
        "a merge of the ledger",
        ledger(
            "  by: kundtjanstchef\n",
            "<<<<<<< HEAD\n  by: kundtjanstchef\n=======\n  by: kundchef\n>>>>>>> x\n",
        ),
        ["tillganglighet.yml:3 merge-conflict"],
    ),
    ("an empty section", section(""), ["tillganglighet.md:20 empty-section"]),
    (
        "a section of nothing but a comment",
        section("<!-- skrivs senare -->\n"),
        ["tillganglighet.md:20 empty-section"],
    ),
    ("a skipped level", section("#### Undantag\n\nVi svarar.\n"), ["(tillganglighet.md:22 heading-skipped)"]),
    (
        "an anchor twice in one chapter",
        section("### Undantag {#undantag}\n\nVi.\n\n### Igen {#undantag}\n\nVi.\n"),
        ["tillganglighet.md:26 duplicate-id"],
    ),
    ("an anchor with a capital", section("### Så {#Sa}\n\nVi.\n"), ["tillganglighet.md:22 bad-id"]),
    (
        "a link to a chapter that is not there",
        section("Se [klagomål](klagomal.md).\n"),
        ["tillganglighet.md:22 link-nowhere"],
    ),
    (
        "a link to a misspelt chapter",
        section("Se [här](tillgänglighet.md).\n"),
        ["tillganglighet.md:22 link-nowhere"],
    ),
    (
        "a link to a section that is not there",
        section("Se [telefon](#svar-telefn).\n"),
        ["tillganglighet.md:22 link-anchor"],
    ),
    (
        "a link with the section's chapter left out",
        {
            **section("Se [mandat](#mandat).\n"),
            "policy/chapters/ersattning.md": (
                "---\ntitle: Ersättning\n---\n\n# Ersättning\n\n## Mandat {#mandat}\n\nVi ersätter.\n"
            ),
        },
        ["tillganglighet.md:22 link-anchor"],
    ),
    (
        "a link out of the policy",
        section("Se [x](../../README.md).\n"),
        ["tillganglighet.md:22 link-outside"],
    ),
    (
        "a link to /etc/passwd",
        section("Se [x](../../../../etc/passwd).\n"),
        ["tillganglighet.md:22 link-outside"],
    ),
    ("an absolute link", section("Se [x](/granskning/).\n"), ["tillganglighet.md:22 link-absolute"]),
    (
        "a link to another host's path",
        section("Se [x](//example.com/x).\n"),
        ["tillganglighet.md:22 link-absolute"],
    ),
    ("a link with a blank", section("Se [x](min fil.md).\n"), ["tillganglighet.md:22 loose-link"]),
    ("a reference to nothing", section("Se [x][y].\n"), ["tillganglighet.md:22 loose-reference"]),
    ("a script in a link", section("Se [x](javascript:alert(1)).\n"), ["tillganglighet.md:22 link-scheme"]),
    (
        "a script in a link, hidden by an entity",
        section("Se [x](&#106;avascript:alert(1)).\n"),
        ["tillganglighet.md:22 link-scheme"],
    ),
    (
        "a script in a reference",
        section("Se [x].\n\n[x]: JavaScript:alert(1)\n"),
        ["tillganglighet.md:22 link-scheme"],
    ),
    ("data in a link", section("Se [x](data:text/html,x).\n"), ["tillganglighet.md:22 link-scheme"]),
    ("a file link", section("Se [x](file:///etc/passwd).\n"), ["tillganglighet.md:22 link-scheme"]),
    ("raw HTML in a line", section("Vi svarar <b>alltid</b>.\n"), ["tillganglighet.md:22 raw-html"]),
    (
        "raw HTML as a block",
        section('<div onclick="x">\nVi svarar.\n</div>\n'),
        ["tillganglighet.md:22 raw-html"],
    ),
    (
        "HTML that is never closed",
        section("Vi svarar <img src=x onerror=alert(1)\n"),
        ["tillganglighet.md:22 raw-html"],
    ),
    ("a script", section("<script>alert(1)</script>\n"), ["tillganglighet.md:22 raw-html"]),
    (
        "HTML that is escaped the wrong way",
        section("Vi svarar \\<b>alltid.\n"),
        ["tillganglighet.md:22 raw-html"],
    ),
    (
        "a comment that is never closed",
        section("Vi svarar.\n\n<!-- kom ihåg\n\nAlltid.\n"),
        ["tillganglighet.md:24 open-comment"],
    ),
    (
        "text after a comment",
        section("<!-- kom ihåg --> Vi svarar.\n"),
        ["tillganglighet.md:22 text-in-comment"],
    ),
    ("an attribute list", section("Vi svarar. {: .viktigt}\n"), ["tillganglighet.md:22 attribute-list"]),
    (
        "an attribute list in short",
        section("### Undantag {.viktigt}\n\nVi.\n"),
        ["tillganglighet.md:22 attribute-list"],
    ),
    (
        "an event in an attribute list",
        section('Vi svarar {onclick="x"}.\n'),
        ["tillganglighet.md:22 attribute-list"],
    ),
    ("a fence that is never closed", section("```\nVi svarar.\n"), ["tillganglighet.md:22 open-fence"]),
    (
        "a table with a short row",
        section("| a | b |\n| --- | --- |\n| 1 |\n"),
        ["(tillganglighet.md:24 table-cells)"],
    ),
    (
        "a table whose ruler is short",
        section("| a | b |\n| --- |\n| 1 | 2 |\n"),
        ["(tillganglighet.md:23 table-broken)"],
    ),
    ("500 quotations deep", section("> " * 500 + "Vi svarar.\n"), ["tillganglighet.md:22 nested-too-deep"]),
    ("500 lists deep", section("- " * 500 + "Vi svarar.\n"), ["tillganglighet.md:22 nested-too-deep"]),
    (
        "500 lists deep on lines of their own",
        section("".join("  " * n + "- x\n" for n in range(500))),
        ["tillganglighet.md:123 nested-too-deep"],
    ),
    (
        "a line of 30 000 characters",
        section("Vi svarar. " * 3000 + "\n"),
        ["tillganglighet.md:22 line-too-long"],
    ),
    ("an unknown target", section("Vi svarar {{ target.svarstid }}.\n"), ["tillganglighet.md:22 no-targets"]),
    (
        "a misspelt target",
        {**section("Vi svarar {{ target.svarstd }}.\n"), **targets()},
        ["tillganglighet.md:22 unknown-target"],
    ),
    (
        "a misspelt target in the metadata",
        {**metadata("target: svarstd\n"), **targets()},
        ["tillganglighet.md:14 unknown-target"],
    ),
    (
        "a misspelt target in a step",
        {**metadata('steps: ["Svara {{ target.svarstd }}"]\n'), **targets()},
        ["tillganglighet.md:14 unknown-target"],
    ),
    (
        "a foreign picture",
        section("![Kassan](https://example.com/x.png)\n"),
        ["tillganglighet.md:22 foreign-image"],
    ),
    (
        "a picture as data",
        section("![Kassan](data:image/png;base64,AAAA)\n"),
        ["tillganglighet.md:22 link-scheme"],
    ),
    ("a missing picture", section("![Kassan](../images/kassa.png)\n"), ["tillganglighet.md:22 no-image"]),
    (
        "a picture on somebody's computer",
        section("![Kassan](C:\\Users\\Anna\\kassa.png)\n"),
        ["tillganglighet.md:22 local-image"],
    ),
    (
        "a picture in somebody's folder",
        section("![Kassan](file:///home/anna/kassa.png)\n"),
        ["tillganglighet.md:22 local-image"],
    ),
    (
        "a file on somebody's computer",
        section("Se [x](C:\\Avtal\\x.docx).\n"),
        ["tillganglighet.md:22 local-link"],
    ),
    (
        "text left over from a new section",
        section("Vi svarar.\n\nSkriv här vad du gör, i vilken ordning, och vad du säger till kunden.\n"),
        ["(tillganglighet.md:24 placeholder)"],
    ),
    ("a drawing", section("![Kassan](../images/kassa.svg)\n"), ["tillganglighet.md:22 image-kind"]),
    ("a zero-width blank", section("Vi svar\u200bar.\n"), ["tillganglighet.md:22 forbidden-character"]),
    ("text turned around", section("Vi \u202esvarar.\n"), ["tillganglighet.md:22 forbidden-character"]),
    (
        "text turned around by an entity",
        section("Vi &#x202e;svarar.\n"),
        ["tillganglighet.md:22 forbidden-character"],
    ),
    ("a joiner between letters", section("Vi sva\u200drar.\n"), ["tillganglighet.md:22 forbidden-character"]),
    (
        "metadata below the text",
        section("Vi svarar.\n\n```yaml\nkind: rule\n```\n"),
        ["(tillganglighet.md:24 late-metadata)"],
    ),
    ("a heading without an id", chapter(" {#svar-mejl}", ""), ["tillganglighet.md:20 section-without-id"]),
    ("an id without its hash", chapter("{#svar-mejl}", "{svar-mejl}"), ["tillganglighet.md:20 mistyped-id"]),
    ("an id with a blank", chapter("{#svar-mejl}", "{# svar-mejl}"), ["tillganglighet.md:20 mistyped-id"]),
    (
        "an id that is not closed",
        chapter("{#svar-mejl}", "{#svar-mejl"),
        ["tillganglighet.md:20 mistyped-id"],
    ),
    (
        "an id that is not opened",
        chapter("{#svar-mejl}", "#svar-mejl}"),
        ["tillganglighet.md:20 mistyped-id"],
    ),
    ("an id in parentheses", chapter("{#svar-mejl}", "(#svar-mejl)"), ["tillganglighet.md:20 mistyped-id"]),
    ("an id of two words", chapter("{#svar-mejl}", "{#Svar mejl}"), ["tillganglighet.md:20 mistyped-id"]),
    (
        "an id that is mistyped further down",
        section("### Undantag {# undantag}\n\nVi svarar.\n"),
        ["tillganglighet.md:22 mistyped-id"],
    ),
    (
        "a number in a heading",
        chapter("{#svar-mejl}", "(#1 i Sverige)"),
        ["tillganglighet.md:20 section-without-id"],
    ),
    (
        "a heading without its blank",
        {
            **section(
                "Vi.\n\n##Öppettider {#oppettider}\n\n```yaml\nkind: rule\n```\n\nSe [här](#oppettider).\n"
            ),
            **ledger("svar-telefon", "oppettider"),
        },
        ["tillganglighet.md:24 joined-heading"],
    ),
    (
        "metadata that is never closed",
        chapter("minuter.\n```\n", "minuter.\n\n| a |\n|---|\n"),
        ["tillganglighet.md:13 open-fence"],
    ),
    (
        "metadata that is never closed before a block of code",
        {
            **chapter("minuter.\n```\n", "minuter.\n\n| a |\n|---|\n| b |\n\n```\nx\n```\n"),
            **ledger(),
        },
        ["tillganglighet.md:13 open-metadata"],
    ),
    (
        "metadata that is never closed before those of the next section",
        {
            CHAPTER_PATH: CHAPTER.replace("minuter.\n```\n", "minuter.\n").replace(
                "{#svar-mejl}\n", "{#svar-mejl}\n\n```yaml\nkind: rule\n```\n"
            ),
            **ledger("svar-telefon", "svar-mejl"),
        },
        ["tillganglighet.md:13 open-metadata"],
    ),
    (
        "a heading with a class",
        chapter(" {#svar-mejl}", " {#svar-mejl .x}"),
        ["tillganglighet.md:20 attribute-list"],
    ),
    (
        "an empty heading",
        chapter("## Svar på mejl {#svar-mejl}", "## {#svar-mejl}"),
        ["tillganglighet.md:20 empty-heading"],
    ),
    (
        "a heading with HTML",
        chapter("## Svar på mejl", "## Svar < 3 minuter"),
        ["tillganglighet.md:20 angle-bracket"],
    ),
    (
        "a promise that lost its figure",
        metadata(
            "kind: promise\npromise: Vi svarar inom fyra minuter.\n"
            "poster: {figure: 3, unit: minuter, text: till svar i telefon}\n"
        ),
        ["tillganglighet.md:16 figure-not-in-promise", "(tillganglighet.md:16 poster-thin)"],
    ),
]


@pytest.mark.parametrize(
    ("files", "expected"), [fault[1:] for fault in FAULTS], ids=[fault[0] for fault in FAULTS]
)
def test_one_mistake_is_one_problem_in_its_place(tmp_path: Path, files: Files, expected: list[str]) -> None:
    assert places(tmp_path, files) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_said_in_words_that_help(
    tmp_path: Path, language: str, golden: Callable[[str, str], None]
) -> None:
    golden(f"faults/markdown.{language}.txt", wording(tmp_path, FAULTS, language))

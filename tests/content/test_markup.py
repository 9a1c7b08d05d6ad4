"""What a text contains, in bounded time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from livingpolicy.markup import read


def codes(text: str) -> list[str]:
    return [f"{fault.line} {fault.code}" for fault in read(text).faults]


@pytest.mark.parametrize(
    "text",
    [
        "{{ 7*7 }} och {% if x %} och {foo}",
        '--8<-- "../../etc/passwd"',
        "Priset är < 3 och > 2.",
        "`<b>` och `` `<i>` `` och `{: .x}`",
        "```\n<script>\n{: .x}\n```",
        "<!-- kom ihåg -->\n\nText. <!-- kom ihåg --> Mer.",
        "<https://www.sj.se/> och <kund@example.com>",
        "&lt;b&gt; och &amp;",
        "👩\u200d🚒 och ❤️",
        "10\u00a0% och mjukt\u00adbindestreck",
        "[ ] Hämtad\n[x] Lämnad",
        "## Svar {#svar}",
        "| a | b |\n| --- | --- |\n| 1 \\| 2 | 3 |",
        "a | b\n--- | ---\n1 | 2",
        "Ett\n---",
    ],
)
def test_what_is_allowed_is_left_alone(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("[a](b.md)", [1]),
        ("Text\n[a](b.md)\nText\n[c](d.md)", [2, 4]),
        ("- x\n  [a](b.md)", [2]),
        ("> x\n> [a](b.md)", [2]),
        ("| a | b |\n|---|---|\n| [a](b.md) | |\n", [3]),
        ("Text [a]\n\n[a]: b.md", [1]),
        ("`[a](b.md)`", []),
        ("```\n[a](b.md)\n```", []),
    ],
)
def test_a_link_is_found_on_its_line(text: str, lines: list[int]) -> None:
    assert [link.line for link in read(text).links] == lines


def test_an_address_is_what_the_browser_gets() -> None:
    """Entities do not hide a script."""
    found = read("[a](&#106;avascript:x) [b](<min fil.md>) [c](%23.md#%C3%A5)")
    assert [link.address for link in found.links] == ["javascript:x", "min fil.md", "%23.md#%C3%A5"]


def test_targets_are_found_outside_of_code() -> None:
    found = read("{{ target.a }} `{{ target.b }}`\n\n{{target.c}}")
    assert [(one.address, one.line) for one in found.targets] == [("a", 1), ("c", 3)]


def test_anchors_are_ids_and_slugs() -> None:
    """The second heading of a name gets a number, as the site's does."""
    found = read("# Titel\n\n## Svar {#svar-telefon}\n\n### Så gör vi\n\n### Så gör vi\n")
    assert found.anchors == {"svar-telefon", "sa-gor-vi", "sa-gor-vi_1"}


def test_headings_in_quotations_are_none() -> None:
    assert read("> ## Citat {#citat}\n").headings == ()


@pytest.mark.parametrize(
    "text",
    [
        "> " * 500 + "x",
        ">" * 500 + "x",
        "- " * 500 + "x",
        "1. " * 500 + "x",
        "\n".join("  " * depth + "- x" for depth in range(500)),
        "\n".join("> " * depth + "x" for depth in range(500)),
        "[" * 5000,
        "![" * 2000 + "](x)" * 2000,
        "*a **b " * 2000,
        "<" * 5000,
        "`" * 19_999,
        "\\" * 19_999,
        "\n".join(["*a **b [c" * 20] * 500),
        "\n".join(["[a](b"] * 15_000),
        "[a]: x\n" * 20_000,
        "|a" * 9000 + "\n" + "|-" * 9000 + "\n",
        "x" * 100_000,
        "&" * 19_999,
        "<!--" * 4000,
        "{{ target." * 1900,
    ],
    ids=lambda text: text[:10],
)
def test_hostile_text_is_answered_within_a_second(text: str) -> None:
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 1


ODD = "ab [](){}<>!#*_`~|-+=:;&\\\n\t./\"'1åÅ\u0301\u200d"


@given(st.text(st.characters(exclude_characters="\r")) | st.text(alphabet=ODD, max_size=200))
def test_any_text_is_read(text: str) -> None:
    """Whatever is left of a file when its line ends are LF."""
    found = read(text)
    last = text.count("\n") + 1
    assert all(1 <= item.line <= last for item in (*found.links, *found.faults, *found.headings))


PIECES = (
    *(
        "Ett stycke",
        "Två & tre",
        "R&D (data: x)",
        "a &amp; &#8203;",
        "a | b",
        "Text ## fogad",
        "[a][b]",
        "http://a",
    ),
    *(
        "## R {#r}",
        "- a",
        "  b",
        "    # x",
        "> q",
        "1. en",
        "[x]: y.md",
        "Läs [x](y.md)",
        "{{ target.x }}",
        "{: .a}",
    ),
    *("```", "~~~", "```yaml", "| a | b |", "|---|---|", "---", "===", "* # b", "", "", "", ""),
)


@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_paragraphs_that_are_passed_over_hide_nothing(lines: list[str]) -> None:
    """An HTML comment has every paragraph read, and holds nothing itself."""
    text = "\n".join(lines)
    passed, whole = read(f"{text}\n\n\nSlut.\n"), read(f"{text}\n\n<!-- -->\nSlut.\n")
    assert passed == whole
